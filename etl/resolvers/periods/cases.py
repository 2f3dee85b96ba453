"""Puts the words behind "according to" into the nominative, in a language whose cases change them.

Only what the endings tell without a dictionary is changed; a phrase with another name behind its head is left
as the text has it, so that no two cases are mixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def nominative(phrase: str, genitives: Sequence[Mapping[str, Any]]) -> str:
    """Return a phrase in the genitive in the nominative, or as it is when its endings leave that open.

    Each entry tells the ending of a head noun in both cases, the endings of the adjectives before it, and whether
    it is sure only behind an adjective (``described``).
    """
    words = phrase.split()
    for entry in genitives:
        adjectives: Mapping[str, str] = entry["adjectives"]
        before: list[str] = []
        for word in words[:-1]:
            ending = next((each for each in adjectives if word.endswith(each)), "")
            if not ending:
                break
            before.append(word.removesuffix(ending) + adjectives[ending])
        head, rest = words[len(before)], words[len(before) + 1 :]
        if not head.endswith(entry["ending"]) or (entry["described"] and not before):
            continue
        if any(word[0].isupper() for word in rest):
            return phrase
        return " ".join([*before, head.removesuffix(entry["ending"]) + entry["nominative"], *rest])
    return phrase
