"""Read the months that a year begins with: "the first nine months", "за девять месяцев этого года"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.dayset import DaySet, union
from etl.model import Basis, Dating, Evidence, Span, Timex
from etl.resolvers.periods.page import Page

_NUMBER_AND_UNIT = 2  # words of "nine months"
_MANY_YEARS = 60  # a document of any year out of more has no candidates to list
_NEAR = 30  # characters before a year in which its months begin
_OF = 8  # characters between months and their year
_LEAD = 16
_MONTHS = re.compile(r"P(\d{1,2})M")
_PARTS = {
    "H1": ("01", "06"),
    "H2": ("07", "12"),
    "Q1": ("01", "03"),
    "Q2": ("04", "06"),
    "Q3": ("07", "09"),
    "Q4": ("10", "12"),
}
_UNKNOWN_YEAR = re.compile(r"XXXX(?:-\d\d(?:-\d\d)?)?|XXXX-\d\d/XXXX-\d\d")


@dataclass(frozen=True, slots=True)
class Period:
    """A period as far as it is known: its days if dated, its EDTF, how we know."""

    edtf: str = ""
    basis: str = ""
    dating: Dating | None = None
    evidence: Evidence | None = None


NONE = Period()


class Months:
    """Reads the lengths of time of a page that stand for the first months of a year."""

    def __init__(self, page: Page) -> None:
        """Keep the page and the words around such months."""
        self._page = page
        table = page.topic["periods"]
        self._first = frozenset(table["first_words"])
        self._throughout = frozenset(table["throughout"])

    def read(self, timex: Timex) -> Period:
        """Return the period of "the first three months", of the year that follows or of the document's; else NONE."""
        found = _MONTHS.fullmatch(timex.value)
        if found is None or not 0 < int(found.group(1)) < 12:
            return NONE
        behind = self._year_behind(timex)
        if self._first.isdisjoint(timex.span.of(self._page.text).lower().split()) and not self._opens(timex, behind):
            return NONE
        document, year = self._page.analysis.dating, _single(behind)
        known = behind.dating if behind is not None and behind.dating is not None else document
        years = DaySet.year(year) if year else known.days if known else DaySet()
        last = int(found.group(1))
        days = union(_first_months_of(year, last) for year in _years(years))
        edtf = as_told(f"XXXX-01/XXXX-{last:02d}", days) if days else f"XXXX-01/XXXX-{last:02d}"
        note = "the months are counted from the start of the year"
        evidence = Evidence("text", "periods.first_months", note, timex.span)
        basis: Basis = "explicit" if year else "inferred"
        return Period(edtf, basis, Dating(days, basis, (evidence,)) if days else None, evidence)

    def own(self, timex: Timex) -> bool:
        """Tell whether the expression is the year of "the first nine months of 2023", which is read with these."""
        near = self._page.timexes_in(Span(max(0, timex.span.start - _NEAR), timex.span.start))
        return any(
            one.type == "DURATION" and one.span.end + _OF > timex.span.start and bool(self.read(one).edtf)
            for one in near
        )

    def _opens(self, timex: Timex, year: Timex | None) -> bool:
        """Tell whether months without "first" are those that a year begins with: "in nine months of 2023"."""
        words = timex.span.of(self._page.text).lower().split()
        led = [*self._page.words(timex.span.start - _LEAD, timex.span.start)[-1:], *words[:-_NUMBER_AND_UNIT]]
        return year is not None and len(words) <= _NUMBER_AND_UNIT + 1 and bool(led) and led[-1] in self._throughout

    def _year_behind(self, timex: Timex) -> Timex | None:
        """Return the year of "... of 2022" or "... of this year" straight behind an expression."""
        for other in self._page.timexes_in(Span(timex.span.end, timex.span.end + _OF)):
            told = other.expression
            if _single(other) or (told.kind == "offset" and told.unit == "year"):
                return other
        return None


def _single(timex: Timex | None) -> int | None:
    """Return the year that an expression lies in; None when its days lie in several, or it has none."""
    days = timex.dating.days if timex is not None and timex.dating else DaySet()
    if days.earliest and days.latest and days.earliest.year == days.latest.year:
        return days.earliest.year
    return None


def _years(days: DaySet) -> range:
    """Return the years that the days lie in; none for days without bounds or of very many years."""
    if days.earliest is None or days.latest is None or days.latest.year - days.earliest.year > _MANY_YEARS:
        return range(0)
    return range(days.earliest.year, days.latest.year + 1)


def _first_months_of(year: int, last: int) -> DaySet:
    return DaySet.between(DaySet.month(year, 1).earliest, DaySet.month(year, last).latest)


def as_told(value: str, days: DaySet) -> str:
    """Return the EDTF of a period; one of a year that the document leaves open is written without the year.

    EDTF's unspecified year says what the text says, so that two documents' "this year" are never taken for
    one period; the candidate years stay in the days of the claim.
    """
    told = yearless(value)
    if not told or (days.earliest and days.latest and days.earliest.year == days.latest.year):
        return days.edtf()
    return told


def yearless(value: str) -> str:
    """Return the EDTF of a TIMEX3 value, or of months in EDTF, whose year is unknown; "" for any other."""
    year, _, part = value.partition("-")
    if year == "XXXX" and part in _PARTS:
        first, last = _PARTS[part]
        return f"XXXX-{first}/XXXX-{last}"
    return value if _UNKNOWN_YEAR.fullmatch(value) else ""
