"""The small parts that every region uses: links that change the view, tables, notes, quotations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from dash import html

from dashboard.selection import KEYS, Selection

Part = Any  # a Dash component, text, or a list of them


def link(children: Part, selection: Selection, *, class_name: str = "", **changes: Any) -> html.A:
    """Return a link to the view with these changes.

    The script applies only the changes to the current address, so a link stays right while other parts
    of the view move on; without the script, or in a new tab, the full address does.
    """
    attributes = {name[5:]: str(changes.pop(name)) for name in list(changes) if name.startswith("attr_")}
    target = selection.but(**changes)
    patch = {KEYS[name]: _texts(getattr(target, name), name) for name in {*changes, "page"} if name in KEYS}
    if target.page == selection.page and "page" not in changes:
        patch.pop("page", None)
    return html.A(
        children,
        href=target.query() or "?",
        className=class_name or None,
        **attrs(data_set=json.dumps(patch, sort_keys=True), **attributes),
    )


def chart(figure: dict[str, Any]) -> html.Div:
    """Return the place where ``assets/drawing.js`` draws a figure."""
    place: dict[str, Any] = {"data-figure": figure}
    return html.Div(className="chart", **place)


def attrs(**named: str) -> dict[str, Any]:
    """Return HTML attributes from Python names: aria_label becomes aria-label."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def _texts(value: Any, name: str) -> list[str]:
    default = Selection.__dataclass_fields__[name].default
    if value == default:
        return []
    return [str(v) for v in value] if isinstance(value, tuple) else ["1" if value is True else str(value)]


def note(title: Part, *body: Part, class_name: str = "") -> html.Div:
    """Return a designed state: a short title and what to do."""
    return html.Div(
        [html.P(title, className="note-title"), *[html.P(part) for part in body]], className=f"note {class_name}"
    )


def table(
    head: Sequence[Part], rows: Iterable[Sequence[Part]], caption: str, *, numeric: set[int] | None = None
) -> html.Div:
    """Return a table that scrolls sideways inside its own focusable region."""
    right = numeric or set()
    cells = [
        html.Tr([html.Td(cell, className="number" if i in right else None) for i, cell in enumerate(row)])
        for row in rows
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="quiet"),
                html.Thead(html.Tr([html.Th(name, scope="col") for name in head])),
                html.Tbody(cells),
            ]
        ),
        className="scroll",
        tabIndex=0,
        role="region",
        **attrs(aria_label=caption),
    )


def quoted(text: str, lang: str = "") -> html.Q:
    """Return words from a document, isolated from the direction and language of the page."""
    return html.Q(html.Bdi(text), lang=lang or None)
