"""Rows of events, of their tellings, and of who took part."""

from __future__ import annotations

from collections.abc import Iterator

from etl.model import Corpus, Event, EventMention, Evidence, Participant, Span, stable_id
from etl.tables.rows import Row, Rows, date_cells, span_cells


def add_events(rows: Rows, corpus: Corpus) -> None:
    """Add the rows of all events; the quotes and figures that name them must be there already."""
    for event in corpus.events:
        if not event.mentions:
            continue
        said_at = rows.said_at
        counts = {"n_quotes": said_at["quotes", event.event_id], "n_figures": said_at["figures", event.event_id]}
        _add_event(rows, event, counts)
        for doc_id, mention in event.mentions:
            _add_mention(rows, event, doc_id, mention)
        for person, doc_id, telling in _participants(event):
            _add_participant(rows, event, person, doc_id, telling)


def _add_event(rows: Rows, event: Event, counts: Row) -> None:
    doc_id, first = event.mentions[0]
    cells = span_cells(doc_id, rows.texts[doc_id], first.span, first.rule)
    cells |= {name: getattr(event, name) for name in ("event_id", "kind", "title", "status", "place", "place_id")}
    cells |= {
        "participants": "; ".join(person.name for person in event.participants),
        "participant_ids": "; ".join(person.person_id for person in event.participants),
        "main": any(mention.main for _, mention in event.mentions),
        "n_documents": len({doc for doc, _ in event.mentions}),
    }
    rows.add("events", "event_id", cells | counts | date_cells(event.dating), _reasons(event))


def _reasons(event: Event) -> list[Evidence]:
    """Return where the event is told, then why it has its date, then why its tellings were merged."""
    doc_id, first = event.mentions[0]
    told = Evidence("text", first.rule, f"These words tell of it: {event.kind}.", first.trigger, doc_id=doc_id)
    dated = event.dating.evidence if event.dating else ()
    return [told, *first.evidence, *dated, *event.evidence]


def _add_mention(rows: Rows, event: Event, doc_id: str, mention: EventMention) -> None:
    cells = span_cells(doc_id, rows.texts[doc_id], mention.span, mention.rule)
    where = (doc_id, mention.span.start, mention.span.end, mention.trigger.start, mention.kind)
    cells |= {"mention_id": stable_id("telling", *where), "event_id": event.event_id, "kind": mention.kind}
    cells |= {"status": mention.status, "place": mention.place, "main": mention.main}
    cells |= {"trigger_start": mention.trigger.start, "trigger_end": mention.trigger.end}
    told = Evidence("text", mention.rule, f"This word tells of it: {mention.kind}.", mention.trigger)
    dated = mention.dating.evidence if mention.dating else ()
    cells |= date_cells(mention.dating)
    rows.add("event_mentions", "mention_id", cells, [told, *mention.evidence, *dated])


def _participants(event: Event) -> Iterator[tuple[Participant, str, Span | None]]:
    """Yield who took part, the document that says so first, and the words there (None: only the event knows)."""
    said: dict[str, tuple[str, Span]] = {}
    for doc_id, mention in event.mentions:
        for person in mention.participants:
            said.setdefault(person.person_id or person.name, (doc_id, person.span))
    for person in event.participants:
        doc_id, span = said.get(person.person_id or person.name, (event.mentions[0][0], None))
        yield person, doc_id, span


def _add_participant(rows: Rows, event: Event, person: Participant, doc_id: str, words: Span | None) -> None:
    span = words or event.mentions[0][1].span
    cells = span_cells(doc_id, rows.texts[doc_id], span, person.rule)
    part = stable_id("part", event.event_id, person.person_id or person.name, person.role)
    cells |= {"participant_id": part, "event_id": event.event_id, "person_id": person.person_id}
    rows.add("participants", "participant_id", cells | {"name": person.name, "role": person.role})
