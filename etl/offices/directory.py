"""The directory of persons: which spellings of a full name mean one person.

A name is looked up as it is written, then by given name and surname as skeletons (middle names and initials left
out), so that every transliteration finds its person.  More than one hit stays more than one hit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from etl.lexicon import Lexicon
from etl.model import stable_id
from etl.names import Cases, fold, fold_all, nominatives, skeleton, skeletons

PARTS = 2  # given name and surname
_MEMORY = 50_000  # names
_SUFFIXES = frozenset({"jr", "sr"})


class Directory:
    """Persons by name, from ``people.csv`` and every row that names somebody."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Read the curated names; the rows of other files are added by ``add_all``."""
        self.names: dict[str, str] = {}
        self._curated: list[str] = []
        self.genders: dict[str, str] = {}
        self.well_known: dict[str, str] = {}  # folded surnames that mean one person without more words
        self._by_name: dict[str, list[str]] = {}  # folded name -> persons
        self._by_surname: dict[str, list[str]] | None = None  # skeleton -> folded names
        self._first_names: set[str] | None = None
        self._asked: dict[str, tuple[str, ...]] = {}  # name as a text has it -> persons
        self._given = lexicon.once(given_names)
        topic = lexicon.topic("en", "people")
        self._curated += [name for row in topic.get("given_names", []) for name in row]
        for lang in lexicon.languages:
            self._curated += lexicon.topic(lang, "people").get("more_given_names", "").split()
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

    def add_all(self, names: Sequence[str], qids: Sequence[str]) -> list[str]:
        """Enter the persons named in another file, in order, and return their ids."""
        ids: list[str] = []
        once = list(dict.fromkeys(names))
        folds = dict(zip(once, fold_all(once), strict=True))
        for name, qid in zip(names, qids, strict=True):
            folded = folds[name]
            known = self._by_name.get(folded)
            person_id = qid or (known[0] if known else stable_id("person", folded))
            ids.append(person_id)
            if known is None:
                self._by_name[folded] = [person_id]
            elif person_id not in known:
                known.append(person_id)
            if person_id not in self.names:
                self.names[person_id] = name
        self._by_surname = None
        self._asked.clear()
        return ids

    def id_of(self, name: str, qid: str) -> str:
        """Return the id of a row's person: the Wikidata item, else the curated person of that name, else a new id."""
        if qid:
            return qid
        folded = fold(name)
        known = self._by_name.get(folded)
        return known[0] if known else stable_id("person", folded)

    def candidates(self, name: str, cases: Cases = ()) -> tuple[str, ...]:
        """Return every person whose full name this may be, as it stands or as the nominatives that it can come from."""
        found = self._exactly(name)
        words = name.split()
        if found or not cases or len(words) < PARTS:
            return found
        middle, lasts = words[1:-1], nominatives(words[-1], cases)
        pairs = ((first, last) for first in nominatives(words[0], cases) for last in lasts)
        return next(filter(None, (self._exactly(" ".join([first, *middle, last])) for first, last in pairs)), ())

    def _exactly(self, name: str) -> tuple[str, ...]:
        """Return the persons of a name as it stands; what was asked is remembered, for texts repeat their names."""
        found = self._asked.get(name)
        if found is None:
            found = self._found(name)
            if len(self._asked) < _MEMORY:
                self._asked[name] = found
        return found

    def _found(self, name: str) -> tuple[str, ...]:
        folded = fold(name)
        exact = self._by_name.get(folded) or self._by_name.get(" ".join(reversed(folded.split())))
        if exact:
            return tuple(exact)
        words = _words(folded)
        if not words:
            return ()
        first = self._given_name(words[0])
        named = [other for other in self._named(words[-1]) if self._given_name(_words(other)[0]) == first]
        return self._persons(named)

    def is_spelt(self, person_id: str, name: str) -> bool:
        """Tell whether some known name of the person begins like this one ("Andrei" is not spelt like "Andriy")."""
        words = _words(fold(name))
        named = self._named(words[-1]) if words else ()
        return any(
            skeleton(_words(other)[0]) == skeleton(words[0]) for other in named if person_id in self._by_name[other]
        )

    def of_surname(self, surname: str) -> tuple[str, ...]:
        """Return every person of the surname; the last word of a longer name counts."""
        words = _words(fold(surname))
        return self._persons(self._named(words[-1])) if words else ()

    def is_given(self, word: str) -> bool:
        """Tell whether at least two persons of the book have this first name, or the language file lists it."""
        if self._first_names is None:
            counts: dict[str, int] = defaultdict(int)
            for folded in self._by_name:
                counts[folded.partition(" ")[0]] += 1
            several = {name for name, count in counts.items() if len(name) > 1 < count}
            self._first_names = several | {name.partition(" ")[0] for name in fold_all(self._curated)}
        return fold(word) in self._first_names

    def _enter(self, folded: str, person_id: str) -> None:
        ids = self._by_name.setdefault(folded, [])
        if person_id not in ids:
            ids.append(person_id)
            self._by_surname = None

    def _persons(self, folded: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person for name in folded for person in self._by_name[name]))

    def _named(self, surname: str) -> Sequence[str]:
        """Return the folded names with this surname in any spelling."""
        if self._by_surname is None:
            self._by_surname = self._indexed()
        return self._by_surname.get(skeleton(surname), ())

    def _indexed(self) -> dict[str, list[str]]:
        """Return the folded names by the skeletons of their surnames."""
        pairs = [(surname, folded) for folded in self._by_name for surname in self._surnames(folded)]
        surnames = list(dict.fromkeys(surname for surname, _ in pairs))
        bones = dict(zip(surnames, skeletons(surnames), strict=True))
        found: dict[str, list[str]] = defaultdict(list)
        for surname, folded in pairs:
            found[bones[surname]].append(folded)
        return found

    def _surnames(self, folded: str) -> Sequence[str]:
        """Return the last word of a name, and the first one where that may be the family's."""
        first, last = folded.partition(" ")[0], folded.rpartition(" ")[2]
        if last and _SUFFIXES.isdisjoint((first, last)) and first not in self._family_first:
            return (last,)  # this is the usual case, told without cutting the name into words
        words = _words(folded)
        if words and words[0] in self._family_first and len(words) > 1 and words[0] != words[-1]:
            return words[-1], words[0]
        return words[-1:]

    def _given_name(self, word: str) -> str:
        bones = skeleton(word)
        return self._given.get(bones, bones)


def _words(folded: str) -> list[str]:
    words = folded.split()
    return words if _SUFFIXES.isdisjoint(words) else [word for word in words if word not in _SUFFIXES]


def given_names(lexicon: Lexicon) -> dict[str, str]:
    """Return the skeleton of every given name that has variants -> that of the first one of its row."""
    rows = lexicon.topic("en", "people").get("given_names", [])
    return {skeleton(name): skeleton(row[0]) for row in rows for name in row}
