"""The thread of one document: its assumed date, the periods told so far, and which of them the text goes on from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from etl.dayset import DaySet
from etl.model import Expression, Timex
from etl.resolvers.anchoring.periods import DAY, FINENESS, HALF, QUARTER, YEAR, Period, distance, on

_QUARTER_NEAR = 400  # characters back in which "the quarter" finds the one it means
_MONTHS_NEAR = 250  # characters back in which "the nine months" is what a comparison is about
_YEAR_BESIDE = 40  # characters back at which a year stands beside a date without one
_JUMP_NEAR = 1500  # characters for which a narrative may go back to where it was before a jump
FAR_NEARER = 0.6  # the way from before a jump, as a share of the other, by which an aside is over
_JUMP_JUST_MADE = 350  # characters in which it surely goes on from the jump
_NEAR_SHARE = 0.35  # of the years named may lie next to the document's own in a narrative
_CLOCK_NEAR = 100  # characters back in which "at 10 a.m." finds its day
_WEEK_BESIDE = 30  # characters back at which a week stands beside one of its days, or beside two
_ASIDE_NEAR = 120  # characters back in which news has named a long past year that a day without one may be of
_BEFORE_CHRIST = "BC"  # how a TIMEX3 value of that era begins


class Opens(Protocol):
    """Tells whether a narrative goes on in the year that a phrase names."""

    def __call__(self, timex: Timex, *, near: bool) -> bool:
        """Return true where the phrase opens its sentence or, for a near year, is led in by a preposition."""


@dataclass(slots=True)
class Story:
    """What the text tells in order, each phrase with its period under every assumption (or one that holds for all)."""

    narrative: bool
    opens: Opens
    describes: Callable[[Timex], bool]  # tells whether a date only describes a thing: "the May 2007 high"
    strays: bool  # some phrase is before the calendar begins
    told: list[tuple[Timex, Sequence[Period | None]]] = field(default_factory=list)
    mixed: bool = False  # some phrase told so far means different periods under different assumptions

    def add(self, timex: Timex, periods: Sequence[Period | None]) -> None:
        """Take in what a phrase was found to mean."""
        self.told.append((timex, periods))
        self.mixed = self.mixed or len(periods) > 1

    def day_of_clock(self, at: int) -> Sequence[Period | None]:
        """Return the day told just before a mere time of day, under every assumption; nothing where none was."""
        for timex, periods in reversed(self.told):
            if at - timex.span.start >= _CLOCK_NEAR:
                break
            if periods[0] is not None and periods[0].unit == DAY and timex.expression.base is None:
                return periods
        return ()

    def aside(self, expression: Expression, at: int) -> Period | None:
        """Return the date with a year told just before what news tells as past without one: "in 1812 ... on 7 May"."""
        if self.narrative or not self.told or expression.tense != "past" or expression.amount is not None:
            return None
        timex, periods = self.told[-1]
        said = timex.expression.year is not None or timex.expression.month is not None  # itself perhaps such a day
        said = said and timex.type == "DATE" and at - timex.span.start < _ASIDE_NEAR
        return periods[0] if said and self.opens(timex, near=False) else None

    def week_beside(self, at: int) -> bool:
        """Tell whether a week is named right before an offset, or right before the day that stands there."""
        for timex, _ in reversed(self.told[-2:]):
            if at - timex.span.start > _WEEK_BESIDE:
                return False
            if timex.expression.unit == "week":
                return timex.expression.kind == "offset"
            if not timex.expression.weekday:
                return False
        return False


@dataclass(slots=True)
class Thread:
    """What has been told so far, under one assumption about the document's date.

    It catches up with the story only when a rule asks for what was told, and notes what was asked for.
    """

    story: Story
    day: date | None
    number: int  # of the assumption
    at: int = 0  # offset of the phrase being read
    asked_day: bool = False  # a rule has looked at the day or the story: what is found without them holds always
    asked_story: bool = False
    rival: Period | None = None  # where the text may be instead, since it may have come back from a jump
    _heard: int = 0  # phrases of the story taken in
    _ref: Period | None = None
    _told: list[tuple[int, Period]] = field(default_factory=list)
    _left: Period | None = None  # what the text went on from before it jumped to another year
    _left_at: int = 0  # offset of that jump
    _lost: bool = False
    _months_at: int = -1

    @property
    def dct(self) -> date | None:
        """Return the assumed day of the document."""
        self.asked_day = True
        return self.day

    @property
    def narrative(self) -> bool:
        """Tell whether the text tells its dates itself."""
        return self.story.narrative

    @property
    def ref(self) -> Period | None:
        """Return the date that the text goes on from."""
        self._listen()
        return self._ref

    @property
    def told(self) -> Sequence[tuple[int, Period]]:
        """Return all periods told so far, with their offsets."""
        self._listen()
        return self._told

    @property
    def lost(self) -> bool:
        """Tell whether the narrative is before the calendar begins."""
        if self.story.strays:
            self._listen()
        return self._lost

    @property
    def today(self) -> Period | None:
        """Return the document's own day, if it is known."""
        return on(self.dct, DAY) if self.dct else None

    @property
    def origin(self) -> Period | None:
        """Return what a date without a year is counted from: the thread of a narrative, else the document's day."""
        return self.ref if self.lost or (self.narrative and self.ref is not None) else self.today

    @property
    def last(self) -> Period | None:
        """Return the period told last, which "that day" and "two days later" hang on; else the document's day."""
        return self.told[-1][1] if self.told else self.today

    def of_today(self) -> bool:
        """Tell whether the narrative has come to the year in which the document was written, or to a neighbour."""
        return self.dct is not None and self.ref is not None and abs(self.ref.year - self.dct.year) <= 1

    def beside(self) -> Period | None:
        """Return the year named right before the phrase being read: "of the fighting in 1917: the 25th of August"."""
        at, last = self.told[-1] if self.told else (self.at, None)
        return last if last is not None and last.unit == YEAR and self.at - at < _YEAR_BESIDE else None

    def before_jump(self) -> tuple[Period | None, bool]:
        """Return the day, month or season left by the last jump, if it is near, and whether the jump is just made."""
        self._listen()
        since = self.at - self._left_at
        finer = self._left is not None and FINENESS[self._left.unit] > FINENESS[YEAR]
        return self._left if finer and since < _JUMP_NEAR else None, since < _JUMP_JUST_MADE

    def aside(self, expression: Expression) -> Period | None:
        """Return the date told just before from which news goes on for a sentence: one of a year long past."""
        told = self.story.aside(expression, self.at)
        return told if told is not None and self.dct is not None and told.year < self.dct.year - 1 else None

    def quarter(self) -> Period | None:
        """Return the quarter told last, if one was told not long ago."""
        near = (period for at, period in reversed(self.told) if self.at - at < _QUARTER_NEAR)
        return next((period for period in near if period.unit == QUARTER and self.over(period)), None)

    def over(self, period: Period) -> bool:
        """Tell whether a period was over on the document's day, as far as that is known."""
        return self.dct is None or period.last < self.dct.toordinal()

    def quarter_or_half(self, characters: int) -> Period | None:
        """Return the last quarter or half in the last so many characters that no stretch of months came after."""
        for at, period in reversed(self.told):
            if self.at - at >= characters or (at < self._months_at and self.at - self._months_at < _MONTHS_NEAR):
                return None
            if period.unit in (QUARTER, HALF) and self.over(period):
                return period
        return None

    def told_within(self, characters: int) -> Sequence[Period]:
        """Return the periods told in the last so many characters, in order."""
        first = bisect_right(self.told, self.at - characters, key=lambda told: told[0])
        return [period for _, period in self.told[first:]]

    def _listen(self) -> None:
        """Catch up with the story."""
        self.asked_story = True
        for timex, periods in self.story.told[self._heard :]:
            self._take(timex, periods[self.number if len(periods) > 1 else 0])
        self._heard = len(self.story.told)

    def _take(self, timex: Timex, period: Period | None) -> None:
        at, expression = timex.span.start, timex.expression
        if expression.kind == "duration" and expression.unit == "month":
            self._months_at = at
        if before_christ(timex):
            self._ref, self._lost = None, True
        if period is None or expression.unit == "comparison" or expression.base is not None:
            return
        self._told.append((at, period))
        if self._goes_on_from(timex, period):
            self._go_on(timex, period)

    def _go_on(self, timex: Timex, period: Period) -> None:
        """Let the text go on from a date, and note what it leaves by a jump or by coming back from one."""
        left, ref = self._left, self._ref
        back = left and ref and distance(period, left) < distance(period, ref) * FAR_NEARER
        if self.narrative and (timex.expression.year is not None or back):
            self._left, self._left_at = self._ref, timex.span.start
        if timex.expression.year is not None:
            self.rival = None
        self._ref, self._lost = period, False

    def _goes_on_from(self, timex: Timex, period: Period) -> bool:
        """Tell whether the text goes on from this date; a mere year named in passing is an aside."""
        expression = timex.expression
        if not self.narrative or self._ref is None:
            return True
        if expression.kind == "offset":
            return expression.anchor == "narrative" and (expression.amount or 0) >= 0
        if FINENESS[period.unit] > FINENESS[YEAR]:
            if expression.year is not None and (expression.tense == "future" or self.story.describes(timex)):
                return False  # "was planned for May 1789", "surpassing the May 2007 high"
            return expression.amount is None  # "by next summer" looks ahead, "last May" looks back
        near = 0 <= period.year - self._ref.year <= 1 and expression.tense != "future"
        return self.story.opens(timex, near=near)


def before_christ(timex: Timex) -> bool:
    """Tell whether a phrase means a time before the calendar begins."""
    return timex.value.startswith(_BEFORE_CHRIST)


def is_narrative(timexes: Sequence[Timex], dct: DaySet | None) -> bool:
    """Tell whether a text tells its dates itself: many full ones, hardly any counted from its own day.

    A text about its own present, with many years near the document's, is none however many years it names.
    """
    expressions = [timex.expression for timex in timexes]
    years = [e.year for e in expressions if e.kind == "calendar" and e.year is not None]
    full, own = len(years), {day.year for day in (dct.earliest, dct.latest) if day} if dct else set()
    near = sum(any(abs(year - mine) <= 1 for mine in own) for year in years)
    deictic = sum(
        (e.kind == "offset" and e.anchor == "dct") or (e.kind == "calendar" and bool(e.weekday) and not e.month)
        for e in expressions
    )
    return full >= 4 and deictic * 6 <= full and near <= full * _NEAR_SHARE
