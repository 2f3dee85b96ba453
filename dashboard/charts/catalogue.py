"""The events as arrays: what filtering, counting and drawing a view need, computed once per build.

A view must cost a million events little more than a thousand, so everything that looks at all of them
is numpy; only the few hundred rows that end up on the screen are ever touched one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import combinations
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.selection import FILTERS, QUALITIES, Selection

# Arrow tells a type checker nothing of what it exports.
pa: Any = import_module("pyarrow")
pc: Any = import_module("pyarrow.compute")
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
        self._owners: dict[tuple[str, str], Ints] = {}

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

    def owned(self, table: str, selection: Selection) -> tuple[Mask, Mask]:
        """Return which rows of a table belong to the selected events, and which to the documents of these.

        The documents are those that the selection names, if it names any.
        """
        events, frame = self.matching(selection), getattr(self.tables, table)
        owner = "owner_id" if "owner_id" in frame.columns else "event_id"
        ids = frame[owner] if owner in frame.columns else frame["doc_id"].str.slice(0, 0)
        event = self.places_in(table, ids, "event_id", self.events["event_id"])
        document = self.places_in(table, frame["doc_id"], "doc_id", self.tables.documents["doc_id"])
        named = pd.Series(selection.documents or self.events["doc_id"][events].unique(), dtype="str")
        wanted = self.tables.documents["doc_id"].isin(named).to_numpy(dtype=bool)
        return _looked_up(events, event), _looked_up(wanted, document)

    def places_in(self, table: str, cells: pd.Series[Any], name: str, among: pd.Series[Any]) -> Ints:
        """Return where each cell stands among others, -1 for nowhere; computed once."""
        key = table, name
        if key not in self._owners:
            found = pc.index_in(pa.array(cells), value_set=pa.array(among).unique())
            self._owners[key] = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        return self._owners[key]

    @cached_property
    def kind_rank(self) -> dict[str, int]:
        """Return the place of each kind in order of frequency, which decides its colour and shape."""
        facet = self.facet("kind")
        order = sorted(range(len(facet.names)), key=lambda code: (-int(facet.counts[code]), facet.names[code]))
        return {facet.names[code]: rank for rank, code in enumerate(order)}

    def row(self, event_id: str) -> int:
        """Return the row of an event, -1 when there is no such one."""
        return int(pc.index(self._arrow["event_id"], event_id).as_py())

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

    @cached_property
    def _arrow(self) -> Any:
        """Return the events in one piece, from which rows are taken hundreds of times faster than from a frame."""
        return pa.Table.from_pandas(self.events, preserve_index=False).combine_chunks()

    def warm(self, rows: Ints) -> None:
        """Read many events at once, which costs little more than reading one."""
        if len(self._seen) > SEEN:
            self._seen.clear()
        missing = [row for row in rows.tolist() if row not in self._seen]
        if missing:
            self._seen.update(zip(missing, self._arrow.take(missing).to_pylist(), strict=True))


def _ordinals(days: pd.Series[Any], missing: int) -> Ints:
    """Return ISO days as ordinals; ``missing`` for empty text."""
    codes, names = pd.factorize(days)
    values = np.array(names.astype(object), dtype="datetime64[D]")
    known = np.where(np.isnat(values), missing, values.astype(np.int64) + EPOCH).astype(np.int64)
    return known[codes] if len(known) else np.zeros(0, dtype=np.int64)


def _looked_up(mask: Mask, places: Ints) -> Mask:
    """Return for each place whether the mask holds there; nowhere (-1) it does not."""
    out: Mask = np.append(mask, False)[places]
    return out


# ------------------------------------------------------------------ groupings
def _single(cells: pd.Series[Any]) -> Facet:
    codes, names = pd.factorize(cells)
    return Facet([str(name) for name in names], np.arange(len(codes)), codes.astype(np.int64))


def _many(codes: Ints, groups: Sequence[Sequence[str]]) -> Facet:
    """Return the grouping of rows that each carry one of these sets of names."""
    number: dict[str, int] = {}
    flat = np.array([number.setdefault(name, len(number)) for names in groups for name in names], dtype=np.int64)
    sizes = np.array([len(names) for names in groups], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    size = sizes[codes]
    rows = np.repeat(np.arange(len(codes)), size)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
    return Facet(list(number), rows, flat[np.repeat(starts[codes], size) + nth])


def _people(catalogue: Catalogue) -> tuple[Ints, list[list[str]]]:
    """Return the number of each event's set of participants, and the sets."""
    codes, cells = pd.factorize(catalogue.events["participants"])
    return codes.astype(np.int64), [list(dict.fromkeys(filter(None, str(cell).split("; ")))) for cell in cells]


def _by_person(catalogue: Catalogue) -> Facet:
    codes, sets = _people(catalogue)
    return _many(codes, [names or [""] for names in sets])


def _by_pair(catalogue: Catalogue) -> Facet:
    """Put every event into one lane: of its pairs of participants the one that meets most often."""
    codes, sets = _people(catalogue)
    pairs = [[" – ".join(sorted(pair)) for pair in combinations(names[:8], 2)] for names in sets]
    meetings: dict[str, int] = {}
    for options, times in zip(pairs, np.bincount(codes, minlength=len(sets)).tolist(), strict=True):
        for pair in options:
            meetings[pair] = meetings.get(pair, 0) + times
    best = [
        max(p, key=lambda pair: (meetings[pair], pair)) if p else "".join(names)
        for p, names in zip(pairs, sets, strict=True)
    ]
    return _many(codes, [[lane] for lane in best])


def _by_document(catalogue: Catalogue) -> Facet:
    """Put an event into every document that tells it, first into the one that it is cited from."""
    mentions = catalogue.tables.event_mentions
    told = catalogue.places_in("event_mentions", mentions["event_id"], "event_id", catalogue.events["event_id"])
    rows = np.concatenate([np.arange(catalogue.n), told[told >= 0]])
    cells = pd.concat([catalogue.events["doc_id"], mentions["doc_id"][told >= 0]])
    codes, names = pd.factorize(cells)
    once = np.unique(rows * max(len(names), 1) + codes)
    return Facet([str(name) for name in names], once // max(len(names), 1), once % max(len(names), 1))


_BUILDERS: dict[str, Callable[[Catalogue], Facet]] = {
    "pair": _by_pair,
    "person": _by_person,
    "kind": lambda catalogue: _single(catalogue.events["kind"]),
    "place": lambda catalogue: _single(catalogue.events["place"]),
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
