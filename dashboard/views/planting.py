"""Turns a region into one component: Dash's renderer walks every component at every change of the page.

A table of a hundred rows is a thousand components, and a click then costs seconds.  So a region travels as a
tree of plain data in one attribute, tag, attributes and children, and ``assets/dateline.js`` grows the
elements with ``createElement`` and text nodes: document text can become nothing but text.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.views.parts import Part, attrs

_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "colSpan": "colspan",
    "maxLength": "maxlength",
}
_HTML = "dash_html_components"


def planted(part: Part, known: frozenset[str] = frozenset()) -> Part:
    """Return the same region with everything static in it folded into single components.

    ``known`` are the ids that callbacks fill or read: their elements stay components.
    """
    if part is None or isinstance(part, str | int | float):
        return part
    if _static(part, known) and not isinstance(part, html.Summary):
        return _plant(part)
    if isinstance(part, list | tuple):
        out: list[Part] = []
        # A summary stays the child of its box.
        for static, run in groupby(part, key=lambda each: _static(each, known) and not isinstance(each, html.Summary)):
            parts = list(run)
            out += [_plant(parts)] if static else [planted(each, known) for each in parts]
        return out
    part.children = planted(getattr(part, "children", None), known)
    return part


def _plant(part: Part) -> html.Div:
    return html.Div(
        className="planted", **attrs(data_tree=json.dumps(tree(part), ensure_ascii=False, separators=(",", ":")))
    )


def _static(part: Part, known: frozenset[str]) -> bool:
    """Tell whether a part holds nothing but HTML without an id that a callback knows."""
    if isinstance(part, list | tuple):
        return all(_static(each, known) for each in part)
    if not isinstance(part, Component):
        return True
    if part._namespace != _HTML or getattr(part, "id", None) in known:  # noqa: SLF001 (Dash has no other way)
        return False
    return _static(getattr(part, "children", None), known)


def tree(part: Part) -> Any:
    """Return a region as plain data, as short as it can be: a text, or [tag, attributes, child, ...].

    A list of parts has no tag, attributes are 0 when there are none, and a figure is a child that is an object.
    """
    if isinstance(part, list | tuple):
        return ["", 0, *[tree(each) for each in part if each is not None]]
    if not isinstance(part, Component):
        return "" if part is None else str(part)
    children = getattr(part, "children", None)
    inside = children if isinstance(children, list | tuple) else [] if children is None else [children]
    figure = getattr(part, "data-figure", None)
    drawn = [] if figure is None else [packed(figure)]
    return [str(part._type).lower(), attributes(part) or 0, *tree(inside)[2:], *drawn]  # noqa: SLF001


def packed(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure with its marks as one list per field, half as long when it travels."""
    layout, meta = figure["layout"], figure["layout"]["meta"]
    marks = meta["marks"]
    columns = {name: [mark[name] for mark in marks] for name in marks[0]} if marks else {"id": []}
    return {**figure, "layout": {**layout, "meta": {**meta, "marks": columns}}}


def attributes(part: Component) -> dict[str, str]:
    """Return the attributes of a component by their names in HTML, without its figure."""
    props: dict[str, Any] = dict(part.to_plotly_json()["props"])  # type: ignore[no-untyped-call]
    return {
        _NAMES.get(name, name): _text(value)
        for name, value in props.items()
        if name not in {"children", "data-figure"} and value is not None and value is not False
    }


def _text(value: Any) -> str:
    """Return an attribute as HTML writes it; a style as its declarations."""
    if isinstance(value, dict):
        return ";".join(f"{name}:{each}" for name, each in value.items())
    return "" if value is True else str(value)
