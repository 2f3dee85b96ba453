"""What the readers of offices and of names share: the words of one text, with their flags and places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress, count, repeat
from typing import Literal

from etl.extractors.people.vocabulary import PARTICLE, Vocabulary
from etl.model import PlaceMention
from etl.names import Words

Gender = Literal["", "m", "f"]
Modifier = Literal["", "former", "elect", "acting"]

BLANK = " "
POSSESSIVE = ("'s", "' ")
NATIONAL = frozenset({"country", "demonym"})


@dataclass(frozen=True, slots=True)
class Office:
    """An office told from word ``first`` to word ``last``, both inclusive."""

    first: int
    last: int
    head: str  # basic form, e.g. "president"
    country: str
    modifier: Modifier
    plural: bool
    field: bool  # something but rank and country is told: "of Defence"
    definite: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name told from word ``first`` to word ``last``; ``words`` leaves honorifics and suffixes out."""

    first: int
    last: int
    words: tuple[str, ...]
    gender: Gender
    honoured: bool


class Text:
    """The words of a document as the readers walk over them."""

    def __init__(self, words: Words, places: Iterable[PlaceMention], vocabulary: Vocabulary) -> None:
        """Note for every word which place it belongs to."""
        self.source, self.words, self.vocabulary = words, words.words, vocabulary
        self.gap = words.gap
        self._kinds = [*map(vocabulary.kinds.get, self.words, repeat(0))]
        self._size = len(self.words)
        self.places: dict[int, PlaceMention] = {}
        for place in places:
            index = bisect_left(words.starts, place.span.start)
            while index < len(words.starts) and words.starts[index] < place.span.end:
                self.places[index] = place
                index += 1

    def telling(self) -> list[int]:
        """Return the indexes of the words that may begin a mention, in order."""
        kinds = self._kinds
        known = compress(count(), map(self.vocabulary.telling.__contains__, self.words))
        names = [i for i in self.source.loud if not kinds[i] & ~PARTICLE and self._may_open_name(i)]
        return sorted({*known, *names})

    def _may_open_name(self, index: int) -> bool:
        """Tell whether a capitalised word is known to open a name, or stands before another one."""
        word = self.words[index]
        return word[:1].isupper() and (self.capital(index + 1) or self.vocabulary.opens_name(word))

    def raw_gap(self, index: int) -> str:
        """Return the characters between a word and the next one as they are, "" beyond the ends."""
        return self.source.gaps[index] if 0 <= index < len(self.source.gaps) else ""

    def kind(self, index: int) -> int:
        """Return the flags of a word, 0 beyond the end."""
        return self._kinds[index] if 0 <= index < self._size else 0

    def capital(self, index: int) -> bool:
        """Tell whether a word exists and begins with a capital letter."""
        return 0 <= index < self._size and self.words[index][:1].isupper()

    def word(self, index: int) -> str:
        """Return a word in small letters, "" beyond the ends."""
        return self.words[index].lower() if 0 <= index < self._size else ""

    def possessive(self, index: int) -> bool:
        """Tell whether a word carries a possessive ('s, or an apostrophe before a blank)."""
        return self.gap(index).startswith(POSSESSIVE) or self.gap(index) == "'"

    def national(self, index: int) -> bool:
        """Tell whether a word belongs to the name of a country or nationality."""
        place = self.places.get(index)
        return place is not None and place.kind in NATIONAL

    def starts_line(self, index: int) -> bool:
        """Tell whether nothing but white space and list marks stands before the word on its line."""
        return index == 0 or self.gap(index - 1).startswith("\n")
