"""Read what stands behind a number: its unit or currency, a late magnitude, "per barrel".

A mark stuck to the digits (50mph) is read case-sensitively, words after a space are not; the longest
reading wins.  Letters that are no unit make the number part of a name, and it is left out.
"""

from __future__ import annotations

import re

from etl.extractors.figures.records import Quantity
from etl.extractors.figures.vocabulary import Vocabulary
from etl.extractors.figures.vocabulary.units import Marks, Unit, Words

_MERIDIEM = re.compile(r"\.\s?m\b")  # of a clock time
_GAP = re.compile(r"[-–‑](?=[^\W\d_])|[ \u00a0\u202f]{0,2}(?:\n[ \t]{0,16})?")
_BRACKET = re.compile(r" ?[(\[{<]")
_PER_SPACE = re.compile(r"[ \u00a0-]")
_LETTERS = re.compile(r"[^\W\d_]+")
_TELEPHONE = re.compile(r"-\d{2,4}-\d{2,4}(?!\d)")
_ELLIPTIC = 60  # characters between an amount and another one that leaves its money out
_FAR = 120  # characters between a count and the one that it is compared with
_LEADING = 12  # characters of the word before a number
_SENTENCE = re.compile(r"[;!?]|\.\s")
_MONEY_SCALE = re.compile(r" ?([^\W\d_]{1,3})\.?(?![^\W_])")


def attach(text: str, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Take in the unit behind the number; False when what is glued to it makes it something else."""
    if _goes_on(text, quantity, vocabulary):
        return False
    _hedged(text, quantity, vocabulary)
    following = text[quantity.end : quantity.end + 1]
    if quantity.marked:
        _money_scale(text, quantity, vocabulary)
        _swallow_currency(text, quantity, vocabulary)
    elif following.isalpha() and quantity.form == "digits":
        if not _glued(text, quantity, vocabulary):
            return False
    else:
        _spaced(text, quantity, vocabulary)
    following = text[quantity.end : quantity.end + 1]
    if following.isalnum() and text[quantity.end - 1].isalnum():
        return False
    if quantity.unit is not None:
        _late_scale(text, quantity, vocabulary)
        _per(text, quantity, vocabulary)
    return True


def _goes_on(text: str, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Tell whether what follows makes the digits part of something else: 1.2.3, 222-33-44, 2^10, 3x4, 10:30, 5+1."""
    end = quantity.end
    following, then = text[end : end + 1], text[end + 1 : end + 2].isdigit()
    if following == "-":
        letters = _LETTERS.match(text, end + 1)
        ordinal = letters is not None and letters.group() in vocabulary.topic["guards"]["ordinal_suffixes"]
        return ordinal or _TELEPHONE.match(text, end) is not None
    if following in (".", ","):
        return then and quantity.form == "digits"
    return following in ("^", "*") or (bool(following) and following in "×xх:/+" and then)


def _hedged(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Take in a hedge between the digits and what they count: "$600-plus million", "600 с лишним миллионов"."""
    if quantity.form != "digits" or quantity.scale != 1:
        return
    mark = next((mark for mark in vocabulary.hedges_inside if text.startswith(mark, quantity.end)), "")
    after = quantity.end + len(mark)
    if not mark or text[after : after + 1] not in (" ", "-", "\u00a0") or not text[after + 1 : after + 2].isalpha():
        return
    scale = vocabulary.scale_word.match(text, after + 1)
    quantity.hedge, quantity.end = vocabulary.hedges_inside[mark], after
    if scale is not None:
        quantity.multiply(vocabulary.scale(scale.group()), scale.end())


def is_amount(text: str, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Tell whether the number is in thousands or more: "1.5 billion", "21,700", "2.7m"."""
    found = _MONEY_SCALE.match(text, quantity.end)
    glued = found is not None and found.start(1) == quantity.end and found.group(1) in vocabulary.money_scales
    return quantity.scale >= 1000 or quantity.grouped or glued


def _money_scale(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    found = _MONEY_SCALE.match(text, quantity.end)
    if found and (factor := vocabulary.money_scales.get(found.group(1).lower())):
        glued = found.start(1) == quantity.end
        if glued or text[found.end() : found.end() + 2].strip()[:1] in ("", ",", ".", ")"):
            quantity.multiply(factor, found.end(1))


def _swallow_currency(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Extend "$5 million dollars" and "$31.20 US" over the second naming of the currency."""
    gap = _GAP.match(text, quantity.end)
    position = gap.end() if gap else quantity.end
    for word in vocabulary.topic["money"]["after_sign"]:
        end = position + len(word)
        if position > quantity.end and text.startswith(word, position) and not text[end : end + 1].isalnum():
            quantity.end = end
            return
    found = vocabulary.money.match(text, position) if position > quantity.end else None
    if found is not None and quantity.unit is not None and found[0].currency == quantity.unit.currency:
        quantity.end = found[1]


def _glued(text: str, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Read letters stuck to the digits: 50mph, 100元; ordinals and codes are no figures."""
    letters = _LETTERS.match(text, quantity.end)
    word = letters.group() if letters else ""
    if word in vocabulary.topic["guards"]["ordinal_suffixes"]:
        return False
    for matcher in (vocabulary.marks, vocabulary.measures, vocabulary.money):
        found = matcher.match(text, quantity.end)
        if found is not None and not (found[1] < len(text) and text[found[1]].isalnum()):
            quantity.unit, quantity.end = found
            return True
    return _scaled_money(text, quantity, word, vocabulary)


def _scaled_money(text: str, quantity: Quantity, word: str, vocabulary: Vocabulary) -> bool:
    """Read "5m euros": a magnitude letter that only money words after it can prove."""
    factor = vocabulary.money_scales.get(word)
    position = quantity.end + len(word)
    if factor is None or text[position : position + 1] != " ":
        return False
    found = vocabulary.money.match(text, position + 1)
    if found is not None:
        quantity.multiply(factor, found[1])
        quantity.unit = found[0]
    return found is not None


def _spaced(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Look for a unit after a space, a hyphen or in brackets."""
    position = _unit_place(text, quantity, vocabulary)
    letters = _LETTERS.match(text, position)
    if letters is not None and letters.group() in vocabulary.scaled_units:
        factor, quantity.unit, quantity.per = vocabulary.scaled_units[letters.group()]
        quantity.multiply(factor, letters.end())
        return
    order: tuple[Words | Marks, ...] = (vocabulary.money, vocabulary.measures, vocabulary.marks)
    if quantity.scale >= 1000:
        order = (vocabulary.scaled_money, *order)
    found = max(filter(None, (m.match(text, position) for m in order)), key=lambda f: f[1], default=None)
    if quantity.scale >= 1000 and (scaled := vocabulary.scaled_money.match(text, position)) is not None:
        found = scaled if found is None or found[1] <= scaled[1] else found
    if found is None and (bracket := _BRACKET.match(text, quantity.end)):
        found = vocabulary.measures.match(text, bracket.end()) or vocabulary.marks.match(text, bracket.end())
        if found is not None and text[found[1] : found[1] + 1] in (")", "]", "}", ">") and found[0].kind != "ratio":
            found = (found[0], found[1] + 1)
        else:
            found = None
    if found is None:
        found = _million_money(text, quantity, position, vocabulary)
    if found is not None and not _misread(text, quantity, found, position):
        quantity.hyphened = text[quantity.end : quantity.end + 1] in ("-", "‑")
        quantity.unit, quantity.end = found


def _unit_place(text: str, quantity: Quantity, vocabulary: Vocabulary) -> int:
    """Return where a unit can begin: behind a space or hyphen, behind "of" after "hundreds" and "1/16"."""
    if (skipped := vocabulary.skipped.match(text, quantity.end)) is not None:
        return skipped.end()
    if quantity.form in ("vague", "fraction") and (link := vocabulary.of_link.match(text, quantity.end)):
        return link.end()
    gap = _GAP.match(text, quantity.end)
    return gap.end() if gap else quantity.end


def _million_money(text: str, quantity: Quantity, position: int, vocabulary: Vocabulary) -> tuple[Unit, int] | None:
    """Read "30 MUSD": a million of a currency."""
    if text[position : position + 1] != "M":
        return None
    found = vocabulary.marks.match(text, position + 1)
    if found is None or found[0].kind != "money" or found[1] - position != 4:
        return None
    quantity.multiply(1e6, quantity.end)
    return found


def _misread(text: str, quantity: Quantity, found: tuple[Unit, int], position: int) -> bool:
    """Tell whether a short unit mark is really something else: "16 s", "2 in", "5 C's", "11 p.m."."""
    written = text[position : found[1]]
    if len(written) == 1 and written.isalpha() and position > quantity.end:
        following = text[found[1] : found[1] + 1]
        return (
            following in ("'", "’", "-", "&")
            or quantity.form != "digits"
            or _MERIDIEM.match(text, found[1]) is not None
        )
    return False


def _late_scale(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Read the magnitude of "75 USD million"."""
    if quantity.kind == "money" and quantity.scale == 1 and text[quantity.end : quantity.end + 1] == " ":
        found = vocabulary.scale_word.match(text, quantity.end + 1)
        if found is not None and found.group().lower() in vocabulary.scales:
            quantity.multiply(vocabulary.scales[found.group().lower()], found.end())


def per(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Add the denominator of a counted noun: "three thousand tests per day"."""
    if quantity.noun:
        _per(text, quantity, vocabulary)


def elliptic(text: str, others: list[Quantity], quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Give the second amount of "$51 billion in 2021 and 52 billion in 2022" the unit that it leaves out."""
    before = others[-1]
    _repeated(text, others, quantity, vocabulary)
    if quantity.unit is not None or not 0 < quantity.start - before.end <= _FAR:
        return
    if _SENTENCE.search(text, before.end, quantity.start):
        return
    if _compared(text, before, quantity, vocabulary) and quantity.scale == 1 and not before.joined and before.noun:
        quantity.noun, quantity.label, quantity.shared = before.noun, before.label, True
    if quantity.noun or quantity.start - before.end > _ELLIPTIC:
        return
    told = text[before.end : quantity.start].split()[-1:]
    led = bool(told) and told[0] in vocabulary.topic["change"]["from"] and before.unit is not None
    same = quantity.scale >= 1e6 and before.unit is not None and before.scale == quantity.scale
    if same and (before.kind == "money" or led or _periods(text, before, quantity, vocabulary)):
        quantity.unit, quantity.per, quantity.shared = before.unit, before.per, True
    elif quantity.scale == 1 and _periods(text, before, quantity, vocabulary):
        quantity.unit, quantity.per, quantity.noun, quantity.label = before.unit, before.per, before.noun, before.label
        quantity.shared = True
        if not quantity.grouped and quantity.low < 1000:
            quantity.multiply(before.scale, quantity.end)


def _repeated(text: str, others: list[Quantity], quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Count points for the second index of "closed at 3,456.78 points and the other ended at 1,334.20"."""
    words = text[max(0, quantity.start - _LEADING) : quantity.start].split()
    level = quantity.decimal and quantity.grouped and words[-1:] and words[-1] in vocabulary.topic["change"]["level"]
    noun = next((one.noun for one in others if one.noun in vocabulary.topic["elliptic"]["repeated"]), "")
    if level and noun and quantity.unit is None and not quantity.noun:
        quantity.noun = quantity.label = noun


def _compared(text: str, before: Quantity, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Tell whether a bare number is what a count is compared with: "74 seats, up from 52"."""
    between = text[before.end : quantity.start].lower().replace(",", " , ").split()
    if len(between) == 1 and between[0] in vocabulary.topic["ranges"]["to"]:
        return True  # 312 votes to 298
    opened = "," in between or "(" in between
    return opened and any(" ".join(between[-size:]) in vocabulary.topic["elliptic"]["compared"] for size in (1, 2))


def _periods(text: str, before: Quantity, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Tell whether both amounts tell of a period each: "4.8 percent in 2022 and 5.1 in 2023"."""
    table = vocabulary.topic["elliptic"]
    between = text[before.end : quantity.start].lower().split()
    hedged = vocabulary.hedges_before.before(between)[1]
    between = between[: len(between) - hedged]
    following = text[quantity.end : quantity.end + _ELLIPTIC].lower().split()
    moved = between[-1:] and between[-1] in vocabulary.topic["ranges"]["to"]  # from 78 years in 2019 to 76 in 2021
    return (
        len(between) > 1
        and (bool(moved) or (quantity.decimal and before.decimal) or quantity.scale > 1)
        and between[-1] in table["links"]
        and following[:1] != []
        and following[0] in table["periods"]
        and not frozenset(between).isdisjoint(table["periods"])
    )


def per_both(text: str, before: Quantity, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Add the denominator behind a conversion in brackets to both amounts: "9 million euros ($10 million) a year"."""
    if not quantity.bracketed or before.per or text[quantity.end : quantity.end + 1] != ")":
        return
    end, quantity.end = quantity.end, quantity.end + 1
    _per(text, quantity, vocabulary)
    before.per, quantity.end = quantity.per, end


def _per(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Add the denominator: "per barrel", "a share", "/kWh"; behind what is measured too: "of gas a year"."""
    table = vocabulary.topic["per"]
    measured = vocabulary.per_behind.match(text, quantity.end) if quantity.kind in table["measured"] else None
    rate = vocabulary.measures.match(text, measured.end()) if measured is not None else None
    if rate is not None and rate[0].kind == "time":
        quantity.per = rate[0].name
        return
    end = quantity.end
    if text[end : end + 1] == "/" or text[end : end + 3] == " / ":
        start, strict = end + (1 if text[end] == "/" else 3), False
    else:
        gap = _PER_SPACE.match(text, end)
        word = _LETTERS.match(text, gap.end()) if gap else None
        if gap is None or word is None or word.group().lower() not in table["words"]:
            return
        after = text[word.end() : word.end() + 1]
        if after not in (" ", "-", "\u00a0", "\n"):
            return
        start, strict = word.end() + 1, word.group().lower() in table["article_words"]
    found = _denominator(text, start, vocabulary)
    timed = found is not None and vocabulary.measures.match(found[0], 0)
    if found is not None and strict and timed and timed[0].kind == "time" and vocabulary.not_per.match(text, found[1]):
        return  # "from $6.78 billion a year earlier"
    if found is None or (strict and found[0] not in table["article_needs"]):
        return
    quantity.per, quantity.end = found


def _denominator(text: str, start: int, vocabulary: Vocabulary) -> tuple[str, int] | None:
    best: tuple[str, int] | None = None
    if (noun := vocabulary.per_nouns.match(text, start)) is not None:
        best = (noun.group().lower(), noun.end())
    for matcher in (vocabulary.measures, vocabulary.marks):
        found = matcher.match(text, start)
        if (
            found is not None
            and found[0].kind not in ("share", "ratio", "money")
            and (best is None or found[1] >= best[1])
        ):
            best = (found[0].name, found[1])
    return best
