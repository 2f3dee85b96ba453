"""Writes the TIMEX3 value that a phrase has by itself, before any anchor is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LETTER = {
    "year": "Y",
    "month": "M",
    "week": "W",
    "day": "D",
    "quarter": "Q",
    "decade": "DE",
    "century": "CE",
    "hour": "TH",
    "minute": "TM",
    "second": "TS",
    "weekend": "WE",
    "half": "H",
    "season": "Y",
}
_HALF = {"year": (6, "M"), "hour": (30, "M"), "minute": (30, "S"), "day": (12, "TH"), "decade": (5, "Y")}
_NAMED = ("year", "month", "day", "weekday", "quarter", "half", "season", "holiday")
_PARTS = (("quarter", "Q"), ("half", "H"), ("season", ""))  # parts of a year and the letter of their value
_IN_SMALLER = {"fortnight": ("week", 2), "decade": ("year", 10)}  # units that durations are not counted in
_PARTS_OF = {
    "century": ("year", 100),
    "decade": ("year", 10),
    "year": ("month", 12),
    "quarter": ("month", 3),
    "month": ("day", 30),
    "week": ("day", 7),
}
_BLANK = {
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "fortnight": "XXXX-WXX",
    "month": "XXXX-XX",
    "year": "XXXX",
    "quarter": "XXXX-QX",
    "latest quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "comparison": "XXXX",
    "ten years": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


def unanchored(fields: Mapping[str, Any]) -> str:
    """Return the value of the fields of an ``Expression``, with X for what is not said, e.g. XXXX-05-06."""
    time = str(fields.get("time", ""))
    if fields["kind"] == "offset":
        return _BLANK.get(fields.get("unit") or "", "XXXX-XX-XX") + time
    if fields.get("decade") is not None:
        return f"{fields['decade'] // 10:03d}"
    if fields.get("century") is not None:
        return f"{fields['century'] - 1:02d}"
    return _calendar(fields) + time


def _calendar(fields: Mapping[str, Any]) -> str:
    said = {name for name in _NAMED if fields.get(name)}
    year = f"{fields['year']:04d}" if "year" in said else "XXXX"
    if "weekday" in said and "day" not in said:
        return f"XXXX-WXX-{fields['weekday']}"
    if "month" in said:
        return f"{year}-{fields['month']:02d}" + (f"-{fields['day']:02d}" if "day" in said else "")
    part = next((letter + str(fields[name]) for name, letter in _PARTS if name in said), "")
    if "day" in said or "holiday" in said:
        part = f"XX-{fields['day']:02d}" if "day" in said else "XX-XX"
    elif not part and fields.get("unit") in ("week", "weekend"):
        part = "WXX-WE" if fields["unit"] == "weekend" else "WXX"
    if part:
        return f"{year}-{part}"
    return "" if fields.get("time") and year == "XXXX" else year


def length(fields: Mapping[str, Any]) -> str:
    """Return the value of a duration (P2Y, PT5H30M, PXD) or of a set (P1W, XXXX-WXX-1).

    Halves go into the next smaller unit; ``half_more`` and ``only_half`` are marks of the rules.
    """
    if fields["kind"] == "set" and fields.get("weekday"):
        return f"XXXX-WXX-{fields['weekday']}{fields.get('time', '')}"
    if fields["kind"] == "set" and fields.get("month"):
        return f"XXXX-{fields['month']:02d}"
    amount, half = fields.get("amount"), 0.5 if fields.get("half_more") else 0
    amount = 0.5 if fields.get("only_half") else amount + half if amount is not None else None
    return _duration(amount, fields.get("unit") or "day")


def _duration(amount: float | None, unit: str) -> str:
    if unit in _IN_SMALLER:
        small, count = _IN_SMALLER[unit]
        amount, unit = amount * count if amount else amount, small
    letter = _LETTER.get(unit, "D")
    head, tail = ("PT", letter[1:]) if letter[0] == "T" else ("P", letter)
    if amount is None:
        return f"{head}X{tail}"
    whole, rest = int(amount), amount - int(amount)
    if rest == 0.5 and unit in _HALF:
        count, small = _HALF[unit]
        return (f"{head}{whole}{tail}" if whole else head) + f"{count}{small}"
    return f"{head}{whole if not rest else amount}{tail}"


def whole(amount: float, unit: str) -> tuple[int, str]:
    """Return a broken number of units as a whole number of smaller ones: 1.5 years are 18 months."""
    small, count = _PARTS_OF.get(unit, (unit, 1))
    return (int(amount), unit) if amount == int(amount) else (round(amount * count), small)


def before_christ(fields: Mapping[str, Any]) -> str:
    """Return the value of a year or century before Christ; such dates are on no calendar of ours."""
    if "century" in fields:
        return f"BC{fields['century'] - 1:02d}"
    tail = f"-{fields['month']:02d}" if "month" in fields else f"-{fields['season']}" if "season" in fields else ""
    return f"BC{fields.get('year', 0):04d}{tail}"
