"""Counts from another date: last week, two days later, the quarter, a year earlier."""

from __future__ import annotations

from etl.model import Expression
from etl.resolvers.anchoring.periods import (
    DAY,
    FINENESS,
    MONTH,
    QUARTER,
    UNITS,
    WEEKEND,
    YEAR,
    Period,
    on,
)
from etl.resolvers.anchoring.thread import Thread
from etl.resolvers.anchoring.within import earlier_year, moved

# How many characters back a period still is what "a year ago" compares with, and stands in the same sentence.
_COMPARED_NEAR, _SENTENCE, _CLAUSE = 1200, 120, 90
_FOLLOWED_NEAR = 300  # characters back that "that year" may hang on where the document's own date is unknown
_FRIDAY = 5
_TIMES = {"fortnight": 2, "ten years": 10}  # units that are counted in smaller ones
_IN_QUOTES = ("day", "week", "weekend")  # "today" in a tale of long ago is somebody's word, and not the writer's
_PLANS = ("future", "present", "")
# what a calendar expression may say beside a time of day
_CALENDAR = (
    *("year", "decade", "century", "month", "day", "weekday"),
    *("quarter", "half", "season", "holiday", "alternatives"),
)


def counted(expression: Expression, base: Period | None, thread: Thread) -> Period | None:
    """Return the period that an offset means; ``base`` is what its own ``base`` means, if it has one."""
    if expression.base is None and (special := _SPECIAL.get(expression.unit or "")):
        return special(expression, thread)
    found = _from(base if expression.base is not None else _start(expression, thread), expression)
    if found is None or not found.exists() or _too_late(found, expression, thread):
        return None
    return found


def _too_late(found: Period, expression: Expression, thread: Thread) -> bool:
    """Tell whether "two days later" would be after the day of the news that tells it as past."""
    if expression.anchor != "narrative" or (expression.amount or 0) <= 0 or thread.narrative or not thread.told:
        return False
    return thread.dct is not None and expression.tense != "future" and found.first > thread.dct.toordinal()


def _start(expression: Expression, thread: Thread) -> Period | None:
    if thread.lost:
        return None
    if expression.anchor == "narrative":
        if expression.amount and not thread.told:  # "the following week": of a plan it is counted from today
            return thread.today if expression.amount > 0 and expression.tense in _PLANS else None
        sure = thread.narrative or thread.dct is not None  # in this order: a narrative is of any day
        near = _SENTENCE if expression.part else _FOLLOWED_NEAR  # "the beginning of the year" may be the document's own
        return thread.last if sure or thread.told_within(near) else None
    if thread.narrative and thread.ref is not None and not thread.of_today():
        return None if expression.amount or expression.unit in _IN_QUOTES else thread.ref
    return thread.today or (thread.origin if expression.unit != "day" else None)


def steps(expression: Expression) -> tuple[str, int] | None:
    """Return the unit and the number of them by which a phrase of the news is counted from the document's own day.

    None where it needs more than that day.
    """
    if expression.base is not None:
        return None
    if expression.kind == "offset" and expression.anchor == "dct" and expression.unit not in _SPECIAL:
        unit, amount = _units(expression)
        return (DAY, 0) if unit is None else (unit, amount)
    return (DAY, 0) if mere_time(expression) else None


def mere_time(expression: Expression) -> bool:
    """Tell whether a phrase says a time of day and no day."""
    said = expression.kind == "calendar" and bool(expression.time) and expression.base is None
    return said and not any(getattr(expression, name) for name in _CALENDAR)


def _from(start: Period | None, expression: Expression) -> Period | None:
    unit, amount = _units(expression)
    if start is None:
        return None
    if unit is None:  # hours, minutes
        return start if start.unit == DAY and expression.base is None else None
    if expression.base is not None and start.unit == DAY and amount:
        return moved(start, unit, amount)
    return start.to(unit).shift(amount) if FINENESS[start.unit] >= FINENESS[unit] else None


def _units(expression: Expression) -> tuple[str | None, int]:
    """Return the unit of a count, None for hours and minutes, and how many of it."""
    unit = expression.unit or ""
    return UNITS.get(unit), (expression.amount or 0) * _TIMES.get(unit, 1)


def _latest_quarter(expression: Expression, thread: Thread) -> Period | None:
    """Return the quarter told last, else the last one that was over on the document's day."""
    del expression
    return thread.quarter() or (on(thread.dct, QUARTER).shift(-1) if thread.dct else None)


def _weekend(expression: Expression, thread: Thread) -> Period | None:
    """Return the weekend: on a working day the one before, unless the clause speaks of the future.

    On a Friday it is also the coming one where no verb tells the tense.
    """
    if expression.amount != 0 or thread.dct is None or thread.narrative or expression.anchor == "narrative":
        return _from(_start(expression, thread), expression)
    ahead = expression.tense == "future" or (not expression.tense and thread.dct.isoweekday() == _FRIDAY)
    past = thread.dct.isoweekday() <= _FRIDAY and not ahead
    return on(thread.dct, WEEKEND).shift(-1 if past else 0)


def _comparison(expression: Expression, thread: Thread) -> Period | None:
    """Return the period a year before the one compared with: the latest quarter, a near month or day, else the year."""
    if compared := thread.quarter_or_half(_COMPARED_NEAR if thread.dct else _SENTENCE):
        return earlier_year(compared)
    near = thread.told_within(_SENTENCE)
    if thread.dct is None:
        return earlier_year(near[-1]) if near and thread.narrative else None
    if near and near[-1].unit in (MONTH, DAY) and near[-1].to(DAY) != thread.today:
        return earlier_year(near[-1])
    beside = thread.told_within(_CLAUSE)  # "$40 million in 2023, up from $30 million a year earlier"
    if expression.anchor == "narrative" and beside and beside[-1].unit == YEAR and beside[-1].year < thread.dct.year:
        return earlier_year(beside[-1])
    return on(thread.dct, YEAR).shift(-1)


_SPECIAL = {"comparison": _comparison, "latest quarter": _latest_quarter, "weekend": _weekend}
