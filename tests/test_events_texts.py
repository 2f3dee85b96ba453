"""Events of whole invented texts, through the whole pipeline: earlier meetings, chronicles, open years."""

from __future__ import annotations

from datetime import date

from etl import pipeline
from etl.dayset import DaySet
from etl.lexicon import default_lexicon
from etl.model import Analysis, Document

LEXICON = default_lexicon()


def analyse(text: str, dct: date | None = None, lang: str = "en") -> Analysis:
    return pipeline.analyse(Document("d", text, lang, dct=DaySet.of(dct) if dct else None), LEXICON)


def told(text: str, dct: date | None = None, lang: str = "en") -> list[tuple[str, list[str], str, str]]:
    """Return (kind, participants, place, EDTF of the days) of every telling, in text order."""
    return [
        (
            mention.kind,
            sorted(person.name for person in mention.participants),
            mention.place,
            mention.dating.days.edtf() if mention.dating else "",
        )
        for mention in sorted(analyse(text, dct, lang).events, key=lambda mention: mention.trigger)
    ]


def test_where_the_two_last_met_is_another_event() -> None:
    text = (
        "Chancellor Anna Berg met Prime Minister Jose Ortiz in Berlin today. "
        "The two heads of government last met in Warsaw in May."
    )
    pair = ["Anna Berg", "Jose Ortiz"]
    assert told(text, date(2025, 12, 2)) == [
        ("meeting", pair, "Berlin", "2025-12-02"),
        ("meeting", pair, "Warsaw", "2025-05"),
    ]


def test_the_place_of_an_earlier_meeting_is_not_that_of_this_one() -> None:
    text = (
        "Президент Киргизии Садыр Жапаров сегодня принял министра обороны РФ Андрея Белоусова. "
        "Президенты последний раз встречались в Москве 8 мая."
    )
    first, second = told(text, date(2024, 5, 27), "ru")
    assert (first[2], first[3], second[2], second[3]) == ("", "2024-05-27", "Moscow", "2024-05-08")
    assert second[1] == []  # a president and a minister are not "the presidents"


def test_entries_of_a_chronicle_bear_their_days() -> None:
    text = (
        "Chronicle of the strike\n\n12 May 2019. The strike begins. Anna Berg met with Jose Ortiz.\n"
        "13 May. No ships came.\n17 May. Agreement at last. Berg and Ortiz signed a memorandum at 11 p.m."
    )
    assert [(kind, days) for kind, _, _, days in told(text)] == [
        ("meeting", "2019-05-12"),
        ("signing", "2019-05-17"),
    ]


def test_a_weekday_of_an_open_year_is_not_the_day_of_the_report() -> None:
    text = "Oldport, 2 December. Chancellor Friedrich Merz met Anna Berg in Berlin on Monday."
    (mention,) = analyse(text).events
    assert mention.dating is not None
    assert date(2025, 12, 1) in mention.dating.days
    assert mention.dating.best is None


def test_the_minister_is_whom_the_text_calls_so() -> None:
    text = (
        "Ports Minister Jose Ortiz met President Maithripala Sirisena in May 2019. Then he went. "
        '"Nobody has won," says the minister.'
    )
    (quote,) = analyse(text).quotes
    assert quote.speaker == "Jose Ortiz"


def test_two_days_told_in_one_breath_are_one_event() -> None:
    text = "President Jose Ortiz paid an official visit to Norway on 21 and 22 August 2023."
    assert [(kind, day) for kind, _, _, day in told(text, date(2023, 8, 22))] == [("visit", "2023-08-21/2023-08-22")]


def test_what_somebody_was_told_would_happen_is_planned() -> None:
    text = "Karl Dahl told me that President Anna Berg and President Jose Ortiz would meet in Washington soon."
    (mention,) = analyse(text, date(2024, 2, 9)).events
    assert (mention.kind, mention.status) == ("meeting", "planned")


def test_a_counterpart_is_the_one_of_that_country_who_is_named() -> None:
    text = (
        "Prime Minister of Georgia Irakli Kobakhidze spoke with President of Azerbaijan Ilham Aliyev in June 2024. "
        'Kobakhidze was brief; his Azerbaijani counterpart spoke of "a matter of weeks".'
    )
    (quote,) = analyse(text).quotes
    assert quote.speaker == "Ilham Aliyev"
