"""What all charts share: their metadata, the bare layout, and the caption of an exported image."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

from dashboard.charts import wording
from dashboard.theme import SANS, Theme

# Plotly resolves its classes while it runs, where no type checker can follow; these two names stand for them.
go: Any = import_module("plotly.graph_objects")
Figure: TypeAlias = Any


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


def bare(theme: Theme, width: int, height: int) -> dict[str, Any]:
    """Return a layout without decoration, of a fixed size in CSS pixels."""
    font = {"family": SANS, "size": 12, "color": theme.ink}
    note: dict[str, Any] = {
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "bgcolor": theme.paper,
    }
    note["font"] = {"size": 12}
    return {
        "width": width,
        "height": height,
        "autosize": False,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "font": font,
        "showlegend": False,
        "dragmode": False,
        "template": {"layout": {"annotationdefaults": note}},
    }


def scatter(xs: Iterable[float | None], ys: Iterable[float | None], **more: Any) -> dict[str, Any]:
    """Return a trace that takes no part in hovering, its coordinates rounded to what a screen can show."""
    points = {"x": [_short(x) for x in xs], "y": [_short(y) for y in ys]}
    return {"type": "scatter", **points, "hoverinfo": "skip", **more}


def _short(value: float | None) -> float | None:
    """Return a coordinate with four decimals: a pixel of the narrowest window is a two-hundredth of a day."""
    return None if value is None else round(float(value), 4)


def marked(spec: dict[str, Any]) -> Figure:
    """Return a chart's figure with the invisible traces through which it previews its marks outside of the dashboard.

    The dashboard's own page draws the bare figure and takes the previews from ``layout.meta["marks"]``.
    """
    marks = spec["layout"]["meta"]["marks"]
    axes = sorted({mark["axis"] for mark in marks})
    out = go.Figure({**spec, "data": spec["data"] + [_previews(marks, axis) for axis in axes]})
    look = {"bgcolor": out.layout.paper_bgcolor, "font_size": 13, "align": "left", "namelength": 0}
    return out.update_layout(hovermode="closest", hoverdistance=14, hoverlabel=look)


def _previews(marks: Sequence[Mapping[str, Any]], xaxis: str) -> dict[str, Any]:
    spots = [
        (x, y, mark["id"], "<br>".join(_lines(mark)))
        for mark in marks
        if mark["axis"] == xaxis
        for x, y in mark["spots"] or [(mark["x"], mark["y"])]
    ]
    out = scatter([x for x, *_ in spots], [y for _, y, *_ in spots], mode="lines", line={"width": 0}, name="hits")
    shown = {"hovertext": [told for *_, told in spots], "hovertemplate": "%{hovertext}<extra></extra>"}
    return out | shown | {"hoverinfo": "text", "customdata": [name for *_, name, _ in spots], "xaxis": xaxis}


def _lines(mark: Mapping[str, Any]) -> Iterator[str]:
    """Return the preview of a mark, at most three lines, every word of a document escaped."""
    yield f"<b>{wording.plain(mark['title'])}</b>"
    yield wording.plain(mark["date"])
    if mark["more"]:
        yield f"<i>{wording.plain(mark['more'])}</i>"


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
