"""The overview strip: how many events lie where, over the whole span, whatever the window is.

An event that is sure of its day counts where it stands; an unsure one is spread evenly over its possible
days and drawn in outline above the sure ones.  The window on the strip is the page's, not the chart's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.charts.base import Figure, Meta, axis, bare, go, scatter
from dashboard.charts.catalogue import INFERRED, UNDATED, Catalogue, Days, Ints, Tables, catalogue
from dashboard.charts.scale import Window, ticks
from dashboard.charts.texts import texts
from dashboard.selection import Selection
from dashboard.theme import alpha, of

META = Meta("overview", 0, "overview")
HEIGHT, AXIS, BIN = 46, 22, 6  # pixels: strip, labels below, one bin


def figure(tables: Tables, selection: Selection, *, width: int = 1100) -> Figure:
    """Return the density of events over the whole span; ``layout.meta`` holds its extent."""
    return go.Figure(spec(tables, selection, width=width))


def spec(tables: Tables, selection: Selection, *, width: int = 1100) -> dict[str, Any]:
    """Return the same figure as plain data."""
    known, t, theme = catalogue(tables), texts(selection.lang), of(selection.theme)
    full = whole(known, width)
    sure, unsure = density(known, selection, full)
    edges = np.linspace(full.first, full.last, len(sure) + 1)
    fills = ((sure + unsure, theme.kinds[-1], (0.25, 0.7)), (sure, theme.kinds[0], (0.85, 1)))
    places = [tick for tick in ticks(full, t) if full.first <= tick[0] <= full.last]
    labels = {"tickmode": "array", "tickvals": [x for x, _ in places], "ticktext": [text for _, text in places]}
    ground: dict[str, Any] = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": 0, "y1": 0}
    layout = {
        "margin": {"l": 0, "r": 0, "t": 0, "b": AXIS},
        "xaxis": axis(theme, range=[full.first, full.last], **labels),
        "yaxis": axis(theme, range=[0, float(np.sqrt(max((sure + unsure).max(), 1.0))) * 1.15], showticklabels=False),
        "shapes": [ground | {"line": {"color": theme.soft, "width": 1}}],
        "meta": {"from": full.first, "to": full.last},
    }
    data = [
        scatter(
            edges, np.sqrt([*counts, counts[-1]]), mode="lines", fill="tozeroy", fillcolor=alpha(colour, inside),
            line={"width": 1, "color": alpha(colour, edge), "shape": "hv"},
        )
        for counts, colour, (inside, edge) in fills
    ]  # fmt: skip
    return {"data": data, "layout": bare(theme, width, HEIGHT + AXIS) | layout}


def whole(known: Catalogue, width: float) -> Window:
    """Return the window of the strip; of many events the outermost few are counted at its ends."""
    low, high = known.extent or (0, 1)
    room = max((high - low) * (0.04 if known.home == known.span else 0.02), 3)
    return Window(low - room, high + 1 + room, width)


Floats = npt.NDArray[np.float64]


def density(known: Catalogue, selection: Selection, window: Window) -> tuple[Floats, Floats]:
    """Return how many events of the filter lie in each bin: the sure ones, and the unsure spread out."""
    bins = max(int(window.width / BIN), 10)
    mask = known.matching(selection)
    step = (window.last - window.first) / bins
    exact = mask & (known.quality <= INFERRED)
    sure = np.bincount(_bin(known.first[exact], window, step, bins), minlength=bins).astype(np.float64)
    loose = mask & (known.quality > INFERRED) & (known.quality != UNDATED)
    first = _bin(np.maximum(known.first[loose], int(window.first)), window, step, bins)
    last = _bin(np.minimum(known.last[loose], int(window.last)), window, step, bins)
    last = np.maximum(first, last)
    weight = 1.0 / (last - first + 1)
    change = np.bincount(first, weight, bins + 1) - np.bincount(last + 1, weight, bins + 1)
    return sure, np.maximum(np.cumsum(change)[:bins], 0.0)


def _bin(days: Days, window: Window, step: float, bins: int) -> Ints:
    numbers: Ints = np.clip((days - window.first) / step, 0, bins - 1).astype(np.int64)
    return numbers
