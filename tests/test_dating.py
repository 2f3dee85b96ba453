"""Check what dates a document: every rule on its own, whole texts, contradictions, metadata and bad knowledge."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from etl.dayset import EVER, DaySet
from etl.errors import LexiconError
from etl.extractors import people, places, sentences, temporal
from etl.lexicon import Lexicon, default_lexicon
from etl.model import Analysis, Document
from etl.resolvers import dating
from etl.resolvers.dating.clues import Clue, around
from etl.resolvers.dating.finders.world.holidays import easter, orthodox_easter
from etl.resolvers.dating.finders.world.numerals import numerals

HERE = Path(__file__).parent
RULES = tomllib.loads((HERE / "specs/dating_rules.toml").read_text("utf-8"))
TEXTS = tomllib.loads((HERE / "specs/dating_texts.toml").read_text("utf-8"))["text"]
SEEDS = {path.name[:3]: path.read_text("utf-8") for path in HERE.parent.glob("data/seeds/*.txt")}
METADATA_RULES = {"published", "url_date", "file_name_date", "modified"}
TRAVELLER = {"person": "Anna Berg", "home": "NO", "country": "PE", "list": "some", "visits": "2012-05-07"}
CORPUS_RULES = {"same_quote", "same_event", "same_event_earlier"}


def analysed(text: str, lang: str = "en", **more: object) -> Analysis:
    lexicon = default_lexicon()
    analysis = Analysis(Document("d", text, lang, **more))  # type: ignore[arg-type]
    analysis.sentences = sentences.find(analysis, lexicon)
    analysis.timexes = temporal.find(analysis, lexicon)
    analysis.places = places.find(analysis, lexicon)
    analysis.people = people.find(analysis, lexicon)
    return analysis


@cache
def dated(text: str, lang: str = "en") -> Analysis:
    analysis = analysed(text, lang)
    dating.resolve(analysis, default_lexicon())
    return analysis


def clues(text: str, rule: str) -> list[Clue]:
    return [clue for clue in dating.find(analysed(text), default_lexicon()) if clue.rule == rule]


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_every_rule_has_an_example_and_a_counter_example() -> None:
    rules = {row["rule"] for row in default_lexicon().facts("dating_rules")} - METADATA_RULES - CORPUS_RULES
    assert rules == set(RULES)
    assert all(spec["example"] and spec["counter"] for spec in RULES.values())


@pytest.mark.parametrize("rule", RULES)
def test_rule_speaks_where_it_should(rule: str) -> None:
    spec = RULES[rule]
    found = clues(spec["example"], rule)
    assert found, "the rule does not speak"
    allowed = found[0].days
    if "days" in spec:
        assert allowed.edtf() == spec["days"]
    if "has" in spec:
        assert day(spec["has"]) in allowed
    if "lacks" in spec:
        assert day(spec["lacks"]) not in allowed


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_silent_where_it_should_be(rule: str) -> None:
    assert not clues(RULES[rule]["counter"], rule)


@pytest.mark.parametrize("rule", RULES)
def test_clues_quote_the_text_exactly(rule: str) -> None:
    for clue in dating.find(analysed(RULES[rule]["example"]), default_lexicon()):
        assert clue.span is None or 0 <= clue.span.start < clue.span.end <= len(RULES[rule]["example"])
        assert clue.note.endswith((".", "?", "!"))


@pytest.mark.parametrize("spec", TEXTS, ids=lambda spec: spec["name"])
def test_whole_texts(spec: dict[str, object]) -> None:
    result = dated(str(spec["text"]), str(spec.get("lang", "en"))).dating
    if spec.get("unknown"):
        assert result is None
        return
    assert result is not None
    for text in spec.get("holds", []):  # type: ignore[attr-defined]
        assert day(text) in result.days, text
    for text in spec.get("excludes", []):  # type: ignore[attr-defined]
        assert day(text) not in result.days, text
    if "best" in spec:
        assert result.best == (day(str(spec["best"])) if spec["best"] else None)
    if "conflict" in spec:
        assert spec["conflict"] in {step.rule for step in result.evidence if step.kind == "conflict"}


def test_the_founding_documents_are_dated_by_their_clues() -> None:
    patrushev = dated(SEEDS["000"]).dating
    assert patrushev is not None
    notes = " ".join(step.note for step in patrushev.evidence)
    assert "Patrushev" in notes
    assert "Shoigu" in notes
    assert [year for year in range(2005, 2030) if date(year, 5, 6) in patrushev.days] == list(range(2013, 2025))
    rogozin = dated(SEEDS["001"]).dating
    assert rogozin is not None
    assert [year for year in range(2005, 2030) if date(year, 10, 23) in rogozin.days] == list(range(2012, 2018))
    moscow = dated(SEEDS["002"]).dating
    assert moscow is not None
    assert moscow.days.earliest == date(2025, 1, 1)
    assert date(2025, 3, 13) in moscow.days
    assert date(2025, 6, 1) not in moscow.days
    kremlin = dated(SEEDS["003"]).dating
    assert kremlin is not None
    assert (kremlin.best, kremlin.basis) == (date(2024, 10, 9), "explicit")
    minsk = dated(SEEDS["004"]).dating
    assert minsk is not None
    assert date(2022, 12, 19) in minsk.days
    assert date(2022, 10, 1) not in minsk.days
    assert moscow.likely is not None
    assert date(2025, 3, 13) in moscow.likely


def test_likely_days_are_possible_and_the_funnel_narrows() -> None:
    for text in SEEDS.values():
        result = dated(text).dating
        assert result is not None
        assert result.likely is not None
        assert result.likely & result.days == result.likely
        counts = [step.days_left for step in result.evidence if step.days_left is not None]
        assert counts == sorted(counts, reverse=True) or counts[:-1] == sorted(counts[:-1], reverse=True)


def test_a_given_date_wins_and_the_contradiction_is_reported() -> None:
    given = DaySet.of(date(1990, 1, 5))
    analysis = analysed("Prime Minister Tony Blair opened the bridge.", dct=given)
    dating.resolve(analysis, default_lexicon())
    assert analysis.dating is not None
    assert analysis.dating.days == given
    assert {"office_since"} == {step.rule for step in analysis.dating.evidence if step.kind == "conflict"}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("published", "2019-03-04T10:00:00+01:00", "2019-03-04"),
        ("published", "Mon, 4 Mar 2019 10:00:00 +0100", "2019-03-04"),
        ("url", "https://example.org/2019/03/04/bridge", "2019-03-04"),
        ("url", "https://example.org/2019/03/bridge", "2019-03"),
        ("file_name", "20190304_bridge.txt", "2019-03-04"),
        ("modified", "2019-03-04", "../2019-03-04"),
        ("published", "yesterday", ""),
    ],
)
def test_metadata_dates_the_document(field: str, value: str, expected: str) -> None:
    analysis = analysed("The bridge was opened.", metadata={field: value})
    dating.resolve(analysis, default_lexicon())
    assert (analysis.dating.days.edtf() if analysis.dating else "") == expected


def test_a_family_of_clues_can_be_switched_off() -> None:
    analysis = analysed("Prime Minister Tony Blair opened the bridge.")
    dating.resolve(analysis, default_lexicon(), without={"offices"})
    assert analysis.dating is None


def test_order_of_clues_does_not_matter() -> None:
    found = dating.find(analysed(SEEDS["004"]), default_lexicon())
    assert dating.date_by(found, default_lexicon()) == dating.date_by(found[::-1], default_lexicon())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two thousand twenty-six", 2026),
        ("twenty-eighth", 28),
        ("nineteen forty-five", 1945),
        ("two hundred and forty-ninth", 249),
        ("80th", 80),
        ("seventy‑five", 75),
        ("the bridge", None),
        ("", None),
    ],
)
def test_numbers_in_words(text: str, value: int | None) -> None:
    assert default_lexicon().once_in("en", numerals).value(text) == value


def test_easter_of_both_churches() -> None:
    assert [easter(year).isoformat() for year in (1961, 2008, 2024)] == ["1961-04-02", "2008-03-23", "2024-03-31"]
    assert [orthodox_easter(year).isoformat() for year in (2010, 2021, 2024)] == [
        "2010-04-04",
        "2021-05-02",
        "2024-05-05",
    ]


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("dated_facts", {"en": "new thing", "not_before": "2010", "not_after": "2009"}, "not_after lies before"),
        ("dated_facts", {"en": "new thing", "not_before": "soon"}, "soon"),
        ("dated_facts", {"en": "...", "not_before": "2010"}, "does not begin with a word"),
        ("dated_facts", {"en": "new thing", "usual": "2012/2010"}, "2012/2010"),
        ("meetings", {"en": "new thing", "meetings": "1 Paris 2012-05-07/2012-05-01"}, "is no meeting"),
        ("meetings", {"en": "new thing", "meetings": "next week"}, "is no meeting"),
        ("travels", {**TRAVELLER, "visits": "Lima next week"}, "is no visit"),
        ("travels", {**TRAVELLER, "country": "XX"}, "is no country"),
        ("travels", {**TRAVELLER, "list": "all"}, "no kind of list"),
        ("travels", {**TRAVELLER, "country": "NO"}, "at home"),
    ],
)
def test_bad_knowledge_is_named_with_its_line(tmp_path: Path, name: str, row: dict[str, str], reason: str) -> None:
    packaged = HERE.parent / f"etl/knowledge/{name}.csv"
    with packaged.open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
    lexicon = Lexicon([tmp_path])
    analysis = analysed("They met and spoke of the new thing.")
    with pytest.raises(LexiconError, match=reason) as caught:
        dating.resolve(analysis, lexicon)
    assert "line 2" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Talks of President Barack Obama and Chancellor Angela Merkel of Germany\n\nBerlin, Germany\n\nThey met.",
            "2013-06-19",
        ),
        ("Visit of President Barack Obama to Sweden\n\nHe arrived this morning.", "2013-09-04"),
        (
            "Встреча Барака Обамы с президентом России Дмитрием Медведевым в Москве\n\nСостоялись переговоры.",
            "2009-07-06",
        ),
    ],
)
def test_journeys_tell_the_days_of_a_meeting(text: str, days: str) -> None:
    lang = "en" if text.isascii() else "ru"
    found = [clue for clue in dating.find(analysed(text, lang), default_lexicon()) if clue.family == "travels"]
    assert [clue.anchor is not None and day(days) in clue.anchor for clue in found] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "President Obama spoke by telephone with Chancellor Merkel of Germany\n\nThey agreed to meet.",
        "Bridge opened in Berlin\n\nThe mayor met former President Barack Obama, who came from Hamburg.",
        "Remarks on the harvest\n\nPresident Obama met farmers and spoke of last year, when he was in Berlin.",
    ],
)
def test_no_journey_is_told(text: str) -> None:
    assert not [clue for clue in dating.find(analysed(text), default_lexicon()) if clue.family == "travels"]


def test_odd_text_neither_raises_nor_hangs() -> None:
    for text in (
        "",
        " ",
        "\n" * 1000,
        "1" * 5000,
        "May " * 3000,
        "\ud800 2020",
        "12/12/12/12 " * 2000,
        "th anniversary " * 3000,
    ):
        dating.resolve(analysed(text), default_lexicon())


def test_days_around_the_ends_of_the_calendar_stay_in_it() -> None:
    assert around(EVER, -6, 6) == EVER
    assert around(DaySet.of(date.max), 0, 3).edtf() == "9999-12-31"
