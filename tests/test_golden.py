"""What the five sample documents give: every row, small enough to read in a diff, and what must never be missing.

``python -m tests.write_golden`` writes the golden files anew; a person reads the difference.  What the documents
must give whatever the rules become stands in ``tests/golden/required.toml``.
"""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import etl
from etl.builder.resources import seeds
from etl.dayset import DaySet
from etl.tables import Tables

GOLDEN = Path(__file__).parent / "golden"
REQUIRED = tomllib.loads((GOLDEN / "required.toml").read_text("utf-8"))


def required(kind: str, *names: str) -> list[Any]:
    """Return the rows of one kind as test cases; a row with a ``gap`` is known to fail, and says why."""
    cases = []
    for wanted in REQUIRED[kind]:
        marks = [pytest.mark.xfail(reason=wanted["gap"], strict=True)] if "gap" in wanted else []
        told = "-".join(str(wanted[name]) for name in ("document", *names))
        cases.append(pytest.param(wanted, marks=marks, id=told))
    return cases


NAMES = sorted(path.name for path in seeds().glob("*.txt"))
COLUMNS = {
    "documents": ["title", "lang", "edtf", "basis", "likely_earliest", "likely_latest", "best"],
    "events": ["title", "status", "participants", "place", "main", "n_quotes", "n_figures", "edtf", "basis", "best"],
    "quotes": ["speaker", "mode"],
    "figures": [
        *("value", "value_min", "value_max", "unit", "qualifier", "direction", "transformation", "statistical_kind"),
        *("indicator", "ref_area", "counterpart_area", "time_period", "base_period", "obs_status", "attributed_to"),
    ],
    "timexes": ["type", "value", "mod", "edtf", "basis"],
}
LONGEST = 60  # characters of the wording that are shown


@functools.cache
def tables() -> Tables:
    built = etl.build(seeds(), jobs=-1)
    failed = [reason for reason in built.documents["reason"] if reason]
    assert not failed, failed
    return built


def rows(table: str, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table that stand in one sample document, in the order of the text."""
    frames = tables()
    (doc_id,) = frames.documents.loc[frames.documents["name"] == name, "doc_id"]
    frame = frames.frames[table]
    found = frame[frame["doc_id"] == doc_id]
    if "start" in found:
        found = found.sort_values(["start", "end", "rule"], kind="stable")
    return list(found.astype(object).where(found.notna(), None).to_dict("records"))


def lines(name: str) -> Iterator[str]:
    """Yield the golden lines of one document: compact JSON, only cells that say something."""
    for table, columns in COLUMNS.items():
        for row in rows(table, name):
            cells = {column: row[column] for column in columns if row[column] not in (None, "", 0) and row[column]}
            head = {"table": table}
            if "exact" in row:
                words = " ".join(row["exact"].split())
                head |= {"words": words if len(words) <= LONGEST else words[: LONGEST - 1] + "…", "rule": row["rule"]}
            yield json.dumps({**head, **cells}, ensure_ascii=False)
    for reason in reasons(name):
        yield json.dumps({"table": "evidence", **reason}, ensure_ascii=False)


def reasons(name: str) -> list[dict[str, Any]]:
    """Return why the document has its date."""
    frames = tables()
    (doc_id,) = frames.documents.loc[frames.documents["name"] == name, "doc_id"]
    found = frames.evidence_for("documents", doc_id)[["rule", "note", "days"]]
    return [{str(key): cell for key, cell in row.items()} for row in found.to_dict("records")]


def golden_file(name: str) -> Path:
    return GOLDEN / f"{name[:3]}.jsonl"


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_gives_what_it_gave(name: str) -> None:
    expected = golden_file(name).read_text("utf-8").splitlines()
    assert list(lines(name)) == expected, "if this is better, run python -m tests.write_golden and read the diff"


@pytest.mark.parametrize("wanted", required("event", "what"))
def test_required_events_are_found(wanted: dict[str, Any]) -> None:
    (name,) = (name for name in NAMES if name.startswith(wanted["document"]))
    told = [row for row in rows("events", name) if row["kind"] in wanted["kinds"] and people(wanted, row)]
    told = [row for row in told if not wanted.get("main") or row["main"]]
    told = [row for row in told if row["status"] == wanted.get("status", row["status"])]
    assert told, [(row["title"], row["edtf"]) for row in rows("events", name)]
    assert any(holds(wanted, row["edtf"]) for row in told), [row["edtf"] for row in told]


def people(wanted: dict[str, Any], row: dict[str, Any]) -> bool:
    return all(person in row["participants"] for person in wanted.get("people", []))


def holds(wanted: dict[str, Any], edtf: str) -> bool:
    """Tell whether the days hold the truth and stay within the bounds."""
    if not edtf:
        return "truth" not in wanted and "within" not in wanted
    days = DaySet.parse(edtf)
    truths = [DaySet.parse(truth) for truth in wanted.get("truth", [])]
    return all(days & truth for truth in truths) and not (days - DaySet.parse(wanted.get("within", "../..")))


@pytest.mark.parametrize("wanted", required("figure", "words"))
def test_required_figures_are_found(wanted: dict[str, Any]) -> None:
    (name,) = (name for name in NAMES if name.startswith(wanted["document"]))
    found = [row for row in rows("figures", name) if wanted["words"] in row["exact"]]
    cells = {key: cell for key, cell in wanted.items() if key not in ("document", "words", "gap")}
    assert any(all(row[key] == cell for key, cell in cells.items()) for row in found), [
        {key: row[key] for key in cells} for row in found
    ]


@pytest.mark.parametrize("wanted", required("quotes"))
def test_required_speakers_are_found(wanted: dict[str, Any]) -> None:
    (name,) = (name for name in NAMES if name.startswith(wanted["document"]))
    found = rows("quotes", name)
    assert set(wanted["speakers"]) <= {row["speaker"] for row in found}
    assert wanted.get("only", False) is False or {row["speaker"] for row in found} == set(wanted["speakers"])
    assert len(found) >= wanted["at_least"]


@pytest.mark.parametrize("wanted", required("trap", "words"))
def test_what_is_no_figure_is_none(wanted: dict[str, str]) -> None:
    (name,) = (name for name in NAMES if name.startswith(wanted["document"]))
    assert not [row for row in rows("figures", name) if wanted["words"] in row["exact"]]


@pytest.mark.parametrize("wanted", required("reason", "says"))
def test_required_reasons_are_given(wanted: dict[str, Any]) -> None:
    (name,) = (name for name in NAMES if name.startswith(wanted["document"]))
    notes = [reason["note"] for reason in reasons(name)]
    assert any(all(word in note for word in wanted["says"]) for note in notes), notes


def test_nothing_is_golden_that_is_not_tested() -> None:
    assert {path.name for path in GOLDEN.glob("*.jsonl")} == {golden_file(name).name for name in NAMES}
