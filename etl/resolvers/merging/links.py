"""At which event the quotes of a document were said and its figures reported."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from etl.model import Corpus, Span

LOOK_BACK = 12  # tellings before a quote or figure that may be where it belongs


@dataclass(frozen=True, slots=True, order=True)
class _Told:
    """One telling of an event: where it stands, and the names of those who took part."""

    span: Span
    trigger: Span
    event_id: str
    names: frozenset[str]
    main: bool


def link(corpus: Corpus) -> dict[tuple[str, Span], str]:
    """Return (doc_id, span of a quote or figure) -> event id.

    It belongs to the event in whose telling it stands, unless the event is itself only spoken of in the
    quoted words; else to the event told last before it in which its speaker took part, if that is not the
    main one's; else to the main event of its document; to none when the document reports none.
    """
    told: dict[str, list[_Told]] = {}
    for event in corpus.events:
        names = frozenset(person.name for person in event.participants)
        for doc_id, mention in event.mentions:
            told.setdefault(doc_id, []).append(
                _Told(mention.span, mention.trigger, event.event_id, names, mention.main)
            )
    found: dict[tuple[str, Span], str] = {}
    for analysis in corpus.analyses:
        doc_id = analysis.document.doc_id
        rows = sorted(told.get(doc_id, ()))
        starts = [row.span.start for row in rows]
        main = next((row for row in rows if row.main), None)
        quotes = sorted((quote.span, quote.speaker) for quote in analysis.quotes)
        for span, speaker in [*quotes, *((figure.span, figure.speaker) for figure in analysis.figures)]:
            whole = _quote_of(span, quotes)
            end = bisect_right(starts, whole.end)
            near = rows[max(0, end - LOOK_BACK) : end]
            if event_id := _around(whole, near) or _of_speaker(speaker, near, main) or (main.event_id if main else ""):
                found[doc_id, span] = event_id
    return found


def _quote_of(span: Span, quotes: list[tuple[Span, str]]) -> Span:
    """Return the quote that the words stand in, which was said at one event, else the words themselves."""
    position = bisect_right(quotes, span.start, key=lambda pair: pair[0].start)
    before = quotes[position - 1][0] if position else span
    return before if before.contains(span) else span


def _around(span: Span, rows: list[_Told]) -> str:
    """Return the event of the nearest telling that the words stand in, its trigger being outside them."""
    near = [
        (abs(row.trigger.start - span.start), row.event_id)
        for row in rows
        if row.span.overlaps(span) and not span.contains(row.trigger)
    ]
    return min(near)[1] if near else ""


def _of_speaker(speaker: str, rows: list[_Told], main: _Told | None) -> str:
    """Return the event told last before the words in which their speaker took part, if the main one is not his."""
    if not speaker or (main is not None and speaker in main.names):
        return ""
    return next((row.event_id for row in reversed(rows) if speaker in row.names), "")
