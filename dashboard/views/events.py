"""What stands around the timeline: the honest sentence, the legend, the equal table, and the empty states."""

from __future__ import annotations

import base64

import numpy as np
from dash import html

from dashboard.charts import wording
from dashboard.charts.catalogue import INFERRED, STATED, UNDATED, Catalogue, Ints
from dashboard.charts.lanes import kind_label, touching
from dashboard.charts.scale import Window
from dashboard.charts.texts import Texts
from dashboard.selection import QUALITIES, Selection
from dashboard.theme import SYMBOLS, Theme
from dashboard.views.parts import Part, link, note, table

LISTED, FEW = 100, 60  # rows of the table; from so many events on, some are drawn as clusters
_SHAPES = {
    "circle": '<circle cx="9" cy="9" r="6"/>',
    "diamond": '<path d="M9 1.5 16.5 9 9 16.5 1.5 9Z"/>',
    "square": '<path d="M3.5 3.5h11v11h-11Z"/>',
    "triangle-up": '<path d="M9 2.5 16 15H2Z"/>',
    "triangle-down": '<path d="M9 15.5 2 3h14Z"/>',
    "hexagon": '<path d="M5.5 3h7L16 9l-3.500 6h-7L2 9Z"/>',
    "pentagon": '<path d="M9 2 16 7.300 13.300 15.500H4.700L2 7.300Z"/>',
}


def honest(known: Catalogue, t: Texts) -> list[Part]:
    """Return the sentence that tells the quality of the dates before any chart does."""
    documents = known.tables.documents
    counts = np.bincount(known.quality, minlength=len(QUALITIES))
    said = t(
        "honest",
        documents=t.count("documents", int((documents["status"] != "failed").sum())),
        events=t.count("events", known.n),
        stated=int(counts[STATED]),
        inferred=int(counts[INFERRED]),
        unsure=int(counts[INFERRED + 1 :].sum()),
    )
    failed = int((documents["status"] == "failed").sum())
    extra = html.Span(t("failed", failed=failed, all=len(documents)), className="warning") if failed else None
    return [html.Span(said), extra]


def legend(known: Catalogue, theme: Theme, t: Texts) -> list[Part]:
    """Return the legend: shape and colour for the kind, form for the certainty."""
    kinds = sorted(known.kind_rank, key=lambda kind: known.kind_rank[kind])
    items = [
        (icon(_SHAPES[SYMBOLS[rank]], fill=theme.kinds[rank]), kind_label(kind, t))
        for rank, kind in enumerate(kinds[: len(SYMBOLS) - 1])
    ]
    if len(kinds) >= len(SYMBOLS):
        items.append((icon(_SHAPES[SYMBOLS[-1]], fill=theme.kinds[-1]), "…"))
    ink = theme.ink
    hollow = _SHAPES["circle"] + f'<circle cx="9" cy="9" r="1.500" fill="{ink}"/>'
    rail = f'<path d="M2 9h32" stroke-opacity=".5" stroke-width="3"/><path d="M2 3v12M34 3v12" stroke="{ink}"/>'
    dots = '<path d="M2 9h32" stroke-dasharray="1 4"/><path d="M3 4v10M13 4v10M23 4v10M33 4v10"/>'
    forms = [
        (icon(_SHAPES["circle"], fill=ink), t("legend_stated")),
        (icon(hollow, stroke=ink), t("legend_inferred")),
        (icon(rail, stroke=ink, width=36), t("legend_range")),
        (icon(dots, stroke=ink, width=36), t("legend_candidates")),
    ]
    if known.n > FEW:
        crowd = f'<circle cx="9" cy="9" r="7.500" stroke="{ink}"/><path d="M6 9h6M9 6v6" stroke="{ink}"/>'
        forms.append((icon(crowd), t("legend_cluster")))
    return [_items(items), _items(forms)]


def _items(items: list[tuple[str, str]]) -> html.Ul:
    return html.Ul([html.Li([html.Img(src=source, alt=""), text]) for source, text in items])


def icon(body: str, *, fill: str = "none", stroke: str = "none", width: int = 18) -> str:
    """Return a small drawing as a data URI."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="18" viewBox="0 0 {width} 18" '
    svg += f'fill="{fill}" stroke="{stroke}" stroke-width="2">{body}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def listed_title(known: Catalogue, selection: Selection, window: Window, t: Texts) -> str:
    """Return the heading of the table that equals the chart: how many events it has."""
    shown = touching(known, window) | (known.quality == UNDATED)
    return t("as_table", events=t.count("events", int(np.count_nonzero(known.matching(selection) & shown))))


def listed(known: Catalogue, selection: Selection, window: Window, t: Texts) -> list[Part]:
    """Return the table that equals the chart: the same events, in order of time, the undated ones last."""
    mask = known.matching(selection)
    inside = np.flatnonzero(mask & touching(known, window))
    undated = np.flatnonzero(mask & (known.quality == UNDATED))
    rows = np.concatenate([_earliest(known, inside), undated])[:LISTED]
    known.warm(rows)
    total = len(inside) + len(undated)
    shown = [known.event(int(row)) for row in rows]
    head = [t("column_event"), t("filter_kind"), t("column_date"), t("column_place")]
    body = [
        (
            link(html.Bdi(wording.clip(event["title"], 110)), selection, selected=event["event_id"]),
            kind_label(event["kind"], t),
            wording.date_sentence(event, t),
            html.Bdi(wording.clip(event["place"], 60)),
        )
        for event in shown
    ]
    caption = listed_title(known, selection, window, t)
    cut = html.P(t("table_cut", n=LISTED), className="source") if total > LISTED else None
    return [table(head, body, caption), cut]


def _earliest(known: Catalogue, rows: Ints) -> Ints:
    """Return the first rows in order of time, without sorting all of them."""
    days = known.begin[rows]
    if len(rows) > LISTED:
        part = np.argpartition(days, LISTED)[: LISTED + 1]
        rows, days = rows[part], days[part]
    return rows[np.lexsort((rows, days))]


def empty(t: Texts) -> html.Div:
    """Return the state of a corpus without documents: what a folder must hold, and what to run."""
    build = html.Code("dateline build FOLDER --out STORE")
    return note(t("empty_title"), [t("empty_text"), " ", build], [t("empty_sample"), " ", html.Code("dateline demo")])
