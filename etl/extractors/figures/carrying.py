"""Carry the meaning of a figure on to figures that only point back to it.

"Bilateral trade has grown by 5 percent.  It is over $51 billion, the other side's estimate is $50 billion":
the second and third number measure what the first one does, but only a pronoun or a source noun says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.extractors.figures.meaning import Names, unit_classes
from etl.extractors.figures.quantities import Quantity
from etl.extractors.figures.vocabulary import Vocabulary
from etl.model import Span

_WORD = re.compile(r"[^\W\d_]+")
_REPEAT = 4  # sentences over which the same value and unit mean the same thing
_POINTER_WORDS = 14  # a pronoun further back than this points elsewhere


@dataclass(slots=True)
class Meant:
    """A quantity with what it measures."""

    quantity: Quantity
    place: int  # index of its sentence
    indicator: str
    label: str


def carry(text: str, meant: list[Meant], sentences: list[Span], vocabulary: Vocabulary, names: Names) -> None:
    """Fill in the indicator of figures that point back, in place."""
    pointers = frozenset(vocabulary.topic["periods"]["pronoun_subjects"])
    links = frozenset(vocabulary.topic["attribution"]["nouns"]) | frozenset(vocabulary.topic["periods"]["compared"])
    for index, one in enumerate(meant):
        if one.indicator:
            continue
        for back in range(index - 1, max(-1, index - 9), -1):
            other = meant[back]
            if other.indicator and _points_back(text, one, other, sentences, pointers, links, names):
                one.indicator, one.label = other.indicator, one.label or other.label
                break


def _points_back(
    text: str,
    one: Meant,
    other: Meant,
    sentences: list[Span],
    pointers: frozenset[str],
    links: frozenset[str],
    names: Names,
) -> bool:
    if not unit_classes(one.quantity) & names.units.get(other.indicator, frozenset()):
        return False
    apart = one.place - other.place
    same_unit = one.quantity.unit == other.quantity.unit and one.quantity.noun == other.quantity.noun
    if same_unit and one.quantity.low == other.quantity.low and apart <= _REPEAT:
        return True
    if apart == 0:
        between = _words(text, other.quantity.end, one.quantity.start)
        return same_unit and bool((links | pointers) & set(between))
    return apart == 1 and bool(pointers & set(_words(text, sentences[one.place].start, one.quantity.start)[-_POINTER_WORDS:]))


def _words(text: str, start: int, end: int) -> list[str]:
    return [word.group().lower() for word in _WORD.finditer(text, start, end)]
