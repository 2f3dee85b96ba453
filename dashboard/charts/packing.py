"""From events to marks: what stands where, in which track of which lane, within a budget of marks.

A lane is tried three times: every event with a direct label, every event without, and at last clusters
with counts.  An event that is not sure of its day is a rail; a rail is never given a marker on a day
that is impossible, and its label sticks to the edge of the window when its start lies outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from dashboard.charts import wording
from dashboard.charts.catalogue import CANDIDATES, OPEN, RANGE, Catalogue, Ints
from dashboard.charts.scale import Numbers, Window, day_at
from dashboard.charts.texts import Texts

TRACKS, ROOMY = 4, 9  # at most so many tracks in a lane; where there are few events
CROWD = 60  # more events in one lane are not tried one by one
BIN = 30  # pixels that a cluster stands for, at least
MARKER, LETTER, GAP = 18, 6.5, 8  # pixels: of a marker, of an average letter, between two marks
STUB = 56  # pixels of a rail that is open at one end
TICKS = 40  # candidates drawn one by one


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to draw: an event, or a cluster of events."""

    form: str  # a quality, or "cluster", or "rails" for a cluster of imprecise events
    rows: tuple[int, ...]  # the events; of a big cluster only the first few
    count: int
    x0: float
    x1: float
    at: float | None = None  # where the marker stands; None: a rail without a favourite
    ticks: tuple[float, ...] = ()
    label: str = ""
    label_px: float = 0.0
    label_side: str = "right"
    track: int = 0
    open_left: bool = False
    open_right: bool = False
    sure: bool = True  # of a cluster: every event in it is sure of its day


Label = Callable[[int], str]


def pack(
    catalogue: Catalogue,
    rows: Ints,
    window: Window,
    t: Texts,
    label: Label,
    *,
    room: int = TRACKS,
    bin_width: float = BIN,
) -> list[Mark]:
    """Return the marks of one lane, placed in tracks from 0; ``rows`` overlap the window, in any order."""
    if not len(rows):
        return []
    if len(rows) <= CROWD:
        catalogue.warm(rows)
        marks = [mark_of(catalogue, int(row), window, t, label) for row in rows]
        marks.sort(key=lambda mark: (mark.x0, mark.x1, mark.rows))
        for labelled in (True, False):
            tried = marks if labelled else [_bare(mark) for mark in marks]
            placed = place(tried, window)
            if max(mark.track for mark in placed) < room:
                return placed
    return place(_clustered(catalogue, rows, window, t, label, width=bin_width), window)


def _bare(mark: Mark) -> Mark:
    """Return the mark without its label; a rail keeps it, which nothing else would explain, but an arrow does."""
    return replace(mark, label="") if mark.at is not None or mark.open_left or mark.open_right else mark


def mark_of(catalogue: Catalogue, row: int, window: Window, t: Texts, label: Label) -> Mark:
    """Return the mark of one event, by the encoding of its date quality."""
    quality = int(catalogue.quality[row])
    first, last = int(catalogue.first[row]), int(catalogue.last[row])
    if quality < RANGE:
        return Mark(("stated", "inferred")[quality], (row,), 1, first, first + 1, first + 0.5, label=label(row))
    event = catalogue.event(row)
    best = date.fromisoformat(event["best"]).toordinal() + 0.5 if event["best"] else None
    open_left, open_right = first == -OPEN, last == OPEN
    x0, x1 = (last if open_left else first), (first if open_right else last)
    if quality == CANDIDATES:
        days = wording.days_of(event)
        ticks = tuple((run[0] + run[1] + 1) / 2 for run in days.runs[: TICKS + 1])
        if len(ticks) <= TICKS and not (open_left or open_right):
            told = t("one_event_dates", dates=t.count("dates", days.n_days or len(ticks)))
            hidden = not any(window.first <= tick <= window.last for tick in ticks)
            told += f", {t('none_in_view')}" if hidden else ""
            return Mark("candidates", (row,), 1, x0, x1 + 1, best, ticks, f"{label(row)} · {told}")
    if open_left or open_right:
        told = wording.date_phrase(event, t)
    else:
        told = t("some_day", span=wording.span(day_at(first), day_at(last), t))
    text = f"{label(row)} · {told}"
    return Mark("range", (row,), 1, x0, x1 + 1, best, (), text, open_left=open_left, open_right=open_right)


def place(marks: Sequence[Mark], window: Window) -> list[Mark]:
    """Return the marks with their labels' places and the first track in which they touch nobody."""
    ends: list[float] = []
    placed = []
    for mark in marks:
        ready, left, right = _laid(mark, window)
        track = next((i for i, end in enumerate(ends) if end + GAP <= left), len(ends))
        ends[track : track + 1] = [right]
        placed.append(replace(ready, track=track))
    return placed


def _laid(mark: Mark, window: Window) -> tuple[Mark, float, float]:
    """Return the mark with its label placed, and the pixels that both take up from left to right."""
    text = len(mark.label) * LETTER
    if mark.form in {"stated", "inferred", "cluster"}:
        x = window.px(mark.at if mark.at is not None else mark.x0)
        half = MARKER / 2 + 3
        if not mark.label:
            return mark, x - half, x + half
        if x + half + text < window.width or x < window.width / 2:
            return replace(mark, label_px=x + half, label_side="right"), x - half, x + half + text
        return replace(mark, label_px=x - half, label_side="left"), x - half - text, x + half
    low, high = reach(mark, window)
    start = max(0.0, min(max(low, 0.0), window.width - text))
    left, right = min(max(low, 0.0), start), max(min(high, window.width), start + text)
    return replace(mark, label_px=start), left, right


def reach(mark: Mark, window: Window) -> tuple[float, float]:
    """Return the pixels from which to which a rail goes; an open one is a stub at its known end."""
    low, high = window.px(mark.x0), window.px(mark.x1)
    if mark.open_left:
        high = min(max(high, STUB), window.width)
        return high - STUB, high
    if mark.open_right:
        low = min(max(low, 0.0), window.width - STUB)
        return low, low + STUB
    return low, high


def _clustered(catalogue: Catalogue, rows: Ints, window: Window, t: Texts, label: Label, *, width: float) -> list[Mark]:
    """Return clusters by bins of so many pixels for short dates, and one rail for all the long ones."""
    low, high = int(window.first) - 1, int(window.last) + 1
    begin, end = catalogue.begin[rows], catalogue.end[rows] + 1
    first, last = np.clip(begin, low, high), np.clip(end, low + 1, high + 1)
    middles: Numbers = (first + last) / 2
    lengths: Numbers = (last - first).astype(np.float64)
    bins = middles
    if window.steps is not None:  # every day is placed once, however many events it has
        places = window.all_at(np.arange(low, high + 2, dtype=np.float64))
        bins, lengths = (places[first - low] + places[last - low]) / 2, places[last - low] - places[first - low]
    step = width * window.unit
    long = lengths > step + window.unit

    def single(row: int) -> Mark:
        return _bare(mark_of(catalogue, row, window, t, label))

    marks = _bunches(catalogue, rows[~long], np.floor(bins[~long] / step), middles[~long], single)
    if long.any():
        marks.append(_rails(catalogue, rows[long], t))
    return sorted(marks, key=lambda mark: (mark.form != "rails", mark.at if mark.at is not None else mark.x0))


def _bunches(
    catalogue: Catalogue, rows: Ints, bins: Numbers, middles: Numbers, single: Callable[[int], Mark]
) -> list[Mark]:
    """Return a mark for each bin: a cluster of the events that stand too close to be told apart, or the only one."""
    if not len(rows):
        return []
    if (bins[1:] < bins[:-1]).any():  # in order of time they mostly are in order already
        order = np.argsort(bins, kind="stable")
        rows, bins, middles = rows[order], bins[order], middles[order]
    starts = np.flatnonzero(np.diff(bins, prepend=-np.inf))
    counts = np.diff(starts, append=len(rows))
    catalogue.warm(rows[starts[counts == 1]])
    table = zip(
        starts.tolist(),
        counts.tolist(),
        np.minimum.reduceat(catalogue.begin[rows], starts).astype(float).tolist(),
        (np.maximum.reduceat(catalogue.end[rows], starts) + 1.0).tolist(),
        (np.add.reduceat(middles, starts) / counts).tolist(),
        (np.maximum.reduceat(catalogue.quality[rows], starts) < RANGE).tolist(),
        strict=True,
    )
    return [
        Mark("cluster", tuple(rows[start : start + 2].tolist()), count, x0, x1, at, sure=sure)
        if count > 1
        else single(int(rows[start]))
        for start, count, x0, x1, at, sure in table
    ]


def _rails(catalogue: Catalogue, rows: Ints, t: Texts) -> Mark:
    x0, x1 = int(catalogue.begin[rows].min()), int(catalogue.end[rows].max())
    text = t.count("imprecise", len(rows))
    return Mark("rails", tuple(rows[:2].tolist()), len(rows), x0, x1 + 1, None, (), text)
