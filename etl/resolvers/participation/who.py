"""Who took part: the people tied to the trigger by its clause, on the subject's or the object's side."""

from __future__ import annotations

from collections.abc import Sequence

from etl.model import PersonMention, Span
from etl.resolvers.participation.lists import GAP, chain, group_before
from etl.resolvers.participation.scene import WORD, Scene, Telling, key_of

ADJACENT = 3  # characters between a name and the "who" that takes it up
REACH = 160  # characters between a trigger and the nearest person tied to it
OWNING = frozenset({"'s", "’s"})


def settle(telling: Telling, scene: Scene) -> None:
    """Fill the subjects and objects of a telling from its sentence."""
    trigger, sentence = telling.mention.trigger, telling.sentence
    people = [person for person in scene.people.within(sentence.start, sentence.end) if not scene.proxy(person)]
    if not people:
        return
    before = [person for person in people if person.span.end <= trigger.start]
    after = [person for person in people if person.span.start >= trigger.end and person.name]
    _from_both_sides(telling, scene, before, after)
    if not telling.people and _right_behind(telling, scene, after):
        telling.subjects = chain(scene, after)


def _from_both_sides(
    telling: Telling, scene: Scene, before: Sequence[PersonMention], after: Sequence[PersonMention]
) -> None:
    trigger, sentence = telling.mention.trigger, telling.sentence
    found, side = _after(telling, scene, after)
    if side == "subject":
        telling.subjects = found
    else:
        telling.objects = found
    if not telling.part.takes_subject or _nobody_known(telling, scene, before):
        return
    named = [person for person in before if person.name and not (telling.part.verb and _owns(person, scene))]
    left = scene.lower[max(sentence.start, trigger.start - 60) : trigger.start]
    if not telling.part.verb and scene.grammar.who["owned"].search(left):
        # "X's second meeting", "the president's call": its owner took part, whoever else is named before
        if _possessor(scene, before, trigger):
            telling.subjects = group_before(scene, before)
    elif scene.grammar.who["spoken"].search(left):
        return  # "my visit": the speaker's own, see the turns of a transcript
    elif not (telling.part.verb or telling.part.mutual) and _owned_behind(telling, scene):
        return  # "the visits of European leaders"
    elif telling.part.verb or side != "subject" or (len(found) < 2 and telling.part.mutual):
        known = telling.ids
        subjects = [person for person in _subjects(telling, scene, named, after, found) if key_of(person) not in known]
        if telling.part.verb and scene.grammar.who["passive"].search(left):
            telling.objects += subjects  # "X was received by Y"
        else:
            telling.subjects += subjects


def _right_behind(telling: Telling, scene: Scene, after: Sequence[PersonMention]) -> bool:
    """Tell whether a verb without an object stands before its subject, as Russian may put it: «Приехал Иван Лунд»."""
    bare = scene.grammar.genitive and telling.part.verb and not telling.part.takes_object
    return bare and bool(after) and after[0].span.start == telling.mention.trigger.end + 1


def _nobody_known(telling: Telling, scene: Scene, before: Sequence[PersonMention]) -> bool:
    """Tell whether an office right before the verb acts of which nobody knows who holds it: "the president visited"."""
    if not telling.part.verb or not before or before[-1].name or before[-1].form != "office":
        return False
    return scene.lower[before[-1].span.end : telling.mention.trigger.start].isspace()


def _owned_behind(telling: Telling, scene: Scene) -> bool:
    """Tell whether a preposition right behind the noun names whose it is: the visit of, the statement by."""
    match = WORD.search(scene.lower, telling.mention.trigger.end, telling.mention.trigger.end + 12)
    return match is not None and scene.grammar.sides.get(match.group()) == "subject"


def unnamed_counterpart(telling: Telling, scene: Scene, word: str = "counterpart") -> bool:
    """Tell whether the other side is there but not named: "A and B held a meeting with airline leaders"."""
    trigger = telling.mention.trigger
    if not telling.part.mutual or telling.objects or not telling.subjects:
        return False
    return bool(scene.grammar.who[word].match(scene.lower, trigger.end, min(telling.sentence.end, trigger.end + REACH)))


def _possessor(scene: Scene, before: Sequence[PersonMention], trigger: Span) -> bool:
    """Tell whether the event noun belongs to the person right before it: X's second meeting."""
    if not before or trigger.start - before[-1].span.end > 60:
        return False
    gap = scene.lower[before[-1].span.end : trigger.start]
    owned = gap[:1] in {"'", "’"} or before[-1].span.of(scene.lower)[-2:] in {"'s", "’s"}
    return owned and bool(before[-1].name) and "," not in gap


# ---------------------------------------------------------------- behind the trigger
def _after(telling: Telling, scene: Scene, after: Sequence[PersonMention]) -> tuple[list[PersonMention], str]:
    """Return the people tied to the trigger from behind, and the side that the preposition puts them on."""
    trigger = telling.mention.trigger
    if after and _owns(after[0], scene):
        # "with X's adviser Y" is with Y; "companies that support X's plan" is not with X
        led_on = len(after) > 1 and not scene.strange(after[0].span.end + 2, after[1].span.start)
        after = after[1:] if led_on else ()
    if not after or not telling.part.takes_object:
        return [], "object"
    first = after[0]
    side = _side(trigger.end, first.span.start, scene)
    if scene.grammar.genitive and not telling.part.verb and first.span.start - trigger.end == 1:
        side = "subject"
    if not _tied(telling, scene, first, side):
        return [], "object"
    group = chain(scene, after)
    if side == "subject" and len(group) == 1 and len(after) > 1:
        # "the meeting of X with Y": both sides stand behind the noun
        start, end = first.span.end, after[1].span.start
        if end - start < GAP and _side(start, end, scene) == "object" and scene.strange(start, end) == 0:
            group += chain(scene, after[1:])
    return group, side or "object"


def _tied(telling: Telling, scene: Scene, first: PersonMention, side: str | None) -> bool:
    """Tell whether the words between the trigger and the first person behind it tie them together."""
    part, start, end = telling.part, telling.mention.trigger.end, first.span.start
    gap = scene.lower[start:end]
    who = scene.grammar.who
    if len(gap) > REACH or who["stop"].search(gap) or (part.verb and side == "subject" and not who["by"].search(gap)):
        return False  # ... "welcomed the statement of X"
    if "," in gap and not part.loose and _comma_breaks(scene, start, first):
        return False
    strange = scene.strange(start, end)
    return (side is not None or (part.direct and not strange)) and (part.loose or strange <= 1)


def _owns(person: PersonMention, scene: Scene) -> bool:
    return scene.lower[person.span.end : person.span.end + 2] in OWNING


def _side(start: int, end: int, scene: Scene) -> str | None:
    """Return the side named by the last preposition between two offsets that does not belong to a place."""
    start = max([start, *(place.span.end for place in scene.places.within(start, end))])
    for match in reversed(list(WORD.finditer(scene.lower, start, end))):
        if side := scene.grammar.sides.get(match.group()):
            return side
    return None


def _comma_breaks(scene: Scene, start: int, person: PersonMention) -> bool:
    """Tell whether a comma between trigger and person begins a new clause: not if a preposition follows it."""
    tail = scene.lower[start : person.span.start].rpartition(",")[2]
    words = [match.group().lower() for match in WORD.finditer(tail)]
    # "his counterpart, NAME": the name explains the noun before the comma
    noun = scene.lower[start : person.span.start].rpartition(",")[0].split()
    explained = not words and bool(noun) and noun[-1].lower() in scene.grammar.filler
    return not explained and not any(word in scene.grammar.sides for word in words)


# ---------------------------------------------------------------- before the trigger
def _subjects(
    telling: Telling,
    scene: Scene,
    before: Sequence[PersonMention],
    after: Sequence[PersonMention],
    objects: Sequence[PersonMention],
) -> list[PersonMention]:
    """Return the subject of the clause: the nearest people before the trigger, or those behind a fronted phrase."""
    trigger, sentence, text = telling.mention.trigger, telling.sentence, scene.lower
    left = text[max(sentence.start, trigger.start - 90) : trigger.start]
    adjunct = not telling.part.verb and bool(scene.grammar.who["adjunct"].search(left))
    if adjunct:
        telling.flags.add("adjunct")
    clause = _clause_start(scene, sentence.start, trigger.start)
    candidates = [person for person in before if person.span.start >= clause]
    if not candidates and adjunct:
        candidates = list(before)  # "X said at a meeting with Y": the clause before the noun is X's
        telling.flags |= {"borrowed"} if candidates else set()
    if candidates and not _of_others(telling, scene, candidates, left):
        nearest = _nearest(telling, scene, candidates)
        # "Helping the first refugees to arrive": an infinitive has no subject further off.
        infinitive = telling.part.verb and scene.grammar.before["infinitive"].search(left)
        far = telling.part.verb or adjunct or scene.grammar.who["support"].search(left)
        return nearest or (chain(scene, candidates) if far and not infinitive else [])
    fronted = not candidates and (adjunct or not text[sentence.start : trigger.start].strip())
    if not telling.part.takes_object:  # "At a briefing after talks with A in B, C said": C, whoever the phrase names
        first = next((at for at, one in enumerate(after) if text.endswith(", ", 0, one.span.start)), 0)
        after = after[first:]
    return _fronted(scene, trigger, after, objects) if fronted else []


def _of_others(telling: Telling, scene: Scene, candidates: Sequence[PersonMention], left: str) -> bool:
    """Tell whether the clause is about others than the people before: "met the speakers who arrived", "their visit"."""
    who, trigger = scene.grammar.who, telling.mention.trigger
    if not telling.part.verb and who["matter"].search(left):
        return True
    if not telling.part.verb and who["possessive_many"].search(left):
        return len(candidates) == 1
    relative = who["relative_end"].search(left) if telling.part.verb else None
    return relative is not None and trigger.start - len(left) + relative.start() - candidates[-1].span.end > ADJACENT


def _nearest(telling: Telling, scene: Scene, candidates: Sequence[PersonMention]) -> list[PersonMention]:
    """Return the people right before the trigger if the words between make them its subject, else nobody."""
    who, trigger = scene.grammar.who, telling.mention.trigger
    nearest = group_before(scene, candidates)
    start = nearest[-1].span.end
    gap = scene.lower[start : trigger.start]
    joined = WORD.search(gap)
    if telling.part.verb and joined and joined.group() in scene.grammar.join:
        return []  # "A met B and will meet C": the subject of both verbs
    if who["relative"].match(gap.lstrip(" ,\n")):
        many = who["relative_many"].match(gap.lstrip(" ,\n"))
        return nearest if many else nearest[-1:]  # "A and B, who is on a visit"
    strange = scene.strange(start, trigger.start)
    if who["possessive"].search(scene.lower, max(telling.sentence.start, trigger.start - 90), trigger.start):
        # "informed X of his visit": the subject's, not X's
        return nearest if not strange and not who["told_of"].search(gap) else []
    close = trigger.start - start <= REACH and strange <= (3 if telling.part.verb else 2)
    return nearest if close else []


def _clause_start(scene: Scene, start: int, end: int) -> int:
    """Return where the clause of a verb begins: behind the last "that", "said" or semicolon before it."""
    last = start
    for match in scene.grammar.who["stop"].finditer(scene.lower, start, end):
        last = match.end()
    return last


def _fronted(
    scene: Scene, trigger: Span, after: Sequence[PersonMention], objects: Sequence[PersonMention]
) -> list[PersonMention]:
    """Return the subject that follows a fronted phrase: "After talks with A in B, C said ..."."""
    rest = after[len(objects) :]
    if not rest:
        return []
    start, end = objects[-1].span.end if objects else trigger.end, rest[0].span.start
    gap = scene.lower[start:end]
    if len(gap) > REACH or scene.grammar.who["stop"].search(gap):
        return []
    if "," in gap:
        return chain(scene, rest) if len(gap.rpartition(",")[2].split()) <= 2 else []
    # Russian writes no comma there: a name that no preposition governs, behind places and times alone
    return chain(scene, rest) if objects and not scene.strange(start, end) and not _side(start, end, scene) else []
