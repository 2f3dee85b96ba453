"""Turns what a rule found into ``Timex`` records: the slots fill an ``Expression``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, cast

from etl.extractors.temporal.grammar import Found, Grammar
from etl.extractors.temporal.patterns import Slot
from etl.extractors.temporal.readers import READERS, Order, full_year, numeric
from etl.extractors.temporal.tokens import Tokens
from etl.extractors.temporal.values import before_christ, length, unanchored, whole
from etl.model import Expression, Span, Timex

Values = dict[str, Any]
_FIELDS = frozenset(item.name for item in fields(Expression))
_FLAGS = ("half_more", "only_half")  # targets that any word sets
_YEAR_SIGN_MONTH = 3  # tokens of 2015-12
_CENTURY = 100
_SHORT = 15  # years that a range like 1939-45 spans at most
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TIMEX3_MODS = frozenset({"START", "MID", "END", "BEFORE", "AFTER"})


@dataclass(frozen=True, slots=True)
class Builder:
    """What building needs to know of the document: its tokens, grammar and order of numeric dates."""

    tokens: Tokens
    grammar: Grammar
    order: Order

    def build(self, found: Found, context: Mapping[str, str | int]) -> list[Timex]:
        """Return the timexes of one match, none when the calendar has no such date.

        ``context`` holds what the words around say: ``tense``, ``firm`` and ``relation``.
        """
        if found.rule["type"] == "NONE":
            return []
        slots = [self._read(found, index) for index in range(len(found.spans))]
        if len(slots) == 2:
            slots = shared(*slots)
            if not slots and "instead" in found.rule:
                found, slots = self._year_month(found)
        elif len(slots) > 2:
            slots = listed(slots)
        if not slots:
            return []
        out: list[Timex] = []
        for (first, last), values in zip(found.spans, slots, strict=True):
            span = Span(self.tokens.start(first), self.tokens.end(last - 1))
            timex = _timex(found.rule, {**context, **values}, span, self.order)
            if timex is None:
                return []
            out.append(timex)
        if len(out) == 2 and not found.rule.get("list"):
            ends = replace(out[1].expression, relation="")
            begins = replace(out[0].expression, relation="", until=ends)
            out = [replace(out[0], expression=begins), replace(out[1], expression=ends)]
        return out

    def _year_month(self, found: Found) -> tuple[Found, list[Values]]:
        """Return 2015-12, where a range of years makes no sense, as the month that it is."""
        first, last = found.spans[0][0], found.spans[-1][1]
        year, month = self.tokens.pieces[first].strip(), self.tokens.pieces[last - 1].strip()
        if last - first != _YEAR_SIGN_MONTH or len(month) != 2 or not 1 <= int(month) <= 12:
            return found, []
        rule = {**found.rule, "name": found.rule["instead"]}
        return replace(found, rule=rule, spans=((first, last),)), [{"year": int(year), "month": int(month)}]

    def _read(self, found: Found, timex: int) -> Values:
        values: Values = {}
        for slot, first, last in found.slots:
            if slot.timex == timex and (value := self._value(slot, first, last)) is not None:
                values[slot.target] = value
        return values

    def _value(self, slot: Slot, first: int, last: int) -> object:
        pieces = self.tokens.pieces[first:last]
        if reader := READERS.get(slot.name):
            return reader(pieces, self.grammar.alphabet)
        values = self.grammar.alphabet.read(pieces[0])
        if slot.name in values:
            return values[slot.name]
        filling = self.grammar.filling.get(slot.target.rpartition(".")[2], ())
        return next((values[name] for name in filling if name in values), slot.target in _FLAGS or None)


def listed(slots: list[Values]) -> list[Values]:
    """Let days named one by one have the month and year that only one of them states: "5, 6 and 7 May 2018"."""
    lent: Values = {name: values[name] for values in slots for name in ("month", "year") if name in values}
    return [{**lent, **values} for values in slots]


def shared(one: Values, two: Values) -> list[Values]:
    """Let the ends of a range lend each other the month, year and unit that only one of them states."""
    lent = ("month", "year", "quarter", "century", "unit", "amount", "base.month", "base.year")
    common = {name for name in lent if (name in one) != (name in two)}
    if "day" not in one and "day" not in two:
        common -= {"month"}
    if one.get("year", 0) > 99 > two.get("year", 100):  # 1915-16
        two = {**two, "year": one["year"] // 100 * 100 + two["year"]}
        if not 0 < two["year"] - one["year"] <= _SHORT:
            return []
    merged = {name: value for source in (two, one) for name, value in source.items() if name in common}
    if "year" in common and "year" in two and one.get("month", 0) > two.get("month", 12):  # October to March 1950
        merged["year"] = two["year"] - 1
    return [{**merged, **one}, {**merged, **two}]


def _timex(rule: Mapping[str, Any], values: Values, span: Span, order: Order) -> Timex | None:
    values = {**_defaulted(rule.get("set", {}), values), **rule.get("force", {})}
    mod = values.pop("mod", rule.get("mod", ""))
    if "value" in rule:
        values["value"] = rule["value"]
    if "numeric" in values:
        expression = _numeric(str(values.pop("numeric")), order, values)
    else:
        expression = _expression(values, rule.get("base"))
    if expression is None:
        return None
    if (open_base := expression.base) is not None and open_base.kind == "calendar" and open_base.year is None:
        base = replace(open_base, tense=expression.tense, firm=expression.firm)
        expression = replace(expression, base=base)
    if values.get("era"):
        expression = Expression("vague", value=before_christ(values))
    kind = "TIME" if rule["type"] == "DATE" and expression.time else rule["type"]
    mod = mod or (expression.part if expression.part in _TIMEX3_MODS else "")
    typed = cast("Literal['DATE', 'TIME', 'DURATION', 'SET']", kind)
    return Timex(span, typed, expression.value, str(rule["name"]), expression, mod=mod)


def _defaulted(defaults: Mapping[str, Any], values: Values) -> Values:
    """Return the values with the rule's own ones beneath; a stated direction replaces a default amount."""
    if "sign" in values:
        return {**{name: value for name, value in defaults.items() if name != "amount"}, **values}
    return {**defaults, **values}


def _expression(values: Values, hung: Mapping[str, Any] | None) -> Expression | None:
    own = {name: value for name, value in values.items() if name in _FIELDS}
    below = {name[5:]: value for name, value in values.items() if name.startswith("base.")}
    own.setdefault("kind", "calendar")
    if own["kind"] in ("duration", "set"):
        own["value"] = own.get("value") or length(values)
        own["amount"] = int(own.get("amount") or 0) or None
        if (side := values.pop("side", 0)) and own["amount"] and not values.get("half_more"):
            own["lasting"] = (side * own["amount"], own.get("unit", "day"))
    else:
        own |= {"amount": 0.5} if values.get("only_half") else {}
        if isinstance(own.get("amount"), float):
            own["amount"], own["unit"] = whole(own["amount"], own.get("unit", ""))
    if (sign := values.get("sign")) is not None:
        own["amount"] = sign * own.get("amount", 1)
    own["short_year"] = own.get("year", _CENTURY) < _CENTURY
    for name in ("year", "decade"):
        if name in own:
            own[name] = full_year(own[name])
    if hung is not None or below:
        own["base"] = _expression(_defaulted(hung or {}, below), None)
        if own["base"] is None:
            return None
    if not _possible(own):
        return None
    own["value"] = own.get("value") or unanchored(own)
    return Expression(**own)


def _possible(own: Mapping[str, Any]) -> bool:
    """Tell whether some year has such a day, and the numbers are no bigger than history."""
    month, day = own.get("month"), own.get("day")
    if own.get("nth") == 0:
        return False
    if month and month > 12:
        return False
    if day and month and day > _LONGEST_MONTHS[month - 1]:
        return False
    if (day, month) == (29, 2) and (year := own.get("year")) and (year % 4 or (year % 100 == 0 and year % 400)):
        return False
    return bool(abs(own.get("amount") or 0) < 100_000)


def _numeric(token: str, order: Order, values: Values) -> Expression | None:
    clock = token[10:16].upper() if len(token) > 15 and token[10:11].upper() == "T" else ""
    rest = {"time": clock, **values, "kind": "calendar"}
    found = (
        _expression(
            {**rest, "year": year or None, "month": month, "day": day}
            if year
            else {**rest, "month": month, "day": day},
            None,
        )
        for year, month, day in numeric(token, order)
    )
    readings = tuple(reading for reading in found if reading is not None)
    if len(readings) > 1 and readings[0].year is None and not values.get("weekday"):
        return None  # 3/2 may be a fraction; only a weekday decides which day it is
    if len(readings) < 2:
        return readings[0] if readings else None
    years = {reading.year for reading in readings}
    year = years.pop() if len(years) == 1 else None
    value = f"{year:04d}-XX-XX" if year else "XXXX-XX-XX"
    return replace(readings[0], day=None, month=None, alternatives=readings, value=value)
