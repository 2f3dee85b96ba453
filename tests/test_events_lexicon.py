"""Run the examples and counter-examples that stand in ``etl/lexicon/events/*.toml``."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import LexiconError
from etl.extractors import events, sentences
from etl.lexicon import Lexicon, default_lexicon
from etl.model import Analysis, Document, EventMention

LEXICON = default_lexicon()
RULES = [
    (kind, lang, rule)
    for kind, topic in sorted(LEXICON.events.items())
    for lang in sorted(LEXICON.languages)
    for rule in topic.get(lang, ())
]
IDS = [f"{kind}.{rule['rule']}-{lang}" for kind, lang, rule in RULES]


def found(text: str, lang: str) -> list[EventMention]:
    analysis = Analysis(Document("d", text, lang))
    analysis.sentences = sentences.find(analysis, LEXICON)
    return events.find(analysis, LEXICON)


@pytest.mark.parametrize(("kind", "lang", "rule"), RULES, ids=IDS)
def test_every_rule_has_examples_of_both_kinds(kind: str, lang: str, rule: dict[str, list[str]]) -> None:
    del kind, lang
    assert rule["examples"]
    assert rule["counter"]


@pytest.mark.parametrize(("kind", "lang", "rule"), RULES, ids=IDS)
def test_examples_are_found_where_they_are_marked(kind: str, lang: str, rule: dict[str, list[str]]) -> None:
    for example in rule["examples"]:
        text = example.replace("[", "").replace("]", "")
        start = example.index("[")
        spans = [(m.trigger.start, m.trigger.end) for m in found(text, lang) if m.kind == kind]
        assert (start, example.index("]") - 1) in spans, example


@pytest.mark.parametrize(("kind", "lang", "rule"), RULES, ids=IDS)
def test_counter_examples_are_not_taken(kind: str, lang: str, rule: dict[str, str]) -> None:
    for text in rule["counter"]:
        rules = [m.rule for m in found(text, lang)]
        assert f"{kind}.{rule['rule']}" not in rules, text


@pytest.mark.parametrize(("kind", "lang", "rule"), RULES, ids=IDS)
def test_every_rule_earns_its_place(kind: str, lang: str, rule: dict[str, list[str]]) -> None:
    """At least one example is found by the rule itself, not by a neighbour of the same kind."""
    name = f"{kind}.{rule['rule']}"
    texts = [example.replace("[", "").replace("]", "") for example in rule["examples"]]
    assert any(m.rule == name for text in texts for m in found(text, lang))


def bad(rule: str, folder: Path) -> Lexicon:
    (folder / "events").mkdir()
    (folder / "events" / "picnic.toml").write_text(f"label = 'Picnic'\n[[en]]\n{rule}", "utf-8")
    return Lexicon([folder])


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("rule = 'picnic'", "needs a name and words"),
        ("rule = 'picnic'\nwords = ['picnic']\nafter = '(with'", "is not a pattern"),
        ("rule = 'picnic'\nwords = ['picnic']\nafter = ' With'", "capital letter"),
        ("rule = 'picnic'\nwords = ['picnic']\nbehind = 'x'", "no property of a rule"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(rule: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=reason) as caught:
        events.rules.rulebook(bad(rule, tmp_path), "en")
    assert "events/picnic.toml" in caught.value.where


def test_a_kind_of_ones_own_is_one_file(tmp_path: Path) -> None:
    lexicon = bad("rule = 'picnic'\nwords = ['picnic']\nneeds = ['subject']", tmp_path)
    analysis = Analysis(Document("d", "Anna Berg held a picnic on Monday."))
    analysis.sentences = sentences.find(analysis, lexicon)
    assert [mention.rule for mention in events.find(analysis, lexicon)] == ["picnic.picnic"]
