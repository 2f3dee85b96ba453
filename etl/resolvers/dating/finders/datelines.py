"""Finds the dateline of a dispatch: place and day before its first words, "MINSK, 9 October (BelTA) –".

Some agencies put the day first: "9 October, Minsk /BelTA/.".
The day is the dispatch's own, whether or not its year is told.
"""

from __future__ import annotations

import re

from etl.lexicon import Lexicon
from etl.model import Analysis
from etl.resolvers.dating.clues import Clue
from etl.resolvers.dating.finders.stated import LEAD, days_of, yearly_day
from etl.resolvers.dating.rules import rules

ROOM = 60  # characters after the day in which agency and dash stand
_WORD = r"[^\W\d_a-zа-яё][\w.'’-]{1,30}(?:/[^\W\d_a-zа-яё][\w.'’-]{1,30}){0,2}"  # two places have a stroke between
_NAME = rf"(?:{_WORD},?[ \t]{{1,2}}){{0,5}}{_WORD}"
_PLACE = re.compile(rf"{_NAME},[ \t]{{1,2}}")
_AGENCY = r"[.,]?[ \t]{0,2}(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)"
_DASH = r"[ \t]{0,2}(?:[–—]|--?(?=[ \t]))"
_PLACE_BEHIND = re.compile(rf",[ \t]{{1,2}}{_NAME}{_AGENCY}(?:{_DASH}|\.)")
_BEHIND = re.compile(rf"{_AGENCY}(?:{_DASH}|\.)|[.,]?{_DASH}|\.[ \t]{{1,2}}(?=[^\W\d_a-zа-яё])")
_ALONE = re.compile(r"[.,]?[ \t]*(?:\n|\Z)")


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clue of the dateline, if the text begins with one (after a title, perhaps)."""
    text, table = analysis.text, lexicon.once(rules)
    for timex in analysis.timexes:
        start, end, told = timex.span.start, timex.span.end, timex.expression
        if start > LEAD:
            break
        line = text.rfind("\n", 0, start) + 1
        if told.day is None or told.kind != "calendar":
            continue
        alone = (line == 0 or text.endswith("\n\n", 0, line)) and _ALONE.match(text, end)
        led = _PLACE.fullmatch(text, line, start) and (alone or _BEHIND.match(text, end, end + ROOM))
        if led or (line == start and _PLACE_BEHIND.match(text, end, end + ROOM)):
            rule, days = ("dateline", days_of(told)) if told.year else ("dateline_yearless", yearly_day(told))
            return [table.clue(rule, days, timex.span, anchor=days, date=timex.span.of(text))] if days else []
    return []
