"""Tokens of a clause, each with what the lexicon knows of the word: verb of speech, determiner, name ...

Only short windows around a quote or figure are ever tokenised, so nothing here looks at a whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from etl.lexicon import Lexicon

# What a word may be; one word may be several of these.
(
    SPEECH,
    PARTICIPLE,
    LABEL,
    NOUN_VERB,
    DETERMINER,
    POSSESSIVE,
    PRONOUN,
    PREPOSITION,
    BREAKER,
    RELATIVE,
    AUXILIARY,
    TIME,
) = (1 << bit for bit in range(12))
INTRODUCER, HONORIFIC, NAME, NOUN, MARK, PARTICLE, NAMING, POSSESSED, VERBAL, COMPARING, ARTICLE, CLAIM = (
    1 << bit for bit in range(12, 24)
)
DESCRIPTION, MESSAGE, STATIVE, PASSIVE, NEUTER, TERM, INDEFINITE, GOVERNING, INSTITUTION = (
    1 << bit for bit in range(24, 33)
)
VERB = SPEECH | LABEL
NOMINAL = NAME | NOUN
_ORDINARY = NOUN_VERB | LABEL | SPEECH | PARTICIPLE | POSSESSED | CLAIM | INSTITUTION  # may be names when capitalised
_NOUNS = HONORIFIC | NAMING | INSTITUTION | NOUN_VERB | POSSESSED | CLAIM | DESCRIPTION | MESSAGE

_TOKEN = re.compile(r"\w+(?:[.’'&/-]\w+)*['’]?|[^\w\s]")
_MEMORY = 50_000  # words
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_FLAGS = {
    "noun_verbs": NOUN_VERB,
    "determiners": DETERMINER,
    "articles": ARTICLE,
    "indefinite": INDEFINITE,
    "possessives": POSSESSIVE,
    "subject_pronouns": PRONOUN,
    "noun_prepositions": PREPOSITION,
    "breakers": BREAKER,
    "relatives": RELATIVE,
    "auxiliaries": AUXILIARY,
    "times": TIME,
    "introducers": INTRODUCER,
    "honorifics": HONORIFIC,
    "name_particles": PARTICLE,
    "naming": NAMING,
    "terms": NAMING | TERM,
    "possessed": POSSESSED,
    "claims": CLAIM,
    "descriptions": DESCRIPTION,
    "messages": MESSAGE,
    "statives": STATIVE | SPEECH,
    "passives": PASSIVE,
    "organisation_pronouns": NEUTER,
    "comparing": COMPARING,
    "governing": GOVERNING,
    "institutions": INSTITUTION,
}


class Token(NamedTuple):
    """A word or punctuation mark: its place in the text, its wording, and its kinds as flags."""

    start: int
    end: int
    text: str
    kind: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language that attribution rests on."""

    kinds: Mapping[str, int]
    stops: frozenset[str]  # abbreviations that keep their full stop
    prepositional: Mapping[str, Sequence[Sequence[str]]]  # "according to", word by word, by the first word
    adverb_endings: tuple[str, ...]
    verbal_endings: tuple[str, ...]
    memo: dict[str, int] = field(default_factory=dict)  # kinds already worked out

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """Return the tokens of ``text[start:end]``; the stop of an abbreviation or initial belongs to its word."""
        found: list[Token] = []
        memo = self.memo
        for match in _TOKEN.finditer(text, start, end):
            word = match.group()
            if word == "." and found and found[-1].end == match.start() and self._keeps_stop(found[-1].text):
                start, _, letters, kind = found[-1]
                initial = NAME if letters[0].isupper() and len(letters) == 1 else kind
                found[-1] = Token(start, match.end(), letters + ".", initial)
                continue
            kind = memo.get(word, -1)
            if kind < 0:
                kind = self.kind(word)
                if len(memo) < _MEMORY:
                    memo[word] = kind
            found.append(Token(match.start(), match.end(), word, kind))
        return found

    def kind(self, word: str) -> int:
        """Return the kinds of one word, by the lexicon first and by its letters otherwise."""
        low = word.lower()
        known = self.kinds.get(low, 0) or self._contracted(low)
        if word[0].isupper():
            return known | (NAME if known & (HONORIFIC | NAMING) or not known & ~_ORDINARY else 0)
        if known:
            return known | (NOUN if known & _NOUNS else 0)
        return self._unknown(low) if word[0].isalnum() else MARK

    def _contracted(self, low: str) -> int:
        """Return the kind of the small word that was joined with another: "he’d", "that’s"."""
        base = low.replace("’", "'").partition("'")[0]
        known = self.kinds.get(base, 0) if base != low else 0
        return known if known & (PRONOUN | RELATIVE | BREAKER) and not known & NAMING else 0

    def _unknown(self, low: str) -> int:
        """Return the kind of a word in small letters that the lexicon does not list."""
        if low.endswith(self.adverb_endings):
            return AUXILIARY | BREAKER
        return NOUN | VERBAL if low.endswith(self.verbal_endings) else NOUN

    def _keeps_stop(self, word: str) -> bool:
        return (
            word in self.stops
            or word.rpartition("-")[2] in self.stops
            or (word[-1].isupper() and bool(_INITIALS.fullmatch(word)))
        )


def vocabulary(lexicon: Lexicon, lang: str) -> Vocabulary:
    """Return the vocabulary of a language, English for one that we do not know."""
    return lexicon.once_in(lexicon.speaking(lang, "quotes"), _made)


def _made(lexicon: Lexicon, lang: str) -> Vocabulary:
    return _vocabulary(lexicon.topic(lang, "quotes"), lexicon.topic(lang, "sentences"))


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for words in map(str.split, phrases):
        found.setdefault(words[0], []).append(words)
    return found


def _vocabulary(topic: Mapping[str, Any], sentences: Mapping[str, Any]) -> Vocabulary:
    kinds: dict[str, int] = {}

    def mark(words: Iterable[str], flag: int) -> None:
        for word in words:
            kinds[word.lower()] = kinds.get(word.lower(), 0) | flag

    for name, flag in (("speech", SPEECH), ("labelling", LABEL)):
        for entry in topic[name]:
            finite, _, participles = entry.partition("|")
            mark(finite.split(), flag)
            mark(participles.split(), PARTICIPLE)
    for name, flag in _FLAGS.items():
        mark(topic.get(name, ()), flag)
    return Vocabulary(
        kinds,
        frozenset(sentences["titles"]) | frozenset(sentences["abbreviations"]),
        _by_first_word(topic["prepositional"]),
        tuple(topic["adverb_endings"]) or ("\0",),
        tuple(topic["verbal_endings"]) or ("\0",),
    )
