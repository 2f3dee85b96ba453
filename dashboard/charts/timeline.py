"""The timeline: lanes of events, each drawn by how well its date is known.

Filled = stated, hollow with a dot = inferred and unique, thin rail with end ticks = some day within a
range, dotted rail with one tick per day = one of several days.  Shape and colour tell the kind, never
the certainty.  All rails and ticks of one kind are a single path each, so a view costs a few hundred
marks whatever the corpus holds.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from dashboard.charts import wording
from dashboard.charts.base import Figure, Meta, axis, bare, go
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


def figure(tables: Tables, selection: Selection, *, width: int = 1100) -> Figure:
    """Return the timeline of the selected window; ``layout.meta`` lists its marks for keyboard and tests."""
    known, t, theme = catalogue(tables), texts(selection.lang), of(selection.theme)
    gutter = _gutter(known, selection, width)
    window = window_of(selection, known, width - gutter)
    lanes = lanes_of(known, selection, window, t)
    height = max(sum(lane.height for lane in lanes), 90)
    known.warm(np.array([row for lane in lanes for mark in lane.marks for row in mark.rows], dtype=np.int64))
    drawing = _Drawing(known, selection, t, theme, window)
    for lane in lanes:
        drawing.lane(lane, gutter)
    out = go.Figure(layout=bare(theme, width, height + AXIS))
    drawing.pen.flush(out)
    if gutter:
        drawing.gutter_pen.flush(out)
    _axes(out, theme, t, window, height)
    notes, shapes = _lane_names(theme, lanes, width)
    if gutter:
        names, ground = _gutter_ground(theme, t, window, width, height)
        notes, shapes = notes + names, ground + shapes
        domain = [window.width / width, 1]
        out.update_layout(xaxis2=axis(theme, range=[0, gutter], domain=domain, showticklabels=False, anchor="y"))
    out.update_layout(annotations=notes, shapes=shapes)
    out.layout.meta = {
        "marks": drawing.meta,
        "steps": None if window.steps is None else window.steps.tolist(),
        "heading": heading(window, t),
        "lanes": [lane.name for lane in lanes],
    }
    return out


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

    def lane(self, lane: Lane, gutter: int) -> None:
        for mark in lane.marks:
            self._mark(mark, lane.y(mark.track), lane.name, self.pen)
        cells = (gutter - 8) // CELL
        room = cells * lane.tracks
        shown = lane.undated.tolist() if len(lane.undated) <= room else lane.undated[: room - 1].tolist()
        for i, row in enumerate(shown):
            mark = Mark("undated", (row,), 1, 0, 0, 8 + CELL * (i % cells + 0.5))
            self._mark(mark, lane.y(i // cells), lane.name, self.gutter_pen)
        if left := len(lane.undated) - len(shown):
            rows = tuple(lane.undated[-3:].tolist())
            mark = Mark("cluster", rows, left, 0, 0, 8 + CELL * (cells - 0.5), sure=False)
            self._mark(mark, lane.y(lane.tracks - 1), lane.name, self.gutter_pen)

    def _mark(self, mark: Mark, y: float, lane: str, pen: Pen) -> None:
        events = [self.known.event(row) for row in mark.rows]
        many = mark.form in {"cluster", "rails"}
        kinds = {event["kind"] for event in events}
        rank = self.known.kind_rank[events[0]["kind"]] if len(kinds) == 1 or not many else len(SYMBOLS) - 1
        style = min(rank, len(SYMBOLS) - 1)
        chosen = not many and self.selection.selected == events[0]["event_id"]
        hover = len(self.meta), self._hover(mark, events)
        spot = pen.draw(mark, y, style, hover, chosen=chosen)
        place = {"lane": lane, "x": spot.x, "y": spot.y, "point": spot.point, "axis": pen.xaxis}
        self.meta.append(self._described(mark, events) | place)

    def _described(self, mark: Mark, events: list[dict[str, Any]]) -> dict[str, Any]:
        many = mark.form in {"cluster", "rails"}
        return {
            "id": "" if many else events[0]["event_id"],
            "title": self.t.count("events", mark.count) if many else wording.clip(events[0]["title"], 160),
            "date": self._extent(mark) if many else wording.date_sentence(events[0], self.t),
            "form": mark.form,
            "from": mark.x0,
            "to": mark.x1,
        }

    def _extent(self, mark: Mark) -> str:
        if mark.x1 <= mark.x0:
            return self.t("date_none")
        first, last = (date.fromordinal(int(x)) for x in (mark.x0, mark.x1 - 1))
        return wording.span(first, last, self.t)

    def _hover(self, mark: Mark, events: list[dict[str, Any]]) -> str:
        """Return the preview, at most three lines, every word from a document escaped."""
        if mark.form in {"cluster", "rails"}:
            head = f"<b>{self.t('grouped', events=self.t.count('events', mark.count), span=self._extent(mark))}</b>"
            titles = [wording.plain(event["title"], 70) for event in events[:2]]
            return "<br>".join([head, *titles])
        event = events[0]
        lines = [
            f"<b>{wording.plain(event['title'], 80)}</b>",
            wording.plain(wording.date_sentence(event, self.t), 110),
        ]
        if quote := self.known.best_quote.get(event["event_id"]):
            lines.append(f"<i>“{wording.plain(quote, 90)}”</i>")
        return "<br>".join(lines)


def _axes(out: Figure, theme: Theme, t: Texts, window: Window, height: int) -> None:
    places = ticks(window, t)
    domain = [0, window.width / out.layout.width]
    shown = {"tickmode": "array", "tickvals": [x for x, _ in places], "ticktext": [label for _, label in places]}
    grid = {"showgrid": True, "gridcolor": theme.line, "gridwidth": 1, "domain": domain, "fixedrange": False}
    out.update_layout(
        margin_t=AXIS,
        dragmode="pan",
        xaxis=axis(theme, range=[window.at(window.first), window.at(window.last)], side="top", **shown) | grid,
        yaxis=axis(theme, range=[height, 0], showticklabels=False),
    )


Parts = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def _lane_names(theme: Theme, lanes: list[Lane], width: int) -> Parts:
    """Return the names of the lanes and the rules between them, as annotations and shapes."""
    names, rules = [], []
    fixed = {"xref": "paper", "x": 0, "yref": "y", "xanchor": "left", "yanchor": "middle", "showarrow": False}
    for lane in lanes:
        name = wording.plain(lane.name, int(width / 7.6))
        style = {"font": {"size": 13, "color": theme.ink}, "bgcolor": theme.paper, "borderpad": 1}
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
    name |= {"showarrow": False, "align": "left", "font": {"size": 11, "color": theme.soft}, "bgcolor": theme.paper}
    return [name], [ground]
