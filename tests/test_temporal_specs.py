"""Date phrases as rows: text, the document's day, and the words, TIMEX3 values and days that must come out."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.dayset import DaySet
from etl.extractors import places, sentences, temporal
from etl.lexicon import default_lexicon
from etl.model import Analysis, Dating, Document, Timex
from etl.resolvers import anchoring

SPECS = Path(__file__).parent / "specs"
Row = dict[str, Any]


def rows(lang: str) -> list[Row]:
    return tomllib.loads((SPECS / f"temporal_{lang}.toml").read_text("utf-8"))["case"]


def anchored(text: str, lang: str, days: DaySet | None) -> list[Timex]:
    analysis = Analysis(Document("x", text, lang=lang))
    analysis.sentences = sentences.find(analysis, default_lexicon())
    analysis.places = places.find(analysis, default_lexicon())
    analysis.dating = Dating(days, "explicit") if days else None
    analysis.timexes = temporal.find(analysis, default_lexicon())
    anchoring.resolve(analysis, default_lexicon())
    return analysis.timexes


def cases() -> list[Any]:
    out = []
    for lang in ("en", "ru"):
        for row in rows(lang):
            marks = [pytest.mark.xfail(reason=row["gap"])] if "gap" in row else []
            out.append(pytest.param(lang, row, marks=marks, id=f"{lang}-{row['text'][:40]}-{row['dct']}"))
    return out


@pytest.mark.parametrize(("lang", "row"), cases())
def test_row(lang: str, row: Row) -> None:
    days = DaySet.of(date.fromisoformat(row["dct"])) if row["dct"] else None
    found = anchored(row["text"], lang, days)
    told = [
        [timex.span.of(row["text"]), timex.value, timex.dating.days.edtf() if timex.dating else ""] for timex in found
    ]
    assert told == row["expect"]


def tenses() -> list[Any]:
    out = []
    for row in tomllib.loads((SPECS / "tense.toml").read_text("utf-8"))["case"]:
        marks = [pytest.mark.xfail(reason=row["gap"], strict=True)] if "gap" in row else []
        out.append(pytest.param(row, marks=marks, id=row["text"][:50]))
    return out


@pytest.mark.parametrize("row", tenses())
def test_tense(row: Row) -> None:
    start = row["text"].index(row["words"])
    end = start + len(row["words"])
    (told,) = [
        timex.expression.tense
        for timex in anchored(row["text"], row["lang"], None)
        if timex.span.start < end and start < timex.span.end
    ]
    assert told == row["tense"]


def test_there_are_rows_enough() -> None:
    assert len(rows("en")) >= 100
    assert len(rows("ru")) >= 60


def test_an_unsure_document_date_gives_an_unsure_but_correct_date() -> None:
    mays = DaySet.of(*(date(year, 5, 6) for year in range(2013, 2024)))
    text = "They met today, on 6 May. On 10 October they had signed the accord. Next year talks go on."
    today, may, october, following = anchored(text, "en", mays)
    assert today.dating is not None
    assert today.dating.days == mays
    assert may.value == "XXXX-05-06"
    assert may.dating is not None
    assert may.dating.days == mays
    assert october.dating is not None
    assert october.dating.days == DaySet.of(*(date(year, 10, 10) for year in range(2012, 2023)))
    assert following.dating is not None
    assert following.dating.days == DaySet.between(date(2014, 1, 1), date(2024, 12, 31))


def test_a_document_date_open_to_the_future_bounds_what_is_told_without_a_year() -> None:
    since = DaySet.between(date(2023, 3, 20), None)
    past, planned = anchored("They met on 14 March. They will meet on 5 February.", "en", since)
    assert past.dating is not None
    assert planned.dating is not None
    assert past.dating.days.edtf() == "[2023-03-14,2024-03-14,2025-03-14,2026-03-14..]"
    assert planned.dating.days.edtf() == "[2024-02-05,2025-02-05,2026-02-05,2027-02-05..]"


def test_the_candidates_of_a_range_stay_paired() -> None:
    sure = DaySet.of(date(2020, 5, 1), date(2022, 5, 1))
    start, _ = anchored("The fair was held from 5 to 9 April.", "en", sure)
    assert start.dating is not None
    assert start.dating.days.edtf() == "[2020-04-05..2020-04-09,2022-04-05..2022-04-09]"


def test_an_open_document_date_leaves_the_year_open() -> None:
    (timex,) = anchored("They met on 6 May.", "en", DaySet.between(None, date(2020, 1, 1)))
    assert timex.value == "XXXX-05-06"
    assert timex.dating is not None
    assert date(1955, 5, 6) in timex.dating.days


def test_anchoring_starts_anew_when_the_document_date_changes() -> None:
    analysis = Analysis(Document("x", "They met on 6 May, last week and recently."))
    analysis.timexes = temporal.find(analysis, default_lexicon())
    outcomes = []
    for year in (2020, 2021, 2020):
        analysis.dating = Dating(DaySet.of(date(year, 6, 1)), "explicit")
        anchoring.resolve(analysis, default_lexicon())
        anchoring.resolve(analysis, default_lexicon())
        outcomes.append(list(analysis.timexes))
    assert outcomes[0] == outcomes[2] != outcomes[1]
    assert [timex.value for timex in outcomes[1]] == ["2021-05-06", "2021-W21", "PAST_REF"]


def test_vague_words_never_reach_the_calendar() -> None:
    text = "Now, recently, soon, in the future and for several years."
    assert all(timex.dating is None for timex in anchored(text, "en", DaySet.of(date(2020, 1, 1))))


def test_every_dating_says_why() -> None:
    text = "On 6 May 2013 they met, on Monday they parted; last year was hard."
    for timex in anchored(text, "en", DaySet.of(date(2020, 1, 1))):
        assert timex.dating is not None
        (evidence,) = timex.dating.evidence
        assert evidence.rule == timex.rule
        assert timex.span.of(text) in evidence.note
        assert evidence.days == timex.dating.days


def test_a_long_stretch_of_possible_dates_still_dates_months_and_years() -> None:
    term = DaySet.between(date(2012, 1, 10), date(2017, 6, 1))
    day, year, monday = anchored("They met on 23 October and again this year, on Monday.", "en", term)
    assert day.dating is not None
    assert day.dating.days == DaySet.of(*(date(y, 10, 23) for y in range(2011, 2017)))
    assert year.dating is not None
    assert year.dating.days == DaySet.between(date(2012, 1, 1), date(2017, 12, 31))
    assert monday.dating is None
