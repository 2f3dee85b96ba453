"""Complete the events of a document: who took part, where, when, and which one the document reports.

Runs when people are identified and times anchored, and may run again after the document's date has
changed: everything is worked out anew from the triggers.  What stays incomplete (no people, no date,
no place: see ``complete`` in ``lexicon/events``) is no event of its own and is dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from etl.lexicon import Lexicon
from etl.model import Analysis, Dating, EventMention, Evidence, Participant, Span
from etl.offices import office_book
from etl.resolvers.participation import chief, days, venue, when, where, who
from etl.resolvers.participation.gather import fill_from_main, gather
from etl.resolvers.participation.grammar import grammar
from etl.resolvers.participation.scene import Scene, Telling

FAR = 700  # characters to either side of a trigger in which its people, place and time may stand
RIVALS = 6  # so many triggers to either side are taken into account
NESTED = 40  # characters between two event nouns of one name


def resolve(analysis: Analysis, lexicon: Lexicon) -> None:
    """Give every event mention its participants, place, date and status, and mark the main one."""
    if not analysis.events or not analysis.sentences:
        return
    scene = Scene(analysis, grammar(lexicon, analysis.document.lang))
    tellings = _tellings(analysis, scene)
    main = chief.choose(tellings, scene, lexicon)
    if main is not None:
        venue.of_report(main, tellings, scene)
    fill_from_main(tellings, main, scene)
    for telling in tellings:
        if who.unnamed_counterpart(telling, scene):
            note = "Those whom these people met are not named."
            telling.evidence.append(Evidence("text", "event.counterpart_unnamed", note, telling.mention.trigger))
    same = gather(tellings, main, scene, lexicon)
    days.assign(tellings, main, same, scene)
    venue.of_others(main, [tellings[index] for index in sorted(same)], scene, lexicon.once(office_book))
    kept = [telling for telling in tellings if telling is main or _stands(telling, main, scene)]
    analysis.events = [_finished(telling, analysis.dating) for telling in kept]


# ---------------------------------------------------------------- people, place, time of each telling
def _tellings(analysis: Analysis, scene: Scene) -> list[Telling]:
    """Return the tellings whose words can mean an event, with what their own sentence gives them."""
    starts = sorted({mention.trigger for mention in analysis.events})
    tellings: list[Telling] = []
    taken: set[Span] = set()
    for mention in analysis.events:
        part = scene.grammar.parts.get(mention.rule)
        if part is None or mention.trigger in taken:
            continue
        index, whole = scene.sentence_at(mention.trigger.start)
        sentence = Span(max(whole.start, mention.trigger.start - FAR), min(whole.end, mention.trigger.end + FAR))
        telling = Telling(mention, part, sentence, index)
        position = bisect_left(starts, mention.trigger)
        near = starts[max(0, position - RIVALS) : position + RIVALS + 1]
        rivals = [
            trigger
            for trigger in near
            if sentence.start <= trigger.start and trigger.end <= sentence.end and trigger != mention.trigger
        ]
        if _empty(telling, scene) or _only_named(telling, tellings, rivals, scene):
            continue
        who.settle(telling, scene)
        where.settle(telling, scene, rivals)
        when.settle(telling, scene, rivals)
        _leave_to_the_speech(telling, scene)
        if "borrowed" in telling.flags and telling.timex is not None and when.long_ago(telling.timex, scene):
            telling.subjects = []  # "X is sure that 14 years ago, at the summit, ..."
        if _has_needs(telling, scene):
            taken.add(mention.trigger)
            tellings += [telling, *_further(telling, scene, rivals)]
    return tellings


def _leave_to_the_speech(telling: Telling, scene: Scene) -> None:
    """Take from an event that somebody only speaks of the place and time of the speech: "In Lima, she spoke of it"."""
    trigger = telling.mention.trigger
    left = scene.lower[max(telling.sentence.start, trigger.start - 60) : trigger.start]
    if telling.part.verb or not scene.grammar.who["matter"].search(left):
        return
    telling.places = [place for place in telling.places if place.span.start > trigger.start]
    if telling.timex is not None and telling.timex.span.end <= trigger.start:
        telling.timex = None


def _empty(telling: Telling, scene: Scene) -> bool:
    """Tell whether a noun far down the text stands in a sentence without a name, place or time: "the meeting"."""
    if telling.part.verb or telling.index < chief.TWIN:
        return False
    start, end = telling.sentence.start, telling.sentence.end
    rows = (scene.people, scene.timexes, scene.places)
    return not any(row.within(start, end) for row in rows) and not _scheduled(telling, scene)


def _only_named(telling: Telling, tellings: list[Telling], rivals: list[Span], scene: Scene) -> bool:
    """Tell whether the event is only named: as another's, or as what a greeting in its sentence is about."""
    if any(other.part.swallows and other.index == telling.index for other in tellings[-3:]):
        return True
    if telling.part.verb or telling.part.swallows:
        return False
    return any(_nested(telling.mention.trigger, rival, scene) for rival in rivals)


def _further(telling: Telling, scene: Scene, rivals: list[Span]) -> list[Telling]:
    """Return the further events of one noun: "talks in Lima on 3 June and then in Oslo on 5 June"."""
    first, trigger = telling.timex, telling.mention.trigger
    if telling.part.verb or first is None or not telling.places or first.span.start < trigger.end:
        return []
    end = min((rival.start for rival in rivals if rival.start > first.span.end), default=telling.sentence.end)
    found: list[Telling] = []
    last = first.span.end
    for timex in scene.timexes.within(last, end):
        places = where.named(last, timex.span.end, scene)
        if places and when.is_day(timex) and timex.type == "DATE":
            start = (
                last
                + len(scene.text[last : places[0].span.start])
                - len(scene.text[last : places[0].span.start].lstrip(" ,"))
            )
            mention = replace(telling.mention, span=Span(start, timex.span.end))
            found.append(
                replace(telling, mention=mention, places=places, timex=timex, flags=set(telling.flags), evidence=[])
            )
        last = timex.span.end
    return found


def _nested(trigger: Span, rival: Span, scene: Scene) -> bool:
    """Tell whether the noun only introduces the event named behind it: "a meeting of the 63rd session"."""
    gap = scene.lower[trigger.end : rival.start] if rival.start > trigger.end else ""
    return 0 < len(gap) <= NESTED and bool(scene.grammar.report["nested"].fullmatch(gap))


def _has_needs(telling: Telling, scene: Scene) -> bool:
    """Tell whether the clause has what the trigger asks for; in a heading the subject may go unnamed."""
    needs = telling.part.needs
    if scene.heading.contains(telling.mention.trigger) and not telling.people:
        return needs <= {"subject", "place"}  # "Minister arrives in Lima": the text below names him
    return not (
        (
            "object" in needs
            and not telling.objects
            and not (telling.part.loose and who.unnamed_counterpart(telling, scene, "unnamed"))
        )
        or ("place" in needs and not telling.places)
        or ("date" in needs and telling.timex is None)
        or ("subject" in needs and not telling.subjects and not _implied_subject(telling, scene))
    )


def _implied_subject(telling: Telling, scene: Scene) -> bool:
    """Tell whether "I", "you" or "the presidents" stands where the subject should, or nothing, as in a diary."""
    words = scene.grammar.who
    before = scene.lower[telling.sentence.start : telling.mention.trigger.start].rstrip()
    if telling.part.verb and (not before or before.endswith(".")):
        telling.flags.add("diarist")
        return True
    left = scene.lower[max(telling.sentence.start, telling.mention.trigger.start - 120) : telling.mention.trigger.start]
    return any(words[name].search(left) for name in ("speaker", "addressee", "collective"))


# ---------------------------------------------------------------- what stands
def _stands(telling: Telling, main: Telling | None, scene: Scene) -> bool:
    """Tell whether a telling other than the main one is worth a row: part of the main event, or complete itself."""
    if any(reason.rule == "event.same_as_main" for reason in telling.evidence):
        return True
    kind = scene.grammar.kinds[telling.mention.kind]
    main_days = main.dating.days if main is not None and main.dating is not None else None
    own_date = telling.timex is not None and telling.dating is not None and telling.dating.days != main_days
    if "back" in telling.flags and not telling.ids and not telling.places:
        return False  # "the summit" of which nothing else is said
    beside = (kind.beside or telling.part.beside) and main is not None and telling.ids <= main.ids and not own_date
    beside = beside and not telling.part.own
    quote = scene.quote_at(telling.mention.trigger.start)
    if quote is not None and _loosely_quoted(telling, quote.speaker_id, impersonal=kind.impersonal):
        return False  # "your visit", "the talks" in somebody's words: no telling of its own
    have = {
        "one": len(telling.ids) >= 1,
        "two": len(telling.ids) >= (1 if "diarist" in telling.flags else 2),
        "place": bool(telling.places),
        "date": (telling.timex is not None and when.is_narrow(telling.timex)) or "same_day" in telling.flags,
        "period": telling.timex is not None,
        "day": telling.timex is not None and when.is_day(telling.timex),
        "told": _told(telling, scene),
        "scheduled": _scheduled(telling, scene),
        "happened": telling.mention.status == "happened",
        "planned": telling.mention.status == "planned",
        "cancelled": telling.mention.status == "cancelled",
        "own": telling.part.own,
    }
    return not beside and any(all(have[need] for need in line) for line in kind.complete)


def _ahead(telling: Telling, report: Dating | None) -> bool:
    """Tell whether an event told without tense ("Visit to Norway") is dated after the report."""
    if report is None or telling.dating is None or telling.mention.status != "happened":
        return False
    first, last = telling.dating.days.earliest, report.days.latest
    return first is not None and last is not None and first > last


def _told(telling: Telling, scene: Scene) -> bool:
    """Tell whether the words tell of one event that somebody held or had, not of such events in general."""
    trigger, words = telling.mention.trigger, scene.grammar.who
    left = scene.lower[max(telling.sentence.start, trigger.start - 60) : trigger.start]
    return telling.part.verb or any(words[name].search(left) for name in ("possessive", "owned", "support"))


def _scheduled(telling: Telling, scene: Scene) -> bool:
    """Tell whether the event is named as one to come: the forthcoming exercise."""
    start = max(telling.sentence.start, telling.mention.trigger.start - 60)
    return bool(scene.grammar.before["scheduled"].search(scene.lower, start, telling.mention.trigger.start))


def _loosely_quoted(telling: Telling, speaker_id: str, *, impersonal: bool) -> bool:
    """Tell whether somebody's words only touch on an event: nobody named, or no date and no two people of a verb."""
    people = len(telling.ids)
    if not people and impersonal:
        return telling.timex is None  # "this year we shall mark the anniversary"
    if not people:  # "a forum is scheduled to be held in Lima"
        return not telling.places or (telling.timex is None and telling.mention.status != "planned")
    if telling.timex is not None:
        return False
    if not telling.part.mutual and telling.ids - {speaker_id} and telling.places:
        return False  # "the visit of the minister to Peru"
    return "back" in telling.flags or not telling.part.verb or people < 2


def _finished(telling: Telling, report: Dating | None) -> EventMention:
    """Return the mention with all that was worked out."""
    subjects = {id(person) for person in telling.subjects}
    other = {id(person): role for person, role in telling.others}
    participants = []
    for person in telling.people:
        role = telling.part.subject_role if id(person) in subjects else other.get(id(person), telling.part.object_role)
        rule = (
            "participant.subject"
            if id(person) in subjects
            else "participant.listed"
            if id(person) in other
            else "participant.object"
        )
        participants.append(Participant(person.person_id, person.name, role, person.span, rule))
    return replace(
        telling.mention,
        status="planned" if _ahead(telling, report) else telling.mention.status,
        participants=tuple(participants),
        place=", ".join(place.name for place in telling.places),
        place_id=telling.places[0].place_id if telling.places else "",
        dating=telling.dating,
        main=telling.main,
        evidence=tuple(telling.evidence),
    )
