"""Reads numbers written as words or digits: "two thousand twenty-six", "twenty-eighth", "80th", "75-"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.lexicon import Lexicon

_DIGITS = re.compile(r"(\d{1,4})(?:-?[^\W\d_]{0,8})")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?=[XVI]{2})(X{0,3})(IX|IV|V?I{0,3})")  # from II to XXXIX, as meetings are numbered
_ONES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
LONGEST = 8  # words of a number: "one thousand nine hundred and seventy-four"


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of one language with their values, and the words that join them."""

    values: Mapping[str, int]
    joins: frozenset[str]

    def value(self, text: str) -> int | None:
        """Return the number that the text states, or None when it is not a number."""
        if digits := _DIGITS.fullmatch(text.strip()):
            return int(digits[1])
        total = group = 0
        words = [word for word in _WORD.findall(text.casefold()) if word not in self.joins]
        if not words or len(words) > LONGEST:
            return None
        for word in words:
            value = self.values.get(word)
            if value is None:
                return None
            if value == 1000:
                total, group = (total + (group or 1)) * 1000, 0
            elif value == 100:
                group = (group or 1) * 100
            elif 10 <= group < 100 and value >= 10:
                group = group * 100 + value  # "nineteen forty-five", "twenty twenty-six"
            else:
                group += value
        return total + group

    def trailing(self, words: str) -> int | None:
        """Return the number that the longest run of words at the end states."""
        parts = words.split()
        numbers = (self.value(" ".join(parts[place:])) for place in range(len(parts)))
        return next((number for number in numbers if number is not None), None)

    def ordinal(self, words: str) -> int | None:
        """Return the number at the end of some words, which may also be a Roman one."""
        roman = _ROMAN.fullmatch(words.rpartition(" ")[2].strip())
        return 10 * len(roman[1]) + _ONES[roman[2]] if roman else self.trailing(words)

    def leading(self, words: str) -> int | None:
        """Return the number that the longest run of words at the beginning states."""
        parts = words.split()
        numbers = (self.value(" ".join(parts[:size])) for size in range(len(parts), 0, -1))
        return next((number for number in numbers if number is not None), None)


def numerals(lexicon: Lexicon, lang: str) -> Numerals:
    """Return the number words of a language; build with ``lexicon.once_in(lang, numerals)``."""
    table = lexicon.topic(lang, "dating").get("numerals", {})
    return Numerals(table.get("values", {}), frozenset(table.get("joins", ())))
