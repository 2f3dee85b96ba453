"""Turns the phrase that names a source into a person of the document, or into a readable name.

The identities step has given the persons mentioned in the text their canonical names.  A phrase is such a
person when the mention reaches over the phrase's head to its end: "a spokesman for X" is not X.  An office
without a name ("THE VICE PRESIDENT") is its holder when the document names exactly one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.lexicon import Lexicon
from etl.model import PersonMention, Span
from etl.names import same_word

_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTION = re.compile(r"^(\w+)['’].*$")
_LOOK_BACK = 24  # mentions before a source that may still reach into it


@dataclass(frozen=True, slots=True)
class Words:
    """What naming needs to know of a language."""

    genders: Mapping[str, str]  # pronouns for persons
    nobody: frozenset[str]  # I, we, you: the speaker of another quote
    organisations: frozenset[str]  # it, they
    honorifics: frozenset[str]
    articles: frozenset[str]
    continuing: frozenset[str]  # added, concluded
    head_end: re.Pattern[str]  # a preposition within a phrase

    def pronoun(self, phrase: str) -> str:
        """Return the pronoun that the phrase is, in small letters and without what was joined to it, else ""."""
        low = _CONTRACTION.sub(r"\1", phrase.lower())  # "he’d"
        return low if low in self.genders or low in self.nobody or low in self.organisations else ""

    def bare(self, phrase: str) -> str:
        """Return an office in small letters without its article, to compare."""
        parts = phrase.lower().split()
        return " ".join(parts[1:] if parts and parts[0] in self.articles else parts)

    def name(self, phrase: str) -> str:
        """Return the phrase without possessive and, when a name is left, without the titles before it."""
        phrase = _POSSESSIVE.sub("", " ".join(phrase.split()))
        parts = phrase.split()
        first = 0
        for at, part in enumerate(parts[:-1]):  # "Tulsa police Chief | Ann Lee", "the | United Nations"
            if self.is_title(part) or not part[0].isupper() or part.lower() in self.articles:
                first = at + 1
        described = not parts or not parts[-1][0].isupper() or bool(self.head_end.search(phrase))
        office = bool(parts) and self.is_title(parts[-1])
        return phrase if described or office else " ".join(parts[first:])

    def is_title(self, word: str) -> bool:
        """Tell whether the word is a title or office."""
        return word.lower().rstrip(".") in self.honorifics


class People:
    """The persons named in one document, by place and by office."""

    def __init__(self, text: str, mentions: Iterable[PersonMention], words: Words) -> None:
        """Index the mentions that have a name."""
        self._text, self._words = text, words
        self._named: Sequence[PersonMention] = sorted((m for m in mentions if m.name), key=lambda m: m.span)
        self._starts = [mention.span.start for mention in self._named]
        self._holders: dict[str, dict[str, PersonMention]] = {}
        for mention in self._named:
            if mention.office and mention.form != "office":
                self._holders.setdefault(words.bare(mention.office), {})[mention.person_id or mention.name] = mention

    def named_between(self, start: int, end: int, but: str) -> bool:
        """Tell whether somebody else is named between two offsets."""
        between = self._named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return any(mention.person_id != but for mention in between)

    def mentioned(self, source: Span) -> PersonMention | None:
        """Return the person whose mention reaches over the head of the phrase to its end."""
        phrase = source.of(self._text)
        cut = self._words.head_end.search(phrase)
        head_end = source.start + (cut.start() if cut else len(phrase))
        last = bisect_left(self._starts, source.end)
        for mention in reversed(self._named[max(0, last - _LOOK_BACK) : last]):
            reaches = mention.span.end >= head_end and mention.span.start < head_end and mention.span.end > source.start
            if reaches and self.serves(source, mention):
                return None
            if reaches and (mention.form != "office" or self._whole(source, mention)):
                return self._subject(source, mention)
        return None

    def servant(self, source: Span) -> bool:
        """Tell whether the phrase is of somebody who serves a person named in another case, and has no name itself."""
        last = bisect_left(self._starts, source.end)
        near = self._named[max(0, last - 1) : last]
        return any(mention.span.end == source.end and self.serves(source, mention) for mention in near)

    def serves(self, source: Span, mention: PersonMention) -> bool:
        """Tell whether the phrase is of somebody who serves the person named in another case: «советник Анны Берг»."""
        left = self._text[source.start : max(source.start, mention.span.start)].split()
        bare = mention.form in {"name", "surname"} and not mention.office and bool(left)
        return bare and self._words.is_title(left[0]) and not self._is_as_named(mention)

    def _subject(self, source: Span, last: PersonMention) -> PersonMention:
        """Return the surname before the last one where only that stands as it is in the canonical name.

        In a language with cases "said X to Y" has no word between the two, and Y ends otherwise.
        """
        at = bisect_left(self._starts, last.span.start) - 1
        other = self._named[at] if at >= 0 else last
        beside = other.span.end + 1 == last.span.start and other.span.start >= source.start
        if not beside or last.form != "surname" or self._is_as_named(last) or not self._is_as_named(other):
            return last
        return other

    def _is_as_named(self, mention: PersonMention) -> bool:
        return same_word(mention.span.of(self._text).split()[-1], mention.name.split()[-1])

    def _whole(self, source: Span, mention: PersonMention) -> bool:
        """Tell whether the mention of an office leaves no title out: "President" is not "Vice President"."""
        left = self._text[source.start : max(source.start, mention.span.start)].split()
        return not any(self._words.is_title(word) for word in left)

    def in_heading(self) -> PersonMention | None:
        """Return the only person whom the first line of the document names."""
        end = self._text.find("\n", len(self._text) - len(self._text.lstrip()))
        named = [mention for mention in self._named[:_LOOK_BACK] if mention.span.end <= end]
        return named[0] if len({mention.person_id or mention.name for mention in named}) == 1 else None

    def holder(self, source: Span) -> PersonMention | None:
        """Return the only person whom the document names with the office that the phrase is."""
        found = self._holders.get(self._words.bare(" ".join(source.of(self._text).split())), {})
        return next(iter(found.values())) if len(found) == 1 else None


def words_of(lexicon: Lexicon, lang: str) -> Words:
    """Return the words of a language, English for one that we do not know."""
    return lexicon.once_in(lexicon.speaking(lang, "quotes"), _words)


def _words(lexicon: Lexicon, lang: str) -> Words:
    topic = lexicon.topic(lang, "quotes")
    prepositions = "|".join(map(re.escape, topic["head_ends"])) or "(?!)"
    return Words(
        topic["pronoun_gender"],
        frozenset(topic["first_person"]),
        frozenset(topic["organisation_pronouns"]),
        frozenset(topic["honorifics"]),
        frozenset(topic["articles"]),
        frozenset(topic["continuing"]),
        re.compile(rf"\s(?:{prepositions})\s"),
    )
