"""DaySet is a set: its algebra must be that of Python's sets of days, and its EDTF must read back."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.dayset import EMPTY, EVER, DaySet, union

FIRST, LAST = date(2019, 12, 20), date(2021, 3, 10)
days = st.dates(FIRST, LAST)
small = st.frozensets(days, max_size=12)


def dayset(members: frozenset[date]) -> DaySet:
    return DaySet.of(*members)


@st.composite
def intervals(draw: st.DrawFn) -> DaySet:
    low, high = sorted((draw(days), draw(days)))
    return DaySet.between(draw(st.sampled_from((low, None))), draw(st.sampled_from((high, None))))


@settings(max_examples=50, deadline=None)
@given(small, small)
def test_algebra_is_that_of_sets(one: frozenset[date], two: frozenset[date]) -> None:
    a, b = dayset(one), dayset(two)
    assert set(a & b) == one & two
    assert set(a | b) == one | two
    assert set(a - b) == one - two
    assert (a.n_days, bool(a)) == (len(one), bool(one))
    assert all((day in a) == (day in one) for day in one | two)


@settings(max_examples=50, deadline=None)
@given(small, small, small)
def test_union_of_many_is_the_same_in_any_order(
    one: frozenset[date], two: frozenset[date], three: frozenset[date]
) -> None:
    sets = [dayset(one), dayset(two), dayset(three)]
    assert union(sets) == union(reversed(sets)) == (sets[0] | sets[1]) | sets[2]


@settings(max_examples=50, deadline=None)
@given(small)
def test_runs_are_sorted_disjoint_and_apart(members: frozenset[date]) -> None:
    runs = dayset(members).runs
    assert all(low <= high for low, high in runs)
    assert all(left[1] + 1 < right[0] for left, right in itertools.pairwise(runs))


@settings(max_examples=50, deadline=None)
@given(small, st.integers(-400, 400))
def test_shifting_there_and_back_changes_nothing(members: frozenset[date], count: int) -> None:
    moved = dayset(members).shift(count)
    assert set(moved) == {day + timedelta(count) for day in members}
    assert moved.shift(-count) == dayset(members)


@settings(max_examples=50, deadline=None)
@given(small)
def test_edtf_is_what_the_standard_reads(members: frozenset[date]) -> None:
    """The notation is ISO 8601-2, not our own: the reference parser takes it, however ragged and open the set."""
    ragged = dayset(members)
    for made in (ragged, ragged | ragged.before(), ragged | ragged.since()):
        if made and made != EVER:
            assert str(parse_edtf(made.edtf())).replace(", ", ",") == made.edtf()


@settings(max_examples=50, deadline=None)
@given(small)
def test_edtf_reads_back(members: frozenset[date]) -> None:
    a = dayset(members)
    assert DaySet.parse(a.edtf()) == a


@settings(max_examples=50, deadline=None)
@given(intervals())
def test_edtf_of_an_interval_reads_back_with_its_open_ends(a: DaySet) -> None:
    back = DaySet.parse(a.edtf())
    assert (back.earliest, back.latest) == (a.earliest, a.latest)


@settings(max_examples=50, deadline=None)
@given(intervals(), intervals())
def test_open_ends_behave_like_endless_sets(a: DaySet, b: DaySet) -> None:
    both, either = a & b, a | b
    probe = (FIRST - timedelta(9000), FIRST, date(2020, 6, 1), LAST, LAST + timedelta(9000))
    assert all((day in both) == (day in a and day in b) for day in probe)
    assert all((day in either) == (day in a or day in b) for day in probe)
    assert either.open_below == (a.open_below or b.open_below)
    assert (both.n_days is None) <= (a.n_days is None and b.n_days is None)


@settings(max_examples=50, deadline=None)
@given(small, days)
def test_sides_of_a_set(members: frozenset[date], day: date) -> None:
    a = dayset(members)
    if members:
        assert (day in a.before()) == (day < max(members))
        assert (day in a.until()) == (day <= max(members))
        assert (day in a.since()) == (day >= min(members))


@settings(max_examples=50, deadline=None)
@given(small)
def test_map_unites_the_answers(members: frozenset[date]) -> None:
    mapped = dayset(members).map(lambda day: DaySet.month(day.year, day.month))
    assert mapped == union(DaySet.month(day.year, day.month) for day in members)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (DaySet.day(2024, 5, 6), "2024-05-06"),
        (DaySet.month(2024, 2), "2024-02"),
        (DaySet.year(2024), "2024"),
        (DaySet.between(date(2024, 5, 6), date(2024, 5, 9)), "2024-05-06/2024-05-09"),
        (DaySet.between(None, date(2024, 5, 6)), "../2024-05-06"),
        (DaySet.between(date(2024, 5, 6), None), "2024-05-06/.."),
        (DaySet.of(date(2013, 5, 6), date(2014, 5, 6)), "[2013-05-06,2014-05-06]"),
        (DaySet.recurring(lambda year: DaySet.day(year, 5, 6)), "XXXX-05-06"),
        (DaySet.recurring(lambda year: DaySet.month(year, 5)), "XXXX-05"),
        (EMPTY, ""),
        (EVER, "../.."),
    ],
)
def test_notation(made: DaySet, text: str) -> None:
    assert made.edtf() == text
    assert DaySet.parse(text) == made


@pytest.mark.parametrize("made", [DaySet.day(2023, 2, 29), DaySet.year(0), DaySet.year(10_000), DaySet.month(2024, 13)])
def test_what_no_calendar_has_is_empty(made: DaySet) -> None:
    assert made == EMPTY
    assert made.single is None
    assert made.n_days == 0


def test_days_at_the_rim_of_the_calendar() -> None:
    rim = DaySet.of(date.min, date.max)
    assert DaySet.year(9999).edtf() == "9999"
    assert DaySet.of(date.min).before() == EMPTY
    assert rim.before() == DaySet.between(None, date(9999, 12, 30))
    assert rim.shift(1) == DaySet.of(date(1, 1, 2))
    assert set(rim) == {date.min, date.max}


@pytest.mark.parametrize("text", ["2024-13-01x", "May 2024", "2024-5-6", "20", "yesterday"])
def test_other_notations_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an EDTF date"):
        DaySet.parse(text)


def test_a_large_or_open_set_is_not_mapped() -> None:
    assert EVER.map(DaySet.of) == EMPTY
    assert DaySet.between(date(1000, 1, 1), date(2000, 1, 1)).map(DaySet.of) == EMPTY
