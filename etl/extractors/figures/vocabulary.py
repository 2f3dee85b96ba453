"""The words that make figures, compiled once per language from ``numbers.toml`` and the two unit tables.

Everything here is look-up structure; what the structures mean stands in the modules that use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from etl.lexicon import Lexicon, Row

FALLBACK = "en"  # for a language without a numbers.toml of its own
_SPACE = r"[ \u00a0\u202f\n]{1,2}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its readable name, its kind ("money", "share", "time" ...) and its currency."""

    name: str
    kind: str
    currency: str = ""


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
class Matcher:
    """Many phrases, each with the unit that it stands for; one alternation for each first letter."""

    patterns: Mapping[str, tuple[re.Pattern[str], tuple[Unit, ...]]]

    def match(self, text: str, position: int) -> tuple[Unit, int] | None:
        """Return the unit that begins exactly here and the end of its words, or None."""
        entry = self.patterns.get(text[position : position + 1].lower())
        found = entry[0].match(text, position) if entry else None
        if entry is None or found is None or found.lastindex is None:
            return None
        return entry[1][found.lastindex - 1], found.end()


def _by_first_letter(known: Mapping[str, Unit], bodies: Mapping[str, str], flags: re.RegexFlag) -> Matcher:
    """Return the matcher of phrases, the longest of each first letter tried first."""
    grouped: dict[str, list[str]] = {}
    for phrase in sorted(known, key=lambda phrase: (-len(phrase), phrase)):
        grouped.setdefault(phrase[0].lower(), []).append(phrase)
    return Matcher(
        {
            letter: (
                re.compile("|".join(f"({bodies[one]})" for one in phrases), flags),
                tuple(known[one] for one in phrases),
            )
            for letter, phrases in grouped.items()
        }
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All look-up structures of one language."""

    lang: str
    topic: Mapping[str, Any]
    anchor: re.Pattern[str]
    values: Mapping[str, float]
    scales: Mapping[str, float]
    scale_word: re.Pattern[str]
    scale_marks: Mapping[str, float]
    money_scales: Mapping[str, float]
    fractions: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    multiples: Mapping[str, float]
    money: Matcher
    scaled_money: Matcher
    money_marks: Mapping[str, Unit]
    dollars: Mapping[str, Unit]  # by country: the first two letters of an ISO 4217 code
    measures: Matcher
    marks: Matcher
    per_nouns: re.Pattern[str]
    of_link: re.Pattern[str]
    skipped: re.Pattern[str]
    age: Unit
    percent: Unit
    percent_of: re.Pattern[str]
    compounds: Mapping[str, Part]
    not_per: re.Pattern[str]
    hedges_before: Phrases
    hedges_after: Phrases
    change: Mapping[str, str]
    verbs: frozenset[str]  # that lead to a figure: changes, "reached", "was"
    label_stop: frozenset[str]  # what ends or is no part of a label

    def words(self, section: str, key: str) -> frozenset[str]:
        """Return a list of the topic file as a set."""
        return frozenset(self.topic[section][key])


def vocabulary(lexicon: Lexicon, lang: str) -> Vocabulary:
    """Return the vocabulary of a language; English for one that has no ``numbers.toml``."""
    known = lexicon.once(_vocabularies)
    return known.get(lang) or known[FALLBACK]


def languages(lexicon: Lexicon) -> list[str]:
    """Return the languages that say how figures are worded."""
    return sorted(lang for lang, topics in lexicon.languages.items() if "numbers" in topics)


def _vocabularies(lexicon: Lexicon) -> dict[str, Vocabulary]:
    return {lang: _build(lexicon, lang) for lang in languages(lexicon)}


def _build(lexicon: Lexicon, lang: str) -> Vocabulary:
    topic = lexicon.topic(lang, "numbers")
    currencies, units = lexicon.facts("currencies"), lexicon.facts("units")
    values = {word: float(value) for word, value in topic["words"].items()}
    scales = {word: float(value) for word, value in topic["scales"].items()}
    vague = {word: (float(low), float(high)) for word, (low, high) in topic["vague"].items()}
    tables = (values, scales, topic["fractions"], vague, topic["multiples"])
    return Vocabulary(
        lang=lang,
        topic=topic,
        anchor=_anchor(word for table in tables for word in table),
        values=values,
        scales=scales,
        scale_word=re.compile(rf"(?:{_alternatives(scales)})(?![^\W_])\.?", re.IGNORECASE),
        scale_marks=topic["scale_marks"],
        money_scales=topic["money_scales"],
        fractions=topic["fractions"],
        vague=vague,
        multiples={word: float(value) for word, value in topic["multiples"].items()},
        money=_matcher(currencies, (f"words_{lang}", "words_en")),
        scaled_money=_matcher(currencies, ("words_scaled_en",)),
        money_marks=_money_marks(currencies),
        dollars={row["code"][:2]: _unit(row, money=True) for row in currencies if " dollar" in row["words_en"]},
        measures=_matcher(units, (f"words_{lang}", "words_en")),
        marks=_mark_matcher(units, currencies),
        per_nouns=re.compile(rf"(?:{_alternatives(topic['per']['nouns'])})(?![^\W_])", re.IGNORECASE),
        of_link=re.compile(topic["parts"]["of_link"], re.IGNORECASE),
        skipped=re.compile(rf"[ \u00a0](?:{_alternatives(topic['parts']['before_unit'])})[ \u00a0]", re.IGNORECASE),
        age=next(_unit(row, money=False) for row in units if row["kind"] == "age"),
        not_per=re.compile(topic["per"]["not_before"], re.IGNORECASE),
        percent=next(_unit(row, money=False) for row in units if row["kind"] == "share"),
        percent_of=re.compile(topic["parts"]["percent_of"], re.IGNORECASE),
        compounds={
            one["whole"]: Part(one["part"], one["size"], one["mark"], one["silent"]) for one in topic["compounds"]
        },
        hedges_before=_phrases(topic["qualifiers"]["before"]),
        hedges_after=_phrases(topic["qualifiers"]["after"]),
        verbs=frozenset((*topic["change"]["reached"], *topic["change"]["up"], *topic["change"]["down"])),
        label_stop=frozenset((*topic["nouns"]["stop"], *topic["nouns"]["label_stop"])),
        change={word: sign for sign in ("up", "down") for word in topic["change"][sign]},
    )


def _phrases(table: Mapping[str, Iterable[str]]) -> Phrases:
    meaning = {phrase: name for name, phrases in table.items() for phrase in phrases}
    return Phrases(meaning, max(len(phrase.split()) for phrase in meaning))


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(_as_pattern(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _as_pattern(phrase: str) -> str:
    """Return the pattern of a phrase: ``*`` stands for an ending, a space for any white space."""
    return re.escape(phrase).replace(r"\*", r"[^\W\d_]{0,5}").replace(r"\ ", _SPACE)


def _anchor(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of everything that can begin a number: digits or a number word."""
    grouped: dict[str, set[str]] = {}
    for word in words:
        grouped.setdefault(word[0], set()).add(word[1:])
    first = "|".join(f"{letter}(?:{_alternatives(rest)})" for letter, rest in sorted(grouped.items()))
    return re.compile(rf"\d|[½⅓⅔¼¾⅛]|(?<![^\W_])(?:{first})(?![^\W_])|\.\d", re.IGNORECASE)


def _unit(row: Row, *, money: bool) -> Unit:
    return Unit(row["unit"], "money", row["code"]) if money else Unit(row["unit"], row["kind"])


def _plural(phrase: str) -> str:
    """Return the phrase with the regular ending of the English plural."""
    return phrase + ("es" if phrase.endswith(("ch", "sh", "x", "ss")) else "s")


def _matcher(rows: list[Row], columns: tuple[str, ...]) -> Matcher:
    known: dict[str, Unit] = {}
    for row in rows:
        for column in dict.fromkeys(columns):
            for phrase in filter(None, row.cells.get(column, "").split("|")):
                unit = _unit(row, money="code" in row.cells)
                known.setdefault(phrase, unit)
                if column.endswith("_en") and len(phrase) > 2:
                    known.setdefault(_plural(phrase), unit)
    return _by_first_letter(known, {phrase: rf"{_as_pattern(phrase)}(?![^\W_])" for phrase in known}, re.IGNORECASE)


def _money_marks(rows: list[Row]) -> dict[str, Unit]:
    return {mark: _unit(row, money=True) for row in rows for mark in filter(None, row["marks"].split("|"))}


def _bounded(mark: str) -> bool:
    """Tell whether a letter after the mark would make it a part of a word."""
    return mark[-1].isalnum() or mark in "′″°"


def _mark_matcher(units: list[Row], currencies: list[Row]) -> Matcher:
    """Return the matcher of symbols after a number, case-sensitive: km, $, EUR."""
    known = _money_marks(currencies)
    for row in units:
        for mark in filter(None, row["marks"].split("|")):
            known.setdefault(mark, _unit(row, money=False))
    bodies = {mark: re.escape(mark) + (r"(?![^\W_])" if _bounded(mark) else "") for mark in known}
    return _by_first_letter(known, bodies, re.NOFLAG)
