"""Explains a row: its words in their surroundings, the rule, and the clues step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from etl.errors import DatelineError
from etl.schema import TABLES
from etl.tables import Tables
from etl.writers.files import records

Row = Mapping[str, Any]
SHOWN = 4  # parts of a set of days that are printed
OPEN = "../.."  # any day
_AROUND = 160  # characters of text on each side of the words
_QUIET = {"start", "end", "exact", "rule", "doc_id", "edtf", "basis", "n_days", "earliest", "latest", "best"}
_QUIET |= {"likely_earliest", "likely_latest", "reason", "trigger_start", "trigger_end"}


@dataclass(frozen=True, slots=True)
class Explained:
    """One row of a store with everything that supports it."""

    table: str
    row: Row
    context: str  # the words in their surroundings, marked by [[ ]]; "" for a document
    evidence: list[dict[str, Any]]  # rows of the evidence table, in order of use


def explain(tables: Tables, wanted: str) -> Explained:
    """Return what supports the row whose id is, or begins with, ``wanted``; DatelineError when it is not one row."""
    found: list[tuple[str, Any]] = []
    for name, table in TABLES.items():
        frame = getattr(tables, name)
        found += [(name, index) for index in frame.index[frame[table.key].str.startswith(wanted)]]
    whole = [(name, index) for name, index in found if getattr(tables, name)[TABLES[name].key][index] == wanted]
    found = whole or found
    if not wanted or not found:
        raise DatelineError(wanted or "ID", "no row has this id", "take one from a table or from the dashboard")
    if len(found) > 1:
        some = ", ".join(str(getattr(tables, name)[TABLES[name].key][index]) for name, index in found[:4])
        raise DatelineError(wanted, f"{len(found)} ids begin like this ({some} ...)", "give more of it")
    (name, index) = found[0]
    row = records(getattr(tables, name).loc[[index]])[0]
    reasons = records(tables.evidence_for(name, str(row[TABLES[name].key])))
    return Explained(name, row, _context(tables, row), reasons)


def _context(tables: Tables, row: Row) -> str:
    if row.get("start") is None or not row["doc_id"]:
        return ""
    text, start, end = tables.texts[row["doc_id"]], row["start"], row["end"]
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    left, right = "…" if start > _AROUND else "", "…" if end + _AROUND < len(text) else ""
    return f"{left}{before}[[{text[start:end]}]]{after}{right}"


def described(known: Explained, tables: Tables) -> Iterator[str]:
    """Yield the lines to print, for a person."""
    row = known.row
    yield f"{row[TABLES[known.table].key]}  ({known.table})"
    for name, cell in row.items():
        if name not in _QUIET and cell not in (None, "") and name != TABLES[known.table].key:
            yield f"  {name}: {cell}"
    if "edtf" in row:
        yield f"  date: {_date(row)}"
    if known.context:
        yield from ("", f"Text: {_name(tables, row['doc_id'])}, characters {row['start']} to {row['end']}")
        yield from (f"  {line}" for line in known.context.splitlines() if line.strip())
        yield f"Rule: {row['rule']}" if row.get("rule") else ""
    yield from ("", "Why:")
    for number, reason in enumerate(known.evidence, 1):
        yield from _reason(number, reason, tables)
    if row.get("edtf") and row["basis"] != "explicit" and known.table != "documents":
        yield from _ground(row, tables)


def _ground(row: Row, tables: Tables) -> Iterator[str]:
    """Yield why the document has its date, on which a date that is not stated in full rests."""
    document = explain(tables, row["doc_id"])
    yield from ("", f"The document it stands in, {document.row['name']}, is dated {_date(document.row)}:")
    for number, reason in enumerate(document.evidence, 1):
        yield from _reason(number, reason, tables)


def _date(row: Row) -> str:
    if not row["edtf"]:
        return "none"
    days = _counted(row["n_days"], "possible day") if row["n_days"] else "open"
    likely = ""
    if row["likely_earliest"] and (row["likely_earliest"], row["likely_latest"]) != (row["earliest"], row["latest"]):
        likely = f", most likely {row['likely_earliest']} to {row['likely_latest']}"
    best = f", best {row['best']}" if row["best"] and row["n_days"] != 1 else ""
    return f"{_folded(row['edtf'])} ({row['basis']}, {days}{likely}{best})"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _folded(edtf: str) -> str:
    """Return a set of days with all but its first and last few left out, for a person to read."""
    parts = edtf.strip("[]").split(",")
    if not edtf.startswith("[") or len(parts) <= SHOWN:
        return edtf
    return f"[{', '.join(parts[: SHOWN - 1])}, ({len(parts) - SHOWN} more), {parts[-1]}]"


def _reason(number: int, reason: Row, tables: Tables) -> Iterator[str]:
    left = "" if reason["days_left"] is None else f" -> {_counted(reason['days_left'], 'day')} left"
    yield f"  {number}. {reason['note']}{left}"
    detail = [f"{reason['kind']}, rule {reason['rule']}"]
    if reason["source"]:
        detail.append(f"source {reason['source']}")
    if reason["verified"] is False:
        detail.append("from memory, not verified")
    if reason["days"] not in {"", OPEN}:
        detail.append(f"alone allows {_folded(reason['days'])}")
    yield f"     ({'; '.join(detail)})"
    if reason["exact"]:
        place = f"{_name(tables, reason['doc_id'])}, {reason['start']} to {reason['end']}"
        yield f"     “{' '.join(reason['exact'].split())[:300]}” ({place})"


def _name(tables: Tables, doc_id: str) -> str:
    names = tables.documents.loc[tables.documents["doc_id"] == doc_id, "name"]
    return str(names.iloc[0]) if len(names) else doc_id
