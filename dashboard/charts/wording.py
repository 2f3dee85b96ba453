"""Dates, figures and labels in plain words, the same on charts, in panels and in exports."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from dashboard.charts.texts import DEFAULT, Texts, texts
from etl.dayset import DaySet

Row = Mapping[str, Any]
_DAY = r"\d{4}-\d\d-\d\d"
_EDTF = re.compile(rf"\[[\dX/.,-]{{10,4000}}\]|(?:{_DAY}|\.\.)/(?:{_DAY}|\.\.)|\b{_DAY}\b")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
EVER = range(1, 9999)  # a bound outside of it bounds nothing
LISTED = 6  # so many candidate days are spelt out


def clip(text: str, limit: int) -> str:
    """Return the text in one line, cut at a word boundary with an ellipsis when it is longer than the limit."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head) + "…"


def plain(text: str, limit: int = 200) -> str:
    """Return document text made harmless for Plotly, which reads tags, entities and $...$ in its texts."""
    return escape(clip(text, limit), quote=False).replace("$", "&#36;")


def days_of(row: Row) -> DaySet:
    """Return the possible days of a table row; the empty set when its EDTF is none of ours."""
    return parsed(str(row.get("edtf") or ""))


@functools.lru_cache(4096)
def parsed(edtf: str) -> DaySet:
    """Return the days of an EDTF text; the empty set when it is none of ours."""
    try:
        return DaySet.parse(edtf)
    except ValueError:
        return DaySet()


def day(value: date, t: Texts, *, short: bool = False, year: bool = True) -> str:
    """Return a day in words: 9 October 2024."""
    months = t.months_short if short else t.months
    return f"{value.day} {months[value.month - 1]}" + (f" {value.year}" if year else "")


def span(first: date, last: date, t: Texts, *, short: bool = True) -> str:
    """Return a stretch of days as briefly as it can be said: 1–10 Dec 2022, Dec 2022, 2012–2017."""
    if first == last:
        return day(first, t, short=short)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.day == 1 and date.fromordinal(last.toordinal() + 1).day == 1:
        return _months(first, last, t.months_short if short else t.months_alone)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, t, short=short)}"
    return f"{day(first, t, short=short, year=first.year != last.year)} – {day(last, t, short=short)}"


def _months(first: date, last: date, names: list[str]) -> str:
    end = f"{names[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    return f"{names[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "") + f" – {end}"


def basis(row: Row, t: Texts) -> str:
    """Return how the date is known in one word, or nothing when there is no date."""
    return t.get(f"basis_{row.get('basis') or ''}", "") if row.get("edtf") else ""


def date_phrase(row: Row, t: Texts) -> str:
    """Return the date of a row in plain words, without its basis."""
    days = days_of(row)
    if not days:
        return t("date_none")
    if single := days.single:
        return t("date_on", day=day(single, t))
    first, last = days.earliest, days.latest
    first = None if first and first.year <= EVER.start else first
    last = None if last and last.year >= EVER.stop else last
    if first is None and last is None:
        return _yearless(days, t)
    if first is None or last is None:
        return _one_sided(days, t)
    if len(days.runs) > 1:
        return _one_of(days, t)
    return t("date_between", first=day(first, t), last=day(last, t), days=t.count("days", days.n_days or 0))


def _one_sided(days: DaySet, t: Texts) -> str:
    """Return in words a date that is bounded on one side only."""
    first, last = days.earliest, days.latest
    if first and _repeats(days):
        return t("date_yearly_after", span=span(first, date.fromordinal(days.runs[0][1]), t))
    if first:
        return t("date_after", day=day(first, t))
    return t("date_before", day=day(last, t)) if last else t("date_none")


def _repeats(days: DaySet) -> bool:
    """Tell whether an open set begins with the same days of two years."""
    if len(days.runs) < 2:
        return False
    (low, high), (later, last) = days.runs[:2]
    ends = [(date.fromordinal(low), date.fromordinal(later)), (date.fromordinal(high), date.fromordinal(last))]
    return (ends[1][0].month, ends[1][0].day) == (ends[1][1].month, ends[1][1].day) and later - low < 800


def date_sentence(row: Row, t: Texts) -> str:
    """Return the date in plain words with its basis and, where it is narrower, its likely part."""
    parts = [date_phrase(row, t), basis(row, t)]
    if row.get("best") and str(row.get("n_days")) != "1":
        parts.append(t("date_best", day=day(date.fromisoformat(row["best"]), t)))
    elif _narrower(row):
        low, high = row["likely_earliest"], row["likely_latest"]
        parts.append(t("date_likely", span=span(date.fromisoformat(low), date.fromisoformat(high), t, short=False)))
    return ", ".join(filter(None, parts))


def _narrower(row: Row) -> bool:
    """Tell whether the likely days are known and fewer than the possible ones."""
    likely = row.get("likely_earliest"), row.get("likely_latest")
    return all(likely) and likely != (row.get("earliest"), row.get("latest"))


def _yearless(days: DaySet, t: Texts) -> str:
    first = date.fromordinal(days.runs[0][0])
    if first.year <= EVER.start and len(days.runs) > 1:  # all days but some
        last, first = (date.fromordinal(bound) for bound in (days.runs[0][1], days.runs[-1][0]))
        return t("date_outside", last=day(last, t), first=day(first, t))
    if len(days.runs) > 1 and days.runs[0][0] == days.runs[0][1]:
        return t("date_yearless", day=day(first, t, year=False))
    if len(days.runs) > 1:
        return t("date_yearless", day=t.months_alone[first.month - 1])
    return t("date_none")


def _one_of(days: DaySet, t: Texts) -> str:
    number = t.count("dates", days.n_days or 0)
    runs = [(date.fromordinal(low), date.fromordinal(high)) for low, high in days.runs]
    if len({(low.month, low.day, high.month, high.day, high.year - low.year) for low, high in runs}) == 1:
        low, high = runs[0]
        years = [low.year for low, _ in runs]
        gapless = years == list(range(years[0], years[-1] + 1))
        told = f"{years[0]}–{years[-1]}" if gapless and len(years) > 2 else ", ".join(map(str, years))
        if low.year == high.year:
            return t("date_yearly", day=_without_year(low, high, t), years=told, dates=number)
    texts = [span(low, high, t) for low, high in runs]
    listed = ", ".join(texts[:LISTED])
    if len(texts) > LISTED:
        listed += ", " + t("and_more", n=len(texts) - LISTED)
    return t("date_one_of", dates=number, list=listed)


def _without_year(low: date, high: date, t: Texts) -> str:
    if low == high:
        return day(low, t, year=False)
    if low.month == high.month:
        return f"{low.day}–{day(high, t, year=False)}"
    return f"{day(low, t, year=False)} – {day(high, t, year=False)}"


def readable(note: str, t: Texts) -> tuple[str, str]:
    """Return a note with its days in words, and its language; a note without translation stays English."""
    here = t.note(note) if t.lang != DEFAULT else note
    said, words = (note, texts(DEFAULT)) if here is None else (here, t)
    return _EDTF.sub(lambda match: _told(match.group(), words), said), words.lang


def _told(edtf: str, t: Texts) -> str:
    days = parsed(edtf)
    if not days:
        return edtf
    return date_phrase({"edtf": edtf}, t)


# ------------------------------------------------------------------ figures
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def scale_of(biggest: float, t: Texts) -> tuple[float, str]:
    """Return the divisor and the suffix that suit values up to this size: 51e9 -> (1e9, "bn")."""
    return next(((step, t(f"short_{name}")) for step, name in _SCALES if abs(biggest) >= step), (1.0, ""))


def number(value: float, t: Texts, divisor: float = 1.0) -> str:
    """Return a number with at most four significant digits and no trailing zeros, as the language writes it."""
    scaled = value / divisor
    if scaled and abs(scaled) < 10000:
        scaled = round(scaled, max(0, 3 - math.floor(math.log10(abs(scaled)))))
    return f"{scaled:,.6f}".rstrip("0").rstrip(".").replace(",", "\u202f").replace(".", t("decimal"))


def filled(cell: Any) -> float | None:
    """Return a number cell as a float, or None when it is empty."""
    return None if cell is None or cell != cell or str(cell) == "<NA>" else float(cell)  # noqa: PLR0124 (NaN)


def amount(row: Row, t: Texts, divisor: float = 1.0) -> str:
    """Return the bare value of a figure, or its range."""
    value, low, high = (filled(row.get(name)) for name in ("value", "value_min", "value_max"))
    if value is not None:
        return number(value, t, divisor)
    if low is not None and high is not None:
        return f"{number(low, t, divisor)}–{number(high, t, divisor)}"
    known = low if low is not None else high
    return "" if known is None else number(known, t, divisor)


def unit(row: Row, suffix: str = "") -> str:
    """Return the unit as it is written after a value: US$ is told as USD, percent as %."""
    name = {"percent": "%", "percentage point": "pp", "basis point": "bp"}.get(str(row["unit"]), str(row["unit"]))
    return " ".join(filter(None, (suffix, name)))


def value_label(row: Row, t: Texts, divisor: float = 1.0, suffix: str = "") -> str:
    """Return a figure in words: about 44–45 bn USD, over 90 %."""
    key = "q_" + str(row.get("qualifier") or "exact").replace(" ", "_")
    said = t.strings.get(key, "{v}").format(v=amount(row, t, divisor))
    return f"{said}\u00a0{unit(row, suffix)}".strip()


def figure_label(row: Row, t: Texts) -> str:
    """Return one figure in words at its own scale."""
    known = [v for name in ("value", "value_min", "value_max") if (v := filled(row.get(name))) is not None]
    return value_label(row, t, *scale_of(max(map(abs, known), default=0.0), t))


def period_of(figure: Row) -> str:
    """Return the EDTF of a figure's period; where the text leaves the year open, the candidates if they are few."""
    told, edtf = str(figure["time_period"]), str(figure["edtf"])
    if told == "XXXX" and (years := _YEARS.fullmatch(edtf)):  # years that touch are one interval in EDTF
        first, last = int(years[1]), int(years[2])
        return f"[{','.join(map(str, range(first, last + 1)))}]" if last - first < LISTED else told
    return edtf if "XXXX" in told and edtf.startswith("[") else told


def period_label(edtf: str, t: Texts) -> str:
    """Return a time period in words: 2022, Jan – Jun 2022; the raw text when it is no EDTF of ours."""
    if not edtf:
        return t("no_period")
    if "XXXX" in edtf:
        return _yearless_period(edtf, t)
    if edtf.startswith("["):  # one of several: never drawn together into one long period
        parts = edtf.strip("[]").split(",")
        more = [t("and_more", n=len(parts) - LISTED)] if len(parts) > LISTED else []
        return f" {t('or')} ".join([period_label(part, t) for part in parts[:LISTED]] + more)
    days = parsed(edtf)
    if days.earliest is None or days.latest is None:
        return date_phrase({"edtf": edtf}, t) if days else edtf
    return span(days.earliest, days.latest, t)


def _yearless_period(edtf: str, t: Texts) -> str:
    """Return a period of an unknown year: XXXX-01/XXXX-06 is Jan – Jun, year not stated."""
    months = [part[5:7] for part in edtf.split("/") if part[5:7].isdigit() and 1 <= int(part[5:7]) <= 12]
    names = " – ".join(t.months_short[int(month) - 1] for month in dict.fromkeys(months))
    return ", ".join(filter(None, [names, t("no_year")]))
