"""Every rule of the temporal language files carries examples and counter-examples; here they run."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import LexiconError
from etl.extractors import temporal
from etl.lexicon import Lexicon, default_lexicon
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


GERMAN = """
triggers = ["MON"]
numeric_order = "dmy"
[slots]
MON = "month"
DAY = "day"
YEAR = "year"
[classes]
MON = { januar = 1, "märz" = 3, mai = 5 }
[[rules]]
name = "de-date"
type = "DATE"
match = ["[ DAY . MON YEAR ]", "PATTERN"]
"""


def german(tmp_path: Path, pattern: str) -> list[tuple[str, str]]:
    folder = tmp_path / "languages" / "de"
    folder.mkdir(parents=True)
    (folder / "temporal.toml").write_text(GERMAN.replace("PATTERN", pattern), "utf-8")
    text = "Am 3. März 1998 und im Mai."
    timexes = temporal.find(Analysis(Document("x", text, lang="de")), Lexicon([tmp_path]))
    return [(timex.span.of(text), timex.value) for timex in timexes]


def test_a_new_language_is_one_file(tmp_path: Path) -> None:
    assert german(tmp_path, "[ MON ]") == [("3. März 1998", "1998-03-03"), ("Mai", "XXXX-05")]


@pytest.mark.parametrize("pattern", ["[ MON", "[ WOCHE ]", "( MON ] )"])
def test_a_bad_pattern_is_named_with_its_rule(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(LexiconError, match="de-date"):
        german(tmp_path, pattern)
