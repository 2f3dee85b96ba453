"""Which lanes the timeline shows, and what lies in each: the events in the window, and the undated ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from dashboard.charts import packing, wording
from dashboard.charts.catalogue import Catalogue, Facet, Ints, Mask
from dashboard.charts.packing import Mark
from dashboard.charts.scale import Window
from dashboard.charts.texts import Texts
from dashboard.selection import Selection
from dashboard.selection.names import kind_name

HEAD, TRACK, FOOT = 26, 30, 8  # pixels: the lane's name, one track, the room below
BUDGET = 180  # clusters of all lanes together
CELL = 24  # pixels of an undated event in the gutter
REST = -1  # the lane of what stands in no lane shown


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name, its marks and its place from the top, in pixels."""

    name: str
    marks: tuple[Mark, ...]
    undated: Ints
    total: int  # events in the window
    top: int = 0

    @property
    def tracks(self) -> int:
        """Return the number of tracks, at least one."""
        return max((mark.track for mark in self.marks), default=0) + 1

    @property
    def height(self) -> int:
        """Return the lane's height in pixels."""
        return HEAD + self.tracks * TRACK + FOOT

    def y(self, track: int) -> float:
        """Return the middle of a track in pixels from the top of the chart."""
        return self.top + HEAD + (track + 0.5) * TRACK


def lanes_of(catalogue: Catalogue, selection: Selection, window: Window, t: Texts, most: int = 9) -> list[Lane]:
    """Return the lanes with the most events in the window, the rest of the events in one last lane."""
    facet = catalogue.facet(selection.lanes)
    mask = catalogue.matching(selection)
    inside = mask & touching(catalogue, window)
    dated, dateless = _Split(catalogue, facet, inside), _Split(catalogue, facet, mask & catalogue.undated)
    here = dated.counts + dateless.counts
    overall = facet.tally(mask[facet.rows]) if selection.filters else facet.counts
    candidates = np.flatnonzero(overall)
    ranked = candidates[np.lexsort((candidates, -overall[candidates], -here[candidates]))]
    shown = ranked if len(ranked) <= most else ranked[: most - 1]
    shown = shown[np.lexsort((shown, [facet.names[code] == "" for code in shown], -overall[shown]))]
    label = partial(_label, catalogue, selection.lanes, t)
    few = int(inside.sum()) <= 60
    dense = not few or window.width < 500
    quiet = partial(_short, catalogue, t) if dense else label
    bin_width = max(packing.BIN, (len(shown) + 1) * window.width / BUDGET)
    pack = partial(packing.pack, room=packing.ROOMY if few else packing.TRACKS, bin_width=bin_width)
    lanes: list[Lane] = []
    top = 0
    for code in [*shown.tolist(), *([REST] if len(shown) < len(ranked) else [])]:
        rows, gutter = (part.rest(shown) if code == REST else part.lane(code) for part in (dated, dateless))
        if code == REST and not len(rows) and not len(gutter):
            continue
        marks = tuple(pack(catalogue, rows, window, t, quiet))
        lane = Lane(_name(catalogue, selection, facet, code, t), marks, gutter, len(rows), top)
        lanes.append(lane)
        top += lane.height
    return lanes


def touching(catalogue: Catalogue, window: Window) -> Mask:
    """Return which dated events touch the window; one with an open end does where its known end lies."""
    inside: Mask = (catalogue.end >= window.first) & (catalogue.begin < window.last) & ~catalogue.undated
    return inside


class _Split:
    """The events of a mask by lane, those of a lane in order of time."""

    def __init__(self, catalogue: Catalogue, facet: Facet, mask: Mask) -> None:
        self._catalogue, self._facet, self._mask = catalogue, facet, mask
        self._kept = mask[facet.rows]
        self.counts = facet.tally(self._kept)

    def lane(self, code: int) -> Ints:
        """Return the events of a lane."""
        part = self._facet.of(code)
        return self._facet.rows[part][self._kept[part]]

    def rest(self, shown: Ints) -> Ints:
        """Return the events that stand in none of the lanes shown."""
        left = self._mask.copy()
        for code in shown.tolist():
            left[self.lane(code)] = False
        order = self._catalogue.in_time
        return order[left[order]]


def _name(catalogue: Catalogue, selection: Selection, facet: Facet, code: int, t: Texts) -> str:
    if code == REST:
        return t("lane_rest")
    name = facet.names[code]
    if not name:
        return t("lane_no_place" if selection.lanes == "place" else "lane_none")
    if selection.lanes == "kind":
        return kind_label(name, t)
    return document_name(catalogue, name) if selection.lanes == "document" else name


def kind_label(kind: str, t: Texts) -> str:
    """Return a kind of event in the interface's language, or its id made readable."""
    return kind_name(kind, t.lang)


def document_name(catalogue: Catalogue, doc_id: str) -> str:
    """Return what a document is called: its title, else its name, else its id."""
    documents = catalogue.tables.documents
    found = documents[documents["doc_id"] == doc_id]
    if found.empty:
        return doc_id
    row = found.iloc[0]
    return str(row["title"] or row["name"] or doc_id)


def _short(catalogue: Catalogue, t: Texts, row: int) -> str:
    return kind_label(str(catalogue.events["kind"].iat[row]), t)


def _label(catalogue: Catalogue, lanes: str, t: Texts, row: int) -> str:
    """Return the direct label: what the lane does not already say."""
    event = catalogue.event(row)
    kind, place = kind_label(event["kind"], t), event["place"]
    if lanes in {"kind", "place"}:
        people = [name.rsplit(" ", 1)[-1] for name in event["participants"].split("; ") if name]
        who = " – ".join(people[:2]) + (" …" if len(people) > 2 else "")
        return wording.clip(who or (place if lanes == "kind" else kind) or event["title"], 34)
    return wording.clip(f"{kind}, {place}" if place else kind, 34)
