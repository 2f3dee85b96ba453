"""Computes the days that return every year, from the rule in a knowledge row.

Rules: ``12-20`` a fixed day, ``11`` a whole month, ``11-01/11-07`` a stretch, ``nth 3 7 11`` the third Sunday of
November (-1: the last; weekdays are ISO, Monday is 1), ``after 1 1 11-01`` the first Monday after that day,
``easter -2`` and ``orthodox 50`` days from Easter, ``list 2024-04-10 2025-03-30`` days that no rule finds.
A rule that ends in ``for 7`` names the seven days that begin then: a week.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from etl.dayset import EMPTY, DaySet, union
from etl.lexicon import Row
from etl.resolvers.anchoring.holidays import easter, orthodox_easter

YEARS = range(1900, 2061)  # holidays of today are no older


def every_year(row: Row) -> DaySet:
    """Return all days that the row's rule names, over the years in which it may be met."""
    return _computed(row["date"], int(row["since"] or YEARS.start), row)


_CACHE: dict[tuple[str, int], DaySet] = {}


def _computed(rule: str, since: int, row: Row) -> DaySet:
    held = _CACHE.get((rule, since))
    if held is None:
        try:
            years = range(max(since, YEARS.start), YEARS.stop)
            listed = rule.startswith("list ")
            days = union(DaySet.parse(day) for day in rule.split()[1:]) if listed else _yearly(rule, years)
        except (ValueError, IndexError) as error:
            raise row.error(
                f"{rule!r} is no rule for a day of the year", "see etl/resolvers/dating/finders/world/holidays.py"
            ) from error
        held = _CACHE[rule, since] = days
    return held


def _yearly(rule: str, years: range) -> DaySet:
    return DaySet(union(_in_year(rule, year) for year in years).runs, True, True)


def _in_year(rule: str, year: int) -> DaySet:
    rule, _, length = rule.partition(" for ")
    if length:
        return union(_in_year(rule, year).shift(day) for day in range(int(length)))
    name, *numbers = rule.split()
    if name == "nth":
        return _nth(year, *map(int, numbers))
    if name == "after":
        count, weekday = map(int, numbers[:2])
        return _after(_fixed(year, numbers[2]), count, weekday)
    if name in {"easter", "orthodox"}:
        sunday = easter(year) if name == "easter" else orthodox_easter(year)
        return DaySet.of(sunday + timedelta(int(numbers[0])))
    if "/" in rule:
        begin, end = rule.split("/")
        first, last = _fixed(year, begin), _fixed(year if end >= begin else year + 1, end)
        return DaySet.between(first.earliest, last.latest) if first and last else EMPTY
    return _fixed(year, rule)


def _fixed(year: int, rule: str) -> DaySet:
    month, _, day = rule.partition("-")
    return DaySet.day(year, int(month), int(day)) if day else DaySet.month(year, int(month))


def _nth(year: int, count: int, weekday: int, month: int) -> DaySet:
    length = calendar.monthrange(year, month)[1]
    days = [date(year, month, day) for day in range(1, length + 1)]
    fitting = [day for day in days if day.isoweekday() == weekday]
    return DaySet.of(fitting[count - 1 if count > 0 else count])


def _after(start: DaySet, count: int, weekday: int) -> DaySet:
    day = start.earliest
    if day is None:
        return EMPTY
    ahead = (weekday - day.isoweekday() - 1) % 7 + 1
    return DaySet.of(day + timedelta(ahead + 7 * (count - 1)))
