"""An invented corpus with every quality of date and every odd figure, as tables without a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from etl.dayset import DaySet
from etl.model import stable_id
from etl.schema import TABLES
from etl.store.saving import save
from etl.tables import Tables

TEXT = (
    "Talks in Port Almond\n\n"
    "President Ada Quill met Prime Minister Boris Reed in Port Almond on Monday. "
    "“We agreed on <b>everything</b> that matters, for $5 and $7,” Ada Quill said.\n"
    "Trade is about $44-45 billion, said the ministry; the Reed side puts it at just over $50 billion. "
    "The programme is 60 % done, against about 30 % in the first half of the year. Nobody disputes 28 schools."
)
SECOND = "Boris Reed received Clara Stone on 6 May.\n\n“It was a good day,” Boris Reed said. مرحبا بالعالم 你好"
TEXTS = {"doc-a": TEXT, "doc-b": SECOND}

# id, kind, title, participants, place, EDTF, basis, doc, words
EVENTS = [
    ("ev-day", "meeting", "Quill and Reed meet", "Ada Quill; Boris Reed", "Port Almond", "2024-10-09", "explicit"),
    ("ev-same", "ceremony", "Quill decorates Reed", "Ada Quill; Boris Reed", "Port Almond", "2024-10-09", "explicit"),
    ("ev-inferred", "negotiation", "Talks in Port Almond", "Ada Quill; Boris Reed", "", "2022-12-19", "inferred"),
    ("ev-range", "visit", "Stone visits Reed", "Boris Reed; Clara Stone", "", "2022-12-01/2022-12-10", "explicit"),
    (
        "ev-set",
        "meeting",
        "Reed receives <a href=x>Stone</a> & $x$",
        "Boris Reed; Clara Stone",
        "",
        "[" + ",".join(f"{year}-05-06" for year in range(2013, 2024)) + "]",
        "inferred",
    ),
    (
        "ev-mondays",
        "meeting",
        "Monday talks",
        "Ada Quill; Boris Reed",
        "",
        "[2022-12-05,2022-12-12,2022-12-19,2022-12-26]",
        "inferred",
    ),
    ("ev-before", "signing", "A treaty is signed", "Ada Quill; Clara Stone", "", "../2025-05-08", "inferred"),
    ("ev-undated", "statement", "Quill speaks " + "at length " * 30, "Ada Quill", "", "", ""),
    ("ev-yearless", "exercise", "An exercise", "", "", "XXXX-05-06", "vague"),
]

FIGURES: list[dict[str, Any]] = [
    {"words": "about $44-45 billion", "value_min": 44e9, "value_max": 45e9, "unit": "USD", "qualifier": "about"}
    | {"indicator": "trade", "obs_status": "F", "attributed_to": "the ministry", "time_period": "2022"},
    {"words": "just over $50 billion", "value": 50e9, "unit": "USD", "qualifier": "over"}
    | {"indicator": "trade", "attributed_to": "Reed side", "time_period": "2024"},
    {"words": "Trade", "value": 51e9, "unit": "USD", "qualifier": "over"}
    | {"indicator": "trade", "attributed_to": "Quill side", "time_period": "2024", "alternative_of": "fig-1"},
    {"words": "60 %", "value": 60, "unit": "percent", "indicator": "programme", "speaker": "Ada Quill"}
    | {"time_period": "2022-12"},
    {"words": "about 30 %", "value": 30, "unit": "percent", "indicator": "programme", "speaker": "Ada Quill"}
    | {"qualifier": "about", "time_period": "2022-01/2022-06"},
    {"words": "is", "value": 5.7, "unit": "percent", "qualifier": "about", "indicator": "trade"}
    | {"transformation": "growth_rate", "speaker": "Boris Reed"},
    {"words": "28 schools", "value": 28, "unit": "schools", "statistical_kind": "count"},
]


@dataclass
class Sample:
    """Frames of all tables, like a loaded store."""

    documents: pd.DataFrame
    timexes: pd.DataFrame
    events: pd.DataFrame
    event_mentions: pd.DataFrame
    participants: pd.DataFrame
    figures: pd.DataFrame
    quotes: pd.DataFrame
    people: pd.DataFrame
    places: pd.DataFrame
    evidence: pd.DataFrame
    texts: dict[str, str] = field(default_factory=lambda: dict(TEXTS))
    manifest: dict[str, Any] = field(default_factory=lambda: {"build": 7})


def dates(edtf: str, basis: str) -> dict[str, Any]:
    """Return the date columns for an EDTF string."""
    days = DaySet.parse(edtf)
    first, last = days.earliest, days.latest
    low, high = first.isoformat() if first else "", last.isoformat() if last else ""
    likely = {"likely_earliest": low, "likely_latest": high}
    best = low if days.n_days == 1 else ""
    return (
        {"edtf": edtf, "earliest": low, "latest": high, "n_days": days.n_days if days else None}
        | likely
        | {
            "best": best,
            "basis": basis,
        }
    )


def spot(doc: str, words: str) -> dict[str, Any]:
    """Return the span columns of the first place where the words stand."""
    start = TEXTS[doc].index(words)
    return {"doc_id": doc, "start": start, "end": start + len(words), "exact": words, "rule": "invented"}


def make(events: list[tuple[str, ...]] | None = None, figures: list[dict[str, Any]] | None = None) -> Sample:
    """Return the sample, or one with other events and figures."""
    events, figures = EVENTS if events is None else events, FIGURES if figures is None else figures
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for doc, text in TEXTS.items():
        title = text.split("\n")[0]
        cells = {"doc_id": doc, "name": f"{doc}.txt", "title": title, "lang": "en", "status": "ok"}
        rows["documents"].append(cells | {"n_chars": len(text)} | dates("2024-10-09", "inferred"))
    for i, (key, kind, title, participants, place, edtf, basis) in enumerate(events):
        where = (
            spot("doc-b", "received Clara Stone") if "Stone" in participants else spot("doc-a", "met Prime Minister")
        )
        when = dates(edtf, basis)
        counts = {"n_documents": 1, "n_quotes": 1, "n_figures": 0, "main": i == 0, "status": "happened"}
        names = {"title": title, "participants": participants, "place": place, "kind": kind}
        rows["events"].append({"event_id": key} | names | counts | where | when)
        rows["event_mentions"].append({"mention_id": f"m-{key}", "event_id": key, "kind": kind} | where | when)
        if edtf.startswith("["):
            rows["evidence"] += _clues(key, where, when)
    for i, figure in enumerate(figures):
        cells = {k: v for k, v in figure.items() if k != "words"}
        known = {"transformation": "level", "statistical_kind": "indicator", "obs_status": "A", "qualifier": "exact"}
        base = {
            "figure_id": f"fig-{i}",
            "event_id": "ev-day",
            "indicator_label": str(cells.get("indicator", "")).title(),
        }
        rows["figures"].append(known | base | cells | spot("doc-a", figure["words"]))
    if events:
        rows["quotes"] += [
            {"quote_id": "q-1", "mode": "marks", "speaker": "Ada Quill", "event_id": "ev-day"}
            | spot("doc-a", "We agreed on <b>everything</b> that matters, for $5 and $7,"),
            {"quote_id": "q-2", "mode": "marks", "speaker": "Boris Reed", "event_id": "ev-set"}
            | spot("doc-b", "It was a good day,"),
        ]
        rows["people"] += [
            {"mention_id": f"p-{words}", "name": words, "form": "name"} | spot(doc, words)
            for doc, words in [
                ("doc-a", "Ada Quill"),
                ("doc-a", "Boris Reed"),
                ("doc-b", "Boris Reed"),
                ("doc-b", "Clara Stone"),
            ]
            if (doc, words) != ("doc-b", "Boris Reed")
        ]
        rows["places"].append(
            {"mention_id": "pl-1", "name": "Port Almond", "kind": "city"} | spot("doc-a", "Port Almond")
        )
        rows["timexes"] += [
            {"timex_id": "t-1", "type": "DATE", "value": "XXXX-WXX-1"} | spot("doc-a", "on Monday"),
            {"timex_id": "t-2", "type": "DATE", "value": "XXXX-05-06"} | spot("doc-b", "6 May"),
        ]
    return Sample(**{name: table.frame(rows[name]) for name, table in TABLES.items()})


def _clues(owner: str, where: dict[str, Any], when: dict[str, Any]) -> list[dict[str, Any]]:
    base = {"owner_table": "events", "owner_id": owner}
    words = {key: where[key] for key in ("doc_id", "start", "end", "exact")}
    said = {"step": 0, "kind": "text", "rule": "day_month", "note": "The text names a day and a month, but no year."}
    known = {"step": 1, "kind": "knowledge", "rule": "office", "note": "Clara Stone was in office from 2013 to 2023."}
    source = {"source": "offices.csv: Clara Stone", "verified": False, "days_left": when["n_days"]}
    return [
        {"evidence_id": stable_id("evd", owner, 0), "verified": True} | base | said | words,
        {"evidence_id": stable_id("evd", owner, 1)} | base | known | source,
    ]


def stored(where: Path, made: Sample) -> Path:
    """Save the corpus as a store in a folder, and return the folder."""
    frames = {name: getattr(made, name) for name in TABLES}
    save(Tables(**frames, texts=made.texts, manifest={"build": 0, "notes": []}), where)
    return where
