"""What each export format holds, and that words of a document stay words in it."""

from __future__ import annotations

import csv
import json
import pkgutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import etl.writers
from etl.errors import DatelineError
from etl.schema import TABLES
from etl.writers import formats


def frames(**rows: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    return {name: TABLES[name].frame(found) for name, found in rows.items()}


QUOTES = [
    {"quote_id": "q1", "doc_id": "d", "start": 0, "end": 9, "exact": "=HYPERLINK(1)", "speaker": 'Ann "A", B'},
    {"quote_id": "q2", "doc_id": "d", "start": 9, "end": 19, "exact": "два\nслова", "speaker": ""},
]
FIGURES = [
    {"figure_id": "f1", "value": 51e9, "doc_id": "d", "start": 1, "end": 2},
    {"figure_id": "f2", "value_min": 1.5},
]


def test_every_format_is_found_by_listing_the_folder() -> None:
    assert set(formats()) == {"csv", "ics", "json", "jsonl", "parquet", "timelinejs"}
    assert len(list(pkgutil.iter_modules(etl.writers.__path__))) == len(formats()) + 1  # and what they share


def test_csv_is_read_back_and_runs_nothing(tmp_path: Path) -> None:
    formats()["csv"].write(frames(quotes=QUOTES, figures=FIGURES), tmp_path / "all")
    with (tmp_path / "all/quotes.csv").open(encoding="utf-8-sig", newline="") as handle:
        first, second = csv.DictReader(handle)
    assert first["exact"] == "'=HYPERLINK(1)"
    assert first["speaker"] == 'Ann "A", B'
    assert second["exact"] == "два\nслова"
    with (tmp_path / "all/figures.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert [row["value"] for row in csv.DictReader(handle)] == ["51000000000.0", ""]
    formats()["csv"].write(frames(quotes=QUOTES), tmp_path / "one.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "all/quotes.csv").read_bytes()


def test_json_keeps_every_cell(tmp_path: Path) -> None:
    formats()["json"].write(frames(quotes=QUOTES, figures=FIGURES), tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [row["exact"] for row in told["quotes"]] == ["=HYPERLINK(1)", "два\nслова"]
    assert [row["value"] for row in told["figures"]] == [51e9, None]
    assert told["quotes"][0]["start"] == 0
    formats()["jsonl"].write(frames(quotes=QUOTES, figures=FIGURES), tmp_path / "a.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert lines == [{"table": name, **row} for name, rows in told.items() for row in rows]


def test_parquet_keeps_the_types(tmp_path: Path) -> None:
    made = frames(figures=FIGURES)
    formats()["parquet"].write(made, tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "a.parquet"), made["figures"])


def event(**cells: Any) -> dict[str, Any]:
    days = {"earliest": "2019-05-03", "latest": "2019-05-03", "n_days": 1, "basis": "explicit"}
    known = {"event_id": "e1", "kind": "meeting", "title": "Berg; Dahl", "status": "happened", "exact": "met,\nagain"}
    return {**known, **days, **cells}


def calendar(tmp_path: Path, *events: dict[str, Any]) -> str:
    formats()["ics"].write(frames(events=list(events)), tmp_path / "a.ics")
    return (tmp_path / "a.ics").read_bytes().decode("utf-8")


def test_a_calendar_has_all_day_entries(tmp_path: Path) -> None:
    text = calendar(tmp_path, event(place="Oslo"), event(event_id="e2", status="planned", basis="inferred"))
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    for line in (
        *("UID:e1@dateline", "DTSTART;VALUE=DATE:20190503", "DTEND;VALUE=DATE:20190504", "SUMMARY:Berg\\; Dahl"),
        *("DESCRIPTION:met\\,\\nagain", "LOCATION:Oslo", "STATUS:CONFIRMED", "STATUS:TENTATIVE"),
        "SUMMARY:Berg\\; Dahl (inferred date)",
    ):
        assert f"\r\n{line}\r\n" in text


@pytest.mark.parametrize(
    ("cells", "entries"),
    [
        ({"latest": "2019-05-10", "n_days": 8}, 1),  # a week
        ({"latest": "2019-05-10", "n_days": 2}, 0),  # two days of a week: a span would lie
        ({"latest": "2019-12-31", "n_days": 243}, 0),  # too wide
        ({"latest": "2029-05-03", "n_days": 11, "best": "2023-05-03"}, 1),  # one day clearly the likeliest
        ({"earliest": "", "n_days": None}, 0),  # open
        ({"earliest": "", "latest": "", "n_days": None, "basis": ""}, 0),  # undated
    ],
)
def test_a_calendar_shows_only_what_it_can_draw(tmp_path: Path, cells: dict[str, Any], entries: int) -> None:
    assert calendar(tmp_path, event(**cells)).count("BEGIN:VEVENT") == entries


def test_calendar_lines_are_folded_by_octets(tmp_path: Path) -> None:
    title = "Встреча министров " * 20
    text = calendar(tmp_path, event(title=title))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{title}" in text.replace("\r\n ", "")


def test_a_calendar_needs_events(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="add --table events"):
        formats()["ics"].write(frames(quotes=QUOTES), tmp_path / "a.ics")


def slides(tmp_path: Path, *events: dict[str, Any], **more: list[dict[str, Any]]) -> dict[str, Any]:
    formats()["timelinejs"].write(frames(events=list(events), **more), tmp_path / "a.json")
    told: dict[str, Any] = json.loads((tmp_path / "a.json").read_text("utf-8"))
    return told


def test_a_slide_shows_a_stated_day_as_it_is(tmp_path: Path) -> None:
    said = [{"quote_id": "q1", "event_id": "e1", "exact": "<b>Yes</b>", "speaker": "Ann"}]
    (slide,) = slides(tmp_path, event(place="Oslo"), quotes=said)["events"]
    assert slide["start_date"] == {"year": 2019, "month": 5, "day": 3}
    assert "end_date" not in slide
    assert "display_date" not in slide
    assert slide["text"]["headline"] == "Berg; Dahl"
    assert slide["text"]["text"] == (
        "<p>happened · Oslo</p><p>met,\nagain</p><blockquote>&lt;b&gt;Yes&lt;/b&gt; — Ann</blockquote>"
    )


@pytest.mark.parametrize(
    ("cells", "words", "ends"),
    [
        ({"basis": "inferred"}, "2019-05-03 (inferred)", None),
        ({"latest": "2019-05-10", "n_days": 2}, "2019-05-03 – 2019-05-10 (explicit, one of 2 days)", 10),
        (
            {"latest": "2029-05-03", "n_days": 11, "best": "2023-05-03", "basis": "inferred"},
            "most likely 2023-05-03; 2019-05-03 – 2029-05-03 (inferred, one of 11 days)",
            None,
        ),
    ],
)
def test_a_slide_says_how_far_its_date_is_known(
    tmp_path: Path, cells: dict[str, Any], words: str, ends: int | None
) -> None:
    (slide,) = slides(tmp_path, event(**cells))["events"]
    assert slide["display_date"] == words
    assert slide.get("end_date", {}).get("day") == ends


def test_events_without_bounds_are_counted_not_drawn(tmp_path: Path) -> None:
    told = slides(tmp_path, event(), event(event_id="e2", latest="", n_days=None))
    assert len(told["events"]) == 1
    assert told["title"]["text"]["text"] == "<p>1 event, 1 more without a date that could be drawn.</p>"
    with pytest.raises(DatelineError, match="add --table events"):
        formats()["timelinejs"].write(frames(quotes=QUOTES), tmp_path / "a.json")
