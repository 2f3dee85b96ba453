"""Takes the day from what the reader saw around the text: page metadata, file properties, URL, file name."""

from __future__ import annotations

import re
from datetime import date

from etl.dayset import EMPTY, DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis
from etl.resolvers.dating.clues import Clue
from etl.resolvers.dating.rules import Source, rules

_ISO = re.compile(r"(?<!\d)([12]\d{3})-?([01]\d)-?([0-3]\d)(?!\d)")
_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_.]([01]?\d)(?:[-/_.]([0-3]?\d))?(?!\d)")
_SOLID = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
# metadata field -> rule; the rule says how far the field is trusted
_FIELDS = (("published", "published"), ("url", "url_date"), ("file_name", "file_name_date"), ("modified", "modified"))


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return one clue for every metadata field that holds a day or a month."""
    out = []
    table = lexicon.once(rules)
    for field, rule in _FIELDS:
        value = analysis.document.metadata.get(field, "")
        days = _stamp(value) if field in {"published", "modified"} else _within(value)
        if not days:
            continue
        allowed = days.until() if rule == "modified" else days
        anchor = None if rule == "modified" else days
        out.append(table.clue(rule, allowed, anchor=anchor, source=Source(f"{field}: {value[:120]}"), date=days.edtf()))
    return out


def _stamp(value: str) -> DaySet:
    """Return the day of an ISO 8601 or RFC 5322 timestamp, in the time zone that it is written in."""
    if match := _ISO.match(value.strip()):
        return DaySet.day(int(match[1]), int(match[2]), int(match[3]))
    from email.utils import parsedate_tz  # noqa: PLC0415  # seldom needed, and it brings the network modules along

    parsed = parsedate_tz(value)
    if parsed is None:
        return EMPTY
    try:
        return DaySet.of(date(*parsed[:3]))
    except ValueError:
        return EMPTY


def _within(value: str) -> DaySet:
    """Return the first day, or else month, that a path names (/2024/10/09/, 2024-10-09-talks.txt, 20241009)."""
    if match := _SOLID.search(value):
        return DaySet.day(int(match[1]), int(match[2]), int(match[3]))
    match = _PATH.search(value)
    if match is None:
        return EMPTY
    if match[3]:
        return DaySet.day(int(match[1]), int(match[2]), int(match[3]))
    return DaySet.month(int(match[1]), int(match[2]))
