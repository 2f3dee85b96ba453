"""Writes the anchored timex: TIMEX3 value, days, basis, and the reason that a reader can follow."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.dayset import EMPTY, DaySet, union
from etl.model import Basis, Dating, Evidence, Expression, Timex
from etl.resolvers.anchoring.choosing import falls_on
from etl.resolvers.anchoring.meanings import Meaning
from etl.resolvers.anchoring.periods import CENTURY, DAY, DECADE, MONTH, SEASON, UNITS, WEEK, YEAR, Period, on
from etl.resolvers.anchoring.within import moved

# What early, mid and late cover of longer periods: the unit counted in, the first and the last of them.
_INNER = {
    (WEEK, "WORK"): (DAY, 0, 4),
    (YEAR, "START"): (MONTH, 0, 3),
    (YEAR, "MID"): (MONTH, 4, 7),
    (YEAR, "END"): (MONTH, 8, 11),
    (DECADE, "START"): (YEAR, 0, 3),
    (DECADE, "MID"): (YEAR, 3, 6),
    (DECADE, "END"): (YEAR, 6, 9),
    (CENTURY, "START"): (YEAR, 0, 33),
    (CENTURY, "MID"): (YEAR, 33, 66),
    (CENTURY, "END"): (YEAR, 66, 99),
}
_TOWARDS_IT = (("before", "END"), ("after", "START"))  # "before the end of May": the end is the limit, May is allowed
_YEAR_LONG = 365  # days
_TEN, _FEW = 10, 10  # years of a decade; fewer years than these are told exactly
_ROUGH = {"APPROX": (0.1, 0.1), "LESS_THAN": (0, 0.1), "MORE_THAN": (0.25, 0)}  # how much earlier and later, as a share
_THIRD = {WEEK: 3, MONTH: 10}  # days at the beginning and end of shorter ones
_COUNTED = ("day", "week", "month", "quarter", "year")  # units of which so many from a day end on a day
_MID_ENDS = 20  # the last day of the middle of any month


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the document under every candidate date said about one phrase."""

    timex: Timex
    meaning: Meaning
    ranges: Sequence[tuple[Period | None, Period | None]]  # beginning and end, where the phrase begins a range
    dct: DaySet | None
    dated: str  # the same in EDTF
    text: str
    narrative: bool
    sampled: bool  # only some candidate dates were tried: what is finer than a month is not known
    probable: Sequence[bool] = ()  # for each of the dates tried, where all were, whether it is a likely one


def answer(reading: Reading) -> Timex:
    """Return the anchored timex."""
    timex, expression = reading.timex, reading.timex.expression
    if expression.kind == "duration" and expression.lasting and not reading.narrative:
        return _with(reading, timex.value, _around_today(reading, *expression.lasting))
    if expression.kind not in ("calendar", "offset"):
        return timex if timex.dating is None else replace(timex, dating=None)
    periods = () if reading.sampled and _fine(expression) else _on_weekday(reading.meaning.periods, expression)
    if expression.alternatives and not periods:
        found = (DaySet.day(one.year, one.month or 0, one.day or 0) for one in expression.alternatives if one.year)
        days = _side(union(found), reading)
        return _with(reading, expression.value, days)
    if not periods:
        return _with(reading, expression.value or timex.value, _unanchored(expression, reading.dct))
    value = periods[0].value() + expression.time if len(periods) == 1 else expression.value
    ranges = [_range(start, end, expression) for start, end in reading.ranges if start is not None and end is not None]
    ranges = ranges or [_begun(period, *expression.lasting) for period in periods if expression.lasting]
    today = reading.dct.single if reading.dct else None
    if ranges:
        days = union(ranges)
    elif reading.meaning.days is not None and len(periods) > 1 and len(periods) == len(reading.meaning.periods):
        days = reading.meaning.days
    else:
        days = union(_part(period, expression.part, today) for period in [*periods, *reading.meaning.doubts])
        if expression.unit == "weekend" and len(periods) == 1:
            days = DaySet(((days.runs[0][0], days.runs[-1][1]),))  # with the holiday beside it, and what lies between
        if expression.season and expression.year:  # "winter of 1942" may be the one before or after that year's summer
            days |= union(
                period.shift(4).days() for period in periods if period.unit == SEASON and period.index % 4 == 0
            )
    return _with(reading, value, _roughly(_side(days, reading), reading))


def _roughly(days: DaySet, reading: Reading) -> DaySet:
    """Return the years that "nearly eight decades ago" or "more than 60 years ago" allows besides the one counted."""
    expression, mod = reading.timex.expression, reading.timex.mod
    amount = (expression.amount or 0) * (_TEN if expression.unit == "ten years" else 1)
    counted = expression.kind == "offset" and expression.unit in ("year", "ten years")
    if not counted or mod not in _ROUGH or abs(amount) < _FEW or days.earliest is None or days.latest is None:
        return days
    before, after = (round(share * abs(amount)) for share in (_ROUGH[mod] if amount < 0 else _ROUGH[mod][::-1]))
    low, high = days.earliest.year - before, days.latest.year + after
    return DaySet.between(date(low, 1, 1), date(high, 12, 31)) if low > 0 and high <= date.max.year else days


def _on_weekday(periods: Sequence[Period], expression: Expression) -> Sequence[Period]:
    """Return the candidates of "Tuesday, 12 November" that are Tuesdays; all of them where the weekday is a slip."""
    if not expression.weekday or not expression.day or len(periods) < 2:
        return periods
    return [period for period in periods if falls_on(period, expression.weekday)] or periods


def _fine(expression: Expression) -> bool:
    """Tell whether a phrase counts days or weeks from the document's own date."""
    return expression.unit in ("day", "week", "weekend", "fortnight") or bool(
        expression.weekday and not expression.month
    )


def _range(start: Period, end: Period, expression: Expression) -> DaySet:
    """Return the days from the first of one period, or of the part of it that is named, to the last of the other."""
    until = expression.until.part if expression.until is not None else ""
    first, last = _part(start, expression.part, None), _part(end, until, None)
    if first.runs and last.runs and first.runs[0][0] <= last.runs[-1][1]:
        return DaySet(((first.runs[0][0], last.runs[-1][1]),))
    return start.days()


def _begun(start: Period, amount: int, unit: str) -> DaySet:
    """Return the days of so many weeks, months ... that begin on a day."""
    over = moved(start, UNITS[unit], amount) if start.unit == DAY and unit in _COUNTED else None
    return DaySet(((start.first, over.first - 1),)) if over is not None and over.exists() else start.days()


def _around_today(reading: Reading, amount: int, unit: str) -> DaySet:
    """Return the days of "the next two weeks" or "the past two weeks", from or up to the document's own day."""
    today = reading.dct.single if reading.dct else None
    end = moved(on(today, DAY), UNITS[unit], amount) if today is not None and unit in _COUNTED else None
    if today is None or end is None or not end.exists():
        return EMPTY
    return DaySet(((min(today.toordinal(), end.first), max(today.toordinal(), end.first)),))


def _part(period: Period, part: str, today: date | None) -> DaySet:
    """Return the days of a period, of the third that early, mid or late means, or on one side of today."""
    if part in ("BEFORE", "AFTER", "SPAN"):
        return (_up_to(period, part, today) if today else EMPTY) or period.days()
    if inner := _INNER.get((period.unit, part)):
        unit, first, last = inner
        begin, end = period.to(unit).shift(first), period.to(unit).shift(last)
        return DaySet(((begin.first, end.last),)) if begin.exists() and end.exists() else period.days()
    third = _THIRD.get(period.unit)
    if not part or third is None:
        return period.days()
    if part == "START":
        return DaySet(((period.first, period.first + third - 1),))
    if part == "END":
        return DaySet(((period.last - third + 1 - (period.unit == MONTH), period.last),))
    last = period.first + _MID_ENDS - 1 if period.unit == MONTH else period.last - third + 1
    return DaySet(((period.first + third - 1, last),)) if part == "MID" else period.days()


def _up_to(period: Period, part: str, today: date) -> DaySet:
    """Return the days of a period before or after today; SPAN: "the past year", the twelve months before today."""
    if part == "SPAN":
        return DaySet.between(today - timedelta(_YEAR_LONG), today)
    if part == "BEFORE":  # what was earlier this week was not today, unless the week begins today
        return period.days() & DaySet.between(None, today - timedelta(1)) or period.days() & DaySet.of(today)
    return period.days() & DaySet.between(today, None)


def _side(days: DaySet, reading: Reading) -> DaySet:
    """Return the days on the side of a date where "before", "after", "since", "until" or "by" put the matter.

    What was so by a date in the past is told of that date; only what is to be done by then has the days before.
    A narrative is of the past also where it looks ahead ("by May they would be free").
    """
    relation, told = reading.timex.expression.relation, reading.narrative or reading.timex.expression.tense == "past"
    if (relation, reading.timex.expression.part) in _TOWARDS_IT:
        relation = "until" if relation == "before" else "since"
    if relation == "before":
        return DaySet(days.until().runs, open_below=True) - days
    if relation == "after":
        return days.since() - days
    if relation == "since":
        return days.since()
    return days.until() if relation == "until" or (relation == "by" and not told) else days


def _unanchored(expression: Expression, dct: DaySet | None) -> DaySet:
    """Return the days that a phrase allows by itself, or with a document date of too many candidates."""
    if expression.kind == "offset":
        whole_days = expression.unit == "day" and expression.anchor == "dct" and expression.base is None
        return dct.shift(expression.amount or 0) if dct and whole_days else EMPTY
    if not expression.month or expression.base or expression.amount is not None:
        return EMPTY
    days = _recurring(expression.month, expression.day or 0, expression.weekday or 0)
    return _beside(days, dct, expression.tense) if dct else days


def _beside(days: DaySet, dct: DaySet, tense: str) -> DaySet:
    """Return the returns of a day or month from the one next to the first possible date of the document to the last.

    A document tells of the return before its own date when it looks back, of the one after it when it looks ahead.
    """
    first, last = days.runs[0][0], days.runs[-1][1]
    low = dct.earliest.toordinal() if dct.earliest else first
    high = dct.latest.toordinal() if dct.latest else last
    if tense != "future":
        low = max((start for start, _ in days.runs if start <= low), default=low)
    if tense != "past":
        high = min((end for _, end in days.runs if end >= high), default=high)
    return days & DaySet(((low, high),), open_below=not dct.earliest, open_above=not dct.latest)


@functools.lru_cache(maxsize=400)
def _recurring(month: int, day: int, weekday: int) -> DaySet:
    """Return the days of every year; of "Friday, 5 May" only those that are Fridays."""
    if day and weekday:
        return DaySet.recurring(lambda year: _if_weekday(DaySet.day(year, month, day), weekday))
    if day:
        return DaySet.recurring(lambda year: DaySet.day(year, month, day))
    return DaySet.recurring(lambda year: DaySet.month(year, month))


def _if_weekday(day: DaySet, weekday: int) -> DaySet:
    return day if any(each.isoweekday() == weekday for each in day) else EMPTY


def _with(reading: Reading, value: str, days: DaySet) -> Timex:
    timex = reading.timex
    if not days or (timex.type == "TIME" and not _dated(timex.expression)):
        return Timex(timex.span, timex.type, value, timex.rule, timex.expression, timex.mod)
    basis: Basis = "explicit" if _full(timex.expression) else "inferred"
    evidence = Evidence("text", timex.rule, _note(reading, basis), timex.span, days=days, days_left=days.n_days)
    dating = Dating(days, basis, (evidence,), _probable(reading, days))
    return Timex(timex.span, timex.type, value, timex.rule, timex.expression, timex.mod, dating)


def _probable(reading: Reading, days: DaySet) -> DaySet | None:
    """Return the days that the likely dates of the document give, None where these do not narrow them."""
    each = reading.meaning.each
    if days.single or len(each) != len(reading.probable):
        return None
    kept = dict.fromkeys(each[place] for place, likely in enumerate(reading.probable) if likely)
    found = union(period.days() for period in kept if period is not None) & days
    return found if found and found != days else None


def _dated(expression: Expression) -> bool:
    """Tell whether more than a time of day is said."""
    return expression.kind == "offset" or any((expression.year, expression.month, expression.day, expression.weekday))


def _full(expression: Expression) -> bool:
    return (
        expression.kind == "calendar"
        and (expression.year is not None or expression.decade is not None or expression.century is not None)
        and not expression.alternatives
    )


def _note(reading: Reading, basis: Basis) -> str:
    words = " ".join(reading.timex.span.of(reading.text).split())
    expression = reading.timex.expression
    if basis == "explicit":
        return f"“{words}” states the date in full."
    if expression.alternatives:
        decided = ", but only one reading falls on the weekday named" if reading.meaning.periods else ""
        return f"“{words}” may be read day first or month first{decided}."
    if reading.meaning.doubts:
        return f"“{words}”: {_rivals(reading)}."
    if reading.narrative or expression.anchor == "narrative":
        return f"“{words}” is counted from the date told before it."
    if reading.dct is None or not reading.dct:
        return f"“{words}” does not say the year, and the date of the document is unknown."
    tense = f", in a clause about the {expression.tense}" if expression.tense in ("past", "future") else ""
    return f"“{words}” is counted from the date of the document ({reading.dated}){tense}."


def _rivals(reading: Reading) -> str:
    """Return why a phrase keeps a second reading."""
    if reading.timex.expression.unit == "weekend":
        return "the weekend and the holiday beside it"
    if reading.timex.expression.holiday:
        return "the calendars of East and West disagree, so both are kept"
    rival = "two dates told before it" if reading.narrative else "the nearer date and the tense of the clause"
    return f"{rival} disagree, so both are kept"
