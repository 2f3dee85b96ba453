"""The main event: its other tellings, and everybody who took part in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from etl.lexicon import Lexicon
from etl.model import Evidence, PersonMention
from etl.names import fold
from etl.resolvers.participation import chief, when
from etl.resolvers.participation.scene import Scene, Telling, key_of

_STEM = 7  # letters that the singular and plural of an office share
_HEAD = 2  # words of an office before what it is the office of
SUBSET = 99.0  # similarity of two names of which one holds all words of the other
ENTRY = 40  # characters of a line before the event of an agenda's entry
LOOK_BACK = 2  # sentences within which "the summit" is the one told last, if it is of the main event's kind
FOLLOWING = 4  # sentences, from the main event's, in which the list of those present may stand


def gather(tellings: list[Telling], main: Telling | None, scene: Scene, lexicon: Lexicon) -> set[int]:
    """Mark the main event, add who attended it, and return the indices of the other tellings of it."""
    if main is None:
        return set()
    main.main = True
    like = frozenset(lexicon.events[main.mention.kind].get("like", ()))
    same = _same(tellings, main, like, scene)
    for index in sorted(same):
        _add_people(main, tellings[index], scene)
        note = "It names the same people, or points back to the event that the report is about."
        tellings[index].evidence.append(Evidence("text", "event.same_as_main", note, main.mention.trigger))
    for telling in (one for one in tellings if one is not main and _margins(one, main, scene)):
        telling.subjects = list(main.people)
        note = "The main event took place on its margins; it is another one."
        telling.evidence.append(Evidence("text", "event.around_main", note, main.mention.trigger))
    for person, role in [*_attendants(main, scene), *((person, "speaker") for person in scene.speakers.values())]:
        if person.name and key_of(person) not in main.ids and not _misread(person, main):
            main.others.append((person, role))
    return same


def _same(tellings: list[Telling], main: Telling, like: frozenset[str], scene: Scene) -> set[int]:
    """Return the indices of the other tellings of the main event; "the summit" is the one told right before it."""
    same: set[int] = set()
    others: dict[str, int] = {}  # kinds of the other events told below the main one -> sentence of the last
    for index, telling in enumerate(tellings):
        kind = telling.mention.kind
        if telling is main:
            continue
        far = kind == main.mention.kind and telling.index - others.get(kind, -LOOK_BACK) >= LOOK_BACK
        free = telling.ids or kind not in others or far
        if free and chief.same_event(telling, main, like, scene):
            same.add(index)
        elif telling.index >= main.index and (telling.ids or telling.places or telling.timex is not None):
            others[kind] = telling.index
    return same


def _margins(telling: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether it is the summit on whose margins the people of the main event met: all of them were there."""
    if telling.index != main.index or not telling.part.mutual or not telling.ids < main.ids:
        return False
    start = max(telling.sentence.start, telling.mention.trigger.start - chief.AROUND)
    return bool(scene.grammar.where["margins"].search(scene.lower[start : telling.mention.trigger.start]))


def _add_people(main: Telling, telling: Telling, scene: Scene) -> None:
    """Add the people whom another telling of the main event names, if it is sure to mean all of them."""
    known = main.ids
    sure = not known or known <= telling.ids or "attended" in telling.flags or abs(telling.index - main.index) <= 1
    # "Call with X" in the heading, "during the call, Y said" below: Y held it.
    held = not main.subjects and main.mention.trigger.start < scene.heading.end and telling.index - main.index <= 1
    led = held and bool(telling.subjects) and not telling.objects
    if not sure or (known and not telling.ids & known and "attended" not in telling.flags and not led):
        telling.subjects = [person for person in telling.subjects if key_of(person) in known]
        telling.objects = [person for person in telling.objects if key_of(person) in known]
    for person in telling.people:
        if key_of(person) not in known and not _misread(person, main):
            role = telling.part.subject_role if person in telling.subjects else telling.part.object_role
            main.others.append((person, role))


def _misread(person: PersonMention, main: Telling) -> bool:
    """Tell whether the name is that of somebody known to take part, misspelt or with a word too many."""
    name = fold(person.name)
    others = [fold(other.name) for other in main.people]
    return any(fuzz.ratio(name, other) >= chief.ALIKE or fuzz.token_set_ratio(name, other) > SUBSET for other in others)


def _attendants(main: Telling, scene: Scene) -> list[tuple[PersonMention, str]]:
    """Return who "also took part", from the list in the sentences after the main event's."""
    found: list[tuple[PersonMention, str]] = []
    for sentence in scene.sentences[main.index : main.index + FOLLOWING]:
        end = min(sentence.end, sentence.start + 600)
        if match := scene.grammar.who["attended"].search(scene.lower, sentence.start, end):
            found += [(person, "attendee") for person in scene.people.within(match.end(), sentence.end)]
    return found


# ---------------------------------------------------------------- I, you, the presidents
def fill_from_main(tellings: list[Telling], main: Telling | None, scene: Scene) -> None:
    """Give "I", "you", "we" and "the presidents" their names: those of the turn, the speech and the main event."""
    voices = _voices(tellings, main, scene)
    owner = _owner_of_agenda(scene)
    for telling in tellings:
        if owner is not None and _is_entry(telling, scene):
            telling.subjects = [owner]
            days = (timex for timex in scene.timexes.within(0, scene.heading.end) if when.is_day(timex))
            hour = telling.timex is not None and telling.timex.type == "TIME"
            telling.timex = next(days, telling.timex) if hour or telling.timex is None else telling.timex
        if telling.subjects or not telling.part.takes_subject or (telling is main and len(voices) < 2):
            continue
        trigger = telling.mention.trigger
        reach = 120 if telling.part.verb else 50
        left = scene.lower[max(telling.sentence.start, trigger.start - reach) : trigger.end]
        if not telling.part.verb:
            left = left.rpartition(", ")[2]
        quote = scene.quote_at(trigger.start)
        speaker = quote.speaker_id if quote is not None else ""
        if not speaker and len(voices) == 1:
            speaker = key_of(voices[0])
        if speaker:
            telling.subjects += _first_and_second(telling, left, speaker, main, scene)
        elif len(voices) > 1 and telling.part.verb and scene.grammar.who["we"].search(left):
            telling.subjects += voices
        elif (
            main is not None and telling is not main and len(main.ids) >= 2 and _collective(telling, left, scene, main)
        ):
            telling.subjects += [person for person in main.people if person.span.start < trigger.start]


def _owner_of_agenda(scene: Scene) -> PersonMention | None:
    """Return whose agenda the heading says that the text is, when it names one person."""
    people = [person for person in scene.people.within(0, scene.heading.end) if person.name]
    told = scene.grammar.report["agenda"].search(scene.lower, 0, scene.heading.end)
    return people[0] if told and len({key_of(person) for person in people}) == 1 else None


def _is_entry(telling: Telling, scene: Scene) -> bool:
    """Tell whether a telling opens a line of its own, as the entries of an agenda do: "10:00 Phone call with A"."""
    start = scene.text.rfind("\n", 0, telling.mention.trigger.start) + 1
    short = telling.mention.trigger.start - start <= ENTRY and start > scene.heading.end
    bare = not telling.subjects and telling.part.takes_subject
    return bare and short and not scene.people.within(start, telling.mention.trigger.start)


def _voices(tellings: list[Telling], main: Telling | None, scene: Scene) -> list[PersonMention]:
    """Return who speaks throughout a document that is itself a speech or statement."""
    for telling in ([main] if main is not None else []) + tellings:
        if scene.grammar.kinds[telling.mention.kind].voice and (
            telling is main or scene.heading.contains(telling.mention.trigger)
        ):
            return telling.subjects
    return []


def _collective(telling: Telling, left: str, scene: Scene, main: Telling | None) -> bool:
    """Tell whether "the presidents" held the event, and did not merely speak of it."""
    words = scene.grammar.who
    match = words["collective"].search(left)
    if match is None or not (telling.part.verb or words["support"].search(left, match.end())):
        return False
    return main is None or _all_called(main.people, match.group())


def _all_called(people: Sequence[PersonMention], collective: str) -> bool:
    """Tell whether a plural office is that of all: a president and a minister are not "the presidents"."""
    heads = [word[:_STEM] for word in re.findall(r"\w{5,}", collective.casefold())]
    offices = [" ".join(person.office.casefold().split()[:_HEAD]) for person in people]
    return not any(
        any(head in office for office in offices) and not all(head in office or not office for office in offices)
        for head in heads
    )


def _first_and_second(
    telling: Telling, left: str, speaker_id: str, main: Telling | None, scene: Scene
) -> list[PersonMention]:
    known = {person.person_id: person for person in (main.people if main else [])} | scene.speakers
    me = [known[speaker_id]] if speaker_id in known else []
    you = [person for key, person in known.items() if key != speaker_id] if len(known) == 2 else []
    words = scene.grammar.who
    reciprocal = telling.part.verb and telling.part.mutual and not telling.objects and words["we"].search(left)
    if telling.part.pair or reciprocal or words["pair"].search(left):
        return me + you
    # A noun is somebody's by "my" and "your" right before it, or by a verb of holding: I had a meeting.
    loose = telling.part.verb or words["support"].search(left)
    sides = (("speaker", me), ("addressee", you))
    matches = [(match, people) for name, people in sides for match in words[name].finditer(left)]
    fitting = [(match.start(), people) for match, people in matches if loose or match.end() == len(left)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else []
