"""An invented corpus of any size for measuring the dashboard: every quality of date, lanes of unequal size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from etl.schema import TABLES
from etl.store.saving import save
from etl.tables import Tables

FIRST, YEARS = np.datetime64("1990-01-01"), 35
PEOPLE, DOCUMENTS = 3000, 2000
KINDS = ("meeting", "visit", "call", "signing", "summit", "statement", "exercise", "ceremony")
STATED, RANGES, SETS = 0.6, 0.2, 0.15  # shares; the rest has no date


def make(number: int, folder: Path) -> Path:
    """Write a store of so many events, the same ones every time, and return its folder."""
    events = _events(number)
    texts = dict.fromkeys(events["doc_id"].unique(), "A invented text about talks. “We agreed,” they said.")
    documents = [{"doc_id": doc_id, "name": doc_id, "title": f"Talks ({doc_id})", "status": "ok"} for doc_id in texts]
    frames = {name: table.frame([]) for name, table in TABLES.items()} | {"events": events}
    frames["documents"] = TABLES["documents"].frame(documents)
    frames["quotes"] = TABLES["quotes"].frame(_quotes(events))
    frames["figures"] = TABLES["figures"].frame(_figures(events))
    save(Tables(**frames, texts=texts, manifest={"build": 0, "notes": []}), folder)
    return folder


def _events(number: int) -> pd.DataFrame:
    random = np.random.default_rng(1)
    first = np.sort(FIRST + random.integers(0, 365 * YEARS, number))
    form = random.random(number)
    long = np.where(form < STATED, 0, random.integers(1, 600, number))
    days = [first.astype(str).astype(object), (first + long).astype(str).astype(object)]
    sets = [f"[{a},{a + 7},{a + 14},{a + 21}]" for a in first]
    edtf = np.where(form < STATED, days[0], days[0] + "/" + days[1]).astype(object)
    is_set = (form >= STATED + RANGES) & (form < STATED + RANGES + SETS)
    edtf[is_set] = np.array(sets, dtype=object)[is_set]
    undated = form >= STATED + RANGES + SETS
    days[1][is_set] = (first + 21).astype(str).astype(object)[is_set]
    for column in (edtf, *days):
        column[undated] = ""
    names = np.array([f"Person {i}" for i in range(PEOPLE)], dtype=object)
    sides = [names[random.zipf(1.4, number) % PEOPLE] for _ in range(2)]
    columns = {
        "event_id": [f"event-{i}" for i in range(number)],
        "title": sides[0] + " meets " + sides[1],
        "participants": sides[0] + "; " + sides[1],
        "kind": np.array(KINDS, dtype=object)[random.integers(0, len(KINDS), number)],
        "place": np.array([f"Town {i}" for i in range(50)], dtype=object)[random.zipf(1.5, number) % 50],
        "doc_id": np.array([f"doc-{i}" for i in range(DOCUMENTS)], dtype=object)[np.arange(number) % DOCUMENTS],
        "edtf": edtf,
        "earliest": days[0],
        "latest": days[1],
        "n_days": np.where(undated, 0, np.where(is_set, 4, long + 1)),
        "basis": np.where(undated, "", np.where(random.random(number) < 0.8, "explicit", "inferred")).astype(object),
        "status": np.full(number, "happened", dtype=object),
    }
    return _typed("events", number, columns)


def _typed(table: str, number: int, known: dict[str, Any]) -> pd.DataFrame:
    """Return a frame of the table's columns and types; what is not known is empty."""
    empty = {"str": "", "Int64": 0, "Float64": 0.0, "boolean": False}
    return pd.DataFrame(
        {
            column.name: pd.Series(known.get(column.name, [empty[column.dtype]] * number), dtype=column.dtype)
            for column in TABLES[table].columns
        }
    )


def _quotes(events: pd.DataFrame) -> list[dict[str, Any]]:
    words = {"mode": "marks", "exact": "We agreed,", "start": 30, "end": 40, "rule": "invented"}
    return [
        {"quote_id": f"quote-{i}", "event_id": event_id, "doc_id": doc_id, "speaker": "Person 1"} | words
        for i, (event_id, doc_id) in enumerate(zip(events["event_id"][:2000], events["doc_id"], strict=False))
    ]


def _figures(events: pd.DataFrame) -> list[dict[str, Any]]:
    known = {"statistical_kind": "indicator", "transformation": "level", "obs_status": "A", "qualifier": "exact"}
    return [
        {"figure_id": f"figure-{i}", "value": 40e9 + i * 1e9, "unit": "USD", "indicator": f"trade{i % 8}"}
        | {
            "time_period": str(2000 + i // 8),
            "attributed_to": f"Ministry {i % 3}",
            "exact": "words",
            "rule": "invented",
        }
        | {"event_id": str(events["event_id"].iloc[0]), "doc_id": "doc-0", "start": 2, "end": 10}
        | known
        for i in range(80)
    ]
