"""The evidence panel: what the event is, why it stands at its date, and the words that say so."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts import wording
from dashboard.charts.catalogue import Catalogue
from dashboard.charts.lanes import document_name, kind_label
from dashboard.charts.texts import Texts
from dashboard.selection import Selection
from dashboard.selection.names import indicator_name
from dashboard.views import highlight
from dashboard.views.parts import Part, attrs, link, note, quoted

Row = dict[str, Any]
DOCUMENTS, LISTED = 4, 12  # source texts and quotes shown


def panel(known: Catalogue, selection: Selection, t: Texts) -> list[Part]:
    """Return the panel for the selected event or figure, or what to do when there is none."""
    if not selection.selected:
        return [note(t("evidence_empty"), t("evidence_empty_more"), class_name="hint")]
    if (row := known.row(selection.selected)) >= 0:
        return _event(known, known.event(row), selection, t)
    figures = known.tables.figures
    found = figures[figures["figure_id"] == selection.selected]
    if found.empty:
        return [_close(selection, t), note(t("evidence_gone"))]
    return _figure(known, _rows(found)[0], selection, t)


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _close(selection: Selection, t: Texts) -> html.A:
    return link("×", selection, class_name="close", selected="", whole=False, attr_aria_label=t("close"))


def _event(known: Catalogue, event: Row, selection: Selection, t: Texts) -> list[Part]:
    tables, event_id = known.tables, event["event_id"]
    tellings = _rows(tables.event_mentions[tables.event_mentions["event_id"] == event_id]) or [event]
    status = t.get(f"status_{event['status']}", event["status"])
    facts: list[Part] = []
    people = [name for name in event["participants"].split("; ") if name]
    if people:
        names = [link(html.Bdi(name), selection, people=(name,), class_name="chip") for name in people[:30]]
        facts += [html.Dt(t("participants")), html.Dd(names)]
    if event["place"]:
        place = link(html.Bdi(event["place"]), selection, places=(event["place"],), class_name="chip")
        facts += [html.Dt(t("place")), html.Dd(place)]
    return [
        _close(selection, t),
        html.P(t("event_meta", kind=kind_label(event["kind"], t), status=status), className="kicker"),
        html.H3(html.Bdi(event["title"]), id="evidence-title", tabIndex=-1),
        html.P(wording.date_sentence(event, t), className="lead"),
        html.Dl(facts, className="facts") if facts else None,
        html.H4(t("why")),
        funnel(clues(known, event, tellings), known, t),
        _document_date(known, event, t),
        *_sources(known, event, tellings, selection, t),
        *_quotes(known, tables.quotes[tables.quotes["event_id"] == event_id], t),
        *_figures(tables.figures[tables.figures["event_id"] == event_id], selection, t),
        _actions(known, event, tellings[0], t),
    ]


def _figure(known: Catalogue, figure: Row, selection: Selection, t: Texts) -> list[Part]:
    label = indicator_name(figure["indicator"], t.lang) if figure["indicator"] else figure["indicator_label"]
    said = ", ".join(filter(None, dict.fromkeys([figure["attributed_to"], figure["speaker"]])))
    event = known.row(figure["event_id"])
    title = [link(known.event(event)["title"], selection, selected=figure["event_id"])] if event >= 0 else []
    reasons = chain_of(known, "figures", figure["figure_id"])
    return [
        _close(selection, t),
        html.P(label, className="kicker"),
        html.H3(wording.figure_label(figure, t), id="evidence-title", tabIndex=-1),
        html.P([wording.period_label(wording.period_of(figure), t), f" · {said}" if said else ""], className="lead"),
        html.P(title) if title else None,
        *([html.H4(t("source_of")), funnel(reasons, known, t)] if reasons else []),
        *_sources(known, figure, [figure], selection, t),
        _actions(known, {"title": label, "event_id": figure["figure_id"]}, figure, t),
    ]


# ------------------------------------------------------------------ why this date
def clues(known: Catalogue, event: Row, tellings: list[Row]) -> list[Row]:
    """Return the chain of reasons for the event's date: its own, else its telling's."""
    owners = [("events", event["event_id"])]
    owners += [("event_mentions", str(telling.get("mention_id", ""))) for telling in tellings]
    chains = (chain_of(known, table, owner) for table, owner in owners)
    return next(filter(None, chains), [])


def chain_of(known: Catalogue, table: str, owner: str) -> list[Row]:
    """Return the reasons for one row in order of use."""
    evidence = known.tables.evidence
    found = evidence[(evidence["owner_id"] == owner) & (evidence["owner_table"] == table)]
    return _rows(found.sort_values("step"))


def _document_date(known: Catalogue, event: Row, t: Texts) -> Part:
    """Return how the document itself is dated: an event without a date of its own hangs on that."""
    reasons = chain_of(known, "documents", event["doc_id"])
    documents = known.tables.documents
    found = documents[documents["doc_id"] == event["doc_id"]]
    if not reasons or found.empty or event["basis"] == "explicit":
        return None
    said = t("document_dated", date=wording.date_sentence(_rows(found)[0], t))
    return html.Details([html.Summary(said), funnel(reasons, known, t)], open=True, className="nested")


def funnel(reasons: list[Row], known: Catalogue, t: Texts) -> Part:
    """Return the clues in order of use, each with its words, its source and the days that it left."""
    if not reasons:
        return html.P(t("why_none"), className="quiet-text")
    return html.Ol([_clue(reason, known, t) for reason in reasons[:40]], className="funnel")


def _clue(reason: Row, known: Catalogue, t: Texts) -> html.Li:
    left = wording.filled(reason["days_left"])
    kind = str(reason["kind"])
    tags: list[Part] = [html.Span(t.get(f"clue_{kind}", kind), className=f"tag tag-{kind}")]
    if not bool(reason["verified"]):
        tags.append(html.Span(t("unverified"), className="tag tag-unverified"))
    words = quoted(wording.clip(str(reason["exact"]), 160)) if reason["exact"] else None
    where = document_name(known, str(reason["doc_id"])) if reason["doc_id"] and kind == "corpus" else ""
    source = " · ".join(filter(None, [str(reason["source"]), where]))
    share = 100.0 if left is None else max(2.0, min(100.0, math.log1p(left) / math.log1p(40000) * 100))
    text = t("still_open") if left is None else t.count("days_left", int(left))
    said, lang = wording.readable(str(reason["note"]), t)
    return html.Li(
        [
            html.Div([*tags, html.Span(text, className="left")], className="clue-head"),
            html.Div(html.Div(style={"width": f"{share:.1f}%"}), className="days", **attrs(aria_hidden="true")),
            html.P([html.Span(said, lang=lang) if lang != t.lang else said, " ", words]),
            html.P(source, className="source") if source else None,
        ],
        className=f"clue clue-{kind}",
    )


# ------------------------------------------------------------------ the words themselves
def _sources(known: Catalogue, owner: Row, tellings: list[Row], selection: Selection, t: Texts) -> list[Part]:
    """Return the source documents with their marks, the document that tells most first."""
    by_doc: dict[str, list[tuple[int, int]]] = {str(owner["doc_id"]): []}
    for telling in tellings:
        by_doc.setdefault(str(telling["doc_id"]), []).append((int(telling["start"]), int(telling["end"])))
    names = {kind: t(f"mark_{kind}") for kind in ("date", "person", "figure", "quote")}
    key = [html.Mark(names[kind], className=f"m-{kind}") for kind in names]
    out: list[Part] = [html.H4(t("sources")), html.P(key, className="mark-key")]
    for doc_id, spans in list(by_doc.items())[:DOCUMENTS]:
        text = known.tables.texts.get(doc_id, "")
        shown = highlight.windows(len(text), spans, whole=selection.whole)
        marks = highlight.marks_of(known.tables, doc_id, spans)
        body = highlight.marked(text, marks, shown, names)
        lang = _language(known, doc_id)
        title = document_name(known, doc_id)
        out += [
            html.H5(html.Bdi(wording.clip(title, 160))),
            html.Blockquote(
                html.Div(body, dir="auto"), className="source-text", lang=lang, tabIndex=0, role="region", title=None,
                **attrs(aria_label=wording.clip(title, 160)),
            ),
        ]  # fmt: skip
        places = ", ".join(t("characters", start=start, end=end) for start, end in sorted(spans)[:6])
        cut = shown != [(0, len(text))]
        toggle: Part = None
        if cut or (selection.whole and len(text) > highlight.LONG):
            toggle = link(t("whole_text" if cut else "less_text"), selection, whole=cut)
        out.append(html.P([places, " · " if toggle and places else "", toggle], className="source"))
    if len(by_doc) > DOCUMENTS:
        out.append(html.P(t("and_more", n=len(by_doc) - DOCUMENTS), className="source"))
    return out


def _language(known: Catalogue, doc_id: str) -> str:
    documents = known.tables.documents
    found = documents.loc[documents["doc_id"] == doc_id, "lang"]
    return str(found.iloc[0]) if len(found) and found.iloc[0] else "und"


def _quotes(known: Catalogue, quotes: pd.DataFrame, t: Texts) -> list[Part]:
    if quotes.empty:
        return []
    items = []
    for quote in _rows(quotes.head(LISTED)):
        who = quote["speaker"] or t("unknown_speaker")
        words = html.P(html.Bdi(f"“{wording.clip(quote['exact'], 420)}”"), dir="auto")
        foot = html.Footer(["— ", html.Bdi(who)])
        items.append(html.Li(html.Blockquote([words, foot], lang=_language(known, quote["doc_id"]))))
    more = len(quotes) - len(items)
    tail = [html.P(t("and_more", n=more), className="source")] if more else []
    return [html.H4(f"{t('quotes_here')} ({len(quotes)})"), html.Ul(items, className="quotes"), *tail]


def _figures(figures: pd.DataFrame, selection: Selection, t: Texts) -> list[Part]:
    if figures.empty:
        return []
    items = []
    for row in _rows(figures.head(LISTED * 2)):
        label = indicator_name(row["indicator"], t.lang) if row["indicator"] else row["indicator_label"]
        said = row["attributed_to"] or row["speaker"]
        value = link(wording.figure_label(row, t), selection, selected=row["figure_id"])
        rest = " · ".join(filter(None, [label, wording.period_label(wording.period_of(row), t), said]))
        items.append(html.Li([value, html.Span(f"  {rest}", className="soft")]))
    return [html.H4(f"{t('figures_here')} ({len(figures)})"), html.Ul(items, className="figures")]


def _actions(known: Catalogue, owner: Row, telling: Row, t: Texts) -> html.P:
    """Return the buttons that copy the citation, with offsets, and the link that reopens exactly this."""
    citation = t(
        "citation",
        title=owner["title"],
        date=wording.date_sentence(owner, t) if "edtf" in owner else "",
        document=document_name(known, str(telling["doc_id"])),
        start=int(telling["start"]),
        end=int(telling["end"]),
        quote=wording.clip(str(telling["exact"]), 300),
        build=known.tables.manifest.get("build", ""),
        id=owner["event_id"],
    )
    buttons = [
        html.Button(t("copy_citation"), type="button", **attrs(data_copy=citation)),
        html.Button(t("copy_link"), type="button", **attrs(data_copy="href")),
    ]
    return html.P(buttons, className="actions")
