"""Turns the words that attribute a quote into who said it: a person, an organisation, or nobody known.

A source phrase that a person is mentioned in (at its head, not behind a preposition) is that person,
under the canonical name that the identities step gave.  A pronoun is what that step made of it, or else
its antecedent, or else the speaker before.  Any other phrase stands for itself: a name without its titles
("Fred Smith", "TASS"), or a description ("spokesman for the company").  Surnames are completed from the
longer names among the speakers of the same document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.lexicon import Lexicon, Topic
from etl.model import Analysis, Evidence, PersonMention, Quote, Span, stable_id

_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTION = re.compile(r"^(\w+)['’].*$")
_SAME_BREATH = 160  # characters between a quote and the one that adds to it
_LOOK_BACK = 24  # mentions before a source that may still reach into it


@dataclass(frozen=True, slots=True)
class _Words:
    """What the resolver needs to know of a language."""

    genders: Mapping[str, str]
    nobody: frozenset[str]  # I, we, you: the speaker of another quote
    organisations: frozenset[str]  # it, they
    honorifics: frozenset[str]
    continuing: frozenset[str]  # added, concluded
    head_end: re.Pattern[str]  # a preposition within a phrase


def resolve(analysis: Analysis, lexicon: Lexicon) -> None:
    """Set speaker, speaker id and evidence of every quote, in place; running it again gives the same."""
    if not analysis.quotes:
        return
    known = lexicon.once(_words)
    words = known.get(analysis.document.lang) or known["en"]
    named = sorted((mention for mention in analysis.people if mention.name), key=lambda mention: mention.span)
    speakers = _Speakers(analysis.text, words, named, [mention.span.start for mention in named])
    resolved: list[Quote] = []
    for quote in analysis.quotes:
        resolved.append(speakers.resolved(quote, resolved[-1] if resolved else None))
    full = _full_names([quote.speaker for quote in resolved if quote.speaker])
    analysis.quotes = [_completed(quote, full) for quote in resolved]


@dataclass(frozen=True, slots=True)
class _Speakers:
    text: str
    words: _Words
    named: Sequence[PersonMention]
    starts: Sequence[int]

    def resolved(self, quote: Quote, previous: Quote | None) -> Quote:
        """Return the quote with its speaker, as far as the source phrase tells one."""
        bare = replace(quote, speaker="", speaker_id="", evidence=())
        if quote.source is None:
            return bare
        phrase = quote.source.of(self.text)
        told = quote.antecedent and self._mention(quote.antecedent, quote.antecedent.of(self.text))
        mention = told or self._mention(quote.source, phrase)
        if mention is not None:
            same = self._continued(quote, mention, previous)
            return self._said_by(
                bare, *((same.speaker, same.speaker_id) if same else (mention.name, mention.person_id))
            )
        low = _CONTRACTION.sub(r"\1", phrase.lower())  # "he’d"
        if low in self.words.nobody:
            return bare
        if quote.antecedent is not None:
            return self._by_antecedent(bare, quote.antecedent)
        if low in self.words.genders:
            known = previous is not None and previous.speaker and low not in self.words.organisations
            return self._said_by(bare, previous.speaker, previous.speaker_id) if previous and known else bare
        return bare if low in self.words.organisations else self._said_by(bare, self._name(phrase))

    def _continued(self, quote: Quote, mention: PersonMention, previous: Quote | None) -> Quote | None:
        """Return the quote before when an office without a name "adds" something to it: its speaker goes on."""
        if previous is None or not previous.speaker or mention.form != "office" or quote.cue is None:
            return None
        near = quote.span.start - previous.span.end < _SAME_BREATH
        return previous if near and quote.cue.of(self.text).lower() in self.words.continuing else None

    def _by_antecedent(self, quote: Quote, antecedent: Span) -> Quote:
        phrase = antecedent.of(self.text)
        mention = self._mention(antecedent, phrase)
        return (
            self._said_by(quote, mention.name, mention.person_id)
            if mention
            else self._said_by(quote, self._name(phrase))
        )

    def _mention(self, source: Span, phrase: str) -> PersonMention | None:
        """Return the person whose mention reaches over the head of the phrase to its end."""
        cut = self.words.head_end.search(phrase)
        head_end = source.start + (cut.start() if cut else len(phrase))
        last = bisect_left(self.starts, source.end)
        for mention in reversed(self.named[max(0, last - _LOOK_BACK) : last]):
            if mention.span.end >= head_end and mention.span.start < head_end and mention.span.end > source.start:
                return mention
        return None

    def _name(self, phrase: str) -> str:
        """Return the phrase without possessive and, when a name is left, without the titles before it."""
        phrase = _POSSESSIVE.sub("", " ".join(phrase.split()))
        parts = phrase.split()
        first = 0
        for at, part in enumerate(parts[:-1]):  # "Tulsa police Chief | Ann Lee", "the | United Nations"
            if part.lower().rstrip(".") in self.words.honorifics or not part[0].isupper():
                first = at + 1
        described = not parts or not parts[-1][0].isupper() or self.words.head_end.search(phrase)
        return phrase if described else " ".join(parts[first:])

    def _said_by(self, quote: Quote, name: str, person_id: str = "") -> Quote:
        cue = quote.cue.of(self.text) if quote.cue else ""
        note = f"“{' '.join(cue.split())[:60]}” gives {name} as the speaker ({quote.rule})"
        evidence = Evidence("text", quote.rule, note, quote.cue)
        return replace(quote, speaker=name, speaker_id=person_id or stable_id("speaker", name), evidence=(evidence,))


def _full_names(names: Sequence[str]) -> dict[str, str]:
    """Return for each surname the one longer name among the speakers that ends with it."""
    longer: dict[str, set[str]] = {}
    for name in names:
        parts = name.split()
        if len(parts) > 1:
            longer.setdefault(parts[-1], set()).add(name)
    return {surname: min(found) for surname, found in longer.items() if len(found) == 1}


def _completed(quote: Quote, full: Mapping[str, str]) -> Quote:
    name = full.get(quote.speaker)
    return replace(quote, speaker=name, speaker_id=stable_id("speaker", name)) if name else quote


def _words(lexicon: Lexicon) -> dict[str, _Words]:
    return {lang: _words_of(lexicon.topic(lang, "quotes")) for lang in lexicon.languages}


def _words_of(topic: Topic) -> _Words:
    prepositions = "|".join(map(re.escape, topic["head_ends"])) or "(?!)"
    return _Words(
        topic["pronoun_gender"],
        frozenset(topic["first_person"]),
        frozenset(topic["organisation_pronouns"]),
        frozenset(topic["honorifics"]),
        frozenset(topic["continuing"]),
        re.compile(rf"\s(?:{prepositions})\s"),
    )
