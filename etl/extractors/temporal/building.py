"""Turns what a rule found into a ``Timex``: the slots fill an ``Expression``, which gets its TIMEX3 value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from etl.extractors.temporal.grammar import Found, Grammar
from etl.extractors.temporal.patterns import Slot
from etl.extractors.temporal.readers import READERS, Order, full_year, numeric
from etl.extractors.temporal.tokens import Tokens
from etl.model import Expression, Span, Timex

_FIELDS = frozenset(item.name for item in fields(Expression))
_LETTER = {
    **{"year": "Y", "month": "M", "week": "W", "day": "D", "quarter": "Q", "decade": "DE", "century": "CE"},
    **{"hour": "TH", "minute": "TM", "second": "TS", "weekend": "WE", "half": "H", "season": "Y"},
}
_HALF = {"year": (6, "M"), "hour": (30, "M"), "minute": (30, "S"), "day": (12, "TH"), "decade": (5, "Y")}


@dataclass(frozen=True, slots=True)
class Builder:
    """What building needs to know of the document: its tokens, alphabet and order of numeric dates."""

    tokens: Tokens
    grammar: Grammar
    order: Order

    def build(self, found: Found) -> list[Timex]:
        """Return the timexes of one match; none when the calendar has no such date."""
        slots = [self._read(found, index) for index in range(len(found.spans))]
        if len(slots) == 2:
            slots = _shared(*slots)
        out: list[Timex] = []
        for (first, last), values in zip(found.spans, slots, strict=True):
            span = Span(self.tokens.start(first), self.tokens.end(last - 1))
            timex = _timex(found.rule, values, span, self.order)
            if timex is None:
                return []
            out.append(timex)
        if len(out) == 2 and not found.rule.get("list"):
            out[0] = replace(out[0], expression=replace(out[0].expression, until=out[1].expression))
        return out

    def _read(self, found: Found, timex: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for slot, first, last in found.slots:
            if slot.timex == timex and (value := self._value(slot, first, last)) is not None:
                values[slot.target] = value
        return values

    def _value(self, slot: Slot, first: int, last: int) -> object:
        pieces = self.tokens.pieces[first:last]
        if reader := READERS.get(slot.name):
            return reader(pieces, self.grammar.alphabet)
        values = self.grammar.alphabet.values(pieces[0])
        if slot.name in values:
            return values[slot.name]
        filling = self.grammar.filling.get(slot.target.rpartition(".")[2], ())
        return next((values[name] for name in filling if name in values), pieces[0].strip().lower())


def _shared(one: dict[str, Any], two: dict[str, Any]) -> list[dict[str, Any]]:
    """Let the ends of a range lend each other the month, year and unit that only one of them states."""
    lent = ("month", "year", "quarter", "century", "unit", "amount", "part", "base.month", "base.year")
    common = {name for name in lent if (name in one) != (name in two)}
    if "day" not in one and "day" not in two:
        common -= {"month"}
    common -= {"part", "amount"} if "amount" not in common else {"part"}
    if one.get("year", 0) > 99 > two.get("year", 100):  # 1915-16
        two = {**two, "year": one["year"] // 100 * 100 + two["year"]}
    merged = {name: value for source in (two, one) for name, value in source.items() if name in common}
    return [{**merged, **one}, {**merged, **two}]


def _timex(rule: Mapping[str, Any], values: dict[str, Any], span: Span, order: Order) -> Timex | None:
    values = _defaulted(rule.get("set", {}), values)
    mod = values.pop("mod", rule.get("mod", ""))
    if "numeric" in values:
        expression = _numeric(str(values.pop("numeric")), order, values)
    else:
        expression = _expression(values, rule.get("base"))
    if expression is not None and expression.kind in ("duration", "set") and not expression.value:
        expression = replace(
            expression, value=_length(values, expression.kind), amount=int(values.get("amount") or 0) or None
        )
    if expression is not None and values.get("era") == "BC":
        expression = Expression("vague", value=_before_christ(values))
    if expression is None:
        return None
    value = str(rule.get("value") or expression.value or value_of(expression))
    expression = replace(expression, value=value)
    kind = "TIME" if rule["type"] == "DATE" and expression.time else rule["type"]
    return Timex(span, kind, value, str(rule["name"]), expression, mod=mod or expression.part)


def _defaulted(defaults: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the rule's own ones beneath; a stated direction replaces a default amount."""
    skip = {"amount"} if "sign" in values else set()
    return {**{name: value for name, value in defaults.items() if name not in skip}, **values}


def _length(values: Mapping[str, Any], kind: str) -> str:
    """Return the TIMEX3 value of a duration or a set."""
    if kind == "set" and values.get("weekday"):
        return f"XXXX-WXX-{values['weekday']}{values.get('time', '')}"
    amount, half = values.get("amount"), 0.5 if values.get("half_more") else 0
    amount = 0.5 if values.get("only_half") else amount + half if amount is not None else None
    return duration(amount, values.get("unit") or "day")


def _expression(values: dict[str, Any], hung: Mapping[str, Any] | None) -> Expression | None:
    own = {name: value for name, value in values.items() if name in _FIELDS}
    below = {name[5:]: value for name, value in values.items() if name.startswith("base.")}
    sign = values.get("sign")
    if sign is not None:
        own["amount"] = sign * own.get("amount", 1)
    if "year" in own:
        own["year"] = full_year(own["year"])
    if "decade" in own:
        own["decade"] = full_year(own["decade"])
    if hung is not None or below:
        base = _expression(_defaulted(hung or {}, below), None)
        if base is None:
            return None
        own["base"] = replace(base, value=value_of(base))
    own.setdefault("kind", "calendar")
    return Expression(**own) if _possible(own) else None


def _possible(own: Mapping[str, Any]) -> bool:
    """Tell whether some year has such a day, and the numbers are no bigger than history."""
    month, day = own.get("month"), own.get("day")
    if day and month and day > (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
        return False
    if (day, month) == (29, 2) and (year := own.get("year")) and (year % 4 or (year % 100 == 0 and year % 400)):
        return False
    return abs(own.get("amount") or 0) < 100_000 and (own.get("quarter") or 1) <= 4


def _numeric(token: str, order: Order, values: Mapping[str, Any]) -> Expression | None:
    rest = {name: value for name, value in values.items() if name in _FIELDS}
    clock = token[10:16].upper() if len(token) > 15 and token[10:11].upper() == "T" else ""
    rest.setdefault("time", clock)
    readings = [
        Expression(
            "calendar", year=year, month=month, day=day, **{**rest, "value": f"{year:04d}-{month:02d}-{day:02d}"}
        )
        for year, month, day in numeric(token, order)
    ]
    if len(readings) < 2:
        return readings[0] if readings else None
    both = tuple(replace(reading, value=value_of(reading)) for reading in readings)
    return replace(readings[0], day=None, month=None, alternatives=both)


def _before_christ(values: Mapping[str, Any]) -> str:
    """Return the TIMEX3 value of a year before Christ; such dates are on no calendar of ours."""
    if "century" in values:
        return f"BC{values['century'] - 1:02d}"
    tail = f"-{values['month']:02d}" if "month" in values else f"-{values['season']}" if "season" in values else ""
    return f"BC{values.get('year', 0):04d}{tail}"


def value_of(expression: Expression) -> str:
    """Return the TIMEX3 value that a phrase has before any anchor is known."""
    if expression.kind == "offset":
        return _offset_value(expression)
    return _calendar_value(expression) + expression.time


def duration(amount: float | None, unit: str) -> str:
    """Return a TIMEX3 duration, e.g. P2Y, PT5H30M, PXD; halves go into the next smaller unit."""
    amount, unit = (amount * 2 if amount else amount, "week") if unit == "fortnight" else (amount, unit)
    letter = _LETTER.get(unit, "D")
    head, tail = ("PT", letter[1:]) if letter[0] == "T" else ("P", letter)
    if amount is None:
        return f"{head}X{tail}"
    whole, rest = int(amount), amount - int(amount)
    if rest == 0.5 and unit in _HALF:
        count, small = _HALF[unit]
        return (f"{head}{whole}{tail}" if whole else head) + f"{count}{small}"
    return f"{head}{whole if not rest else amount}{tail}"


def _offset_value(expression: Expression) -> str:
    blank = {
        "day": "XXXX-XX-XX",
        "week": "XXXX-WXX",
        "month": "XXXX-XX",
        "quarter": "XXXX-QX",
        "latest quarter": "XXXX-QX",
        "year": "XXXX",
    }
    blank |= {
        "half": "XXXX-HX",
        "comparison": "XXXX",
        "fortnight": "XXXX-WXX",
        "hour": "XXXX-XX-XX",
        "decade": "XXX",
        "century": "XX",
        "weekend": "XXXX-WXX-WE",
    }
    return blank.get(expression.unit or "", "XXXX-XX-XX") + expression.time


def _calendar_value(expression: Expression) -> str:
    year = f"{expression.year:04d}" if expression.year is not None else "XXXX"
    if expression.weekday and not expression.day:
        return f"XXXX-WXX-{expression.weekday}"
    if expression.month:
        return f"{year}-{expression.month:02d}" + (f"-{expression.day:02d}" if expression.day else "")
    if expression.quarter:
        return f"{year}-Q{expression.quarter}"
    if expression.half:
        return f"{year}-H{expression.half}"
    if expression.season:
        return f"{year}-{expression.season}"
    if expression.decade is not None:
        return f"{expression.decade // 10:03d}"
    if expression.century is not None:
        return f"{expression.century - 1:02d}"
    return (
        year
        if not (expression.day or expression.holiday)
        else f"{year}-XX-{expression.day or 0:02d}".replace("-00", "-XX")
    )
