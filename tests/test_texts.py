"""Run the specs of whole texts: agency reports, read-outs, diaries and transcripts, in English and Russian."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import pipeline
from etl.dayset import DaySet
from etl.lexicon import default_lexicon
from etl.model import Analysis, Document, Event

TEXTS = tomllib.loads((Path(__file__).parent / "specs" / "texts.toml").read_text("utf-8"))["text"]
LEXICON = default_lexicon()


def analysed(case: dict[str, Any]) -> Analysis:
    dct = DaySet.of(date.fromisoformat(case["dct"]))
    return pipeline.analyse(Document("d", case["text"], case.get("lang", "en"), dct=dct), LEXICON)


def line(event: Event) -> str:
    people = ", ".join(sorted(person.name for person in event.participants))
    days = event.dating.days.edtf() if event.dating else ""
    return f"{event.kind} {event.status} | {people} | {event.place} | {days}"


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["name"])
def test_a_text_gives_its_events_and_quotes(case: dict[str, Any]) -> None:
    analysis = analysed(case)
    told = pipeline.combine([analysis], LEXICON).events
    told = sorted(told, key=lambda event: min(mention.trigger for _, mention in event.mentions))
    assert [line(event) for event in told] == case["events"]
    said = [f"{quote.span.of(analysis.text)} | {quote.speaker}" for quote in analysis.quotes if quote.mode == "marks"]
    assert said == case.get("quotes", [])
    if case.get("nobody"):
        assert not [person.name for person in analysis.people if person.name]
