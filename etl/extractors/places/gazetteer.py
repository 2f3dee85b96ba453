"""The gazetteer: which words name a place, indexed by their first word.

Countries with their demonyms come from ``countries.csv``, cities, sites and regions from ``places.csv``.  English
names are compared as written; Russian ones by the stems that are left without their case endings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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


@dataclass(slots=True)
class Gazetteer:
    """Every name by its first word, longest first; ``endings`` is empty for languages without cases."""

    names: Mapping[str, tuple[Name, ...]]
    adjectives: Mapping[str, Place] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    not_before: frozenset[str] = frozenset()

    def stems(self, word: str) -> Iterator[str]:
        """Yield the word itself, then what is left of it without each possible ending."""
        yield word
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
                yield word[: -len(ending)]

    def starting(self, word: str) -> tuple[Name, ...]:
        """Return the names that may begin with a word of the text."""
        if not self.endings:
            return self.names.get(word, ())
        return tuple(name for stem in self.stems(word) for name in self.names.get(stem, ()))


def english(lexicon: Lexicon) -> Gazetteer:
    """Return the English gazetteer; call it through ``lexicon.once``."""
    index: dict[str, list[Name]] = defaultdict(list)
    for place, names in _places(lexicon, ("name", "names"), "demonyms"):
        for name in names:
            _enter(index, name, place)
            if len(name) > SHORTEST_STEM:
                _enter(index, name.upper(), place)
    return Gazetteer(_ordered(index), not_before=frozenset(lexicon.topic("en", "places")["not_before"]))


def russian(lexicon: Lexicon) -> Gazetteer:
    """Return the Russian gazetteer; call it through ``lexicon.once``."""
    topic = lexicon.topic("ru", "places")
    endings = tuple(topic["endings"])
    index: dict[str, list[Name]] = defaultdict(list)
    countries: dict[str, Place] = {}
    for place, names in _places(lexicon, ("ru_names",), ""):
        if place.kind == "country":
            countries[place.country] = place
        for name in names:
            _enter(index, name, place, endings)
    adjectives = {stem: _demonym(countries[code]) for stem, code in topic["adjectives"].items() if code in countries}
    return Gazetteer(_ordered(index), adjectives, endings, frozenset(topic["not_before"]))


def _places(lexicon: Lexicon, columns: tuple[str, ...], demonyms: str) -> Iterator[tuple[Place, list[str]]]:
    for row in lexicon.facts("countries"):
        place = Place(row["name"], row["code"], row["code"], "country", *_coordinates(row))
        yield place, _names(row, columns)
        if demonyms:
            yield _demonym(place), list(filter(None, row[demonyms].split(";")))
    for row in lexicon.facts("places"):
        kind: Kind = "city" if row["kind"] == "city" else "site" if row["kind"] == "site" else "region"
        place_id = stable_id("place", row["name"], row["country"])
        yield Place(row["name"], place_id, row["country"], kind, *_coordinates(row)), _names(row, columns)


def _names(row: Row, columns: Iterable[str]) -> list[str]:
    return [name for column in columns for name in row[column].split(";") if name]


def _demonym(country: Place) -> Place:
    return Place(country.name, country.place_id, country.country, "demonym", country.latitude, country.longitude)


def _coordinates(row: Row) -> tuple[float | None, float | None]:
    if not row["latitude"]:
        return None, None
    try:
        return float(row["latitude"]), float(row["longitude"])
    except ValueError as error:
        raise row.error("latitude and longitude are not numbers", "write decimal degrees") from error


def _enter(index: dict[str, list[Name]], name: str, place: Place, endings: tuple[str, ...] = ()) -> None:
    if name.isalpha():
        word = _stem(name, endings) if endings else name
        index[word].append(Name((word,), (), place))
        return
    cut = Words(name)
    words = [word for word in cut.words if word]
    if not words:
        return
    if endings:
        words = [_stem(word, endings) for word in words]
    gaps = tuple(map(cut.gap, range(len(words) - 1)))
    index[words[0]].append(Name(tuple(words), gaps, place, name.endswith(".")))


def _stem(word: str, endings: tuple[str, ...]) -> str:
    """Return a nominative without its ending: nothing is cut from a word that ends in a consonant."""
    if word.isupper() or word[-1] not in "аеёиоуыэюяьй":
        return word
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _ordered(index: Mapping[str, list[Name]]) -> dict[str, tuple[Name, ...]]:
    """Return the names of each first word, the longest first; of equals the earlier row wins."""
    return {first: tuple(sorted(names, key=lambda name: -len(name.words))) for first, names in index.items()}
