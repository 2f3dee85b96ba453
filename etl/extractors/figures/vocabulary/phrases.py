"""Phrases and their patterns: what stands before or behind a place, and what can begin at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_SPACE = r"[ \u00a0\u202f\n]{1,2}"
_ENDING = 5  # letters that a star stands for


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of several words, looked up by what stands before or after a place in the text."""

    meaning: Mapping[str, str]
    longest: int  # words

    def before(self, words: list[str]) -> tuple[str, int]:
        """Return (meaning, number of words) of the longest phrase that ends the list; ("", 0) if none does."""
        for count in range(min(self.longest, len(words)), 0, -1):
            found = self.meaning.get(" ".join(words[-count:]))
            if found is not None:
                return found, count
        return "", 0

    def after(self, words: list[str]) -> tuple[str, int]:
        """Return (meaning, number of words) of the longest phrase that begins the list; ("", 0) if none does."""
        for count in range(min(self.longest, len(words)), 0, -1):
            found = self.meaning.get(" ".join(words[:count]))
            if found is not None:
                return found, count
        return "", 0


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase word by word; nothing has to be compiled to find it."""

    parts: tuple[tuple[str, bool], ...]  # words in small letters, and whether any ending may follow

    @staticmethod
    def of(phrase: str) -> Wording:
        """Return the wording of a phrase: ``*`` stands for an ending, a space for any white space."""
        return Wording(tuple((word.rstrip("*"), word.endswith("*")) for word in phrase.lower().split()))

    def end(self, low: str, start: int) -> int:
        """Return where the phrase that begins at ``start`` of a text in small letters ends; -1 if other words do."""
        place = start
        for letters, inflected in self.parts:
            if place > start:
                place, left = _past(low, place, str.isspace), place
                if place == left:
                    return -1
            if not low.startswith(letters, place):
                return -1
            place += len(letters)
            if inflected:
                place = min(_past(low, place, str.isalpha), place + _ENDING)
            if low[place : place + 1].isalnum():
                return -1
        return place


def _past(low: str, place: int, kind: Callable[[str], bool]) -> int:
    """Return the end of the run of signs of a kind that begins here."""
    while place < len(low) and kind(low[place]):
        place += 1
    return place


def phrases(table: Mapping[str, Iterable[str]]) -> Phrases:
    """Return the phrases of a table from a meaning to its phrases."""
    meaning = {phrase: name for name, listed in table.items() for phrase in listed}
    return Phrases(meaning, max(len(phrase.split()) for phrase in meaning))


def alternatives(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest tried first; one that nothing matches for none."""
    return "|".join(_as_pattern(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) or "(?!)"


def _as_pattern(phrase: str) -> str:
    """Return the pattern of a phrase: ``*`` stands for an ending, a space for any white space."""
    return re.escape(phrase).replace(r"\*", r"[^\W\d_]{0,5}").replace(r"\ ", _SPACE)


def anchor(words: Iterable[str], *, whole: bool = True) -> re.Pattern[str]:
    """Return the pattern of words (or beginnings of words) in a ``small`` text, with the sign before each.

    A search for it jumps from sign to sign, which is several times as quick as to look behind every letter;
    that the sign is none of the commonest letters is quicker to test than that it is no letter at all.
    """
    return re.compile(rf"[^a-zа-яё0-9](?<![^\W_]){_tree(set(words))}" + r"(?![^\W_])" * whole)


def _tree(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest tried first, each shared beginning written once."""
    grouped: dict[str, list[str]] = {}
    for word in words:
        grouped.setdefault(word[:1], []).append(word[1:])
    branches = [re.escape(sign) + (_tree(rest) if sign else "") for sign, rest in sorted(grouped.items(), reverse=True)]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def small(text: str) -> str:
    """Return the text in small letters behind a space, so that its first word follows a sign too."""
    return " " + text.replace("İ", "I").lower()  # all other small letters are as long as their capitals
