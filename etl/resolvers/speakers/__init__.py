"""Turns the words that attribute a quote into who said it: a person, an organisation, or nobody known.

A pronoun is its antecedent (the name that the text was about), or what the identities step made of it, or
the speaker before.  A phrase that is no person of the document stands for itself: a name without its titles
("Fred Smith", "TASS"), or a description ("a spokesman for the company").  Surnames are completed from the
longer names among the speakers of the same document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.lexicon import Lexicon
from etl.model import Analysis, Evidence, PersonMention, Quote, stable_id
from etl.resolvers.speakers.naming import People, Words, words_of

ANSWER = "turn_answer"  # of an interview: its heading names whom it is with
_SAME_BREATH = 160  # characters between a quote and the one that adds to it
_ACRONYM = 5  # letters; a longer word in capitals is a word


def resolve(analysis: Analysis, lexicon: Lexicon) -> None:
    """Set speaker, speaker id and evidence of every quote, in place; running it again gives the same."""
    if not analysis.quotes:
        return
    words = words_of(lexicon, analysis.document.lang)
    speakers = _Speakers(analysis.text, words, People(analysis.text, analysis.people, words))
    resolved: list[Quote] = []
    for quote in analysis.quotes:
        resolved.append(speakers.resolved(quote, resolved[-1] if resolved else None))
    full = _full_names(resolved)
    analysis.quotes = [_completed(quote, full) for quote in resolved]


@dataclass(frozen=True, slots=True)
class _Speakers:
    text: str
    words: Words
    people: People

    def resolved(self, quote: Quote, previous: Quote | None) -> Quote:
        """Return the quote with its speaker, as far as the source phrase tells one."""
        bare = replace(quote, speaker="", speaker_id="", evidence=())
        if quote.source is None:
            asked = self.people.in_heading() if quote.rule == ANSWER else None
            return self._said_by(bare, asked.name, asked.person_id) if asked else bare
        here = self.people.mentioned(quote.source)
        told = self.people.mentioned(quote.antecedent) if quote.antecedent else None
        woman = self.words.genders.get(self.words.pronoun(quote.source.of(self.text))) == "f"
        mention = (here or told) if woman else (told or here)  # "she" was matched with whom it can mean
        if mention is not None and self._goes_on(quote, mention, previous) and previous is not None:
            return self._said_by(bare, previous.speaker, previous.speaker_id)
        if here is None and self.people.servant(quote.source):
            return self._said_by(bare, " ".join(quote.source.of(self.text).split()))
        mention = mention or self.people.holder(quote.source)
        if mention is not None:
            return self._said_by(bare, mention.name, mention.person_id)
        return self._unmentioned(bare, quote.source.of(self.text), previous)

    def _goes_on(self, quote: Quote, mention: PersonMention, previous: Quote | None) -> bool:
        """Tell whether an office without a name "adds" something to the quote before: its speaker goes on."""
        if previous is None or not previous.speaker or mention.form != "office" or quote.cue is None:
            return False
        near = quote.span.start - previous.span.end < _SAME_BREATH
        return near and quote.cue.of(self.text).lower() in self.words.continuing

    def _unmentioned(self, quote: Quote, phrase: str, previous: Quote | None) -> Quote:
        """Return the quote whose source is no person that the identities step knows."""
        pronoun = self.words.pronoun(phrase)
        if pronoun in self.words.nobody:
            return quote
        if quote.antecedent is not None:
            return self._said_by(quote, self._readable(quote, quote.antecedent.of(self.text)))
        if not pronoun:
            return self._said_by(quote, self._readable(quote, phrase))
        if pronoun in self.words.organisations or previous is None or not previous.speaker:
            return quote
        if quote.source and self.people.named_between(previous.span.end, quote.source.start, previous.speaker_id):
            return quote  # "he" may be somebody told since
        return self._said_by(quote, previous.speaker, previous.speaker_id)

    def _readable(self, quote: Quote, phrase: str) -> str:
        name = self.words.name(phrase)
        shouted = quote.mode == "turn" and name.isupper() and (len(name) > _ACRONYM or name != phrase)
        return name.title() if shouted else name

    def _said_by(self, quote: Quote, name: str, person_id: str = "") -> Quote:
        cue = " ".join(quote.cue.of(self.text).split()) if quote.cue else ""
        note = f"“{cue[:60]}” gives {name} as the speaker ({quote.rule})"
        evidence = Evidence("text", quote.rule, note, quote.cue)
        return replace(quote, speaker=name, speaker_id=person_id or stable_id("speaker", name), evidence=(evidence,))


def _full_names(quotes: Sequence[Quote]) -> dict[str, Quote]:
    """Return for each surname the quote of the one speaker whose longer name ends with it."""
    longer: dict[str, dict[str, Quote]] = {}
    for quote in quotes:
        parts = quote.speaker.split()
        if len(parts) > 1:
            longer.setdefault(parts[-1], {})[quote.speaker] = quote
    return {surname: next(iter(found.values())) for surname, found in longer.items() if len(found) == 1}


def _completed(quote: Quote, full: Mapping[str, Quote]) -> Quote:
    same = full.get(quote.speaker)
    return replace(quote, speaker=same.speaker, speaker_id=same.speaker_id) if same else quote
