"""The directory of persons: which spellings of a full name mean one person.

A name is looked up as it is written, then by given name and surname as skeletons (middle names and initials left
out), so that every transliteration finds its person.  More than one hit stays more than one hit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from etl.lexicon import Lexicon
from etl.model import stable_id
from etl.names import fold, skeleton

_SUFFIXES = {"jr", "sr"}


class Directory:
    """Persons by name, from ``people.csv`` and every row that names somebody."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Read the curated names; the rows of other files are added by ``add``."""
        self.names: dict[str, str] = {}
        self._curated: list[str] = []
        self.genders: dict[str, str] = {}
        self.well_known: dict[str, str] = {}  # folded surnames that mean one person without more words
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_surname: dict[str, list[tuple[str, str]]] | None = None  # skeleton -> (folded name, person)
        self._first_names: set[str] | None = None
        self._given = lexicon.once(given_names)
        topic = lexicon.topic("en", "people")
        self._curated += [name for row in topic.get("given_names", []) for name in row]
        self._curated += topic.get("more_given_names", "").split()
        self._family_first = frozenset(map(fold, topic.get("family_first", "").split()))
        for row in lexicon.facts("people"):
            person_id = row["qid"] or stable_id("person", fold(row["name"]))
            self.names[person_id] = row["name"]
            self._curated.append(row["name"])
            self.genders[person_id] = row["gender"]
            for name in (row["name"], *filter(None, row["variants"].split(";"))):
                self._enter(fold(name), person_id)
                if row["alone"]:
                    self.well_known[_words(fold(name))[-1]] = person_id

    def add(self, name: str, qid: str) -> str:
        """Enter a person named in another file and return the id."""
        person_id = self.id_of(name, qid)
        self._enter(fold(name), person_id)
        self.names.setdefault(person_id, name)
        return person_id

    def id_of(self, name: str, qid: str) -> str:
        """Return the id of a row's person: the Wikidata item, else the curated person of that name, else a new id."""
        if qid:
            return qid
        folded = fold(name)
        known = self._by_name.get(folded)
        return known[0] if known else stable_id("person", folded)

    def candidates(self, name: str) -> tuple[str, ...]:
        """Return every person whose full name this may be."""
        folded = fold(name)
        exact = self._by_name.get(folded) or self._by_name.get(" ".join(reversed(folded.split())))
        if exact:
            return tuple(exact)
        words = _words(folded)
        if not words:
            return ()
        first = self._given_name(words[0])
        named = self._index().get(skeleton(words[-1]), ())
        return tuple(dict.fromkeys(person for other, person in named if self._given_name(_words(other)[0]) == first))

    def of_surname(self, surname: str) -> tuple[str, ...]:
        """Return every person of the surname; the last word of a longer name counts."""
        words = _words(fold(surname))
        return tuple(dict.fromkeys(person for _, person in self._index().get(skeleton(words[-1]), ()))) if words else ()

    def is_given(self, word: str) -> bool:
        """Tell whether at least two persons of the book have this first name, or the language file lists it."""
        if self._first_names is None:
            counts: dict[str, int] = defaultdict(int)
            for folded in self._by_name:
                counts[folded.partition(" ")[0]] += 1
            several = {name for name, count in counts.items() if len(name) > 1 < count}
            self._first_names = several | {fold(name).partition(" ")[0] for name in self._curated}
        return fold(word) in self._first_names

    def _enter(self, folded: str, person_id: str) -> None:
        ids = self._by_name[folded]
        if person_id not in ids:
            ids.append(person_id)
            self._by_surname = None

    def _index(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        if self._by_surname is None:
            index: dict[str, list[tuple[str, str]]] = defaultdict(list)
            for folded, ids in self._by_name.items():
                words = _words(folded)
                surnames = words[-1:] + words[:1] * (words[:1] != words[-1:] and words[0] in self._family_first)
                for surname in surnames:
                    index[skeleton(surname)] += [(folded, person_id) for person_id in ids]
            self._by_surname = dict(index)
        return self._by_surname

    def _given_name(self, word: str) -> str:
        bones = skeleton(word)
        return self._given.get(bones, bones)


def _words(folded: str) -> list[str]:
    return [word for word in folded.split() if word not in _SUFFIXES]


def given_names(lexicon: Lexicon) -> dict[str, str]:
    """Return the skeleton of every given name that has variants -> that of the first one of its row."""
    rows = lexicon.topic("en", "people").get("given_names", [])
    return {skeleton(name): skeleton(row[0]) for row in rows for name in row}
