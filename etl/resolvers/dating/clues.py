"""What one clue says about the day on which a document was written.

A clue speaks twice, and either part may be missing.  Its *logic* is a ``DaySet``: the days that it leaves
possible, with the trust that decides who gives way in a contradiction.  Its *habit* is a shape from
``knowledge/dating_shapes.csv``: how many days writers usually let pass between such an anchor day and the
day of writing; from these the likely days are computed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from etl.dayset import EVER, MAX, MIN, DaySet, union
from etl.lexicon import Lexicon
from etl.model import Analysis, Span

Kind = Literal["text", "metadata", "knowledge", "corpus", "soft"]


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason to believe that the document was, or was not, written on some days."""

    family: str  # what the ablation switches off: metadata header stated recurring offices facts ...
    rule: str
    note: str  # a sentence for a reader who knows nothing of our vocabulary
    trust: float  # share of such clues that are right; the lower one yields in a contradiction
    days: DaySet = EVER  # what it leaves possible
    kind: Kind = "text"
    span: Span | None = None
    source: str = ""
    verified: bool = True
    shape: str = ""  # row group of dating_shapes.csv, "" when no habit is known
    anchor: DaySet | None = None  # the day or days that the shape counts from
    explicit: bool = False  # the document states its own day


@functools.lru_cache(maxsize=4000)
def around(days: DaySet, before: int, after: int) -> DaySet:
    """Return the days from ``before`` to ``after`` days of any day of the set."""
    runs = union([DaySet(((max(MIN, low + before), min(MAX, high + after)),)) for low, high in days.runs]).runs
    return DaySet(runs, days.open_below, days.open_above)


STILL = 2026  # an end from this year on says of a habit that it goes on


def in_words(days: DaySet) -> str:
    """Return a set of days for a sentence: a day, a year, or its first and last day ("2013-05-06 to 2024-05-12")."""
    first, last = days.earliest, days.latest
    if first is None or last is None:
        return f"the days since {first}" if first else f"the days until {last}" if last else days.edtf()
    if last.year >= STILL and first.year < STILL:
        return f"{first} until today"
    years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    low, high = (str(first.year), str(last.year)) if years else (str(first), str(last))
    return low if low == high else f"{low} to {high}"


def days_told(analysis: Analysis, end: int) -> frozenset[tuple[int, int]]:
    """Return the month and day of every date told in the text up to a place, with or without its year."""
    told = (timex.expression for timex in analysis.timexes if timex.span.start < end)
    return frozenset((told.month, told.day) for told in told if told.kind == "calendar" and told.month and told.day)


def holds(days: DaySet, told: frozenset[tuple[int, int]]) -> bool:
    """Tell whether one of some months and days falls within a bounded set of days."""
    every = (date.fromordinal(day) for low, high in days.runs for day in range(low, high + 1))
    return any((day.month, day.day) in told for day in every)


Finder = Callable[[Analysis, Lexicon], list[Clue]]
