"""The words that name people, compiled from ``languages/*/people.toml`` into one dictionary of flags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntFlag

from etl.lexicon import Lexicon, Topic
from etl.names import Cases, case_endings, fold, nominatives, skeleton
from etl.offices import OfficeBook, office_book


class Kind(IntFlag):
    """What a word can be; a word may be several things."""

    HEAD = 1  # president
    MODIFIER = 2  # deputy, foreign
    NOUN = 4  # Council
    HONORIFIC = 8  # Mr
    PARTICLE = 16  # von
    STOP = 32  # The
    PLURAL = 64  # presidents
    PRONOUN = 128  # he
    PHRASE = 256  # begins a head of several words
    SMALL_NOUN = 512  # delegation
    SUFFIX = 1024  # Jr


HEAD, MODIFIER, NOUN, HONORIFIC, PARTICLE, STOP, PLURAL, PRONOUN, PHRASE, SMALL_NOUN, SUFFIX = map(int, Kind)
TELLING = HEAD | PHRASE | PLURAL | HONORIFIC | PRONOUN
OFFICE_WORD = HEAD | MODIFIER | NOUN
NEVER_IN_NAMES = HEAD | MODIFIER | NOUN | HONORIFIC | STOP | PLURAL | PRONOUN | SUFFIX


@dataclass(slots=True)
class Vocabulary:
    """The people words of one language, in every way they are capitalised or inflected."""

    kinds: dict[str, int]
    telling: frozenset[str]  # the words that may begin a mention and are no names
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    bases: Mapping[str, str]  # plural or inflected head -> its basic form
    alone: frozenset[str]
    weak_alone: frozenset[str]
    plural_alone: frozenset[str]
    of_words: frozenset[str]
    genitive: frozenset[str]  # of these the ones that may lead to a country
    far_words: frozenset[str]
    far_heads: frozenset[str]
    female: frozenset[str]  # honorifics and heads
    male: frozenset[str]
    modes: Mapping[str, str]  # "former" -> former
    pronouns: Mapping[str, str]
    bound_pronouns: frozenset[str]  # of these the ones that are possessives unless one of the verbs stands beside them
    pronoun_verbs: frozenset[str]
    female_names: frozenset[str]
    female_surname_endings: tuple[str, ...]
    family_first: frozenset[str]
    adjective_endings: tuple[str, ...]  # of what opens the name of a region or ministry ("Рязанской области")
    patronymic_endings: tuple[str, ...]
    also_adjectives: frozenset[str]  # heads that are adjectives in small letters
    also_surnames: frozenset[str]  # common words that are surnames after a given name
    determiners: frozenset[str]
    indefinite: frozenset[str]
    articles: frozenset[str]
    predicates: frozenset[str]  # "elected": an office right after it is what somebody becomes
    joining: frozenset[str]  # "and"
    doubling: frozenset[str]  # heads of an office often held together with another: "Deputy Premier and Minister"
    namesakes: frozenset[str]  # things that bear a name before them: "Foundation"
    named_after: frozenset[str]  # words that lead to the name of a thing: «имени»
    relative: frozenset[str]  # heads that mean an office told before: "counterpart"
    book: OfficeBook
    direct: bool = False  # complements follow without a preposition (Russian)
    cases: Cases = ()
    _given: dict[str, bool] = field(default_factory=dict)
    _opening: dict[str, bool] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)

    def is_given(self, word: str) -> bool:
        """Tell whether a capitalised word is a known given name."""
        known = self._given.get(word)
        if known is None:
            first = word.partition("-")[0]  # Frank-Walter
            known = len(first) > 1 and any(
                self.book.is_given(form) for part in {word, first} for form in nominatives(part, self.cases)
            )
            self._given[word] = known
        return known

    def opens_name(self, word: str) -> bool:
        """Tell whether a capitalised word is a given name, or a family name that stands first."""
        opens = self._opening.get(word)
        if opens is None:
            opens = self._opening[word] = self.is_given(word) or fold(word) in self.family_first
        return opens

    def is_well_known(self, word: str) -> bool:
        """Tell whether a word is a surname that means one person without more words."""
        known = self._known.get(word)
        if known is None:
            surnames = self.book.directory.well_known
            known = self._known[word] = any(fold(form) in surnames for form in nominatives(word, self.cases))
        return known

    def base(self, word: str) -> str:
        """Return the basic form of a head: small letters, singular, nominative."""
        small = word.lower()
        return self.bases.get(small, small)


def vocabulary_en(lexicon: Lexicon) -> Vocabulary:
    """Return the English vocabulary; call it through ``lexicon.once``."""
    return _compile(lexicon, "en")


def vocabulary_ru(lexicon: Lexicon) -> Vocabulary:
    """Return the Russian vocabulary; call it through ``lexicon.once``."""
    return _compile(lexicon, "ru")


def _compile(lexicon: Lexicon, lang: str) -> Vocabulary:
    topic = lexicon.languages[lang]["people"]
    kinds: dict[str, int] = defaultdict(int)
    bases: dict[str, str] = {}
    _add_words(kinds, bases, topic)
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in topic["head_phrases"]:
        words = tuple(phrase.split())
        phrases[words[0]].append(words)
        _flag(kinds, [words[0]], PHRASE)
    words_of = {name: frozenset(_split(topic[name])) for name in _SETS}
    return Vocabulary(
        kinds=dict(kinds),
        telling=frozenset(word for word, kind in kinds.items() if kind & TELLING),
        phrases={first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in phrases.items()},
        bases=bases,
        alone=words_of["alone"],
        weak_alone=words_of["weak_alone"],
        plural_alone=words_of["plural_alone"],
        of_words=words_of["of_words"],
        genitive=words_of["genitive"],
        far_words=words_of["far_words"],
        far_heads=words_of["far_heads"],
        female=words_of["female_honorifics"] | words_of["female_heads"],
        male=words_of["male_honorifics"] | words_of["male_heads"],
        modes={word: mode for mode, words in topic["modes"].items() for word in words},
        pronouns=topic["pronouns"],
        bound_pronouns=frozenset(topic["object_pronouns"]["bound"].split()),
        pronoun_verbs=frozenset(topic["object_pronouns"]["verbs"].split()),
        female_names=frozenset(skeleton(name) for name in topic["words"]["female_names"].split()),
        female_surname_endings=tuple(topic["words"]["female_surname_endings"].split()),
        family_first=frozenset(fold(name) for name in _split(topic["family_first"])),
        adjective_endings=tuple(topic["adjective_endings"].split()),
        patronymic_endings=tuple(topic["patronymics"]),
        also_adjectives=words_of["also_adjectives"],
        also_surnames=words_of["also_surnames"],
        determiners=words_of["determiners"],
        indefinite=words_of["indefinite"],
        articles=words_of["articles"],
        predicates=words_of["predicates"],
        joining=words_of["joining"],
        doubling=words_of["doubling"],
        namesakes=words_of["namesakes"],
        named_after=words_of["named_after"],
        relative=words_of["relative"],
        book=lexicon.once(office_book),
        direct=bool(topic.get("direct", False)),
        cases=case_endings(topic),
    )


_SETS = (
    *(
        "alone",
        "weak_alone",
        "plural_alone",
        "of_words",
        "genitive",
        "far_words",
        "far_heads",
        "female_honorifics",
        "female_heads",
    ),
    *(
        "male_honorifics",
        "male_heads",
        "also_adjectives",
        "also_surnames",
        "determiners",
        "indefinite",
        "articles",
        "predicates",
        "joining",
        "namesakes",
        "named_after",
        "relative",
        "doubling",
    ),
)


def _add_words(kinds: dict[str, int], bases: dict[str, str], topic: Topic) -> None:
    for name, flag, small in (
        ("heads", HEAD, True),
        ("modifiers", MODIFIER, True),
        ("nouns", NOUN, False),
        ("small_nouns", SMALL_NOUN, True),
        ("honorifics", HONORIFIC, True),
        ("particles", PARTICLE, True),
    ):
        _flag(kinds, _inflected(topic[name], bases), flag, small=small)
    plurals = dict(pair.split("=") for pair in _split(topic["plurals"]))
    bases.update(plurals)
    _flag(kinds, plurals, PLURAL)
    _flag(kinds, topic["pronouns"], PRONOUN)
    _flag(kinds, _split(topic["words"]["stop"]), STOP, small=False)
    for suffix in _split(topic["suffixes"]):
        kinds[suffix] |= SUFFIX


def _inflected(text: str, bases: dict[str, str]) -> list[str]:
    """Return the words of a list; ``stem|a,b`` stands for the stem with each ending (the first is the basic form)."""
    words: list[str] = []
    for entry in text.split():
        stem, bar, endings = entry.partition("|")
        forms = [stem + ending for ending in endings.split(",")] if bar else [stem]
        words += forms
        for form in forms[1:]:
            bases.setdefault(form, forms[0])
    return words


def _split(text: str) -> list[str]:
    """Return the entries of a list; ``_`` stands for the blank inside a phrase."""
    return [entry.replace("_", " ") for entry in text.split()]


def _flag(kinds: dict[str, int], words: Iterable[str], flag: int, *, small: bool = True) -> None:
    for word in words:
        for variant in _variants(word) if small else _variants(word)[1:]:
            kinds[variant] |= flag


def _variants(word: str) -> tuple[str, ...]:
    """Return a word in small letters, Capitalised, and IN CAPITALS; parts of a compound may be capitalised too."""
    small = word.lower()
    parts = small.split("-")
    titled = "-".join(part if part in {"in", "of"} else part[:1].upper() + part[1:] for part in parts)
    return (small, small[:1].upper() + small[1:], small.upper(), titled)
