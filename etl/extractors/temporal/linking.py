"""Joins neighbouring phrases: the ends of a range, and the year that only the second of them states."""

from __future__ import annotations

from dataclasses import replace

from etl.extractors.temporal.grammar import Grammar
from etl.extractors.temporal.values import unanchored
from etl.model import Expression, Timex

_GAP = 12  # characters between the two ends
_QUARTER = "latest quarter"


def link(timexes: list[Timex], text: str, grammar: Grammar) -> list[Timex]:
    """Return the timexes with ranges linked and shared years filled in."""
    joints = {"range": (), "list": (), "between": (), "ended": (), **grammar.topic.get("joints", {})}
    out = list(timexes)
    for index in range(len(out) - 2, -1, -1):
        one, two = out[index], out[index + 1]
        if not 0 <= two.span.start - one.span.end <= _GAP:
            continue
        joint = text[one.span.end : two.span.start].strip().lower()
        if joint in joints["ended"] and one.expression.unit == _QUARTER and two.expression.day:
            ended = replace(one.expression, kind="offset", unit="quarter", amount=0, base=two.expression)
            out[index] = replace(one, expression=ended)
            continue
        if joint not in joints["range"] and joint not in joints["list"] and not joint.startswith("("):
            continue
        first = _with_year(one.expression, two.expression)
        opened = text[max(0, one.span.start - 9) : one.span.start].lower().rsplit(None, 1)
        between = bool(opened) and opened[-1] in joints["between"]
        if (joint in joints["range"] or (between and joint in joints["list"])) and _alike(first, two.expression):
            end = replace(two.expression, relation="")
            out[index + 1] = replace(two, expression=end)
            first = replace(first, until=end, relation="")
        if first is not one.expression:
            out[index] = replace(one, expression=first, value=first.value)
    return out


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
