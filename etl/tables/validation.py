"""Checks the invariants that every user of the tables relies on: columns, keys, and the exact wording."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.schema import TABLES


def check(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]) -> None:
    """Raise ValueError naming the first row that breaks the schema or whose words are not at its offsets."""
    for name, table in TABLES.items():
        table.check(frames[name])
        if name != "documents":
            _check_wording(name, frames[name], texts)
    _check_lengths(frames["documents"], texts)


def _check_wording(name: str, frame: pd.DataFrame, texts: Mapping[str, str]) -> None:
    columns = (frame[column].tolist() for column in ("doc_id", "start", "end", "exact"))
    for doc_id, start, end, exact in zip(*columns, strict=True):
        if not doc_id and exact == "":
            continue  # a reason that quotes nothing
        text = texts.get(doc_id)
        if text is None:
            raise ValueError(f"table {name}: the text of {doc_id} is missing")
        stated = isinstance(start, int) and isinstance(end, int)
        if not stated or not 0 <= start <= end <= len(text) or text[start:end] != exact:
            raise ValueError(f"table {name}: {doc_id}[{start}:{end}] is not {exact[:60]!r}")


def _check_lengths(documents: pd.DataFrame, texts: Mapping[str, str]) -> None:
    fine = documents[documents["status"] == "ok"]
    for doc_id, n_chars in zip(fine["doc_id"], fine["n_chars"], strict=True):
        if len(texts.get(doc_id, "")) != n_chars:
            raise ValueError(f"table documents: the text of {doc_id} has not its {n_chars} characters")
