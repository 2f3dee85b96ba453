"""Put units and signs on numbers; this module reads what stands before them: "$", "US $", "EUR", minus.

``measure`` also turns away numbers that are part of something else: a name (S-400, TA-35), a clock time,
a slashed date, an ordinal, a telephone number, an address on the web.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from etl.extractors.figures import suffixes
from etl.extractors.figures.records import Quantity
from etl.extractors.figures.spelt import Numeral
from etl.extractors.figures.vocabulary import Vocabulary
from etl.extractors.figures.vocabulary.units import Unit

_SIGN = "-−–‑"
_URL = re.compile(r"://|www\.|@")
_TAIL = 12
_DOLLAR, _AMERICAN = "$", "US$"


@dataclass(frozen=True, slots=True)
class Local:
    """Whose money a text means where it names no country."""

    dollar: Unit | None  # what "$" alone is, when it is not the American one
    countries: list[str]  # that the text tells of, the most named first

    def money(self, unit: Unit, vocabulary: Vocabulary) -> Unit:
        """Return the currency of the nearest country that calls its money so; as it is when the text names none."""
        owners = vocabulary.national.get(unit.shared, {})
        return next((owners[country] for country in self.countries if country in owners), replace(unit, shared=""))


def local(text: str, countries: list[str], vocabulary: Vocabulary) -> Local:
    """Return whose money a text means that names these countries.

    A text mostly about one country with a dollar of its own, which marks American or its own dollars
    apart ("US$", "A$"), means that country's money where it writes "$" alone.
    """
    counted = Counter(countries)
    ranked = sorted(counted, key=lambda code: (-counted[code], code))
    unit = vocabulary.dollars.get(ranked[0]) if ranked else None
    if unit is None or unit.currency == vocabulary.money_marks[_DOLLAR].currency:
        return Local(None, ranked)
    marks = [mark for mark, of in vocabulary.money_marks.items() if of == unit and mark != _DOLLAR and _DOLLAR in mark]
    return Local(unit if any(mark in text for mark in (*marks, _AMERICAN)) else None, ranked)


def measure(text: str, numerals: list[Numeral], vocabulary: Vocabulary, home: Local) -> list[Quantity]:
    """Return the numbers that stand free in the text, each with the unit next to it."""
    out: list[Quantity] = []
    for numeral in numerals:
        floor = out[-1].end if out else 0
        if numeral.start >= floor and (quantity := _measure(text, numeral, floor, vocabulary)) is not None:
            if quantity.unit is not None and quantity.unit.shared:
                quantity.unit = home.money(quantity.unit, vocabulary)
            elif home.dollar and quantity.marked and text[quantity.start : quantity.number[0]].strip() == _DOLLAR:
                quantity.unit = home.dollar
            out.append(quantity)
    return out


def _measure(text: str, numeral: Numeral, floor: int, vocabulary: Vocabulary) -> Quantity | None:
    """Return the quantity of a number; what stands before ``floor`` belongs to the number before."""
    quantity = Quantity(
        numeral.start,
        numeral.end,
        (numeral.start, numeral.end),
        numeral.low,
        numeral.high,
        numeral.scale,
        numeral.form,
        numeral.grouped,
        numeral.decimal,
    )
    if not _before(text, quantity, floor, vocabulary) or not suffixes.attach(text, quantity, vocabulary):
        return None
    return quantity


# ------------------------------------------------------------------ before the number
def _before(text: str, quantity: Quantity, floor: int, vocabulary: Vocabulary) -> bool:
    """Take in the sign and the currency before the number; False when the number belongs to a name."""
    start = quantity.start
    if quantity.form in ("digits", "fraction") and _in_name(text, start):
        return False
    at = start
    while at and text[at - 1] in " \u00a0\u202f" and start - at < 2:
        at -= 1
    spaced = at < start
    signed = at > 0 and text[at - 1] in _SIGN
    mark_end = at - 1 if signed else at
    mark = _money_before(text, mark_end, vocabulary) if quantity.form != "multiple" else None
    if mark is None and not spaced and suffixes.is_amount(text, quantity, vocabulary):
        mark = _amount_mark(text, mark_end, vocabulary)
    if mark is not None and mark[1] >= floor:
        _mark(text, quantity, mark, signed=signed and not spaced)
        return True
    if signed and not spaced:
        return _sign(text, quantity, vocabulary)
    if not spaced and start and text[start - 1].isalpha():
        return False
    if start and text[start - 1] == "+":
        quantity.plus, quantity.start = True, start - 1
    if spaced or (start and text[start - 1] == "-"):
        _minus_word(text, quantity, vocabulary)
    return True


def _in_name(text: str, start: int) -> bool:
    """Tell whether a sign glued to the digits makes them part of something else: 4:39, v2.5, 10/12."""
    sign = text[start - 1 : start]
    if not sign or sign not in "%/:_&?@^*.,·'’+0123456789":
        return False
    return sign in "%/:_&?@^*0123456789" or text[max(0, start - 2) : start - 1].isalnum()


def _mark(text: str, quantity: Quantity, mark: tuple[Unit, int, float], *, signed: bool) -> None:
    """Take in the currency before the number, and a minus sign on either side of it."""
    quantity.unit, quantity.start, quantity.marked = mark[0], mark[1], True
    quantity.multiply(mark[2], quantity.end)
    before = text[quantity.start - 1 : quantity.start] if quantity.start else ""
    outer = before in ("-", "−") and not text[max(0, quantity.start - 2) : quantity.start - 1].strip()
    if signed or outer:
        _negate(quantity)
        quantity.start -= outer


def _sign(text: str, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Judge a dash glued to the number: minus sign, range, or part of a name."""
    dash = quantity.start - 1
    before = text[dash - 1 : dash] if dash else ""
    if before.isdigit() and _named(text, dash):
        return False
    if before.isdigit() or before in (")", "%") or (before in vocabulary.money_marks and not before.isalpha()):
        return True  # a range or a telephone number: settled where ranges are joined
    if before.isalpha() or before in (".", "'", "’"):
        word = _word_before(text, dash)
        if word.lower() in vocabulary.topic["parts"]["minus"]:
            quantity.start = dash - len(word)
            _negate(quantity)
            return True
        return (
            word.lower() in vocabulary.topic["parts"]["before_dash"]
            or word in vocabulary.money_marks
            or quantity.form == "words"
            or _is_unit(text, dash, vocabulary)
        )
    if quantity.form == "digits" and text[dash] in "-−–":
        quantity.start = dash
        _negate(quantity)
    return True


def _named(text: str, dash: int) -> bool:
    """Tell whether letters and digits make a name before the dash: SCP2-173."""
    start = dash
    while start and text[start - 1].isalnum() and dash - start < 16:
        start -= 1
    return text[start].isalpha() and text[start:dash].upper() not in ("Q1", "Q2", "Q3", "Q4")


def _is_unit(text: str, dash: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a glued unit with its own number stands before the dash: 5km-10km, 20k-30k."""
    word = _word_before(text, dash)
    at = dash - len(word)
    return (
        at > 0
        and text[at - 1].isdigit()
        and (word in vocabulary.scale_marks or vocabulary.marks.match(text, at) is not None)
    )


def _word_before(text: str, end: int) -> str:
    start = end
    while start and text[start - 1].isalpha() and end - start < 16:
        start -= 1
    return text[start:end]


def _negate(quantity: Quantity) -> None:
    quantity.low, quantity.high = -quantity.high, -quantity.low


def _minus_word(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    end = len(text[max(0, quantity.start - 3) : quantity.start].rstrip(" \u00a0-")) + max(0, quantity.start - 3)
    word = _word_before(text, end)
    if word.lower() in vocabulary.topic["parts"]["minus"]:
        quantity.start = end - len(word)
        _negate(quantity)


def _money_before(text: str, end: int, vocabulary: Vocabulary) -> tuple[Unit, int, float] | None:
    """Return (currency, where its sign begins, factor) for "$", "US $", "EUR ", "MUSD " before a number."""
    tail = text[max(0, end - _TAIL) : end]
    if tail[-1:] not in vocabulary.mark_ends:
        return None
    for length in range(min(5, len(tail)), 0, -1):
        mark = tail[-length:]
        unit = vocabulary.money_marks.get(mark) or (vocabulary.money_marks.get(mark.upper()) if length == 4 else None)
        if unit is None or (mark.isalpha() and (len(mark) == 1 or mark.islower())):
            continue
        start = end - length
        if mark[0].isalpha() and start and text[start - 1].isalpha():
            if text[start - 1] == "M" and mark.isalpha() and not text[max(0, start - 2) : start - 1].isalnum():
                return unit, start - 1, 1e6
            continue
        return _national(text, unit, mark, start, vocabulary)
    return None


def _amount_mark(text: str, end: int, vocabulary: Vocabulary) -> tuple[Unit, int, float] | None:
    """Return (currency, where its sign begins, 1) for letters that mean money only before an amount: R1.5 billion."""
    word = _word_before(text, end)
    unit = vocabulary.amount_marks.get(word)
    free = not text[max(0, end - len(word) - 1) : end - len(word)].strip("( \n\u00a0~≈-–")
    return (unit, end - len(word), 1.0) if unit is not None and free else None


def _national(text: str, unit: Unit, mark: str, start: int, vocabulary: Vocabulary) -> tuple[Unit, int, float]:
    """Return the currency of a sign whose country stands before it with a space: "US $", "hk $"."""
    if not mark[0].isalnum() and start and text[start - 1] == " ":
        word = _word_before(text, start - 1)
        named = vocabulary.money_marks.get(word.upper() + mark) if 0 < len(word) <= 3 else None
        first = start - 1 - len(word)
        article = word in vocabulary.topic["parts"]["article"]
        if (
            named is not None
            and not article
            and text[first - 1 : first] not in ("'", "’", ".")
            and not text[max(0, first - 2) : first].startswith(("'", "’"))
        ):
            return named, first, 1.0
    return unit, start, 1.0


def is_address(text: str, position: int) -> bool:
    """Tell whether the word around a place is an address on the web or a mail address."""
    start, end = max(0, position - 200), position + 60
    if not _URL.search(text, start, end):
        return False
    before = text[start:position].split()[-1:] if not text[position - 1 : position].isspace() else []
    word = "".join(before) + (text[position:end].split(maxsplit=1) or [""])[0]
    return _URL.search(word) is not None
