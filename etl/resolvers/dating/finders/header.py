"""Finds the day that a document states as its own: date lines, labels, datelines and formulas.

Only the first and last lines are looked at, and only short ones.  Spaces are squeezed out of a line
before it is read, because scanned releases space their letters ("2 1 s t A u g u s t . 1960"); the
spans still point at the original characters.  A line counts as stating the document's own day when
nothing but the date, a weekday, a time, a place or a label ("Date:", "Embargoed until") stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from etl.dayset import EMPTY, DaySet, union
from etl.lexicon import Lexicon
from etl.model import Analysis, Span
from etl.resolvers.dating.clues import Clue, around
from etl.resolvers.dating.finders.world.numerals import Numerals, numerals
from etl.resolvers.dating.finders.world.phrases import said_in
from etl.resolvers.dating.rules import rules

HEAD, FOOT, LINE = 1500, 600, 200  # characters from the start, from the end, and of a line
LABEL = 12  # squeezed characters before a date within which a label is about it alone
# days before and after such a date on which the document may still have been written
SLACK = {"labelled_date": (0, 0), "date_line": (0, 0), "crowded_date_line": (-1, 7), "title_date": (-3, 7)}
WRAPPED = 50  # a shorter line before was ended on purpose
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LINK = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/")
_DIGIT = re.compile(r"\d")
_YEARS = range(1700, 2200)


@dataclass(frozen=True, slots=True)
class Formula:
    """A closing formula, and pairs of words without which a text has none."""

    pattern: re.Pattern[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Scripts:
    """The compiled words of one language that the header finder needs."""

    months: dict[str, int]
    loose: re.Pattern[str]  # a date in a line as it stands
    tight: re.Pattern[str]  # a date in a line without its spaces
    label: re.Pattern[str]
    free: frozenset[str]  # words that may stand beside a date without making a sentence of the line
    formulas: tuple[Formula, ...]
    numbers: Numerals


def scripts(lexicon: Lexicon, lang: str) -> Scripts:
    """Return the patterns of a language; build with ``lexicon.once_in(lang, scripts)``."""
    topic = lexicon.topic(lang, "dating")
    months = {str(word): int(number) for word, number in topic["months"].items()}
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    endings = topic["day_endings"]
    number = r"[\w‐‑-]{2,20}(?:\s{1,3}[\w‐‑-]{2,20}){0,5}"
    groups = {"{day}": r"(?P<day>\w[\w‐‑-]{2,20})", "{month}": rf"(?P<month>{month})", "{year}": rf"(?P<year>{number})"}
    formulas = tuple(_formula(formula, groups) for formula in topic["formulas"])
    label = re.compile("(?:" + "|".join(topic["labels"]) + ")", re.IGNORECASE)
    free = frozenset(str(word).casefold() for word in topic["beside_a_date"])
    loose, tight = (_date(month, endings, space) for space in (r"\s{0,3}", ""))
    return Scripts(months, loose, tight, label, free, formulas, lexicon.once_in(lang, numerals))


def _date(month: str, endings: str, space: str) -> re.Pattern[str]:
    """Return the pattern of a date with its year, with so much space allowed between its parts."""
    return re.compile(
        rf"(?<!\d)(?<!\D\d\s)(?P<d>\d{{1,2}}){space}(?:{endings})?[.,]?{space}(?P<m>{month}){space}[.,]*{space}(?P<y>[12]\d{{3}})(?!\d)"
        rf"|(?P<m2>{month})[.,]?{space}(?P<d2>\d{{1,2}}){space}(?:{endings})?[.,]*{space}(?P<y2>[12]\d{{3}})(?!\d)"
        r"|(?<![\d/-])(?P<y3>[12]\d{3})(?P<s>[-./])(?P<m3>[01]?\d)(?P=s)(?P<d3>[0-3]?\d)(?!\d)"
        r"|(?<![\d/.-])(?P<d4>[0-3]?\d)(?P<t>[./-])(?P<m4>[0-3]?\d)(?P=t)(?P<y4>(?:[12]\d)?\d\d)(?![\d/])",
        re.IGNORECASE,
    )


def _formula(formula: str, groups: dict[str, str]) -> Formula:
    plain = "(" not in formula and "|" not in formula
    words = formula.split() if plain else []
    pairs = frozenset((one, two) for one, two in pairwise(words) if one.isalpha() and two.isalpha())
    for name, group in groups.items():
        formula = formula.replace(name, group)
    return Formula(re.compile(formula.replace(" ", r"\s{1,3}"), re.IGNORECASE), pairs)


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return a clue for every date that the document seems to state as its own."""
    script = lexicon.once_in(analysis.document.lang, scripts)
    out = [*_formulas(analysis, lexicon, script), *_links(analysis.text, lexicon)]
    for line in _lines(analysis.text):
        out += _line(analysis.text, line, lexicon, script)
    return out


@dataclass(frozen=True, slots=True)
class Line:
    """A short line at one end of the text, and the line before it when no empty line lies between."""

    start: int
    end: int
    before: str
    titled: bool = False  # it is the text's second line, and an empty line follows

    @property
    def continued(self) -> bool:
        """Tell whether the line goes on with a paragraph that was wrapped by hand; a title is none."""
        title = self.titled and self.before[-1:].isalnum() and not self.before.rsplit(None, 1)[-1].islower()
        return len(self.before) > WRAPPED and not self.before.isupper() and not title


def _lines(text: str) -> Iterator[Line]:
    """Yield the short lines at both ends of the text."""
    for low, high in _zones(len(text)):
        before = ""
        start = text.rfind("\n", 0, low) + 1
        while start < high:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            line = text[start:end].strip()
            if line and end - start <= LINE:
                titled = (
                    bool(before)
                    and not text[: max(0, start - 1)].strip().count("\n")
                    and text.startswith("\n", end + 1)
                )
                yield Line(start, end, before, titled)
            before = line
            start = end + 1


def _zones(length: int) -> tuple[tuple[int, int], ...]:
    if length <= HEAD + FOOT:
        return ((0, length),)
    return (0, HEAD), (length - FOOT, length)


def _line(text: str, line: Line, lexicon: Lexicon, script: Scripts) -> Iterator[Clue]:
    for match, span, before in _dates(text, line, script):
        days = _days(match, script.months)
        if not days:
            continue
        rest = text[line.start : span.start] + " " + text[span.end : line.end]
        told = script.label.search(before[-LABEL:])
        if rule := "labelled_date" if told else _rule(rest, line, script, numeric=bool(match["d4"])):
            yield lexicon.once(rules).clue(rule, around(days, *SLACK[rule]), span, anchor=days, date=span.of(text))


def _dates(text: str, line: Line, script: Scripts) -> Iterator[tuple[re.Match[str], Span, str]]:
    """Yield the dates of a line with their spans and the words before them without spaces.

    A line is read as it stands; only when that finds nothing its spaces are squeezed out.
    """
    raw = text[line.start : line.end]
    if not _DIGIT.search(raw):
        return
    found = list(script.loose.finditer(raw))
    for match in found:
        start, end = match.span()
        yield match, Span(line.start + start, line.start + end), "".join(raw[:start].split())
    squeezed = "".join(raw.split())
    if found or not script.tight.search(squeezed):
        return
    places = [place for place in range(line.start, line.end) if not text[place].isspace()]
    for match in script.tight.finditer(squeezed):
        yield match, Span(places[match.start()], places[match.end() - 1] + 1), squeezed[: match.start()]


def _rule(rest: str, line: Line, script: Scripts, *, numeric: bool) -> str:
    """Return the rule that a date in such a line follows, "" when it is part of a sentence."""
    words = [word for word in _WORDS.findall(rest) if word.casefold() not in script.free]
    prose = sum(word.islower() for word in words)
    if prose <= 3 and script.label.search("".join(rest.split())):
        return "labelled_date"
    if numeric and words:
        return ""
    if line.start == 0 and words and prose <= 6:
        return "title_date"
    if prose or line.continued or len(words) > 6:
        return ""
    return "crowded_date_line" if words else "date_line"


def _days(match: re.Match[str], months: dict[str, int]) -> DaySet:
    found = match.groupdict()
    if found["d4"]:
        return _numeric(int(found["d4"]), int(found["m4"]), int(found["y4"]))
    year = int(found["y"] or found["y2"] or found["y3"])
    name = found["m"] or found["m2"]
    month = months[name.casefold()] if name else int(found["m3"])
    return DaySet.day(year, month, int(found["d"] or found["d2"] or found["d3"])) if year in _YEARS else EMPTY


def _numeric(first: int, second: int, year: int) -> DaySet:
    """Return the one or two days that day/month or month/day/year may mean; two digits are 1930 to 2029."""
    if year < 100:
        year += 1900 if year >= 30 else 2000
    if year not in _YEARS:
        return EMPTY
    return union([DaySet.day(year, second, first), DaySet.day(year, first, second)])


def _formulas(analysis: Analysis, lexicon: Lexicon, script: Scripts) -> Iterator[Clue]:
    """Yield the day that a closing formula spells out ("this ninth day of May, in the year of our Lord ...")."""
    pairs = said_in(analysis.text).pairs
    for formula in script.formulas:
        for match in formula.pattern.finditer(analysis.text) if formula.pairs <= pairs else ():
            day, year = script.numbers.value(match["day"]), script.numbers.value(match["year"])
            days = DaySet.day(year, script.months[match["month"].casefold()], day) if day and year else EMPTY
            if days and year in _YEARS:
                span = Span(match.start(), match.end())
                yield lexicon.once(rules).clue("formula_date", days, span, anchor=days, date=span.of(analysis.text))


def _links(text: str, lexicon: Lexicon) -> Iterator[Clue]:
    """Yield the latest month under which a link of the page stores a file (/uploads/2026/03/photo.jpg)."""
    if "http" not in text:
        return
    found = [(DaySet.month(int(match[1]), int(match[2])), match) for match in _LINK.finditer(text)]
    if found:
        month, match = max(found, key=lambda pair: pair[0].runs)
        span = Span(match.start(1), match.end(2))
        yield lexicon.once(rules).clue("link_month", month.since(), span, anchor=month, date=month.edtf())
