"""The search: people and places by name, texts by their words."""

from __future__ import annotations

from dash import html

from dashboard.charts import wording
from dashboard.charts.catalogue import Catalogue
from dashboard.charts.texts import Texts
from dashboard.selection import Selection
from dashboard.source import Source
from dashboard.views.parts import Part, link

HITS, NAMES = 12, 5


def results(source: Source, query: str, selection: Selection, t: Texts) -> list[Part]:
    """Return what matches the query, as links that set a filter or open the event told at the place."""
    words = " ".join(query.split())[:200]
    if not words:
        return []
    known = source.catalogue
    out: list[Part] = []
    for facet, field, title in (("person", "people", "search_people"), ("place", "places", "search_places")):
        names = [name for name in known.facet(facet).names if name and words.casefold() in name.casefold()]
        items = [
            html.Li(link(html.Bdi(name), selection, class_name="option", **{field: (name,)})) for name in names[:NAMES]
        ]
        if items:
            out += [html.P(t(title), className="group-title"), html.Ul(items)]
    hits = source.search(words, HITS)
    if hits:
        rows = []
        for hit in hits:
            event = event_at(known, hit.doc_id, hit.start)
            before, found, after = _parts(hit.snippet, hit.start, hit.end, known.tables.texts.get(hit.doc_id, ""))
            head = html.Strong(html.Bdi(wording.clip(hit.title or hit.doc_id, 70)))
            body = html.Span([before, html.Mark(found) if found else "", after], dir="auto", className="snippet")
            target = {"selected": event} if event else {"documents": (hit.doc_id,)}
            rows.append(html.Li(link([head, body], selection, class_name="option tall", **target)))
        out += [html.P(t("search_texts"), className="group-title"), html.Ul(rows)]
        if len(hits) == HITS:
            out.append(html.P(t("search_more", n=HITS), className="source"))
    return out or [html.P(t("search_none", query=words), className="source")]


def _parts(snippet: str, start: int, end: int, text: str) -> tuple[str, str, str]:
    """Split a snippet around the words that were found."""
    at = snippet.find(text[start:end]) if end > start else -1
    low = max(0, start - 80)
    if at >= 0 and snippet[start - low : end - low] == text[start:end]:
        at = start - low
    if at < 0:
        return snippet, "", ""
    return "…" + snippet[:at], snippet[at : at + end - start], snippet[at + end - start :] + "…"


def event_at(known: Catalogue, doc_id: str, place: int) -> str:
    """Return the event whose telling lies nearest to a place in a document, or "" when it tells none."""
    mentions = known.tables.event_mentions
    here = mentions[mentions["doc_id"] == doc_id]
    if here.empty:
        return ""
    distance = [
        (max(int(start) - place, place - int(end), 0), not main, event_id)
        for start, end, main, event_id in zip(
            here["start"], here["end"], here["main"].fillna(value=False), here["event_id"], strict=True
        )
    ]
    return str(min(distance)[2])
