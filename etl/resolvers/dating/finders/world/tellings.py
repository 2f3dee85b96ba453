"""Finds what a text tells of a known person whose day is known: a death, an election.

The words of telling stand in the ``[telling]`` table of a language's ``dating.toml``, one entry for each kind
of ``anniversaries.csv`` that is told rather than counted: ``before`` ends where the name begins ("the passing
of"), ``after`` begins where the name ends ("has died", "on his re-election").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.dayset import DaySet
from etl.lexicon import Row
from etl.model import Span
from etl.resolvers.dating.clues import Clue, around, in_words
from etl.resolvers.dating.finders.world.facts import period
from etl.resolvers.dating.finders.world.holidays import every_year
from etl.resolvers.dating.rules import Rules, cite

REACH = 120  # characters beside a name that may tell what befell the person
WAKE = 3  # days on which the news of such a day is written


@dataclass(frozen=True, slots=True)
class Telling:
    """The words before and after a name that tell one kind of news."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    again: re.Pattern[str]  # in such words: it was not the first time

    def words(self, span: Span, text: str) -> str:
        """Return the words beside a name in the same paragraph that are such news, "" when none are."""
        before = text[max(0, span.start - REACH) : span.start].rpartition("\n")[2]
        after = text[span.end : span.end + REACH].partition("\n")[0]
        found = self.before.search(before) or self.after.match(after)
        return found[0] if found else ""


def tellings(topic: Mapping[str, Any]) -> dict[str, Telling]:
    """Return the words of telling of a language by the kind of news."""
    table = topic.get("telling", {})
    subject = rf"(?!\W{{1,3}}(?:{table.get('subject')})(?!\w))"
    return {
        kind: Telling(
            re.compile(rf"\b(?:{words['before']})\W{{1,3}}$", re.IGNORECASE),
            re.compile(rf"{subject}[^.\n]{{0,80}}?\b(?:{words['after']})", re.IGNORECASE),
            re.compile(table.get("again", "(?!)"), re.IGNORECASE),
        )
        for kind, words in table.items()
        if isinstance(words, Mapping)
    }


def told(span: Span, row: Row, text: str, table: Rules, *, leads: bool, again: bool) -> Clue:
    """Return the clue of news that a text tells: of its day in a title or lead, of later days anywhere else."""
    days = every_year(row) if row["date"].startswith("list ") else DaySet.between(*period(row, "date"))
    days = DaySet(days.runs[again:]) if len(days.runs) > 1 else days
    words = {"exact": " ".join(span.of(text).split()), "note": row["note"], "day": in_words(days)}
    since = DaySet.between(days.earliest, None)
    rule, anchor = (f"{row['kind']}_in_lead", around(days, 0, WAKE)) if leads else (f"{row['kind']}_told", days)
    return table.clue(rule, since, span, anchor=anchor, source=cite(row), **words)
