"""The pen: turns marks into as few traces as possible, each encoding of a date's certainty in one place.

``error_x`` on a date axis draws nothing and one marker per candidate reads as many events; so rails and
ticks are line segments, all those of one colour in one path, and hover and click go through one
invisible trace.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from dashboard.charts.base import Figure, go
from dashboard.charts.packing import Mark, reach
from dashboard.charts.scale import Window
from dashboard.theme import SYMBOLS, Theme, alpha

END, TICK = 7.0, 6.0  # half heights of end ticks and candidate ticks, pixels
DROP, LIFT = 7.0, 7.0  # a rail lies below the middle of its track, its label above
HITS, SPOTS = 12, 4  # hover points on one rail: where it has ticks, where it has none
Path = list[tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mark stands on its axes, and the number of its hover point."""

    x: float
    y: float
    point: int


class Pen:
    """Collects strokes; ``flush`` adds them to a figure as traces on one pair of axes."""

    def __init__(self, theme: Theme, window: Window, xaxis: str = "x") -> None:
        """Start with nothing drawn; the window says where the axis puts a day."""
        self.theme, self.window, self.xaxis = theme, window, xaxis
        self._paths: dict[tuple[str, int], Path] = defaultdict(list)
        self._points: list[dict[str, Any]] = []
        self._texts: list[tuple[float, float, str, str, bool]] = []
        self._clusters: list[tuple[float, float, int, int, bool]] = []
        self._hits: list[tuple[float, float, int, str]] = []
        self._chosen: Path = []
        self._ring: list[tuple[float, float]] = []

    def draw(self, mark: Mark, y: float, style: int, hover: tuple[int, str], *, chosen: bool = False) -> Spot:
        """Draw one mark; ``hover`` is its number and preview.  Return where its focus ring belongs."""
        point = len(self._hits)
        rail = mark.form in {"range", "candidates", "rails"}
        label_x = self.window.x(mark.label_px)
        at = self._at(mark.at) if mark.at is not None else label_x
        if rail:
            self._rail(mark, y + DROP, style, chosen=chosen)
            self._hits += [(label_x + 20 * self.window.unit, y - LIFT, *hover)]
            self._hits += [(x, y + DROP, *hover) for x in self._spots(mark)]
        elif mark.form == "cluster":
            self._clusters.append((at, y, mark.count, style, mark.sure))
            self._hits.append((at, y, *hover))
        else:
            self._point(at, y, style, mark.form, chosen=chosen)
            self._hits.append((at, y, *hover))
        if mark.label:
            self._texts.append((label_x, y - LIFT if rail else y, mark.label, mark.label_side, rail))
        return Spot(at, y + DROP if rail and mark.at is not None else y, point)

    def _at(self, day: float) -> float:
        """Return the coordinate of a day; in the gutter, marks are placed in pixels already."""
        return self.window.at(day) if self.xaxis == "x" else day

    def _point(self, x: float, y: float, style: int, form: str, *, chosen: bool = False) -> None:
        hollow = {"stated": "", "undated": "-open"}.get(form, "-open-dot")
        self._points.append({"x": x, "y": y, "symbol": SYMBOLS[style] + hollow, "style": style})
        if chosen:
            self._ring.append((x, y))

    def _rail(self, mark: Mark, y: float, style: int, *, chosen: bool) -> None:
        low, high = reach(mark, self.window)
        begin, end = (self.window.x(min(max(px, -self.window.width), 2 * self.window.width)) for px in (low, high))
        line: Path = [(begin, y), (end, y), (None, None)]
        if chosen:
            self._chosen += line
        self._paths["dotted" if mark.form == "candidates" else "band", style] += line
        if mark.form == "candidates":
            for tick in map(self._at, mark.ticks):
                self._paths["tick", style] += [(tick, y - TICK), (tick, y + TICK), (None, None)]
        else:
            for x, is_open, turn in ((begin, mark.open_left, 1), (end, mark.open_right, -1)):
                nib = turn * 6 * self.window.unit if is_open else 0.0
                half = END - 2 if is_open else END
                self._paths["end", style] += [(x + nib, y - half), (x, y), (x + nib, y + half), (None, None)]
        if mark.at is not None:
            self._point(self._at(mark.at), y, style, "inferred")

    def _spots(self, mark: Mark) -> list[float]:
        """Return where a rail answers the pointer: its ticks, else a few places along its visible part."""
        ticks = [self._at(tick) for tick in mark.ticks if self.window.first <= tick <= self.window.last]
        if 0 < len(ticks) <= HITS:
            return ticks
        low, high = (min(max(px, 0.0), self.window.width) for px in reach(mark, self.window))
        number = min(SPOTS, max(2, int(high - low) // 40))
        return [self.window.x(low + (high - low) * i / (number - 1)) for i in range(number)]

    def flush(self, out: Figure) -> None:
        """Add everything drawn to the figure, backgrounds first, the hover trace last."""
        if self._chosen:
            out.add_trace(self._lines(self._chosen, {"width": 16, "color": alpha(self.theme.focus, 0.28)}))
        for (stroke, style), path in sorted(self._paths.items()):
            out.add_trace(self._lines(path, self._line(stroke, style)))
        for add in (self._add_points, self._add_clusters, self._add_texts, self._add_hits):
            add(out)

    def _line(self, stroke: str, style: int) -> dict[str, Any]:
        colour = self.theme.kinds[style]
        if stroke == "band":
            return {"width": 3, "color": alpha(colour, 0.4)}
        if stroke == "dotted":
            return {"width": 1.5, "color": colour, "dash": "1px,4px"}
        return {"width": 2, "color": colour}

    def _lines(self, path: Path, line: dict[str, Any]) -> Any:
        xs, ys = [x for x, _ in path], [y for _, y in path]
        return go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", xaxis=self.xaxis, connectgaps=False)

    def _add_points(self, out: Figure) -> None:
        if self._ring:
            ring = {"size": 26, "symbol": "circle-open", "color": self.theme.focus, "line": {"width": 3}}
            xs, ys = [x for x, _ in self._ring], [y for _, y in self._ring]
            out.add_trace(go.Scatter(x=xs, y=ys, mode="markers", marker=ring, hoverinfo="skip", xaxis=self.xaxis))
        if self._points:
            marker = {
                "size": 13,
                "symbol": [point["symbol"] for point in self._points],
                "color": [self.theme.kinds[point["style"]] for point in self._points],
                "opacity": 1,
                "line": {"width": [2 if "open" in point["symbol"] else 0 for point in self._points]},
            }
            xs, ys = [point["x"] for point in self._points], [point["y"] for point in self._points]
            out.add_trace(go.Scatter(x=xs, y=ys, mode="markers", marker=marker, hoverinfo="skip", xaxis=self.xaxis))

    def _add_clusters(self, out: Figure) -> None:
        if not self._clusters:
            return
        colours = [self.theme.kinds[style] for *_, style, _ in self._clusters]
        sure = [certain for *_, certain in self._clusters]
        paper = self.theme.paper
        marker = {
            "size": [20 if count < 100 else 26 for _, _, count, _, _ in self._clusters],
            "symbol": "circle",
            "opacity": 1,
            "color": [colour if certain else paper for colour, certain in zip(colours, sure, strict=True)],
            "line": {"width": 2, "color": colours},
        }
        inks = [paper if certain else self.theme.ink for certain in sure]
        out.add_trace(
            go.Scatter(
                x=[x for x, *_ in self._clusters],
                y=[y for _, y, *_ in self._clusters],
                text=[_brief(count) for _, _, count, _, _ in self._clusters],
                mode="markers+text",
                textposition="middle center",
                textfont={"size": 10, "color": inks, "weight": 700},
                marker=marker,
                hoverinfo="skip",
                xaxis=self.xaxis,
            )
        )

    def _add_texts(self, out: Figure) -> None:
        if not self._texts:
            return
        out.add_trace(
            go.Scatter(
                x=[x for x, *_ in self._texts],
                y=[y for _, y, *_ in self._texts],
                text=[text.replace("<", "&lt;").replace("$", "&#36;") for _, _, text, *_ in self._texts],
                mode="text",
                textposition=[f"middle {side}" for *_, side, _ in self._texts],
                textfont={
                    "size": 12,
                    "color": [self.theme.soft if rail else self.theme.ink for *_, rail in self._texts],
                },
                hoverinfo="skip",
                xaxis=self.xaxis,
            )
        )

    def _add_hits(self, out: Figure) -> None:
        out.add_trace(
            go.Scatter(
                x=[x for x, *_ in self._hits],
                y=[y for _, y, *_ in self._hits],
                customdata=[number for _, _, number, _ in self._hits],
                hovertext=[hover for *_, hover in self._hits],
                hovertemplate="%{hovertext}<extra></extra>",
                mode="lines",
                line={"width": 0},
                xaxis=self.xaxis,
                name="hits",
            )
        )


def _brief(count: int) -> str:
    if count < 1000:
        return str(count)
    return f"{count / 1000:.0f}k" if count < 1_000_000 else f"{count / 1_000_000:.1f}M"
