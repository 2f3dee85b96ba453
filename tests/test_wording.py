"""Dates, notes and periods in plain words."""

from __future__ import annotations

from string import Formatter

import pytest

from dashboard.charts import wording
from dashboard.charts.texts import languages, texts
from etl.lexicon import default_lexicon
from etl.schema import TABLES

T = texts("en")


@pytest.mark.parametrize(
    ("edtf", "basis", "said"),
    [
        ("2024-10-09", "explicit", "9 October 2024, stated"),
        ("2022-12-19", "inferred", "19 December 2022, inferred"),
        (
            "2022-12-01/2022-12-10",
            "explicit",
            "some day from 1 December 2022 to 10 December 2022 (10 possible days), stated",
        ),
        (
            "[2013-05-06,2014-05-06,2015-05-06]",
            "inferred",
            "6 May of one of the years 2013–2015 (3 possible dates), inferred",
        ),
        ("[2022-12-05,2022-12-12]", "inferred", "one of 2 possible dates: 5 Dec 2022, 12 Dec 2022, inferred"),
        ("../2025-05-08", "inferred", "on or before 8 May 2025, inferred"),
        ("2025-05-08/..", "vague", "on or after 8 May 2025, vague"),
        (
            "[..2008-05-07,2012-05-07..]",
            "inferred",
            "on or before 7 May 2008, or on or after 7 May 2012, inferred",
        ),
        ("XXXX-05-06", "vague", "6 May, year unknown, vague"),
        ("XXXX-05", "vague", "May, year unknown, vague"),
        ("", "", "no usable date"),
        ("nonsense", "", "no usable date"),
    ],
)
def test_dates_in_plain_words(edtf: str, basis: str, said: str) -> None:
    assert wording.date_sentence({"edtf": edtf, "basis": basis}, T) == said


def test_notes_are_read_without_edtf() -> None:
    note = "Counted from ([2013-05-06/2013-05-09,2014-05-06/2014-05-09]), not from 2012-11-06."
    said = "Counted from (6–9 May of one of the years 2013, 2014 (8 possible dates)), not from 6 November 2012."
    assert wording.readable(note, T) == (said, "en")


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            "Vladimir Putin became Russian President on 1999-12-31; the text gives this office.",
            "Vladimir Putin: Russian President с 31 декабря 1999; текст называет эту должность.",
        ),
        (
            (
                "Set aside, because better clues leave only 2022-02-24 until today: "
                'A label marks the day as the document\'s own: "2021-05-06".'
            ),
            (
                "Отложено, более надёжные сведения оставляют лишь это: с 24 февраля 2022 до сих пор. "
                "Пометка называет день самого документа: «6 мая 2021»."
            ),
        ),
        ("It is told as past, without a date.", "О нём говорится как о прошедшем, без даты."),
    ],
)
def test_notes_are_read_in_the_language_of_the_page(note: str, said: str) -> None:
    assert wording.readable(note, texts("ru")) == (said, "ru")


def test_a_note_that_no_template_fits_stays_english_with_its_days() -> None:
    assert wording.readable("Told on 2021-05-06 by a rule.", texts("ru")) == ("Told on 6 May 2021 by a rule.", "en")


def test_every_rule_and_every_table_of_the_extraction_is_told_in_russian() -> None:
    templates = {row["note"] for row in default_lexicon().facts("dating_rules")}
    named = {name.replace("_", " ") for name in TABLES} | {table.meaning for table in TABLES.values()}
    untold = {told for told in templates | named if texts("ru").note(told) is None}
    assert not untold


@pytest.mark.parametrize("lang", languages())
def test_a_translated_note_has_only_fields_that_are_told(lang: str) -> None:
    for pattern, here in texts(lang).notes:
        assert {name for _, name, _, _ in Formatter().parse(here) if name} <= set(pattern.groupindex)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2022", "2022"),
        ("2022-01/2022-06", "Jan – Jun 2022"),
        ("2022-12", "Dec 2022"),
        ("XXXX-01/XXXX-06", "Jan – Jun, year not stated"),
        ("", "period not stated"),
    ],
)
def test_periods_in_plain_words(period: str, said: str) -> None:
    assert wording.period_label(period, T) == said
