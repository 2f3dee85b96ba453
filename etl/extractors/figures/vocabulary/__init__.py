"""The words that make figures, compiled once per language from ``numbers.toml`` and the two unit tables.

Everything here is look-up structure; what the structures mean stands in the modules that use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from etl.extractors.figures.vocabulary.phrases import Phrases, alternatives, anchor, phrases
from etl.extractors.figures.vocabulary.units import (
    Marks,
    Part,
    Unit,
    Words,
    money_marks,
    named,
    national_money,
    scaled_units,
    symbols,
    unit_of,
)
from etl.lexicon import Lexicon

FALLBACK = "en"  # for a language without a numbers.toml of its own


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
    each: frozenset[str]  # before an ordinal these make a share: every eighth
    ordinals: Mapping[str, int]  # in all their endings
    part_nouns: frozenset[str]  # behind an ordinal these make a share: a fifth part
    purpose: re.Pattern[str]  # before an amount, with what it is spent on
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
    national = national_money(currencies, (f"words_{lang}", "words_en"), topic["money"]["worldwide"])
    signs, amount_signs = (money_marks(currencies, column) for column in ("marks", "marks_scaled"))
    ordinals = {
        stem + end: below for stem, below in topic["ordinals"].items() for end in topic["parts"]["ordinal_ends"]
    }
    shares = (*topic["parts"]["each"], *(ordinals if topic["parts"]["part_nouns"] else ()))
    tables = (values, scales, topic["fractions"], vague, topic["multiples"], shares)
    return Vocabulary(
        lang=lang,
        topic=topic,
        anchor=anchor(word for table in tables for word in table),
        values=values,
        scales=scales,
        scale_word=re.compile(rf"(?:{alternatives(scales)})(?![^\W_])\.?", re.IGNORECASE),
        scale_marks=topic["scale_marks"],
        money_scales=topic["money_scales"],
        fractions=topic["fractions"],
        each=frozenset(topic["parts"]["each"]),
        ordinals=ordinals,
        part_nouns=frozenset(topic["parts"]["part_nouns"]),
        vague=vague,
        multiples={word: float(value) for word, value in topic["multiples"].items()},
        money=named(currencies, (f"words_{lang}", "words_en"), national),
        scaled_money=named(currencies, ("words_scaled_en",), national),
        money_marks=signs,
        mark_ends=frozenset(end for mark in (*signs, *amount_signs) for end in (mark[-1], mark[-1].lower())),
        amount_marks=amount_signs,
        national=national,
        dollars={row["code"][:2]: unit_of(row, money=True) for row in currencies if " dollar" in row["words_en"]},
        measures=named(units, (f"words_{lang}", "words_en")),
        marks=symbols(units, currencies),
        scaled_units=scaled_units(topic["scaled_units"], units),
        per_nouns=re.compile(rf"(?:{alternatives(topic['per']['nouns'])})(?![^\W_])", re.IGNORECASE),
        vague_link=re.compile(rf"\s+(?:(?:{alternatives(topic['parts']['of'])})\s+)?([^\W\d_]+)"),
        half_of=re.compile(rf"[ -](?:(?:{alternatives(topic['parts']['article'])})[ -])?", re.IGNORECASE),
        skipped=re.compile(rf"[ \u00a0](?:{alternatives(topic['parts']['before_unit'])})[ \u00a0]", re.IGNORECASE),
        age=next(unit_of(row, money=False) for row in units if row["kind"] == "age"),
        part_of=_part_of(topic["parts"]["part_of"], values, scales),
        percent=next(unit_of(row, money=False) for row in units if row["kind"] == "share"),
        compounds={
            one["whole"]: Part(one["part"], one["size"], one["mark"], one["silent"]) for one in topic["compounds"]
        },
        hedges_before=phrases(topic["qualifiers"]["before"]),
        hedges_after=phrases(topic["qualifiers"]["after"]),
        hedges_inside=phrases(topic["qualifiers"]["inside"]).meaning,
        verbs=frozenset((*topic["change"]["reached"], *topic["change"]["up"], *topic["change"]["down"])),
        label_stop=frozenset((*topic["nouns"]["stop"], *topic["nouns"]["label_stop"])),
        label_skip=frozenset((*topic["guards"]["definite"], *topic["nouns"]["label_skip"])),
        pronouns=frozenset(topic["attribution"]["pronouns"]),
        determiners=frozenset((*topic["guards"]["definite"], *topic["change"]["articles"])),
        **_patterns(topic),
        change={word: sign for sign in ("up", "down") for word in topic["change"][sign]},
    )


def _patterns(topic: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    """Return the patterns that ``numbers.toml`` writes out, by their fields."""
    places = {
        "per_behind": ("per", "behind"),
        "of_link": ("parts", "of_link"),
        "and_a_half": ("parts", "and_a_half"),
        "people_behind": ("people", "behind"),
        "people_before": ("people", "before"),
        "age_before": ("ages", "before"),
        "told_age": ("ages", "told"),
        "after_age": ("ages", "after"),
        "not_per": ("per", "not_before"),
        "percent_of": ("parts", "percent_of"),
        "purpose": ("nouns", "purpose"),
    }
    return {field: _folded(topic[section][key]) for field, (section, key) in places.items()}


def _folded(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _part_of(links: list[str], values: Iterable[str], scales: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern from a part to the number of its whole: " of the 150"."""
    number = rf"(?:\d[\d,.]{{0,12}}\d|\d|{alternatives(values)})(?:\s(?:{alternatives(scales)}))?"
    return _folded(rf"\s(?:{alternatives(links)})\s{number}(?=\s)")
