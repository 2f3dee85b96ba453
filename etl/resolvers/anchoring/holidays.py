"""Finds the day of a holiday in a year from the short notation of the language file."""

from __future__ import annotations

from datetime import date, timedelta

from etl.resolvers.anchoring.periods import DAY, Period


def holiday_in(year: int, notation: str) -> Period | None:
    """Return the holiday's day in a year; None when the year is outside the calendar.

    Notations: ``12-25`` a fixed day; ``easter-2`` and ``orthodox-2`` days counted from Western and Eastern Easter;
    ``11 4 4`` the fourth Thursday of November (month, ISO weekday, which; -1 is the last), ``11 4 4 +1`` the day after.
    """
    try:
        if notation.startswith("easter"):
            return Period(DAY, easter(year).toordinal() + int(notation[6:]))
        if notation.startswith("orthodox"):
            return Period(DAY, orthodox_easter(year).toordinal() + int(notation[8:]))
        if "-" in notation[1:3]:
            return Period(DAY, date(year, int(notation[:2]), int(notation[3:])).toordinal())
        month, weekday, which, *after = map(int, notation.split())
        return Period(DAY, nth_weekday(year, month, weekday, which).toordinal() + sum(after))
    except (ValueError, OverflowError):
        return None


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """Return e.g. the fourth Thursday of a month; ``which`` -1 is the last one."""
    if which < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        back = (following.isoweekday() - 1 - weekday) % 7 + 1
        return following - timedelta(back)
    first = date(year, month, 1)
    found = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (which - 1))
    if found.month != month:
        raise ValueError(f"no such weekday: {year}-{month} {weekday} {which}")
    return found


def easter(year: int) -> date:
    """Return Western Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the Julian reckoning as a Gregorian day (Meeus), 1900 to 2099."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(13)
