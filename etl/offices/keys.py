"""Compare the names of offices: "Defense Minister" and "Minister of Defence" are one, "Deputy Minister" another.

A name becomes an ``OfficeKey``: ranks, a head and a set of domain words, by replacements that stand in
``languages/*/offices.toml``.  Countries are no part of an office; they are dropped from its name.
"""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from etl.lexicon import Lexicon
from etl.names import fold, fold_all

_ENGLISH = frozenset(string.ascii_letters)


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """An office without its wording: ``ranks`` lower the ``head``, ``domain`` says of what."""

    head: str
    ranks: frozenset[str]
    domain: frozenset[str]

    def __str__(self) -> str:
        """Return a stable text, e.g. ``deputy minister defence``."""
        return " ".join([*sorted(self.ranks), self.head, *sorted(self.domain)]).strip()


class Phrases:
    """Phrases of folded words and what to say instead; at each word the longest phrase wins."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        """Index the phrases by their first words."""
        self._index: dict[str, list[tuple[list[str], list[str]]]] = defaultdict(list)
        for phrase in sorted(phrases, key=len, reverse=True):
            words = phrase.split()
            self._index[words[0]].append((words, phrases[phrase].split()))

    def replaced(self, words: list[str]) -> list[str]:
        """Return the words with every phrase replaced, from left to right."""
        if self._index.keys().isdisjoint(words):
            return words
        out: list[str] = []
        index = 0
        while index < len(words):
            old, new = words[index : index + 1], words[index : index + 1]
            for phrase, instead in self._index.get(words[index], ()):
                if words[index : index + len(phrase)] == phrase:
                    old, new = phrase, instead
                    break
            out += new
            index += len(old)
        return out


@dataclass(slots=True)
class OfficeWords:
    """The compiled knowledge of ``offices.toml`` and the memory of what was asked before."""

    phrases: Phrases
    countries: Phrases
    words: Mapping[str, str]
    drop: frozenset[str]
    ranks: frozenset[str]
    heads: frozenset[str]
    presiding: frozenset[str]
    houses: frozenset[str]
    anyones: frozenset[str]  # heads that are used alone for the holder of any field
    summits: Mapping[str, frozenset[str]]  # "head of state", "leader" -> the heads that it may mean
    foreign: tuple[tuple[str, str], ...]  # patterns of other languages' words, and what they are in English
    known: dict[str, OfficeKey] = field(default_factory=dict)
    _letters: frozenset[str] | None = None  # by which an office is known to be in another language
    _foreign: re.Pattern[str] | None = None  # one group for each of them, compiled for the first such office

    def key(self, office: str) -> OfficeKey:
        """Return the key of an office as a text or a table names it."""
        if office not in self.known:
            self.known[office] = self._make(office)
        return self.known[office]

    def _make(self, office: str) -> OfficeKey:
        bare = self.countries.replaced(fold(office if office.isascii() else self._english(office)).split())
        words = [self.words.get(word, word) for word in self.phrases.replaced(bare)]
        ranks = frozenset(word for word in words if word in self.ranks)
        rest = [word for word in words if word not in self.ranks and word not in self.drop]
        head = next((word for word in rest if word in self.heads), "")
        if not head and ranks:
            head = min(ranks)
            ranks -= {head}
        domain = frozenset(rest) - {head}
        if head in self.presiding and domain & self.houses:
            head, domain = "speaker", domain & self.houses
        return OfficeKey(head, ranks, domain)

    def _english(self, office: str) -> str:
        """Return another language's name of an office in English, without its country."""
        if self._letters is None:  # where every pattern has some that English lacks, an office without them has none
            plain = any(pattern.isascii() for pattern, _ in self.foreign)
            letters = frozenset("".join(pattern for pattern, _ in self.foreign))
            self._letters = frozenset() if plain else frozenset(filter(str.isalpha, letters)) - _ENGLISH
        if self._letters and self._letters.isdisjoint(office.lower()):
            return office.lower()
        if self._foreign is None:
            self._foreign = re.compile("|".join(f"({pattern})" for pattern, _ in self.foreign) or "(?!)")
        return self._foreign.sub(lambda match: f" {self.foreign[(match.lastindex or 1) - 1][1]} ", office.lower())

    def alludes(self, asked: OfficeKey, told: OfficeKey) -> bool:
        """Tell whether "the Governor" can take up "Governor of the Bank" told before; not so for heads of state."""
        plain = not asked.domain and not asked.ranks and asked.head == told.head and not told.ranks
        return plain and not any(asked.head in heads for heads in self.summits.values())

    def leads(self, office: str) -> bool:
        """Tell whether an office is that of a head of state or government, not of a deputy or of one field."""
        key = self.key(office)
        return not key.domain and not key.ranks and any(key.head in heads for heads in self.summits.values())

    def close(self, asked: OfficeKey, held: OfficeKey) -> bool:
        """Tell whether an office asked for may be one that a certain person held: tables and texts cut fields short."""
        if self.same(asked, held) or self.alludes(asked, held):
            return True
        return bool(held.domain) and held.domain < asked.domain and self.same(replace(asked, domain=held.domain), held)

    def same(self, asked: OfficeKey, held: OfficeKey) -> bool:
        """Tell whether an office asked for in a text may be the one that a table row names."""
        if asked.head in self.summits and held.head in self.summits[asked.head]:
            return not asked.domain and not asked.ranks and not held.domain and not held.ranks
        if not asked.domain and not asked.ranks and {asked.head, held.head} <= self.anyones:
            return not held.ranks  # "the Minister", "Secretary Roe": of whatever
        if asked.head != held.head or not asked.ranks <= held.ranks or bool(asked.ranks) != bool(held.ranks):
            return False
        return asked.domain <= held.domain if asked.domain else not held.domain


def office_words(lexicon: Lexicon) -> OfficeWords:
    """Return the compiled office words; call it through ``lexicon.once``."""
    topic = lexicon.topic("en", "offices")
    countries = dict.fromkeys(filter(None, fold_all(_country_names(lexicon))), "")
    phrases = {fold(old): new for old, new in topic["phrases"]}
    foreign = [pair for lang in sorted(lexicon.languages) for pair in _translations(lexicon, lang)]
    foreign += [(pattern, "") for lang in sorted(lexicon.languages) for pattern in _inflected(lexicon, lang)]
    lists = {name: frozenset(words) for name, words in topic["lists"].items()}
    return OfficeWords(
        Phrases(phrases),
        Phrases(countries),
        topic["words"],
        foreign=tuple(foreign),
        drop=lists["drop"],
        ranks=lists["ranks"],
        heads=lists["heads"],
        presiding=lists["presiding"],
        houses=lists["houses"],
        anyones=lists["anyones"],
        summits={name: frozenset(heads) for name, heads in topic["summits"].items()},
    )


def _translations(lexicon: Lexicon, lang: str) -> Iterator[tuple[str, str]]:
    """Yield the pattern and the English words of each office of a language; ``*`` stands for any ending."""
    for text, english in lexicon.languages[lang].get("offices", {}).get("translations", ()):
        words = [re.escape(word).replace(r"\*", r"\w{0,12}") for word in text.split()]
        yield r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", english


def _inflected(lexicon: Lexicon, lang: str) -> Iterator[str]:
    """Yield a pattern for each country's names and adjective, in any case of a language that has cases."""
    places = lexicon.languages[lang].get("places", {})
    endings = tuple(places.get("endings", ()))
    if not endings:
        return
    any_case = "(?:" + "|".join(sorted(endings, key=len, reverse=True)) + ")?"
    names = [name for row in lexicon.facts("countries") for name in row[f"{lang}_names"].split(";") if name]
    for name in sorted(names, key=len, reverse=True):
        stems = [re.escape(word.lower()) if word.isupper() else _stem(word, endings) for word in name.split()]
        yield r"(?<!\w)" + r"\s+".join(stem + any_case for stem in stems) + r"(?!\w)"
    for stem in places["adjectives"]:
        yield r"(?<!\w)" + re.escape(stem) + any_case + r"(?!\w)"


def _stem(word: str, endings: tuple[str, ...]) -> str:
    ending = next((ending for ending in endings if word.endswith(ending)), "")
    return re.escape(word.lower().removesuffix(ending))


def _country_names(lexicon: Lexicon) -> list[str]:
    """Return every name and demonym of a country."""
    names: list[str] = []
    for row in lexicon.facts("countries"):
        names += [row["name"], *row["names"].split(";"), *row["demonyms"].split(";")]
    return names
