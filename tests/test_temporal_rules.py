"""Every rule of the temporal language files carries examples and counter-examples; here they run."""

from __future__ import annotations

import pytest

from etl.extractors import temporal
from etl.lexicon import default_lexicon
from etl.model import Analysis, Document, Timex

LANGUAGES = ("en", "ru")
RULES = [(lang, rule) for lang in LANGUAGES for rule in default_lexicon().topic(lang, "temporal")["rules"]]
IDS = [f"{lang}-{rule['name']}" for lang, rule in RULES]


def found(text: str, lang: str) -> list[Timex]:
    return temporal.find(Analysis(Document("x", text, lang=lang)), default_lexicon())


@pytest.mark.parametrize(("lang", "rule"), RULES, ids=IDS)
def test_examples_are_found_by_the_rule(lang: str, rule: dict[str, object]) -> None:
    for text, value in rule.get("examples", {}).items():  # type: ignore[attr-defined]
        timexes = found(text, lang)
        assert (rule["name"], value) in {(timex.rule, timex.value) for timex in timexes}, (text, timexes)


@pytest.mark.parametrize(("lang", "rule"), RULES, ids=IDS)
def test_counter_examples_are_left_alone(lang: str, rule: dict[str, object]) -> None:
    for text in rule.get("counter", ()):  # type: ignore[attr-defined]
        assert rule["name"] not in {timex.rule for timex in found(text, lang)}, text


def test_every_rule_has_examples_for_and_against() -> None:
    lacking = [
        rule["name"] for _, rule in RULES if rule["type"] != "NONE" and not (rule["examples"] and rule["counter"])
    ]
    assert not lacking


def test_rule_names_are_unique() -> None:
    names = [rule["name"] for _, rule in RULES]
    assert len(names) == len(set(names))
