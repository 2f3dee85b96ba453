"""Put units on numbers: currency signs and codes on either side, units of measure, "per barrel", minus signs.

``measure`` also turns away numbers that are part of something else: a name (S-400, TA-35), a clock time,
a slashed date, an ordinal, a telephone number, an address on the web.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.extractors.figures.numerals import Numeral
from etl.extractors.figures.vocabulary import Unit, Vocabulary

_GAP = re.compile(r"[-–‑](?=[^\W\d_])|[ \u00a0\u202f]{0,2}\n?")
_BRACKET = re.compile(r" ?[(\[{<]")
_PER_SPACE = re.compile(r"[ \u00a0-]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGN = "-−–‑"
_URL = re.compile(r"://|www\.|@")
_TAIL = 12


@dataclass(slots=True)
class Quantity:
    """A number with its unit, on the way to becoming a figure; ``start``/``end`` include sign and unit."""

    start: int
    end: int
    number: tuple[int, int]
    low: float
    high: float
    scale: float = 1.0
    form: str = "digits"
    grouped: bool = False
    decimal: bool = False
    unit: Unit | None = None
    per: str = ""
    noun: str = ""
    label: str = ""
    marked: bool = False  # a currency sign or code stands before it
    joined: bool = False  # a range of two numbers
    spoken: bool = False  # a range in words: between .. and .., from .. to ..
    shared: bool = False  # its unit stands at another member of its list
    hedge: str = ""
    hedged_from: int = -1
    direction: str = ""
    transformation: str = ""
    rule: str = ""

    @property
    def base(self) -> float:
        """Return the number without its magnitude word."""
        return self.low / self.scale

    @property
    def kind(self) -> str:
        """Return the kind of its unit, "" without one."""
        return self.unit.kind if self.unit else ""


def measure(text: str, numerals: list[Numeral], vocabulary: Vocabulary) -> list[Quantity]:
    """Return the numbers that stand free in the text, each with the unit next to it."""
    out: list[Quantity] = []
    for numeral in numerals:
        floor = out[-1].end if out else 0
        if numeral.start >= floor and (quantity := _measure(text, numeral, floor, vocabulary)) is not None:
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
    if not _before(text, quantity, floor, vocabulary) or not _after(text, quantity, vocabulary):
        return None
    return quantity


# ------------------------------------------------------------------ before the number
def _before(text: str, quantity: Quantity, floor: int, vocabulary: Vocabulary) -> bool:
    """Take in the sign and the currency before the number; False when the number belongs to a name."""
    start = quantity.start
    if quantity.form in ("digits", "fraction") and start and text[start - 1] in "%/:_&?@.,·'’+0123456789":
        if text[start - 1] in "%/:_&?@0123456789" or (start > 1 and text[start - 2].isalnum()):
            return False
    at = start
    while at and text[at - 1] in " \u00a0\u202f" and start - at < 2:
        at -= 1
    spaced = at < start
    signed = at > 0 and text[at - 1] in _SIGN
    mark_end = at - 1 if signed else at
    mark = _money_before(text, mark_end, vocabulary) if quantity.form != "multiple" else None
    if mark is not None and mark[1] >= floor:
        quantity.unit, quantity.start, quantity.marked = mark[0], mark[1], True
        factor = mark[2]
        quantity.low, quantity.high, quantity.scale = quantity.low * factor, quantity.high * factor, quantity.scale * factor
        before = text[quantity.start - 1 : quantity.start] if quantity.start else ""
        outer = before in ("-", "−") and not text[max(0, quantity.start - 2) : quantity.start - 1].strip()
        if (signed and not spaced) or outer:
            _negate(quantity)
            quantity.start -= outer
        return True
    if signed and not spaced:
        return _sign(text, quantity, vocabulary)
    if not spaced and start and text[start - 1].isalpha():
        return False
    if spaced or (start and text[start - 1] == "-"):
        _minus_word(text, quantity, vocabulary)
    return True


def _sign(text: str, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Judge a dash glued to the number: minus sign, range, or part of a name."""
    dash = quantity.start - 1
    before = text[dash - 1 : dash] if dash else ""
    if before.isdigit() or before in (")", "%") or before in vocabulary.money_marks:
        return True  # a range or a telephone number: settled where ranges are joined
    if before.isalpha() or before in (".", "'", "’"):
        word = _word_before(text, dash)
        if word.lower() in vocabulary.topic["parts"]["minus"]:
            quantity.start = dash - len(word)
            _negate(quantity, keep=True)
            return True
        joined = (*vocabulary.topic["ranges"]["to"], "sub", "over", "under", "now")
        return word.lower() in joined or word in vocabulary.money_marks or quantity.form == "words" or _is_unit(text, dash, vocabulary)
    if quantity.form == "digits" and text[dash] in "-−–":
        quantity.start = dash
        _negate(quantity, keep=True)
    return True


def _is_unit(text: str, dash: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a glued unit with its own number stands before the dash: 5km-10km, 20k-30k."""
    word = _word_before(text, dash)
    at = dash - len(word)
    return at > 0 and text[at - 1].isdigit() and (word in vocabulary.scale_marks or vocabulary.marks.match(text, at) is not None)


def _word_before(text: str, end: int) -> str:
    start = end
    while start and text[start - 1].isalpha() and end - start < 16:
        start -= 1
    return text[start:end]


def _negate(quantity: Quantity, *, keep: bool = False) -> None:
    del keep
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


def _national(text: str, unit: Unit, mark: str, start: int, vocabulary: Vocabulary) -> tuple[Unit, int, float]:
    """Return the currency of a sign whose country stands before it with a space: "US $", "hk $"."""
    if not mark[0].isalnum() and start and text[start - 1] == " ":
        word = _word_before(text, start - 1)
        named = vocabulary.money_marks.get(word.upper() + mark) if 0 < len(word) <= 3 else None
        first = start - 1 - len(word)
        article = word in vocabulary.topic["parts"]["article"]
        if named is not None and not article and text[first - 1 : first] not in ("'", "’", ".") and not text[max(0, first - 2) : first].startswith(("'", "’")):
            return named, first, 1.0
    return unit, start, 1.0


# ------------------------------------------------------------------ after the number
def _after(text: str, quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Take in the unit behind the number; False when what is glued to it makes it something else."""
    end = quantity.end
    following = text[end : end + 1]
    if following and following in ":/+" and text[end + 1 : end + 2].isdigit():
        return False
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


def _money_scale(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    found = re.compile(r" ?([^\W\d_]{1,3})\.?(?![^\W_])").match(text, quantity.end)
    if found and (factor := vocabulary.money_scales.get(found.group(1).lower())):
        glued = found.start(1) == quantity.end
        if glued or text[found.end() : found.end() + 2].strip()[:1] in ("", ",", ".", ")"):
            _multiply(quantity, factor, found.end(1))


def _multiply(quantity: Quantity, factor: float, end: int) -> None:
    quantity.low, quantity.high, quantity.scale = quantity.low * factor, quantity.high * factor, quantity.scale * factor
    quantity.end = end


def _swallow_currency(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Extend "$5 million dollars" and "$31.20 US" over the second naming of the currency."""
    gap = _GAP.match(text, quantity.end)
    position = gap.end() if gap else quantity.end
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
        _multiply(quantity, factor, found[1])
        quantity.unit = found[0]
    return found is not None


def _spaced(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Look for a unit after a space, a hyphen or in brackets."""
    position = _unit_place(text, quantity, vocabulary)
    order = (vocabulary.money, vocabulary.measures, vocabulary.marks)
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
        quantity.unit, quantity.end = found


def _unit_place(text: str, quantity: Quantity, vocabulary: Vocabulary) -> int:
    """Return where a unit can begin: behind a space or hyphen, behind "of" after "hundreds" and "1/16"."""
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
    _multiply(quantity, 1e6, quantity.end)
    return found


def _misread(text: str, quantity: Quantity, found: tuple[Unit, int], position: int) -> bool:
    """Tell whether a short unit mark is really something else: "16 s", "2 in", "5 C's"."""
    written = text[position : found[1]]
    if len(written) == 1 and written.isalpha() and position > quantity.end:
        following = text[found[1] : found[1] + 1]
        return following in ("'", "’", "-", "&") or quantity.form != "digits"
    return False


def _late_scale(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Read the magnitude of "75 USD million"."""
    if quantity.kind == "money" and quantity.scale == 1 and text[quantity.end : quantity.end + 1] == " ":
        found = vocabulary.scale_word.match(text, quantity.end + 1)
        if found is not None and found.group().lower() in vocabulary.scales:
            _multiply(quantity, vocabulary.scales[found.group().lower()], found.end())


def per(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Add the denominator of a counted noun: "three thousand tests per day"."""
    if quantity.noun:
        _per(text, quantity, vocabulary)


def _per(text: str, quantity: Quantity, vocabulary: Vocabulary) -> None:
    """Add the denominator: "per barrel", "a share", "/kWh"."""
    table = vocabulary.topic["per"]
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
    if found is None or (strict and found[0] not in table["article_needs"]):
        return
    quantity.per, quantity.end = found


def _denominator(text: str, start: int, vocabulary: Vocabulary) -> tuple[str, int] | None:
    best: tuple[str, int] | None = None
    if (noun := vocabulary.per_nouns.match(text, start)) is not None:
        best = (noun.group().lower(), noun.end())
    for matcher in (vocabulary.measures, vocabulary.marks):
        found = matcher.match(text, start)
        if found is not None and found[0].kind not in ("share", "ratio", "money") and (best is None or found[1] >= best[1]):
            best = (found[0].name, found[1])
    return best


def is_address(text: str, position: int) -> bool:
    """Tell whether the word around a place is an address on the web or a mail address."""
    start, end = position, position
    while start and not text[start - 1].isspace() and position - start < 200:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - position < 60:
        end += 1
    return _URL.search(text, start, end) is not None
