"""At which event the quotes of a document were said and its figures reported."""

from __future__ import annotations

from bisect import bisect_right

from etl.model import Corpus, Span


def link(corpus: Corpus) -> dict[tuple[str, Span], str]:
    """Return (doc_id, span of a quote or figure) -> event id.

    It belongs to the event in whose telling it stands, unless the event is itself only spoken of in the
    quoted words; else to the main event of its document; to none when the document reports none.
    """
    tellings: dict[str, list[tuple[Span, Span, str]]] = {}
    main: dict[str, str] = {}
    for event in corpus.events:
        for doc_id, mention in event.mentions:
            tellings.setdefault(doc_id, []).append((mention.span, mention.trigger, event.event_id))
            if mention.main:
                main[doc_id] = event.event_id
    found: dict[tuple[str, Span], str] = {}
    for analysis in corpus.analyses:
        doc_id = analysis.document.doc_id
        rows = sorted(tellings.get(doc_id, ()))
        starts = [row[0].start for row in rows]
        for span in [*(quote.span for quote in analysis.quotes), *(figure.span for figure in analysis.figures)]:
            event_id = _around(span, rows[max(0, bisect_right(starts, span.end) - 6) : bisect_right(starts, span.end)])
            if event_id := event_id or main.get(doc_id, ""):
                found[doc_id, span] = event_id
    return found


def _around(span: Span, rows: list[tuple[Span, Span, str]]) -> str:
    """Return the event of the nearest telling that the words stand in, its trigger being outside them."""
    near = [
        (abs(trigger.start - span.start), event_id)
        for telling, trigger, event_id in rows
        if telling.overlaps(span) and not span.contains(trigger)
    ]
    return min(near)[1] if near else ""
