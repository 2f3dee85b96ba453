"""Calendar periods of one unit (a day, an ISO week, a month ... a century) and the arithmetic on them.

A period is a unit and a running number, so "three quarters earlier" is a subtraction, and its TIMEX3 value,
first and last day follow from the number.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

from etl.dayset import DaySet

DAY, WEEK, WEEKEND, MONTH, QUARTER, HALF, SEASON, YEAR, DECADE, CENTURY = "DWEMQHSYXC"
SEASONS = ("WI", "SP", "SU", "FA")  # by the quarter in which they mostly lie
UNITS = {
    "day": DAY,
    "week": WEEK,
    "weekend": WEEKEND,
    "month": MONTH,
    "quarter": QUARTER,
    "half": HALF,
    "season": SEASON,
    "year": YEAR,
    "decade": DECADE,
    "century": CENTURY,
    "fortnight": WEEK,
    "ten years": YEAR,
    "weekday": DAY,
}
_PER_YEAR = {MONTH: 12, QUARTER: 4, HALF: 2, SEASON: 4, YEAR: 1}
_YEARS = {DECADE: 10, CENTURY: 100}
FINENESS = {
    unit: rank for rank, unit in enumerate((CENTURY, DECADE, YEAR, HALF, SEASON, QUARTER, MONTH, WEEK, WEEKEND, DAY))
}
_BACK = 1.5  # going back in a narrative counts that much more than going on
_LAST = date.max.toordinal()


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would double the time to make one
class Period:
    """One period: ``unit`` is a letter of DWEMQHSYXC, ``index`` its running number."""

    unit: str
    index: int

    def shift(self, count: int) -> Period:
        """Return the period so many units later."""
        return Period(self.unit, self.index + count)

    @property
    def year(self) -> int:
        """Return the year in which the period begins."""
        if self.unit in _PER_YEAR:
            return self.index // _PER_YEAR[self.unit]
        return self.index * _YEARS[self.unit] if self.unit in _YEARS else date.fromordinal(self.first).year

    @property
    def first(self) -> int:
        """Return the first day as an ordinal; ValueError when no calendar has it."""
        return self.index if self.unit == DAY else _first(self.unit, self.index)

    @property
    def last(self) -> int:
        """Return the last day as an ordinal."""
        if self.unit == DAY:
            return self.index
        return self.first + 1 if self.unit == WEEKEND else _first(self.unit, self.index + 1) - 1

    def days(self) -> DaySet:
        """Return the days of the period."""
        return DaySet(((self.first, self.last),)) if self.exists() else DaySet()

    def exists(self) -> bool:
        """Tell whether the calendar (years 1 to 9999) has the period."""
        if self.unit == DAY:
            return 1 <= self.index <= _LAST
        try:
            return 1 <= self.first <= self.last <= _LAST
        except (ValueError, OverflowError):
            return False

    def to(self, unit: str) -> Period:
        """Return the period of the other unit that the first day of this one lies in."""
        if unit == self.unit:
            return self
        if unit == YEAR:
            return Period(YEAR, self.year)
        if unit in _YEARS:
            return Period(unit, self.year // _YEARS[unit])
        if unit == MONTH and self.unit in (QUARTER, HALF):
            return Period(MONTH, self.index * (3 if self.unit == QUARTER else 6))
        return on(date.fromordinal(self.first), unit)

    def value(self) -> str:
        """Return the TIMEX3 value, e.g. 1998-03-23, 1990-W33, 1989-Q3, 1998-SU; 199 is a decade, 19 a century."""
        if self.unit == DAY:
            return date.fromordinal(self.index).isoformat()
        if self.unit in (WEEK, WEEKEND):
            year, week, _ = date.fromordinal(self.index * 7 + 1).isocalendar()
            return f"{year:04d}-W{week:02d}" + ("-WE" if self.unit == WEEKEND else "")
        if self.unit in _YEARS:
            return f"{self.index:03d}" if self.unit == DECADE else f"{self.index:02d}"
        year, part = divmod(self.index, _PER_YEAR[self.unit])
        if self.unit == YEAR:
            return f"{year:04d}"
        if self.unit == SEASON:
            return f"{year:04d}-{SEASONS[part]}"
        return f"{year:04d}-{part + 1:02d}" if self.unit == MONTH else f"{year:04d}-{self.unit}{part + 1}"


def distance(period: Period, origin: Period) -> int:
    """Return how far a period lies from the one told last, in days; going back counts more than going on."""
    if period.first > origin.last:
        return period.first - origin.last
    return 0 if period.last >= origin.first else int((origin.first - period.last) * _BACK)


@functools.lru_cache(maxsize=20_000)
def _first(unit: str, index: int) -> int:
    """Return the first day of a period longer than a day."""
    if unit in (WEEK, WEEKEND):
        return index * 7 + (1 if unit == WEEK else 6)
    if unit in _YEARS:
        return date(max(1, index * _YEARS[unit]), 1, 1).toordinal()
    if unit == SEASON:
        year, season = divmod(index, 4)
        return date(year, season * 3, 1).toordinal() if season else date(year - 1, 12, 1).toordinal()
    year, part = divmod(index, _PER_YEAR[unit])
    return date(year, part * (12 // _PER_YEAR[unit]) + 1, 1).toordinal()


def on(day: date, unit: str) -> Period:
    """Return the period of a unit that a day lies in."""
    if unit == DAY:
        return Period(DAY, day.toordinal())
    if unit in (WEEK, WEEKEND):
        return Period(unit, (day.toordinal() - 1) // 7)
    if unit in _YEARS:
        return Period(unit, day.year // _YEARS[unit])
    if unit == SEASON:
        return Period(SEASON, day.year * 4 + (day.month % 12) // 3 + (4 if day.month == 12 else 0))
    parts = _PER_YEAR[unit]
    return Period(unit, day.year * parts + (day.month - 1) * parts // 12)


def day_period(year: int, month: int, day: int) -> Period | None:
    """Return one day, or None when the calendar has no such day."""
    try:
        return Period(DAY, date(year, month, day).toordinal())
    except ValueError:
        return None
