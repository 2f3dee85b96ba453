"""Odd texts: no exception, no hang, no date that no calendar has; spans always exact."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.dayset import DaySet
from etl.extractors import temporal
from etl.extractors.temporal import foreign
from etl.extractors.temporal.grammar import _words, grammar_for
from etl.extractors.temporal.tokens import tokenise
from etl.lexicon import default_lexicon
from etl.model import Analysis, Dating, Document, Timex
from etl.resolvers import anchoring

WORDS = (
    *(
        "on",
        "Monday",
        "6",
        "May",
        "31",
        "February",
        "2024",
        "0",
        "9999",
        "1",
        "of",
        "last",
        "year",
        "the",
        "next",
        "-",
        "–",
    ),
    *(
        "week",
        "ago",
        "three",
        "hundred",
        "thousand",
        "from",
        "to",
        "\n\n",
        "12:30",
        "p.m.",
        "noon",
        "1990s",
        "'90s",
        "BC",
        "/",
    ),
    *(
        "29",
        "century",
        "quarter",
        "a",
        "half",
        ",",
        ".",
        "5/12",
        "04.05.2024",
        "2023-02-30",
        "99999999999",
        "May-",
        "day",
    ),
    *(
        "9",
        "2.5",
        "years",
        "полтора",
        "1.5",
        "октября",
        "года",
        "в",
        "понедельник",
        "прошлом",
        "году",
        "по",
        "с",
        "назад",
        "12345678",
        "year-end",
        "²",
        "\u2028",
    ),
)
ODD = {
    "on": "on " * 50_000,
    "digits": "7" * 50_000,
    "may": "May may " * 20_000,
    "dashes": "2024-" * 12_500,
    "slashes": "1/2/" * 12_500,
    "spaces": " \n" * 30_000,
    "commas": "1,234" * 12_500,
    "first": "the first of the " * 10_000,
    "months": "January to March and " * 2_500,
    "foreign": " ".join(f"3 wort{chr(97 + i % 26)}{chr(97 + i // 26 % 26)} 1990" for i in range(1_000)),
    "letters": "a.b.c." * 20_000,
}


def run(text: str, lang: str, day: date | None) -> list[Timex]:
    analysis = Analysis(Document("x", text, lang=lang))
    analysis.dating = Dating(DaySet.of(day), "explicit") if day else None
    analysis.timexes = temporal.find(analysis, default_lexicon())
    anchoring.resolve(analysis, default_lexicon())
    return analysis.timexes


def check(text: str, timexes: list[Timex]) -> None:
    end = 0
    for timex in timexes:
        assert end <= timex.span.start < timex.span.end <= len(text)
        assert timex.span.of(text) == timex.span.of(text).strip() != ""
        assert timex.value
        assert timex.rule
        if timex.dating is not None:
            assert timex.dating.days
            assert DaySet.parse(timex.dating.days.edtf())
        end = timex.span.end


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from(("en", "ru")), st.none() | st.dates())
def test_any_words_give_exact_spans_and_real_days(words: list[str], lang: str, day: date | None) -> None:
    text = " ".join(words)
    check(text, run(text, lang, day))


ASSUMED = (
    None,
    DaySet.of(date(2024, 2, 29)),
    DaySet.of(date.min),
    DaySet.of(date.max),
    DaySet.of(date(2013, 5, 6), date(2014, 5, 6)),
    DaySet.between(date(2010, 1, 1), date(2016, 1, 1)),
    DaySet.between(None, date(2000, 1, 1)),
)
KNOWN = {lang: sorted(_words(default_lexicon().topic(lang, "temporal"))) for lang in ("en", "ru")}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(("en", "ru")), st.sampled_from(ASSUMED))
def test_any_words_of_the_rules_under_any_document_date(data: st.DataObject, lang: str, days: DaySet | None) -> None:
    words = data.draw(st.lists(st.sampled_from(KNOWN[lang]) | st.sampled_from(WORDS), max_size=30))
    analysis = Analysis(Document("x", " ".join(words), lang=lang))
    analysis.dating = Dating(days, "explicit") if days else None
    analysis.timexes = temporal.find(analysis, default_lexicon())
    anchoring.resolve(analysis, default_lexicon())
    check(analysis.text, analysis.timexes)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_what_its_tokens_say(text: str) -> None:
    tokens = tokenise(text, grammar_for(default_lexicon(), "en").alphabet)
    assert "".join(tokens.pieces) == text
    assert len(tokens.letters) == len(tokens.pieces)
    check(text, run(text, "en", date(2024, 2, 29)))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_take_no_time(text: str) -> None:
    started = time.process_time()
    check(text, run(text, "en", date(2020, 5, 5)))
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2024",
        "on 30 February",
        "year 0",
        "the early 1st century",
        "in the late 100th century",
        "99 centuries ago",
        "the 99th century",
        "31.02.2024",
        "2023-02-30",
        "June 31, 1990",
    ],
)
def test_days_that_no_calendar_has_are_not_invented(text: str) -> None:
    days = [timex.dating.days for timex in run(text, "en", date(2020, 5, 5)) if timex.dating]
    assert not [found for found in days if found.single]


def test_time_grows_with_the_text_only() -> None:
    piece = "On Monday, 6 May 2013, they met; last year they had parted, and in early June talks resume. " * 200
    run(piece, "en", date(2020, 5, 5))

    def seconds(text: str) -> float:
        spent = []
        for _ in range(3):  # the least of three: other programs disturb the longer runs more
            started = time.process_time()
            run(text, "en", date(2020, 5, 5))
            spent.append(time.process_time() - started)
        return min(spent)

    assert seconds(piece * 4) < 4 * 3 * max(seconds(piece), 0.01)


def test_a_weekday_chooses_among_the_years_of_a_document_of_many_days() -> None:
    days = DaySet.between(date(2024, 8, 1), date(2025, 7, 17))
    analysis = Analysis(Document("d", "On Tuesday, 12 November, they met.", dct=days))
    analysis.timexes = temporal.find(analysis, default_lexicon())
    analysis.dating = Dating(days, "inferred")
    anchoring.resolve(analysis, default_lexicon())
    (timex,) = analysis.timexes
    assert timex.value == "2024-11-12"
    assert timex.dating is not None
    assert timex.dating.days.single == date(2024, 11, 12)


def test_the_likely_days_of_a_document_give_the_likely_days_of_its_phrases() -> None:
    days = DaySet.between(date(2022, 12, 5), date(2022, 12, 31)) | DaySet.between(date(2023, 12, 5), date(2023, 12, 31))
    likely = DaySet.between(date(2022, 12, 5), date(2022, 12, 29))
    analysis = Analysis(Document("d", "They met on Monday, 3 years after the fair of 9 May 2014."))
    analysis.timexes = temporal.find(analysis, default_lexicon())
    analysis.dating = Dating(days, "inferred", likely=likely)
    anchoring.resolve(analysis, default_lexicon())
    monday, *_, fair = (timex.dating for timex in analysis.timexes if timex.dating)
    assert monday.likely == DaySet.of(*(date(2022, 12, day) for day in (5, 12, 19, 26)))
    assert fair.likely is None


def test_words_of_the_language_itself_are_not_asked_about_as_foreign_months(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(word: str) -> int:
        raise AssertionError(word)

    monkeypatch.setattr(foreign, "month_named", asked)
    assert [timex.value for timex in run("They lost 11 since 2022.", "en", None)] == ["2022"]
