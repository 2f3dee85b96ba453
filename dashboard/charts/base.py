"""What all charts share: their metadata, the bare layout, and the caption of an exported image."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

from dashboard.theme import SANS, Theme

# Plotly resolves its classes while it runs, where no type checker can follow; these two names stand for them.
go: Any = import_module("plotly.graph_objects")
Figure: TypeAlias = Any

# Every graph on the page: no modebar (it is ten tab stops), no upload to a cloud, no logo, no MathJax.
CONFIG: Any = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": False,
}
STATIC: Any = {**CONFIG, "staticPlot": True}
# What stands in a chart's place until it is drawn: nothing, in any colour of page.
_HIDDEN = {"visible": False}
_CLEAR = "rgba(0,0,0,0)"
BLANK: Any = {
    "data": [],
    "layout": {"xaxis": _HIDDEN, "yaxis": _HIDDEN, "paper_bgcolor": _CLEAR, "plot_bgcolor": _CLEAR, "height": 60},
}


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a chart before it is drawn."""

    id: str
    order: int
    title: str  # key of the interface text


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around an exported image."""

    title: str
    filters: str
    legend: tuple[str, ...]  # entries that are not broken; they may hold markup of our own
    sources: str
    made: str


def bare(theme: Theme, width: int, height: int) -> Any:
    """Return a layout without decoration, of a fixed size in CSS pixels."""
    return go.Layout(
        width=width,
        height=height,
        autosize=False,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor=theme.paper,
        plot_bgcolor=theme.paper,
        font={"family": SANS, "size": 12, "color": theme.ink},
        showlegend=False,
        hovermode="closest",
        hoverdistance=14,
        hoverlabel={
            "bgcolor": theme.paper,
            "bordercolor": theme.soft,
            "font": {"family": SANS, "size": 13, "color": theme.ink},
            "align": "left",
            "namelength": 0,
        },
        dragmode=False,
        template=None,
    )


def axis(theme: Theme, **changes: Any) -> dict[str, Any]:
    """Return an axis without line, zero line, automatic range or tick marks."""
    plain: dict[str, Any] = {
        "showline": False,
        "zeroline": False,
        "showgrid": False,
        "fixedrange": True,
        "ticks": "",
        "tickfont": {"color": theme.soft, "size": 12},
        "automargin": False,
    }
    return plain | changes


def captioned(figure: Figure, caption: Caption, theme: Theme) -> Figure:
    """Return a copy of the figure for export, with title and filter sentence above, legend and sources below."""
    out = go.Figure(figure)
    width, pad = int(out.layout.width), 28
    columns = max(30, int(width / 6.4))
    below = _joined(caption.legend, columns)
    below += [line for text in (caption.sources, caption.made) for line in _wrapped(text, columns)]
    above = _wrapped(caption.filters, columns)
    title = _wrapped(caption.title, max(20, int(width / 11)))
    top = 26 + 28 * len(title) + 18 * len(above) + int(out.layout.margin.t or 0)
    old_bottom = int(out.layout.margin.b or 0)
    bottom = old_bottom + 18 + 17 * len(below) + 10
    height = int(out.layout.height) + top + bottom - old_bottom - int(out.layout.margin.t or 0)
    left, right = int(out.layout.margin.l or 0) + pad, int(out.layout.margin.r or 0) + pad
    out.update_layout(
        width=width + 2 * pad, height=height, margin={"l": left, "r": right, "t": top, "b": bottom}, dragmode=False
    )
    plot = height - top - bottom
    notes = [("<br>".join(f"<b>{line}</b>" for line in title), 22, theme.ink, 1 + (top - 14) / plot, "top")]
    notes.append(("<br>".join(above), 13, theme.soft, 1 + (top - 18 - 28 * len(title)) / plot, "top"))
    notes.append(("<br>".join(below), 12, theme.soft, -(old_bottom + 14) / plot, "top"))
    for text, size, colour, y, anchor in notes:
        out.add_annotation(
            text=text,
            xref="paper",
            yref="paper",
            x=0,
            y=y,
            xshift=pad - left,
            xanchor="left",
            yanchor=anchor,
            align="left",
            showarrow=False,
            font={"size": size, "color": colour},
        )
    return out


def _joined(entries: tuple[str, ...], columns: int) -> list[str]:
    """Return the entries side by side in lines of at most so many visible characters."""
    lines: list[str] = []
    room = 0
    for entry in entries:
        size = len(re.sub(r"<[^<>]*>", "", entry)) + 4
        if lines and size <= room:
            lines[-1] += "\u2003" + entry
            room -= size
        else:
            lines.append(entry)
            room = columns - size
    return lines


def _wrapped(text: str, columns: int) -> list[str]:
    """Return the text in lines of at most so many characters, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) + 1 <= columns:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
