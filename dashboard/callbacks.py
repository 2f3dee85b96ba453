"""Translates between the URL and the page: a query becomes a selection, a selection becomes a region.

The script in ``assets/dateline.js`` copies to each region's store only those parts of the URL that the
region depends on, so a click on an event does not draw the tables again.
"""

from __future__ import annotations

import base64
import json
import logging
import mimetypes
from collections.abc import Callable
from typing import Any

import dash
from dash import Input, Output, State, html, no_update

from dashboard import export
from dashboard.charts import overview, timeline
from dashboard.charts.scale import window_of
from dashboard.charts.texts import Texts, texts
from dashboard.selection import Selection
from dashboard.source import Source
from dashboard.theme import of
from dashboard.views import evidence, filters, indicators, layout, search, tables
from dashboard.views.events import honest, legend, listed, listed_title
from dashboard.views.parts import Part, attrs, note
from dashboard.views.planting import packed, planted, tree
from etl.errors import DatelineError
from etl.writers import formats

log = logging.getLogger(__name__)
View = dict[str, Any] | None
Client = tuple[Selection, Texts, int]
NARROW, WIDE = 240, 2400  # widths in CSS pixels that we believe


def read(view: View, key: str = "width") -> Client:
    """Return the selection, texts and width that a region's store holds, whatever a client put there."""
    given = view if isinstance(view, dict) else {}
    selection = Selection.parse(str(given.get("query") or ""))
    if selection.theme == "auto":
        selection = selection.but(theme="dark" if given.get("dark") is True else "light")
    raw = given.get(key)
    width = raw if isinstance(raw, int | float) and raw == raw else 1100  # noqa: PLR0124 (NaN)
    return selection, texts(selection.lang), int(min(max(width, NARROW), WIDE))


def register(app: dash.Dash, source: Source) -> None:
    """Register every callback of the page."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        dash.ClientsideFunction("dateline", "route"),
        [Output(f"view-{name}", "data") for name in layout.REGIONS],
        Input("url", "search"),
        Input("client", "data"),
        Input("build", "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        dash.ClientsideFunction("dateline", "deliver"), Output("export-request", "data"), Input("export-answer", "data")
    )
    for name in layout.FIGURES:
        app.clientside_callback(  # type: ignore[no-untyped-call]
            dash.ClientsideFunction("dateline", f"draw{name.title()}"),
            Input(f"figure-{name}", "data"),
        )
    for name, outputs in _OUTPUTS.items():
        _region(app, source, outputs, REGIONS[name], name)
    _small_ones(app, source)


Render = Callable[[Source, View], list[Any]]


def _region(app: dash.Dash, source: Source, outputs: list[Output], render: Render, name: str) -> None:
    """Register the callback of one region; its first output is where it says that it could not be drawn."""

    @app.callback(outputs, Input(f"view-{name}", "data"), prevent_initial_call=True)
    def draw(view: View) -> Any:
        if not isinstance(view, dict):
            return [no_update] * len(outputs)
        try:
            return [
                planted(part) if output.component_property == "children" else part
                for output, part in zip(outputs, render(source, view), strict=True)
            ]
        except Exception:  # one region may fail; the page goes on
            log.exception("the region %s could not be drawn", name)
            broken = note(read(view)[1]("broken"), class_name="broken")
            first = broken if outputs[0].component_property == "children" else {"broken": tree(broken)}
            return [first, *[no_update] * (len(outputs) - 1)]


def _small_ones(app: dash.Dash, source: Source) -> None:
    @app.callback(
        Output("search-results", "children"),
        Output("search-results", "hidden"),
        Input("search", "value"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def find(words: str | None, query: str | None) -> tuple[list[Part], bool]:
        selection = Selection.parse(str(query or ""))
        found = search.results(source, str(words or ""), selection, texts(selection.lang))
        return planted(found), not found

    @app.callback(
        Output("build", "data"),
        Output("honest", "children"),
        Input("pulse", "n_intervals"),
        State("build", "data"),
        State("url", "search"),
    )
    def watch(_beats: int, shown: str, query: str | None) -> Any:
        if source.build == shown:
            return no_update, no_update
        t = texts(Selection.parse(str(query or "")).lang)
        return source.build, planted(honest(source.catalogue, t))

    @app.callback(
        Output("export-answer", "data"),
        Input("export-request", "data"),
        State("url", "search"),
        State("client", "data"),
        prevent_initial_call=True,
    )
    def save(request: View, query: str | None, client: View) -> Any:
        if not isinstance(request, dict):
            return no_update
        dark = isinstance(client, dict) and client.get("dark") is True
        selection, t, _ = read({"query": query, "dark": dark})
        return _saved(source, str(request.get("chart") or "timeline"), str(request.get("kind") or ""), selection, t)


# ------------------------------------------------------------------ regions
# What each region fills; where it has failed, the first output says so.
_OUTPUTS = {
    "timeline": [Output("figure-timeline", "data")],
    "controls": [Output("filters", "children"), Output("legend", "children"), Output("figure-overview", "data")],
    "listed": [Output("table-timeline", "children")],
    "evidence": [Output("evidence-body", "children")],
    "indicators": [Output("indicators-body", "children"), Output("export-chart", "children")],
    "tables": [Output("table-body", "children")],
}


def _timeline(source: Source, view: View) -> list[Any]:
    """Return what changes with the window: the lanes, and what is said about them."""
    selection, t, width = read(view)
    known = source.catalogue
    figure = timeline.spec(known.tables, selection, width=width)
    meta = figure["layout"]["meta"]
    meta["state"] = tree([_state(source, selection, t, meta["marks"])])
    meta["listed"] = listed_title(known, selection, window_of(selection, known, width), t)
    return [packed(figure)]


def _controls(source: Source, view: View) -> list[Any]:
    """Return what changes with lanes and filters, but not with the window."""
    selection, t, width = read(view)
    known = source.catalogue
    strip = overview.spec(known.tables, selection, width=width)
    return [filters.bar(known, selection, t), legend(known, of(selection.theme), t), strip]


def _listed(source: Source, view: View) -> list[Any]:
    selection, t, width = read(view)
    return [listed(source.catalogue, selection, window_of(selection, source.catalogue, width), t)]


def _state(source: Source, selection: Selection, t: Texts, marks: list[Any]) -> Part:
    known = source.catalogue
    if not known.n:
        return note(t("no_events"), t("no_events_text"), class_name="alone")
    if not known.matching(selection).any():
        return filters.nothing(known, selection, t)
    if known.span is None:
        return note(t("undated_title"), t("undated_text"))
    if not any(mark["axis"] == "x" for mark in marks):
        return note(t("window_empty"), html.Button(t("zoom_fit"), className="button", **attrs(data_do="fit")))
    return None


def _evidence(source: Source, view: View) -> list[Any]:
    selection, t, _ = read(view)
    return [evidence.panel(source.catalogue, selection, t)]


def _indicators(source: Source, view: View) -> list[Any]:
    selection, t, width = read(view, "card")
    options = [html.Option(title, value=key) for key, title in export.choices(source.catalogue, selection)[:60]]
    return [indicators.cards(source.catalogue, selection, t, width), options]


def _tables(source: Source, view: View) -> list[Any]:
    selection, t, _ = read(view)
    return [tables.view(source.catalogue, selection, t)]


# The ids of the elements that callbacks fill or read; every other one may be folded away.
KNOWN = frozenset(str(output.component_id) for outputs in _OUTPUTS.values() for output in outputs) | {
    "honest",
    "search",
    "search-results",
}
REGIONS: dict[str, Render] = {
    "timeline": _timeline,
    "controls": _controls,
    "listed": _listed,
    "evidence": _evidence,
    "indicators": _indicators,
    "tables": _tables,
}


def _saved(source: Source, chart: str, kind: str, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what the script is to save: a figure to draw as PNG or SVG, or the content of a file."""
    known = source.catalogue
    name = f"dateline-{chart.split('~', maxsplit=1)[0]}"[:80]
    try:
        if kind in {"png", "svg"}:
            figure = export.drawn(known.tables, chart, selection)
            return {"figure": json.loads(figure.to_json()), "kind": kind, "file": f"{name}.{kind}"}
        if kind == "pdf":
            content, suffix = export.image(export.drawn(known.tables, chart, selection), "pdf"), "pdf"
        elif kind == export.PAGE or kind in formats():
            content, suffix = export.data(known, selection, kind)
            name = "dateline-view"
        else:
            return {"error": t("export_failed", reason=kind[:20])}
    except DatelineError as error:
        return {"error": t("export_failed", reason=str(error))}
    mime = mimetypes.guess_type(f"x.{suffix}")[0] or "application/octet-stream"
    return {"content": base64.b64encode(content).decode(), "mime": mime, "file": f"{name}.{suffix}"}
