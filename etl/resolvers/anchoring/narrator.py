"""Works out which calendar period every phrase of one document means, given one possible date of the document.

The document is read in order.  News counts from its own day: a bare weekday, month or day of the month is the
latest one, or the coming one where the clause speaks of the future.  A narrative (few words like "today",
many full dates) counts from the date told last: the occurrence nearest to it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.model import Expression
from etl.resolvers.anchoring.choosing import beside, choose, day_of_month, falls_on, nearest, on_weekday, weekday
from etl.resolvers.anchoring.counting import counted
from etl.resolvers.anchoring.holidays import holiday_in
from etl.resolvers.anchoring.periods import CENTURY, DAY, DECADE, QUARTER, YEAR, Period, distance
from etl.resolvers.anchoring.thread import FAR_NEARER, Thread
from etl.resolvers.anchoring.within import within

Answer = tuple[Period | None, Period | None]  # what a phrase means, and the other reading that is possible
_YEARS = range(-2, 3)  # the years around the anchor that are tried; 29 February needs more
_LEAP_YEARS = range(-8, 9)


@dataclass(slots=True)
class Narrator:
    """Reads one document under one assumption about its date."""

    thread: Thread
    holidays: Mapping[str, str]
    _doubt: Period | None = None

    def tell(self, expression: Expression, at: int) -> Answer:
        """Return what a phrase at an offset means."""
        self.thread.at, self.thread.asked_day, self.thread.asked_story, self._doubt = at, False, False, None
        period = _real(self._period(expression))
        if expression.holiday and period is not None:
            self._doubt = self._other_rite(expression, period) or self._doubt
        return period, self._doubt

    def later_end(self, expression: Expression, period: Period, started: Period) -> Period | None:
        """Return the end of a range after its beginning, where its year or week is not said (from October to March)."""
        if expression.weekday and not expression.month and not expression.day and expression.base is None:
            return _real(period.shift(-(-(started.first - period.first) // 7) * 7)) if period.unit == DAY else period
        yearless = expression.year is None and expression.base is None and expression.month
        return _real(self._in_year(expression, period.year + 1)) if yearless else period

    def _period(self, expression: Expression) -> Period | None:
        """Return the period that an expression means here."""
        if expression.kind not in ("calendar", "offset"):
            return None
        if expression.alternatives:
            return self._by_weekday(expression)
        if expression.base is not None:
            return self._hung(expression, _real(self._period(expression.base)))
        if expression.kind == "offset":
            return counted(expression, None, self.thread)
        return self._said(expression) or self._open(expression)

    def _hung(self, expression: Expression, base: Period | None) -> Period | None:
        """Return the period of an expression that hangs on another one, which means ``base``."""
        self._doubt = None  # one about the base is none about what hangs on it
        if base is None:
            return None
        if expression.kind == "offset":
            return counted(expression, base, self.thread)
        if expression.holiday:
            return self._in_year(expression, base.year)
        if expression.weekday and expression.amount and base.unit == DAY:  # "the Monday after Easter"
            return beside(base, expression.weekday, expression.amount)
        if expression.unit == "weekend" and expression.base is not None and expression.base.holiday:
            self._doubt = base  # a long weekend has the holiday beside it
        return within(base, expression)

    def _by_weekday(self, expression: Expression) -> Period | None:
        """Return the one reading of an undecided numeric date that falls on the weekday named beside it, if any."""
        weekday = expression.weekday
        bare = (replace(reading, weekday=None) for reading in expression.alternatives)
        found = [self._said(reading) or self._open(reading) for reading in bare] if weekday else []
        fitting = [period for period in found if period is not None and falls_on(period, weekday or 0)]
        self._doubt = None
        return fitting[0] if len(fitting) == 1 else None

    def _said(self, expression: Expression) -> Period | None:
        """Return the period of an expression that says its year, decade or century."""
        if expression.decade is not None:
            return Period(DECADE, expression.decade // 10)
        if expression.century is not None:
            return Period(CENTURY, expression.century - 1)
        if expression.year is None:
            return None
        if expression.unit == "comparison" and (quarter := self.thread.quarter()) is not None:
            return Period(QUARTER, expression.year * 4 + quarter.index % 4)
        ref = self.thread.ref if expression.short_year and self.thread.narrative else None
        years = (expression.year - ref.year + 50) % 100 - 50 if ref is not None else 0
        return self._in_year(expression, ref.year + years if ref is not None else expression.year)

    def _open(self, expression: Expression) -> Period | None:
        """Return the period of an expression that leaves its year open."""
        if expression.year is not None:
            return None
        if expression.month or expression.quarter or expression.half or expression.season or expression.holiday:
            return self._some_year(expression)
        if expression.day:
            return day_of_month(expression, self.thread)
        if expression.weekday:
            return weekday(expression, self.thread)
        anchor = self.thread.origin if expression.time else None
        return anchor if anchor is not None and anchor.unit == DAY else None

    def _some_year(self, expression: Expression) -> Period | None:
        if (origin := self.thread.origin) is None:
            return None
        if self.thread.narrative and self.thread.ref is not None and expression.amount is None:
            return self._told_year(expression, origin)
        if aside := self.thread.aside(expression):
            return nearest(self._around(expression, aside), aside)
        found = self._over(self._around(expression, origin), expression, origin)
        best, self._doubt = choose(found, expression, self.thread)
        return best

    def _told_year(self, expression: Expression, origin: Period) -> Period | None:
        """Return the reading in a narrative; one by the date before its last jump may be nearer: then both are kept."""
        if year := self.thread.beside():
            return self._in_year(expression, year.year)
        if expression.tense == "future" and expression.firm:  # "would follow him on 16 October": not the one before
            ahead = (period for period in self._around(expression, origin) if period.last >= origin.first)
            return min(ahead, key=_first, default=None)
        best, self._doubt = self._by_jump(expression, origin)
        rival = self.thread.rival
        if best is not None and self._doubt is None and rival is not None:
            other = nearest(self._around(expression, rival), rival)
            self._doubt = other if other is not None and other.year != best.year else None
        self.thread.rival = self._doubt
        return best

    def _by_jump(self, expression: Expression, origin: Period) -> tuple[Period | None, Period | None]:
        """Return the reading by the date told last and the one by the date before a jump, the far nearer one first."""
        best = nearest(self._around(expression, origin), origin)
        left, just_made = self.thread.before_jump()
        other = nearest(self._around(expression, left), left) if left is not None else None
        if best is None or left is None or other is None or other.year == best.year:
            return best, None
        way, other_way = distance(best, origin), distance(other, left)
        if other_way >= way:
            return best, None
        return (other, best) if other_way < way * FAR_NEARER and not just_made else (best, other)

    def _around(self, expression: Expression, origin: Period) -> Sequence[Period]:
        """Return the readings of an expression without a year in the years around another date."""
        found = _occurrences(expression, origin.year, self._notation(expression))
        return on_weekday(found, expression, origin) or found

    def _over(self, found: Sequence[Period], expression: Expression, origin: Period) -> Sequence[Period]:
        """Return the beginnings of a range told as past whose end is over: "fell from October to March"."""
        until = expression.until
        if until is None or expression.tense != "past" or until.year or expression.day:  # days may be under way
            return found
        if not (expression.month and until.month):
            return found
        later = int(until.month < expression.month)
        ends = ((period, self._in_year(until, period.year + later)) for period in found)
        return [period for period, end in ends if end is not None and end.first <= origin.first] or found

    def _other_rite(self, expression: Expression, period: Period) -> Period | None:
        """Return the day of a holiday that another church keeps in the same year on another day."""
        _, _, other = self.holidays.get(expression.holiday or "", "").partition("|")
        day = holiday_in(period.year, other) if other else None
        return day if day != period else None

    def _in_year(self, expression: Expression, year: int) -> Period | None:
        return _in_year(expression, year, self._notation(expression))

    def _notation(self, expression: Expression) -> str:
        return self.holidays.get(expression.holiday or "", "").partition("|")[0]


def _in_year(expression: Expression, year: int, holiday: str) -> Period | None:
    """Return the day or part of a year that an expression names; ``holiday`` is the notation of a holiday's day."""
    return holiday_in(year, holiday) if expression.holiday else within(Period(YEAR, year), expression)


@functools.lru_cache(maxsize=4000)
def _occurrences(expression: Expression, year: int, holiday: str) -> tuple[Period, ...]:
    """Return what an expression without a year means in the years around one, in order."""
    years = _LEAP_YEARS if (expression.month, expression.day) == (2, 29) else _YEARS
    tried = (_in_year(expression, year + step, holiday) for step in years)
    return tuple(period for period in tried if period is not None and period.exists())


def _first(period: Period) -> int:
    return period.first


def _real(period: Period | None) -> Period | None:
    """Return a period that the calendar has, else None."""
    return period if period is not None and period.exists() else None
