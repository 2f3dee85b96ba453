"""The words that make figures, compiled once per language from ``numbers.toml`` and the two unit tables.

Everything here is look-up structure; what the structures mean stands in the modules that use them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from etl.lexicon import Lexicon, Row

FALLBACK = "en"  # for a language without a numbers.toml of its own
_SPACE = r"[ \u00a0\u202f\n]{1,2}"
_ENDING = 5  # letters that a star stands for
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
class Phrases:
    """Phrases of several words, looked up by what stands before or after a place in the text."""

    meaning: Mapping[str, str]
    longest: int  # words

    def before(self, words: list[str]) -> tuple[str, int]:
        """Return (meaning, number of words) of the longest phrase that ends the list; ("", 0) if none does."""
        for count in range(min(self.longest, len(words)), 0, -1):
            found = self.meaning.get(" ".join(words[-count:]))
            if found is not None:
                return found, count
        return "", 0

    def after(self, words: list[str]) -> tuple[str, int]:
        """Return (meaning, number of words) of the longest phrase that begins the list; ("", 0) if none does."""
        for count in range(min(self.longest, len(words)), 0, -1):
            found = self.meaning.get(" ".join(words[:count]))
            if found is not None:
                return found, count
        return "", 0


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase word by word; nothing has to be compiled to find it."""

    parts: tuple[tuple[str, bool], ...]  # words in small letters, and whether any ending may follow

    @staticmethod
    def of(phrase: str) -> Wording:
        """Return the wording of a phrase: ``*`` stands for an ending, a space for any white space."""
        return Wording(tuple((word.rstrip("*"), word.endswith("*")) for word in phrase.lower().split()))

    def end(self, low: str, start: int) -> int:
        """Return where the phrase that begins at ``start`` of a text in small letters ends; -1 if other words do."""
        place = start
        for letters, inflected in self.parts:
            if place > start:
                place, left = _past(low, place, str.isspace), place
                if place == left:
                    return -1
            if not low.startswith(letters, place):
                return -1
            place += len(letters)
            if inflected:
                place = min(_past(low, place, str.isalpha), place + _ENDING)
            if low[place : place + 1].isalnum():
                return -1
        return place


def _past(low: str, place: int, kind: Callable[[str], bool]) -> int:
    """Return the end of the run of signs of a kind that begins here."""
    while place < len(low) and kind(low[place]):
        place += 1
    return place


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


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All look-up structures of one language."""

    lang: str
    topic: Mapping[str, Any]
    anchor: re.Pattern[str]  # a number word in small letters, with the sign before it
    values: Mapping[str, float]
    scales: Mapping[str, float]
    scale_word: re.Pattern[str]
    scale_marks: Mapping[str, float]
    money_scales: Mapping[str, float]
    fractions: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    multiples: Mapping[str, float]
    money: Words
    scaled_money: Words
    money_marks: Mapping[str, Unit]
    mark_ends: frozenset[str]  # the last letters of these and the next, large and small
    amount_marks: Mapping[str, Unit]  # that stand for money only before an amount in thousands or more: R1.5 billion
    national: Mapping[str, Mapping[str, Unit]]  # by a word that several countries use, by country: "krone", NO
    dollars: Mapping[str, Unit]  # by country: the first two letters of an ISO 4217 code
    measures: Words
    marks: Marks
    scaled_units: Mapping[str, tuple[float, Unit, str]]  # factor, unit and what it is per: bcm
    per_nouns: re.Pattern[str]
    per_behind: re.Pattern[str]  # from the unit to the denominator, over what is measured: " of gas a "
    of_link: re.Pattern[str]
    vague_link: re.Pattern[str]  # from "tens" to "thousands"
    half_of: re.Pattern[str]  # from "half" to "billion"
    and_a_half: re.Pattern[str]
    skipped: re.Pattern[str]
    age: Unit
    part_of: re.Pattern[str]  # from the number to the end of the whole that it is a part of: " of the 150"
    people_behind: re.Pattern[str]
    people_before: re.Pattern[str]
    age_before: re.Pattern[str]
    told_age: re.Pattern[str]
    after_age: re.Pattern[str]
    percent: Unit
    percent_of: re.Pattern[str]
    compounds: Mapping[str, Part]
    not_per: re.Pattern[str]
    hedges_before: Phrases
    hedges_after: Phrases
    hedges_inside: Mapping[str, str]  # with the sign before them: "-plus"
    change: Mapping[str, str]
    verbs: frozenset[str]  # that lead to a figure: changes, "reached", "was"
    label_stop: frozenset[str]  # what ends or is no part of a label
    label_skip: frozenset[str]  # what may begin the phrase of a label, but is left out
    pronouns: frozenset[str]
    determiners: frozenset[str]  # after which an amount describes the noun behind it

    def scale(self, word: str) -> float:
        """Return what a magnitude word multiplies by, in whatever case or ending it stands."""
        known = word.lower().rstrip(".")
        if known not in self.scales:
            known = next(known[:n] + "*" for n in range(len(known), 0, -1) if known[:n] + "*" in self.scales)
        return self.scales[known]

    def words(self, section: str, key: str) -> frozenset[str]:
        """Return a list of the topic file as a set."""
        return frozenset(self.topic[section][key])


def vocabulary(lexicon: Lexicon, lang: str) -> Vocabulary:
    """Return the vocabulary of a language; English for one that has no ``numbers.toml``."""
    return lexicon.once_in(lexicon.speaking(lang, "numbers"), _build)


def _build(lexicon: Lexicon, lang: str) -> Vocabulary:
    topic = lexicon.topic(lang, "numbers")
    currencies, units = lexicon.facts("currencies"), lexicon.facts("units")
    values = {word: float(value) for word, value in topic["words"].items()}
    scales = {word: float(value) for word, value in topic["scales"].items()}
    vague = {word: (float(low), float(high)) for word, (low, high) in topic["vague"].items()}
    national = _national(currencies, (f"words_{lang}", "words_en"), topic["money"]["worldwide"])
    signs, amount_signs = (_money_marks(currencies, column) for column in ("marks", "marks_scaled"))
    tables = (values, scales, topic["fractions"], vague, topic["multiples"])
    return Vocabulary(
        lang=lang,
        topic=topic,
        anchor=anchor(word for table in tables for word in table),
        values=values,
        scales=scales,
        scale_word=re.compile(rf"(?:{_alternatives(scales)})(?![^\W_])\.?", re.IGNORECASE),
        scale_marks=topic["scale_marks"],
        money_scales=topic["money_scales"],
        fractions=topic["fractions"],
        vague=vague,
        multiples={word: float(value) for word, value in topic["multiples"].items()},
        money=_named(currencies, (f"words_{lang}", "words_en"), national),
        scaled_money=_named(currencies, ("words_scaled_en",), national),
        money_marks=signs,
        mark_ends=frozenset(end for mark in (*signs, *amount_signs) for end in (mark[-1], mark[-1].lower())),
        amount_marks=amount_signs,
        national=national,
        dollars={row["code"][:2]: _unit(row, money=True) for row in currencies if " dollar" in row["words_en"]},
        measures=_named(units, (f"words_{lang}", "words_en")),
        marks=_symbols(units, currencies),
        scaled_units=_scaled_units(topic["scaled_units"], units),
        per_nouns=re.compile(rf"(?:{_alternatives(topic['per']['nouns'])})(?![^\W_])", re.IGNORECASE),
        per_behind=re.compile(topic["per"]["behind"], re.IGNORECASE),
        of_link=re.compile(topic["parts"]["of_link"], re.IGNORECASE),
        vague_link=re.compile(rf"\s+(?:(?:{_alternatives(topic['parts']['of'])})\s+)?([^\W\d_]+)"),
        half_of=re.compile(rf"[ -](?:(?:{_alternatives(topic['parts']['article'])})[ -])?", re.IGNORECASE),
        and_a_half=re.compile(topic["parts"]["and_a_half"], re.IGNORECASE),
        skipped=re.compile(rf"[ \u00a0](?:{_alternatives(topic['parts']['before_unit'])})[ \u00a0]", re.IGNORECASE),
        age=next(_unit(row, money=False) for row in units if row["kind"] == "age"),
        part_of=_part_of(topic["parts"]["part_of"], values, scales),
        people_behind=_folded(topic["people"]["behind"]),
        people_before=_folded(topic["people"]["before"]),
        age_before=_folded(topic["ages"]["before"]),
        told_age=_folded(topic["ages"]["told"]),
        after_age=_folded(topic["ages"]["after"]),
        not_per=re.compile(topic["per"]["not_before"], re.IGNORECASE),
        percent=next(_unit(row, money=False) for row in units if row["kind"] == "share"),
        percent_of=re.compile(topic["parts"]["percent_of"], re.IGNORECASE),
        compounds={
            one["whole"]: Part(one["part"], one["size"], one["mark"], one["silent"]) for one in topic["compounds"]
        },
        hedges_before=_phrases(topic["qualifiers"]["before"]),
        hedges_after=_phrases(topic["qualifiers"]["after"]),
        hedges_inside=_phrases(topic["qualifiers"]["inside"]).meaning,
        verbs=frozenset((*topic["change"]["reached"], *topic["change"]["up"], *topic["change"]["down"])),
        label_stop=frozenset((*topic["nouns"]["stop"], *topic["nouns"]["label_stop"])),
        label_skip=frozenset((*topic["guards"]["definite"], *topic["nouns"]["label_skip"])),
        pronouns=frozenset(topic["attribution"]["pronouns"]),
        determiners=frozenset((*topic["guards"]["definite"], *topic["change"]["articles"])),
        change={word: sign for sign in ("up", "down") for word in topic["change"][sign]},
    )


def _scaled_units(table: Mapping[str, list[Any]], rows: list[Row]) -> dict[str, tuple[float, Unit, str]]:
    known = {row["unit"]: _unit(row, money=False) for row in rows}
    return {mark: (factor, known[name], per) for mark, (factor, name, per) in table.items()}


def _folded(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _part_of(links: list[str], values: Iterable[str], scales: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern from a part to the number of its whole: " of the 150"."""
    number = rf"(?:\d[\d,.]{{0,12}}\d|\d|{_alternatives(values)})(?:\s(?:{_alternatives(scales)}))?"
    return _folded(rf"\s(?:{_alternatives(links)})\s{number}(?=\s)")


def _phrases(table: Mapping[str, Iterable[str]]) -> Phrases:
    meaning = {phrase: name for name, phrases in table.items() for phrase in phrases}
    return Phrases(meaning, max(len(phrase.split()) for phrase in meaning))


def _alternatives(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest tried first; one that nothing matches for none."""
    return "|".join(_as_pattern(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) or "(?!)"


def _as_pattern(phrase: str) -> str:
    """Return the pattern of a phrase: ``*`` stands for an ending, a space for any white space."""
    return re.escape(phrase).replace(r"\*", r"[^\W\d_]{0,5}").replace(r"\ ", _SPACE)


def anchor(words: Iterable[str], *, whole: bool = True) -> re.Pattern[str]:
    """Return the pattern of words (or beginnings of words) in a ``small`` text, with the sign before each.

    A search for it jumps from sign to sign, which is several times as quick as to look behind every letter;
    that the sign is none of the commonest letters is quicker to test than that it is no letter at all.
    """
    return re.compile(rf"[^a-zа-яё0-9](?<![^\W_]){_tree(set(words))}" + r"(?![^\W_])" * whole)


def _tree(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest tried first, each shared beginning written once."""
    grouped: dict[str, list[str]] = {}
    for word in words:
        grouped.setdefault(word[:1], []).append(word[1:])
    branches = [re.escape(sign) + (_tree(rest) if sign else "") for sign, rest in sorted(grouped.items(), reverse=True)]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def small(text: str) -> str:
    """Return the text in small letters behind a space, so that its first word follows a sign too."""
    return " " + text.replace("İ", "I").lower()  # all other small letters are as long as their capitals


def _unit(row: Row, *, money: bool) -> Unit:
    return Unit(row["unit"], "money", row["code"]) if money else Unit(row["unit"], row["kind"])


def _plural(phrase: str) -> str:
    """Return the phrase with the regular ending of the English plural."""
    return phrase + ("es" if phrase.endswith(("ch", "sh", "x", "ss")) else "s")


def _national(rows: list[Row], columns: tuple[str, ...], worldwide: list[str]) -> dict[str, dict[str, Unit]]:
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
                    out.setdefault(word, {}).setdefault(row["code"][:2], _unit(row, money=True))
    return out


def _named(rows: list[Row], columns: tuple[str, ...], national: Mapping[str, object] = MappingProxyType({})) -> Words:
    known: dict[str, Unit] = {}
    for row in rows:
        for column in dict.fromkeys(columns):
            for phrase in filter(None, row.cells.get(column, "").split("|")):
                unit = _unit(row, money="code" in row.cells)
                unit = dataclasses.replace(unit, shared=phrase) if phrase in national else unit
                known.setdefault(phrase, unit)
                if column.endswith("_en") and len(phrase) > 2:
                    known.setdefault(_plural(phrase), unit)
    grouped = _grouped(known, _beginning)
    return Words({key: [(Wording.of(phrase), unit) for phrase, unit in found] for key, found in grouped.items()})


def _money_marks(rows: list[Row], column: str) -> dict[str, Unit]:
    marks = ((mark, row) for row in rows for mark in row.cells.get(column, "").split("|"))
    return {mark: _unit(row, money=True) for mark, row in marks if mark}


def _symbols(units: list[Row], currencies: list[Row]) -> Marks:
    """Return the symbols that may stand after a number."""
    known = _money_marks(currencies, "marks")
    for row in units:
        for mark in filter(None, row["marks"].split("|")):
            known.setdefault(mark, _unit(row, money=False))
    return Marks(_grouped(known, lambda mark: mark[0]))
