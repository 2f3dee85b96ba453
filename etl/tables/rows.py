"""Turns what is known of one document into rows: the only place where records become columns.

A row's id is made of its document and offsets, so that a rebuild gives it the id it had before; two rows at
the same offsets are told apart by what they say.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from etl.dayset import DaySet
from etl.model import (
    Analysis,
    Dating,
    Evidence,
    Figure,
    PersonMention,
    PlaceMention,
    Quote,
    Span,
    Timex,
    figure_id,
    stable_id,
)
from etl.schema import TABLES

Row = dict[str, Any]
_AT_ONCE = 5000  # rows


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read or analysed: its name, why, and the checksum of the file."""

    name: str
    reason: str
    sha256: str = ""


@dataclass(slots=True)
class Rows:
    """Rows of all tables while they are collected, and the texts that evidence quotes.

    Every few thousand rows become a frame at once: a row of Python objects takes ten times the room.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    said_at: Counter[tuple[str, str]] = field(default_factory=Counter)  # (table, event_id) -> rows that name it
    _waiting: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    _frames: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    _ids: set[tuple[str, str]] = field(default_factory=set)

    def add(self, table: str, key: str, row: Row, reasons: Sequence[Evidence] = ()) -> None:
        """Keep a row and its reasons; a row that was found twice is kept once."""
        if (table, row[key]) in self._ids:
            return
        self._ids.add((table, row[key]))
        self.said_at[table, row.get("event_id", "")] += 1
        self._keep(table, row)
        for step, reason in enumerate(reasons or (_own_words(row),)):
            self._keep("evidence", self._reason(table, str(row[key]), step, reason, row.get("doc_id", "")))

    def _reason(self, table: str, owner: str, step: int, reason: Evidence, home: str) -> Row:
        cells = {
            "evidence_id": stable_id("evidence", table, owner, step),
            "owner_table": table,
            "owner_id": owner,
            "step": step,
            "kind": reason.kind,
            "rule": reason.rule,
            "note": reason.note,
            "source": reason.source,
            "verified": reason.verified,
            "days": _edtf(reason.days) if reason.days is not None else "",
            "days_left": reason.days_left,
        }
        doc_id = reason.doc_id or home
        text = self.texts.get(doc_id)
        if reason.span is not None and text is not None:
            span = reason.span
            cells |= {"doc_id": doc_id, "start": span.start, "end": span.end, "exact": span.of(text)}
        return cells

    def _keep(self, table: str, row: Row) -> None:
        waiting = self._waiting.setdefault(table, [])
        waiting.append(TABLES[table].cells(row))
        if len(waiting) >= _AT_ONCE:
            self._frames.setdefault(table, []).append(TABLES[table].filled(waiting))
            waiting.clear()

    def frame(self, table: str) -> pd.DataFrame:
        """Return all rows of a table; they are not kept here any longer."""
        last = TABLES[table].filled(self._waiting.pop(table, []))
        frames = [*self._frames.pop(table, []), last]
        return pd.concat(frames, ignore_index=True) if len(frames) > 1 else last


@functools.lru_cache(maxsize=1000)
def _edtf(days: DaySet) -> str:
    """Return the notation of a set of days; many rows of a document share one, and long ones cost."""
    return days.edtf()


def _own_words(row: Row) -> Evidence:
    """Return the reason of a row that brings no other: the wording fits the rule."""
    if "start" not in row:
        return Evidence("metadata", "no-clue", "Nothing in the text or its metadata says when it was written.")
    span = Span(row["start"], row["end"])
    return Evidence("text", row["rule"], f"The wording fits the rule {row['rule']}.", span)


def span_cells(doc_id: str, text: str, span: Span, rule: str) -> Row:
    """Return the cells that lead a row back to its words."""
    return {"doc_id": doc_id, "start": span.start, "end": span.end, "exact": span.of(text), "rule": rule}


def date_cells(dating: Dating | None) -> Row:
    """Return the cells of a date claim; none for no claim."""
    if dating is None:
        return {}
    likely = dating.likely or dating.days
    return {
        "edtf": _edtf(dating.days),
        "earliest": _iso(dating.days.earliest),
        "latest": _iso(dating.days.latest),
        "likely_earliest": _iso(likely.earliest),
        "likely_latest": _iso(likely.latest),
        "best": _iso(dating.best),
        "n_days": dating.days.n_days,
        "basis": dating.basis,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def add_failure(rows: Rows, failure: Failure) -> None:
    """Add the row of a document that failed."""
    doc_id = stable_id("doc", "failed", failure.name, failure.sha256)
    cells = {"doc_id": doc_id, "name": failure.name, "status": "failed", "reason": failure.reason}
    reason = Evidence("metadata", "failed", failure.reason)
    rows.add("documents", "doc_id", {**cells, "sha256": failure.sha256}, [reason])


def add_document(rows: Rows, analysis: Analysis, event_of: Mapping[tuple[str, Span], str]) -> None:
    """Add a document's own row and those of its timexes, figures, quotes, people and places."""
    document, text = analysis.document, analysis.text
    doc_id = document.doc_id
    own: Row = {"doc_id": doc_id, "name": document.name, "title": document.title, "lang": document.lang, "status": "ok"}
    own |= {"sha256": document.sha256, "n_chars": len(text), **date_cells(analysis.dating)}
    rows.add("documents", "doc_id", own, analysis.dating.evidence if analysis.dating else ())
    found: tuple[tuple[Sequence[Any], Callable[[Rows, str, Any, Row], None]], ...] = (
        (analysis.timexes, _add_timex),
        (analysis.people, _add_person),
        (analysis.places, _add_place),
    )
    for records, add in found:
        for record in records:
            add(rows, doc_id, record, span_cells(doc_id, text, record.span, record.rule))
    for quote in analysis.quotes:
        cells = span_cells(doc_id, text, quote.span, quote.rule)
        _add_quote(rows, doc_id, quote, cells | {"event_id": event_of.get((doc_id, quote.span), "")})
    for figure in analysis.figures:
        cells = span_cells(doc_id, text, figure.span, figure.rule)
        _add_figure(rows, doc_id, figure, cells | {"event_id": event_of.get((doc_id, figure.span), "")})


def _add_timex(rows: Rows, doc_id: str, timex: Timex, cells: Row) -> None:
    cells |= {"timex_id": stable_id("timex", doc_id, timex.span.start, timex.span.end, timex.value)}
    cells |= {"type": timex.type, "value": timex.value, "mod": timex.mod, **date_cells(timex.dating)}
    rows.add("timexes", "timex_id", cells, timex.dating.evidence if timex.dating else ())


def _add_person(rows: Rows, doc_id: str, mention: PersonMention, cells: Row) -> None:
    cells |= {"mention_id": stable_id("person", doc_id, mention.span.start, mention.span.end, mention.form)}
    names = ("person_id", "name", "form", "office", "country", "modifier", "qid")
    rows.add("people", "mention_id", cells | {name: getattr(mention, name) for name in names}, mention.evidence)


def _add_place(rows: Rows, doc_id: str, mention: PlaceMention, cells: Row) -> None:
    cells |= {"mention_id": stable_id("place", doc_id, mention.span.start, mention.span.end, mention.place_id)}
    names = ("place_id", "name", "kind", "country", "latitude", "longitude")
    rows.add("places", "mention_id", cells | {name: getattr(mention, name) for name in names})


def _add_quote(rows: Rows, doc_id: str, quote: Quote, cells: Row) -> None:
    cells |= {"quote_id": stable_id("quote", doc_id, quote.span.start, quote.span.end)}
    cells |= {"mode": quote.mode, "speaker": quote.speaker, "speaker_id": quote.speaker_id}
    cells["cue"] = quote.cue.of(rows.texts[doc_id]) if quote.cue else ""
    rows.add("quotes", "quote_id", cells, quote.evidence)


_FIGURE = (
    *("value", "value_min", "value_max", "unit", "currency", "qualifier", "direction", "transformation"),
    *("statistical_kind", "indicator", "indicator_label", "ref_area", "counterpart_area", "time_period"),
    *("time_period_basis", "base_period", "obs_status", "attributed_to", "speaker", "compared_with"),
    *("alternative_of", "derived_from"),
)


def _add_figure(rows: Rows, doc_id: str, figure: Figure, cells: Row) -> None:
    cells |= {"figure_id": figure_id(doc_id, figure)} | {name: getattr(figure, name) for name in _FIGURE}
    cells |= date_cells(figure.period)
    reasons = (*figure.evidence, *(figure.period.evidence if figure.period else ()))
    rows.add("figures", "figure_id", cells, reasons)
