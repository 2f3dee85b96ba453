"""Finds the literal phrases that knowledge rows name, without reading the text once per phrase.

The words of a text, and every two that stand side by side, are put in a set once; only phrases of which all
are in it are searched for, hardly any that does not stand there however many are known.  A phrase in small
letters matches any case, another one only as it is written.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from etl.lexicon import Row
from etl.model import Span

_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile("['’]")
_SPACES = 3  # spaces or line breaks that may stand where a phrase has one
_GAP = re.compile(r"[^.!?\n]{0,60}")  # what may stand where a phrase has " … "
QUOTES = '«“"#('  # a phrase may be written with them, the text is searched from the first word on


@dataclass(frozen=True, slots=True)
class Written:
    """A text with straight apostrophes, as it is written and in small letters, character for character."""

    plain: str
    small: str


@functools.lru_cache(maxsize=4)
def _written(text: str) -> Written:
    plain = text.replace("’", "'")
    small = plain.lower()
    if len(small) != len(plain):  # some letters have no small form of one character
        small = "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in plain)
    return Written(plain, small)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text in small letters, and every two of them that stand side by side."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One literal phrase, its words in small letters, and the knowledge row that it stands for."""

    text: str
    words: frozenset[str]
    row: Row

    def find(self, text: Written) -> Iterator[tuple[int, int]]:
        """Yield the start and end of every place where the phrase stands, from left to right, none overlapping."""
        shape = _shape(self.text)
        searched = text.small if shape.any_case else text.plain
        at, done = searched.find(shape.pivot), 0
        while at >= 0:
            start = _start(searched, at, shape.before)
            end = _end(searched, at, shape.parts) if start is not None and start >= done else None
            if start is not None and end is not None:
                yield start, end
                done = end
            at = searched.find(shape.pivot, at + 1)


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a phrase is looked for: first the longest word of its first part, of two the later one ("the war")."""

    any_case: bool
    pairs: frozenset[tuple[str, str]]  # the neighbouring words within its parts, in small letters
    pivot: str
    before: Sequence[str]  # the words of the first part before that one, the nearest first
    parts: Sequence[Sequence[str]]  # the rest of the first part, the further parts that may stand apart from it


@functools.lru_cache(maxsize=10_000)
def _shape(phrase: str) -> Shape:
    """Return the shape of a phrase, worked out when a text first has all of its words."""
    whole = phrase.split(" … ")
    first, *more = (part.split(" ") for part in whole)
    place = max(range(len(first)), key=lambda place: (len(first[place]), place))
    pairs = frozenset(chain.from_iterable(pairwise(_WORD.findall(part.casefold())) for part in whole))
    return Shape(phrase == phrase.lower(), pairs, first[place], first[:place][::-1], (first[place:], *more))


def _start(text: str, at: int, words: Sequence[str]) -> int | None:
    """Return where words begin that end before a place, the nearest named first; None when they do not stand there."""
    for word in words:
        spaces = text[max(0, at - _SPACES - 1) : at]
        count = len(spaces) - len(spaces.rstrip())
        at -= count + len(word)
        if not 1 <= count <= _SPACES or at < 0 or not text.startswith(word, at):
            return None
    return at


def _end(text: str, start: int, parts: Sequence[Sequence[str]]) -> int | None:
    """Return where parts of a phrase end that begin at a place, None when they do not stand there."""
    end = start
    for place, word in enumerate(parts[0]):
        if place:
            spaces = text[end : end + _SPACES + 1]
            count = len(spaces) - len(spaces.lstrip())
            if not 1 <= count <= _SPACES:
                return None
            end += count
        if not text.startswith(word, end):
            return None
        end += len(word)
    if len(parts) == 1:
        return None if _in_word(text, end) else end
    return _after_gap(text, end, parts[1:]) if _at_edge(text, end) else None


def _after_gap(text: str, end: int, parts: Sequence[Sequence[str]]) -> int | None:
    """Return where the rest of a phrase ends whose parts stand apart in one sentence."""
    word, gap = parts[0][0], _GAP.match(text, end)
    reach = (gap.end() if gap else end) + len(word)
    start = text.find(word, end, reach)
    while start >= 0:
        if _at_edge(text, start) and (found := _end(text, start, parts)) is not None:
            return found
        start = text.find(word, start + 1, reach)
    return None


def _at_edge(text: str, place: int) -> bool:
    """Tell whether a word begins or ends at a place."""
    return _in_word(text, place) != _in_word(text, place - 1)


def _in_word(text: str, place: int) -> bool:
    """Tell whether the character at a place belongs to a word."""
    letter = text[place : place + 1]
    return letter.isalnum() or letter == "_"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by that of their words which the fewest phrases have."""

    by_word: Mapping[str, tuple[Phrase, ...]]

    def find(self, text: str, said: Said) -> list[tuple[Span, Row]]:
        """Return the spans of the phrases in the text with their rows, in order, of each start the longest ones."""
        found: dict[int, list[tuple[int, int, Row]]] = {}
        written = _written(text)
        for word in said.words & self.by_word.keys():
            for phrase in self.by_word[word]:
                if phrase.words <= said.words and _shape(phrase.text).pairs <= said.pairs:
                    for start, end in phrase.find(written):
                        if not text[max(0, start - 1) : start].isalnum():
                            found.setdefault(start, []).append((end, phrase.row.line, phrase.row))
        out = []
        for start in sorted(found):
            longest = max(end for end, _, _ in found[start])
            ends = sorted((end, line, row) for end, line, row in found[start] if end == longest)
            out += [(Span(start, end), row) for end, _, row in ends]
        return out


@functools.lru_cache(maxsize=4)  # several finders ask for those of one text
def said_in(text: str) -> Said:
    """Return the words and pairs of words of a text."""
    words = _WORD.findall(text.casefold())
    return Said(frozenset(words), frozenset(pairwise(words)))


def compile_phrases(rows: Iterable[Row], column: str) -> Phrases:
    """Return the phrases of a column, whose cells hold alternatives separated by semicolons."""
    phrases: dict[tuple[str, int], Phrase] = {}
    for row in rows:
        for text in filter(None, map(str.strip, row[column].split(";"))):
            bare = _APOSTROPHE.sub("'", text.lstrip(QUOTES))
            words = frozenset(_WORD.findall(bare.casefold()))
            if not words or not bare[0].isalnum():
                raise row.error(f"the phrase {text!r} does not begin with a word", "begin with a letter or digit")
            phrases[bare, row.line] = Phrase(bare, words, row)
    common = Counter(word for phrase in phrases.values() for word in phrase.words)
    by_word: dict[str, list[Phrase]] = {}
    for phrase in phrases.values():
        by_word.setdefault(min(phrase.words, key=common.__getitem__), []).append(phrase)
    return Phrases({word: tuple(held) for word, held in by_word.items()})
