"""People: the specs of both languages, and texts that must not hurt."""

from __future__ import annotations

import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from etl.dayset import DaySet
from etl.extractors import people, places, sentences
from etl.lexicon import default_lexicon
from etl.model import Analysis, Dating, Document, PersonMention, Span
from etl.resolvers import identities

SPECS = Path(__file__).parent / "specs"


def cases(lang: str) -> list[Any]:
    specs = tomllib.loads((SPECS / f"people_{lang}.toml").read_text("utf-8"))["case"]
    return [pytest.param(lang, spec, id=f"{lang}: {spec['why']}") for spec in specs]


def analysed(text: str, lang: str = "en", day: str = "") -> Analysis:
    analysis, lexicon = Analysis(Document("d", text, lang)), default_lexicon()
    analysis.sentences = sentences.find(analysis, lexicon)
    analysis.places = places.find(analysis, lexicon)
    analysis.people = people.find(analysis, lexicon)
    if day:
        analysis.dating = Dating(DaySet.parse(day), "explicit")
    identities.resolve(analysis, lexicon)
    return analysis


def written(mention: PersonMention, text: str) -> str:
    return f"{mention.span.of(text)} = {mention.name}; {mention.office}; {mention.country}"


@pytest.mark.parametrize(("lang", "spec"), [*cases("en"), *cases("ru")])
def test_people_of_a_sentence(lang: str, spec: dict[str, Any]) -> None:
    text = spec["text"]
    analysis = analysed(text, lang, spec.get("date", ""))
    found = [m for m in analysis.people if spec.get("pronouns") or m.form != "pronoun"]
    assert [written(mention, text) for mention in found] == spec["people"]
    for mention in found:
        assert mention.name_span is None or mention.span.contains(mention.name_span)


def test_resolving_again_changes_nothing_and_a_new_date_does() -> None:
    analysis = analysed(
        "The two presidents met. The President of Russia and Vladimir Putin: he. Mr Oldham left.", day="2013"
    )
    before = list(analysis.people)
    identities.resolve(analysis, default_lexicon())
    assert analysis.people == before
    analysis = analysed("The President of Russia spoke.", day="2013")
    assert analysis.people[0].name == "Vladimir Putin"
    assert analysis.people[0].evidence[0].source.startswith("offices.csv, line ")
    analysis.dating = Dating(DaySet.year(2010), "inferred")
    identities.resolve(analysis, default_lexicon())
    assert analysis.people[0].name == "Dmitry Medvedev"


def test_ids_are_of_persons_not_of_spellings() -> None:
    one = analysed("President Aliaksandr Lukashenka spoke.").people[0]
    other = analysed("Александр Лукашенко выступил.", "ru").people[0]
    assert one.person_id == other.person_id == one.qid == "Q2866"
    unknown = analysed("Mr Quentin Zzyzx spoke.").people[0]
    assert unknown.person_id.startswith("person-")
    assert not unknown.qid


def test_mention_at_finds_what_covers_a_span() -> None:
    text = "Yesterday President of Belarus Alexander Lukashenko spoke with Sergei Shoigu."
    analysis = analysed(text)
    start = text.index("Lukashenko")
    found = identities.mention_at(analysis, Span(start, start + 10))
    assert found is not None
    assert found.name == "Alexander Lukashenko"
    assert identities.mention_at(analysis, Span(0, 4)) is None


@pytest.mark.parametrize(
    "text",
    [
        "President of the " * 6000,
        "Aaaa Bbbb " * 10000,
        "President " + "X" * 10000 + " spoke.",
        "Minister of A, B and " * 5000,
        "\u202ePresident\u202c \u2067Vladimir\u2069 Putin \udc80 " * 2000,
        "the head of " * 9000,
        "A. B. C. D. " * 9000,
        "'’-" * 30000,
        "",
    ],
    ids=lambda text: repr(text[:16]),
)
def test_odd_texts_take_linear_time(text: str) -> None:
    started = time.process_time()
    analysis = analysed(text)
    assert time.process_time() - started < 6
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in analysis.people)


def test_every_mention_has_a_rule_and_keeps_its_words() -> None:
    analysis = analysed("PRESIDENT PUTIN: Yes. THE HON IAN QUIRKE, M.P., agreed with Ms. Roe-Smith of O'Neill's firm.")
    assert [replace(m, evidence=()).name for m in analysis.people] == ["Vladimir Putin", "Ian Quirke", "Roe-Smith"]
    assert all(mention.rule.startswith("people.") for mention in analysis.people)
