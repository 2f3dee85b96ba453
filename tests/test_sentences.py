"""Run the examples of the sentence files, and check what must hold for every text."""

from __future__ import annotations

import itertools
import random
import time
from typing import Any

import pytest

from etl.extractors import sentences
from etl.lexicon import default_lexicon
from etl.model import Analysis, Document

LEXICON = default_lexicon()
EXAMPLES = [
    pytest.param(lang, example, id=f"{lang}-{number}")
    for lang in sorted(LEXICON.languages)
    for number, example in enumerate(LEXICON.topic(lang, "sentences")["examples"])
]


def cut(text: str, lang: str = "en") -> list[str]:
    analysis = Analysis(Document("d", text, lang))
    return [span.of(text) for span in sentences.find(analysis, LEXICON)]


@pytest.mark.parametrize(("lang", "example"), EXAMPLES)
def test_examples_of_the_lexicon(lang: str, example: dict[str, Any]) -> None:
    assert cut(example["text"], lang) == example["sentences"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He paid 3.5 million. She paid 2.", ["He paid 3.5 million.", "She paid 2."]),
        ("“Really?” she asked. “Yes!” He left.", ["“Really?” she asked.", "“Yes!”", "He left."]),
        (
            "Mr. J. R. Hale met Lt. Gen. Oz at No. 10. Then he left.",
            ["Mr. J. R. Hale met Lt. Gen. Oz at No. 10.", "Then he left."],
        ),
        (
            "It ended at 5 p.m. Monday. It began at 3 p.m. The hall was full.",
            ["It ended at 5 p.m. Monday.", "It began at 3 p.m.", "The hall was full."],
        ),
        ("He waited … and left. . . . Nobody came.", ["He waited … and left. . . .", "Nobody came."]),
        ("A\n\nb", ["A", "b"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_double_spaced_typescripts_keep_their_sentences() -> None:
    lines = [
        "Minister speaks",
        "The minister, who had come by train from the",
        "north, spoke of roads and of the hundred",
        "bridges that the Department of",
        "Works would build. He also spoke of the",
        "schools and of the two new harbours",
        "in the south.",
    ]
    assert cut("\n\n".join(lines)) == [
        "Minister speaks",
        "\n\n".join(lines[1:5])[: -len(" He also spoke of the")],
        "He also spoke of the\n\n" + "\n\n".join(lines[5:]),
    ]


def test_sentences_cover_all_but_white_space_in_order() -> None:
    dice = random.Random(3)
    pieces = [".", "!", "…", "Mr", "U.S", "a", "B", "12", "\n", "\n\n", " ", "”", '"', "(", "—", "г", "He"]
    for _ in range(300):
        text = "".join(dice.choice(pieces) for _ in range(80))
        spans = sentences.find(Analysis(Document("d", text, dice.choice(["en", "ru"]))), LEXICON)
        assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
        assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
        assert all(span.of(text) == span.of(text).strip() for span in spans)


@pytest.mark.parametrize(
    "text", ["." * 200_000, ". " * 100_000, "a.b." * 50_000, "\n" * 200_000, "A.\n" * 30_000, " " * 200_000 + "."]
)
def test_odd_texts_take_linear_time(text: str) -> None:
    began = time.process_time()
    cut(text)
    assert time.process_time() - began < 3
