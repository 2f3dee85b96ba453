"""The JSON-lines protocol of ``dateline extract``: one request object in, one answer object out.

Request ``{"id", "text", "dct": "YYYY-MM-DD" | null, "lang"?}``.  The answer's shape is kept stable, other
programs rely on it; an open bound is null, offsets count code points, speakers and participants are
canonical names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from etl import pipeline
from etl.dayset import DaySet
from etl.languages import guess
from etl.lexicon import Lexicon
from etl.model import Dating, Document, Event, Figure, PersonMention, Quote, Timex

Answer = dict[str, Any]


def answer(request: Mapping[str, Any], lexicon: Lexicon) -> Answer:
    """Return the answer to one request; TypeError or ValueError when the request is not one."""
    text = _text(request)
    dct = request.get("dct")
    document = Document(
        doc_id=str(request.get("id")),
        text=text,
        lang=str(request.get("lang") or guess(text)),
        name=str(request.get("id")),
        dct=DaySet.of(date.fromisoformat(dct)) if dct else None,
    )
    analysis = pipeline.analyse(document, lexicon)
    corpus = pipeline.combine([analysis], lexicon)
    return {
        "id": request.get("id"),
        "dating": dating_of(analysis.dating),
        "timexes": [_timex(timex) for timex in analysis.timexes],
        "figures": [_figure(figure) for figure in analysis.figures if not figure.derived_from],
        "quotes": [_quote(quote) for quote in analysis.quotes],
        "people": [_person(mention) for mention in analysis.people if mention.name],
        "events": [_event(event) for event in corpus.events],
    }


def _text(request: object) -> str:
    text = request.get("text") if isinstance(request, dict) else None
    if not isinstance(text, str):
        raise TypeError('a request is an object like {"id": "a", "text": "...", "dct": "2024-10-09"}')
    return text


def reply(line: bytes, lexicon: Lexicon) -> tuple[bytes, bool]:
    """Return the answer line to one request line, and whether it is an answer rather than an error.

    Whatever the line holds, exactly one line comes back; ``id`` is null when the request states none.
    """
    said: Answer = {"id": None}
    try:
        request = json.loads(line)
        if isinstance(request, dict):
            said["id"] = request.get("id")
        said = answer(request, lexicon)
    except RecursionError:
        said["error"] = "the request is nested too deeply"
    except Exception as error:  # noqa: BLE001  # one document must never stop the others
        said["error"] = f"{type(error).__name__}: {error}"
    return _encoded(said), "error" not in said


def _encoded(said: Answer) -> bytes:
    try:
        return json.dumps(said, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # half characters that JSON can escape and UTF-8 cannot hold
        return json.dumps(said).encode("ascii")


def dating_of(dating: Dating | None) -> Answer:
    """Return a date claim as the protocol writes it."""
    if dating is None:
        return dict.fromkeys(("earliest", "latest", "likely_earliest", "likely_latest", "best", "edtf", "basis"))
    likely = dating.likely or dating.days
    return {
        "earliest": _iso(dating.days.earliest),
        "latest": _iso(dating.days.latest),
        "likely_earliest": _iso(likely.earliest),
        "likely_latest": _iso(likely.latest),
        "best": _iso(dating.best),
        "edtf": dating.days.edtf() or None,
        "basis": dating.basis,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _timex(timex: Timex) -> Answer:
    days = timex.dating.days if timex.dating else DaySet()
    return {
        "start": timex.span.start,
        "end": timex.span.end,
        "type": timex.type,
        "value": timex.value,
        "mod": timex.mod,
        "earliest": _iso(days.earliest),
        "latest": _iso(days.latest),
        "basis": timex.dating.basis if timex.dating else None,
        "rule": timex.rule,
    }


_FIGURE = (
    *("value", "value_min", "value_max", "unit", "currency", "qualifier", "direction", "transformation"),
    *("indicator", "indicator_label", "time_period", "attributed_to", "statistical_kind", "obs_status", "speaker"),
)


def _figure(figure: Figure) -> Answer:
    fields = {name: getattr(figure, name) for name in _FIGURE}
    days = figure.period.days if figure.period else DaySet()
    bounds = {"earliest": _iso(days.earliest), "latest": _iso(days.latest)}
    return {"start": figure.span.start, "end": figure.span.end, **fields, **bounds, "rule": figure.rule}


def _quote(quote: Quote) -> Answer:
    return {"start": quote.span.start, "end": quote.span.end, "speaker": quote.speaker or None, "rule": quote.rule}


def _person(mention: PersonMention) -> Answer:
    span = mention.span
    return {"start": span.start, "end": span.end, "name": mention.name, "office": mention.office, "form": mention.form}


def _event(event: Event) -> Answer:
    first = event.mentions[0][1]
    return {
        "kind": event.kind,
        "participants": [person.name for person in event.participants],
        "place": event.place or None,
        **dating_of(event.dating),
        "status": event.status,
        "start": first.span.start,
        "end": first.span.end,
        "main": any(mention.main for _, mention in event.mentions),
        "rule": first.rule,
    }
