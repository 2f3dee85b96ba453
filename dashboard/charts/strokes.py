"""The pen: turns marks into as few traces as possible, each encoding of a date's certainty in one place.

``error_x`` on a date axis draws nothing and one marker per candidate reads as many events; so rails and
ticks are line segments, all those of one colour in one path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.base import scatter
from dashboard.charts.packing import Mark, reach
from dashboard.charts.scale import Window
from dashboard.theme import SYMBOLS, Theme, alpha

END, TICK = 7.0, 6.0  # half heights of end ticks and candidate ticks, pixels
DROP, LIFT = 7.0, 7.0  # a rail lies below the middle of its track, its label above
HITS, SPOTS = 12, 4  # hover points on one rail: where it has ticks, where it has none
Path = list[tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mark stands on its axes, and where else a rail answers the pointer."""

    x: float
    y: float
    others: list[tuple[float, float]]


class Pen:
    """Collects strokes; ``traces`` returns them as traces on one pair of axes."""

    def __init__(self, theme: Theme, window: Window, xaxis: str = "x") -> None:
        """Start with nothing drawn; the window says where the axis puts a day."""
        self.theme, self.window, self.xaxis = theme, window, xaxis
        self._paths: dict[tuple[str, int], Path] = defaultdict(list)
        self._points: list[tuple[float, float, str, int]] = []
        self._texts: list[tuple[float, float, str, str, bool]] = []
        self._clusters: list[tuple[float, float, int, int, bool]] = []
        self._chosen: Path = []
        self._ring: list[tuple[float, float]] = []

    def draw(self, mark: Mark, y: float, style: int, *, chosen: bool = False) -> Spot:
        """Draw one mark and return where its focus ring belongs."""
        others: list[tuple[float, float]] = []
        rail = mark.form in {"range", "candidates", "rails"}
        label_x = self.window.x(mark.label_px)
        at = self._at(mark.at) if mark.at is not None else label_x
        if rail:
            self._rail(mark, y + DROP, style, chosen=chosen)
            others = [(label_x + 20 * self.window.unit, y - LIFT), *((x, y + DROP) for x in self._spots(mark))]
        elif mark.form == "cluster":
            self._clusters.append((at, y, mark.count, style, mark.sure))
        else:
            self._point(at, y, style, mark.form, chosen=chosen)
        if mark.label:
            self._texts.append((label_x, y - LIFT if rail else y, mark.label, mark.label_side, rail))
        return Spot(at, y + DROP if rail and mark.at is not None else y, others)

    def _at(self, day: float) -> float:
        """Return the coordinate of a day; in the gutter, marks are placed in pixels already."""
        return self.window.at(day) if self.xaxis == "x" else day

    def _point(self, x: float, y: float, style: int, form: str, *, chosen: bool = False) -> None:
        hollow = {"stated": "", "undated": "-open"}.get(form, "-open-dot")
        self._points.append((x, y, SYMBOLS[style] + hollow, style))
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

    def traces(self) -> list[dict[str, Any]]:
        """Return everything drawn as traces of a figure, backgrounds first."""
        out = [self._lines(path, self._line(stroke, style)) for (stroke, style), path in sorted(self._paths.items())]
        if self._chosen:
            out.insert(0, self._lines(self._chosen, {"width": 16, "color": alpha(self.theme.focus, 0.28)}))
        if self._ring:
            out.append(self._rings())
        if self._points:
            out.append(self._markers())
        out += [self._crowds(sure) for sure in sorted({certain for *_, certain in self._clusters})]
        if self._texts:
            out.append(self._labels())
        return out

    def _line(self, stroke: str, style: int) -> dict[str, Any]:
        colour = self.theme.kinds[style]
        if stroke == "band":
            return {"width": 3, "color": alpha(colour, 0.4)}
        if stroke == "dotted":
            return {"width": 1.5, "color": colour, "dash": "1px,4px"}
        return {"width": 2, "color": colour}

    def _scatter(self, places: Sequence[tuple[Any, ...]], **more: Any) -> dict[str, Any]:
        """Return a trace of things whose first two parts are their coordinates."""
        return scatter([x for x, *_ in places], [y for _, y, *_ in places], xaxis=self.xaxis, **more)

    def _lines(self, path: Path, line: dict[str, Any]) -> dict[str, Any]:
        return self._scatter(path, mode="lines", line=line)

    def _rings(self) -> dict[str, Any]:
        ring = {"size": 26, "symbol": "circle-open", "color": self.theme.focus, "line": {"width": 3}}
        return self._scatter(self._ring, mode="markers", marker=ring)

    def _markers(self) -> dict[str, Any]:
        marker = {
            "size": 13,
            "symbol": [symbol for *_, symbol, _ in self._points],
            "color": [self.theme.kinds[style] for *_, style in self._points],
            "opacity": 1,
            "line": {"width": [2 if "open" in symbol else 0 for *_, symbol, _ in self._points]},
        }
        return self._scatter(self._points, mode="markers", marker=marker)

    def _crowds(self, sure: bool) -> dict[str, Any]:
        """Return the clusters in which every event is sure of its day, filled, or the others, hollow."""
        chosen = [cluster for cluster in self._clusters if cluster[-1] == sure]
        colours = [self.theme.kinds[style] for *_, style, _ in chosen]
        counts = [count for _, _, count, *_ in chosen]
        marker = {
            "size": [20 if count < 100 else 26 for count in counts],
            "symbol": "circle",
            "opacity": 1,
            "color": colours if sure else self.theme.paper,
            "line": {"width": 0} if sure else {"width": 2, "color": colours},
        }
        font = {"size": 10, "color": self.theme.paper if sure else self.theme.ink, "weight": 700}
        told = {"text": [_brief(count) for count in counts], "textposition": "middle center", "textfont": font}
        return self._scatter(chosen, mode="markers+text", marker=marker, **told)

    def _labels(self) -> dict[str, Any]:
        inks = [self.theme.soft if rail else self.theme.ink for *_, rail in self._texts]
        return self._scatter(
            self._texts,
            text=[text.replace("<", "&lt;").replace("$", "&#36;") for _, _, text, *_ in self._texts],
            mode="text",
            textposition=[f"middle {side}" for *_, side, _ in self._texts],
            textfont={"size": 12, "color": inks},
        )


def _brief(count: int) -> str:
    if count < 1000:
        return str(count)
    return f"{count / 1000:.0f}k" if count < 1_000_000 else f"{count / 1_000_000:.1f}M"
