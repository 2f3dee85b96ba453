"""Which lanes the timeline shows, and what lies in each: the events in the window, and the undated ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from dashboard.charts import packing, wording
from dashboard.charts.catalogue import OPEN, UNDATED, Catalogue, Facet, Ints, Mask
from dashboard.charts.packing import Mark
from dashboard.charts.scale import Window
from dashboard.charts.texts import Texts
from dashboard.selection import Selection
from dashboard.selection.names import kind_name

HEAD, TRACK, FOOT = 26, 30, 8  # pixels: the lane's name, one track, the room below
CELL = 24  # pixels of an undated event in the gutter


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
    undated = mask & (catalogue.quality == UNDATED)
    inside = mask & touching(catalogue, window)
    size = len(facet.names)
    here = np.bincount(facet.codes[(inside | undated)[facet.rows]], minlength=size)
    overall = np.bincount(facet.codes[mask[facet.rows]], minlength=size)
    candidates = np.flatnonzero(overall)
    ranked = candidates[np.lexsort((candidates, -overall[candidates], -here[candidates]))]
    shown = ranked if len(ranked) <= most else ranked[: most - 1]
    shown = shown[np.lexsort((shown, [facet.names[code] == "" for code in shown], -overall[shown]))]
    label = partial(_label, catalogue, selection.lanes, t)
    few = int(inside.sum()) <= 60
    dense = not few or window.width < 500
    quiet = partial(_short, catalogue, t) if dense else label
    lanes: list[Lane] = []
    top = 0
    for code in [*shown.tolist(), *([-1] if len(shown) < len(ranked) else [])]:
        rows = _rows(facet, inside, code, shown)
        gutter = _rows(facet, undated, code, shown)
        if code < 0 and not len(rows) and not len(gutter):
            continue
        marks = tuple(packing.pack(catalogue, rows, window, t, quiet, room=packing.ROOMY if few else packing.TRACKS))
        lane = Lane(_name(catalogue, selection, facet, code, t), marks, gutter, len(rows), top)
        lanes.append(lane)
        top += lane.height
    return lanes


def touching(catalogue: Catalogue, window: Window) -> Mask:
    """Return which dated events touch the window; one with an open end does where its known end lies."""
    first = np.where(catalogue.first == -OPEN, catalogue.last, catalogue.first)
    last = np.where(catalogue.last == OPEN, catalogue.first, catalogue.last)
    inside: Mask = (catalogue.quality != UNDATED) & (last >= window.first) & (first < window.last)
    return inside


def _rows(facet: Facet, mask: Mask, code: int, shown: Ints) -> Ints:
    """Return the events of a lane; of the lane of the rest those that stand in no lane shown."""
    if code >= 0:
        own: Ints = facet.rows[(facet.codes == code) & mask[facet.rows]]
        return own
    elsewhere = np.zeros(len(mask), dtype=bool)
    elsewhere[facet.rows[np.isin(facet.codes, shown)]] = True
    rest: Ints = np.flatnonzero(mask & ~elsewhere)
    return rest


def _name(catalogue: Catalogue, selection: Selection, facet: Facet, code: int, t: Texts) -> str:
    if code < 0:
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
