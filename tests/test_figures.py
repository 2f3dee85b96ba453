"""Figures are read as the specs say, in both languages, and odd text neither raises nor hangs."""

from __future__ import annotations

import math
import tomllib
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import pipeline
from etl.dayset import DaySet
from etl.extractors import figures, sentences, temporal
from etl.lexicon import default_lexicon
from etl.model import Analysis, Corpus, Document, Figure
from etl.resolvers import series

LEXICON = default_lexicon()
SPECS = Path(__file__).parent / "specs"
CASES = [
    pytest.param(lang, case, id=f"{lang}: {case['phenomenon']}")
    for lang in ("en", "ru")
    for case in tomllib.loads((SPECS / f"figures_{lang}.toml").read_text("utf-8"))["case"]
]
NAMES = {
    "qualifier": "qualifier",
    "direction": "direction",
    "transformation": "transformation",
    "kind": "statistical_kind",
}


def read(text: str, lang: str = "en") -> Analysis:
    """Return a document with the steps that figures need."""
    analysis = Analysis(Document("d", text, lang))
    analysis.sentences = sentences.find(analysis, LEXICON)
    analysis.timexes = temporal.find(analysis, LEXICON)
    analysis.figures = figures.find(analysis, LEXICON)
    return analysis


def described(figure: Figure, text: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return of a figure what the spec asks for."""
    out: dict[str, Any] = {"exact": figure.span.of(text), "unit": figure.unit}
    out |= {"value": figure.value} if figure.value is not None else {"min": figure.value_min, "max": figure.value_max}
    out |= {key: getattr(figure, NAMES.get(key, key)) for key in wanted if key not in (*out, "value", "min", "max")}
    return out


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_spec(lang: str, case: dict[str, Any]) -> None:
    found = read(case["text"], lang).figures
    assert [figure.span.of(case["text"]) for figure in found] == [wanted["exact"] for wanted in case["figures"]]
    for figure, wanted in zip(found, case["figures"], strict=True):
        got = described(figure, case["text"], wanted)
        assert {key: got.get(key) for key in wanted} == {
            key: pytest.approx(value) if isinstance(value, float) else value for key, value in wanted.items()
        }


ODD = (
    "$1e400", "1,2,3,4", "9" * 5000, "$" + "9" * 5000, "10^100 percent", "$", "€ £ ¥ $", "5×10^400 kg",
    "3.5.6.7 million", "1 " * 3000, "1-" * 3000, "$" * 20000, "one " * 1000, "million " * 3000,
    "hundreds of " * 2000, "1/2 " * 1000, "١ percent",
    "5 percent " * 500, "from 5 to 6 " * 500, "between 5 and " * 500, "5" + " " * 20000 + "percent",
    "x" * 20000 + " 5 y", "$-5 -$5 ($5) $(5) 5$ $5$ 5$5 $.5 $5. $5.5.5", "10**100 euros", "10 x 10^99 tonnes",
    "According to him, it is. " * 2000 + "According to him it is $5.",
    "\n".join("\t".join(str(i * j) for j in range(20)) for i in range(100)), "٣٤ percent ² ½", "\ud800 5\x00 percent",
)  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_is_read_or_left_out(text: str) -> None:
    for lang in ("en", "ru"):
        start = process_time()
        found = read_figures(text, lang)
        assert process_time() - start < 3
        for figure in found:
            assert all(
                number is None or math.isfinite(number) for number in (figure.value, figure.value_min, figure.value_max)
            )
            assert 0 <= figure.span.start < figure.span.end <= len(text)


def read_figures(text: str, lang: str) -> list[Figure]:
    """Return the figures without the other steps."""
    return figures.find(Analysis(Document("d", text, lang)), LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "$1e400",
        "1,2,3,4",
        "9" * 5000,
        "10^100 percent",
        "10**100 euros",
        "10 x 10^99 t",
        "$",
        "1.2.3 million",
        "5×10^40 percent",
    ],
)
def test_what_cannot_be_read_is_left_out(text: str) -> None:
    assert not read_figures(text, "en")


PIECES = st.sampled_from(
    (
        *("5", "12.5", "1,250", "three", "half", "a", "million", "bn", "$", "€", "%", "percent", "to", "-", "–", "and"),
        *(
            "of",
            "by",
            "up",
            "over",
            "about",
            ".",
            ",",
            "(",
            ")",
            "km",
            "per",
            "barrel",
            "years",
            "people",
            "more",
            "than",
        ),
        *("or", "в", "млрд", "раза", "\n"),
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40))
def test_any_text_gives_sound_figures(text: str) -> None:
    for lang in ("en", "ru"):
        found = read_figures(text, lang)
        assert found == read_figures(text, lang)
        for figure in found:
            assert figure.value is not None or (figure.value_min is not None and figure.value_max is not None)
            assert figure.value is None or math.isfinite(figure.value)
            assert figure.span.of(text).strip()
            assert figure.rule
            assert figure.evidence
        assert [figure.span for figure in found] == sorted(figure.span for figure in found)


def seed(number: str) -> tuple[str, list[Figure]]:
    """Return a founding document's text and figures after the whole pipeline."""
    path = next((Path(__file__).parents[1] / "data" / "seeds").glob(f"{number}_*.txt"))
    text = path.read_text("utf-8")
    analysis = pipeline.analyse(Document(number, text), LEXICON)
    series.resolve(Corpus([analysis]), LEXICON)
    return text, analysis.figures


def test_seed_002_has_its_figures_with_their_sources() -> None:
    text, found = seed("002")
    growth = next(figure for figure in found if figure.value == 5.7)
    assert (growth.indicator, growth.transformation, growth.qualifier) == ("trade_turnover", "growth_rate", "about")
    ours, theirs = (next(f for f in found if f.value == value) for value in (51e9, 50e9))
    assert ours.qualifier == theirs.qualifier == "over"
    assert ours.indicator == theirs.indicator == "trade_turnover"
    assert (ours.attributed_to, theirs.attributed_to) == ("Belarusian statistics", "Russian estimate")
    assert theirs.alternative_of
    regions = next(figure for figure in found if figure.value == 80)
    assert (regions.span.of(text), regions.statistical_kind) == ("Over 80 Russian regions", "count")
    assert {90.0, 87.0} <= {figure.value for figure in found if figure.unit == "percent"}
    derived = [figure for figure in found if figure.derived_from]
    assert [figure.value for figure in derived] == [pytest.approx(51e9 / 1.057, rel=1e-3)]


def test_seed_004_has_its_figures_with_their_periods() -> None:
    text, found = seed("004")
    completion = [figure for figure in found if figure.indicator == "programme_completion"]
    assert {figure.value for figure in completion} == {30.0, 60.0}
    early = next(figure for figure in completion if figure.value == 30)
    assert early.qualifier == "about"
    assert early.time_period == "XXXX-01/XXXX-06"  # the document leaves the year open
    halves = early.period.days if early.period else DaySet()
    assert date(2022, 3, 1) in halves
    assert date(2022, 7, 1) not in halves
    assert early.speaker.endswith("Andreichenko")
    forecast = next(figure for figure in found if figure.value_min == 44e9)
    assert (forecast.value_max, forecast.obs_status, forecast.indicator) == (45e9, "F", "trade_turnover")
    programs = next(figure for figure in found if figure.span.of(text) == "28 union programs")
    assert (programs.value, programs.statistical_kind) == (28.0, "count")
    assert not any("63" in figure.span.of(text) for figure in found)
