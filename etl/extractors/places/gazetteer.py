"""The gazetteer: which words name a place, indexed by their first word.

Countries with their demonyms come from ``countries.csv``, cities, sites and regions from ``places.csv``.  English
names are compared as written; Russian ones by the stems that are left without their case endings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from etl.lexicon import Lexicon, Row
from etl.model import stable_id
from etl.names import Words

Kind = Literal["country", "demonym", "city", "site", "region"]
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the gazetteer knows it; a demonym is a place of kind "demonym" with its country's id."""

    name: str
    place_id: str
    country: str
    kind: Kind
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a place: its words (stems in Russian) and what stands between them."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    place: Place
    stop: bool = False  # the name ends in a full stop: "U.S."


Entry = tuple[str, Row, Kind]  # how a place is written, its row, and what it is
Index = dict[str, list[Entry]]


@dataclass(slots=True)
class Gazetteer:
    """Every name by its first word, longest first; ``endings`` is empty for languages without cases."""

    index: Mapping[str, Sequence[Entry]]
    adjectives: Mapping[str, Place] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    nominatives: tuple[str, ...] = ()  # of the endings those that a nominative may have
    not_before: frozenset[str] = frozenset()
    _made: dict[str, tuple[Name, ...]] = field(default_factory=dict)  # of the first words that were asked for

    def stems(self, word: str) -> Iterator[str]:
        """Yield the word itself, then what is left of it without each possible ending."""
        yield word
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
                yield word[: -len(ending)]

    def starting(self, word: str) -> Sequence[Name]:
        """Return the names that may begin with a word of the text."""
        if not self.endings:
            return self.names(word) if word in self.index else ()
        return [name for stem in self.stems(word) if stem in self.index for name in self.names(stem)]

    def names(self, first: str) -> tuple[Name, ...]:
        """Return the names with this first word or stem, the longest first; of equals the earlier row wins."""
        if first not in self._made:
            names = [_name(entry, self.nominatives) for entry in self.index.get(first, ())]
            self._made[first] = tuple(sorted(names, key=lambda name: -len(name.words)))
        return self._made[first]


def english(lexicon: Lexicon) -> Gazetteer:
    """Return the English gazetteer; call it through ``lexicon.once``."""
    index: Index = defaultdict(list)
    for row, kind, names in _rows(lexicon, ("name", "names"), "demonyms"):
        for name in names:
            index[_first(name)].append((name, row, kind))
            if len(name) > SHORTEST_STEM:
                loud = name.upper()
                index[_first(loud)].append((loud, row, kind))
    return Gazetteer(index, not_before=frozenset(lexicon.topic("en", "places")["not_before"]))


def russian(lexicon: Lexicon) -> Gazetteer:
    """Return the Russian gazetteer; call it through ``lexicon.once``."""
    topic = lexicon.topic("ru", "places")
    endings = tuple(topic["endings"])
    nominatives = tuple(ending for ending in endings if ending not in topic["oblique"])
    index: Index = defaultdict(list)
    countries: dict[str, Row] = {}
    for row, kind, names in _rows(lexicon, ("ru_names",), ""):
        if kind == "country":
            countries[row["code"]] = row
        for name in names:
            index[_stem(_first(name), nominatives)].append((name, row, kind))
            if len(name) > SHORTEST_STEM:
                index[_first(name).upper()].append((name.upper(), row, kind))
    adjectives = {
        stem: _place(countries[code], "demonym") for stem, code in topic["adjectives"].items() if code in countries
    }
    return Gazetteer(index, adjectives, endings, nominatives, frozenset(topic["not_before"]))


def _rows(lexicon: Lexicon, columns: tuple[str, ...], demonyms: str) -> Iterator[tuple[Row, Kind, list[str]]]:
    for row in lexicon.facts("countries"):
        _coordinates(row)
        yield row, "country", _names(row, columns)
        if demonyms:
            yield row, "demonym", _names(row, (demonyms,))
    for row in lexicon.facts("places"):
        _coordinates(row)
        told = row["kind"]
        yield row, "city" if told == "city" else "site" if told == "site" else "region", _names(row, columns)


def _names(row: Row, columns: Iterable[str]) -> list[str]:
    """Return the names of some columns that have a word at all."""
    return [name for column in columns for name in row[column].split(";") if name and _first(name)]


def _place(row: Row, kind: Kind) -> Place:
    if kind in {"country", "demonym"}:
        return Place(row["name"], row["code"], row["code"], kind, *_coordinates(row))
    place_id = stable_id("place", row["name"], row["country"])
    return Place(row["name"], place_id, row["country"], kind, *_coordinates(row))


def _coordinates(row: Row) -> tuple[float | None, float | None]:
    if not row["latitude"]:
        return None, None
    try:
        return float(row["latitude"]), float(row["longitude"])
    except ValueError as error:
        raise row.error("latitude and longitude are not numbers", "write decimal degrees") from error


def _first(name: str) -> str:
    """Return the first word of a name, "" when it has none."""
    first = name.partition(" ")[0]
    return first if first.isalpha() else next(filter(None, Words(name).words), "")


def _name(entry: Entry, endings: tuple[str, ...]) -> Name:
    name, row, kind = entry
    cut = Words(name)
    words = [word for word in cut.words if word]
    gaps = tuple(map(cut.gap, range(len(words) - 1)))
    stems = [_stem(word, endings) for word in words] if endings else words
    return Name(tuple(stems), gaps, _place(row, kind), name.endswith("."))


def _stem(word: str, endings: tuple[str, ...]) -> str:
    """Return a nominative without its ending: nothing is cut from a word that ends in a consonant."""
    if word.isupper() or word[-1] not in "аеёиоуыэюяьй":
        return word
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
