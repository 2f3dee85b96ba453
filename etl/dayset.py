"""DaySet: a set of calendar days, the one currency in which every date clue pays.

A claim about a date is the set of days that it allows; claims combine by ``&`` (both hold) and ``|``
(one holds).  Days are proleptic Gregorian ordinals in sorted, disjoint, inclusive intervals, so a set
of eleven "6 May"s and a century cost a few tuples.  Whether the set goes on beyond what is stored
("any 6 May", "before 9 May 2025") is remembered in two flags instead of invented bounds.
Notation in and out: EDTF (ISO 8601-2:2019).
"""

from __future__ import annotations

import calendar
import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

MIN, MAX = date.min.toordinal(), date.max.toordinal()
# Yearless days are spelt out over these years; a set that still reaches both ends prints as XXXX-MM-DD.
HORIZON = range(1600, 2200)
LISTED = 60  # a set of more runs than this is written as its hull
SHOWN = 3  # runs that are written of a set that goes on without end

Interval = tuple[int, int]
_FIRST, _LAST = itemgetter(0), itemgetter(1)  # of an interval


@dataclass(frozen=True, slots=True)
class DaySet:
    """A set of days as sorted, disjoint, inclusive intervals of ordinals."""

    runs: tuple[Interval, ...] = ()
    open_below: bool = False
    open_above: bool = False

    # ------------------------------------------------------------------ making one
    @classmethod
    def of(cls, *days: date) -> DaySet:
        """Return the set of exactly these days."""
        return cls(_joined([(day.toordinal(), day.toordinal()) for day in days]))

    @classmethod
    def between(cls, first: date | None, last: date | None) -> DaySet:
        """Return all days from first to last inclusive; None leaves that side open."""
        low = MIN if first is None else first.toordinal()
        high = MAX if last is None else last.toordinal()
        return cls(((low, high),) if low <= high else (), first is None, last is None)

    @classmethod
    def year(cls, year: int) -> DaySet:
        """Return the days of a calendar year, or the empty set for a year that no calendar has."""
        return cls.between(date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9999 else EMPTY

    @classmethod
    def month(cls, year: int, month: int) -> DaySet:
        """Return the days of a calendar month."""
        if not (1 <= year <= 9999 and 1 <= month <= 12):
            return EMPTY
        return cls.between(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def day(cls, year: int, month: int, day: int) -> DaySet:
        """Return one day, or the empty set when the calendar has no such day (31 February)."""
        try:
            ordinal = date(year, month, day).toordinal()
        except ValueError:
            return EMPTY
        return cls(((ordinal, ordinal),))

    @classmethod
    def recurring(cls, pick: Callable[[int], DaySet], years: Iterable[int] = HORIZON) -> DaySet:
        """Return the union of ``pick(year)`` over the horizon, open on both sides."""
        runs = [run for year in years for run in pick(year).runs]
        return cls(_joined(runs), True, True)

    @classmethod
    def parse(cls, edtf: str) -> DaySet:
        """Return the set that one of our own EDTF strings denotes; ValueError when it is not one."""
        if not edtf:
            return EMPTY
        if edtf[0] in "[{":
            return union(cls.parse(part) for part in edtf[1:-1].split(","))
        if "/" in edtf or ".." in edtf:  # an interval, written with two dots inside a set
            first, last = edtf.split("/" if "/" in edtf else "..")
            low, high = (None if end in ("", "..") else cls.parse(end) for end in (first, last))
            return cls.between(low.earliest if low else None, high.latest if high else None)
        return _parse_single(edtf)

    # ------------------------------------------------------------------ asking it
    def __bool__(self) -> bool:
        """Tell whether any day is left."""
        return bool(self.runs)

    def __contains__(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        ordinal = day.toordinal()
        return any(low <= ordinal <= high for low, high in self.runs)

    def __iter__(self) -> Iterator[date]:
        """Yield every day in order; ask ``n_days`` first, an open set has millions."""
        for low, high in self.runs:
            for ordinal in range(low, high + 1):
                yield date.fromordinal(ordinal)

    @property
    def earliest(self) -> date | None:
        """Return the first day, or None when the set is empty or open below."""
        return None if self.open_below or not self.runs else date.fromordinal(self.runs[0][0])

    @property
    def latest(self) -> date | None:
        """Return the last day, or None when the set is empty or open above."""
        return None if self.open_above or not self.runs else date.fromordinal(self.runs[-1][1])

    @property
    def n_days(self) -> int | None:
        """Return how many days are possible, or None when a side is open."""
        if self.open_below or self.open_above:
            return None
        return sum(high - low + 1 for low, high in self.runs)

    @property
    def single(self) -> date | None:
        """Return the day if there is exactly one."""
        return date.fromordinal(self.runs[0][0]) if self.n_days == 1 else None

    # ------------------------------------------------------------------ combining
    def __and__(self, other: DaySet) -> DaySet:
        """Return the days that both sets allow."""
        if len(other.runs) == 1:
            runs = _within(self.runs, *other.runs[0])
        elif len(self.runs) == 1:
            runs = _within(other.runs, *self.runs[0])
        else:
            runs = _common(self.runs, other.runs)
        both_below, both_above = self.open_below and other.open_below, self.open_above and other.open_above
        return DaySet(runs, bool(runs) and both_below, bool(runs) and both_above)

    def __or__(self, other: DaySet) -> DaySet:
        """Return the days that at least one set allows."""
        return DaySet(
            _joined([*self.runs, *other.runs]),
            self.open_below or other.open_below,
            self.open_above or other.open_above,
        )

    def __sub__(self, other: DaySet) -> DaySet:
        """Return the days of this set that the other one does not have."""
        gaps: list[Interval] = []
        start = MIN
        for low, high in other.runs:
            if start < low:
                gaps.append((start, low - 1))
            start = high + 1
        if start <= MAX:
            gaps.append((start, MAX))
        return self & DaySet(tuple(gaps), not other.open_below, not other.open_above)

    def shift(self, days: int) -> DaySet:
        """Return the set moved by so many days; what falls off the calendar is dropped."""
        moved = [(max(MIN, low + days), min(MAX, high + days)) for low, high in self.runs]
        return DaySet(tuple(run for run in moved if run[0] <= run[1]), self.open_below, self.open_above)

    def before(self) -> DaySet:
        """Return every day earlier than the latest day of this set (open above: every day)."""
        latest = self.latest
        if latest == date.min:
            return EMPTY
        return EVER if latest is None else DaySet.between(None, latest - timedelta(1))

    def until(self) -> DaySet:
        """Return every day not later than the latest day of this set."""
        return EVER if self.latest is None else DaySet.between(None, self.latest)

    def since(self) -> DaySet:
        """Return every day not earlier than the earliest day of this set."""
        return EVER if self.earliest is None else DaySet.between(self.earliest, None)

    def map(self, function: Callable[[date], DaySet], limit: int = 40000) -> DaySet:
        """Return the union of ``function(day)`` over the days; EMPTY for an open or larger set."""
        if self.n_days is None or self.n_days > limit:
            return EMPTY
        return union(function(day) for day in self)

    # ------------------------------------------------------------------ writing it
    def edtf(self) -> str:
        """Return the set in EDTF: a day, month, year, interval, or ``[one, of, a, set]``."""
        if not self.runs:
            return ""
        if self.open_below and self.open_above and len(self.runs) > LISTED:
            return self._yearless()
        if len(self.runs) > 1 and self.open_below != self.open_above:
            return self._tailed()
        if len(self.runs) > LISTED:
            hull = (MIN if self.open_below else self.runs[0][0], MAX if self.open_above else self.runs[-1][1])
            return _interval_text(hull, self.open_below, self.open_above)
        texts = [_interval_text(run, self.open_below, self.open_above) for run in self.runs]
        return texts[0] if len(texts) == 1 else _set_text(texts)

    def _tailed(self) -> str:
        """Write the first runs beside the closed end of a set that goes on, then "and what lies beyond"."""
        if self.open_above:
            near, rest = self.runs[:SHOWN], self.runs[SHOWN:]
            tail = [f"{date.fromordinal(rest[0][0]).isoformat()}.."] if rest else []
            return _set_text([_interval_text(run, False, not rest) for run in near] + tail)
        near, rest = self.runs[-SHOWN:], self.runs[:-SHOWN]
        tail = [f"..{date.fromordinal(rest[-1][1]).isoformat()}"] if rest else []
        return _set_text(tail + [_interval_text(run, not rest, False) for run in near])

    def _yearless(self) -> str:
        days = {(date.fromordinal(low).month, date.fromordinal(low).day) for low, _ in self.runs}
        widths = {high - low for low, high in self.runs}
        if len(days) == 1:
            month, day = days.pop()
            if widths == {0}:
                return f"XXXX-{month:02d}-{day:02d}"
            if day == 1 and max(widths) <= 30:
                return f"XXXX-{month:02d}"
        return "../.."


def union(sets: Iterable[DaySet]) -> DaySet:
    """Return the union of any number of sets in one pass."""
    runs: list[Interval] = []
    below = above = False
    for days in sets:
        runs.extend(days.runs)
        below, above = below or days.open_below, above or days.open_above
    return DaySet(_joined(runs), below, above)


def _within(runs: tuple[Interval, ...], low: int, high: int) -> tuple[Interval, ...]:
    """Return the parts of intervals that lie between two days."""
    if len(runs) > 1:
        runs = runs[bisect_left(runs, low, key=_LAST) : bisect_right(runs, high, key=_FIRST)]
    if not runs or runs[0][0] > high or runs[-1][1] < low:
        return ()
    if runs[0][0] < low:
        runs = ((low, runs[0][1]), *runs[1:])
    return (*runs[:-1], (runs[-1][0], high)) if runs[-1][1] > high else runs


def _common(one: tuple[Interval, ...], two: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return the parts that two series of intervals share: one sweep over both."""
    runs: list[Interval] = []
    i = j = 0
    while i < len(one) and j < len(two):
        low = max(one[i][0], two[j][0])
        high = min(one[i][1], two[j][1])
        if low <= high:
            runs.append((low, high))
        if one[i][1] < two[j][1]:
            i += 1
        else:
            j += 1
    return tuple(runs)


def _joined(runs: list[Interval]) -> tuple[Interval, ...]:
    """Sort intervals and join those that touch."""
    out: list[Interval] = []
    for low, high in sorted(runs):
        if out and low <= out[-1][1] + 1:
            if high > out[-1][1]:
                out[-1] = (out[-1][0], high)
        else:
            out.append((low, high))
    return tuple(out)


def _set_text(parts: list[str]) -> str:
    """Return an EDTF "one of a set"; an interval in it is written with two dots, an open one with nothing beyond."""
    return "[" + ",".join(part.replace("/..", "..").replace("../", "..").replace("/", "..") for part in parts) + "]"


def _interval_text(run: Interval, open_below: bool, open_above: bool) -> str:
    low, high = date.fromordinal(run[0]), date.fromordinal(run[1])
    below, above = open_below and run[0] == MIN, open_above and run[1] == MAX
    if below and above:
        return "../.."
    if below or above:
        return f"../{high.isoformat()}" if below else f"{low.isoformat()}/.."
    if low == high:
        return low.isoformat()
    if low.day == 1 and (high == date.max or (high + timedelta(1)).day == 1):
        if (low.year, low.month) == (high.year, high.month):
            return f"{low.year:04d}-{low.month:02d}"
        if low.month == 1 and high.month == 12:
            return f"{low.year:04d}" if low.year == high.year else f"{low.year:04d}/{high.year:04d}"
    return f"{low.isoformat()}/{high.isoformat()}"


@functools.lru_cache(maxsize=4000)
def _parse_single(edtf: str) -> DaySet:
    match = re.fullmatch(r"(XXXX|\d{4})(?:-(\d\d))?(?:-(\d\d))?", edtf)
    if match is None:
        raise ValueError(f"not an EDTF date of ours: {edtf!r}")
    year, month, day = match.groups()

    def pick(number: int) -> DaySet:
        if day:
            return DaySet.day(number, int(month), int(day))
        return DaySet.month(number, int(month)) if month else DaySet.year(number)

    return DaySet.recurring(pick) if year == "XXXX" else pick(int(year))


EMPTY = DaySet()
EVER = DaySet(((MIN, MAX),), open_below=True, open_above=True)
