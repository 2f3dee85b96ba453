"""Run the event specs: sentences with known people, places and times -> the events they tell."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.dayset import DaySet
from etl.extractors import events, sentences
from etl.lexicon import default_lexicon
from etl.model import Analysis, Corpus, Dating, Document, Expression, PersonMention, PlaceMention, Span, Timex
from etl.resolvers import merging, participation

SPECS = sorted((Path(__file__).parent / "specs").glob("events_*.toml"))
CASES = [case for path in SPECS for case in tomllib.loads(path.read_text("utf-8"))["case"]]
LEXICON = default_lexicon()
Found = dict[str, Any]


def occurrences(text: str, phrase: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(phrase)}\b", text)]


def person_id(name: str) -> str:
    return "person-" + name.lower().replace(" ", "-")


def timex(span: Span, edtf: str, phrase: str) -> Timex:
    days = DaySet.parse(edtf)
    day = re.search(r"\d+", phrase) if re.search(r"[^\W\d]", phrase) else None
    expression = Expression("calendar", day=int(day.group()) if day else None)
    return Timex(span, "DATE", edtf, "spec", expression, dating=Dating(days, "explicit", best=days.single))


def analysis_of(case: dict[str, Any], doc_id: str = "d") -> Analysis:
    text = case["text"]
    dct = DaySet.of(date.fromisoformat(case["dct"])) if "dct" in case else None
    analysis = Analysis(Document(doc_id, text, case.get("lang", "en"), dct=dct))
    analysis.sentences = sentences.find(analysis, LEXICON)
    people = [
        PersonMention(span, "name" if name else "office", "spec", name, person_id(name) if name else "")
        for name, forms in case.get("people", {}).items()
        for form in forms
        for span in occurrences(text, form)
    ]
    inner = [p for p in people if any(q.span.contains(p.span) and q.span != p.span for q in people)]
    analysis.people = sorted((p for p in people if p not in inner), key=lambda p: p.span)
    analysis.places = [
        PlaceMention(span, name, f"place-{name}", case.get("countries", {}).get(name, name[:2].upper()), kind, "spec")
        for name, kind in case.get("places", {}).items()
        for span in occurrences(text, name)
    ]
    analysis.timexes = [
        timex(span, edtf, phrase)
        for phrase, edtf in case.get("times", {}).items()
        for span in occurrences(text, phrase)
    ]
    analysis.dating = Dating(dct, "explicit") if dct else None
    analysis.events = events.find(analysis, LEXICON)
    participation.resolve(analysis, LEXICON)
    return analysis


def told(corpus: Corpus) -> list[Found]:
    rows = [
        {
            "kind": event.kind,
            "people": sorted(person.name for person in event.participants),
            "place": event.place,
            "date": event.dating.days.edtf() if event.dating else "",
            "status": event.status,
            "main": any(mention.main for _, mention in event.mentions),
            "_at": min((doc_id, mention.trigger) for doc_id, mention in event.mentions),
        }
        for event in corpus.events
    ]
    rows.sort(key=lambda row: row.pop("_at"))
    return rows


def expected(case: dict[str, Any]) -> list[Found]:
    defaults: Found = {"people": [], "place": "", "date": "", "status": "happened", "main": False}
    return [defaults | event | {"people": sorted(event.get("people", []))} for event in case["events"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_events_of_a_text(case: dict[str, Any]) -> None:
    corpus = Corpus([analysis_of(case)])
    merging.resolve(corpus, LEXICON)
    assert told(corpus) == expected(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_working_it_out_again_changes_nothing(case: dict[str, Any]) -> None:
    analysis = analysis_of(case)
    once = list(analysis.events)
    participation.resolve(analysis, LEXICON)
    assert analysis.events == once


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_spans_lie_in_the_text_and_are_short(case: dict[str, Any]) -> None:
    analysis = analysis_of(case)
    for mention in analysis.events:
        assert 0 <= mention.span.start < mention.span.end <= len(analysis.text)
        assert mention.span.end - mention.span.start <= events.LONGEST
        assert sum(other.main for other in analysis.events) <= 1
