"""Odd texts cost no exception and no more than linear work."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extractors import events, sentences
from etl.lexicon import default_lexicon
from etl.model import Analysis, Corpus, Document, PersonMention, Span
from etl.resolvers import merging, participation

LEXICON = default_lexicon()
WORDS = [
    "met",
    "meeting",
    "with",
    "visit",
    "to",
    "Anna",
    "and",
    ",",
    ".",
    "\n",
    "signed",
    "İ",
    "the",
    "call",
    "“",
    "talks",
]
ODD = {
    "open quotation marks": "“" * 20_000,
    "blanks": "the meeting" + " " * 20_000 + "with",
    "one long word": "meeting" * 5_000,
    "one trigger again and again": "met with " * 3_000,
    "commas": "visit to ," + ", " * 10_000,
    "right-to-left": "\u202e meeting \u202e" * 2_000,
    "capitals that grow in lower case": "İ met İ " * 2_000,
    "nothing": "",
    "blank lines": "\n" * 5_000,
}


def run(text: str) -> Corpus:
    analysis = Analysis(Document("d", text))
    analysis.sentences = sentences.find(analysis, LEXICON)
    start, names = 0, []
    while (start := text.find("Anna", start)) >= 0:
        names.append(PersonMention(Span(start, start + 4), "name", "odd", "Anna", "p"))
        start += 4
    analysis.people = names
    analysis.events = events.find(analysis, LEXICON)
    participation.resolve(analysis, LEXICON)
    corpus = Corpus([analysis])
    merging.resolve(corpus, LEXICON)
    for mention in analysis.events:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.trigger.of(text).strip() == mention.trigger.of(text) != ""
    return corpus


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts(text: str) -> None:
    run(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_order_of_words(text: str) -> None:
    run(text)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    run(text)
