"""Join neighbouring quantities: ranges ("$44-45 billion") and lists that share a unit ("5.2, 5.9 and 6.1 percent").

Two numbers make a range when a dash or a range word stands between them and they can share a unit.  What
changes "from 2.1 to 3.4" is no range but two figures, an earlier and a later level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.extractors.figures.records import Quantity
from etl.extractors.figures.vocabulary import Vocabulary

_DASH = re.compile(r"\s?[-–—‑~−]\s?(?:[-–—])?")
_LIST = re.compile(r"-?,\s|-?,?\s(?:[^\W\d_]{1,3})\s|\s?/\s?")
_OF_HOW_MANY = (2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000)  # "two in five"
_NEAR = 24  # characters between two numbers that may belong together


@dataclass(frozen=True, slots=True)
class Links:
    """What the words between and before two numbers can mean."""

    to: frozenset[str]
    either: frozenset[str]
    both: frozenset[str]
    between: frozenset[str]
    origin: frozenset[str]
    parts: frozenset[str]


def links(vocabulary: Vocabulary) -> Links:
    """Return the range words of a language."""
    table = vocabulary.topic["ranges"]
    return Links(*(frozenset(table[key]) for key in ("to", "or", "and", "between", "from", "of")))


def join(text: str, quantities: list[Quantity], vocabulary: Vocabulary) -> list[Quantity]:
    """Return the quantities with ranges made one and shared units filled in."""
    words = links(vocabulary)
    out: list[Quantity] = []
    for quantity in quantities:
        if out and _is_compound(text, out[-1], quantity, vocabulary):
            continue
        if out and _is_ratio(text, out[-1], quantity, vocabulary):
            continue
        if out and _is_range(text, out[-1], quantity, words, vocabulary):
            out[-1] = _merged(out[-1], quantity)
        else:
            out.append(quantity)
    _share(text, out, words)
    return out


def _is_compound(text: str, first: Quantity, second: Quantity, vocabulary: Vocabulary) -> bool:
    """Add the smaller unit of "5 feet 2 inches" or "15 dollars 50" to the larger; tell whether it was one."""
    if first.unit is None or first.joined or second.low < 0 or second.marked or second.scale != 1:
        return False
    part = vocabulary.compounds.get(first.unit.name)
    gap = text[first.end : second.start]
    if (
        part is None
        or not second.low < part.size
        or gap.strip() not in ("", *vocabulary.topic["ranges"]["and"])
        or not gap
    ):
        return False
    end = second.end
    if second.unit is None:
        if part.mark and text.startswith(part.mark, end):
            end += len(part.mark)
        elif (
            not part.silent
            or second.low < 10
            or second.decimal
            or text[end : end + 1] not in ("", ".", ",", "!", "?", ";")
        ):
            return False
    elif second.unit.name != part.name:
        return False
    first.low = first.high = first.low + second.low / part.size
    first.end, first.decimal = end, True
    return True


def _is_ratio(text: str, first: Quantity, second: Quantity, vocabulary: Vocabulary) -> bool:
    """Make a fraction of "one out of three" and "two in five"; tell whether it was one."""
    gap = " ".join(text[first.end : min(second.start, first.end + _NEAR)].split()).lower()
    parts = vocabulary.topic["parts"]
    bare = first.unit is None and second.unit is None and not first.joined and first.form in ("digits", "words")
    if not bare or first.decimal or not 0 < first.low < second.low:
        return False
    if gap not in (*parts["out_of"], *parts["one_in"]) or second.low not in _OF_HOW_MANY:
        return False
    first.low = first.high = first.low / second.low
    first.form, first.end, first.scale = "fraction", second.end, 1.0
    first.number = (first.number[0], second.number[1])
    return True


def _is_range(text: str, first: Quantity, second: Quantity, words: Links, vocabulary: Vocabulary) -> bool:
    gap = text[first.end : second.start]
    if len(gap) > _NEAR or not _compatible(first, second):
        return False
    if _DASH.fullmatch(gap):
        return _dash_range(text, first, second, gap)
    word = " ".join(gap.replace("-", " ").split()).lower()
    if gap.startswith(("-", "‑")) and word in words.to | words.either:  # $6- or $7 billion
        return _scaled(first, second) < second.high
    before = text[max(0, first.start - 28) : first.start].lower().split()
    lead = before[-1] if before else ""
    if word in words.both:
        first.spoken = lead in words.between and first.unit in (None, second.unit)
        return first.spoken
    if word in words.either:
        close = first.low < second.low <= first.low * 2 + 1 and second.low < 100
        return first.unit is None and close and not first.grouped
    first.spoken = lead in words.origin
    rises = first.spoken or _scaled(first, second) <= second.high  # not "led by 51.2 to 47.6 percent"
    hedged = word.split()[:1] and word.split()[0] in words.to and vocabulary.hedges_before.before(word.split()[1:])[1]
    return rises and bool(word in words.to or hedged) and not _is_change(first, before, words, vocabulary)


def _is_change(first: Quantity, before: list[str], words: Links, vocabulary: Vocabulary) -> bool:
    """Tell whether "X to Y" is a move from one level to another: "rose from X to Y", "dropped 3% to 4%"."""
    if before and before[-1] in vocabulary.topic["ranges"]["moving"] and first.kind != "time":
        return True  # "с 3 до 4" is a move, "от 3 до 4" a range
    hedged = vocabulary.hedges_before.before(before)[1]
    recent = [word.strip(",.;:()") for word in before[: len(before) - hedged]]
    if recent and recent[-1] in words.origin:
        nouns = vocabulary.topic["change"]["after"]
        verbs = [word for word in recent[-6:-1] if word in vocabulary.change and word not in nouns]
        return bool(verbs) or (recent[-2:-1] != [] and recent[-2] in vocabulary.change)
    amount = first.unit is not None and first.kind != "share"
    if amount and recent and recent[-1] in vocabulary.topic["change"]["by"]:
        return True  # cut by 300 megawatts to 1,100 megawatts
    return first.unit is not None and any(word in vocabulary.change for word in recent[-2:])


def _year_beside(first: Quantity, second: Quantity) -> bool:
    """Tell whether a year stands beside an amount: "in 2022 to $3.4 billion"."""
    amount = second.unit is not None or second.scale > 1 or second.decimal
    return first.unit is None and _year(first) and amount


def _compatible(first: Quantity, second: Quantity) -> bool:
    """Tell whether two numbers can be the ends of one range."""
    if first.joined or second.joined or {first.form, second.form} & {"multiple", "vague"}:
        return False
    if (first.form == "fraction") != (second.form == "fraction") or _year_beside(first, second):
        return False
    if first.per and first.per != second.per:
        return False
    return first.unit is None or second.unit is None or (first.unit == second.unit)


def _dash_range(text: str, first: Quantity, second: Quantity, gap: str) -> bool:
    """Tell a range from a score, a telephone number or a dash between clauses."""
    if text[second.end : second.end + 1] in "-–" and text[second.end + 1 : second.end + 2].isdigit():
        return False
    if second.low < 0:
        return False
    spaced = gap.strip() != gap
    if spaced and first.unit is not None and second.unit is None:
        return False
    return _scaled(first, second) < second.high


def _scaled(first: Quantity, second: Quantity) -> float:
    """Return the first number with the magnitude that it shares with the second."""
    if first.scale == 1 and second.scale > 1 and first.low < min(1000, second.base) and not first.grouped:
        return first.low * second.scale
    return first.low


def _merged(first: Quantity, second: Quantity) -> Quantity:
    low = _scaled(first, second)
    first.unit, first.per = first.unit or second.unit, first.per or second.per
    first.low, first.high = min(low, second.low), max(low, second.high)
    first.scale, first.end, first.joined = second.scale, second.end, True
    first.number = (first.number[0], second.number[1])
    first.grouped, first.decimal = first.grouped or second.grouped, first.decimal or second.decimal
    first.marked = first.marked or second.marked
    return first


def _share(text: str, quantities: list[Quantity], words: Links) -> None:
    """Give members of a list the unit of its last member, from right to left; and "from 5 to 7 tonnes" too."""
    for index in range(len(quantities) - 2, -1, -1):
        first, second = quantities[index], quantities[index + 1]
        gap = text[first.end : second.start]
        if first.unit is None and second.unit is not None and not second.marked and len(gap) <= _NEAR:
            word = " ".join(gap.lower().strip("-,").split())
            listed = bool(_LIST.fullmatch(gap) or word in words.parts) and (
                word in words.either | words.both
                or (word in words.parts and first.scale > 1)
                or gap.strip() in (",", "-,", "/")
            )
            if (listed or word in words.to) and first.form in ("digits", "words") and not _year(first):
                _take(first, second)
        elif (
            second.unit is None
            and first.unit is not None
            and " ".join(gap.lower().split()) in words.to
            and not (first.kind == "share" and not first.spoken)  # "rose 8 percent to 3.65": how much, and to where
        ):
            second.unit, second.per, second.shared = first.unit, first.per, True


def _take(first: Quantity, second: Quantity) -> None:
    low = _scaled(first, second)
    if low != first.low:
        first.low, first.high, first.scale = low, first.high * second.scale, second.scale
    first.unit, first.per, first.shared = second.unit, second.per, True


def _year(quantity: Quantity) -> bool:
    return not quantity.grouped and not quantity.decimal and quantity.scale == 1 and 1500 <= quantity.low <= 2100
