"""Read the words around a quantity: hedges, change, share; and which words stand there at all.

A hedge stands directly before or behind the number ("over", "or more").  A change is said by a verb or
adverb before the number ("has grown by", "up") or a noun behind it ("a 5 percent increase"); "rose to 51"
is a level that was reached, not a change of 51.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.extractors.figures.quantities import Quantity
from etl.extractors.figures.vocabulary import Vocabulary

_TOKEN = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?|[<>=≤≥]+|[^\w\s]")
_BACK, _AHEAD = 110, 70
_CLAUSE_END = frozenset(".,;:!?()—–\"“”«»")


@dataclass(frozen=True, slots=True)
class Around:
    """The words before and behind a quantity, lower case, with their offsets."""

    before: list[str]
    before_at: list[int]
    after: list[str]
    after_end: list[int]


def around(text: str, quantity: Quantity, low: int, high: int) -> Around:
    """Return the words next to the quantity within the sentence [low, high)."""
    start = max(low, quantity.start - _BACK)
    if start > low:
        while start < quantity.start and not text[start].isspace():
            start += 1
    before = list(_TOKEN.finditer(text, start, quantity.start))
    after = list(_TOKEN.finditer(text, quantity.end, min(high, quantity.end + _AHEAD)))
    return Around(
        [word.group().lower() for word in before],
        [word.start() for word in before],
        [word.group().lower() for word in after],
        [word.end() for word in after],
    )


def hedge(quantity: Quantity, words: Around, vocabulary: Vocabulary) -> None:
    """Set the qualifier and widen the quantity over the hedge; the sharper of two wins ("an estimated over")."""
    before = list(words.before)
    found, first = "", quantity.start
    while True:
        meaning, count = vocabulary.hedges_before.before(before)
        if not count:
            break
        if not found or found in ("exact", "about"):
            found = meaning if meaning != "exact" or not found else found
        first = words.before_at[len(before) - count]
        before = before[: len(before) - count]
    behind, count = vocabulary.hedges_after.after(words.after)
    if behind and words.after[0] == "+" and words.after_end[0] != quantity.end + 1:
        behind = ""
    if behind and not (found and found not in ("exact", "about", "equal")):
        found = behind
        quantity.end = max(quantity.end, words.after_end[count - 1])
    quantity.hedge = found or "exact"
    quantity.hedged_from = first
    del words.before[len(before) :]
    del words.before_at[len(before) :]


def change(quantity: Quantity, words: Around, vocabulary: Vocabulary) -> None:
    """Set direction and transformation: what grew, by how much, or which level was reached."""
    table = vocabulary.topic["change"]
    sign, to_level = _sign_before(words.before, vocabulary)
    if not sign and words.after:
        near = next((word for word in words.after[:2] if word in table["after"]), "")
        if near and quantity.kind in ("share", "money", "") and words.after[0] not in _CLAUSE_END:
            sign = "up" if near in table["after_up"] else "down"
    if sign and not to_level:
        quantity.direction = sign
    quantity.transformation = _transformation(quantity, words, bool(quantity.direction), vocabulary)


def _sign_before(before: list[str], vocabulary: Vocabulary) -> tuple[str, bool]:
    """Return (direction, whether it leads to a level) of the change word shortly before a quantity."""
    table = vocabulary.topic["change"]
    if not before:
        return "", False
    to_level = before[-1] in table["level"] or before[-1] in table["from"]
    for distance, word in enumerate(reversed(before[-7:])):
        sign = vocabulary.change.get(word)
        if sign:
            return sign, to_level
        if word in _CLAUSE_END or (word not in table["bridge"] and distance > 0 and before[-1] not in table["by"] and not word.endswith("ly")):
            if not (before[-1] in table["by"] and word not in _CLAUSE_END):
                break
    return "", to_level


def _transformation(quantity: Quantity, words: Around, changed: bool, vocabulary: Vocabulary) -> str:
    if quantity.form == "multiple" or quantity.kind == "ratio":
        return "ratio"
    if quantity.kind == "share":
        if changed:
            return "growth_rate" if quantity.unit and quantity.unit.name == "percent" else "change"
        return "share" if _is_share(words, vocabulary) else "level"
    if quantity.form == "fraction" and quantity.unit is None:
        return "share"
    return "change" if changed else "level"


def _is_share(words: Around, vocabulary: Vocabulary) -> bool:
    return bool(words.after) and " ".join(words.after[:1]) in vocabulary.topic["change"]["share_of"]
