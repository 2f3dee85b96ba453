"""Which figures can be compared: one group per (indicator, unit, level or growth), one row per telling.

Nothing is averaged.  Two sources that disagree stay two rows; the same source told twice is two rows
joined; counts of anything ("28 programmes") are no indicator and are charted only when nothing else is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.charts import wording
from dashboard.charts.catalogue import Catalogue
from dashboard.charts.texts import Texts
from dashboard.selection import Selection
from dashboard.selection.names import indicator_name
from etl.dayset import DaySet

Row = dict[str, Any]
BESIDE = 300  # characters between two values that a text sets against each other
_GROWTH = {"growth_rate", "change"}


@dataclass(frozen=True, slots=True)
class Observation:
    """One telling of one value."""

    figure_id: str
    low: float
    high: float
    source: str
    period: str  # EDTF, "" when not stated
    when: float  # ordinal to sort and to join by; 0 when the period is unknown
    row: Row

    @property
    def is_range(self) -> bool:
        """Tell whether the source gave two bounds."""
        return self.high > self.low


@dataclass(frozen=True, slots=True)
class Group:
    """All tellings of one indicator in one unit, in order of period and source."""

    id: str
    title: str
    unit: str
    growth: bool
    counts: bool
    observations: tuple[Observation, ...]

    @property
    def disputes(self) -> list[tuple[Observation, ...]]:
        """Return the sets of observations of one period in which sources differ."""
        by_period: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            if observation.row["obs_status"] != "F" and not observation.row["derived_from"]:
                by_period[observation.period].append(observation)
        return [tuple(told) for told in by_period.values() if _differ(told)]


def _differ(told: list[Observation]) -> bool:
    """Tell whether different sources give different values for the same thing.

    The same thing is the same stated period, or two values that the tables link, or that one document sets
    side by side.
    """
    if len({observation.source for observation in told}) < 2 or len({(o.low, o.high) for o in told}) < 2:
        return False
    ids = {observation.figure_id for observation in told}
    linked = any(observation.row["alternative_of"] in ids for observation in told)
    spots = sorted((str(observation.row["doc_id"]), int(observation.row["start"])) for observation in told)
    beside = all(a[0] == b[0] and b[1] - a[1] < BESIDE for a, b in pairwise(spots))
    return linked or beside or bool(told[0].period)


def groups(catalogue: Catalogue, selection: Selection, t: Texts) -> list[Group]:
    """Return what can be charted under the filters, the most observed first."""
    figures = catalogue.tables.figures
    if figures.empty:
        return []
    kept = figures[figures["statistical_kind"] != "ordinal"]
    if selection.filters:
        of_events, of_documents = catalogue.owned("figures", selection)
        near = of_documents if selection.documents else of_events | of_documents
        kept = kept[near[kept.index]]
    real = kept[(kept["indicator"] != "") & (kept["statistical_kind"] != "count")]
    counts = real.empty
    chosen = kept if counts else real
    sets: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for row in chosen.to_dict("records"):
        named = str(row["indicator"] or row["indicator_label"] or row["unit"])
        sets[named, str(row["unit"]), row["transformation"] in _GROWTH].append({str(k): v for k, v in row.items()})
    made = [_group(key, rows, counts, t) for key, rows in sets.items()]
    return sorted((group for group in made if group.observations), key=_rank)


def _rank(group: Group) -> tuple[int, int, str, str]:
    """Put first what was observed most often; an observation without a period compares with nothing."""
    dated = sum(bool(observation.period) for observation in group.observations)
    return -dated, -len(group.observations), group.title, group.id


def _group(key: tuple[str, str, bool], rows: list[Row], counts: bool, t: Texts) -> Group:
    indicator, unit, growth = key
    title = indicator_name(indicator, t.lang)
    told = [observation for row in rows if (observation := _observation(row, t))]
    told = list(
        {(o.source, o.period, o.low, o.high, o.row["qualifier"], o.row["derived_from"]): o for o in told[::-1]}.values()
    )
    told = [o for o in told if not any(_repeats(o, other) for other in told)]
    told.sort(key=lambda o: (o.when == 0, o.when, o.period, o.source, o.low, o.figure_id))
    identifier = "~".join((indicator, unit, "growth" if growth else "level"))
    title = wording.clip(title, 70) + (f", {t('growth')}" if growth else "")
    return Group(identifier, title, unit, growth, counts, tuple(told))


def _repeats(one: Observation, other: Observation) -> bool:
    """Tell whether a telling only repeats, with fewer words, what the same document tells more fully."""
    same = all(one.row[name] == other.row[name] for name in ("doc_id", "qualifier", "derived_from"))
    if not same or (one.low, one.high) != (other.low, other.high):
        return False
    named, beside = _is_named(one), _is_named(other)
    fewer = (not one.period, not named) > (not other.period, not beside)
    return fewer and one.period in {"", other.period} and (not named or one.source == other.source)


def _is_named(observation: Observation) -> bool:
    return bool(observation.row["attributed_to"] or observation.row["speaker"])


def _observation(row: Row, t: Texts) -> Observation | None:
    value, low, high = (wording.filled(row[name]) for name in ("value", "value_min", "value_max"))
    known = [number for number in (low, high, value) if number is not None]
    if not known:
        return None
    return Observation(
        figure_id=str(row["figure_id"]),
        low=min(known) if value is None else value,
        high=max(known) if value is None else value,
        source=str(row["attributed_to"] or row["speaker"] or t("source_unnamed")),
        period=wording.period_of(row),
        when=_middle(wording.period_of(row)),
        row=row,
    )


def _middle(edtf: str) -> float:
    try:
        days = DaySet.parse(edtf)
    except ValueError:
        return 0.0
    if days.earliest is None or days.latest is None:
        return 0.0
    return (days.earliest.toordinal() + days.latest.toordinal()) / 2
