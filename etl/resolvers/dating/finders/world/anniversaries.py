"""Dates a text by counting from a known day: anniversaries, birthdays, "N years ago", holidays.

``anniversaries.csv`` names events and births with their day, and days that return every year with the
rule that finds them (a fixed day, the third Sunday of a month, so many days after Easter).
The number stands before a counting word ("80th anniversary", "30 years since"), the event close to it.
Deaths and elections are not counted but told (``tellings``); an anniversary whose founding the text states
itself needs no row (``foundings``).
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from etl.dayset import EVER, DaySet, union
from etl.lexicon import Lexicon, Row
from etl.model import Analysis, Span
from etl.resolvers.dating.clues import Clue, around, in_words
from etl.resolvers.dating.finders.stated import known_until
from etl.resolvers.dating.finders.world import foundings
from etl.resolvers.dating.finders.world.facts import EARLIEST, add_months, period
from etl.resolvers.dating.finders.world.holidays import every_year
from etl.resolvers.dating.finders.world.numerals import Numerals, numerals
from etl.resolvers.dating.finders.world.phrases import Phrases, compile_phrases, said_in
from etl.resolvers.dating.finders.world.tellings import Telling, tellings, told
from etl.resolvers.dating.likelihood import habits
from etl.resolvers.dating.rules import Rules, cite, rules

_TAIL = re.compile(r"[^\W_][\w‐‑-]*(?:\s{1,2}[^\W_][\w‐‑-]*){0,3}[\s-]{1,3}$")  # up to four words
_WORD = re.compile(r"[^\W_]+")
LONGEST = 48  # characters of a number in words
REACH = {"event": 40, "running": 40, "birth": 20}  # characters between a counting word and the event or person
OWN_REACH = 160  # so far apart when the words say whose it is: "its 65th anniversary", "on his 70th birthday"
YEAR = 400  # days of a year and some weeks
LIFE = 110  # years of the longest life
BESIDE = 4  # known events before a counting word that it may count from
AWAY = 200  # characters from an event beyond which no count of it begins or ends
ROUND = 5  # "three years ago" is said all the time; only counts from here on are anniversaries
_RULES = (
    "birthday",
    "anniversary",
    "counted_day",
    "years_since",
    "days",
    "weeks",
    "months",
    "year",
    "years",
)  # as the words' tables
_UNITS = {"days": 1, "weeks": 7, "months": 30.44, "year": 365.25, "years": 365.25}
MANY, NEWS = 10, 366  # days: from so many on, a count of what still goes on is told within so many days
LEAD = 250  # characters of a lead
EVE = 24  # characters before a holiday that may say that it is still to come
# days before and after a holiday on which it is spoken of so
AROUND = {"holiday_ahead": (-60, 0)}
# days before and after the round day on which it is spoken of
TITLED = (-92, 92)
SLACK = {"anniversary": (400, 366), "birthday": (60, 60), "years_since": (250, 544)}


@dataclass(frozen=True, slots=True)
class Counting:
    """The words of one language that count from a day."""

    events: Phrases
    count: re.Pattern[str]  # a group for each of the rules below
    today: re.Pattern[str]  # after "years ago": it is the very day
    eve: re.Pattern[str]  # before a holiday: it is still to come
    own: re.Pattern[str]  # before a number: what is counted belongs to the one named before
    birth: re.Pattern[str]  # between a name and a count, or after the name: it counts from the birth
    greeted: re.Pattern[str]  # after a birthday: it is that of the person named next
    greets: re.Pattern[str]  # between a name and a birthday: it is not the birthday of this person
    tellings: Mapping[str, Telling]  # kinds of rows that are told, not counted
    founded: re.Pattern[str]  # before a date: something began then
    whole: Mapping[str, int]  # words that are number and counting word in one: centenary
    numbers: Numerals
    until: int  # the first day after the world that we know


def counting(lexicon: Lexicon, lang: str) -> Counting | None:
    """Return the counting words of a language; build with ``lexicon.once_in(lang, counting)``."""
    rows = lexicon.facts("anniversaries")
    if rows and lang not in rows[0].columns:
        return None
    topic = lexicon.topic(lang, "dating")
    table = topic["counting"]
    kinds = "|".join(f"(?P<{rule}>{table[rule]})" for rule in _RULES)
    count = re.compile(rf"(?<![^\s-])(?:{kinds})(?!\w)", re.IGNORECASE)
    today = re.compile(rf"\s{{1,2}}(?:{table['today']})(?!\w)", re.IGNORECASE)
    eve = re.compile(r"\b(?:" + "|".join(topic["eve"]) + r")\W{1,4}$", re.IGNORECASE)
    until = known_until(lexicon.once(habits))
    own = re.compile(rf"\b(?:{table['own']})\s{{1,2}}$", re.IGNORECASE)
    birth = re.compile(table["birth"], re.IGNORECASE)
    greeted = re.compile(rf"\s{{1,2}}(?:{table['greeted']})(?!\w)", re.IGNORECASE)
    greets = re.compile(rf"\b(?:{table['greets']})", re.IGNORECASE)
    founded = re.compile(rf"\b(?:{table['founded']})", re.IGNORECASE)
    return Counting(
        compile_phrases(rows, lang),
        *(count, today, eve, own, birth, greeted, greets),
        tellings=tellings(topic),
        founded=founded,
        whole=table["whole"],
        numbers=lexicon.once_in(lang, numerals),
        until=until,
    )


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clues of all counted events and returning days in the text."""
    known = lexicon.once_in(analysis.document.lang, counting)
    if known is None:
        return []
    table, out = lexicon.once(rules), list[Clue]()
    counted: list[tuple[Span, Row]] = []
    for span, row in known.events.find(analysis.text, said_in(analysis.text)):
        if row["kind"] == "annual":
            out += _holiday(span, row, analysis.text, known, table)
        elif row["kind"] == "clock":
            out += _clock(span, row, analysis.text, table)
        elif telling := known.tellings.get(row["kind"]):
            words = telling.words(span, analysis.text)
            if words and not _counted(span, analysis.text, known):
                leads, again = _leads(analysis.text, span.start), bool(telling.again.search(words))
                out.append(told(span, row, analysis.text, table, leads=leads, again=again))
        else:
            counted.append((span, row))
    if counted:
        out += _counts(counted, analysis.text, known, table)
    return [*out, *_own(analysis, known, table)]


def _own(analysis: Analysis, known: Counting, table: Rules) -> Iterator[Clue]:
    """Yield the anniversary of the title or lead that the text itself allows to be reckoned."""
    for match in known.count.finditer(analysis.text, 0, LEAD):
        number, begin = _number_before(analysis.text, match, known)
        if match["anniversary"] and number:
            yield from foundings.find(Span(begin, match.end()), number, analysis, known.founded, table)
            return


def _clock(span: Span, row: Row, text: str, table: Rules) -> Iterator[Clue]:
    """Yield the part of the year in which the clocks show the time that the head of a transcript gives."""
    if _leads(text, span.start):
        exact = " ".join(span.of(text).split())
        yield table.clue("clock", every_year(row), span, source=cite(row), exact=exact, note=row["note"])


def _holiday(span: Span, row: Row, text: str, known: Counting, table: Rules) -> Iterator[Clue]:
    days = every_year(row)
    ahead = known.eve.search(text, max(0, span.start - EVE), span.start)
    rule = "holiday_ahead" if ahead else "holiday_in_title" if _leads(text, span.start) else "holiday"
    near = around(days, *AROUND[rule]) if rule in AROUND else EVER
    exact = " ".join(span.of(text).split())
    yield table.clue(rule, near, span, anchor=days, source=cite(row), exact=exact, note=row["note"])


def _counted(span: Span, text: str, known: Counting) -> bool:
    """Tell whether the words before a name count years from the news, so that it is none."""
    return bool(known.count.search(text, max(0, span.start - REACH["event"] - LONGEST), span.start))


def _counts(counted: list[tuple[Span, Row]], text: str, known: Counting, table: Rules) -> Iterator[Clue]:
    starts = [span.start for span, _ in counted]
    for match in _matches(known.count, counted, text):
        number, begin = _number_before(text, match, known)
        place = bisect_left(starts, begin)
        near = [
            pair
            for pair in counted[max(0, place - BESIDE) : place + 2]
            if _belongs(pair, Span(begin, match.end()), match, text, known)
        ]
        if not near:
            continue
        if not number:
            yield from _yearless(match, near, text, table)
            continue
        told = Span(begin, match.end())
        rule = next(name for name in _RULES if match[name])
        for span, row in sorted(near, key=lambda pair: (_gap(pair[0], told), pair[0])):
            # one name of several events: of the war that began long ago when the other would be years ahead
            bounds = _bounds(rule, number, row)
            if bounds is None or bounds[1].runs[0][0] >= known.until:
                continue
            whole = Span(min(span.start, begin), max(span.end, told.end))
            yield _count(rule, bounds, whole, row, text=text, known=known, table=table)
            break


def _count(
    rule: str, bounds: tuple[DaySet, DaySet], whole: Span, row: Row, *, text: str, known: Counting, table: Rules
) -> Clue:
    """Return the clue of one count, named by where it stands and what it counts."""
    days, anchor = bounds
    name = "duration_since" if rule in _UNITS else rule
    if rule == "anniversary" and _leads(text, whole.start):
        name, days = "anniversary_in_title", around(anchor, *TITLED)
    if rule == "birthday" and not _leads(text, whole.start):
        days = around(anchor, -YEAR, YEAR)  # one that is past or still to come
    if rule == "years_since" and known.today.match(text, whole.end):
        name, days = "anniversary_today", anchor
    words = {"exact": " ".join(whole.of(text).split()), "note": row["note"], "day": in_words(anchor)}
    return table.clue(name, days, whole, anchor=anchor, source=cite(row), **words)


def _yearless(match: re.Match[str], near: list[tuple[Span, Row]], text: str, table: Rules) -> Iterator[Clue]:
    """Yield the clue of a birthday whose number is not told, in a title or lead: the day of every year."""
    span, row = max(near, key=lambda pair: pair[0])  # the person greeted follows the greeting, the greeter precedes it
    born, until = period(row, "date")
    if not match["birthday"] or born != until or not _leads(text, match.start()):
        return
    words = {"exact": " ".join(span.of(text).split()), "note": row["note"], "day": f"XXXX-{born:%m-%d}"}
    whole = Span(min(span.start, match.start()), max(span.end, match.end()))
    yield table.clue("birthday_yearless", EVER, whole, anchor=_birthdays(born), source=cite(row), **words)


@functools.lru_cache(maxsize=500)
def _birthdays(born: date) -> DaySet:
    """Return the day of every year of a life."""
    days = (add_months(born, 12 * year) for year in range(1, LIFE))
    return DaySet(union(DaySet.of(day) for day in days if day).runs, True, True)


def _matches(count: re.Pattern[str], counted: list[tuple[Span, Row]], text: str) -> Iterator[re.Match[str]]:
    """Yield the counting words that may stand close enough to an event, in order."""
    low, high = 0, 0
    for span, _ in counted:
        if span.start - AWAY > high:
            yield from count.finditer(text, low, high)
            low = span.start - AWAY
        high = max(high, span.end + AWAY)
    yield from count.finditer(text, low, high)


def _leads(text: str, start: int) -> bool:
    """Tell whether a place of the text is in its title or lead, where the news stands."""
    return start < LEAD or "\n" not in text[:start].strip()


def _number_before(text: str, count: re.Match[str], known: Counting) -> tuple[int | None, int]:
    """Return the number in words or digits that ends before a counting word or is in it, and where it begins."""
    if number := known.whole.get(count[0].casefold()):
        return number, count.start()
    end = count.start()
    tail = _TAIL.search(text, max(0, end - LONGEST), end)
    for word in _WORD.finditer(text, tail.start(), end) if tail else ():
        number = known.numbers.value(text[word.start() : end].strip(" -\n"))
        if number is not None:
            return number, word.start()
    return None, end


def _belongs(pair: tuple[Span, Row], count: Span, match: re.Match[str], text: str, known: Counting) -> bool:
    """Tell whether the counting word counts from this event: close by, and the right word for it."""
    span, row = pair
    between = text[min(span.end, count.end) : max(span.start, count.start)]
    if (row["kind"] == "birth") != (bool(match["birthday"]) or _of_birth(span, between, text, known)):
        return False
    if len(between) > REACH[row["kind"]] and not _owned(span, count, between, text, known):
        return False
    if row["kind"] == "birth" and span.end <= count.start and known.greets.search(between):
        return False
    return "\n\n" not in between and (". " not in between or len(between) < 4)


def _of_birth(span: Span, between: str, text: str, known: Counting) -> bool:
    """Tell whether an anniversary is that of a birth: "200 years since the birth of X", "of X's birth"."""
    return bool(known.birth.search(between) or known.birth.match(text, span.end, span.end + LONGEST))


def _owned(span: Span, count: Span, between: str, text: str, known: Counting) -> bool:
    """Tell whether a count farther away is that of the one named before: "X, its 65th anniversary"."""
    if len(between) > OWN_REACH:
        return False
    if span.end > count.start:
        return bool(known.greeted.match(between))
    return not known.greets.search(between) and bool(known.own.search(text, span.end, count.start))


def _gap(span: Span, count: Span) -> int:
    return max(span.start - count.end, count.start - span.end, 0)


def _bounds(rule: str, number: int, row: Row) -> tuple[DaySet, DaySet] | None:
    """Return the possible days and the day counted to, None when the count says nothing."""
    start, last = period(row, "date")
    if rule == "counted_day":
        day = DaySet.of(start + timedelta(number - 1))
        return (_news(day, number, row), day) if start == last else None
    if rule in _UNITS:
        return _duration(rule, number, start, row) if start == last else None
    first, final = add_months(start, 12 * number), add_months(last, 12 * number)
    if number < ROUND or first is None or final is None or final.year < EARLIEST:
        return None
    before, after = SLACK[rule]
    return DaySet.between(first - timedelta(before), final + timedelta(after)), DaySet.between(first, final)


def _duration(unit: str, number: int, start: date, row: Row) -> tuple[DaySet, DaySet] | None:
    """Return the possible days and the days counted to by so many days, weeks, months or years of an event."""
    if unit == "year":  # the third year is the one after two
        first, last = (add_months(start, 12 * count) for count in (number - 1, number))
        return (EVER, DaySet.between(first, last)) if first and last else None
    begin, end = (start + timedelta(_UNITS[unit] * count) for count in (number - 0.5, number + 1))
    # years of a war may be those of an earlier one: they tell nothing for sure
    days = DaySet.between(begin, end)
    sure = EVER if unit == "years" else _news(days, number if unit == "days" else 0, row)
    return sure, days


def _news(days: DaySet, number: int, row: Row) -> DaySet:
    """Return the days on which a count of days is told: of what still goes on, soon after it."""
    return around(days, 0, NEWS) if row["kind"] == "running" and number >= MANY else days.since()
