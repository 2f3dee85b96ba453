"""Turn a finished quantity into the ``Figure`` of the model, with the rule and the reason that it stands on."""

from __future__ import annotations

from etl.extractors.figures.quantities import Quantity
from etl.model import Evidence, Figure, Span

_BOUND_BELOW, _BOUND_ABOVE = ("over", "at least"), ("under", "at most")


def record(text: str, quantity: Quantity, indicator: str, label: str) -> Figure:
    """Return the figure; the span covers hedge, sign, number and unit or counted noun."""
    start = min(quantity.start, quantity.hedged_from) if quantity.hedged_from >= 0 else quantity.start
    span = Span(start, quantity.end)
    rule = f"figures.{quantity.kind or ('count' if quantity.noun else quantity.form)}"
    low, high = _bounds(quantity)
    return Figure(
        span=span,
        rule=rule + (".range" if quantity.joined else ""),
        value=None if quantity.low != quantity.high else quantity.low,
        value_min=low,
        value_max=high,
        unit=unit_text(quantity),
        currency=quantity.unit.currency if quantity.unit else "",
        qualifier=_qualifier(quantity),
        direction=quantity.direction,
        transformation=quantity.transformation or "level",
        statistical_kind=_kind(quantity, indicator),
        indicator=indicator,
        indicator_label=label,
        evidence=(Evidence("text", rule, f"the words “{span.of(text)}” state it", span),),
    )


def unit_text(quantity: Quantity) -> str:
    """Return the unit as the tables write it: "USD per barrel", "percent", "union program"."""
    if quantity.unit is None:
        noun = f"{quantity.noun} per {quantity.per}" if quantity.per else quantity.noun
        return "times" if quantity.form == "multiple" else noun
    return f"{quantity.unit.name} per {quantity.per}" if quantity.per else quantity.unit.name


def _bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    """Return both ends of a range, or the one end that a hedge fixes ("over 51" = from 51 on)."""
    if quantity.low != quantity.high:
        return quantity.low, quantity.high
    if quantity.hedge in _BOUND_BELOW:
        return quantity.low, None
    if quantity.hedge in _BOUND_ABOVE:
        return None, quantity.low
    if quantity.hedge == "equal":
        return quantity.low, quantity.low
    return None, None


def _qualifier(quantity: Quantity) -> str:
    if quantity.hedge == "equal":
        return "exact"
    return "about" if quantity.form == "vague" and quantity.hedge == "exact" else quantity.hedge


def _kind(quantity: Quantity, indicator: str) -> str:
    if quantity.kind == "money" and not indicator:
        return "money_amount"
    return "count" if quantity.noun and not indicator else "indicator"
