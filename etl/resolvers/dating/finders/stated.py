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
LEAP = {"day": 120, "month": 190}  # days over which a date is told without its year although the year has changed
YEAR = 366
LEAD = 450  # characters of a lead: what a report begins with is news
# days before and after a yearless day of the lead on which the report is written
LEADS = {"lead_day": (-14, 45), "lead_planned_day": (-45, 3)}
COMING = 20  # days of January on which the year is still called new
_SENTENCE = re.compile(r"[.!?]\s+|\n\n")
_NAME = re.compile(r" [A-Z\u0410-\u042f][a-z\u0430-\u044f]{2}")
PERIOD_OVER = 15  # days before its end on which a quarter or half is first told as past
PART_OVER = 4  # days of an early, middle or late part of a month that are over when the part is told as past
LATE = {"day": 7, "month": 0, "year": 0}  # a week that is proclaimed may have begun
JOINED = ("/", "-", "_", "=", "–")  # part of an address or of a range that ends here
CONTEXT, AFTER = 60, 24  # characters before and after a mention that are searched for cue words


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of one language that turn a mention into a plan, a comparison or today."""

    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    today: re.Pattern[str]
    compared: re.Pattern[str]
    before_year: re.Pattern[str]
    coming_year: re.Pattern[str]
    hopes: re.Pattern[str]
    surely_year: re.Pattern[str]
    last_year: re.Pattern[str]
    either: re.Pattern[str]
    perhaps: re.Pattern[str]
    named_days: frozenset[str]  # "MM-DD" that stand for an event, whatever the year: September 11
    this_year: re.Pattern[str]


def cues(lexicon: Lexicon, lang: str) -> Cues:
    """Return the cue patterns of a language; build with ``lexicon.once_in(lang, cues)``."""
    table = lexicon.topic(lang, "dating")
    ends = {name: r"\b(?:" + "|".join(table[name]) + r")\W{0,8}$" for name in _BEFORE}
    anywhere = {name: r"\b(?:" + "|".join(table[name]) + r")" for name in _ANYWHERE}
    texts = {name: text.replace(" ", r"\s{1,3}") for name, text in {**ends, **anywhere}.items()}
    patterns = {name: re.compile(text, re.IGNORECASE) for name, text in texts.items()}
    return Cues(**patterns, named_days=frozenset(table["named_days"]))


_BEFORE = (
    "ahead",
    "behind",
    "today",
    "compared",
    "before_year",
    "coming_year",
    "either",
)  # end where the mention begins
_ANYWHERE = ("hopes", "surely_year", "last_year", "this_year", "perhaps")


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clues of all dates mentioned in the text."""
    table, words = lexicon.once(rules), lexicon.once_in(analysis.document.lang, cues)
    horizon, title = known_until(lexicon.once(habits)), analysis.text.find("\n")
    out: list[Clue] = []
    for timex in analysis.timexes:
        told = timex.expression
        if timex.type in {"DATE", "TIME"} and told.kind == "calendar" and told.decade is None and told.century is None:
            before = analysis.text[max(0, timex.span.start - CONTEXT) : timex.span.start]
            after = analysis.text[timex.span.end : timex.span.end + AFTER]
            if before.endswith(JOINED):
                continue
            exact = timex.span.of(analysis.text)
            named = exact.isdigit() and bool(_NAME.match(analysis.text, timex.span.end))
            opening, titled = not any(clue.rule in LEADS for clue in out), timex.span.end <= title
            mention = Mention(timex, " ".join(exact.split()), before, after, words, horizon, named, opening, titled)
            out += mention.clues(table)
    return out


def known_until(known: Habits) -> int:
    """Return the first day after the world that we know: a past there is a slip of the pen."""
    return known.prior[-1][0]


@dataclass(frozen=True, slots=True)
class Mention:
    """One date of the text with the words before it."""

    timex: Timex
    exact: str
    before: str
    after: str
    words: Cues
    horizon: int
    named: bool  # the year begins a name: "the 2021 World Championships"
    opening: bool  # no day before it opens the report
    titled: bool  # it stands in the title, where numbers like years are years

    def clues(self, table: Rules) -> Iterator[Clue]:
        """Yield the one or two clues that the mention gives."""
        told = self.timex.expression
        if told.year is not None and told.month is None and (told.quarter or told.half or told.season):
            yield from self._dated(table, DaySet.year(told.year), "year")
        elif told.year is not None:
            yield from self._dated(table, days_of(told), "day" if told.day else "month" if told.month else "year")
        elif told.month or told.quarter or told.half:
            yield from self._yearless(table, _calendar_part(told))

    def _dated(self, table: Rules, days: DaySet, unit: str) -> Iterator[Clue]:
        if days:
            rule, allowed = self._bound(days, unit)
            if rule:
                yield table.clue(rule, allowed, self.timex.span, anchor=days, exact=self.exact)

    def _bound(self, days: DaySet, unit: str) -> tuple[str, DaySet]:
        """Return the rule that a date with its year follows, and the days that it leaves for the document."""
        if unit == "year" and self.words.coming_year.search(self.before + self.exact.rstrip("0123456789")):
            return "coming_year", around(days, -SLACK[unit], COMING - SLACK[unit] + 1)
        if days.runs[0][0] < self.horizon and self._open():
            return f"open_{unit}", EVER
        if self._ahead() or days.runs[0][0] >= self.horizon:
            until = self.timex.expression.until
            end = days_of(until) if until and until.year else days
            return f"planned_{unit}", around(days | end, 0, LATE[unit]).until()
        if unit == "year":
            return self._year(days)
        if unit == "day" and self.words.today.search(self.before):
            return "today_day", days
        return self._told(days, unit)

    def _year(self, days: DaySet) -> tuple[str, DaySet]:
        if not self._is_year():
            return "", EVER
        if self.words.compared.search(self.before):
            return "compared_year", days.since()
        rule, allowed = self._told(days, "year")
        if not self.named:
            return rule, allowed
        return "named_year_in_title" if self.titled else "named_year", around(days, -SLACK["year"], 0).since()

    def _told(self, days: DaySet, unit: str) -> tuple[str, DaySet]:
        if self._tense() == "past":
            return f"past_{unit}", days.since()
        return f"told_{unit}", around(days, -SLACK[unit], 0).since()

    def _yearless(self, table: Rules, told: Expression) -> Iterator[Clue]:
        unit = "day" if told.day else "month" if told.month else "period"
        every = yearly(told)
        span = self.timex.span
        if told.day and (self.words.today.search(self.before)):
            yield table.clue("today_yearless", every, span, anchor=every, exact=self.exact)
            return
        if self.words.last_year.search(self.exact + self.after) and not told.weekday:
            return
        either = bool(self.words.either.search(self.before))
        hoped = bool(self.words.hopes.search(self.before))
        named = self._is_name(told) and not told.weekday
        if named and not hoped and (either or not self.words.ahead.search(self.before)):
            return
        planned = hoped or (self._ahead() and not (either and self._tense() == "past"))
        rule, near = self._written(every, unit, planned=planned)
        yield table.clue(rule, near, span, anchor=every, exact=self.exact)

    def _written(self, every: DaySet, unit: str, *, planned: bool) -> tuple[str, DaySet]:
        """Return the rule that a date without its year follows, and the days that it leaves for the document."""
        past = self._tense() == "past" and not self._perhaps()
        behind = bool(self.words.behind.search(self.before))
        if unit == "day" and self.timex.span.start < LEAD and (self.opening or not planned) and not behind:
            rule = "lead_planned_day" if planned else "lead_day"
            before, after = LEADS[rule]
            return rule, around(every, 0 if past and not planned else before, after)
        if unit == "day" and self.timex.expression.weekday:
            before, after = NEAR
            return "weekday_and_day", around(every, 0 if past and not planned else before, 0 if planned else after)
        return f"{'planned' if planned else 'told'}_yearless_{unit}", self._near(every, planned=planned)

    def _is_name(self, told: Expression) -> bool:
        """Tell whether the day stands for an event that is spoken of in any year."""
        return told.month is not None and f"{told.month:02}-{told.day or 0:02}" in self.words.named_days

    def _near(self, every: DaySet, *, planned: bool) -> DaySet:
        """Return the days on which a date is told without its year: in its own year, or across one turn of it."""
        told = self.timex.expression
        leap = LEAP["day" if told.day else "month"]
        if self.words.this_year.search(self.exact + self.after):
            leap = 0
        if planned:
            return planned_near(every, leap)
        if self.timex.expression.amount == -1:  # last August
            leap = YEAR
        sure = self._tense() == "past" and not self.words.behind.search(self.before) and not self._perhaps()
        return told_near(_over(every, told), leap) if sure else EVER

    def _ahead(self) -> bool:
        """Tell whether the date lies ahead: by the words before it, else by the tense of its clause."""
        if self.words.behind.search(self.before):
            return False
        return bool(self.words.ahead.search(self.before)) or self._tense() == "future"

    def _open(self) -> bool:
        """Tell whether the words beside the date leave open on which side of it the text was written."""
        if self.words.either.search(self.before):
            return self._tense() == "past"
        return not self._ahead() and self._perhaps()

    def _perhaps(self) -> bool:
        """Tell whether the sentence so far speaks of plans, so that even a past tense may be of what is to come."""
        return bool(self.words.perhaps.search(_SENTENCE.split(self.before)[-1]))

    def _is_year(self) -> bool:
        """Tell whether the number is told as a year: postal codes, telephone and season numbers are not."""
        words = self.words
        return self.titled or bool(words.surely_year.search(self.exact) or words.before_year.search(self.before))

    def _tense(self) -> str:
        return self.timex.expression.tense


@functools.lru_cache(maxsize=2000)
def yearly(told: Expression) -> DaySet:
    """Return the day, month, quarter or half of every year, only of years in which the weekday agrees."""

    def pick(year: int) -> DaySet:
        days = days_of(told, year)
        single = days.single
        return EMPTY if told.weekday and single and single.isoweekday() != told.weekday else days

    return DaySet.recurring(pick, YEARS)


@functools.lru_cache(maxsize=2000)
def told_near(every: DaySet, leap: int) -> DaySet:
    """Return the days from a past day to the end of its year, or to ``leap`` days after it."""
    runs = union(DaySet(((low, max(_year_end(high), high + leap)),)) for low, high in every.runs).runs
    return DaySet(runs, True, True)


@functools.lru_cache(maxsize=2000)
def planned_near(every: DaySet, leap: int) -> DaySet:
    """Return the days from the start of a coming day's year, or from ``leap`` days before it, to the day."""
    runs = union(DaySet(((min(_year_start(low), low - leap), high),)) for low, high in every.runs).runs
    return DaySet(runs, True, True)


@functools.lru_cache(maxsize=2000)
def _over(every: DaySet, told: Expression) -> DaySet:
    """Return the days by which something told as past is over: the end of a period, the middle of a month's part."""
    if told.month is None:
        ends = union(DaySet(((max(low, high - PERIOD_OVER), high),)) for low, high in every.runs)
        return DaySet(ends.runs, True, True)
    return every & every.shift(PART_OVER) if told.part else every


def _year_end(day: int) -> int:
    return date(date.fromordinal(day).year, 12, 31).toordinal()


def _year_start(day: int) -> int:
    return date(date.fromordinal(day).year, 1, 1).toordinal()


def yearly_day(told: Expression) -> DaySet:
    """Return the day of an expression in every year, only of years in which its weekday agrees."""
    return yearly(_calendar_part(told))


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


def days_of(told: Expression, year: int | None = None) -> DaySet:
    """Return the days that a calendar expression names in its own year or the one given; none without either."""
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
