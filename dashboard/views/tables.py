"""Every table of the store, page by page, under the same filters as the charts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from dash import html

from dashboard.charts import wording
from dashboard.charts.catalogue import Catalogue, Mask
from dashboard.charts.texts import Texts, texts
from dashboard.selection import Selection
from dashboard.views.parts import Part, link, table
from etl.schema import TABLES

ROWS = 20
_OPENS = ("event_id", "figure_id")  # columns whose ids open the evidence panel


def _kept(known: Catalogue, selection: Selection, name: str) -> Mask:
    """Return which rows of a table belong to the events, or else to the documents, of the view."""
    if name == "events":
        return known.matching(selection)
    of_events, of_documents = known.owned(name, selection)
    if name == "evidence":
        return of_events | of_documents
    by_event = "event_id" in getattr(known.tables, name).columns and name not in {"figures", "quotes"}
    return of_events if by_event else of_documents


def view(known: Catalogue, selection: Selection, t: Texts) -> list[Part]:
    """Return the tabs of all tables and one page of the chosen one."""
    name = selection.table if selection.table in TABLES else "events"
    tabs = []
    for each in TABLES:
        count = html.Span(str(len(getattr(known.tables, each))), className="count")
        current = {"attr_aria_current": "true"} if each == name else {}
        title = each.replace("_", " ")
        tabs.append(html.Li(link([t.note(title) or title, count], selection, class_name="tab", table=each, **current)))
    frame: pd.DataFrame = getattr(known.tables, name)
    kept = np.flatnonzero(_kept(known, selection, name)) if selection.filters else np.arange(len(frame))
    pages = max(1, -(-len(kept) // ROWS))
    page = min(selection.page, pages)
    part = frame.iloc[kept[(page - 1) * ROWS : page * ROWS]]
    columns = list(TABLES[name].columns)
    numeric = {i for i, column in enumerate(columns) if column.dtype in {"Int64", "Float64"}}
    rows = [[_cell(row[column.name], column.name, selection) for column in columns] for _, row in part.iterrows()]
    head = [html.Abbr(column.name, title=column.meaning) for column in columns]
    label = t("page_of", first=min(len(kept), (page - 1) * ROWS + 1), last=min(len(kept), page * ROWS), all=len(kept))
    turn = [
        link(t("page_previous"), selection, page=page - 1, class_name="button") if page > 1 else None,
        html.Span(label, className="soft"),
        link(t("page_next"), selection, page=page + 1, class_name="button") if page < pages else None,
    ]
    return [
        html.Ul(tabs, className="tabs"),
        html.P(t.note(TABLES[name].meaning) or TABLES[name].meaning, className="source"),
        table(head, rows, f"{name}: {label}", numeric=numeric),
        html.P(turn, className="turn"),
    ]


def _cell(value: Any, name: str, selection: Selection) -> Part:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 (NaN)
        return ""
    if name in _OPENS and value:
        return link(str(value), selection, selected=str(value))
    if isinstance(value, float):
        return wording.number(value, texts(selection.lang))
    return html.Bdi(wording.clip(str(value), 140))
