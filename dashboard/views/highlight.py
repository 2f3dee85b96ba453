"""A source text with its dates, people, figures and quotes marked; nested marks are split, not lost."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from dash import html

from dashboard.charts.catalogue import Tables
from dashboard.views.parts import Part

# order of precedence for the label of a screen reader; every kind keeps its own underline
KINDS = ("event", "date", "figure", "person", "quote")
AROUND, LONG = 600, 7000  # characters shown around a mark; texts up to this are shown whole


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch of the text."""

    start: int
    end: int
    kind: str


def marks_of(tables: Tables, doc_id: str, events: list[tuple[int, int]]) -> list[Mark]:
    """Return all marks in a document; ``events`` are the tellings of the selected event."""
    out = [Mark(start, end, "event") for start, end in events]
    for kind, frame in (
        ("date", tables.timexes),
        ("figure", tables.figures),
        ("person", tables.people),
        ("quote", tables.quotes),
    ):
        out += [Mark(start, end, kind) for start, end in _spans(frame, doc_id, kind)]
    return out


def _spans(frame: pd.DataFrame, doc_id: str, kind: str) -> list[tuple[int, int]]:
    rows = frame[frame["doc_id"] == doc_id]
    if kind == "person":
        rows = rows[rows["form"] != "pronoun"]
    return [(int(start), int(end)) for start, end in zip(rows["start"], rows["end"], strict=True)]


def windows(length: int, events: list[tuple[int, int]], *, whole: bool) -> list[tuple[int, int]]:
    """Return the stretches of the text to show: all of a short one, else what surrounds the event."""
    if whole or length <= LONG or not events:
        return [(0, length if whole or length <= LONG else LONG)]
    out: list[tuple[int, int]] = []
    for start, end in sorted(events):
        low, high = max(0, start - AROUND), min(length, end + AROUND)
        if out and low <= out[-1][1]:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        else:
            out.append((low, high))
    return out


def marked(text: str, marks: list[Mark], shown: list[tuple[int, int]], names: dict[str, str]) -> list[Part]:
    """Return the text of the windows as plain strings and ``mark`` elements; their text is the text."""
    parts: list[Part] = []
    for i, (low, high) in enumerate(shown):
        if low > 0 or i:
            parts.append(html.Span(" […] ", className="cut"))
        edges = {low, high}
        inside = [mark for mark in marks if mark.start < high and mark.end > low]
        for mark in inside:
            edges |= {max(mark.start, low), min(mark.end, high)}
        ordered = sorted(edges)
        for start, end in pairwise(ordered):
            kinds = {mark.kind for mark in inside if mark.start <= start and mark.end >= end}
            parts.append(_segment(text[start:end], kinds, names))
    if shown and shown[-1][1] < len(text):
        parts.append(html.Span(" […]", className="cut"))
    return parts


def _segment(text: str, kinds: set[str], names: dict[str, str]) -> Part:
    ordered = [kind for kind in KINDS if kind in kinds]
    if not ordered:
        return text
    title = ", ".join(names[kind] for kind in ordered if kind in names)
    return html.Mark(text, className=" ".join(f"m-{kind}" for kind in ordered), title=title or None)
