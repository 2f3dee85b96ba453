"""Run the quote specs, and check what must hold for every text: exact spans, order, linear time."""

from __future__ import annotations

import itertools
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from etl.extractors import quotes, sentences
from etl.extractors.attribution import sources_in
from etl.lexicon import default_lexicon
from etl.model import Analysis, Document, PersonMention, Quote, Span
from etl.resolvers import speakers

LEXICON = default_lexicon()
SPECS = Path(__file__).parent / "specs"
SEEDS = Path(__file__).parent.parent / "data" / "seeds"


def cases(name: str) -> list[Any]:
    found = tomllib.loads((SPECS / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


def analysed(text: str, lang: str = "en", people: dict[str, str] | None = None) -> Analysis:
    analysis = Analysis(Document("d", text, lang))
    analysis.sentences = sentences.find(analysis, LEXICON)
    analysis.quotes = quotes.find(analysis, LEXICON)
    analysis.people = [
        PersonMention(Span(text.index(form), text.index(form) + len(form)), "name", "spec", name, f"person-{name}")
        for form, name in (people or {}).items()
    ]
    speakers.resolve(analysis, LEXICON)
    return analysis


EXAMPLES = [
    pytest.param(lang, example, id=f"{lang}-{number}")
    for lang in sorted(LEXICON.languages)
    for number, example in enumerate(LEXICON.topic(lang, "quotes")["examples"])
]


@pytest.mark.parametrize(("lang", "example"), EXAMPLES)
def test_examples_of_the_lexicon(lang: str, example: dict[str, Any]) -> None:
    found = analysed(example["text"], lang)
    assert [[quote.span.of(found.text), quote.speaker] for quote in found.quotes] == example["quotes"]


def test_both_languages_list_the_same_kinds_of_words() -> None:
    topics = [LEXICON.topic(lang, "quotes") for lang in ("en", "ru")]
    assert set(topics[0]) == set(topics[1])


@pytest.mark.parametrize("case", cases("quotes_marks"))
def test_words_between_marks_and_their_speaker(case: dict[str, Any]) -> None:
    found = analysed(case["text"], case.get("lang", "en"))
    assert [[quote.span.of(found.text), quote.speaker] for quote in found.quotes] == case["quotes"]
    assert {quote.mode for quote in found.quotes} <= {"marks"}


@pytest.mark.parametrize("case", cases("quotes_turns"))
def test_turns_of_transcripts(case: dict[str, Any]) -> None:
    found = analysed(case["text"], case.get("lang", "en"), case.get("people"))
    turns = [quote for quote in found.quotes if quote.mode == "turn"]
    assert len(turns) == len(case["turns"])
    for quote, (first, last, speaker) in zip(turns, case["turns"], strict=True):
        words = quote.span.of(found.text)
        assert words.startswith(first)
        assert words.endswith(last)
        assert quote.speaker == speaker


def test_a_person_known_by_mention_gives_name_and_id() -> None:
    people = {"The Norland President": "Sven Aas", "Aas": "Sven Aas", "Brun": "Otto Brun"}
    found = analysed(
        "The Norland President added: “We go on.” A spokesman for Brun said: “So do we.” Aas left.", people=people
    )
    first, second = found.quotes
    assert (first.speaker, first.speaker_id) == ("Sven Aas", "person-Sven Aas")
    assert second.speaker == "A spokesman for Brun"
    assert second.speaker_id != "person-Otto Brun"


def test_resolving_twice_gives_the_same() -> None:
    found = analysed("“We go on,” said Otto Brun. “We must,” he added.\n\n“Nobody knows who wrote all this down.”")
    once = list(found.quotes)
    speakers.resolve(found, LEXICON)
    assert found.quotes == once


def test_every_attributed_quote_has_cue_rule_and_evidence() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        found = analysed(path.read_text("utf-8"))
        assert found.quotes
        for quote in found.quotes:
            assert quote.rule
            assert bool(quote.speaker) == bool(quote.evidence)
            assert quote.cue is not None


def counted(found: list[Quote], mode: str) -> int:
    return sum(quote.mode == mode for quote in found)


@pytest.mark.parametrize(
    ("seed", "marks", "turns"), [("000", 4, 0), ("001", 5, 0), ("002", 0, 3), ("003", 5, 0), ("004", 14, 0)]
)
def test_the_seeds_keep_their_quotes(seed: str, marks: int, turns: int) -> None:
    text = next(SEEDS.glob(f"{seed}_*.txt")).read_text("utf-8")
    found = analysed(text)
    assert (counted(found.quotes, "marks"), counted(found.quotes, "turn")) == (marks, turns)


def test_sources_of_a_statement() -> None:
    text = "Trade grew by 5 percent, according to the statistics office, while Ann Lee said it had grown by 7."
    analysis = Analysis(Document("d", text, "en"))
    found = sources_in(analysis, LEXICON, Span(0, len(text)))
    assert [(source.span.of(text), source.cue.of(text)) for source in found] == [
        ("the statistics office", "according to"),
        ("Ann Lee", "said"),
    ]


ODD = [
    '"' * 100_000,
    "“" * 100_000,
    "«" * 50_000 + "»" * 50_000,
    ' "a' * 30_000,
    "“a\n\n" * 5_000,
    "Aas: " * 20_000,
    "Aas Brun " * 12_000 + "said “we go”",
    "said " * 20_000 + "“we go”",
    ", " * 50_000 + "“we go,” he said",
    "‘a’ " * 15_000,
    "“a b c,” he said, " * 2_000,
    "“a b c,” said Lee (“d e f”) and " * 1_000,
    "Lee, Lee, " * 10_000 + "said “we go now”",
    "“We go – said Lee – " * 5_000,
    "“a b c d.” " * 10_000,
    "1\n\n" * 5_000 + "“We go now.”\n\n" * 2_000,
    "( " * 20_000 + "“we go,” said",
    "\n" * 100_000,
    "\u202e“\u202dabc def ghi”\u202c said \ud800 Lee.",
    "",
    "“",
    ":",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_take_no_longer_than_others(text: str) -> None:
    began = time.process_time()
    found = analysed(text)
    assert time.process_time() - began < 5
    assert_well_formed(found)


def test_any_mixture_of_marks_is_read_without_error() -> None:
    pieces = [
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
        "'",
        "’",
        "said",
        "Lee",
        "the",
        "of",
        ",",
        ".",
        "?",
        "\n",
        "\n\n",
        " ",
        ":",
        "he",
        "—",
        "(",
    ]
    dice = random.Random(7)
    for _ in range(150):
        text = (
            " ".join(dice.choice(pieces) for _ in range(60))
            if dice.random() < 0.5
            else "".join(dice.choice(pieces) for _ in range(80))
        )
        assert_well_formed(analysed(text, dice.choice(["en", "ru"])))


def assert_well_formed(found: Analysis) -> None:
    spans = [quote.span for quote in found.quotes]
    assert spans == sorted(spans)
    for left, right in itertools.pairwise(spans):
        assert left.end <= right.start
    for quote in found.quotes:
        assert 0 <= quote.span.start < quote.span.end <= len(found.text)
        words = quote.span.of(found.text)
        assert words == words.strip()
