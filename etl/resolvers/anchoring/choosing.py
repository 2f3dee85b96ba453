"""Chooses the occurrence that is meant where a phrase leaves the year, month or week open.

News: each day that a reading lies ahead or back costs by the tense of the clause, the cheapest reading wins;
so a clear tense decides, and an unclear one yields to a much nearer date.  A narrative: the nearest to the
date told last, going back costing a little more than going on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from etl.model import Expression
from etl.resolvers.anchoring.periods import DAY, FINENESS, MONTH, SEASON, WEEK, Period, distance, on
from etl.resolvers.anchoring.thread import Thread
from etl.resolvers.anchoring.within import within

# How much a day ahead and a day back count against a reading, by the tense of the clause; tuned on news.
_WEIGHTS = {"past": (12.0, 1.0), "present": (2.5, 1.0), "": (2.5, 1.0), "future": (1.0, 5.0)}
_SURE = {"past": (40.0, 1.0), "present": (2.5, 1.0), "future": (1.0, 40.0)}
_BESIDE = 2  # firmness of a tense told by a verb right beside the phrase
_TOWARDS = {"past": -1, "future": 1}
_LISTED = 90  # characters back in which a list began ("a trillion in the second quarter and more in the third")
_BEGUN_NEAR = 60  # characters back in which what goes on until a weekday began
_YEAR_AROUND = range(-12, 13)  # months in which "Wednesday the 13th" is looked for


def choose(found: Sequence[Period], expression: Expression, thread: Thread) -> tuple[Period | None, Period | None]:
    """Return the reading that is meant, and the one that the tense would rather have if they disagree."""
    origin = thread.origin
    if origin is None:
        return None, None
    if expression.amount is not None:
        return _stated(found, expression.amount, origin.first, expression.tense), None
    best = _listed(found, expression, thread) or _cheapest(found, expression, origin)
    if best is None or not expression.firm or not _against(best, origin.first, expression.tense):
        return best, None
    year = best.year + _TOWARDS[expression.tense]
    sure = expression.weekday and falls_on(best, expression.weekday)
    return best, None if sure else next((period for period in found if period.year == year), None)


def _listed(found: Sequence[Period], expression: Expression, thread: Thread) -> Period | None:
    """Return the reading nearest to a period of the same unit told just before, where no verb tells the tense."""
    if expression.tense or expression.relation or not found:
        return None
    near = thread.told_within(_LISTED)
    if not near or near[-1].unit != found[0].unit:
        return None
    return min(found, key=lambda period: abs(period.first - near[-1].first))


def weekday(expression: Expression, thread: Thread) -> Period | None:
    """Return the day that a weekday alone means: last, this or next one, by the words or by the tense."""
    number = expression.weekday or 1
    if expression.anchor == "narrative":
        return beside(thread.last, number, expression.amount or 0)
    if thread.narrative and expression.amount is None and (ref := thread.ref) is not None:
        return ref.to(DAY).shift((number - _iso(ref.first)) % 7) if ref.unit in (DAY, WEEK) else None
    if expression.amount is None and (week := _week_beside(thread)):
        return Period(DAY, week.first + number - 1)
    if thread.dct is None:
        return None
    day = _near_today(expression, number, thread.dct)
    begun = thread.told_within(_BEGUN_NEAR) if expression.relation == "until" and expression.amount is None else ()
    if begun and begun[-1].unit == DAY and day.index < begun[-1].index < day.index + 7:
        return day.shift(7)  # "opens on Monday and runs until Friday"
    return day


def _week_beside(thread: Thread) -> Period | None:
    """Return the week named right before a weekday, or before those it is listed with: "last week, on Monday and"."""
    near = reversed(thread.told) if thread.story.week_beside(thread.at) else ()
    return next((period for _, period in near if period.unit == WEEK), None)


def _near_today(expression: Expression, number: int, dct: date) -> Period:
    """Return the weekday of news: the latest one, or the coming one where the clause speaks of the future."""
    today = on(dct, DAY)
    back = (dct.isoweekday() - number) % 7
    if expression.amount is None:
        planned = expression.tense == "present" and expression.firm  # "we are meeting on Thursday"
        return today.shift(7 - back if back and (planned or expression.tense == "future") else -back)
    if expression.amount < 0:
        return today.shift(-(back or 7))
    named = Period(DAY, on(dct, WEEK).shift(expression.amount).first + number - 1)
    if expression.amount == 0 and _against(named, today.first, expression.tense):
        return named.shift(7 if expression.tense == "future" else -7)
    return named


def beside(told: Period | None, number: int, sign: int) -> Period | None:
    """Return the first such weekday after the day told last, or the last one before it."""
    if told is None or told.unit != DAY:
        return None
    steps = ((number - _iso(told.first)) * sign) % 7 or 7
    return told.shift(sign * steps)


def day_of_month(expression: Expression, thread: Thread) -> Period | None:
    """Return the day that a number of the month alone means: "the 15th", "Monday the 24th"."""
    origin = thread.origin
    if origin is None or FINENESS[origin.unit] < FINENESS[MONTH]:
        return None
    steps = _YEAR_AROUND if expression.weekday else (-1, 0, 1)
    days = [day for step in steps if (day := within(origin.to(MONTH).shift(step), expression)) is not None]
    if expression.weekday:
        days = [day for day in days if falls_on(day, expression.weekday)]
    if thread.narrative:
        return nearest(days, origin)
    return _cheapest(days, expression, origin)


def _stated(found: Sequence[Period], sign: int, today: int, tense: str) -> Period | None:
    """Return the last, this year's or next one of the periods, as the phrase says."""
    if sign < 0:
        return max((p for p in found if p.last < today), key=lambda p: p.first, default=None)
    if sign > 0:
        return min((p for p in found if p.first > today), key=lambda p: p.first, default=None)
    year = date.fromordinal(today).year
    running = next((p for p in found if p.first <= today <= p.last), None)  # "this winter", said in December
    named = [p for p in found if p.year == year]
    if named and named[0].unit == SEASON and named[0].index % 4 == 0:  # "this winter", said in October
        return running or min(found, key=lambda p: min(abs(p.first - today), abs(p.last - today)))
    own = running or next(iter(named), None)
    if own is not None and _against(own, today, tense):  # "this summer they met", said in January
        return next((p for p in found if p.year == year + _TOWARDS[tense]), None)
    return own


def _cheapest(found: Sequence[Period], expression: Expression, origin: Period) -> Period | None:
    ahead, back = (_SURE if expression.firm == _BESIDE and expression.tense else _WEIGHTS)[expression.tense]
    start, best, least = origin.first, None, math.inf
    for period in found:
        if period.first > start:
            # a month is near once it begins, a half year that is ahead is told of as far as its end
            seen = period.last if FINENESS[period.unit] < FINENESS[MONTH] else period.first
            cost = (seen - start) * ahead
        else:
            over = _whole(period, expression)
            cost = max(0, start - (over if over.last < start else period).last) * back
        if cost < least:
            best, least = period, cost
    return best


def _whole(period: Period, expression: Expression) -> Period:
    """Return the last month of a range of months that begins with a period, else the period itself."""
    until = expression.until
    if period.unit != MONTH or until is None or until.year is not None or not (until.month and expression.month):
        return period
    return period.shift((until.month - expression.month) % 12)


def _against(period: Period, today: int, tense: str) -> bool:
    """Tell whether a period lies on the other side of today than the tense says."""
    return (tense == "past" and period.first > today) or (tense == "future" and period.last < today)


def nearest(found: Sequence[Period], origin: Period) -> Period | None:
    """Return the reading nearest to the date that a narrative goes on from."""
    return min(found, key=lambda period: distance(period, origin), default=None)


def on_weekday(found: Sequence[Period], expression: Expression, origin: Period) -> list[Period]:
    """Return the readings of "Friday, 5 May" that are Fridays and on the side of today that the tense says."""
    if not expression.weekday or not expression.day:
        return []
    fitting = (period for period in found if falls_on(period, expression.weekday))
    return [period for period in fitting if not _against(period, origin.first, expression.tense)]


def falls_on(day: Period, weekday: int) -> bool:
    """Tell whether a day is that ISO weekday."""
    return day.unit == DAY and _iso(day.first) == weekday


def _iso(ordinal: int) -> int:
    return (ordinal - 1) % 7 + 1
