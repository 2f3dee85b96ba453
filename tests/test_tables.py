"""From records to rows: ids, columns, reasons, and the exact wording for any text whatever."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import pipeline
from etl.dayset import DaySet
from etl.lexicon import default_lexicon
from etl.model import (
    Analysis,
    Corpus,
    Dating,
    Document,
    Event,
    EventMention,
    Evidence,
    Figure,
    Participant,
    PersonMention,
    Quote,
    Span,
    figure_id,
)
from etl.schema import TABLES
from etl.tables import Tables, make

FIRST = "Ola Berg met Kari Dahl in Oslo on 3 May. “We trade 5 boats,” she said."
SECOND = "Berg and Dahl had met in spring."
MET, DAY = Span(9, 12), Span(34, 39)


def corpus() -> Corpus:
    berg = Participant("berg", "Ola Berg", "participant", Span(0, 8), "people.name")
    dahl = Participant("dahl", "Kari Dahl", "participant", Span(13, 22), "people.name")
    later = Participant("dahl", "Kari Dahl", "participant", Span(9, 13), "people.surname")
    days = Dating(
        DaySet.of(date(2018, 5, 3), date(2019, 5, 3)),
        "inferred",
        (
            Evidence("text", "day-month", "The clause says so.", DAY, days=DaySet.parse("XXXX-05-03"), days_left=2),
            Evidence("knowledge", "office", "He was minister.", source="offices.csv, line 3", verified=False),
            Evidence("corpus", "same-event", "The other text says spring.", Span(25, 31), doc_id="doc-b"),
        ),
        likely=DaySet.day(2019, 5, 3),
        best=date(2019, 5, 3),
    )
    told = EventMention("meeting", Span(0, 40), MET, "meeting.meet", participants=(berg, dahl), dating=days, main=True)
    again = EventMention("meeting", Span(0, 32), Span(18, 21), "meeting.meet", participants=(later,))
    event = Event(
        *("event-1", "meeting", "Berg – Dahl: meeting", "happened", (dahl, berg), "Oslo", "oslo", days),
        mentions=(("doc-a", told), ("doc-b", again)),
    )
    first = Analysis(
        Document("doc-a", FIRST, name="a.txt"),
        people=[PersonMention(Span(0, 8), "name", "people.name", name="Ola Berg", person_id="berg")],
        quotes=[Quote(Span(42, 58), "marks", "quotes.marks", speaker="Kari Dahl", cue=Span(61, 69))],
        figures=[
            Figure(Span(51, 58), "count", value=5.0, unit="boat", compared_with="figure-x"),
            Figure(Span(51, 52), "range", value_min=1.0, value_max=2.0),
        ],
        dating=days,
    )
    second = Analysis(Document("doc-b", SECOND, name="b.txt"))
    return Corpus([first, second], [event], {("doc-a", Span(42, 58)): "event-1", ("doc-a", Span(51, 58)): "event-1"})


@pytest.fixture(scope="module")
def tables() -> Tables:
    return make(corpus())


def test_an_event_has_its_tellings_and_participants(tables: Tables) -> None:
    event = tables.events.iloc[0]
    assert event["participants"] == "Kari Dahl; Ola Berg"
    assert event["participant_ids"] == "dahl; berg"
    assert (event["n_documents"], event["n_quotes"], event["n_figures"]) == (2, 1, 1)
    assert event["exact"] == FIRST[:40]
    assert event["main"]
    assert list(tables.event_mentions["doc_id"]) == ["doc-a", "doc-b"]
    assert list(tables.event_mentions["trigger_start"]) == [9, 18]
    assert list(tables.participants["exact"]) == ["Kari Dahl", "Ola Berg"]


def test_a_date_keeps_possible_likely_and_best_apart(tables: Tables) -> None:
    event = tables.events.iloc[0]
    assert event["edtf"] == "[2018-05-03,2019-05-03]"
    assert (event["earliest"], event["latest"], event["n_days"]) == ("2018-05-03", "2019-05-03", 2)
    assert event["likely_earliest"] == event["likely_latest"] == event["best"] == "2019-05-03"
    undated = tables.event_mentions.iloc[1]
    assert undated["edtf"] == undated["basis"] == ""
    assert pd.isna(undated["n_days"])


def test_quotes_and_figures_know_their_event(tables: Tables) -> None:
    assert list(tables.quotes["event_id"]) == ["event-1"]
    assert list(tables.quotes["cue"]) == ["she said"]
    assert list(tables.figures["event_id"]) == ["event-1", ""]
    assert list(tables.figures["compared_with"]) == ["figure-x", ""]
    assert tables.figures["figure_id"].iloc[0] == figure_id("doc-a", corpus().analyses[0].figures[0])
    assert list(tables.figures["value"].isna()) == [False, True]


def test_reasons_stand_in_order_with_their_words(tables: Tables) -> None:
    reasons = tables.evidence_for("events", "event-1")
    assert list(reasons["step"]) == [0, 1, 2, 3]
    assert list(reasons["exact"]) == ["met", "3 May", "", "spring"]
    assert list(reasons["doc_id"]) == ["doc-a", "doc-a", "", "doc-b"]
    assert list(reasons["verified"]) == [True, True, False, True]
    assert list(reasons["days"]) == ["", "XXXX-05-03", "", ""]
    assert reasons["days_left"].tolist()[1] == 2
    # the words of a document that comes later in the corpus
    assert "spring" in list(tables.evidence_for("documents", "doc-a")["exact"])
    assert "Nothing in the text" in tables.evidence_for("documents", "doc-b")["note"].item()


def test_ids_depend_on_content_only(tables: Tables) -> None:
    other = corpus()
    other.analyses.reverse()
    again = make(other)
    for name, table in TABLES.items():
        assert set(again.frames[name][table.key]) == set(tables.frames[name][table.key])


def test_a_row_found_twice_is_kept_once() -> None:
    double = corpus()
    double.analyses[0].quotes *= 2
    made = make(double)
    assert len(made.quotes) == 1
    assert made.events["n_quotes"].item() == 1


def test_wrong_offsets_stop_the_build() -> None:
    wrong = corpus()
    wrong.analyses[0].quotes = [Quote(Span(42, 999), "marks", "quotes.marks")]
    with pytest.raises(ValueError, match=r"table quotes: doc-a\[42:999\]"):
        make(wrong)


def test_an_empty_corpus_has_all_tables() -> None:
    made = make(Corpus([]))
    assert [len(frame) for frame in made.frames.values()] == [0] * len(TABLES)


# what texts of our kind are made of, and what should not be there
PIECES = st.sampled_from(
    [
        *("President of Russia Vladimir Putin", "Lukashenko", "the Foreign Minister", "he", "Xi Jinping", "Mr"),
        *("met with", "will visit", "signed", "said:", "told reporters", "has not met", "Путин", "встретился с"),
        *("on Monday", "on 9 October 2024", "6 May", "last year", "in early December", "9/11/2001", "in 31 February"),
        *("in Minsk", "at the Kremlin", "Belarus", "the United States", "over $51 billion", "5.7 percent", "$44-45 bn"),
        *("“", "”", '"', "«", "»", "'", ".", ",", ";", "\n", "\n\n", "Vladimir Putin: ", "(", ")", "—", "…", "* * *"),
        *("\u0301", "\U0001f600", "\u200b", "\x00", "\ufeff", "İ", "ﬁ", "1" * 40, "A.B.C.", "http://a.b/2024/10/09"),
    ]
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(PIECES | st.text(max_size=6), max_size=40).map(" ".join), min_size=1, max_size=2, unique=True))
def test_any_text_gives_exact_rows(texts: list[str]) -> None:
    lexicon = default_lexicon()
    documents = [Document(f"doc-{number}", text) for number, text in enumerate(texts)]
    analyses = [pipeline.analyse(document, lexicon) for document in documents]
    made = make(pipeline.combine(analyses, lexicon))  # raises when a row's words are not at its offsets
    known = set(made.events["event_id"])
    for name in ("quotes", "figures"):
        assert set(made.frames[name]["event_id"]) <= known | {""}
    for frame in made.frames.values():
        if "edtf" in frame:
            for edtf in frame["edtf"]:
                DaySet.parse(edtf)
