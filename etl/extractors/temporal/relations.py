"""Reads the word beside a date that puts the matter on one side of it: before, after, since, until, by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast

from etl.extractors.temporal.marks import bare

Relation = Literal["", "before", "after", "since", "until", "by"]
_WORDS = 3  # the longest wording looked for ("no later than")


def relation(pieces: Sequence[str], first: int, last: int, topic: Mapping[str, Mapping[str, str]]) -> Relation:
    """Return the side on which the words next to tokens[first:last] put the matter, "" for none."""
    before, after = topic.get("relations", {}), topic.get("relations_after", {})
    if last < len(pieces) and bare(pieces[last]) in topic.get("tense", {}).get("owning", ()):
        return ""  # "after Saturday's crash": the crash was on that day
    words = ""
    found = ""
    for piece in reversed(pieces[max(0, first - _WORDS) : first]):
        words = f"{piece.strip().lower()} {words}" if words else piece.strip().lower()
        found = before.get(words, found)
    if not found and last < len(pieces):
        next_word = pieces[last].strip().lower()
        found = after.get(next_word, "")
        if not found and last + 1 < len(pieces):
            two_words = f"{next_word} {pieces[last + 1].strip().lower()}"
            closes = last + 2 == len(pieces) or not pieces[last + 2][0].isalnum()
            found = after.get(two_words) or (topic.get("relations_closing", {}).get(two_words, "") if closes else "")
    return cast("Relation", found)
