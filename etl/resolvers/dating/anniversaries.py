"""Dates a text by counting from a known day: anniversaries, birthdays, "N years ago", holidays.

``anniversaries.csv`` names events and births with their day, and days that return every year with the
rule that finds them (a fixed day, the third Sunday of a month, so many days after Easter).
The number stands before a counting word ("80th anniversary", "30 years since"), the event close to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from etl.dayset import EVER, DaySet
from etl.lexicon import Lexicon, Row
from etl.model import Analysis, Span
from etl.resolvers.dating.clues import Clue
from etl.resolvers.dating.facts import add_months, period
from etl.resolvers.dating.holidays import every_year
from etl.resolvers.dating.numerals import Numerals, numerals
from etl.resolvers.dating.phrases import Phrases, compile_phrases
from etl.resolvers.dating.rules import Rules, cite, rules

REACH = 120  # characters between a counting word and the event that it counts from
ROUND = 5  # "three years ago" is said all the time; only counts from here on are anniversaries
# days before and after the round day on which it is spoken of
SLACK = {"anniversary": (400, 366), "birthday": (60, 60), "years_since": (250, 544)}


@dataclass(frozen=True, slots=True)
class Counting:
    """The words of one language that count from a day."""

    events: Phrases
    count: re.Pattern[str]  # group "n" the number, and one of the groups below
    numbers: Numerals


def countings(lexicon: Lexicon) -> dict[str, Counting]:
    """Return the counting words of every language; build with ``lexicon.once(countings)``."""
    rows = lexicon.facts("anniversaries")
    out = {}
    for lang in lexicon.languages:
        if rows and lang not in rows[0].cells:
            continue
        table = lexicon.topic(lang, "dating")["counting"]
        count = re.compile(
            r"(?:\b(?P<n>\d{1,3}(?:" + table["endings"] + r")?|[^\W\d_]{3,12}(?:[\s-]{1,2}[^\W\d_]{3,12}){0,3}?)"
            r"[\s-]{1,3}(?:(?P<ann>"
            + table["anniversary"]
            + r")|(?P<day>"
            + table["day"]
            + r")|(?P<ago>"
            + table["years"]
            + r")))(?!\w)",
            re.IGNORECASE,
        )
        out[lang] = Counting(compile_phrases(rows, lang), count, lexicon.once(numerals)[lang])
    return out


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clues of all counted events and returning days in the text."""
    known = lexicon.once(countings).get(analysis.document.lang)
    if known is None:
        return []
    table, out = lexicon.once(rules), list[Clue]()
    counted: list[tuple[Span, Row]] = []
    for span, row in known.events.find(analysis.text):
        if row["kind"] == "annual":
            out += _holiday(span, row, analysis.text, table)
        else:
            counted.append((span, row))
    if counted:
        out += _counts(counted, analysis.text, known, table)
    return out


def _holiday(span: Span, row: Row, text: str, table: Rules) -> Iterator[Clue]:
    days = every_year(row)
    titled = "\n" not in text[: span.start].strip()
    rule = "holiday_in_title" if titled else "holiday"
    yield table.clue(rule, EVER, span, anchor=days, source=cite(row), exact=span.of(text), note=row["note"])


def _counts(counted: list[tuple[Span, Row]], text: str, known: Counting, table: Rules) -> Iterator[Clue]:
    starts = [span.start for span, _ in counted]
    for match in known.count.finditer(text):
        number = known.numbers.value(match["n"])
        place = bisect_left(starts, match.start())
        near = [pair for pair in counted[max(0, place - 1) : place + 1] if _gap(pair[0], match) <= REACH]
        if not number or not near:
            continue
        span, row = min(near, key=lambda pair: (_gap(pair[0], match), pair[0]))
        whole = Span(min(span.start, match.start()), max(span.end, match.end()))
        exact = " ".join(whole.of(text).split())
        yield from (
            _day(number, row, whole, exact, table)
            if match["day"]
            else _years(number, row, whole, exact, table, round_=bool(match["ann"]))
        )


def _gap(span: Span, match: re.Match[str]) -> int:
    return max(span.start - match.end(), match.start() - span.end, 0)


def _day(number: int, row: Row, whole: Span, exact: str, table: Rules) -> Iterator[Clue]:
    """Yield the day that is the so-many-th, counted from the first."""
    start, last = period(row, "date")
    if start == last:
        day = DaySet.of(start + timedelta(number - 1))
        yield table.clue(
            "counted_day", day, whole, anchor=day, source=cite(row), exact=exact, note=row["note"], day=day.edtf()
        )


def _years(number: int, row: Row, whole: Span, exact: str, table: Rules, *, round_: bool) -> Iterator[Clue]:
    """Yield the days around the return of an event's day after so many years."""
    start, last = period(row, "date")
    first, final = add_months(start, 12 * number), add_months(last, 12 * number)
    if number < ROUND or first is None or final is None:
        return
    rule = ("birthday" if row["kind"] == "birth" else "anniversary") if round_ else "years_since"
    before, after = SLACK[rule]
    anchor = DaySet.between(first, final)
    days = DaySet.between(first - timedelta(before), final + timedelta(after))
    yield table.clue(
        rule, days, whole, anchor=anchor, source=cite(row), exact=exact, note=row["note"], day=anchor.edtf()
    )
