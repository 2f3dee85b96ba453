"""Every indicator file is complete, and its own examples and counter-examples hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.errors import LexiconError
from etl.extractors import figures, sentences
from etl.lexicon import Lexicon, default_lexicon
from etl.model import Analysis, Document, Figure

LEXICON = default_lexicon()
INDICATORS = sorted(LEXICON.indicators.items())
THEMES = {"economy", "trade", "energy", "finance", "defence", "elections", "demography", "programmes", "health"}


def found(case: dict[str, Any]) -> list[Figure]:
    """Return the figures of an example."""
    analysis = Analysis(Document("d", case["text"], case["lang"]))
    analysis.sentences = sentences.find(analysis, LEXICON)
    return figures.find(analysis, LEXICON)


def test_there_are_enough_of_every_theme() -> None:
    assert len(INDICATORS) >= 40
    assert {entry["theme"] for _, entry in INDICATORS} >= THEMES


@pytest.mark.parametrize(("name", "entry"), INDICATORS, ids=[name for name, _ in INDICATORS])
def test_indicator_is_complete(name: str, entry: dict[str, Any]) -> None:
    assert entry["units"], name
    for lang in ("en", "ru"):
        assert entry["name"][lang]
        assert entry["names"][lang]
        assert any(case["lang"] == lang for case in entry["examples"])
    assert entry["counter_examples"]


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param(name, case, id=f"{name}: {case['text']}")
        for name, entry in INDICATORS
        for case in entry["examples"]
    ],
)
def test_example_gives_the_indicator(name: str, case: dict[str, Any]) -> None:
    assert (name, case["value"]) in [(figure.indicator, figure.value) for figure in found(case)]


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param(name, case, id=f"{name}: {case['text']}")
        for name, entry in INDICATORS
        for case in entry["counter_examples"]
    ],
)
def test_counter_example_does_not(name: str, case: dict[str, Any]) -> None:
    assert name not in {figure.indicator for figure in found(case)}


def test_an_incomplete_indicator_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "indicators"
    folder.mkdir()
    (folder / "rainfall.toml").write_text('theme = "health"\nunits = ["length"]\n')
    with pytest.raises(LexiconError, match=r"rainfall\.toml: 'name' is missing"):
        figures.find(Analysis(Document("d", "5 mm", "en")), Lexicon([tmp_path]))


def test_an_indicator_of_the_user_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "indicators"
    folder.mkdir()
    body = 'theme = "health"\nunits = ["length"]\n[name]\nen = "Rainfall"\n[names]\nen = ["rainfall"]\n'
    (folder / "rainfall.toml").write_text(body)
    (figure,) = figures.find(Analysis(Document("d", "Rainfall reached 5 mm.", "en")), Lexicon([tmp_path]))
    assert (figure.indicator, figure.indicator_label, figure.unit) == ("rainfall", "Rainfall", "millimetre")


def test_units_and_currencies_are_unique_and_sourced() -> None:
    for table in ("units", "currencies"):
        rows = LEXICON.facts(table)
        assert len({row["unit"] for row in rows}) == len(rows)
        assert all(row["source"] for row in rows)
