"""Reads a full date whose month is written in another language: "3. März 1998", "14 de julio de 1990".

The rules have found the year already; here the word between a day and that year is looked at.  Whether it
is a month, and which, is asked of dateparser, once per word, with all parts of the date required, so
neither the day of the run nor the locale can play a part.  Nothing else goes through dateparser.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Container
from dataclasses import replace
from datetime import UTC, datetime

from etl.model import Expression, Span, Timex

LANGUAGES = ("de", "fr", "es", "it", "pt", "pl", "nl", "uk", "be", "cs", "tr", "ru")
_BEFORE = re.compile(r"(?<![\w.,/])(\d{1,2})[.º]?\s(?:de\s|di\s)?([^\W\d_]{3,14})\.?\s(?:de\s|del\s)?$")
_MOST = 8  # words of one document that are asked about: each costs milliseconds
_WINDOW = 30


def read_foreign(timexes: list[Timex], text: str, own: Container[str]) -> list[Timex]:
    """Return the timexes with bare years widened to the full dates that they end; ``own`` words are no months."""
    out, asked = list(timexes), 0
    for index, timex in enumerate(timexes):
        expression = timex.expression
        if expression.year is None or expression.month is not None or asked >= _MOST:
            continue
        if not text[timex.span.start].isdigit():
            continue
        match = _BEFORE.search(text[max(0, timex.span.start - _WINDOW) : timex.span.start])
        if match is None or match[2].lower() in own:
            continue
        asked += 1
        month, day = month_named(match[2].lower()), int(match[1])
        if month and 1 <= day <= 31:
            start = timex.span.start - len(match[0])
            value = f"{expression.year:04d}-{month:02d}-{day:02d}"
            full: Expression = replace(expression, month=month, day=day, value=value)
            out[index] = replace(
                timex, span=Span(start, timex.span.end), value=value, rule="foreign-date", expression=full
            )
    return out


@functools.lru_cache(maxsize=2000)
def month_named(word: str) -> int | None:
    """Return the number of the month that a word names in one of ``LANGUAGES``; None for any other word."""
    import dateparser  # noqa: PLC0415  (a fifth of a second that most documents do not need)

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RELATIVE_BASE": datetime(2000, 1, 1, tzinfo=UTC),
        "PARSERS": ["absolute-time"],
    }
    found = dateparser.parse(f"11 {word} 1999", languages=list(LANGUAGES), settings=settings)
    return found.month if found is not None and (found.year, found.day) == (1999, 11) else None
