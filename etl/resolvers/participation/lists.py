"""Who is named together: lists of people in a text, "A, Office B, and C"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.model import PersonMention
from etl.resolvers.participation.scene import WORD, Scene

_LETTERS = re.compile(r"(?:\b[A-Z]\.){2,5}|\([A-Z]{2,6}\)")  # S.A.S., U.S., (ROK)
_BROKEN = re.compile(r"""[.;:?!()—"“”«»]""")
LISTED = 3  # people with commas between them are a list
GAP = 90  # characters between two people of one list


def chain(scene: Scene, people: Sequence[PersonMention]) -> list[PersonMention]:
    """Return the list of people that begins with the first one: A, B and C.

    A name after a bare comma belongs to the list only when an "and" follows later, or when it is not the only
    one, else it begins a new clause ("talks with A, B said").
    """
    group, joined = [people[0]], 1
    for person in people[1:]:
        link = _link(scene, group[-1].span.end, person.span.start)
        if link is None:
            break
        group.append(person)
        if link:
            joined = len(group)
    return group if len(group) >= LISTED else group[:joined]


def _link(scene: Scene, start: int, end: int) -> bool | None:
    """Tell how two people are linked: True by "and", False by a comma or an "of COUNTRY" alone, None not at all."""
    if end < start:
        return True  # one plural mention is of both: "the two presidents"
    gap = scene.text[start:end]
    if match := scene.grammar.who["apposed"].fullmatch(gap):  # "and the head of the bank, NAME"
        return match["join"] is not None
    if len(gap) > GAP or not gap.strip() or (not gap.startswith(".") and _BROKEN.search(_LETTERS.sub("", gap))):
        return None
    and_word = False
    for match in WORD.finditer(gap):
        word = match.group().lower().rstrip("'’.")
        if word in scene.grammar.join:
            and_word = True
        elif word in scene.grammar.filler:
            continue
        elif (
            match.group()[0].islower()
            and word not in scene.grammar.sides
            and scene.strange(start + match.start(), start + match.end())
        ):
            return None
    return and_word if and_word or "," in gap or "/" in gap or "&" in gap else None


def group_before(scene: Scene, people: Sequence[PersonMention]) -> list[PersonMention]:
    """Return the list of people that ends with the last one."""
    group = [people[-1]]
    linked = False
    for person in reversed(people[:-1]):
        joined = _link(scene, person.span.end, group[0].span.start)
        if joined is None or (not joined and not linked):
            break
        linked = linked or bool(joined)
        group.insert(0, person)
    return group
