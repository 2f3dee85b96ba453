"""Recognises the dateline of a dispatch: place, mostly day, and agency before its first words.

"MINSK, 9 October (BelTA) –", "GENEVA (Wire) —"; some agencies put the day first: "9 October, Minsk /BelTA/.".
The day dates the dispatch, the place is where its news happened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.model import Analysis, Span, Timex

LEAD = 450  # characters of a text among which its dateline stands: a title, perhaps, and the first line
ROOM = 60  # characters after the place or the day in which agency and dash stand
_WORD = r"[^\W\d_a-zа-яё][\w.'’-]{1,30}(?:/[^\W\d_a-zа-яё][\w.'’-]{1,30}){0,2}"  # two places have a stroke between
_NAMES = rf"(?:{_WORD},?[ \t]{{1,2}}){{0,5}}{_WORD}"
_PLACE = re.compile(rf"{_NAMES},[ \t]{{1,2}}")
_BRACKETED = r"(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)"
_DASH = r"[ \t]{0,2}(?:[–—]|--?(?=[ \t]))"
_PLACE_BEHIND = re.compile(rf",[ \t]{{1,2}}({_NAMES})[.,]?[ \t]{{0,2}}{_BRACKETED}(?:{_DASH}|\.)")
# the full stop after the day may be that of a shortened word which belongs to it: "12 ноября 2023 г."
_NEXT = r"(?:\.|(?<=\.))[ \t]{1,2}(?=[^\W\d_a-zа-яё])"
_BEHIND = re.compile(rf"[.,]?[ \t]{{0,2}}{_BRACKETED}(?:{_DASH}|\.)|[.,]?{_DASH}|{_NEXT}")
_ALONE = re.compile(r"[.,]?[ \t]*(?:\n|\Z)")
_UNDATED = re.compile(rf"({_NAMES})[.,]?[ \t]{{1,2}}{_BRACKETED}{_DASH}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The stretch that names the place, and the day if it is told."""

    place: Span
    timex: Timex | None


def dateline(analysis: Analysis) -> Dateline | None:
    """Return the dateline that the text begins with, after a title perhaps; None when there is none."""
    text = analysis.text
    for timex in analysis.timexes:
        start, end, told = timex.span.start, timex.span.end, timex.expression
        if start > LEAD:
            break
        line = text.rfind("\n", 0, start) + 1
        if told.day is None or told.kind != "calendar":
            continue
        alone = (line == 0 or text.endswith("\n\n", 0, line)) and _ALONE.match(text, end)
        if _PLACE.fullmatch(text, line, start) and (alone or _BEHIND.match(text, end, end + ROOM)):
            return Dateline(Span(line, start), timex)
        if line == start and (behind := _PLACE_BEHIND.match(text, end, end + ROOM)):
            return Dateline(Span(*behind.span(1)), timex)
    return _undated(text)


def _undated(text: str) -> Dateline | None:
    """Return the dateline of an agency that tells no day: place, agency in brackets, dash."""
    line = 0
    while line <= LEAD:
        if match := _UNDATED.match(text, line):
            return Dateline(Span(*match.span(1)), None)
        line = text.find("\n", line) + 1
        if not line:
            break
    return None
