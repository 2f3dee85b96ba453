"""Read the words around a quantity: hedges, change, share; and which words stand there at all.

A hedge stands directly before or behind the number ("over", "or more").  A change is said by a verb or
adverb before the number ("has grown by", "up") or a noun behind it ("a 5 percent increase"); "rose to 51"
is a level that was reached, not a change of 51.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.extractors.figures.records import Quantity
from etl.extractors.figures.vocabulary import Vocabulary

_TOKEN = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?|[<>=≤≥]+|[^\w\s]")
_BACK, _AHEAD = 80, 40
_FROM = 12  # words back in which "from" makes "to" the end of a move
_DASHES = frozenset("-–")
_CLAUSE_END = frozenset('.,;:!?()—–"“”«»')


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
        [word.group().lower().rstrip(".") or "." for word in after],
        [word.end() for word in after],
    )


def hedge(quantity: Quantity, words: Around, vocabulary: Vocabulary) -> None:
    """Set the qualifier and widen the quantity over the hedge; the sharper of two wins ("an estimated over")."""
    before = list(words.before)
    hedged = len(before) > 1 and vocabulary.hedges_before.before(before[:-1])[1]
    if hedged and (before[-1] in _DASHES or (quantity.form == "fraction" and before[-1] in vocabulary.determiners)):
        before.pop()  # sub-7 nanometre, nearly a fifth
    found, first = quantity.hedge, quantity.start  # "600-plus" holds one already
    while True:
        meaning, count = vocabulary.hedges_before.before(before)
        if not count:
            break
        if (meaning == "over" and quantity.kind == "time" and _lasts(before, count, words.after, vocabulary)) or (
            meaning == "at most"
            and vocabulary.words("change", "climbing").issuperset(before[-count - 1 : -count] or " ")
        ):
            break  # during 5 years; edged up to 6.3 percent, the level that it reached
        if not found or found in ("exact", "about"):
            found = meaning if meaning != "exact" or not found else found
        first = words.before_at[len(before) - count]
        before = before[: len(before) - count]
    if not found and len(before) > 1 and before[-1] in vocabulary.topic["change"]["by"]:
        found = vocabulary.hedges_before.before(before[:-1])[0]  # almost by a third
    behind, count = vocabulary.hedges_after.after(words.after)
    if behind and vocabulary.hedges_before.after(words.after[count - 1 :])[1] > 1:
        behind = ""  # "dozens of ships and more than 200 boats": it hedges what follows
    if behind and words.after[0] == "+" and words.after_end[0] != quantity.end + 1:
        behind = ""
    if behind and not (found and found not in ("exact", "about", "equal")):
        found = behind
        quantity.end = max(quantity.end, words.after_end[count - 1])
    quantity.hedge = found or "exact"
    quantity.hedged_from = first
    del words.before[len(before) :]
    del words.before_at[len(before) :]


def _lasts(before: list[str], count: int, after: list[str], vocabulary: Vocabulary) -> bool:
    """Tell whether "over" before a length of time means during: "$20 million over 5 years", not "for over 5 years"."""
    table = vocabulary.topic["during"]
    if count != 1 or before[-1] not in table["words"] or frozenset(after[:1]) & frozenset(table["hedge_before"]):
        return False
    return not (len(before) > 1 and before[-2] in table["hedge_after"])


def converted(text: str, quantity: Quantity, before: Quantity | None, vocabulary: Vocabulary) -> None:
    """Let a conversion in brackets share the hedge and direction of the amount that it converts."""
    if before is None or quantity.hedge != "exact" or quantity.hedged_from != quantity.start:
        return
    gap, either = text[before.end : quantity.start], vocabulary.topic["ranges"]["or"]
    inside = gap.strip() == "(" or (gap.strip() == "/" and before.bracketed)
    if before.direction and not quantity.direction and gap.lower().strip(", ") in either:
        quantity.direction = before.direction  # fell 300 points, or 1.2 percent
        quantity.transformation = "growth_rate" if quantity.kind == "share" else "change"
    if inside and before.unit is not None and quantity.unit is not None and before.unit != quantity.unit:
        quantity.bracketed = True
        quantity.hedge = before.hedge
        if before.unit.kind == quantity.unit.kind:
            quantity.direction, quantity.transformation = before.direction, before.transformation


def compared(text: str, quantity: Quantity, before: Quantity | None, vocabulary: Vocabulary) -> None:
    """Let what a growth is compared with be a growth too: "grew 1.8 percent last year, down from 2.6 percent"."""
    grown = before is not None and before.transformation == "growth_rate" and before.kind == quantity.kind
    if not grown or before is None or quantity.transformation != "level" or quantity.low <= 0:
        return
    told = text[before.end : quantity.number[0]].lower().replace(",", " , ")
    end = len(told.split()) - vocabulary.hedges_before.before(told.split())[1]
    leading = [" ".join(told.split()[end - size : end]) for size in (1, 2)]
    if not frozenset(leading).isdisjoint(vocabulary.topic["elliptic"]["compared"]):
        quantity.direction, quantity.transformation = before.direction, before.transformation


def change(quantity: Quantity, words: Around, earlier: str, vocabulary: Vocabulary) -> None:
    """Set direction and transformation: what grew, by how much, or which level was reached.

    ``earlier`` is the direction of the figure before in the sentence, which a bare "by" goes on with.
    """
    table = vocabulary.topic["change"]
    led = bool(words.before) and words.before[-1] in table["by"]
    sign, to_level = _sign_before(words.before, vocabulary)
    if sign and not led and _moves_nothing(quantity, words, vocabulary):
        sign = ""
    sign = sign or (earlier if led else "") or _sign_behind(quantity, words, table)
    quantity.moved = bool(sign)
    if not sign and not earlier:
        _up_to(quantity, words, table)
    if earlier and led and sign and quantity.unit is None and not quantity.noun and quantity.form != "fraction":
        quantity.unit = vocabulary.percent  # "grew by 2 percent and fell by 1"
    if sign and not to_level:
        quantity.direction = sign
    elif quantity.plus or (quantity.form == "multiple" and quantity.low > 1):
        quantity.direction = "up"
    quantity.transformation = _transformation(quantity, words, bool(quantity.direction), vocabulary)


def _moves_nothing(quantity: Quantity, words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether a verb of change without "by" changes no level: "gave up 517 yards", "raised 5 million"."""
    table = vocabulary.topic["change"]
    gives = any(word in table["needs_by"] for word in words.before[-4:])
    if quantity.noun or quantity.label:
        return quantity.noun not in vocabulary.topic["elliptic"]["repeated"]  # fell 3.4 points
    reaches = words.after[:1] and words.after[0] in table["level"] and any(map(str.isdigit, "".join(words.after[1:3])))
    return gives and quantity.kind != "share" and not reaches  # but "added 15 sen to 2.70"


def _sign_behind(quantity: Quantity, words: Around, table: Mapping[str, list[str]]) -> str:
    """Return the direction that a noun or adverb behind the figure gives: "a 5 percent increase", "3% lower"."""
    if not words.after or quantity.noun or words.after[0] in _CLAUSE_END or quantity.kind not in ("share", "money", ""):
        return ""
    near = next((word for word in words.after[:2] if word in table["after"]), "")
    return "" if not near else "up" if near in table["after_up"] else "down"


def _up_to(quantity: Quantity, words: Around, table: Mapping[str, list[str]]) -> None:
    """Read a preposition as a bound where nothing moves and no range begins (Russian "до")."""
    bound = quantity.hedge == "exact" and bool(words.before) and words.before[-1] in table["up_to"]
    if bound and not frozenset(words.before[-_FROM:-1]) & frozenset(table["from"]):
        quantity.hedge, quantity.hedged_from = "at most", words.before_at[-1]


def _sign_before(before: list[str], vocabulary: Vocabulary) -> tuple[str, bool]:
    """Return (direction, whether it leads to a level) of the change word shortly before a quantity."""
    table = vocabulary.topic["change"]
    if not before:
        return "", False
    tail = before[:-1] if len(before) > 1 and before[-1] in table["articles"] else before
    to_level = tail[-1] in table["level"] or tail[-1] in table["from"]
    tail = before[-7:]
    if tail[-1] == "," and len(tail) > 1 and tail[-2] in table["bridge"]:
        tail = tail[:-1]  # "soared by an impressive amount, nearly 45 percent"
    led = before[-1] in table["by"]  # after "by" other words may stand between
    for distance, word in enumerate(reversed(tail)):
        if sign := vocabulary.change.get(word):
            phrasal = word in table["particles"] and len(tail) > distance + 1
            if phrasal and tail[-distance - 2] in table["phrasal"]:
                break  # shot down 41
            return sign, to_level
        bridged = led or distance == 0 or word in table["bridge"] or word.endswith("ly")
        if word in _CLAUSE_END or not bridged:
            break
    return "", to_level


def _transformation(quantity: Quantity, words: Around, changed: bool, vocabulary: Vocabulary) -> str:
    if quantity.form == "multiple" or quantity.kind == "ratio":
        compared = quantity.moved or bool(
            frozenset(words.after[:1]) & frozenset(vocabulary.topic["change"]["times_of"])
        )
        return "ratio" if compared or quantity.form == "multiple" else "level"
    if quantity.kind == "share":
        if changed:
            return "growth_rate" if quantity.unit and quantity.unit.name == "percent" else "change"
        return "share" if _is_share(words, vocabulary) else "level"
    if quantity.form == "fraction" and quantity.unit is None:
        return "growth_rate" if changed else "share"
    return "change" if changed else "level"


def _is_share(words: Around, vocabulary: Vocabulary) -> bool:
    """Tell whether what the percentage is a part of follows: "40 percent of", but not "4 percent in 2021"."""
    if not words.after or words.after[0] not in vocabulary.topic["change"]["share_of"]:
        return False
    if len(words.after) < 2 or words.after[0] in vocabulary.topic["parts"]["of"]:
        return True
    if not frozenset(words.after[1:4]).isdisjoint(vocabulary.topic["change"]["share_not"]):
        return False  # 2.1 percent in the third quarter
    following = words.after[1]
    return not following.isdigit() and (following in vocabulary.determiners or following not in vocabulary.label_stop)
