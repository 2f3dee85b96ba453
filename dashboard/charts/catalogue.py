"""The events as arrays: what filtering, counting and drawing a view need, computed once per build.

A view must cost a million events little more than a thousand, so everything that looks at all of them
is numpy; only the few hundred rows that end up on the screen are ever touched one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.selection import FILTERS, QUALITIES, Selection

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
EPOCH = 719_163  # the ordinal of 1 January 1970
OPEN = 10_000_000  # stands for an open bound, beyond any ordinal
SEEN = 20_000  # events kept as mappings
STATED, INFERRED, RANGE, CANDIDATES, UNDATED = range(5)  # positions in QUALITIES
_FACET_OF = {"kinds": "kind", "people": "person", "places": "place", "documents": "document"}


class Tables(Protocol):
    """What the dashboard asks of a loaded store: a frame per table of ``etl.schema``, texts and manifest."""

    @property
    def documents(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def timexes(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def events(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def event_mentions(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def participants(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def figures(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def quotes(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def people(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def places(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def evidence(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def texts(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def manifest(self) -> Mapping[str, Any]: ...  # noqa: D102


@dataclass(frozen=True)
class Facet:
    """Which events belong to which group: parallel arrays of event row and group number."""

    names: list[str]  # the group's key: a name, kind or doc_id; "" = has none
    rows: Ints
    codes: Ints

    @cached_property
    def counts(self) -> Ints:
        """Return the number of events of each group."""
        return np.bincount(self.codes, minlength=len(self.names))

    @cached_property
    def number(self) -> dict[str, int]:
        """Return the group number of each name."""
        return {name: code for code, name in enumerate(self.names)}


class Catalogue:
    """The events of one build, ready to be filtered, counted and drawn."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables; the arrays are computed when first asked for."""
        self.tables = tables
        self.events = tables.events
        self.n = len(tables.events)
        self._seen: dict[int, dict[str, Any]] = {}
        self._facets: dict[str, Facet] = {}
        self._masks: dict[tuple[tuple[str, str], ...], Mask] = {}

    # ------------------------------------------------------------------ when
    @cached_property
    def first(self) -> Ints:
        """Return the first possible day of each event as an ordinal, -OPEN when it is open."""
        return _ordinals(self.events["earliest"], -OPEN)

    @cached_property
    def last(self) -> Ints:
        """Return the last possible day of each event as an ordinal, OPEN when it is open."""
        return _ordinals(self.events["latest"], OPEN)

    @cached_property
    def begin(self) -> Ints:
        """Return the first day of each event, an open one standing where the known end stands."""
        return np.where(self.first == -OPEN, self.last, self.first)

    @cached_property
    def end(self) -> Ints:
        """Return the last day of each event, an open one standing where the known start stands."""
        return np.where(self.last == OPEN, self.first, self.last)

    @cached_property
    def quality(self) -> Ints:
        """Return how well each event is dated, as a position in ``QUALITIES``."""
        days = self.events["n_days"].to_numpy(dtype="float64", na_value=np.nan)
        explicit = (self.events["basis"] == "explicit").to_numpy(dtype=bool)
        sets = self.events["edtf"].str.startswith("[").to_numpy(dtype=bool) & ~np.isnan(days)
        codes = np.where(days == 1, np.where(explicit, STATED, INFERRED), np.where(sets, CANDIDATES, RANGE))
        nowhere = (self.first == -OPEN) & (self.last == OPEN)
        return np.where(nowhere, UNDATED, codes).astype(np.int64)

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """Return the first and last day that any event has, or None when all are undated."""
        known = np.concatenate([self.first[self.first > -OPEN], self.last[self.last < OPEN]])
        return (int(known.min()), int(known.max())) if len(known) else None

    @cached_property
    def extent(self) -> tuple[int, int] | None:
        """Return the days that the overview spans: all, or of many events those of the middle 99 %."""
        known = np.concatenate([self.first[self.first > -OPEN], self.last[self.last < OPEN]])
        if self.span is None or self.n < 200 or not len(known):
            return self.span
        low, high = np.quantile(known, [0.005, 0.995], method="nearest")
        return (int(low), int(high)) if high > low else self.span

    @cached_property
    def home(self) -> tuple[int, int] | None:
        """Return the window to start with: everything, or of many events the days of the middle 96 %."""
        if self.span is None or self.n < 200:
            return self.span
        sure = self.first[self.quality <= INFERRED]
        if len(sure) < 100:
            return self.span
        low, high = np.quantile(sure, [0.02, 0.98], method="nearest")
        return (int(low), int(high)) if high > low else self.span

    # ------------------------------------------------------------------ which
    def facet(self, name: str) -> Facet:
        """Return the grouping by "pair", "person", "kind", "place" or "document"."""
        if name not in self._facets:
            self._facets[name] = _BUILDERS[name](self)
        return self._facets[name]

    def matching(self, selection: Selection) -> Mask:
        """Return which events pass the filters (the window is no filter)."""
        key = tuple(selection.filters)
        if key not in self._masks:
            if len(self._masks) > 32:
                self._masks.clear()
            mask = np.ones(self.n, dtype=bool)
            for name in FILTERS:
                if values := getattr(selection, name):
                    mask &= self._having(name, values)
            self._masks[key] = mask
        return self._masks[key]

    def _having(self, name: str, values: tuple[str, ...]) -> Mask:
        if name == "qualities":
            return np.isin(self.quality, [QUALITIES.index(value) for value in values])
        facet = self.facet(_FACET_OF[name])
        wanted = [facet.number[value] for value in values if value in facet.number]
        mask = np.zeros(self.n, dtype=bool)
        mask[facet.rows[np.isin(facet.codes, wanted)]] = True
        return mask

    @cached_property
    def kind_rank(self) -> dict[str, int]:
        """Return the place of each kind in order of frequency, which decides its colour and shape."""
        facet = self.facet("kind")
        order = sorted(range(len(facet.names)), key=lambda code: (-int(facet.counts[code]), facet.names[code]))
        return {facet.names[code]: rank for rank, code in enumerate(order)}

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Return the row number of each event id."""
        return {event_id: row for row, event_id in enumerate(self.events["event_id"].tolist())}

    @cached_property
    def best_quote(self) -> dict[str, str]:
        """Return for each event the quote to preview: one with a known speaker, of a good length."""
        quotes = self.tables.quotes
        chosen: dict[str, tuple[int, str]] = {}
        cells = zip(quotes["event_id"].tolist(), quotes["speaker"].tolist(), quotes["exact"].tolist(), strict=True)
        for event_id, speaker, exact in cells:
            worth = (1000 if speaker else 0) - abs(min(len(exact), 600) - 160)
            if event_id and (event_id not in chosen or worth > chosen[event_id][0]):
                chosen[event_id] = (worth, exact)
        return {event_id: exact for event_id, (_, exact) in chosen.items()}

    def event(self, row: int) -> dict[str, Any]:
        """Return one event as a mapping."""
        if row not in self._seen:
            self.warm(np.array([row]))
        return self._seen[row]

    def warm(self, rows: Ints) -> None:
        """Read many events at once, which costs little more than reading one."""
        if len(self._seen) > SEEN:
            self._seen.clear()
        missing = [row for row in rows.tolist() if row not in self._seen]
        if missing:
            found = self.events.take(missing).to_dict("records")
            self._seen.update(zip(missing, ({str(k): v for k, v in row.items()} for row in found), strict=True))


def _ordinals(days: pd.Series[Any], missing: int) -> Ints:
    """Return ISO days as ordinals; ``missing`` for empty text."""
    values = np.array(days.to_numpy(dtype=object), dtype="datetime64[D]")
    return np.where(np.isnat(values), missing, values.astype(np.int64) + EPOCH).astype(np.int64)


# ------------------------------------------------------------------ groupings
def _single(cells: Iterable[str]) -> Facet:
    codes, names = pd.factorize(pd.Series(list(cells), dtype=object))
    return Facet([str(name) for name in names], np.arange(len(codes)), codes.astype(np.int64))


def _many(groups: Iterable[Iterable[str]]) -> Facet:
    number: dict[str, int] = {}
    rows: list[int] = []
    codes: list[int] = []
    for row, names in enumerate(groups):
        for name in names:
            rows.append(row)
            codes.append(number.setdefault(name, len(number)))
    return Facet(list(number), np.array(rows, dtype=np.int64), np.array(codes, dtype=np.int64))


def _people(catalogue: Catalogue) -> list[list[str]]:
    cells = catalogue.events["participants"].tolist()
    return [list(dict.fromkeys(filter(None, cell.split("; ")))) for cell in cells]


def _by_person(catalogue: Catalogue) -> Facet:
    return _many(people or [""] for people in _people(catalogue))


def _by_pair(catalogue: Catalogue) -> Facet:
    """Put every event into one lane: of its pairs of participants the one that meets most often."""
    people = _people(catalogue)
    pairs = [[" – ".join(sorted(pair)) for pair in combinations(names[:8], 2)] for names in people]
    meetings: dict[str, int] = {}
    for options in pairs:
        for pair in options:
            meetings[pair] = meetings.get(pair, 0) + 1
    best = (
        max(p, key=lambda pair: (meetings[pair], pair)) if p else "".join(n) for p, n in zip(pairs, people, strict=True)
    )
    return _single(best)


def _by_document(catalogue: Catalogue) -> Facet:
    told: dict[str, list[str]] = {}
    mentions = catalogue.tables.event_mentions
    for event_id, doc_id in zip(mentions["event_id"].tolist(), mentions["doc_id"].tolist(), strict=True):
        told.setdefault(event_id, []).append(doc_id)
    cells = zip(catalogue.events["event_id"].tolist(), catalogue.events["doc_id"].tolist(), strict=True)
    return _many(dict.fromkeys([doc_id, *told.get(event_id, [])]) for event_id, doc_id in cells)


_BUILDERS: dict[str, Callable[[Catalogue], Facet]] = {
    "pair": _by_pair,
    "person": _by_person,
    "kind": lambda catalogue: _single(catalogue.events["kind"].tolist()),
    "place": lambda catalogue: _single(catalogue.events["place"].tolist()),
    "document": _by_document,
}

_made: list[tuple[Tables, Catalogue]] = []


def catalogue(tables: Tables) -> Catalogue:
    """Return the catalogue of the tables, made once for each of the two builds used last."""
    for known, made in _made:
        if known is tables:
            return made
    _made.insert(0, (tables, Catalogue(tables)))
    del _made[2:]
    return _made[0][1]
