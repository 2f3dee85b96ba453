"""One small chart per indicator and unit: a dot plot with one row per period and source.

A range is a thick translucent segment, "over" a tick with an arrow to the right, "under" one to the
left, "about" a hollow symbol, a forecast a dashed outline.  Two sources that disagree are two rows and a
bracket, never an average and never a line; only the same source, telling twice, is joined, dotted.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from dashboard.charts import wording
from dashboard.charts.base import Figure, Meta, axis, bare, go, marked, scatter
from dashboard.charts.catalogue import Tables, catalogue
from dashboard.charts.observations import Group, Observation, groups
from dashboard.charts.texts import Texts, texts
from dashboard.selection import Selection
from dashboard.theme import Theme, alpha, of

META = Meta("indicators", 2, "indicators")
ROW, TOP, AXIS, NOTE, MOST = 44, 10, 36, 20, 14  # pixels; rows of one chart
LETTER = 6.4
BOUNDS = {"over": 1, "at least": 1, "under": -1, "at most": -1, "almost": -1}  # which way the value may lie


def figure(tables: Tables, selection: Selection, *, width: int = 520) -> Figure:
    """Return the chart of the indicator that the selection names, or of the most observed one."""
    t = texts(selection.lang)
    found = groups(catalogue(tables), selection, t)
    group = next((group for group in found if group.id == selection.chart), found[0] if found else None)
    theme = of(selection.theme)
    return draw(group, theme, t, width) if group else go.Figure(layout=bare(theme, width, 80))


def draw(group: Group, theme: Theme, t: Texts, width: int) -> Figure:
    """Return the chart of one group; the latest rows when it has more than fit."""
    return marked(spec(group, theme, t, width))


def spec(group: Group, theme: Theme, t: Texts, width: int) -> dict[str, Any]:
    """Return the same figure as plain data, without the previews' own trace."""
    sheet = _Sheet(group, theme, t, width)
    sheet.joins()
    for observation in sheet.told:
        sheet.row(observation)
    sheet.disputes()
    return sheet.finished()


def chosen(group: Group) -> tuple[Observation, ...]:
    """Return the observations that fit: those with a period and a named source first, in their order."""
    worth = sorted(group.observations, key=lambda o: (not o.when, not (o.row["attributed_to"] or o.row["speaker"])))
    kept = {o.figure_id for o in (worth[-MOST:] if all(o.when for o in worth) else worth[:MOST])}
    return tuple(o for o in group.observations if o.figure_id in kept)


class _Sheet:
    """A chart in the making: the rows, the scale they share, and the colour of every source."""

    def __init__(self, group: Group, theme: Theme, t: Texts, width: int) -> None:
        self.group, self.theme, self.t, self.width = group, theme, t, width
        self.told = chosen(group)
        biggest = max(max(abs(o.low), abs(o.high)) for o in self.told)
        self.divisor, self.suffix = wording.scale_of(biggest, t)
        self.labels = {o.figure_id: self._label(o) for o in self.told}
        self.low, self.high = self._extent()
        self.size = self.high - self.low
        self.quarrels = [told for told in group.disputes if sum(o in self.told for o in told) > 1]
        self.ys, self.height = self._places()
        sources = list(dict.fromkeys(o.source for o in self.told))
        self.colours = {source: theme.kinds[min(i, 5)] for i, source in enumerate(sources)}
        self.notes: list[dict[str, Any]] = []
        self.shapes: list[dict[str, Any]] = []
        self.traces: list[dict[str, Any]] = []
        self.points: list[tuple[float, float, str, str]] = []

    def _label(self, o: Observation) -> str:
        said = wording.figure_label(o.row, self.t)
        if o.row["derived_from"]:
            return f"{said} ({self.t('derived_short')})"
        status = {"F": "forecast", "E": "estimate"}.get(str(o.row["obs_status"]))
        return f"{said} ({self.t(status)})" if status else said

    def _extent(self) -> tuple[float, float]:
        """Return the value axis, with room at the right for the labels; from zero when zero is near or natural."""
        low = min(o.low for o in self.told) / self.divisor
        high = max(o.high for o in self.told) / self.divisor
        size = high - low
        natural = self.group.unit == "percent" or not size
        low = 0.0 if low >= 0 and (natural or low <= size) else low - (size or abs(low) or 1.0) * 0.25
        high = high if high > low else low + 1.0
        widest = max(len(label) for label in self.labels.values()) * LETTER + 46
        return low, low + (high - low) / (1 - min(widest / self.width, 0.72))

    def _places(self) -> tuple[dict[str, float], int]:
        """Return the height of every row, with room below sources that differ, and of all."""
        last = {max(told, key=self.told.index).figure_id for told in self._quarrels_shown()}
        places, top = {}, float(TOP)
        for o in self.told:
            places[o.figure_id] = top + ROW * 0.62
            top += ROW + (NOTE if o.figure_id in last else 0)
        return places, int(top)

    def _quarrels_shown(self) -> list[list[Observation]]:
        return [[o for o in told if o in self.told] for told in self.quarrels]

    def row(self, o: Observation) -> None:
        """Draw one observation: period and source above, then the mark and its value beside it."""
        low, high, y, colour = o.low / self.divisor, o.high / self.divisor, self.ys[o.figure_id], self.colours[o.source]
        dash = "dash" if o.row["obs_status"] == "F" else "solid"
        end = high
        if o.is_range:
            shape = {"type": "rect", "x0": low, "x1": high, "y0": y - 6, "y1": y + 6}
            line = {"width": 1.5, "color": colour, "dash": dash}
            self.shapes.append({**shape, "fillcolor": alpha(colour, 0.3), "line": line})
        elif way := BOUNDS.get(str(o.row["qualifier"])):
            end = self._bound(low, y, colour, way, dash)
        else:
            self._point(o, low, y, colour)
        self._note(wording.plain(self.labels[o.figure_id]), end + self.size * 0.03, y, self.theme.ink)
        period = wording.plain(wording.period_label(o.period, self.t))
        room = int(self.width / LETTER) - len(period) - 2
        told = f"<b>{period}</b>  {wording.plain(o.source, max(8, room))}"
        self._note(told, 0, y - 19, colour, xref="paper")

    def _note(self, text: str, x: float, y: float, colour: str, xref: str = "x") -> None:
        place = {"x": round(x, 4), "y": y, "xref": xref}
        self.notes.append({"text": text, **place, "font": {"color": colour}})

    def _point(self, o: Observation, x: float, y: float, colour: str) -> None:
        if o.row["obs_status"] == "F":
            pad = 7 / self.width * self.size
            ring = {"type": "circle", "x0": x - pad, "x1": x + pad, "y0": y - 7, "y1": y + 7}
            self.shapes.append(ring | {"line": {"width": 1.5, "color": colour, "dash": "dot"}})
            return
        hollow = o.row["qualifier"] == "about" or o.row["obs_status"] != "A" or bool(o.row["derived_from"])
        symbol = ("diamond" if o.row["derived_from"] else "circle") + ("-open" if hollow else "")
        self.points.append((x, y, symbol, colour))

    def _bound(self, x: float, y: float, colour: str, way: int, dash: str) -> float:
        """Draw a tick and an arrow away from it, and return where the label may start."""
        tip = x + way * self.size * 0.07
        head = self.size * 0.014 * way
        line: dict[str, Any] = {"color": colour, "width": 2}
        self._stroke(x, x, y - 8, y + 8, line | {"width": 2.5})
        self._stroke(x, tip, y, y, line | {"dash": dash})
        self.traces.append(scatter([tip - head, tip, tip - head], [y - 4, y, y + 4], mode="lines", line=line))
        return max(x, tip)

    def _stroke(self, x0: float, x1: float, y0: float, y1: float, line: dict[str, Any], *, xref: str = "x") -> None:
        self.shapes.append({"type": "line", "xref": xref, "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line})

    def joins(self) -> None:
        """Join tellings of the same named source at different periods, dotted: nobody knows the path between."""
        by_source: dict[str, list[Observation]] = {}
        for o in self.told:
            if o.when and not o.row["derived_from"] and (o.row["attributed_to"] or o.row["speaker"]):
                by_source.setdefault(o.source, []).append(o)
        for source, own in by_source.items():
            line = {"width": 1.5, "dash": "dot", "color": alpha(self.colours[source], 0.8)}
            for one, other in pairwise(own):
                if one.period != other.period:
                    xs = [(o.low + o.high) / 2 / self.divisor for o in (one, other)]
                    ys = [self.ys[o.figure_id] for o in (one, other)]
                    self.traces.append(scatter(xs, ys, mode="lines", line=line))

    def disputes(self) -> None:
        """Draw a bracket around sources that differ, and their values below them."""
        for told in self._quarrels_shown():
            top, bottom = min(self.ys[o.figure_id] for o in told), max(self.ys[o.figure_id] for o in told)
            right, left = 1 - 2 / self.width, 1 - 8 / self.width
            line = {"color": self.theme.soft, "width": 1.5}
            for x0, x1, y0, y1 in ((left, right, top, top), (right, right, top, bottom), (left, right, bottom, bottom)):
                self._stroke(x0, x1, y0, y1, line, xref="paper")
            values = " / ".join(dict.fromkeys(wording.amount(o.row, self.t, self.divisor) for o in told))
            place = {"xref": "paper", "x": right, "y": bottom + NOTE * 0.8, "xanchor": "right"}
            text = f"<i>{self.t('differ', values=wording.plain(values))}</i>"
            self.notes.append({"text": text, **place, "font": {"color": self.theme.ink}})

    def _markers(self) -> dict[str, Any]:
        """Return all points as one trace."""
        symbols = [symbol for _, _, symbol, _ in self.points]
        width = [2 if "open" in symbol else 0 for symbol in symbols]
        marker = {
            "size": 12,
            "symbol": symbols,
            "color": [colour for *_, colour in self.points],
            "line": {"width": width},
        }
        return scatter([x for x, *_ in self.points], [y for _, y, *_ in self.points], mode="markers", marker=marker)

    def _mark(self, o: Observation) -> dict[str, Any]:
        """Return what the preview of an observation says, and where it stands."""
        return {
            "id": o.figure_id,
            "title": f"{wording.figure_label(o.row, self.t)}, {wording.period_label(o.period, self.t)}",
            "date": wording.clip(o.source, 80),
            "more": f"“{wording.clip(str(o.row['exact']), 90)}”",
            "x": round((o.low + o.high) / 2 / self.divisor, 4),
            "y": self.ys[o.figure_id],
            "axis": "x",
            "spots": [],
        }

    def _ticks(self) -> list[float]:
        """Return round values along the axis, as many as find room."""
        rough = self.size / max(2, self.width // 110)
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough)
        first = math.ceil(self.low / step)
        return [i * step for i in range(first, math.floor(self.high / step) + 1)]

    def finished(self) -> dict[str, Any]:
        """Return the figure with its axes."""
        unit = wording.unit({"unit": self.group.unit}, self.suffix)
        title: dict[str, Any] = {"text": wording.plain(unit, 40), "standoff": 2}
        title["font"] = {"size": 11, "color": self.theme.soft}
        values = self._ticks()
        labels = {
            "tickmode": "array",
            "tickvals": values,
            "ticktext": [wording.number(value, self.t) for value in values],
        }
        grid = {"showgrid": True, "gridcolor": self.theme.line, **labels}
        layout = {
            "margin": {"l": 0, "r": 0, "t": 0, "b": AXIS},
            "annotations": self.notes,
            "shapes": self.shapes,
            "xaxis": axis(self.theme, range=[self.low, self.high], title=title, **grid),
            "yaxis": axis(self.theme, range=[self.height, 0], showticklabels=False),
            "meta": {
                "group": self.group.id,
                "title": self.group.title,
                "figures": [o.figure_id for o in self.told],
                "marks": [self._mark(o) for o in self.told],
            },
        }
        data = [*self.traces, self._markers()] if self.points else self.traces
        return {"data": data, "layout": bare(self.theme, self.width, self.height + AXIS) | layout}
