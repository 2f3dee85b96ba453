"""The office book: names in any spelling, offices in any wording, rows that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.dayset import DaySet
from etl.errors import LexiconError
from etl.lexicon import Lexicon, default_lexicon
from etl.names import case_endings
from etl.offices import OfficeBook, days_in_office, office_book
from etl.offices.keys import office_words

HEADER = "country,office,person,qid,start,end,source\n"


@pytest.fixture(scope="module")
def book() -> OfficeBook:
    return default_lexicon().once(office_book)


def with_rows(folder: Path, rows: str) -> OfficeBook:
    (folder / "offices.csv").write_text(HEADER + rows, "utf-8")
    return OfficeBook(Lexicon([folder]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Defense Minister", "Minister of Defence"),
        ("Foreign Minister", "Minister of Foreign Affairs"),
        ("Minister for External Affairs", "Minister of Foreign Affairs"),
        ("Minister for Foreign Affairs of Australia", "Foreign Minister"),
        ("Russian Defense Minister", "Minister of Defence of the Russian Federation"),
        ("Vice Premier", "Deputy Prime Minister"),
        ("Premier", "Prime Minister"),
        ("Belarus President", "President of the Republic of Belarus"),
        ("Secretary of the Security Council of Russia", "Secretary of the Security Council"),
        ("Chairman of the State Duma", "Speaker of the State Duma"),
        ("Secretary of State for Defence", "Defence Secretary"),
        ("US Secretary of State", "Secretary of State"),
        ("NATO Secretary General", "Secretary General of NATO"),
        ("Президентом Республики Казахстан", "President of Kazakhstan"),
        ("российского министра обороны", "Minister of Defence"),
        ("премьер-министру Вьетнама", "Prime Minister"),
        ("спикера Совета Федерации", "Speaker of the Federation Council"),
    ],
)
def test_offices_compare_by_kind(one: str, other: str) -> None:
    words = default_lexicon().once(office_words)
    assert words.key(one) == words.key(other)


@pytest.mark.parametrize(
    ("asked", "held", "same"),
    [
        ("Deputy Prime Minister", "First Deputy Prime Minister", True),
        ("First Deputy Prime Minister", "Deputy Prime Minister", False),
        ("Minister of Defence", "Deputy Minister of Defence", False),
        ("Prime Minister", "Deputy Prime Minister", False),
        ("President", "President of the Senate", False),
        ("President", "Vice President", False),
        ("Minister of Economy", "Minister of Economy and Finance", True),
        ("head of state", "King", True),
        ("head of state", "President of the Senate", False),
        ("Minister of Finance", "Minister of Defence", False),
    ],
)
def test_offices_that_may_be_the_same(asked: str, held: str, same: bool) -> None:
    words = default_lexicon().once(office_words)
    assert words.same(words.key(asked), words.key(held)) is same


@pytest.mark.parametrize(
    "spelling",
    ["Alexander Lukashenko", "Aleksandr Lukashenko", "Aliaksandr Lukashenka", "Александр Лукашенко", "A. LUKASHENKO"],
)
def test_spellings_are_one_person(book: OfficeBook, spelling: str) -> None:
    found = book.person(spelling)
    assert found == ("Q2866" if "." not in spelling else None)  # an initial alone names nobody


def test_case_forms_are_one_person(book: OfficeBook) -> None:
    cases = case_endings(default_lexicon().topic("ru", "people"))
    known = book.directory.candidates("Касым-Жомарт Токаев")
    assert len(known) == 1
    for form in ("Касым-Жомарта Токаева", "Касым-Жомарту Токаеву", "Касым-Жомартом Токаевым"):
        assert book.directory.candidates(form) == ()
        assert book.directory.candidates(form, cases) == known


def test_unknown_names_are_nobody(book: OfficeBook) -> None:
    assert book.person("Quentin Zzyzx") is None
    assert book.person("") is None
    assert book.people_named("") == ()


def test_terms_bound_a_document(book: OfficeBook) -> None:
    (tenure,) = book.terms(book.person("Sergey Shoygu") or "", "Defense Minister", "RU")
    assert (tenure.person, tenure.start, tenure.end, tenure.end_known) == (
        "Sergei Shoigu",
        date(2012, 11, 6),
        date(2024, 5, 12),
        True,
    )
    assert not tenure.verified  # its end is recalled
    assert days_in_office(tenure).earliest == date(2012, 11, 6)


@pytest.mark.parametrize(
    ("name", "office", "found"),
    [
        ("Phil Goff", "Minister of Foreign Affairs and Trade", True),  # the table says Minister of Foreign Affairs
        ("Jens Stoltenberg", "Secretary General", True),
        ("Boris Johnson", "Foreign Secretary", True),
        ("Phil Goff", "Minister of Trade", False),
        ("Jens Stoltenberg", "President", False),
    ],
)
def test_a_known_person_may_have_the_office_in_other_words(
    book: OfficeBook, name: str, office: str, found: bool
) -> None:
    assert bool(book.terms(book.person(name) or "", office)) is found


def test_holders_at_a_time(book: OfficeBook) -> None:
    assert {t.person for t in book.holders("President", "RU", DaySet.year(2010))} == {"Dmitry Medvedev"}
    assert {t.person for t in book.holders("Belarus President", "BY", DaySet.year(2023))} == {"Alexander Lukashenko"}


def test_touching_rows_are_joined(tmp_path: Path) -> None:
    book = with_rows(
        tmp_path,
        "XX,Minister of Toys,Ada Nobody,,2001-02-01,2004-03-31,test\n"
        "XX,Minister of Toys,Ada Nobody,,2004-04-10,2008,test\n"
        "XX,Minister of Toys,Ada Nobody,,2015,?,test\n",
    )
    first, second = book.terms(book.person("ada nobody") or "", "Toys Minister")
    assert (first.start, first.end) == (date(2001, 2, 1), date(2008, 12, 31))
    assert (second.end, second.end_known) == (None, False)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("XX,Minister of Toys,Ada Nobody,,2004-02-01,2003,test\n", "lies before the start"),
        ("XX,Minister of Toys,Ada Nobody,,soon,2003,test\n", "is not a date"),
        ("XX,Minister of Toys,Ada Nobody,,2001,2003-13,test\n", "is not a date"),
    ],
)
def test_impossible_rows_are_named_with_their_line(tmp_path: Path, row: str, reason: str) -> None:
    with pytest.raises(LexiconError, match=f"offices.csv, line 3.*{reason}"):
        with_rows(tmp_path, "XX,Minister of Toys,Ada Nobody,,2001,2003,test\n" + row)


def test_two_persons_of_one_name_stay_two(tmp_path: Path) -> None:
    book = with_rows(
        tmp_path,
        "XX,Minister of Toys,Ada Nobody,Q1000001,2001,2003,test\n"
        "YY,Minister of Dolls,Ada Nobody,Q1000002,2001,2003,test\n",
    )
    assert book.person("Ada Nobody") is None
    assert set(book.people_named("Nobody")) == {"Q1000001", "Q1000002"}
