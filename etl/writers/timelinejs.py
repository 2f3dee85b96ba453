"""TimelineJS JSON: the events as slides, for the storytelling tool of that name.

TimelineJS draws every date as certain, so each slide that is not dated to one stated day says in words how far its
date is known, and events that are open to either side are left out and counted on the first slide.
Source of the form: https://timeline.knightlab.com/docs/json-format.html (its texts are HTML, so ours are escaped).
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from etl.errors import DatelineError
from etl.writers.files import records

FORMAT, LABEL, SUFFIX = "timelinejs", "TimelineJS", "timeline.json"
_QUOTES = 3  # on one slide
Row = Mapping[str, Any]


def write(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write the events into one file; DatelineError when they are not among the tables."""
    if "events" not in frames:
        raise DatelineError(str(path), "a timeline holds events", "add --table events")
    events = records(frames["events"])
    quotes: dict[str, list[Row]] = {}
    for quote in records(frames["quotes"]) if "quotes" in frames else ():
        quotes.setdefault(quote["event_id"], []).append(quote)
    slides = [_slide(event, quotes.get(event["event_id"], ())) for event in events if _bounds(event)]
    whole = {"title": {"text": _first(len(slides), len(events) - len(slides))}, "events": slides}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _first(shown: int, left_out: int) -> dict[str, str]:
    missing = f", {left_out} more without a date that could be drawn" if left_out else ""
    return {"headline": "Dateline", "text": f"<p>{shown} event{'s' if shown != 1 else ''}{missing}.</p>"}


def _bounds(event: Row) -> tuple[date, date] | None:
    """Return the first and last day to draw: the best one, else all possible ones; None when a side is open."""
    first, last = event["best"] or event["earliest"], event["best"] or event["latest"]
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _slide(event: Row, quotes: Sequence[Row]) -> dict[str, Any]:
    start, end = _bounds(event) or (date.min, date.max)
    slide: dict[str, Any] = {
        "unique_id": event["event_id"],
        "group": event["kind"],
        "start_date": _day(start),
        "text": {"headline": html.escape(event["title"]), "text": _text(event, quotes)},
    }
    if end != start:
        slide["end_date"] = _day(end)
    if doubt := _doubt(event):
        slide["display_date"] = doubt
    return slide


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _doubt(event: Row) -> str:
    """Return the date in words when it is not one stated day."""
    if event["basis"] == "explicit" and event["n_days"] == 1:
        return ""
    if event["n_days"] == 1:
        return f"{event['earliest']} ({event['basis']})"
    days = f"one of {event['n_days']:,} days" if event["n_days"] else "not known to the day"
    likely = f"most likely {event['best']}; " if event["best"] else ""
    return f"{likely}{event['earliest'] or '…'} – {event['latest'] or '…'} ({event['basis']}, {days})"


def _text(event: Row, quotes: Sequence[Row]) -> str:
    facts = " · ".join(filter(None, [event["status"], event["place"], event["participants"]]))
    said = "".join(_quote(quote) for quote in quotes[:_QUOTES])
    return f"<p>{html.escape(facts)}</p><p>{html.escape(event['exact'])}</p>{said}"


def _quote(quote: Row) -> str:
    speaker = f" — {html.escape(quote['speaker'])}" if quote["speaker"] else ""
    return f"<blockquote>{html.escape(quote['exact'])}{speaker}</blockquote>"
