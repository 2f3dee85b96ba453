"""Joins neighbouring phrases: the ends of a range, and the year that only the second of them states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.extractors.temporal.grammar import Grammar
from etl.extractors.temporal.values import unanchored
from etl.model import Expression, Timex

_GAP = 12  # characters between the two ends
_BEGUN = 26  # characters between a length of time and the day on which it begins: "week-long exercise starting on"
_OPENING = 12  # characters before the first of two that are looked at
_QUARTER = "latest quarter"
_Pair = tuple[Timex, Timex]
_JOINTS = ("range", "list", "between", "ended", "begun", "from", "for")


def link(timexes: list[Timex], text: str, grammar: Grammar) -> list[Timex]:
    """Return the timexes with ranges linked and shared years filled in."""
    joints = {
        **dict.fromkeys(_JOINTS, ()),
        **{name: tuple(words) for name, words in grammar.topic.get("joints", {}).items()},
    }
    out = list(timexes)
    for index in range(len(out) - 2, -1, -1):
        one, two = out[index], out[index + 1]
        long = one.type == "DURATION"
        if not 0 <= two.span.start - one.span.end <= (_BEGUN if long else _GAP):
            continue
        joint = text[one.span.end : two.span.start].strip().lower()
        opening = text[max(0, one.span.start - _OPENING) : one.span.start].lower().rsplit(None, 1)
        before = opening[-1] if opening else ""
        if not long:
            between = before in joints["between"] and joint in joints["list"]
            out[index], out[index + 1] = _joined(one, two, joint, joints, between=between)
        elif joint.endswith(joints["begun"]) or (joint.lstrip(", ") in joints["from"] and before in joints["for"]):
            out[index + 1] = _lasting(one.expression, two)
    return out


def _joined(one: Timex, two: Timex, joint: str, joints: Mapping[str, Sequence[str]], *, between: bool) -> _Pair:
    """Return two dates as the words between them join them: a range, a shared year, or as they were."""
    if joint in joints["ended"] and one.expression.unit == _QUARTER and two.expression.day:
        ended = replace(one.expression, kind="offset", unit="quarter", amount=0, base=two.expression)
        return replace(one, expression=ended), two
    ranged = joint in joints["range"] or between
    if ranged and not joint[:1].isalpha() and two.expression.amount is not None and one.expression.amount is None:
        return one, two  # "the conference of 2022 – this summer in Rome"
    if not ranged and joint not in joints["list"] and not joint.startswith("("):
        return one, two
    if ranged and _mere_time(one.expression) and two.expression.time and not _mere_time(two.expression):
        said, time = two.expression, one.expression.time  # "from 4pm to 5pm on Monday": both on Monday
        first = replace(one.expression, base=said, value=said.value.removesuffix(said.time) + time)
        return replace(one, expression=first, value=first.value), two
    two = replace(two, expression=_like(one.expression, two.expression))
    first = _with_year(one.expression, two.expression)
    if ranged and _alike(first, two.expression):
        end = replace(two.expression, relation="")
        two = replace(two, expression=end)
        first = replace(first, until=end, relation="")
    elif ranged and joint[:1].isalpha() and first.kind == "calendar" and _present(two.expression):
        end = replace(two.expression, relation="")
        two = replace(two, expression=end)
        first = replace(first, until=end, relation="", tense="past", firm=1)
    return (one if first is one.expression else replace(one, expression=first, value=first.value)), two


def _like(one: Expression, two: Expression) -> Expression:
    """Let the second of two weekdays or seasons be told in the tense, or by the "this", of the first."""
    if one.kind != "calendar" or two.kind != "calendar" or two.amount is not None:
        return two
    if one.season and two.season and not (one.year or two.year or two.base):
        return replace(two, amount=one.amount)
    bare = one.weekday and two.weekday and not (one.month or two.month or one.day or two.day or one.base or two.base)
    return replace(two, tense=one.tense, firm=one.firm) if bare and one.tense and one.amount is None else two


def _lasting(span: Expression, day: Timex) -> Timex:
    """Return the day on which a length of time begins, with that length: "a two-week exercise starting on Monday"."""
    begins = day.expression
    named = begins.day or begins.weekday or begins.unit == "day"
    if not span.amount or not span.unit or not named or begins.until is not None:
        return day
    return replace(day, expression=replace(begins, lasting=(span.amount, span.unit), relation=""))


def _present(expression: Expression) -> bool:
    """Tell whether a phrase is now, today or a day before: the end of what has gone on until then."""
    if expression.kind == "vague":
        return expression.value == "PRESENT_REF"
    days = expression.kind == "offset" and expression.unit == "day" and expression.base is None
    return days and expression.anchor == "dct" and (expression.amount or 0) <= 0


def _mere_time(expression: Expression) -> bool:
    """Tell whether an expression says a time of day and nothing else."""
    dated = (expression.year, expression.month, expression.day, expression.weekday, expression.unit, expression.base)
    return expression.kind == "calendar" and bool(expression.time) and not any(dated)


def _alike(one: Expression, two: Expression) -> bool:
    """Tell whether two dates can end one range: both of the calendar, both days or both longer."""
    dates = all(each.kind == "calendar" and not each.holiday for each in (one, two))
    return dates and bool(one.day or one.weekday) == bool(two.day or two.weekday)


def _same_fields(one: Expression, two: Expression) -> bool:
    """Tell whether both are months, days of a month, or weekdays, the later named last."""
    months = one.month is not None and two.month is not None and one.month <= two.month
    days = one.weekday is not None and two.weekday is not None and one.weekday <= two.weekday
    return months or (days and one.month is None and two.month is None)


def _with_year(one: Expression, two: Expression) -> Expression:
    """Lend the year of the later phrase to the earlier one: "from October to March 1950"."""
    if one.year is not None or one.kind != "calendar" or one.base is not None or one.unit:
        return one
    if two.base is not None and two.base.kind == "offset" and _same_fields(one, two):
        return replace(one, base=two.base)
    if two.year is None:
        return one
    if one.season and two.season:
        later = one.season == "WI" and two.season != "WI"
    elif one.month and two.month:
        later = one.month > two.month
    else:
        return one
    fields = {"kind": one.kind, "year": two.year - later, "month": one.month, "day": one.day, "season": one.season}
    return replace(one, year=two.year - later, value=unanchored(fields))
