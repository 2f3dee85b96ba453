"""iCalendar (RFC 5545): events as all-day entries, for calendar programs.

An event with one possible day is that day, one with an unbroken range of at most a quarter is that range, and its
summary says when the date is worked out.  Events that are less certain, or whose possible days have gaps,
are left out: a calendar has no way to draw them without lying.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from etl.errors import DatelineError
from etl.writers.files import records

FORMAT = "ics"
_WIDEST = 92  # days
_STATUS = {"happened": "CONFIRMED", "planned": "TENTATIVE", "cancelled": "CANCELLED"}
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
_LONGEST = 74  # octets of a line before it is folded (3.1)


def write(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write the events into one calendar file; DatelineError when they are not among the tables."""
    if "events" not in frames:
        raise DatelineError(str(path), "a calendar holds events", "add --table events")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Dateline//EN"]
    for event in records(frames["events"]):
        lines += _entry(event)
    folded = [piece for line in [*lines, "END:VCALENDAR"] for piece in _folded(line)]
    path.write_bytes("".join(f"{line}\r\n" for line in folded).encode("utf-8"))


def _entry(event: Mapping[str, Any]) -> Iterator[str]:
    first, last = event["best"] or event["earliest"], event["best"] or event["latest"]
    if not first or not last:
        return
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    n_days = (end - start).days + 1
    if n_days > _WIDEST or (not event["best"] and n_days != event["n_days"]):
        return
    doubt = "" if event["basis"] == "explicit" else f" ({event['basis']} date)"
    yield from ("BEGIN:VEVENT", f"UID:{event['event_id']}@dateline")
    yield f"DTSTAMP:{start:%Y%m%d}T000000Z"  # no clock: the same store gives the same file
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{end + timedelta(1):%Y%m%d}"  # exclusive (3.6.1)
    yield f"SUMMARY:{_text(str(event['title']) + doubt)}"
    yield f"DESCRIPTION:{_text(event['exact'])}"
    yield f"CATEGORIES:{_text(event['kind'])}"
    yield f"STATUS:{_STATUS.get(event['status'], 'CONFIRMED')}"
    if event["place"]:
        yield f"LOCATION:{_text(event['place'])}"
    yield "END:VEVENT"


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets; each further piece begins with a space."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode("utf-8"))
        if size + width > _LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
