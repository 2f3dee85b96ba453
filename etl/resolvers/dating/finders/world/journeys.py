"""The table of journeys: which leader was in which country on which days.

``travels.csv`` holds one row per person and country visited, with all visits there, each as ``place|place days``,
the place as far as it is known.  ``home`` is the person's own country, where visitors are received; ``list`` tells
how complete the row is: from a list of all ``journeys`` of the person, or of all ``guests`` of the country, with the
days that this list covers, or only ``some``, or ``summits`` of many guests, at which not every two of them met.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from etl.dayset import DaySet, union
from etl.lexicon import Lexicon, Row
from etl.model import stable_id
from etl.names import fold
from etl.offices import office_book
from etl.resolvers.dating.rules import Source

_ENTRY = re.compile(r"(?:(\D*?) )?([12]\d{3}-[\d/-]+)")
JOURNEYS, GUESTS, SOME, SUMMITS = "journeys", "guests", "some", "summits"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: the towns that are known of it, its days, and whether it was one of many guests to a summit."""

    towns: frozenset[str]  # folded
    days: DaySet
    summit: bool


@dataclass(frozen=True, slots=True)
class Traveller:
    """A person with all journeys that the table has, by the codes of the countries visited."""

    name: str
    home: str
    visits: dict[str, tuple[Visit, ...]]
    rows: tuple[Row, ...]
    covered: DaySet  # the days of which all journeys are known, none when only single visits are

    def days(self, country: str, town: str = "", *, summits: bool = True) -> DaySet:
        """Return the days of all visits to a country; of those to the town alone when one of them is told by it."""
        held = [visit for visit in self.visits.get(country, ()) if summits or not visit.summit]
        there = [visit.days for visit in held if fold(town) in visit.towns] if town else []
        return union(there or [visit.days for visit in held])


@dataclass(frozen=True, slots=True)
class Journeys:
    """All travellers by the ids of the persons that their names mean and by surname, and the names of the countries."""

    by_person: dict[str, Traveller]
    by_surname: dict[tuple[str, str], Traveller]  # folded surname and home of those whose offices are not known
    countries: dict[str, str]
    guests: dict[str, DaySet]  # country -> the days of which all guests are known


def journeys(lexicon: Lexicon) -> Journeys:
    """Return the table; build with ``lexicon.once(journeys)``."""
    book = lexicon.once(office_book)
    countries = {row["code"]: row["name"] for row in lexicon.facts("countries")}
    named: dict[str, list[Row]] = defaultdict(list)
    for row in lexicon.facts("travels"):
        named[row["person"]].append(row)
    table = Journeys({}, {}, countries, {})
    for name, rows in named.items():
        covers = [_covers(row) for row in rows]
        all_journeys = union(days for kind, days in covers if kind == JOURNEYS)
        traveller = Traveller(name, rows[0]["home"], _visits(rows, countries), tuple(rows), all_journeys)
        for row, (kind, days) in zip(rows, covers, strict=True):
            if kind == GUESTS:
                table.guests[row["country"]] = days | table.guests.get(row["country"], DaySet())
        for person in (*book.directory.candidates(name), stable_id("person", fold(name))):
            held = book.tenures(person)
            if not held or any(term.country == traveller.home for term in held):  # no namesake of another country
                table.by_person.setdefault(person, traveller)
        if not any(book.tenures(person) for person in book.directory.candidates(name)):
            table.by_surname[fold(name).rpartition(" ")[2], traveller.home] = traveller
    return table


def _visits(rows: list[Row], countries: dict[str, str]) -> dict[str, tuple[Visit, ...]]:
    out: dict[str, tuple[Visit, ...]] = {}
    for row in rows:
        for code in (row["home"], row["country"]):
            if code not in countries:
                raise row.error(f"{code!r} is no country", "use the two letters of countries.csv")
        if row["home"] == row["country"] or row["home"] != rows[0]["home"]:
            raise row.error(f"{row['home']!r} is not where {row['person']} is at home", "correct home or country")
        out[row["country"]] = (*out.get(row["country"], ()), *_entries(row))
    return out


def _covers(row: Row) -> tuple[str, DaySet]:
    """Return the kind of list that a row is from, and the days that the list covers."""
    kind, *stretches = row["list"].split()
    try:
        days = union(DaySet.parse(stretch) for stretch in stretches)
    except ValueError:
        days = DaySet()
    if bool(days) != (kind in {JOURNEYS, GUESTS}) or (not days and kind not in {SOME, SUMMITS}):
        raise row.error(
            f"{row['list']!r} is no kind of list", "write: journeys 2001/2008, guests 2001/2008, some or summits"
        )
    return kind, days


def _entries(row: Row) -> Iterator[Visit]:
    for entry in filter(None, map(str.strip, row["visits"].split(";"))):
        match = _ENTRY.fullmatch(entry)
        try:
            days = DaySet.parse(match[2]) if match else DaySet()
        except ValueError:
            days = DaySet()
        if match is None or not days:
            raise row.error(f"{entry!r} is no visit", "write: place|place YYYY-MM-DD/YYYY-MM-DD")
        towns = frozenset(fold(town) for town in (match[1] or "").split("|") if town)
        yield Visit(towns, days, row["list"] == SUMMITS)


def cited(*travellers: Traveller, countries: set[str]) -> Source:
    """Return how evidence names the rows of these travellers about these countries."""
    rows = [row for traveller in travellers for row in traveller.rows if row["country"] in countries]
    text = "; ".join(f"{row.file}, line {row.line}: {row['person']} ({row['source']})" for row in rows)
    return Source(text, verified=not any("unverified" in row["source"] for row in rows))
