"""One person's time in one office, and how it is read from a row of ``offices.csv``."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.dayset import DaySet
from etl.lexicon import Row, column

UNKNOWN = "?"  # in the column ``end``: the source stops while the person is in office
HISTORY = 1945  # who left office before then is mostly told of in retrospect
TOUCHING = timedelta(45)  # a re-appointment after an election seldom takes longer
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in an office from ``start`` to ``end`` inclusive; months and years are widened to whole ones."""

    country: str  # ISO 3166-1 alpha-2, or INT, EU
    office: str
    office_key: str
    person: str
    person_id: str
    qid: str
    start: date
    end: date | None
    end_known: bool
    source: str
    verified: bool
    file: str
    line: int


def days_in_office(tenure: Tenure) -> DaySet:
    """Return the days on which the person may have held the office."""
    return DaySet.between(tenure.start, tenure.end)


def check(rows: Sequence[Row]) -> None:
    """Raise LexiconError for a row whose dates are no dates or end before they start."""
    starts, ends = column(rows, "start"), column(rows, "end")
    dates = set(filter(_DATE.fullmatch, {*starts, *ends}))
    may_end = dates | {"", UNKNOWN}
    for row, start, end in zip(rows, starts, ends, strict=True):
        if start not in dates:
            raise row.error(f"the start {start!r} is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD")
        if end not in may_end:
            raise row.error(f"the end {end!r} is not a date", "write a date, ? when it is unknown, or nothing")
        if end in dates and start[: len(end)] > end[: len(start)]:
            raise row.error(f"the end {end} lies before the start {start}", "correct one of them")


def first_day(text: str) -> date:
    """Return the first day of a year, month or day."""
    return date.fromisoformat((text + "-01-01")[:10])


def last_day(text: str) -> date:
    """Return the last day of a year, month or day."""
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:7] or 12)
    return date(year, month, calendar.monthrange(year, month)[1])


def joined(tenures: Iterable[Tenure]) -> tuple[Tenure, ...]:
    """Return the tenures with those of one person in one office joined where they touch or overlap."""
    out: list[Tenure] = []
    for tenure in sorted(tenures, key=lambda t: (t.person_id, t.country, t.office_key, t.start, t.line)):
        last = out[-1] if out else None
        if last and _same_post(last, tenure) and (last.end is None or tenure.start <= last.end + TOUCHING):
            out[-1] = _join(last, tenure)
        else:
            out.append(tenure)
    return tuple(sorted(out, key=lambda t: (t.start, t.line)))


def _same_post(one: Tenure, other: Tenure) -> bool:
    return (one.person_id, one.country, one.office_key) == (other.person_id, other.country, other.office_key)


def _join(first: Tenure, second: Tenure) -> Tenure:
    """Return one tenure for two; a known end beats an unknown one, the later the earlier."""
    if first.end is not None and second.end is not None:
        longer = max(first, second, key=lambda t: t.end or date.max)
    elif first.end_known != second.end_known:
        longer = first if first.end_known and (first.end is None or first.end >= second.start) else second
    else:
        longer = first if first.end is None else second
    verified = first.verified and longer.verified
    return replace(first, end=longer.end, end_known=longer.end_known, verified=verified)


def remembered(terms: Sequence[Tenure]) -> list[Tenure]:
    """Return the terms that a surname alone may mean: those of history only when there are no later ones."""
    return [term for term in terms if term.end is None or term.end.year >= HISTORY] or list(terms)
