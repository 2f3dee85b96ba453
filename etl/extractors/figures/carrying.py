"""Carry the meaning of a figure on to figures that only point back to it.

"Bilateral trade has grown by 5 percent.  It is over $51 billion, the other side's estimate is $50 billion":
the second and third number measure what the first one does, but only a pronoun or a source noun says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from etl.extractors.figures.guards import Dates
from etl.extractors.figures.meaning import Names, hits, set_growth, unit_classes
from etl.extractors.figures.records import Quantity
from etl.extractors.figures.vocabulary import Vocabulary
from etl.model import Span

_WORD = re.compile(r"[^\W\d_]+")
_REPEAT = 4  # sentences over which the same value and unit mean the same thing
_REACH = 160  # characters before a figure in which a pronoun can point back
_NAMED = 2  # sentences back in which a pronoun's indicator may be named
_LEVEL_WORDS = 3  # between a change and the level that it led to
_MOVES = ("up", "down", "bridge", "by", "articles")  # the lists of words that tell of a change
_ADDED = 60  # characters between a level and the change that led to it
_POINTER_WORDS = 8  # a pronoun further back than this points elsewhere


_DASHES = frozenset("–—-")


def phrases(words: list[str]) -> frozenset[str]:
    """Return the words, and every two of them side by side: "the figure"."""
    return frozenset((*words, *map(" ".join, pairwise(words))))


@dataclass(slots=True)
class Meant:
    """A quantity with what it measures."""

    quantity: Quantity
    place: int  # index of its sentence
    indicator: str
    label: str
    growing: bool = False  # its name means a growth


@dataclass(frozen=True, slots=True)
class _Page:
    """The document and the words that point back in its language."""

    text: str
    sentences: list[Span]
    names: Names
    dates: Dates
    pointers: frozenset[str]
    links: frozenset[str]
    corrections: tuple[str, ...]
    verbs: frozenset[str]
    levels: frozenset[str]  # to
    both: frozenset[str]  # and
    moves: frozenset[str]  # an increase of, up by
    into: frozenset[str]  # in 2023, last month
    generic: frozenset[str]  # the volume, our estimate: words of labels that name no other matter

    def words(self, start: int, end: int) -> list[str]:
        """Return the words in [start, end), lower case."""
        return [word.group().lower() for word in _WORD.finditer(self.text, start, end)]

    def undated(self, start: int, end: int) -> list[str]:
        """Return the words in [start, end) behind a date and what leads to it: "to" of "in March to"."""
        found = [word for word in _WORD.finditer(self.text, start, end) if not self.dates.cover(*word.span())]
        words = [word.group().lower() for word in found]
        dated = self.dates.cover(start, end)
        return words[1:] if dated and len(words) > 1 and words[0] in self.into else words

    def has_pointer(self, one: Meant) -> bool:
        """Tell whether a pronoun and its verb lead to the figure: "it is over $51 billion"."""
        start = max(self.sentences[one.place].start, one.quantity.start - _REACH)
        before = self.words(start, one.quantity.start)[-_POINTER_WORDS:]
        told = [
            index
            for index in range(len(before))
            if {before[index], " ".join(before[max(0, index - 1) : index + 1])} & self.pointers
        ]
        at = max(told, default=len(before))
        dashed = at == len(before) - 1 and self.text[: one.quantity.start].rstrip()[-1:] in _DASHES
        by = before[at + 1 :]  # it is by 15 percent more
        return (
            dashed or (bool(by) and self.moves.issuperset(by)) or any(word in self.verbs for word in before[at + 1 :])
        )


def _page(text: str, sentences: list[Span], vocabulary: Vocabulary, names: Names, dates: Dates) -> _Page:
    return _Page(
        text,
        sentences,
        names,
        dates,
        frozenset(vocabulary.topic["periods"]["pronoun_subjects"]),
        frozenset(vocabulary.topic["attribution"]["nouns"]) | frozenset(vocabulary.topic["periods"]["compared"]),
        tuple(vocabulary.topic["corrections"]["words"]),
        vocabulary.verbs,
        frozenset(vocabulary.topic["change"]["level"]),
        frozenset(vocabulary.topic["ranges"]["and"]),
        frozenset().union(*(vocabulary.words("change", key) for key in _MOVES)),
        frozenset(vocabulary.topic["elliptic"]["periods"]),
        frozenset(
            " ".join(
                (
                    *vocabulary.topic["periods"]["pronoun_subjects"],
                    *vocabulary.topic["attribution"]["nouns"],
                    *vocabulary.topic["nouns"]["measuring"],
                )
            ).split()
        ),
    )


def carry(
    text: str, meant: list[Meant], sentences: list[Span], vocabulary: Vocabulary, names: Names, *, dates: Dates
) -> None:
    """Fill in the indicator of figures that point back, to another figure or to what was named before, in place."""
    page = _page(text, sentences, vocabulary, names, dates)
    plain = frozenset(map(str, vocabulary.topic["labels"].values()))  # what nothing in the text names
    for index, one in enumerate(meant):
        before = meant[index - 1] if index else None
        if before and before.place == one.place and _reached_by(page, one, before) and not one.quantity.label:
            one.label = before.label
            if before.growing:
                set_growth(one.quantity, vocabulary)
        if one.indicator:
            continue
        classes = unit_classes(one.quantity)
        pointing = page.has_pointer(one) and not _names_other(page, one, plain)
        for back in range(index - 1, max(-1, index - 9), -1):
            other = meant[back]
            fits = other.indicator and not classes.isdisjoint(names.units.get(other.indicator, frozenset()))
            if fits and _points_back(page, one, other, pointing=pointing):
                one.indicator, one.label = other.indicator, one.label or other.label
                break
        else:
            one.indicator = _named_before(page, one, classes) if pointing and not _other_matter(one, before) else ""
        if not one.indicator and before is not None and one.label in plain and _compared(page, one, before):
            one.label = before.label
        if not one.indicator and pointing and before is not None and _other_matter(one, before):
            one.label = before.label
        elif not one.indicator and pointing and before is not None and _grown_since(one, before, plain):
            one.indicator, one.label = before.indicator, before.label


def _points_back(page: _Page, one: Meant, other: Meant, *, pointing: bool) -> bool:
    apart = one.place - other.place
    same_unit = one.quantity.unit == other.quantity.unit and one.quantity.noun == other.quantity.noun
    if same_unit and one.quantity.low == other.quantity.low and apart <= _REPEAT:
        return True
    if apart == 0 and (_reached_by(page, one, other) or (same_unit and (one.quantity.shared or other.quantity.shared))):
        return True
    if apart == 0 and _goes_on(page, one, other):
        return True
    if apart == 0:
        between = page.words(max(other.quantity.end, one.quantity.start - _REACH), one.quantity.start)
        corrected = (
            f" {' '.join(page.words(other.quantity.end, one.quantity.number[0]))} "  # or more precisely 4.2 percent
        )
        linked = not (page.links | page.pointers).isdisjoint(phrases(between))
        linked = linked or any(f" {word} " in corrected for word in page.corrections)
        return (same_unit and linked) or _restates(page, one, other)
    return apart == 1 and pointing


def _goes_on(page: _Page, one: Meant, other: Meant) -> bool:
    """Tell whether a verb goes on with the subject of a growth: "grew by 12 percent and reached $180 million"."""
    gap = page.words(other.quantity.end, one.quantity.number[0])
    grown = other.quantity.transformation in ("growth_rate", "ratio")
    return grown and 1 < len(gap) <= _LEVEL_WORDS + 1 and gap[0] in page.both and gap[1] in page.verbs


def _names_other(page: _Page, one: Meant, plain: frozenset[str]) -> bool:
    """Tell whether its own clause names what is measured, so that no pronoun needs to: "its debt rose to 5 billion"."""
    if not one.label or one.label in plain or one.quantity.noun:
        return False
    return not page.generic.issuperset(one.label.lower().split())


def _grown_since(one: Meant, before: Meant, plain: frozenset[str]) -> bool:
    """Tell whether a growth rate without a matter of its own is that of the level before it: "this is 15 % more"."""
    rate = one.quantity.transformation == "growth_rate" and before.quantity.kind != "share"
    return rate and one.place - before.place <= 1 and one.label in plain


def _other_matter(one: Meant, before: Meant | None) -> bool:
    """Tell whether the sentence before measures something without a name in the same unit, which a pronoun means."""
    return before is not None and before.place == one.place - 1 and before.quantity.unit == one.quantity.unit


def _reached_by(page: _Page, one: Meant, other: Meant) -> bool:
    """Tell whether the figure is the level that a change led to: "fell by 0.4 points, to 5.2 percent"."""
    if not other.quantity.moved or one.quantity.number[0] - other.quantity.end > _ADDED:
        return False
    gap = page.undated(other.quantity.end, one.quantity.number[0])
    return bool(gap) and len(gap) <= _LEVEL_WORDS and gap[0] in page.levels


def _compared(page: _Page, one: Meant, other: Meant) -> bool:
    """Tell whether words of comparing stand between two figures of one unit: "30 per cent, up from 20"."""
    if one.place != other.place or one.quantity.unit != other.quantity.unit:
        return False
    between = page.words(max(other.quantity.end, one.quantity.start - _ADDED), one.quantity.start)
    return not page.links.isdisjoint(phrases(between[-4:]))


def _restates(page: _Page, one: Meant, other: Meant) -> bool:
    """Tell whether a change adds to the level before it: "$7 billion in 2022, an increase of 14 per cent"."""
    gap = page.text[other.quantity.end : one.quantity.start]
    percent = one.quantity.kind == "share" and one.quantity.direction and other.quantity.kind != "share"
    leading = page.words(one.quantity.start - len(gap.rpartition(",")[2]), one.quantity.number[0])
    return bool(percent) and len(gap) < _ADDED and gap.count(",") == 1 and page.moves.issuperset(leading)


def _named_before(page: _Page, one: Meant, classes: frozenset[str]) -> str:
    """Return the indicator last named in the sentences before, for which a pronoun stands; else ""."""
    for place in range(one.place - 1, max(-1, one.place - 1 - _NAMED), -1):
        sentence = page.sentences[place]
        for hit in hits(page.text, sentence.start, sentence.end, page.names):
            if classes & hit.name.units and not hit.name.beside:
                return hit.name.indicator
    return ""
