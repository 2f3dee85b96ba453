"""Dates a text by facts that it takes for granted: nobody writes of a thing before it exists.

``dated_facts.csv`` names literal phrases with the first day on which they could be written (empty for words
that are older than what they usually mean), the days within which they usually are, and, rarely, the last day
on which they could be written of the present.
``series.csv`` numbers things, so that a number is a period: those that come at fixed intervals
(parliaments, sessions, fiscal years), and those that are counted on as they come (resolutions, executive
orders, models of a telephone), of which some first numbers are known with their days.
``silences.csv`` says what hardly any text of a subject left unsaid from some day on: a text of that subject
without a single one of these words was probably written before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from etl.dayset import EVER, DaySet
from etl.lexicon import Lexicon, Row
from etl.model import Analysis, Span
from etl.resolvers.dating.clues import Clue, around, in_words
from etl.resolvers.dating.finders.world.numerals import Numerals, numerals
from etl.resolvers.dating.finders.world.phrases import Phrases, Said, compile_phrases, said_in
from etl.resolvers.dating.likelihood import LAST
from etl.resolvers.dating.rules import Rules, cite, rules

_BEFORE = re.compile(r"([^\W_][\w-]*(?:\s{1,2}[^\W_][\w-]*){0,6})\W{1,3}$")  # words that may be a number
_FIGURE = re.compile(r"\W{1,3}(\d{1,6})(?![^\W_]|[,.]\d)")  # a number in digits: "14008", the 95 of "95-452"
_START = re.compile(r"(\d{1,6}) (\d{4}[\d-]*)")
_AFTER = re.compile(r"\W{1,3}([^\W_][\w-]*(?:\s{1,2}[^\W_][\w-]*){0,6})")
OCCASION = 92  # days: what is usual for a season only is told around one occasion
NOW = (-10, 14)  # days before and after the usual ones on which a text tells of what happened at an occasion
EARLIEST = 1900  # a number that leads to before it counts something else: the tenth congress of some society
REACH = 60  # characters beside a series name that may hold its number
HEAD = 300  # characters of a title and lead, which name the subject
TOLD = 600  # characters; a shorter text leaves out much
_OWN_YEAR = re.compile(r"(?:,|\s{1,2}of)?\s{1,2}[12]\d{3}(?!\d)")  # after a day: it is a date, not a name


Start = tuple[int, date]  # a number of a series, and the first day on which it may have been given


@dataclass(frozen=True, slots=True)
class World:
    """The phrases of one language for facts and for series."""

    facts: Phrases
    series: Phrases
    subjects: Phrases
    unsaid: Mapping[int, frozenset[str]]  # by the line of a silence: the words of which nearly every text has one
    starts: Mapping[int, list[Start]]  # by the identity of a row: the first numbers whose days are known, ascending
    numbers: Numerals
    now: re.Pattern[str]  # before an occasion: the text tells of what happened at it


def world(lexicon: Lexicon, lang: str) -> World | None:
    """Return the phrases of a language; build with ``lexicon.once_in(lang, world)``."""
    facts, series = lexicon.facts("dated_facts"), lexicon.facts("series")
    if facts and lang not in facts[0].columns:
        return None
    for row in facts:
        if row["not_after"] and row["not_before"] and period(row, "not_before")[0] > period(row, "not_after")[1]:
            raise row.error("not_after lies before not_before", "correct one of the two days")
    numbers, silences = lexicon.once_in(lang, numerals), lexicon.facts("silences")
    unsaid = {id(row): frozenset(row[f"words_{lang}"].split()) for row in silences}
    named, numbered, subjects = (compile_phrases(rows, lang) for rows in (facts, series, silences))
    starts = {id(row): list(_starts(row)) for row in series}
    return World(named, numbered, subjects, unsaid, starts, numbers, _now(lexicon, lang))


def _starts(row: Row) -> Iterator[Start]:
    """Yield the known first numbers of a series with their days; both must grow."""
    number, day = 0, date.min
    for cell in filter(None, map(str.strip, row["starts"].split(";"))):
        match = _START.fullmatch(cell)
        days = DaySet.parse(match[2]) if match else DaySet()
        if match is None or not days.earliest or int(match[1]) <= number or days.earliest <= day:
            raise row.error(f"{cell!r} is no start", "write: number YYYY-MM-DD; number YYYY-MM-DD, both growing")
        number, day = int(match[1]), days.earliest
        yield number, day


def _now(lexicon: Lexicon, lang: str) -> re.Pattern[str]:
    words = "|".join(lexicon.topic(lang, "dating")["at_occasion"])
    return re.compile(rf"\b(?:{words})\W{{1,3}}(?:\w+\W{{1,2}}){{0,2}}$", re.IGNORECASE)


def period(row: Row, column: str) -> tuple[date, date]:
    """Return the first and last day of a cell that holds a year, a month or a day."""
    days = DaySet()
    try:
        days = DaySet.parse(row[column])
    except ValueError as error:
        raise row.error(str(error), "write YYYY, YYYY-MM or YYYY-MM-DD") from error
    if days.earliest is None or days.latest is None:
        raise row.error(f"{column} {row[column]!r} is no date", "write YYYY, YYYY-MM or YYYY-MM-DD")
    return days.earliest, days.latest


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return a clue for the first mention of every dated fact and every numbered series."""
    known = lexicon.once_in(analysis.document.lang, world)
    if known is None:
        return []
    table = lexicon.once(rules)
    said = said_in(analysis.text)
    out, seen = list[Clue](), set[tuple[str, int]]()
    for span, row in known.facts.find(analysis.text, said):
        if (row.file, row.line) not in seen and not _is_date(span, analysis.text):
            seen.add((row.file, row.line))
            out += _fact(span, row, analysis.text, table, known)
    for span, row in known.series.find(analysis.text, said):
        out += _series(span, row, analysis.text, known, table)
    out += _silences(analysis.text, said, known, table)
    return out


def _is_date(span: Span, text: str) -> bool:
    """Tell whether a phrase that ends in a number goes on with its year ("since February 24, 2022")."""
    return text[span.end - 1].isdigit() and bool(_OWN_YEAR.match(text, span.end))


def _silences(text: str, said: Said, known: World, table: Rules) -> Iterator[Clue]:
    """Yield a clue for every subject of the lead of which the text leaves unsaid what others say."""
    if len(text) < TOLD:
        return
    seen = set[int]()
    for span, row in known.subjects.find(text[:HEAD], said):
        if row.line not in seen and said.words.isdisjoint(known.unsaid[id(row)]):
            seen.add(row.line)
            start = DaySet.of(period(row, "start")[0])
            exact, day = " ".join(span.of(text).split()), in_words(start)
            yield table.clue(
                "silence", EVER, span, anchor=start, source=cite(row), exact=exact, note=row["note"], day=day
            )


def _fact(span: Span, row: Row, text: str, table: Rules, known: World) -> Iterator[Clue]:
    exact, note, source = " ".join(span.of(text).split()), row["note"], cite(row)
    if row["not_before"]:
        first = period(row, "not_before")[0]
        since, begin, day = DaySet.between(first, None), DaySet.of(first), first.isoformat()
        yield table.clue("fact_since", since, span, anchor=begin, source=source, exact=exact, note=note, day=day)
    if row["usual"]:
        days = DaySet.between(*period(row, "usual"))
        rule, near = _usual(days, text[max(0, span.start - REACH) : span.start], known)
        yield table.clue(rule, near, span, anchor=days, source=source, exact=exact, note=note, day=in_words(days))
    if row["not_after"]:
        last = period(row, "not_after")[1]
        until = DaySet.between(None, last)
        yield table.clue("fact_until", until, span, source=source, exact=exact, note=note, day=last.isoformat())


def _usual(days: DaySet, before: str, known: World) -> tuple[str, DaySet]:
    """Return the rule for the usual days of a fact, and the days that it leaves possible."""
    if (days.n_days or OCCASION + 1) > OCCASION:
        return "fact_time", EVER
    return ("occasion_now", around(days, *NOW)) if known.now.search(before) else ("occasion", EVER)


def _series(span: Span, row: Row, text: str, known: World, table: Rules) -> Iterator[Clue]:
    number = _number(span, row["number"] == "after", text, known.numbers)
    when = _numbered(row, known.starts[id(row)], number) if number else None
    if when is None:
        return
    days, source = DaySet.between(*when), cite(row)
    words = {"exact": " ".join(f"{number} {span.of(text)}".split()), "note": row["note"], "when": in_words(days)}
    early = DaySet.between(when[0] - timedelta(int(row["known_before"])), None)
    rule = "series_since" if row["told_after"] else "number_since"
    yield table.clue(rule, early, span, anchor=days, source=source, **words)
    if row["told_after"]:
        late = DaySet.between(None, when[1] + timedelta(int(row["told_after"])))
        yield table.clue("series_until", late, span, anchor=None, source=source, **words)


def _number(span: Span, after: bool, text: str, numbers: Numerals) -> int | None:
    """Return the number beside a series' name, None when there is none."""
    if not after:
        before = _BEFORE.search(text, max(0, span.start - REACH), span.start)
        return numbers.trailing(before[1]) if before else None
    if figure := _FIGURE.match(text, span.end):
        return int(figure[1])
    match = _AFTER.match(text, span.end, span.end + REACH)
    return numbers.leading(match[1]) if match else None


def _numbered(row: Row, starts: list[Start], number: int) -> tuple[date, date] | None:
    """Return the first and last day of the period that a number stands for, None when it cannot be one."""
    if starts:
        place = bisect_right(starts, number, key=lambda start: start[0])
        if not 0 < place < len(starts):  # the last start says only where the known numbers end
            return None
        return starts[place - 1][1], max(starts[place - 1][1], starts[place][1] - timedelta(1))
    start, months = period(row, "first")[0], int(row["step_months"])
    first, after = add_months(start, months * (number - 1)), add_months(start, months * number)
    if first is None or after is None or after.year < EARLIEST or first.toordinal() > LAST:
        return None
    return first, after - timedelta(1)


def add_months(day: date, months: int) -> date | None:
    """Return the day so many months later (29 February becomes the 28th), None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        return None
    for last in (day.day, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return None
