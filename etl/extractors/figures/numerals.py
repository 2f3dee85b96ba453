"""Read numbers as they are written: digits with any separators, words, fractions, magnitudes.

``scan`` walks over the text once, from anchor to anchor (a digit or a number word), and returns the
numbers that it can read; what is only part of a name (S-400, 24703L202) or not a number at all is left out.
Separators follow the International vocabulary of the SI Brochure (5.4.4) and national usage: a group of
three digits after a point or comma is read as thousands only where the language writes it so.
"""

from __future__ import annotations

import re

from etl.extractors.figures.spelt import Numeral, abbreviates, add_scale, words
from etl.extractors.figures.vocabulary import Vocabulary
from etl.extractors.figures.vocabulary.phrases import small

LONGEST = 24  # digits; what is longer is no figure that anybody reports
_POWERS = 30  # of ten; what is larger or smaller is none either
_SPACES = " \u00a0\u202f\u2009"
_GROUPED = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d]|,\d)"
    r"|\d{1,3}(?:[ \u00a0\u202f\u2009']\d{3})+(?:[.,]\d+)?(?![\d'])"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?![\d]|\.\d)"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?![\d]|,\d)"
)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?|\.\d+")
_FRACTION = re.compile(r"(?:[ -]|(?<=\d)[ ]?)?(?:(\d{1,2}) ?[/⁄] ?(\d{1,2})(?![\d/⁄.,]\d|\d)|([½⅓⅔¼¾⅛]))")
_BARE_FRACTION = re.compile(r"(\d{1,3})[/⁄](\d{1,3})(?![\d/⁄])|([½⅓⅔¼¾⅛])")
_SIGNS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅛": 1 / 8}
_POWER = re.compile(r" ?[×x*] ?10(?:\^|\*\*)?([-−–]?\d{1,3})(?!\d)")
_REST = re.compile(r"[ \u00a0](\d{1,3})[ \u00a0]")
_DIGIT = re.compile(r"[0-9½⅓⅔¼¾⅛٠-٩۰-۹०-९０-９]")


def scan(text: str, vocabulary: Vocabulary) -> list[Numeral]:
    """Return the numbers of the text in order; they do not overlap."""
    out: list[Numeral] = []
    position = 0
    anchors = _Anchors(text, vocabulary)
    while (anchor := anchors.next(position)) is not None:
        start, end = anchor
        numeral = (words if text[start].isalpha() else _digits)(text, start, vocabulary)
        if numeral is None:
            position = _skip(text, end)
            continue
        if numeral.low == numeral.low and abs(numeral.high) < 1e30:  # neither NaN nor beyond any report
            out.append(numeral)
        position = max(numeral.end, end)
    return out


class _Anchors:
    """Finds in turn what can begin a number: a digit or a number word; each is searched for once."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text, self._anchor = text, vocabulary.anchor
        self._lower = small(text)
        self._digit = self._word = (-1, 0)  # the nearest of each kind that is known

    def next(self, position: int) -> tuple[int, int] | None:
        """Return (start, end) of the first anchor from ``position`` on; None when no more follow."""
        if self._digit[0] < position:
            self._digit = self._next_digit(position)
        if self._word[0] < position:
            found = self._anchor.search(self._lower, position)
            self._word = (found.start(), found.end() - 1) if found else (len(self._text), 0)
        nearest = min(self._digit, self._word)
        return nearest if nearest[0] < len(self._text) else None

    def _next_digit(self, position: int) -> tuple[int, int]:
        found = _DIGIT.search(self._text, position)
        if found is None:
            return len(self._text), 0
        start = found.start()
        point = start > position and self._text[start - 1] == "." and found.group().isdigit()
        return start - point, found.end()


def _skip(text: str, position: int) -> int:
    """Return the end of the run of digits and letters that goes on here."""
    while position < len(text) and (text[position].isalnum()):
        position += 1
    return position


# ------------------------------------------------------------------ digits
def _digits(text: str, start: int, vocabulary: Vocabulary) -> Numeral | None:
    bare = _BARE_FRACTION.match(text, start)
    if bare is not None:
        return _bare_fraction(text, start, bare, vocabulary)
    if (grouped := _GROUPED.match(text, start)) is not None and _really_grouped(grouped.group(), vocabulary):
        decimal = not grouped.group()[-3:].isdigit()
        numeral = Numeral(start, grouped.end(), *_twice(_grouped_value(grouped.group())), grouped=True, decimal=decimal)
    else:
        plain = _PLAIN.match(text, start)
        if plain is None or len(plain.group()) > LONGEST:
            return None
        end, value = _plain_value(plain, vocabulary)
        numeral = Numeral(start, end, value, value, decimal=end - start > 1 and not text[start:end].isdigit())
        if text[start] == "0" and text[start:end].isdigit() and end - start > 1:
            return None  # 062: a code, no number
    _add_fraction(text, numeral)
    _add_power(text, numeral)
    add_scale(text, numeral, vocabulary)
    _add_rest(text, numeral, vocabulary)
    return numeral


def _twice(value: float) -> tuple[float, float]:
    return value, value


def _really_grouped(written: str, vocabulary: Vocabulary) -> bool:
    """Tell whether separators are thousands here; one comma is a decimal mark in some languages."""
    if len(written) > LONGEST:
        return False
    return (
        not vocabulary.topic["style"]["decimal_comma"]
        or "," not in written
        or written.count(",") > 1
        or any(s in written for s in _SPACES)
    )


def _grouped_value(written: str) -> float:
    text = written.translate({ord(sign): None for sign in _SPACES + "'"})
    if text.count(".") > 1:
        return float(text.replace(".", "").replace(",", "."))
    if any(sign in written for sign in _SPACES):
        return float(text.replace(",", "."))
    return float(text.replace(",", ""))


def _plain_value(plain: re.Match[str], vocabulary: Vocabulary) -> tuple[int, float]:
    """Return (end, value); a comma before one or two digits is a decimal mark, one before others ends the number."""
    written = plain.group()
    whole, comma, rest = written.partition(",")
    if written.endswith(".000") and written != "0.000":
        return plain.end(), float(written.replace(".", ""))  # nobody writes three empty decimals
    if not comma:
        return plain.end(), float(written)
    following = plain.string[plain.end() : plain.end() + 2]
    is_list = following[:1] == "," and following[1:].isdigit()
    if (len(rest) <= 2 or (vocabulary.topic["style"]["decimal_comma"] and len(rest) <= 4)) and not is_list:
        return plain.end(), float(f"{whole}.{rest}")
    return plain.start() + len(whole), float(whole)


def _bare_fraction(text: str, start: int, found: re.Match[str], vocabulary: Vocabulary) -> Numeral | None:
    if found.group(3):
        value = _SIGNS[found.group(3)]
    else:
        above, below = int(found.group(1)), int(found.group(2))
        if not 0 < above < below or below > 200:
            return None  # 9/11, 24/7, 1/0
        value = above / below
    numeral = Numeral(start, found.end(), value, value, form="fraction")
    add_scale(text, numeral, vocabulary)
    return numeral


def _add_fraction(text: str, numeral: Numeral) -> None:
    """Add the fraction of a mixed number: 10 1/2."""
    if numeral.decimal or numeral.grouped or (found := _FRACTION.match(text, numeral.end)) is None:
        return
    if found.group(3):
        part = _SIGNS[found.group(3)]
    else:
        above, below = int(found.group(1)), int(found.group(2))
        if not (0 < above < below <= 64 and found.group()[0] in " -"):
            return
        part = above / below
    numeral.low = numeral.high = numeral.low + part
    numeral.end, numeral.decimal = found.end(), True


def _add_power(text: str, numeral: Numeral) -> None:
    if (found := _POWER.match(text, numeral.end)) is not None:
        exponent = int(found.group(1).replace("−", "-").replace("–", "-"))
        factor = 10.0**exponent if abs(exponent) <= _POWERS else float("inf")  # which is no figure
        numeral.low = numeral.high = numeral.low * factor
        numeral.end, numeral.decimal = found.end(), True


def _add_rest(text: str, numeral: Numeral, vocabulary: Vocabulary) -> None:
    """Add the lower magnitude of "1 million 150 thousand"."""
    found = _REST.match(text, numeral.end) if numeral.scale >= 1e6 else None
    scale = vocabulary.scale_word.match(text, found.end()) if found else None
    if found is None or scale is None:
        return
    factor = vocabulary.scale(scale.group())
    if factor < numeral.scale:
        numeral.low = numeral.high = numeral.low + float(found.group(1)) * factor
        stop = scale.group().endswith(".") and not abbreviates(text, scale.end())
        numeral.end = scale.end() - stop
        numeral.decimal = True
