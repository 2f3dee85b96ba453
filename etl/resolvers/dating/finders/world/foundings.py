"""Dates a text that counts an anniversary and says itself when all began: "its 130th anniversary ... founded in 1892".

No knowledge of the world is needed, so this works for any society, plant or village.  It speaks only when the
text tells one year of founding, for a house may be older than the museum in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.dayset import DaySet
from etl.model import Analysis, Span
from etl.resolvers.dating.clues import Clue, around, in_words
from etl.resolvers.dating.finders.world.facts import EARLIEST, add_months
from etl.resolvers.dating.rules import Rules

REACH = 120  # characters between the word of founding and its date
LEAST = 5  # smaller counts are of something else: "the third anniversary of the accident"
NEAR = (-92, 92)  # days around the round day on which a title speaks of it
_SENTENCE = re.compile(r"[.!?]\s|\n")


def find(count: Span, number: int, analysis: Analysis, founded: re.Pattern[str], table: Rules) -> Iterator[Clue]:
    """Yield the day or year to which the number leads from the one founding that the text tells."""
    begun = set(_foundings(analysis, founded))
    if number < LEAST or len({low.year for low, _ in begun}) != 1:
        return
    low, high = min(begun, key=lambda days: days[1] - days[0])
    first, last = add_months(low, 12 * number), add_months(high, 12 * number)
    if first is None or last is None or first.year < EARLIEST:
        return
    days = DaySet.between(first, last)
    words: dict[str, Any] = {
        "exact": " ".join(count.of(analysis.text).split()),
        "year": str(low.year),
        "day": in_words(days),
    }
    yield table.clue("own_anniversary", around(days, *NEAR), count, anchor=days, **words)


def _foundings(analysis: Analysis, founded: re.Pattern[str]) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of every date behind a word of founding in its sentence."""
    for timex in analysis.timexes:
        told = timex.expression
        if timex.type != "DATE" or told.kind != "calendar" or not told.year or told.decade or told.century:
            continue
        before = _SENTENCE.split(analysis.text[max(0, timex.span.start - REACH) : timex.span.start])[-1]
        if founded.search(before):
            yield _bounds(told.year, told.month, told.day)


def _bounds(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    days = DaySet.day(year, month, day) if month and day else DaySet.month(year, month) if month else DaySet.year(year)
    return days.earliest or date(year, 1, 1), days.latest or date(year, 12, 31)
