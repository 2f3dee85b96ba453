"""Reads the word beside a date that puts the matter on one side of it: before, after, since, until, by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast

Relation = Literal["", "before", "after", "since", "until", "by"]
_WORDS = 3  # the longest wording looked for ("no later than")


def relation(pieces: Sequence[str], first: int, last: int, topic: Mapping[str, Mapping[str, str]]) -> Relation:
    """Return the side on which the words next to tokens[first:last] put the matter, "" for none."""
    before, after = topic["relations"], topic["relations_after"]
    words = [piece.strip().lower() for piece in pieces[max(0, first - _WORDS) : first]]
    for count in range(len(words), 0, -1):
        if found := before.get(" ".join(words[-count:])):
            return cast("Relation", found)
    words = [piece.strip().lower() for piece in pieces[last : last + 2]]
    return cast("Relation", after.get(" ".join(words)) or after.get(words[0] if words else "", ""))
