"""Reads the values of words, numbers and numeric dates that the rules have marked as slots."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from etl.extractors.temporal.tokens import Alphabet

_LEAP = 2000
_DAWN = 6  # "at three at night" is before it
PIVOT = 40  # '39 is 2039, '40 is 1940: fixed, so that an answer never depends on the day of the run
_PARTIAL = re.compile(r"(\d{1,2})[/.](\d{1,2})")
_NUMDATE = re.compile(r"(\d{1,8})(?:[./-](\d{1,2})[./-](\d{1,4}))?(t.*)?")
Order = str  # "dmy", "mdy" or "" when neither language nor document decide


def full_year(number: int) -> int:
    """Return the year that a two-digit year means; other numbers are returned as they are."""
    return number if number > 99 else number + (2000 if number < PIVOT else 1900)


def number(pieces: Sequence[str], alphabet: Alphabet) -> float | int | None:
    """Return the number that digits or number words say ("two hundred and ten", "2 1/2")."""
    total: float = 0
    current: float = 0
    if len(pieces) > 3 and pieces[-2].strip() == "/":
        fraction = [alphabet.read(piece).get("INT") for piece in (pieces[-3], pieces[-1])]
        whole = number(pieces[:-3], alphabet)
        return (whole or 0) + 0.5 if fraction == [1, 2] else whole
    for piece in pieces:
        values = alphabet.read(piece)
        word = values.get("INT", values.get("DEC", values.get("NUMW", values.get("ORDW"))))
        if not isinstance(word, (int, float)):
            continue
        if word == 100 and "INT" not in values:
            current = (current or 1) * 100
        elif word >= 1000 and "INT" not in values:
            total, current = total + (current or 1) * word, 0
        else:
            current += word
    return total + current


def year_words(pieces: Sequence[str], alphabet: Alphabet) -> int | None:
    """Return the year that words say: nineteen ninety-six, two thousand and eight, nineteen oh four."""
    words = [value for piece in pieces if isinstance(value := alphabet.read(piece).get("NUMW"), int)]
    if not words:
        return None
    if 1000 in words or 100 in words[1:2]:
        found = number(pieces, alphabet)
        return int(found) if found and 1000 <= found < 2200 else None
    year = words[0] * 100 + sum(words[1:])
    return year if 1000 <= year < 2200 and len(words) > 1 else None


def joined_ordinal(pieces: Sequence[str], alphabet: Alphabet) -> int | None:
    """Return the number of an ordinal in one or more words (twenty-first, the 3rd)."""
    values = [alphabet.read(piece) for piece in pieces]
    parts = [value.get("ORD", value.get("ORDW", value.get("NUMW"))) for value in values]
    return sum(part for part in parts if isinstance(part, int)) or None


def clock(pieces: Sequence[str], alphabet: Alphabet) -> str:
    """Return a time of day as THH:MM, from a clock reading, its a.m. or p.m., or "in the morning" said after it."""
    values = [alphabet.read(piece) for piece in pieces]
    read = next((str(v[name]) for v in values for name in ("CLOCK", "CLOCKAP", "MILTIME", "TODW") if name in v), "")
    half = next((v[name] for v in values for name in ("MERIDIEM", "TOD") if name in v), None)
    if not read:
        hour = next((v[name] for v in values for name in ("HOUR", "NUMW") if name in v), None)
        minute = next((v["INT"] for v in values[1:] if "INT" in v), 0)
        if not isinstance(hour, int) or hour > 24:
            return ""
        read = f"T{hour:02d}:{minute:02d}"
    hour = int(read[1:3])
    if half == "TNI" and hour < _DAWN:
        half = "am"
    if half in ("pm", "TAF", "TEV", "TNI") and 1 <= hour < 12:
        hour += 12
    elif half in ("am", "TMO") and hour == 12:
        hour = 0
    return f"T{hour:02d}{read[3:]}"


def _first(*names: str) -> Callable[[Sequence[str], Alphabet], object]:
    """Return a reader that takes the first value that some token has in one of the classes."""

    def read(pieces: Sequence[str], alphabet: Alphabet) -> object:
        tokens = [alphabet.read(piece) for piece in pieces]
        return next((values[name] for values in tokens for name in names if name in values), None)

    return read


def day_number(pieces: Sequence[str], alphabet: Alphabet) -> object:
    """Return the day of the month that digits or an ordinal in words say."""
    return _first("DAY", "DAYORD")(pieces, alphabet) or joined_ordinal(pieces, alphabet)


def words(pieces: Sequence[str], alphabet: Alphabet) -> str:
    """Return the words themselves, lower case, one space apart; those with a LEMMA in that form."""
    plain = (f"{alphabet.read(piece).get('LEMMA', piece.rstrip())}{' ' * piece[-1].isspace()}" for piece in pieces)
    return " ".join("".join(plain).lower().replace("’", "'").split()).replace(" '", "'").replace(" / ", "/")


READERS: dict[str, Callable[[Sequence[str], Alphabet], object]] = {
    "NUMBER": number,
    **dict.fromkeys(("YEARWORDS", "CENTURYWORDS", "THOUSANDWORDS"), year_words),
    "ORDINAL": joined_ordinal,
    "CLOCKTIME": clock,
    "CLOCKDAY": clock,
    "HOURDAY": clock,
    "CLOCKY": clock,
    "NUMPART": words,
    "BCYEAR": _first("INT"),
    "ANYMON": _first("MON"),
    "DAYNUM": day_number,
    "DAYWORDS": number,
    "PARTIAL": _first("PARTW", "EARLYLATE"),
    "HOLIDAYNAME": words,
    "HOLIDAYREF": words,
}


def numeric(token: str, order: Order) -> list[tuple[int, int, int]]:
    """Return the (year, month, day) readings of a numeric date that the calendar has: none, one or two.

    A date without a year ("22/04") has year 0.
    """
    if match := _PARTIAL.fullmatch(token):
        pairs = ([(match[2], match[1])] if order != "mdy" else []) + ([(match[1], match[2])] if order != "dmy" else [])
        days = dict.fromkeys((0, int(m), int(d)) for m, d in pairs if _exists(_LEAP, int(m), int(d)))
        return list(days)
    match = _NUMDATE.fullmatch(token.strip().lower())
    if match is None:
        return []
    first, second, third, _ = match.groups()
    if second is None:
        triples = [(first[:4], first[4:6], first[6:])] if len(first) == 8 else []
    elif len(first) == 4:
        triples = [(first, second, third)]
    elif len(third) in (2, 4) and len(first) <= 2:
        triples = [(third, second, first)] if order != "mdy" else []
        triples += [(third, first, second)] if order != "dmy" else []
    else:
        triples = []
    found = [
        ((full_year(int(y)) if len(y) < 3 else int(y) if len(y) == 4 else 0), int(m), int(d)) for y, m, d in triples
    ]
    return list(dict.fromkeys(triple for triple in found if _exists(*triple)))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year >= 1
    except ValueError:
        return False


def order_of(tokens: Sequence[str], default: Order) -> Order:
    """Return the order of day and month that the document's own unambiguous numeric dates prove.

    Without proof, or with proofs of both orders, the language's default holds ("" for none).
    """
    proven = set()
    for token in tokens:
        readings = {order for order in ("dmy", "mdy") if numeric(token, order)}
        if len(readings) == 1 and len(re.split(r"[./-]", token)[0]) < 4:
            proven |= readings
    return proven.pop() if len(proven) == 1 else default
