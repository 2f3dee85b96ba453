"""Weighs the possible days by how writers usually behave: the likely interval and, rarely, the best day.

Every clue with a shape is a step function over the calendar: the density of the gap between its anchor
day and the day of writing, counted on documents whose date is known and kept in
``knowledge/dating_shapes.csv``.  The posterior is the prior times the product of these densities, each
raised to its shape's power (clues of one document repeat each other; the powers were fitted so that
intervals of 95 % hold 95 % of unseen documents).  All is piecewise constant, so a few hundred segments
carry what would be a hundred thousand days.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from etl.dayset import MIN, DaySet
from etl.lexicon import Lexicon
from etl.resolvers.dating.clues import Clue

SHARE = 0.965  # of the posterior: so much must be asked for that 95 of 100 unseen documents are held
CLEAR = 0.9  # a day is "best" when nothing comes near it
FIRST, LAST = date(1780, 1, 1).toordinal(), date(2060, 12, 31).toordinal()
COMING = {"planned_day", "planned_yearless_day", "lead_planned_day"}  # rules of days that the text sees ahead
NEWS = {"meeting_in_lead", "meeting_now"}  # rules of days on which the text tells what happened
RECURRING = 4  # at most so many yearless anchors are weighed, each costs a dozen steps a year

Steps = list[tuple[int, float]]  # (first day, log density from there on)
Segment = tuple[int, int, float]  # first day, last day, log density


@dataclass(frozen=True, slots=True)
class Shape:
    """The habit of one kind of clue: densities of the gap in days, and the power it counts with."""

    edges: tuple[int, ...]  # first gap of each bin; the last bin ends before the last edge
    logs: tuple[float, ...]  # log density per day of each bin
    outside: float
    power: float
    keep: int = 1  # so many clues of this shape are weighed: the newest one, or several of the narrowest

    def steps(self, anchor: DaySet) -> Steps:
        """Return the step function over the calendar for the anchor's last day, or each of its days."""
        out: Steps = [(FIRST - 1, self.outside * self.power)]
        ends = [MIN, *((high + low) // 2 + 1 for (_, high), (low, _) in pairwise(anchor.runs))]
        for (low, high), nearer in zip(anchor.runs, ends, strict=False):
            reach = high - low
            for edge, log in zip(self.edges, [*self.logs, self.outside], strict=True):
                # the gap is counted from the anchor's first day before it, from its last day after it, and only
                # where this run is nearer than the one before it
                day = max(nearer, low + edge if edge <= 0 else high + edge)
                while len(out) > 1 and out[-1][0] >= day:
                    out.pop()
                out.append((day, (log - (math.log(reach + 1) if edge == 0 else 0.0)) * self.power))
        return out


@dataclass(frozen=True, slots=True)
class Habits:
    """All shapes, and the prior density of documents over the years."""

    shapes: dict[str, Shape]
    prior: Steps


def habits(lexicon: Lexicon) -> Habits:
    """Return the calibrated shapes; build with ``lexicon.once(habits)``."""
    groups: dict[str, list[tuple[int, int, float, float, int]]] = {}
    for row in lexicon.facts("dating_shapes"):
        try:
            cells = (
                *(int(row["from_gap"]), int(row["to_gap"]), float(row["density"])),
                *(float(row["power"]), int(row["keep"])),
            )
        except ValueError as error:
            raise row.error(str(error), "gaps are whole days, density and power are numbers") from error
        groups.setdefault(row["shape"], []).append(cells)
    prior = [(date(first, 1, 1).toordinal(), math.log(density)) for first, _, density, *_ in groups.pop("prior", [])]
    return Habits({name: shape(rows) for name, rows in groups.items()}, sorted(prior))


def shape(rows: Sequence[tuple[int, int, float, float, int]]) -> Shape:
    """Return a shape from rows of (first gap, last gap, density per day, power, keep)."""
    rows = sorted(rows)
    edges = (*(low for low, *_ in rows), rows[-1][1] + 1)
    logs = tuple(math.log(density) for _, _, density, *_ in rows)
    return Shape(edges, logs, min(logs) - math.log(10), rows[0][3], rows[0][4])


def weigh(days: DaySet, clues: Iterable[Clue], known: Habits) -> list[Segment]:
    """Return the posterior over the possible days as segments of constant log density."""
    window = days & DaySet(((FIRST, LAST),))
    single, yearless = list[Steps](), list[Clue]()
    for clue in speaking(clues, known.shapes):
        if clue.anchor and len(clue.anchor.runs) > 1:
            yearless.append(clue)
        elif clue.anchor:
            single.append(known.shapes[clue.shape].steps(clue.anchor))
    segments = _product(window, [known.prior, *single])
    if yearless and segments:
        reach = _interval(segments, 0.999)
        near = DaySet(((reach[0] - 400, reach[1] + 400),))
        extra = [known.shapes[clue.shape].steps(clue.anchor & near) for clue in yearless[:RECURRING] if clue.anchor]
        segments = _product(window & DaySet((reach,)), [known.prior, *single, *extra])
    return segments


def speaking(clues: Iterable[Clue], shapes: Mapping[str, Shape]) -> list[Clue]:
    """Return the clues that are weighed: of each shape the newest anchor, or the narrowest ones."""
    by_shape: dict[str, dict[DaySet, Clue]] = {}
    for clue in _unforeseen(list(clues)):
        if clue.anchor and clue.shape in shapes:
            by_shape.setdefault(clue.shape, {}).setdefault(clue.anchor, clue)
    out = []
    for name in sorted(by_shape):
        keep = shapes[name].keep
        ranked = sorted(by_shape[name].values(), key=_newest if keep == 1 else _narrowest)
        out += _apart(ranked)[:keep]
    return out


def _unforeseen(clues: Sequence[Clue]) -> Iterable[Clue]:
    """Yield the clues but those that take for news what the text itself tells as coming, with its day."""
    coming = [clue.anchor for clue in clues if clue.rule in COMING and clue.anchor]
    for clue in clues:
        if clue.rule not in NEWS or not any(clue.anchor and clue.anchor & days for days in coming):
            yield clue


def _apart(clues: Iterable[Clue]) -> list[Clue]:
    """Return the clues without those that read words anew which an earlier one has read."""
    out: list[Clue] = []
    for clue in clues:
        if not any(clue.span and other.span and clue.span.overlaps(other.span) for other in out):
            out.append(clue)
    return out


def _newest(clue: Clue) -> tuple[int, int]:
    # a yearless anchor has no latest day: the first one in the text speaks
    place = clue.span.start if clue.span else 0
    return (0 if clue.anchor is None or len(clue.anchor.runs) > 1 else -clue.anchor.runs[-1][1]), place


def _narrowest(clue: Clue) -> tuple[int, int]:
    runs = clue.anchor.runs if clue.anchor else ()
    return sum(high - low for low, high in runs), -runs[0][0] if runs else 0


def _product(window: DaySet, functions: Sequence[Steps]) -> list[Segment]:
    """Return the sum of step functions over a window: one sweep over all their edges."""
    changes: dict[int, float] = {}
    for steps in functions:
        before = 0.0
        for day, log in steps:
            changes[day] = changes.get(day, 0.0) + log - before
            before = log
    edges = sorted(changes)
    out: list[Segment] = []
    level, place = 0.0, 0
    for low, high in window.runs:
        first = low
        while place < len(edges) and edges[place] <= high:
            if edges[place] > first:
                out.append((first, edges[place] - 1, level))
                first = edges[place]
            level += changes[edges[place]]
            place += 1
        out.append((first, high, level))
    return out


def masses(segments: Sequence[Segment]) -> list[float]:
    """Return the probability of each segment."""
    top = max(log for _, _, log in segments)
    raw = [(high - low + 1) * math.exp(log - top) for low, high, log in segments]
    total = sum(raw)
    return [mass / total for mass in raw]


def _interval(segments: Sequence[Segment], share: float) -> tuple[int, int]:
    """Return the shortest interval with so much of the mass: two pointers over the segments' ends.

    The densities are constant within a segment, so the shortest interval starts or ends at an edge;
    trying both keeps it exact to the day.
    """
    held = masses(segments)
    best = segments[0][0], segments[-1][1]
    for first, last in (*_forward(segments, held, share), *_backward(segments, held, share)):
        if last - first < best[1] - best[0]:
            best = first, last
    return best


def _forward(segments: Sequence[Segment], shares: Sequence[float], share: float) -> Iterable[tuple[int, int]]:
    """Yield for each segment's first day the interval that starts there."""
    end, held = 0, 0.0
    for start, (first, _, _) in enumerate(segments):
        while end < len(segments) and held + shares[end] < share - 1e-9:
            held += shares[end]
            end += 1
        if end == len(segments):
            return
        low, high, _ = segments[end]
        yield first, low + max(0, math.ceil((share - held) / shares[end] * (high - low + 1) - 1e-6) - 1)
        if end == start:
            end, held = start + 1, 0.0
        else:
            held -= shares[start]


def _backward(segments: Sequence[Segment], shares: Sequence[float], share: float) -> Iterable[tuple[int, int]]:
    """Yield for each segment's last day the interval that ends there."""
    turned = [(-high, -low, log) for low, high, log in reversed(segments)]
    for first, last in _forward(turned, list(reversed(shares)), share):
        yield -last, -first


def likely(segments: Sequence[Segment], days: DaySet) -> DaySet:
    """Return the possible days within the shortest interval that holds the share of the posterior asked for."""
    return days & DaySet((_interval(segments, SHARE),))


def best(segments: Sequence[Segment]) -> date | None:
    """Return the one day that is clearly most probable, or None."""
    held = masses(segments)
    top = max(range(len(held)), key=lambda place: held[place] / (segments[place][1] - segments[place][0] + 1))
    low, high, _ = segments[top]
    return date.fromordinal(low) if low == high and held[top] >= CLEAR else None
