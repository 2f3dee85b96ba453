"""The events as arrays: what filtering, counting and drawing a view need, computed once per build.

A view must cost a million events little more than a thousand, so everything that looks at all of them
is numpy; only the few hundred rows that end up on the screen are ever touched one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import import_module
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.charts.catalogue.facets import GROUPINGS, Days, Facet, Grouping, Ints, Mask, by_document, facet
from dashboard.selection import FILTERS, LANES, QUALITIES, Selection

# Arrow tells a type checker nothing of what it exports.
pa: Any = import_module("pyarrow")
pc: Any = import_module("pyarrow.compute")
EPOCH = 719_163  # the ordinal of 1 January 1970
OPEN = 10_000_000  # stands for an open bound, beyond any ordinal
SEEN = 20_000  # events kept as mappings
STATED, INFERRED, RANGE, CANDIDATES, UNDATED = range(5)  # positions in QUALITIES
_FACET_OF = {"kinds": "kind", "people": "person", "places": "place", "documents": "document"}
Filters = tuple[tuple[str, str], ...]
Made = TypeVar("Made")


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


class Catalogue:
    """The events of one build, ready to be filtered, counted and drawn."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables; the arrays are computed when first asked for."""
        self.tables = tables
        self.events = tables.events
        self.n = len(tables.events)
        self._seen: dict[int, dict[str, Any]] = {}
        self._facets: dict[str, Facet] = {}
        self._masks: dict[Filters, Mask] = {}
        self._turns: dict[Filters, Ints] = {}
        self._owners: dict[tuple[str, str], Ints] = {}

    def prepare(self) -> None:
        """Compute everything that a first view would have to wait for."""
        for name in LANES:
            self.facet(name)
        for table in ("quotes", "figures"):
            self.owned(table, Selection())
        self.warm(self.in_time[:1])
        _ = self.undated, self.extent, self.home, self.kind_rank, self.best_quote

    # ------------------------------------------------------------------ when
    @cached_property
    def first(self) -> Days:
        """Return the first possible day of each event as an ordinal, -OPEN when it is open."""
        return _ordinals(self.events["earliest"], -OPEN)

    @cached_property
    def last(self) -> Days:
        """Return the last possible day of each event as an ordinal, OPEN when it is open."""
        return _ordinals(self.events["latest"], OPEN)

    @cached_property
    def begin(self) -> Days:
        """Return the first day of each event, an open one standing where the known end stands."""
        return np.where(self.first == -OPEN, self.last, self.first)

    @cached_property
    def end(self) -> Days:
        """Return the last day of each event, an open one standing where the known start stands."""
        return np.where(self.last == OPEN, self.first, self.last)

    @cached_property
    def quality(self) -> npt.NDArray[np.int8]:
        """Return how well each event is dated, as a position in ``QUALITIES``."""
        days = self.events["n_days"].to_numpy(dtype="float64", na_value=np.nan)
        explicit = (self.events["basis"] == "explicit").to_numpy(dtype=bool)
        sets = self.events["edtf"].str.startswith("[").to_numpy(dtype=bool) & ~np.isnan(days)
        codes = np.where(days == 1, np.where(explicit, STATED, INFERRED), np.where(sets, CANDIDATES, RANGE))
        nowhere = (self.first == -OPEN) & (self.last == OPEN)
        return np.where(nowhere, UNDATED, codes).astype(np.int8)

    @cached_property
    def moments(self) -> Days:
        """Return where each event stands in time: twice the middle of its days."""
        return self.begin + self.end

    @cached_property
    def in_time(self) -> Ints:
        """Return the events in order of time."""
        return np.argsort(self.moments, kind="stable")

    @cached_property
    def undated(self) -> Mask:
        """Return which events have no day at all."""
        without: Mask = self.quality == UNDATED
        return without

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
            grouping = self._by_document() if name == "document" else GROUPINGS[name](self.events)
            self._facets[name] = facet(grouping, self.moments)
        return self._facets[name]

    def _by_document(self) -> Grouping:
        mentions = self.tables.event_mentions
        told = self.places_in("event_mentions", mentions["event_id"], "event_id", self.events["event_id"])
        return by_document(self.events, mentions["doc_id"], told)

    def matching(self, selection: Selection) -> Mask:
        """Return which events pass the filters (the window is no filter)."""
        return self._kept(self._masks, selection, self._mask)

    def turns(self, selection: Selection) -> Ints:
        """Return the days on which an event of the view begins or ends, in order."""
        return self._kept(self._turns, selection, self._days)

    @staticmethod
    def _kept(kept: dict[Filters, Made], selection: Selection, make: Callable[[Selection], Made]) -> Made:
        """Return what was made for these filters, made when it is first asked for."""
        key = tuple(selection.filters)
        if key not in kept:
            if len(kept) > 32:
                kept.clear()
            kept[key] = make(selection)
        return kept[key]

    def _mask(self, selection: Selection) -> Mask:
        mask = np.ones(self.n, dtype=bool)
        for name in FILTERS:
            if values := getattr(selection, name):
                mask &= self._having(name, values)
        return mask

    def _days(self, selection: Selection) -> Ints:
        mask = self.matching(selection)
        first, last = self.first[mask], self.last[mask]
        days = np.concatenate([first[first > -OPEN], last[last < OPEN]])
        low = int(days.min(initial=OPEN))
        seen = np.zeros(
            int(days.max(initial=low)) - low + 1, dtype=bool
        )  # quicker than sorting: few days in a calendar
        seen[days - low] = True
        return np.flatnonzero(seen) + low

    def _having(self, name: str, values: tuple[str, ...]) -> Mask:
        if name == "qualities":
            return np.isin(self.quality, [QUALITIES.index(value) for value in values])
        groups = self.facet(_FACET_OF[name])
        mask = np.zeros(self.n, dtype=bool)
        for value in values:
            if value in groups.number:
                mask[groups.rows[groups.of(groups.number[value])]] = True
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
        kinds = self.facet("kind")
        order = sorted(range(len(kinds.names)), key=lambda code: (-int(kinds.counts[code]), kinds.names[code]))
        return {kinds.names[code]: rank for rank, code in enumerate(order)}

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


def _ordinals(days: pd.Series[Any], missing: int) -> Days:
    """Return ISO days as ordinals; ``missing`` for empty text."""
    codes, names = pd.factorize(days)
    values = np.array(names.astype(object), dtype="datetime64[D]")
    known = np.where(np.isnat(values), missing, values.astype(np.int64) + EPOCH).astype(np.int32)
    return known[codes] if len(known) else np.zeros(0, dtype=np.int32)


def _looked_up(mask: Mask, places: Ints) -> Mask:
    """Return for each place whether the mask holds there; nowhere (-1) it does not."""
    out: Mask = np.append(mask, False)[places]
    return out


_made: list[tuple[Tables, Catalogue]] = []


def catalogue(tables: Tables) -> Catalogue:
    """Return the catalogue of the tables, made once for each of the two builds used last."""
    for known, made in _made:
        if known is tables:
            return made
    _made.insert(0, (tables, Catalogue(tables)))
    del _made[2:]
    return _made[0][1]
