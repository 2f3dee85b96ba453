"""Units of measure and currencies, found by their words and by their symbols."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from etl.extractors.figures.vocabulary.phrases import Wording
from etl.lexicon import Row

_BEGINNING = 3  # letters that index a unit
_LONGEST_UNIT = 64  # characters of the longest name of a unit, and some for white space


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its readable name, its kind ("money", "share", "time" ...) and its currency."""

    name: str
    kind: str
    currency: str = ""
    shared: str = ""  # the word, when several countries call their money so: "kroner", "peso"


@dataclass(frozen=True, slots=True)
class Part:
    """The smaller unit that may follow a larger one: inches after feet, cents after dollars."""

    name: str
    size: float  # how many make one of the larger
    mark: str  # a short form that only counts here: "5 ft 2 in"
    silent: bool  # it may be left out: "15 dollars 50"


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases, each with the unit that it stands for, in letters of any size."""

    known: Mapping[str, Sequence[tuple[Wording, Unit]]]  # by the first letters of the first word, the longest first

    def match(self, text: str, position: int) -> tuple[Unit, int] | None:
        """Return the unit that begins exactly here and the end of its words, or None."""
        low = text[position : position + _LONGEST_UNIT].lower()
        for length in range(_BEGINNING, 0, -1):
            for wording, unit in self.known.get(low[:length], ()):
                if (end := wording.end(low, 0)) > 0:
                    return unit, position + end
        return None


@dataclass(frozen=True, slots=True)
class Marks:
    """Symbols, each with the unit that it stands for; capitals count: km, $, EUR."""

    known: Mapping[str, Sequence[tuple[str, Unit]]]  # by the first sign, the longest first

    def match(self, text: str, position: int) -> tuple[Unit, int] | None:
        """Return the unit whose symbol begins exactly here and its end, or None."""
        for mark, unit in self.known.get(text[position : position + 1], ()):
            if text.startswith(mark, position):
                end = position + len(mark)
                if not (_is_bounded(mark) and text[end : end + 1].isalnum()):
                    return unit, end
        return None


def _is_bounded(mark: str) -> bool:
    """Tell whether a letter after the mark would make it a part of a word."""
    return mark[-1].isalnum() or mark[-1] in "′″°"


def _grouped(known: Mapping[str, Unit], key: Callable[[str], str]) -> dict[str, list[tuple[str, Unit]]]:
    """Return the phrases by a key of theirs, the longest first."""
    grouped: dict[str, list[tuple[str, Unit]]] = {}
    for phrase in sorted(known, key=lambda phrase: (-len(phrase), phrase)):
        grouped.setdefault(key(phrase), []).append((phrase, known[phrase]))
    return grouped


def _beginning(phrase: str) -> str:
    return phrase.split(maxsplit=1)[0].rstrip("*")[:_BEGINNING].lower()


def scaled_units(table: Mapping[str, list[Any]], rows: list[Row]) -> dict[str, tuple[float, Unit, str]]:
    """Return the marks that hold a magnitude, each with its factor, its unit and what it is per."""
    known = {row["unit"]: unit_of(row, money=False) for row in rows}
    return {mark: (factor, known[name], per) for mark, (factor, name, per) in table.items()}


def unit_of(row: Row, *, money: bool) -> Unit:
    """Return the unit or the currency of a row of the tables."""
    return Unit(row["unit"], "money", row["code"]) if money else Unit(row["unit"], row["kind"])


def _plural(phrase: str) -> str:
    """Return the phrase with the regular ending of the English plural."""
    return phrase + ("es" if phrase.endswith(("ch", "sh", "x", "ss")) else "s")


def national_money(rows: list[Row], columns: tuple[str, ...], worldwide: list[str]) -> dict[str, dict[str, Unit]]:
    """Return the words that stand behind the name of a country: "krone" of "Danish krone", with whose money it is.

    The first two letters of an ISO 4217 code are the country's; a word that the world uses for one country's
    money ("dollar") is left out.
    """
    out: dict[str, dict[str, Unit]] = {}
    for row in rows:
        for column in dict.fromkeys(columns):
            for phrase in row.cells.get(column, "").split("|"):
                *others, word = phrase.split() or [""]
                if others and row["code"] and word not in worldwide:
                    out.setdefault(word, {}).setdefault(row["code"][:2], unit_of(row, money=True))
    return out


def named(rows: list[Row], columns: tuple[str, ...], national: Mapping[str, object] = MappingProxyType({})) -> Words:
    """Return the units by their words in some columns, with the regular plurals of English."""
    known: dict[str, Unit] = {}
    for row in rows:
        for column in dict.fromkeys(columns):
            for phrase in filter(None, row.cells.get(column, "").split("|")):
                unit = unit_of(row, money="code" in row.cells)
                unit = dataclasses.replace(unit, shared=phrase) if phrase in national else unit
                known.setdefault(phrase, unit)
                if column.endswith("_en") and len(phrase) > 2:
                    known.setdefault(_plural(phrase), unit)
    grouped = _grouped(known, _beginning)
    return Words({key: [(Wording.of(phrase), unit) for phrase, unit in found] for key, found in grouped.items()})


def money_marks(rows: list[Row], column: str) -> dict[str, Unit]:
    """Return the currencies by their signs and codes."""
    marks = ((mark, row) for row in rows for mark in row.cells.get(column, "").split("|"))
    return {mark: unit_of(row, money=True) for mark, row in marks if mark}


def symbols(units: list[Row], currencies: list[Row]) -> Marks:
    """Return the symbols that may stand after a number."""
    known = money_marks(currencies, "marks")
    for row in units:
        for mark in filter(None, row["marks"].split("|")):
            known.setdefault(mark, unit_of(row, money=False))
    return Marks(_grouped(known, lambda mark: mark[0]))
