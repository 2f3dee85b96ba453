"""Intersects the clues from the most trusted on, and writes down what each of them removed.

The order is that of an archivist: what outranks is applied first, a clue that would leave no day at all
is set aside and reported as a conflict, so a contradiction costs one clue and never the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from etl.dayset import EVER, MAX, MIN, DaySet
from etl.model import Evidence
from etl.resolvers.dating.clues import Clue, in_words

SHOWN = 24  # reasons that a reader can still follow; further ones that remove nothing are left out
QUOTABLE = {
    "labelled_date",
    "date_line",
    "crowded_date_line",
    "title_date",
}  # a diary or a letter may be quoted with its date line
SURELY_PAST = {"past_day", "past_month", "past_year", "fact_since", "office_since"}
AGAINST, DOUBT = 2, 0.8
TOLD_ANYWAY = {"offices", "corpus"}  # a reader wants to see that these agree


def narrow(clues: Iterable[Clue], start: DaySet = EVER) -> tuple[DaySet, tuple[Evidence, ...], list[Clue]]:
    """Return the days that are left, the recorded steps, and the clues that took part."""
    days, steps, used = start, list[Evidence](), list[Clue]()
    conflicts = 0
    for clue in _once(sorted(_doubted(list(clues)), key=_rank)):
        left = days & clue.days
        if not left:
            conflicts += 1
            if conflicts <= SHOWN:
                steps.append(_conflict(clue, days))
            continue
        used.append(clue)
        if left != days or clue.explicit or (clue.family in TOLD_ANYWAY and len(steps) < SHOWN):
            steps.append(_step(clue, left))
        days = left
    return days, tuple(_unrepeated(steps)), used


def _once(clues: Iterable[Clue]) -> Iterable[Clue]:
    """Drop clues that say what an earlier one said: a long text tells the same day many times."""
    seen: set[tuple[str, DaySet, str, DaySet | None]] = set()
    for clue in clues:
        key = clue.rule, clue.days, clue.source, clue.anchor
        if key not in seen:
            seen.add(key)
            yield clue


def _doubted(clues: list[Clue]) -> Iterable[Clue]:
    """Trust a date line less than the text when several later days are surely past: it is quoted, not stated.

    One later day is not enough, it may be a slip of the pen.
    """
    sure = {clue.days.runs[0][0] for clue in clues if clue.rule in SURELY_PAST and clue.days}
    for clue in clues:
        doubtful = clue.rule in QUOTABLE and sum(low > clue.days.runs[-1][1] for low in sure) >= AGAINST
        yield replace(clue, trust=DOUBT) if doubtful else clue


def _rank(clue: Clue) -> tuple[float, int, int, int, str]:
    """Order by trust, of equals the one that removes most first, so that a reader meets the decisive clue."""
    low, high = (clue.days.runs[0][0], clue.days.runs[-1][1]) if clue.days else (MIN, MAX)
    return -clue.trust, -low, high, clue.span.start if clue.span else -1, clue.rule


def _step(clue: Clue, left: DaySet) -> Evidence:
    return Evidence(clue.kind, clue.rule, clue.note, clue.span, clue.source, clue.verified, clue.days, left.n_days)


def _conflict(clue: Clue, days: DaySet) -> Evidence:
    note = f"Set aside, because better clues leave only {in_words(days)}: {clue.note}"
    return Evidence("conflict", clue.rule, note, clue.span, clue.source, clue.verified, clue.days, days.n_days)


def _unrepeated(steps: list[Evidence]) -> Iterable[Evidence]:
    seen: set[tuple[str, str]] = set()
    for step in steps:
        key = (step.kind, step.note)
        if key not in seen:
            seen.add(key)
            yield step
