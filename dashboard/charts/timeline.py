"""The timeline: lanes of events, each drawn by how well its date is known.

Filled = stated, hollow with a dot = inferred and unique, thin rail with end ticks = some day within a
range, dotted rail with one tick per day = one of several days.  Shape and colour tell the kind, never
the certainty.  All rails and ticks of one kind are a single path each, so a view costs a few hundred
marks whatever the corpus holds.  A figure is plain data first: Plotly's own objects cost more than all of it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from dashboard.charts import wording
from dashboard.charts.base import Figure, Meta, axis, bare, marked
from dashboard.charts.catalogue import Catalogue, Tables, catalogue
from dashboard.charts.lanes import CELL, HEAD, Lane, lanes_of
from dashboard.charts.packing import Mark
from dashboard.charts.scale import Window, heading, ticks, window_of
from dashboard.charts.strokes import Pen
from dashboard.charts.texts import Texts, texts
from dashboard.selection import Selection
from dashboard.theme import SYMBOLS, Theme, of

META = Meta("timeline", 1, "timeline")
AXIS = 36  # pixels above the lanes
UNDATED_ONE_BY_ONE = 60  # more undated events share one row a lane


def figure(tables: Tables, selection: Selection, *, width: int = 1100) -> Figure:
    """Return the timeline of the selected window; ``layout.meta`` lists its marks for keyboard and tests."""
    return marked(spec(tables, selection, width=width))


def spec(tables: Tables, selection: Selection, *, width: int = 1100) -> dict[str, Any]:
    """Return the same figure as plain data, without the previews' own traces."""
    known, t, theme = catalogue(tables), texts(selection.lang), of(selection.theme)
    gutter = _gutter(known, selection, width)
    window = window_of(selection, known, width - gutter)
    lanes = lanes_of(known, selection, window, t)
    height = max(sum(lane.height for lane in lanes), 90)
    known.warm(np.array([row for lane in lanes for mark in lane.marks for row in mark.rows], dtype=np.int64))
    drawing = _Drawing(known, selection, t, theme, window)
    drawing.crowded = sum(len(lane.undated) for lane in lanes) > UNDATED_ONE_BY_ONE
    for number, lane in enumerate(lanes):
        drawing.lane(lane, number, gutter)
    layout = bare(theme, width, height + AXIS) | _axes(theme, t, window, width, height)
    notes, shapes = _lane_names(theme, lanes, width)
    if gutter:
        names, ground = _gutter_ground(theme, t, window, width, height)
        notes, shapes = notes + names, ground + shapes
        domain = [window.width / width, 1]
        layout["xaxis2"] = axis(theme, range=[0, gutter], domain=domain, showticklabels=False, anchor="y")
    layout |= {"annotations": notes, "shapes": shapes}
    layout["meta"] = {
        "marks": drawing.meta,
        "window": [window.first, window.last],
        "steps": window.nodes(),
        "heading": heading(window, t),
        "lanes": [lane.name for lane in lanes],
    }
    return {"data": drawing.pen.traces() + drawing.gutter_pen.traces(), "layout": layout}


def _gutter(known: Catalogue, selection: Selection, width: int) -> int:
    """Return the width of the gutter for undated events, 0 when there are none."""
    if not (known.matching(selection) & (known.quality == 4)).any():
        return 0
    return 4 * CELL + 8 if width >= 700 else 2 * CELL + 8


class _Drawing:
    """Collects the strokes of all lanes and the list of marks that the keyboard walks."""

    def __init__(self, known: Catalogue, selection: Selection, t: Texts, theme: Theme, window: Window) -> None:
        self.known, self.selection, self.t, self.theme, self.window = known, selection, t, theme, window
        self.pen, self.gutter_pen = Pen(theme, window), Pen(theme, window, "x2")
        self.meta: list[dict[str, Any]] = []
        self.crowded = False  # so many undated events that each lane gets one row of the gutter

    def lane(self, lane: Lane, number: int, gutter: int) -> None:
        for mark in lane.marks:
            self._mark(mark, lane.y(mark.track), number, self.pen)
        cells = (gutter - 8) // CELL
        room = cells * (1 if self.crowded else lane.tracks)
        shown = lane.undated.tolist() if len(lane.undated) <= room else lane.undated[: room - 1].tolist()
        for i, row in enumerate(shown):
            mark = Mark("undated", (row,), 1, 0, 0, 8 + CELL * (i % cells + 0.5))
            self._mark(mark, lane.y(i // cells), number, self.gutter_pen)
        if left := len(lane.undated) - len(shown):
            rows = tuple(lane.undated[-3:].tolist())
            mark = Mark("cluster", rows, left, 0, 0, 8 + CELL * (cells - 0.5), sure=False)
            self._mark(mark, lane.y(room // cells - 1), number, self.gutter_pen)

    def _mark(self, mark: Mark, y: float, lane: int, pen: Pen) -> None:
        events = [self.known.event(row) for row in mark.rows]
        many = mark.form in {"cluster", "rails"}
        kinds = {event["kind"] for event in events}
        rank = self.known.kind_rank[events[0]["kind"]] if len(kinds) == 1 or not many else len(SYMBOLS) - 1
        chosen = not many and self.selection.selected == events[0]["event_id"]
        spot = pen.draw(mark, y, min(rank, len(SYMBOLS) - 1), chosen=chosen)
        told = self._crowd(mark, events) if many else self._one(events[0])
        place = {"x": spot.x, "y": spot.y, "axis": pen.xaxis, "spots": spot.others}
        self.meta.append(told | {"form": mark.form, "from": mark.x0, "to": mark.x1, "lane": lane} | place)

    def _one(self, event: dict[str, Any]) -> dict[str, str]:
        """Return what the preview of an event says: title, date, and the beginning of the best quote."""
        quote = self.known.best_quote.get(event["event_id"], "")
        return {
            "id": event["event_id"],
            "title": wording.clip(event["title"], 80),
            "date": wording.date_sentence(event, self.t),
            "more": f"“{wording.clip(quote, 90)}”" if quote else "",
        }

    def _crowd(self, mark: Mark, events: list[dict[str, Any]]) -> dict[str, str]:
        """Return what the preview of a cluster says: how many events, when, and its first titles."""
        return {
            "id": "",
            "title": self.t.count("events", mark.count),
            "date": self._extent(mark),
            "more": " · ".join(wording.clip(event["title"], 36) for event in events[:2]),
        }

    def _extent(self, mark: Mark) -> str:
        if mark.x1 <= mark.x0:
            return self.t("date_none")
        first, last = (date.fromordinal(int(x)) for x in (mark.x0, mark.x1 - 1))
        return wording.span(first, last, self.t)


def _axes(theme: Theme, t: Texts, window: Window, width: int, height: int) -> dict[str, Any]:
    places = ticks(window, t)
    domain = [0, window.width / width]
    shown = {"tickmode": "array", "tickvals": [x for x, _ in places], "ticktext": [label for _, label in places]}
    grid = {"showgrid": True, "gridcolor": theme.line, "gridwidth": 1, "domain": domain, "fixedrange": False}
    return {
        "margin": {"l": 0, "r": 0, "t": AXIS, "b": 0},
        "dragmode": "pan",
        "xaxis": axis(theme, range=[window.at(window.first), window.at(window.last)], side="top", **shown) | grid,
        "yaxis": axis(theme, range=[height, 0], showticklabels=False),
    }


Parts = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def _lane_names(theme: Theme, lanes: list[Lane], width: int) -> Parts:
    """Return the names of the lanes and the rules between them, as annotations and shapes."""
    names, rules = [], []
    fixed = {"xref": "paper", "x": 0, "yref": "y"}
    for lane in lanes:
        name = wording.plain(lane.name, int(width / 7.6))
        style = {"font": {"size": 13, "color": theme.ink}, "borderpad": 1}
        names.append({"text": f"<b>{name}</b>", "y": lane.top + HEAD / 2 + 2, **fixed, **style})
        if lane.top:
            line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": lane.top, "y1": lane.top}
            rules.append(line | {"line": {"color": theme.line, "width": 1}})
    return names, rules


def _gutter_ground(theme: Theme, t: Texts, window: Window, width: int, height: int) -> Parts:
    """Return the name and the ground of the gutter for undated events."""
    ground: dict[str, Any] = {"type": "rect", "xref": "paper", "yref": "y", "x0": (window.width + 6) / width, "x1": 1}
    ground |= {"y0": 0, "y1": height, "fillcolor": theme.band, "line": {"width": 0}, "layer": "below"}
    name: dict[str, Any] = {"text": "<br>".join(t("undated_gutter").rsplit(" ", 1)), "xref": "paper", "yref": "paper"}
    name |= {"x": (window.width + 10) / width, "y": 1, "yshift": 4, "xanchor": "left", "yanchor": "bottom"}
    name["font"] = {"size": 11, "color": theme.soft}
    return [name], [ground]
