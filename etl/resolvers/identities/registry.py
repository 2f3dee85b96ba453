"""Who is who in one document: the persons named in full, under which names, in which offices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from rapidfuzz.distance import Levenshtein

from etl.dayset import DaySet
from etl.model import PersonMention, Span
from etl.names import Cases, fold, nominatives, same_word, skeleton
from etl.offices import OfficeBook, Tenure, days_in_office, remembered
from etl.offices.book import person_key
from etl.offices.directory import PARTS
from etl.offices.keys import OfficeKey

LONG_SURNAME = 6  # letters; in shorter ones another letter makes another name
VOWELS = frozenset("аяьеиоуыэюё")  # a given name of either gender ends in one, or softly
INITIAL = 2  # characters of "A."


@dataclass(frozen=True, slots=True)
class Habits:
    """How a language writes names: which family names come first, and its case endings."""

    family_first: frozenset[str]
    honorifics: frozenset[str]
    speakers_own: frozenset[str]
    objects: frozenset[str]  # pronouns that are no subject: "him"
    relative: frozenset[str]  # heads that mean the office of a person told before: "counterpart"
    patronymics: Cases = ()  # their endings -> those of the father's name
    cases: Cases = ()
    surname_endings: tuple[str, ...] = ()
    female_endings: tuple[str, ...] = ()
    respelled: tuple[tuple[str, str], ...] = ()  # letters for a foreign sound that may be written otherwise


@dataclass(slots=True)
class Person:
    """One person of the document."""

    person_id: str
    name: str
    gender: str = ""
    offices: list[tuple[OfficeKey, str, str]] = field(default_factory=list)  # key, country, modifier, as told here
    first: Span | None = None  # where the person is first named in full
    bare: bool = False  # introduced without a country: the text's own audience knows the person
    named: int = 0  # how often the name is told


class Registry:
    """The persons of a document, found by name or by office at its date."""

    def __init__(self, book: OfficeBook, days: DaySet | None, habits: Habits) -> None:
        """Begin without persons; ``days`` are those on which the document may have been written."""
        self.book, self.days, self._habits = book, days, habits
        self.honorifics, self.speakers_own = habits.honorifics, habits.speakers_own
        self.relative, self.objects = habits.relative, habits.objects
        self.persons: dict[str, Person] = {}
        self._surnames: dict[str, list[str]] = defaultdict(list)

    # ------------------------------------------------------------------ full names
    def enter(self, mention: PersonMention, name: str) -> Person:
        """Return the person whom a full name means; a new one when nobody known to the book or text fits."""
        plain = self._nominative(name)
        person_id = self._same_name(plain) or self._known(mention, name) or self._told_before(plain)
        person_id = person_id or person_key(plain)
        person = self.persons.get(person_id)
        if person is None:
            display = self.book.name(person_id) or plain
            person = self.persons[person_id] = Person(person_id, display, self.book.gender(person_id))
            person.first = mention.span
            person.bare = not mention.country
        elif not self.book.name(person_id) and len(name) > len(person.name) and "." not in name:
            person.name = plain
        person.gender = person.gender or mention.gender
        person.named += 1
        if mention.office:
            person.offices.append((self.book.words.key(mention.office), mention.country, mention.modifier))
        for surname in self._surnames_of(name):
            if person_id not in self._surnames[surname]:
                self._surnames[surname].append(person_id)
        return person

    def _known(self, mention: PersonMention, name: str) -> str | None:
        """Return the one person of the book whom the name can mean, by office, country and time if need be."""
        found = list(self.book.directory.candidates(name, self._habits.cases))
        for letter, other in () if found else self._habits.respelled:
            found = found or list(self.book.directory.candidates(name.replace(letter, other), self._habits.cases))
        if not found and "." in name:
            found = self._by_initials(mention, name)
        found = found or self._reigning(mention, name)
        if len(found) == 1 and mention.office and self._is_namesake(found[0], mention, name):
            return None
        if len(found) > 1 and mention.office:
            found = [p for p in found if self.book.terms(p, mention.office, mention.country)] or found
        if len(found) > 1 and mention.country:
            found = [p for p in found if any(t.country == mention.country for t in self.book.tenures(p))] or found
        if len(found) > 1 and self.days:
            found = [p for p in found if any(days_in_office(t) & self.days for t in self.book.tenures(p))] or found
        return found[0] if len(found) == 1 else None

    def _same_name(self, name: str) -> str | None:
        """Return the person of this text told under exactly this name."""
        key = person_key(name)
        return key if key in self.persons else None

    def _is_namesake(self, person_id: str, mention: PersonMention, name: str) -> bool:
        """Tell whether the book's person is somebody else: spelt otherwise, and never in the office told here.

        A language with case endings spells nobody in one way, so there it tells nothing.
        """
        if self._habits.cases or mention.modifier or self.book.terms(person_id, mention.office, mention.country):
            return False
        return not self.book.directory.is_spelt(person_id, name) and bool(self.book.tenures(person_id))

    def _nominative(self, name: str) -> str:
        """Return an unknown name in the nominative, as far as its endings tell; the name itself otherwise."""
        words = name.split()
        if not self._habits.cases or len(words) < PARTS:
            return name
        firsts, lasts = (nominatives(words[place], self._habits.cases) for place in (0, -1))
        fitting = [
            " ".join([first, *words[1:-1], last])
            for first, last in product(firsts, lasts)
            if self._is_known(first) and last.endswith(self._habits.surname_endings) and not self._disagree(first, last)
        ]
        told = (name for name in fitting if person_key(name) in self.persons)
        if fitting:
            return next(told, fitting[0])
        return self._first_in_nominative(words)

    def _is_known(self, first: str) -> bool:
        return (len(first) == INITIAL and first.endswith(".")) or self.book.is_given(first)

    def _first_in_nominative(self, words: list[str]) -> str:
        """Return a foreign name with its given name in the nominative, and its surname where both end alike."""
        if self.book.is_given(words[0]):
            return " ".join(words)
        for first in nominatives(words[0], self._habits.cases)[1:]:
            ending = words[0].removeprefix(first)
            if self.book.is_given(first) and first[-1] not in VOWELS:
                both = ending and words[-1].endswith(ending) and words[-1][-len(ending) - 1 :][:1] not in VOWELS
                last = words[-1].removesuffix(ending) if both else words[-1]
                return " ".join([first, *words[1:-1], last])
        return " ".join(words)

    def _disagree(self, first: str, last: str) -> bool:
        """Tell whether a man's given name, which ends in a consonant, stands before a woman's surname."""
        return first[-1].isalpha() and first[-1] not in VOWELS and last.endswith(self._habits.female_endings)

    def _by_initials(self, mention: PersonMention, name: str) -> list[str]:
        """Return the holders of the office whose surname and initial agree ("M.J.R. MacKellar")."""
        initial, surname = skeleton(name.split(".", 1)[0])[:1], name.rsplit(maxsplit=1)[-1]
        named = {p: None for form in nominatives(surname, self._habits.cases) for p in self.book.people_named(form)}
        return [
            person
            for person in named
            if skeleton(self.book.name(person).split(maxsplit=1)[0])[:1] == initial
            and (self.book.terms(person, mention.office, mention.country) if mention.office else False)
        ]

    def _reigning(self, mention: PersonMention, name: str) -> list[str]:
        """Return the holders of the office at this time whose first name it is: "Sultan Haitham of Oman"."""
        if not (mention.office and mention.country and self.days):
            return []
        holders = self.book.holders(mention.office, mention.country, self.days)
        given = skeleton(name.split(maxsplit=1)[0])
        return [*{term.person_id: None for term in holders if skeleton(_first_name(term)) == given}]

    def _told_before(self, name: str) -> str | None:
        """Return the person of this document with the same given name, or initial, and surname."""
        words = fold(name).split()
        same = [
            p
            for p in self._of_surname(name.rsplit(maxsplit=1)[-1])
            if _agree(words, fold(self.persons[p].name).split())
        ]
        same = same or [p.person_id for p in self.persons.values() if _misspelt(words, fold(p.name).split())]
        return same[0] if len(same) == 1 else None

    def _surnames_of(self, name: str) -> list[str]:
        words = fold(name).split()
        if self._habits.cases:
            return [skeleton(form) for form in nominatives(name.rsplit(maxsplit=1)[-1], self._habits.cases)]
        if words[0] in self._habits.family_first and len(words) > 1:
            return [skeleton(words[0]), skeleton(words[-1])]
        return [skeleton(words[-1])]

    def _of_surname(self, surname: str) -> list[str]:
        for form in nominatives(surname, self._habits.cases):
            if found := self._surnames.get(skeleton(form)):
                return found
        return []

    # ------------------------------------------------------------------ surnames
    def is_address(self, name: str) -> bool:
        """Tell whether a name is a given name with a patronymic: how somebody known is addressed."""
        words = name.split()
        if len(words) != PARTS or self.book.directory.candidates(name):
            return False
        return any(self.book.is_given(father) for father in nominatives(words[1], self._habits.patronymics)[1:])

    def addressed(self, name: str) -> Person | None:
        """Return the person of this text who is addressed by given name and patronymic, if only one can be."""
        words = fold(name).split()
        found = [p for p in self.persons.values() if _is_addressed(words, fold(p.name).split())]
        return found[0] if len(found) == 1 else None

    def tells(self, surname: str) -> bool:
        """Tell whether somebody of the surname is named in this text."""
        return bool(self._of_surname(surname))

    def by_surname(self, mention: PersonMention, surname: str) -> Person | None:
        """Return the person of this text whom a surname alone means; None when several or none fit."""
        found = [self.persons[p] for p in self._of_surname(surname)] or self._of_given_name(mention, surname)
        if mention.gender:
            found = [p for p in found if p.gender in {"", mention.gender}]
        if mention.office:
            holding = [p for p in found if self.holds(p, mention.office, mention.country)]
            found = holding or ([] if len(found) > 1 else found)
        if len(found) > 1 and not mention.office:
            known = self.book.directory.well_known.get(fold(surname))
            found = [person for person in found if person.person_id == known]
        return found[0] if len(found) == 1 else None

    def _of_given_name(self, mention: PersonMention, name: str) -> list[Person]:
        """Return the persons of this text whose given name stands behind an honorific or their office: "Mrs Ursula"."""
        given = fold(name)
        found = [p for p in self.persons.values() if fold(p.name).split()[:1] == [given]]
        return [p for p in found if not mention.office or self.holds(p, mention.office, mention.country)]

    def famous(self, mention: PersonMention, surname: str) -> str | None:
        """Return the person of the book whom an office and a surname, or a well-known surname, mean."""
        if mention.office:
            terms = [
                term
                for person in self.book.people_named(surname)
                for term in self.book.terms(person, mention.office, mention.country)
            ]
            terms = [term for term in terms if days_in_office(term) & self.days] if self.days else remembered(terms)
            holders = {term.person_id for term in terms} or set(self._reigning(mention, surname))
            if len(holders) == 1 or (holders := self._titled(mention.office, surname)):
                return holders.pop()
        if self._of_surname(surname):
            return None  # somebody of this name is told, but it is not clear who is meant
        known = self.book.directory.well_known
        return next(
            (known[key] for form in nominatives(surname, self._habits.cases) if (key := fold(form)) in known), None
        )

    def _titled(self, office: str, name: str) -> set[str]:
        """Return the one person of the book whose name begins with the office: "Patriarch Kirill"."""
        found = self.book.directory.candidates(f"{office} {name}", self._habits.cases)
        first = [self.book.name(person).split(maxsplit=1)[0] for person in found]
        turned = any(same_word(form, word) for form in nominatives(name, self._habits.cases) for word in first)
        return set(found) if len(found) == 1 and not turned else set()  # "Major John" is not John Major

    # ------------------------------------------------------------------ offices
    def holds(self, person: Person, office: str, country: str) -> bool:
        """Tell whether the text, or the book at the text's date, says that the person has the office."""
        asked = self.book.words.key(office)
        same = self.book.words.same
        for key, where, modifier in person.offices:
            backward = same(key, asked) and (where or key.head not in self.book.words.summits)  # "Leader Roe" is none
            told = same(asked, key) or backward or self.book.words.alludes(asked, key)
            if told and not modifier and (not country or where in {"", country}):
                return country == where or not country or self._serves(person.person_id, country)
        return self.in_the_book(person, office, country)

    def is_called(self, person: Person, office: str) -> bool:
        """Tell whether the text itself gives the person just this office, by whatever book he holds others."""
        asked = self.book.words.key(office)
        return any(not modifier and self.book.words.same(asked, key) for key, _, modifier in person.offices)

    def in_the_book(self, person: Person, office: str, country: str = "") -> bool:
        """Tell whether the book says that the person has the office at the text's date."""
        terms = self.book.terms(person.person_id, office, country)
        return any(self.days is None or days_in_office(term) & self.days for term in terms)

    def _serves(self, person_id: str, country: str) -> bool:
        tenures = self.book.tenures(person_id)
        return not tenures or any(tenure.country == country for tenure in tenures)

    def told_holders(self, office: str, country: str) -> list[Person]:
        """Return the persons of the text who have the office."""
        return [person for person in self.persons.values() if self.holds(person, office, country)]

    def told_of(self, country: str) -> list[Person]:
        """Return the persons of the text who serve a country, by its words or by the book."""
        return [
            person
            for person in self.persons.values()
            if any(where == country for _, where, _ in person.offices)
            or any(tenure.country == country for tenure in self.book.tenures(person.person_id))
        ]

    def home(self) -> str:
        """Return the one country for which all persons with offices in this text serve, else ""."""
        countries = {where for person in self.persons.values() for _, where, _ in person.offices if where}
        if not countries and self.days:
            countries = {
                tenure.country
                for person in self.persons.values()
                for tenure in self.book.tenures(person.person_id)
                if days_in_office(tenure) & self.days
            }
        return countries.pop() if len(countries) == 1 else ""


def _first_name(term: Tenure) -> str:
    """Return the first name of a holder, the office left out that is part of the name: "Pope Francis"."""
    first, _, rest = term.person.partition(" ")
    return rest.partition(" ")[0] if rest and fold(first) == fold(term.office) else first


def _is_addressed(address: list[str], name: list[str]) -> bool:
    """Tell whether a given name and patronymic, or the initials of both, are those of a full name."""
    if len(name) > PARTS and len(name[0]) == len(name[1]) == 1:
        return [name[0], name[1]] == [word[0] for word in address]
    return len(name) > 1 and _agree(address, name)


def _misspelt(one: list[str], other: list[str]) -> bool:
    """Tell whether two full names differ by a slip of one letter inside a long surname."""
    first, second = one[-1], other[-1]
    if min(len(first), len(second)) < LONG_SURNAME or first[:1] != second[:1] or first[-1:] != second[-1:]:
        return False
    return _agree(one, other) and Levenshtein.distance(first, second, score_cutoff=1) <= 1


def _agree(one: list[str], other: list[str]) -> bool:
    first, second = one[0], other[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return skeleton(first) == skeleton(second)


def protagonist(persons: Iterable[Person], heading: int = 0) -> Person | None:
    """Return the one whom a text means by "the President" when several presidents are told.

    That is the one whose country the text need not tell, or of several such the one in its heading, which ends at
    ``heading``; failing that, one who is named at least twice as often.
    """
    several = list(persons)
    at_home = [person for person in several if person.bare]
    headed = [person for person in at_home if person.first and person.first.end <= heading]
    for few in (at_home, headed):
        if len(few) == 1:
            return few[0]
    ranking = Counter({person.person_id: person.named for person in several}).most_common(2)
    if len(ranking) < 2 or ranking[0][1] < 2 * ranking[1][1]:
        return several[0] if len(several) == 1 else None
    return next(person for person in several if person.person_id == ranking[0][0])
