"""The overview strip: how many events lie where, over the whole span, whatever the window is.

An event that is sure of its day counts where it stands; an unsure one is spread evenly over its possible
days and drawn in outline above the sure ones.  The window on the strip is the page's, not the chart's.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.charts.base import Figure, Meta, axis, bare, go
from dashboard.charts.catalogue import INFERRED, UNDATED, Catalogue, Ints, Tables, catalogue
from dashboard.charts.scale import Window, ticks, window_of
from dashboard.charts.texts import texts
from dashboard.selection import Selection
from dashboard.theme import alpha, of

META = Meta("overview", 0, "overview")
HEIGHT, AXIS, BIN = 46, 22, 6  # pixels: strip, labels below, one bin


def figure(tables: Tables, selection: Selection, *, width: int = 1100) -> Figure:
    """Return the density of events over the whole span; ``layout.meta`` holds the extent and the window."""
    known, t, theme = catalogue(tables), texts(selection.lang), of(selection.theme)
    full = whole(known, width)
    shown = window_of(selection, known, width)
    sure, unsure = density(known, selection, full)
    edges = np.linspace(full.first, full.last, len(sure) + 1)
    xs = np.repeat(edges, 2)[1:-1].tolist()
    colour = theme.kinds[-1]
    out = go.Figure(layout=bare(theme, width, HEIGHT + AXIS))
    for values, fill, line in (
        (sure + unsure, alpha(colour, 0.25), alpha(colour, 0.7)),
        (sure, alpha(theme.kinds[0], 0.85), theme.kinds[0]),
    ):
        ys = np.repeat(np.sqrt(values), 2).tolist()
        stroke = {"width": 1, "color": line}
        out.add_trace(
            go.Scatter(x=xs, y=ys, mode="lines", fill="tozeroy", fillcolor=fill, line=stroke, hoverinfo="skip")
        )
    top = float(np.sqrt(max((sure + unsure).max(), 1.0))) * 1.15
    places = [tick for tick in ticks(full, t) if full.first <= tick[0] <= full.last]
    labels = {"tickmode": "array", "tickvals": [x for x, _ in places], "ticktext": [text for _, text in places]}
    out.update_layout(
        margin_b=AXIS,
        xaxis=axis(theme, range=[full.first, full.last], **labels),
        yaxis=axis(theme, range=[0, top], showticklabels=False),
        meta={"from": full.first, "to": full.last, "window": [shown.first, shown.last]},
    )
    out.add_shape(type="line", xref="paper", x0=0, x1=1, y0=0, y1=0, line={"color": theme.soft, "width": 1})
    return out


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


def _bin(days: Ints, window: Window, step: float, bins: int) -> Ints:
    numbers: Ints = np.clip((days - window.first) / step, 0, bins - 1).astype(np.int64)
    return numbers
