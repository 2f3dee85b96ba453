"""Complete the events of a document: who took part, where, when, and which one the document reports.

Runs when people are identified and times anchored, and may run again after the document's date has
changed: everything is worked out anew from the triggers.  What stays incomplete (no people, no date,
no place: see ``complete`` in ``lexicon/events``) is no event of its own and is dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from etl.lexicon import Lexicon
from etl.model import Analysis, Dating, EventMention, Evidence, Participant, PersonMention, Span
from etl.resolvers.participation import chief, when, where, who
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
    same = _gather(tellings, main, scene, lexicon)
    _fill_from_main(tellings, main, scene)
    _date(tellings, main, same, scene)
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
        position = bisect_left(starts, mention.trigger)
        near = starts[max(0, position - RIVALS) : position + RIVALS + 1]
        rivals = [trigger for trigger in near if trigger != mention.trigger and sentence.contains(trigger)]
        if not part.verb and any(_nested(mention.trigger, rival, scene) for rival in rivals):
            continue
        if (
            tellings
            and tellings[-1].index == index
            and any(other.part.swallows for other in tellings[-3:] if other.index == index)
        ):
            continue
        telling = Telling(mention, part, sentence, index)
        who.settle(telling, scene)
        where.settle(telling, scene, rivals)
        when.settle(telling, scene, rivals)
        if _has_needs(telling, scene):
            taken.add(mention.trigger)
            tellings += [telling, *_further(telling, scene, rivals)]
    return tellings


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
        ("object" in needs and not telling.objects)
        or ("place" in needs and not telling.places)
        or ("date" in needs and telling.timex is None)
        or ("subject" in needs and not telling.subjects and not _implied_subject(telling, scene))
    )


def _implied_subject(telling: Telling, scene: Scene) -> bool:
    """Tell whether "I", "you" or "the presidents" stands where the subject should."""
    words = scene.grammar.who
    left = scene.lower[max(telling.sentence.start, telling.mention.trigger.start - 120) : telling.mention.trigger.start]
    return any(words[name].search(left) for name in ("speaker", "addressee", "collective"))


# ---------------------------------------------------------------- the main event
def _gather(tellings: list[Telling], main: Telling | None, scene: Scene, lexicon: Lexicon) -> set[int]:
    """Mark the main event, add who attended it, and return the indices of the other tellings of it."""
    if main is None:
        return set()
    main.main = True
    like = frozenset(lexicon.events[main.mention.kind].get("like", ()))
    same = {
        index
        for index, telling in enumerate(tellings)
        if telling is not main and chief.same_event(telling, main, like, scene)
    }
    known = set(main.ids)
    for index in sorted(same):
        telling = tellings[index]
        if known and not telling.ids & known and "attended" not in telling.flags:
            telling.subjects, telling.objects = [], []  # someone else who was there
        for person in telling.people:
            if (person.person_id or person.name) not in known:
                known.add(person.person_id or person.name)
                main.others.append((person, main.part.object_role))
    for person, role in [*_attendants(main, scene), *_turn_takers(scene)]:
        if person.name and (person.person_id or person.name) not in known:
            known.add(person.person_id or person.name)
            main.others.append((person, role))
    for index in same:
        note = "It names the same people, or points back to the event that the report is about."
        tellings[index].evidence.append(Evidence("text", "event.same_as_main", note, main.mention.trigger))
    return same


def _attendants(main: Telling, scene: Scene) -> list[tuple[PersonMention, str]]:
    """Return who "also took part", from the list in the sentences after the main event's."""
    found: list[tuple[PersonMention, str]] = []
    for sentence in scene.sentences[main.index : main.index + 4]:
        match = scene.grammar.who["attended"].search(
            scene.lower, sentence.start, min(sentence.end, sentence.start + 600)
        )
        if match:
            found += [(person, "attendee") for person in scene.people.within(match.end(), sentence.end)]
    return found


def _turn_takers(scene: Scene) -> list[tuple[PersonMention, str]]:
    """Return who speaks in the transcript of the event."""
    return [(person, "speaker") for person in scene.speakers.values()]


def _fill_from_main(tellings: list[Telling], main: Telling | None, scene: Scene) -> None:
    """Give "I", "you" and "the presidents" their names: those of the turn and of the main event."""
    words = scene.grammar.who
    for telling in tellings:
        if telling is main or telling.subjects:
            continue
        start = max(telling.sentence.start, telling.mention.trigger.start - 120)
        left = scene.lower[start : telling.mention.trigger.end]
        quote = scene.quote_at(telling.mention.trigger.start)
        if quote is not None and quote.speaker_id:
            telling.subjects += _first_and_second(left, quote.speaker_id, main, scene)
        elif main is not None and len(main.ids) >= 2 and words["collective"].search(left):
            telling.subjects += [person for person in main.people if person.span.start < telling.mention.trigger.start]


def _first_and_second(left: str, speaker_id: str, main: Telling | None, scene: Scene) -> list[PersonMention]:
    known = {person.person_id: person for person in (main.people if main else [])} | scene.speakers
    me = [known[speaker_id]] if speaker_id in known else []
    you = [person for key, person in known.items() if key != speaker_id] if len(known) == 2 else []
    words = scene.grammar.who
    if words["pair"].search(left):
        return me + you
    sides = (("speaker", me), ("addressee", you))
    matches = [(match.start(), people) for name, people in sides for match in words[name].finditer(left)]
    return max(matches, key=lambda pair: pair[0])[1] if matches else []


# ---------------------------------------------------------------- dates
def _date(tellings: list[Telling], main: Telling | None, same: set[int], scene: Scene) -> None:
    report = scene.analysis.dating
    if main is not None:
        dated = next((tellings[index] for index in sorted(same) if main.timex is None and tellings[index].timex), None)
        main.dating = when.of_clause(main, report) or (when.of_clause(dated, report) if dated else None)
        wide = main.dating is not None and (main.dating.days.n_days or 0) > when.WIDE
        if (main.dating is None or wide) and report is not None and report.days:
            main.dating = (
                when.of_report(report, main.mention.trigger, main.dating)
                if main.mention.status == "happened"
                else main.dating or when.not_earlier(report, main.mention.trigger)
            )
    day = main.dating if main is not None and main.dating and main.mention.status == "happened" else report
    for index, telling in enumerate(tellings):
        if telling is main:
            continue
        telling.dating = when.of_clause(telling, report)
        if telling.dating is None and index in same and main is not None:
            telling.dating = main.dating
        if telling.dating is None and day is not None and day.days:
            telling.dating = _undated(telling, main, day, scene)


def _undated(telling: Telling, main: Telling | None, day: Dating, scene: Scene) -> Dating | None:
    """Return what the report's own date allows for an event told without one."""
    trigger = telling.mention.trigger
    if "same_day" in telling.flags:
        return when.of_day(day, trigger, "event.same_day", "The words say that it happened on the day reported on.")
    if telling.mention.status != "happened":
        return when.not_earlier(day, trigger)
    if "previous" in telling.flags or scene.quote_at(trigger.start) is not None:
        return when.not_later(day, trigger)
    left = scene.lower[max(telling.sentence.start, trigger.start - 60) : trigger.start]
    told = telling.part.verb or bool(scene.grammar.who["support"].search(left))
    if told and main is not None and telling.ids & main.ids and main.mention.status == "happened":
        note = "The report tells it together with its main event, of the same people and without another date."
        return when.of_day(day, trigger, "event.told_together", note)
    return when.not_later(day, trigger)


# ---------------------------------------------------------------- what stands
def _stands(telling: Telling, main: Telling | None, scene: Scene) -> bool:
    """Tell whether a telling other than the main one is worth a row: part of the main event, or complete itself."""
    if any(reason.rule == "event.same_as_main" for reason in telling.evidence):
        return True
    kind = scene.grammar.kinds[telling.mention.kind]
    beside = kind.beside and main is not None and telling.ids <= main.ids and telling.timex is None
    quoted = scene.quote_at(telling.mention.trigger.start) is not None
    if quoted and _loosely_quoted(telling):
        return False  # "your visit", "the talks" in somebody's words: no telling of its own
    have = {
        "one": len(telling.ids) >= 1,
        "two": len(telling.ids) >= 2,
        "place": bool(telling.places),
        "date": (telling.timex is not None and when.is_narrow(telling.timex)) or "same_day" in telling.flags,
        "period": telling.timex is not None,
        "day": telling.timex is not None and when.is_day(telling.timex),
        "planned": telling.mention.status == "planned",
    }
    return not beside and any(all(have[need] for need in line) for line in kind.complete)


def _ahead(telling: Telling, report: Dating | None) -> bool:
    """Tell whether an event told without tense ("Visit to Norway") is dated after the report."""
    days = telling.dating.days if telling.dating is not None else None
    if report is None or days is None or telling.mention.status != "happened":
        return False
    first, last = days.earliest, report.days.latest
    return first is not None and last is not None and first > last


def _loosely_quoted(telling: Telling) -> bool:
    """Tell whether somebody's words only touch on an event: nobody named, or no date and no two people of a verb."""
    people = len(telling.ids)
    return not people or (telling.timex is None and ("back" in telling.flags or not telling.part.verb or people < 2))


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
