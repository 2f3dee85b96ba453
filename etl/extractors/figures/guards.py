"""Turn away what looks like a figure and is none: dates, clock times, scores, labels, pronouns.

The temporal extractor has marked the dates before; the tests here also hold without it.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from etl.extractors.figures.quantities import is_address
from etl.extractors.figures.records import Quantity
from etl.extractors.figures.vocabulary import Vocabulary
from etl.extractors.figures.wording import Around
from etl.model import Timex

_CLOCK = re.compile(r"[012]?\d[.:][0-5]\d")
_NAME_BEFORE = re.compile(r"(?<![^\W_])[A-ZА-ЯЁ][\w’'-]* [A-ZА-ЯЁ][\w’'-]* $")
_MID_SENTENCE = re.compile(r"[^\W_][,]? $")
_OLDEST, _AGE_REACH = 115, 24
_LARGE = 100000  # a bare number from here on is hardly a label
_CELL = frozenset("\t|")
_BETWEEN = " \t\n\r-–"
_BOUNDED = frozenset(("over", "under", "at least", "at most", "about", "almost", "equal"))


@dataclass(frozen=True, slots=True)
class Dates:
    """The stretches of a text that are dates or times of day, sorted."""

    starts: list[int]
    ends: list[int]

    def cover(self, start: int, end: int) -> bool:
        """Tell whether a date overlaps [start, end)."""
        index = bisect.bisect_right(self.starts, start)
        if index and self.ends[index - 1] > start:
            return True
        return index < len(self.starts) and self.starts[index] < end

    def hold(self, start: int, end: int) -> bool:
        """Tell whether [start, end) lies within a date that begins before it: the year of "in May 2022"."""
        index = bisect.bisect_left(self.starts, start)
        return index > 0 and end <= self.ends[index - 1]


def dates(timexes: list[Timex]) -> Dates:
    """Return the spans of all temporal expressions but lengths of time, which are figures: "every 33 years" too."""
    lengths = ("DURATION", "SET")
    spans = sorted((timex.span.start, timex.span.end) for timex in timexes if timex.type not in lengths)
    return Dates([start for start, _ in spans], [end for _, end in spans])


def rejected(text: str, quantity: Quantity, words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether the quantity, which is no date, is no figure either."""
    if _is_name(text, quantity) or _is_definite(quantity, words, vocabulary):
        return True
    if quantity.kind in ("", "time", "ratio") and _is_date_or_label(text, quantity, words, vocabulary):
        return True
    if is_address(text, quantity.number[0]):
        return True
    bare = quantity.unit is None and not quantity.noun
    return bare and (is_light(quantity) or not _weighty(quantity, words, vocabulary))


def _is_name(text: str, quantity: Quantity) -> bool:
    """Tell whether the number belongs to a name: Nord Stream 2, Channel One, the Five-Point Plan."""
    if quantity.unit is not None or quantity.hedge != "exact":
        return False
    start = quantity.number[0]
    before = text[max(0, start - 40) : start]
    if quantity.form == "words":
        title = text[start].isupper() and not text[start : quantity.number[1]].isupper()
        return title and bool(_MID_SENTENCE.search(before))
    small = quantity.form == "digits" and quantity.low < 100 and not quantity.decimal
    return small and _NAME_BEFORE.search(before) is not None


def is_date(quantity: Quantity, found: Dates) -> bool:
    """Tell whether a date covers the number; a unit of measure behind it speaks against a bare year (1520 sq m)."""
    start, end = quantity.number
    measured = quantity.unit is not None and quantity.kind != "time"
    return found.cover(start, end) and not (measured and not found.cover(start - 1, start))


def _is_date_or_label(text: str, quantity: Quantity, words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether a number without a unit, or with one of time, is a year, an ordinal, a label or a clock time."""
    guards = vocabulary.topic["guards"]
    if quantity.form == "fraction" and _no_fraction(text, quantity, words, vocabulary):
        return True
    if quantity.form in ("digits", "fraction") and _is_label(quantity, words, guards):
        return True
    if quantity.form == "words" and words.before and words.before[-1] in guards["word_label_before"]:
        return True  # chapter two
    if _is_year(text, quantity, words.before[-1] if words.before else "", guards):
        return True
    return quantity.unit is None and _is_time_or_label(text, quantity, words, guards)


def _is_definite(quantity: Quantity, words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether a small number in words only points at known things: "the two sides", "the first three months"."""
    last = words.before[-1] if words.before else ""
    guards = vocabulary.topic["guards"]
    if quantity.kind == "time":
        return last in guards["period_before"] or quantity.hyphened
    if quantity.form == "words" and quantity.low == 0 and quantity.unit is None:
        return True  # net-zero, zero emissions
    if quantity.kind == "ratio" and quantity.form == "words" and quantity.low == 1:
        return True  # "at one time"
    small = quantity.form == "words" and quantity.low <= 4 and bool(quantity.noun)
    if small and quantity.noun in guards["definite_nouns"]:
        return True
    return small and quantity.hedge == "exact" and last in guards["definite"]


def _is_label(quantity: Quantity, words: Around, guards: dict[str, list[str]]) -> bool:
    """Tell whether the word straight before the number makes it a label: page 12, the S&P 500."""
    counted = len(words.before) > 1 and words.before[-2][:1].isdigit()  # "7.3 points 3.7 rebounds"
    if quantity.hedged_from != quantity.start or quantity.kind == "time" or counted:
        return False
    return any(" ".join(words.before[-count:]) in guards["label_before"] for count in (1, 2, 3))


def _is_year(text: str, quantity: Quantity, last: str, guards: dict[str, list[str]]) -> bool:
    """Tell whether a bare four-digit number is a year; a hedge before it speaks against that."""
    written = text[slice(*quantity.number)]
    if quantity.joined and not quantity.unit and 1500 <= quantity.low <= quantity.high <= 2100:
        return not quantity.grouped
    if not (len(written) == 4 and written.isdigit() and 1500 <= quantity.low <= 2199):
        return False
    if quantity.kind == "time":
        return True
    if quantity.hedge in _BOUNDED and (quantity.noun or quantity.low < 1900):
        return False
    return last in guards["year_before"] or quantity.low >= 1900 or not quantity.noun


def _is_time_or_label(text: str, quantity: Quantity, words: Around, guards: dict[str, list[str]]) -> bool:
    following = words.after[0] if words.after else ""
    first = quantity.number[0]
    if text[first - 1 : first] in ("-", "–") and text[first - 2 : first - 1].isdigit() and not quantity.noun:
        return True  # the second half of a score
    if following in guards["label_after"] and not quantity.noun:
        return True
    written = text[slice(*quantity.number)]
    last = words.before[-1] if words.before else ""
    return _CLOCK.fullmatch(written) is not None and last in guards["time_before"] and not quantity.noun


def _no_fraction(text: str, quantity: Quantity, words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether "third", "quarter" or "half" is an ordinal or a part of a period."""
    written = text[slice(*quantity.number)].lower()
    if written not in vocabulary.fractions:
        return _no_spelt(written, quantity, words, vocabulary)
    parts = vocabulary.topic["parts"]
    last = words.before[-1] if words.before else ""
    ended = not words.after or not words.after[0].isalpha() or words.after[0] in vocabulary.label_stop
    if last in parts["part_before"]:
        return True
    by = frozenset(words.before[-2:]) & frozenset(vocabulary.topic["change"]["by"])
    if quantity.moved and (by or (ended and last in parts["article"])):
        return False  # fell by a third, down a fifth on last year
    followed = _of_something(words, vocabulary)
    if written in parts["free_fractions"]:
        return not (followed or quantity.hedge in _BOUNDED)
    return not (followed and (last in parts["article"] or quantity.hedge in _BOUNDED))


def _no_spelt(written: str, quantity: Quantity, words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether signs or words beside each other are no fraction: "1/2" of a label."""
    first, last = written.split(maxsplit=1)[0], written.rsplit(maxsplit=1)[-1]
    if first in vocabulary.each or last in vocabulary.part_nouns:
        return not words.after or not words.after[0].isalpha()
    bounded = quantity.hedge in _BOUNDED
    if written[0].isdigit() and "/" in written:
        return not (bounded or (words.after and words.after[0] in vocabulary.topic["parts"]["of"]))
    return first != last and last in vocabulary.fractions and not (bounded or _of_something(words, vocabulary))


def _of_something(words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether what a fraction is of follows: behind "of", or a genitive."""
    if vocabulary.topic["style"]["genitive_counts"]:
        return bool(words.after) and words.after[0].isalpha() and words.after[0] not in vocabulary.label_stop
    return bool(words.after) and words.after[0] in vocabulary.topic["parts"]["of"]


def _weighty(quantity: Quantity, words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether a number without any unit still reports something."""
    if quantity.form in ("fraction", "multiple"):
        return True
    if quantity.joined:
        return quantity.spoken or quantity.high >= 100 or quantity.hedge in _BOUNDED
    if quantity.hedge in _BOUNDED or quantity.scale >= 1000 or quantity.grouped:
        return True
    last = words.before[-1] if words.before else ""
    large = quantity.form == "digits" and quantity.low >= _LARGE
    return quantity.moved or ((quantity.decimal or large) and last in vocabulary.topic["change"]["reached"])


def is_light(quantity: Quantity) -> bool:
    """Tell whether the number is too small or vague to report anything without a unit: "one of them", "hundreds"."""
    if quantity.unit is not None or quantity.noun:
        return False
    return quantity.form == "vague" or (quantity.form == "words" and quantity.low <= 12 and not quantity.joined)


def in_row(text: str, quantity: Quantity) -> bool:
    """Tell whether a bare number stands between two others or fills a cell, as in a pasted table."""
    if quantity.unit is not None or quantity.joined:
        return False
    if {
        text[max(0, quantity.start - 2) : quantity.start].strip(" ")[-1:],
        text[quantity.end : quantity.end + 2].strip(" ")[:1],
    } & _CELL:
        return True
    before = text[max(0, quantity.start - 3) : quantity.start].rstrip(_BETWEEN)[-1:]
    return before.isdigit() and text[quantity.end : quantity.end + 3].lstrip(_BETWEEN)[:1].isdigit()


def is_age(text: str, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Give "women aged 25 to 34" and "she turned 80" their unit; tell whether the number is an age."""
    start, end = quantity.number
    if (
        quantity.kind not in ("", "time")
        or quantity.form != "digits"
        or quantity.decimal
        or not 1 <= quantity.low <= _OLDEST
    ):
        return False
    named = vocabulary.age_before.search(text, max(0, start - _AGE_REACH), start)
    if named is None:
        said = vocabulary.told_age.search(text, max(0, start - _AGE_REACH), start)
        if said is None or not vocabulary.after_age.match(text, end):
            return False
    elif named.group().endswith(tuple(vocabulary.topic["ages"]["noun"])):
        quantity.start = named.start()  # players over the age of 21
    quantity.unit = vocabulary.age
    return True
