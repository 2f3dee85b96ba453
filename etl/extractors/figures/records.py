"""The quantity on its way through the steps, and the ``Figure`` of the model that it becomes at the end."""

from __future__ import annotations

from dataclasses import dataclass

from etl.extractors.figures.vocabulary.units import Unit
from etl.model import Evidence, Figure, Span

_BOUND_BELOW, _BOUND_ABOVE = ("over", "at least"), ("under", "at most")


@dataclass(slots=True)
class Quantity:
    """A number with its unit, on the way to becoming a figure; ``start``/``end`` include sign and unit."""

    start: int
    end: int
    number: tuple[int, int]
    low: float
    high: float
    scale: float = 1.0
    form: str = "digits"
    grouped: bool = False
    decimal: bool = False
    unit: Unit | None = None
    per: str = ""
    noun: str = ""
    label: str = ""
    marked: bool = False  # a currency sign or code stands before it
    joined: bool = False  # a range of two numbers
    spoken: bool = False  # a range in words: between .. and .., from .. to ..
    shared: bool = False  # its unit stands at another member of its list
    moved: bool = False  # a verb of change leads to it, even if to a level
    hyphened: bool = False  # an adjective: a five-year plan
    plus: bool = False  # written with a plus sign
    bracketed: bool = False  # the conversion of the amount before it
    hedge: str = ""
    hedged_from: int = -1
    direction: str = ""
    transformation: str = ""
    rule: str = ""

    @property
    def base(self) -> float:
        """Return the number without its magnitude word."""
        return self.low / self.scale

    def multiply(self, factor: float, end: int) -> None:
        """Apply a magnitude whose words end at ``end``."""
        self.low, self.high, self.scale, self.end = self.low * factor, self.high * factor, self.scale * factor, end

    @property
    def kind(self) -> str:
        """Return the kind of its unit, "" without one."""
        return self.unit.kind if self.unit else ""


def record(text: str, quantity: Quantity, indicator: str, label: str) -> Figure:
    """Return the figure; the span covers hedge, sign, number and unit or counted noun."""
    start = min(quantity.start, quantity.hedged_from) if quantity.hedged_from >= 0 else quantity.start
    span = Span(start, quantity.end)
    rule = f"figures.{quantity.kind or ('count' if quantity.noun else quantity.form)}"
    quantity.low, quantity.high = _plain(quantity.low), _plain(quantity.high)
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


def _plain(value: float) -> float:
    """Return a value as it is written: 4.1 million is 4100000, not 4099999.9999999995."""
    return float(f"{value:.15g}")


def unit_text(quantity: Quantity) -> str:
    """Return the unit as the tables write it: "USD per barrel", "percent", "union program"."""
    if quantity.unit is None:
        return f"{quantity.noun} per {quantity.per}" if quantity.per else quantity.noun
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
    ends_only = quantity.joined and quantity.hedge in (*_BOUND_BELOW, *_BOUND_ABOVE)  # "from up to 5 to 7"
    return "exact" if quantity.hedge == "equal" or ends_only else quantity.hedge


def _kind(quantity: Quantity, indicator: str) -> str:
    """Return what kind of statistic it is; a counted noun stays a count when an indicator is made of such counts."""
    if quantity.noun:
        return "count"
    if indicator:
        return "indicator"
    if quantity.kind == "money":
        return "money_amount"
    bare = quantity.unit is None and quantity.form == "digits"
    return "count" if bare or quantity.kind in ("time", "age") else "indicator"
