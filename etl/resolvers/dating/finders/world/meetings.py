"""Dates a text by the meetings that come again and again: summits, forums and conferences with their days.

``meetings.csv`` holds one row per family (the summits of the G20, ...) with all its meetings, each as
``number place|place days``, number and place as far as they are told by.  A number before the name, or a
place or year beside it, tells which one is meant ("the 15th BRICS Summit", "the NATO Summit in Vilnius");
the bare name means any of them, and a text mostly speaks of the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from etl.dayset import EVER, DaySet, union
from etl.lexicon import Lexicon, Row
from etl.model import Analysis, Span
from etl.resolvers.dating.clues import Clue, around, days_told, holds, in_words
from etl.resolvers.dating.finders.world.numerals import Numerals, numerals
from etl.resolvers.dating.finders.world.phrases import Phrases, compile_phrases, said_in
from etl.resolvers.dating.rules import Rules, cite, rules

_ENTRY = re.compile(r"(?:(\d{1,3}) )?(?:(\D.*?) )?([12]\d{3}-[\d/-]+)")
_BEFORE = re.compile(r"([^\W_][\w-]*(?:\s{1,2}[^\W_][\w-]*){0,3})\W{1,3}$")  # words that may be a number
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
JOINED = {"-", "–", "‐", "‑"}  # before a name: it is part of another one, "the Eurasia-G20 Summit"
REACH = 40  # characters beside a name that may hold the number, place or year of the meeting
# days before and after a meeting on which a text tells of what happens at it, or sees it ahead
NEAR = {"meeting_now": (-14, 21), "meeting_ahead": (-400, 3)}
STAGE = 300  # characters of a head that may hold the place of the talks
STAGED = {"meeting_now", "meeting_in_lead"}  # the text is of what happens at the meeting, so at its place
LEAD = 250  # characters of a title and lead, where the news stands
KNOWN = timedelta(400)  # so long before it a meeting is first spoken of by its place or number


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a family."""

    number: int | None
    places: re.Pattern[str] | None
    days: DaySet

    def fit(self, number: int | None, beside: str) -> int:
        """Return how well number, place and year beside the name fit this meeting; 0: nothing says that it is this."""
        if number is not None and self.number is not None:
            return 3 if number == self.number else 0
        year = self.days.earliest.year if self.days.earliest else 0
        years = [int(text) for text in _YEAR.findall(beside)]
        if years and year not in years:
            return 0
        return 2 * bool(years) + bool(self.places and self.places.search(beside))


@dataclass(frozen=True, slots=True)
class Meetings:
    """The names of one language, and the meetings of each family by the line of its row."""

    names: Phrases
    held: dict[int, tuple[Meeting, ...]]
    numbers: Numerals
    now: re.Pattern[str]  # before a name: the text tells of what happened at the meeting
    ahead: re.Pattern[str]  # before a name: the meeting is still to come


def meetings(lexicon: Lexicon, lang: str) -> Meetings | None:
    """Return the meetings as a language names them; build with ``lexicon.once_in(lang, meetings)``."""
    rows = lexicon.facts("meetings")
    if rows and lang not in rows[0].columns:
        return None
    held = {id(row): tuple(_entries(row)) for row in rows}
    topic = lexicon.topic(lang, "dating")
    cues = (_cue(topic["at_meeting"]), _cue([*topic["eve"], *topic["next_meeting"]]))
    return Meetings(compile_phrases(rows, lang), held, lexicon.once_in(lang, numerals), *cues)


def _cue(words: list[str]) -> re.Pattern[str]:
    """Return the pattern of cue words that stand right before a name, or up to three words before it."""
    return re.compile(rf"\b(?:{'|'.join(words)})\W{{1,3}}(?:[\w’'-]+\W{{1,2}}){{0,3}}$", re.IGNORECASE)


def _entries(row: Row) -> Iterator[Meeting]:
    for entry in filter(None, map(str.strip, row["meetings"].split(";"))):
        match = _ENTRY.fullmatch(entry)
        try:
            days = DaySet.parse(match[3]) if match else DaySet()
        except ValueError:
            days = DaySet()
        if match is None or not days:
            raise row.error(f"{entry!r} is no meeting", "write: number place|place YYYY-MM-DD/YYYY-MM-DD")
        places = re.compile("|".join(map(re.escape, match[2].split("|")))) if match[2] else None
        yield Meeting(int(match[1]) if match[1] else None, places, days)


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clues of all meetings that the text names."""
    known = lexicon.once_in(analysis.document.lang, meetings)
    if known is None:
        return []
    out, table, told = list[Clue](), lexicon.once(rules), days_told(analysis, STAGE)
    for found in known.names.find(analysis.text, said_in(analysis.text)):
        if analysis.text[max(0, found[0].start - 1) : found[0].start] not in JOINED:
            out += _mention(found, analysis.text, known, table, told)
    return out


def _mention(
    found: tuple[Span, Row], text: str, known: Meetings, table: Rules, told: frozenset[tuple[int, int]]
) -> Iterator[Clue]:
    span, row = found
    before, after = text[max(0, span.start - REACH) : span.start], text[span.end : span.end + REACH]
    number = _BEFORE.search(before)
    count = known.numbers.ordinal(number[1]) if number else None
    beside = before.rpartition("\n\n")[2] + " " + after.partition("\n\n")[0]
    held, rule = known.held[id(row)], _rule(span, before, known)
    meant = _meant(held, count, beside)
    dated = [days for days in meant if told and holds(days, told)] if len(meant) > 1 else []
    meant = dated if len(dated) == 1 else meant
    staged = _meant(held, None, text[:STAGE]) if len(meant) > 1 and rule in STAGED else []
    days, near = union(staged if len(staged) == 1 else meant), EVER
    words = {"exact": " ".join(span.of(text).split()), "note": row["note"], "day": in_words(days)}
    if len(staged) == 1:
        rule = "meeting_in_lead"
    elif len(meant) > 1:
        rule = rule.replace("meeting", "meetings")
    elif days.earliest:
        early = DaySet.between(days.earliest - KNOWN, None)
        yield table.clue("meeting_known", early, span, anchor=None, source=cite(row), **words)
        near = around(days, *NEAR[rule]) if rule in NEAR else EVER
    yield table.clue(rule, near, span, anchor=days, source=cite(row), **words)


def _meant(held: tuple[Meeting, ...], number: int | None, words: str) -> list[DaySet]:
    """Return the days of the meetings that fit number and words best: all of them when none fits."""
    fits = [(meeting.fit(number, words), meeting.days) for meeting in held]
    top = max(fit for fit, _ in fits)
    return [days for fit, days in fits if fit == top]


def _rule(span: Span, before: str, known: Meetings) -> str:
    """Return how the text speaks of the meeting: ahead of it, at it, in its lead, or anywhere."""
    if known.ahead.search(before):
        return "meeting_ahead"
    if known.now.search(before):
        return "meeting_now"
    return "meeting_in_lead" if span.start < LEAD else "meeting"
