"""Reads the dates that the text mentions: what has happened bounds from below, what is planned from above.

A date with its year is a bound by itself.  A date without a year ("on 6 May", "in September") says
nothing about the year, but writers use it for days close by: it is a habit, counted from the same day of
every year.  A weekday beside day and month leaves only the years whose calendar agrees.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from etl.dayset import EMPTY, EVER, DaySet, union
from etl.lexicon import Lexicon
from etl.model import Analysis, Expression, Timex
from etl.resolvers.dating.clues import Clue, around
from etl.resolvers.dating.likelihood import FIRST, LAST, Habits, habits
from etl.resolvers.dating.rules import Rules, rules

NEAR = (-120, 250)  # a yearless day with its weekday is told from so many days before to after it
YEARS = range(date.fromordinal(FIRST).year, date.fromordinal(LAST).year + 1)
# A date told without a tense may lie so many days ahead: announcements, the coming year.
SLACK = {"day": 14, "month": 92, "year": 366}
LATE = {"day": 7, "month": 0, "year": 0}  # a week that is proclaimed may have begun
JOINED = ("/", "-", "_", "=", "–")  # part of an address or of a range that ends here
CONTEXT = 28  # characters before a mention that are searched for "until", "compared with" and the like


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of one language that turn a mention into a plan, a comparison or today."""

    ahead: re.Pattern[str]
    today: re.Pattern[str]
    compared: re.Pattern[str]
    year: re.Pattern[str]


def cues(lexicon: Lexicon) -> dict[str, Cues]:
    """Return the cue patterns of every language; build with ``lexicon.once(cues)``."""
    out = {}
    for lang in lexicon.languages:
        table = lexicon.topic(lang, "dating")
        parts = [re.compile(r"\b(?:" + "|".join(table[name]) + r")\W{0,8}$", re.IGNORECASE) for name in _CUES]
        out[lang] = Cues(*parts)
    return out


_CUES = ("ahead", "today", "compared", "before_year")


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clues of all dates mentioned in the text."""
    table, words = lexicon.once(rules), lexicon.once(cues)[analysis.document.lang]
    horizon = known_until(lexicon.once(habits))
    out: list[Clue] = []
    for timex in analysis.timexes:
        told = timex.expression
        if timex.type in {"DATE", "TIME"} and told.kind == "calendar" and told.decade is None and told.century is None:
            before = analysis.text[max(0, timex.span.start - CONTEXT) : timex.span.start]
            if before.endswith(JOINED):
                continue
            mention = Mention(timex, timex.span.of(analysis.text), before, words, horizon)
            out += mention.clues(table)
    return out


def known_until(known: Habits) -> int:
    """Return the first year after the world that we know: a past there is a slip of the pen."""
    return date.fromordinal(known.prior[-1][0]).year


@dataclass(frozen=True, slots=True)
class Mention:
    """One date of the text with the words before it."""

    timex: Timex
    exact: str
    before: str
    words: Cues
    horizon: int

    def clues(self, table: Rules) -> Iterator[Clue]:
        """Yield the one or two clues that the mention gives."""
        told = self.timex.expression
        if told.year is not None and told.month is None and (told.quarter or told.half or told.season):
            yield from self._dated(table, DaySet.year(told.year), "year")
        elif told.year is not None:
            yield from self._dated(table, _days(told), "day" if told.day else "month" if told.month else "year")
        elif told.month or told.quarter or told.half:
            yield from self._yearless(table, _calendar_part(told))

    def _dated(self, table: Rules, days: DaySet, unit: str) -> Iterator[Clue]:
        told = self.timex.expression
        first, last = days.earliest, days.latest
        if first is None or last is None:
            return
        if self.words.ahead.search(self.before) or self._tense() == "future" or first.year >= self.horizon:
            last_days = _days(told.until) if told.until and told.until.year else days
            limit = around(days | last_days, 0, LATE[unit]).until()
            yield table.clue(f"planned_{unit}", limit, self.timex.span, anchor=days, exact=self.exact)
            return
        if unit == "year" and not self._is_year():
            return
        sure = "past" if self._tense() == "past" else "told"
        if unit == "year" and self.words.compared.search(self.before):
            yield table.clue("compared_year", days.since(), self.timex.span, anchor=days, exact=self.exact)
            return
        if unit == "day" and self.words.today.search(self.before):
            yield table.clue("today_day", days, self.timex.span, anchor=days, exact=self.exact)
            return
        early = days if sure == "past" else around(days, -SLACK[unit], 0)
        yield table.clue(f"{sure}_{unit}", early.since(), self.timex.span, anchor=days, exact=self.exact)

    def _is_year(self) -> bool:
        """Tell whether the number is told as a year: postal codes, telephone and season numbers are not."""
        return not self.exact.isdigit() or bool(self.words.year.search(self.before))

    def _yearless(self, table: Rules, told: Expression) -> Iterator[Clue]:
        unit = "day" if told.day else "month" if told.month else "period"
        every = yearly(told)
        span = self.timex.span
        if told.day and (self.words.today.search(self.before)):
            yield table.clue("today_yearless", every, span, anchor=every, exact=self.exact)
            return
        if told.day and told.weekday:
            near = around(every, *NEAR)
            yield table.clue("weekday_and_day", near, span, anchor=every, exact=self.exact)
            return
        when = "planned" if self._tense() == "future" or self.words.ahead.search(self.before) else "told"
        yield table.clue(f"{when}_yearless_{unit}", EVER, span, anchor=every, exact=self.exact)

    def _tense(self) -> str:
        return self.timex.expression.tense


@functools.lru_cache(maxsize=2000)
def yearly(told: Expression) -> DaySet:
    """Return the day, month, quarter or half of every year, only of years in which the weekday agrees."""

    def pick(year: int) -> DaySet:
        days = _days(told, year)
        single = days.single
        return EMPTY if told.weekday and single and single.isoweekday() != told.weekday else days

    return DaySet.recurring(pick, YEARS)


def _calendar_part(told: Expression) -> Expression:
    """Return only what fixes the days within a year, so that equal dates share one computation."""
    return Expression(
        "calendar",
        month=told.month,
        day=told.day,
        weekday=told.weekday if told.day else None,
        quarter=told.quarter,
        half=told.half,
        part=told.part,
    )


def _days(told: Expression, year: int | None = None) -> DaySet:
    year = told.year if year is None else year
    if year is None:
        return EMPTY
    if told.quarter:
        return (
            DaySet.month(year, 3 * told.quarter - 2)
            | DaySet.month(year, 3 * told.quarter - 1)
            | DaySet.month(year, 3 * told.quarter)
        )
    if told.half:
        return union(DaySet.month(year, month) for month in range(6 * told.half - 5, 6 * told.half + 1))
    if told.month is None:
        return DaySet.year(year)
    if told.day is not None:
        return DaySet.day(year, told.month, told.day)
    month = DaySet.month(year, told.month)
    return month & _part(month, told.part)


def _part(month: DaySet, part: str) -> DaySet:
    """Return the third of a month that "early", "mid" or "late" names."""
    first, last = month.earliest, month.latest
    if not part or first is None or last is None:
        return EVER
    third = timedelta(10)
    spans = {"START": (first, first + third), "MID": (first + third, last - third), "END": (last - third, last)}
    return DaySet.between(*spans[part]) if part in spans else EVER
