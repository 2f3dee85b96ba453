"""Works out which calendar period every phrase of one document means, given one possible date of the document.

The document is read in order.  News counts from its own day: a bare weekday, month or day of the month is the
latest one, or the coming one where the clause speaks of the future.  A narrative (few words like "today",
many full dates) counts from the date told last: the occurrence nearest to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from etl.model import Expression, Timex
from etl.resolvers.anchoring.holidays import holiday_in
from etl.resolvers.anchoring.periods import (
    CENTURY,
    DAY,
    DECADE,
    FINENESS,
    HALF,
    MONTH,
    QUARTER,
    UNITS,
    WEEK,
    WEEKEND,
    YEAR,
    Period,
    on,
)
from etl.resolvers.anchoring.within import earlier_year, moved, within

# How much a day ahead and a day back count against a reading, by the tense of the clause; tuned on news.
_WEIGHTS = {"past": (5.0, 1.0), "present": (2.5, 1.0), "": (2.5, 1.0), "future": (1.0, 5.0)}
_SURE = {"past": (40.0, 1.0), "present": (2.5, 1.0), "future": (1.0, 40.0)}
_BESIDE = 2  # firmness of a tense told by a verb right beside the phrase
_TOWARDS = {"past": -1, "future": 1}

# How many characters back a told period still counts: for "the quarter", for "a year ago", for the same sentence.
_QUARTER_NEAR, _COMPARED_NEAR, _SENTENCE = 400, 1200, 120
_YEAR_AROUND = range(-12, 13)  # months in which "Wednesday the 13th" is looked for
_BEFORE_CHRIST = "BC"  # how a TIMEX3 value of that era begins
_BACK = 1.5  # going back in a narrative counts that much more than going on


class Opens(Protocol):
    """Tells whether a narrative goes on in the year that a phrase names."""

    def __call__(self, timex: Timex, *, near: bool) -> bool:
        """Return true where the phrase opens its sentence or, for a near year, is led in by a preposition."""


Make = Callable[[int], Period | None]


@dataclass(slots=True)
class Narrator:
    """The state of reading one document under one assumption about its date."""

    dct: date | None
    narrative: bool
    holidays: Mapping[str, str]
    opens: Opens  # does the phrase open its sentence, or, for a near year, stand after "in"?
    ref: Period | None = None  # the period told last
    told: list[tuple[int, Period]] = field(default_factory=list)  # all told so far, with their offsets
    lost: bool = False  # the narrative is before the calendar begins
    doubts: dict[int, Period] = field(default_factory=dict)  # by index: the reading that the tense would rather have
    doubt: Period | None = None
    at: int = 0  # offset of the phrase being read

    def read(self, timexes: Sequence[Timex]) -> list[Period | None]:
        """Return the period of every phrase; None where none can be told."""
        out: list[Period | None] = []
        started: Period | None = None  # the beginning of a range whose end comes next
        for index, timex in enumerate(timexes):
            self.at, self.doubt = timex.span.start, None
            period = self.period(timex.expression)
            if started is not None and period is not None and period.last < started.first:
                period = self._next_year(timex.expression, period)
            started = period if timex.expression.until is not None else None
            if timex.value.startswith(_BEFORE_CHRIST):
                self.ref, self.lost = None, True
            if period is not None and not period.exists():
                period = None
            if period is not None and timex.expression.unit != "comparison" and timex.expression.base is None:
                self.told.append((self.at, period))
                if self._carries(timex, period):
                    self.ref, self.lost = period, False
            if self.doubt is not None:
                self.doubts[index] = self.doubt
            out.append(period)
        return out

    def _next_year(self, expression: Expression, period: Period) -> Period | None:
        """Return the end of a range one year later, where its year is not said (from October to March)."""
        yearless = expression.year is None and expression.base is None and expression.month
        return self._in_year(expression, period.year + 1) if yearless else period

    def _carries(self, timex: Timex, period: Period) -> bool:
        """Tell whether the narrative goes on from this date; a mere year far away is an aside."""
        expression = timex.expression
        if not self.narrative or self.ref is None:
            return True
        if expression.kind == "offset":
            return expression.anchor == "narrative" and (expression.amount or 0) >= 0
        if FINENESS[period.unit] > FINENESS[YEAR]:
            return True
        near = 0 <= period.year - self.ref.year <= 1 and expression.tense != "future"
        return self.opens(timex, near=near)

    def period(self, expression: Expression) -> Period | None:
        """Return the period that an expression means here."""
        if expression.kind == "offset":
            return self._offset(expression)
        if expression.kind != "calendar" or expression.alternatives:
            return None
        if expression.decade is not None:
            return Period(DECADE, expression.decade // 10)
        if expression.century is not None:
            return Period(CENTURY, expression.century - 1)
        if expression.base is not None:
            base = self.period(expression.base)
            return within(base, expression) if base else None
        if expression.year is not None:
            if expression.unit == "comparison" and (quarter := self._quarter()) is not None:
                return Period(QUARTER, expression.year * 4 + quarter.index % 4)
            return self._in_year(expression, expression.year)
        if expression.weekday and not expression.month and not expression.day:
            return self._weekday(expression)
        if expression.month or expression.quarter or expression.half or expression.season or expression.holiday:
            return self._choose(expression, lambda year: self._in_year(expression, year))
        return self._lone_day(expression)

    def _in_year(self, expression: Expression, year: int) -> Period | None:
        if expression.holiday:
            return holiday_in(year, self.holidays.get(expression.holiday, ""))
        return within(Period(YEAR, year), expression)

    # ------------------------------------------------------------------ a year or week that is not said
    def _choose(self, expression: Expression, make: Make) -> Period | None:
        origin = self._origin(expression)
        if origin is None:
            return None
        years = range(origin.year - 2, origin.year + 3)
        found = [period for year in years if (period := make(year)) is not None and period.exists()]
        if expression.amount is not None:
            return self._stated(found, expression.amount, origin.first)
        if self.narrative and self.ref is not None:
            return min(found, key=lambda period: _distance(period, origin), default=None)
        ahead, back = _SURE[expression.tense] if expression.firm == _BESIDE else _WEIGHTS[expression.tense]
        best = min(found, key=lambda period: _cost(period, origin.first, ahead, back), default=None)
        if best is not None and expression.firm and _against(best, origin.first, expression.tense):
            self.doubt = next(
                (period for period in found if period.year == best.year + _TOWARDS[expression.tense]), None
            )
        return best

    def _origin(self, expression: Expression) -> Period | None:
        if self.lost or (self.narrative and self.ref is not None):
            return self.ref
        return on(self.dct, DAY) if self.dct else None

    @staticmethod
    def _stated(found: list[Period], sign: int, today: int) -> Period | None:
        """Return the last, this year's or next one of the periods, as the phrase says."""
        if sign < 0:
            return max((p for p in found if p.last < today), key=lambda p: p.first, default=None)
        if sign > 0:
            return min((p for p in found if p.first > today), key=lambda p: p.first, default=None)
        year = date.fromordinal(today).year
        return next((p for p in found if p.year == year), None)

    def _weekday(self, expression: Expression) -> Period | None:
        weekday = expression.weekday or 1
        if self.narrative and self.ref is not None and expression.amount is None:
            if self.ref.unit not in (DAY, WEEK):
                return None
            return self.ref.to(DAY).shift((weekday - _iso(self.ref.first)) % 7)
        if self.dct is None:
            return None
        today = on(self.dct, DAY)
        back = (self.dct.isoweekday() - weekday) % 7
        if expression.amount is None:
            ahead = back and expression.tense == "future"
            return today.shift(7 - back if ahead else -back)
        if expression.amount < 0:
            return today.shift(-(back or 7))
        this = on(self.dct, WEEK).shift(expression.amount)
        return Period(DAY, this.first + weekday - 1)

    def _lone_day(self, expression: Expression) -> Period | None:
        """Return the day that a number of the month alone ("the 15th", "Monday the 24th") or a time means."""
        if expression.day is None:
            if not expression.time:
                return None
            anchor = self.ref if self.narrative or self.dct is None else on(self.dct, DAY)
            return anchor if anchor and anchor.unit == DAY else None
        anchor = self._origin(expression)
        if anchor is None or FINENESS[anchor.unit] < FINENESS[MONTH]:
            return None
        steps = _YEAR_AROUND if expression.weekday else (-1, 0, 1)
        days = [day for step in steps if (day := within(anchor.to(MONTH).shift(step), expression)) is not None]
        if expression.weekday:
            days = [day for day in days if _iso(day.first) == expression.weekday]
        if self.narrative:
            return min(days, key=lambda period: _distance(period, anchor), default=None)
        ahead, back = _WEIGHTS[expression.tense]
        return min(days, key=lambda period: _cost(period, anchor.first, ahead, back), default=None)

    # ------------------------------------------------------------------ counted from another date
    def _offset(self, expression: Expression) -> Period | None:
        if expression.unit == "comparison":
            return self._comparison()
        if expression.unit == "latest quarter":
            return self._quarter() or (on(self.dct, QUARTER).shift(-1) if self.dct else None)
        if expression.unit == "weekend" and expression.amount == 0 and self.dct and not self.narrative:
            past = self.dct.isoweekday() < 6 and expression.tense != "future"
            return on(self.dct, WEEKEND).shift(-1 if past else 0)
        origin = self._counted_from(expression)
        amount, unit = expression.amount or 0, UNITS.get(expression.unit or "")
        if origin is None:
            return None
        if unit is None:  # hours, minutes
            return origin if origin.unit == DAY and not expression.base else None
        if expression.unit == "fortnight":
            amount *= 2
        if expression.base is not None and origin.unit == DAY:
            return moved(origin, unit, amount)
        if FINENESS[origin.unit] < FINENESS[unit]:
            return None
        return origin.to(unit).shift(amount)

    def _counted_from(self, expression: Expression) -> Period | None:
        if expression.base is not None:
            return self.period(expression.base)
        today = on(self.dct, DAY) if self.dct else None
        if self.lost:
            return None
        if expression.anchor == "narrative":
            return self.told[-1][1] if self.told else today
        return self.ref if self.narrative and self.ref is not None and expression.unit != "day" else today

    def _quarter(self) -> Period | None:
        """Return the quarter told last, if one was told not long ago."""
        near = (period for at, period in reversed(self.told) if self.at - at < _QUARTER_NEAR)
        return next((period for period in near if period.unit == QUARTER), None)

    def _comparison(self) -> Period | None:
        """Return the period a year before the one compared with: the latest quarter, else the year."""
        recent = [period for at, period in self.told if self.at - at < _COMPARED_NEAR]
        for period in reversed(recent):
            if period.unit in (QUARTER, HALF):
                return earlier_year(period)
        if self.dct is None:
            return earlier_year(recent[-1].to(YEAR)) if recent else None
        near = [period for at, period in self.told if self.at - at < _SENTENCE]
        if near and near[-1].unit in (MONTH, DAY) and near[-1].to(DAY) != on(self.dct, DAY):
            return earlier_year(near[-1])
        return on(self.dct, YEAR).shift(-1)


def _iso(ordinal: int) -> int:
    return (ordinal - 1) % 7 + 1


def _cost(period: Period, today: int, ahead: float, back: float) -> float:
    if period.first > today:
        return (period.first - today) * ahead
    return max(0, today - period.last) * back


def _against(period: Period, today: int, tense: str) -> bool:
    """Tell whether a period lies on the other side of today than the tense says."""
    return (tense == "past" and period.first > today) or (tense == "future" and period.last < today)


def _distance(period: Period, origin: Period) -> int:
    """Return how far a period lies from the one told last; going back counts a little more."""
    if period.first > origin.last:
        return period.first - origin.last
    return 0 if period.last >= origin.first else int((origin.first - period.last) * _BACK)


def is_narrative(timexes: Sequence[Timex]) -> bool:
    """Tell whether a text tells its dates itself: many full ones, hardly any counted from its own day."""
    expressions = [timex.expression for timex in timexes]
    full = sum(e.kind == "calendar" and e.year is not None for e in expressions)
    deictic = sum(
        (e.kind == "offset" and e.anchor == "dct") or (e.kind == "calendar" and bool(e.weekday) and not e.month)
        for e in expressions
    )
    return full >= 4 and deictic * 6 <= full


def undated(timexes: Sequence[Timex]) -> list[Timex]:
    """Return the timexes as the extractor left them: their unanchored values, no dating."""
    return [replace(timex, value=timex.expression.value or timex.value, dating=None) for timex in timexes]
