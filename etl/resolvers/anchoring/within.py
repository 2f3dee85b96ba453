"""Finds a part of a period (the month of a year, the Monday of a week) and moves days by calendar units."""

from __future__ import annotations

import calendar
from datetime import date

from etl.model import Expression
from etl.resolvers.anchoring.holidays import nth_weekday
from etl.resolvers.anchoring.periods import (
    DAY,
    FINENESS,
    HALF,
    MONTH,
    QUARTER,
    SEASON,
    SEASONS,
    WEEK,
    WEEKEND,
    YEAR,
    Period,
    day_period,
    on,
)

_TUESDAY = 2
_A_YEAR = {DAY: 0, WEEK: 52, WEEKEND: 52, MONTH: 12, QUARTER: 4, HALF: 2, SEASON: 4, YEAR: 1}


def within(base: Period, expression: Expression) -> Period | None:
    """Return the part of ``base`` that the expression names; ``base`` itself when it names none; None if impossible."""
    if expression.weekday and not expression.month and not expression.day and expression.unit != "week":
        return _weekday(base, expression)
    if expression.unit in ("week", "weekend") and (expression.nth or base.unit == DAY):
        return _week(base, expression)
    if expression.day and not expression.month:
        month = base.to(MONTH) if FINENESS[base.unit] >= FINENESS[MONTH] else None
        return day_period(month.year, month.index % 12 + 1, expression.day) if month else None
    return _of_year(base, expression)


def _of_year(base: Period, expression: Expression) -> Period | None:
    year = base.year
    if expression.month:
        if expression.day:
            return day_period(year, expression.month, expression.day)
        return Period(MONTH, year * 12 + expression.month - 1)
    if expression.quarter:
        return Period(QUARTER, year * 4 + expression.quarter - 1)
    if expression.half:
        return Period(HALF, year * 2 + expression.half - 1)
    if expression.season:
        return Period(SEASON, year * 4 + SEASONS.index(expression.season))
    return base


def _weekday(base: Period, expression: Expression) -> Period | None:
    weekday = expression.weekday or 1
    if base.unit in (WEEK, WEEKEND):
        return Period(DAY, base.to(WEEK).first + weekday - 1)
    if base.unit == DAY:
        return base
    if base.unit != MONTH or not expression.nth:
        return None
    try:
        return on(nth_weekday(base.year, base.index % 12 + 1, weekday, expression.nth), DAY)
    except ValueError:
        return None


def _week(base: Period, expression: Expression) -> Period | None:
    unit = WEEK if expression.unit == "week" else WEEKEND
    if base.unit == DAY:  # the weekend nearest to it: that before a Monday
        early = unit == WEEKEND and _weekday_number(base) <= _TUESDAY
        return base.to(unit).shift(-1 if early else 0)
    nth = expression.nth or 1
    if nth < 0:
        return on(date.fromordinal(base.last - 3), unit).shift(nth + 1)
    first = date.fromordinal(base.first + 3)  # as in ISO 8601, the first week has at least four of its days
    week = on(first, WEEK)
    found = week.shift(nth - 1)
    if found.to(DAY).shift(3).index > base.last:  # by its Thursday: there is no week 60
        return None
    return Period(unit, found.index)


def _weekday_number(day: Period) -> int:
    return (day.first - 1) % 7 + 1


def moved(day: Period, unit: str, amount: int) -> Period | None:
    """Return the day so many weeks, months or years after a day (the month's last where it is shorter)."""
    start = date.fromordinal(day.first)
    if unit in (DAY, WEEK):
        return day.shift(amount * (7 if unit == WEEK else 1))
    months = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}.get(unit)
    if months is None:
        return day.to(unit).shift(amount)
    year, month = divmod(start.year * 12 + start.month - 1 + months * amount, 12)
    if not 1 <= year <= 9999:
        return None
    return day_period(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def earlier_year(period: Period) -> Period | None:
    """Return the same period one year before."""
    if period.unit == DAY:
        return moved(period, YEAR, -1)
    return period.shift(-_A_YEAR[period.unit]) if period.unit in _A_YEAR else None
