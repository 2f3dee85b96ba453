"""The thread of one document: its assumed date, the periods told so far, and which of them the text goes on from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from etl.dayset import DaySet
from etl.model import Timex
from etl.resolvers.anchoring.periods import DAY, FINENESS, HALF, QUARTER, YEAR, Period, on

_QUARTER_NEAR = 400  # characters back in which "the quarter" finds the one it means
_MONTHS_NEAR = 250  # characters back in which "the nine months" is what a comparison is about
_NEAR_SHARE = 0.35  # of the years named may lie next to the document's own in a narrative
_BEFORE_CHRIST = "BC"  # how a TIMEX3 value of that era begins


class Opens(Protocol):
    """Tells whether a narrative goes on in the year that a phrase names."""

    def __call__(self, timex: Timex, *, near: bool) -> bool:
        """Return true where the phrase opens its sentence or, for a near year, is led in by a preposition."""


@dataclass(slots=True)
class Thread:
    """What has been told so far, under one assumption about the document's date."""

    dct: date | None
    narrative: bool
    opens: Opens
    ref: Period | None = None  # the date that the text goes on from
    told: list[tuple[int, Period]] = field(default_factory=list)  # all periods told, with their offsets
    lost: bool = False  # the narrative is before the calendar begins
    months_at: int = -1  # offset of the last stretch of months ("the nine months")
    at: int = 0  # offset of the phrase being read

    @property
    def today(self) -> Period | None:
        """Return the document's own day, if it is known."""
        return on(self.dct, DAY) if self.dct else None

    @property
    def origin(self) -> Period | None:
        """Return what a date without a year is counted from: the thread of a narrative, else the document's day."""
        return self.ref if self.lost or (self.narrative and self.ref is not None) else self.today

    @property
    def last(self) -> Period | None:
        """Return the period told last, which "that day" and "two days later" hang on; else the document's day."""
        return self.told[-1][1] if self.told else self.today

    def quarter(self) -> Period | None:
        """Return the quarter told last, if one was told not long ago."""
        near = (period for at, period in reversed(self.told) if self.at - at < _QUARTER_NEAR)
        return next((period for period in near if period.unit == QUARTER and self.over(period)), None)

    def over(self, period: Period) -> bool:
        """Tell whether a period was over on the document's day, as far as that is known."""
        return self.dct is None or period.last < self.dct.toordinal()

    def quarter_or_half(self, characters: int) -> Period | None:
        """Return the last quarter or half in the last so many characters that no stretch of months came after."""
        for at, period in reversed(self.told):
            if self.at - at >= characters or (at < self.months_at and self.at - self.months_at < _MONTHS_NEAR):
                return None
            if period.unit in (QUARTER, HALF) and self.over(period):
                return period
        return None

    def told_within(self, characters: int) -> Sequence[Period]:
        """Return the periods told in the last so many characters, in order."""
        return [period for at, period in self.told if self.at - at < characters]

    def add(self, timex: Timex, period: Period | None) -> None:
        """Take in what a phrase was found to mean."""
        if timex.expression.kind == "duration" and timex.expression.unit == "month":
            self.months_at = self.at
        if timex.value.startswith(_BEFORE_CHRIST):
            self.ref, self.lost = None, True
        if period is None or timex.expression.unit == "comparison" or timex.expression.base is not None:
            return
        self.told.append((self.at, period))
        if self._goes_on_from(timex, period):
            self.ref, self.lost = period, False

    def _goes_on_from(self, timex: Timex, period: Period) -> bool:
        """Tell whether the text goes on from this date; a mere year named in passing is an aside."""
        expression = timex.expression
        if not self.narrative or self.ref is None:
            return True
        if expression.kind == "offset":
            return expression.anchor == "narrative" and (expression.amount or 0) >= 0
        if FINENESS[period.unit] > FINENESS[YEAR]:
            return True
        near = 0 <= period.year - self.ref.year <= 1 and expression.tense != "future"
        return self.opens(timex, near=near)


def is_narrative(timexes: Sequence[Timex], dct: DaySet | None) -> bool:
    """Tell whether a text tells its dates itself: many full ones, hardly any counted from its own day.

    A text about its own present, with many years near the document's, is none however many years it names.
    """
    expressions = [timex.expression for timex in timexes]
    years = [e.year for e in expressions if e.kind == "calendar" and e.year is not None]
    full, own = len(years), {day.year for day in (dct.earliest, dct.latest) if day} if dct else set()
    near = sum(any(abs(year - mine) <= 1 for mine in own) for year in years)
    deictic = sum(
        (e.kind == "offset" and e.anchor == "dct") or (e.kind == "calendar" and bool(e.weekday) and not e.month)
        for e in expressions
    )
    return full >= 4 and deictic * 6 <= full and near <= full * _NEAR_SHARE
