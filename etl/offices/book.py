"""The office book: persons by any spelling of their name, and their time in office."""

from __future__ import annotations

from collections import defaultdict

from etl.dayset import DaySet
from etl.lexicon import Lexicon, Row, column
from etl.model import stable_id
from etl.names import fold
from etl.offices.directory import Directory
from etl.offices.keys import OfficeKey, OfficeWords, office_words
from etl.offices.tenure import UNKNOWN, Tenure, check, days_in_office, first_day, joined, last_day


def person_key(name: str, qid: str = "") -> str:
    """Return the id of a person: the Wikidata item, or a stable id made of the folded name."""
    return qid or stable_id("person", fold(name))


class OfficeBook:
    """Every tenure known, asked by person or by office; obtain it by ``lexicon.once(office_book)``."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Read the rows and index them; tenures are made when they are asked for."""
        self.words: OfficeWords = lexicon.once(office_words)
        self.directory = Directory(lexicon)
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._by_country: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))  # and office
        self._made: dict[str, tuple[Tenure, ...]] = {}
        self._held: dict[tuple[OfficeKey, str], tuple[Tenure, ...]] = {}
        rows = lexicon.facts("offices")
        check(rows)
        persons = self.directory.add_all(column(rows, "person"), column(rows, "qid"))
        where = zip(column(rows, "country"), column(rows, "office"), strict=True)
        for row, person_id, (country, office) in zip(rows, persons, where, strict=True):
            self._rows[person_id].append(row)
            self._by_country[country][office].append(row)

    def person(self, name: str) -> str | None:
        """Return the id of the one person whose full name this is in any spelling; None when unknown or ambiguous."""
        found = self.directory.candidates(name)
        return found[0] if len(found) == 1 else None

    def people_named(self, surname: str) -> tuple[str, ...]:
        """Return the ids of all persons of this surname, in any spelling."""
        return self.directory.of_surname(surname)

    def name(self, person_id: str) -> str:
        """Return the canonical English name of a person, or "" for an id that the book does not have."""
        return self.directory.names.get(person_id, "")

    def gender(self, person_id: str) -> str:
        """Return "m", "f" or "" when unknown."""
        return self.directory.genders.get(person_id, "")

    def is_given(self, word: str) -> bool:
        """Tell whether several persons of the book have this given name."""
        return self.directory.is_given(word)

    def tenures(self, person_id: str) -> tuple[Tenure, ...]:
        """Return all offices of a person, oldest first, touching rows joined."""
        if person_id not in self._made:
            self._made[person_id] = joined(self._tenure(row) for row in self._rows.get(person_id, ()))
        return self._made[person_id]

    def terms(self, person_id: str, office: str, country: str = "") -> tuple[Tenure, ...]:
        """Return the person's tenures of the office that the words of a text name; country "" means any."""
        asked = self.words.key(office)
        return tuple(
            tenure
            for tenure in self.tenures(person_id)
            if country in {"", tenure.country} and self.words.close(asked, self.words.key(tenure.office))
        )

    def holders(self, office: str, country: str, days: DaySet) -> tuple[Tenure, ...]:
        """Return who may have held the office of the country on one of the days, oldest first."""
        return tuple(t for t in self._ever(self.words.key(office), country) if days_in_office(t) & days)

    def _ever(self, asked: OfficeKey, country: str) -> tuple[Tenure, ...]:
        """Return whoever held the office of the country at any time; the answer is kept."""
        if (asked, country) not in self._held:
            key, same = self.words.key, self.words.same
            offices = self._by_country.get(country, {})
            rows = [row for office, told in offices.items() if same(asked, key(office)) for row in told]
            self._held[asked, country] = joined(map(self._tenure, rows))
        return self._held[asked, country]

    def _tenure(self, row: Row) -> Tenure:
        person_id = self.directory.id_of(row["person"], row["qid"])
        end = row["end"]
        return Tenure(
            country=row["country"],
            office=row["office"],
            office_key=str(self.words.key(row["office"])),
            person=self.name(person_id) or row["person"],
            person_id=person_id,
            qid=person_id if person_id.startswith("Q") else "",
            start=first_day(row["start"]),
            end=None if end in {"", UNKNOWN} else last_day(end),
            end_known=end != UNKNOWN,
            source=row["source"],
            verified="unverified" not in row["source"],
            file=row.file,
            line=row.line,
        )


def office_book(lexicon: Lexicon) -> OfficeBook:
    """Return the office book of a lexicon; call it through ``lexicon.once``."""
    return OfficeBook(lexicon)
