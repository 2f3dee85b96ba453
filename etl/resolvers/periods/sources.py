"""Work out who says a figure: the named source ("the Russian estimate", a ministry, a person), else the speaker.

Named sources win over the speaker who quotes them.  "Your statistics" in a transcript are those of the
person spoken to, so they get the adjective of that person's country.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from etl.model import Evidence, Figure, PersonMention, Quote, Span
from etl.resolvers.periods.cases import nominative
from etl.resolvers.periods.page import Page

_APOSTROPHE = re.compile(r"['’]")  # of "I'd"
_CUE = 20  # characters before a source in which the last word of its cue stands
_LOOK_BACK = 60  # characters before a source in which a mention that reaches into it may begin


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source as the table shows it, with the words that name it."""

    text: str = ""
    evidence: Evidence | None = None


NOBODY = Attribution()


class Sources:
    """Finds the source and the speaker of each figure of a page."""

    def __init__(self, page: Page) -> None:
        """Keep the page, its people and its quotes."""
        self._page = page
        self._table = page.topic["attribution"]
        self._genitive_cues = frozenset(self._table["genitive_cues"])
        self._people = sorted((one for one in page.analysis.people if one.name), key=lambda one: one.span)
        self._people_starts = [one.span.start for one in self._people]
        self._quotes = sorted(page.analysis.quotes, key=lambda quote: quote.span)
        self._quote_starts = [quote.span.start for quote in self._quotes]

    def of(self, figure: Figure) -> tuple[Attribution, str]:
        """Return (named source, speaker) of a figure."""
        quote = self._quote_around(figure.span)
        speaker = quote.speaker if quote else ""
        text = self._readable(figure.source) if figure.source else ""
        if not text or figure.source is None:
            return NOBODY, speaker
        note = f"“{figure.source.of(self._page.text)}” is given as the source"
        return Attribution(text, Evidence("text", figure.source_rule, note, figure.source)), speaker

    def _quote_around(self, span: Span) -> Quote | None:
        at = bisect_right(self._quote_starts, span.start) - 1
        return self._quotes[at] if at >= 0 and self._quotes[at].span.end >= span.end else None

    def _readable(self, span: Span) -> str:
        """Return a person's canonical name, a phrase without its article, or "" for a pronoun nobody resolved."""
        person = self._person_in(span)
        if person is not None:
            return person.name
        phrase = " ".join(span.of(self._page.text).split())
        if (
            _APOSTROPHE.split(phrase.lower(), maxsplit=1)[0] in self._table["pronouns"]
            or phrase.split()[0].lower() in self._table["owners_first"]
        ):
            return ""  # "our data" are the speaker's
        if not self._can_say(phrase):
            return self._owned(span, phrase)
        governed = self._page.words(span.start - _CUE, span.start)[-1:]
        if self._genitive_cues.issuperset(governed) and governed:
            phrase = nominative(phrase, self._table["genitives"])
        return self._owned(span, phrase) or self._bare(phrase)

    def _bare(self, phrase: str) -> str:
        """Return the phrase without its article."""
        first, _, rest = phrase.partition(" ")
        return rest if rest and first.lower() in self._table["articles"] else phrase

    def _can_say(self, phrase: str) -> bool:
        """Tell whether a phrase may be a source: a name within it, or a noun of saying (report, ministry)."""
        known = frozenset(self._table["nouns"]) | frozenset(self._table["speakers"])
        named = self._bare(phrase).split()
        return any(word[:1].isupper() for word in named) or bool(known & {word.lower() for word in named})

    def _person_in(self, span: Span) -> PersonMention | None:
        low = bisect_left(self._people_starts, span.start - _LOOK_BACK)
        for person in self._people[low:]:
            if person.span.start >= span.end:
                break
            if person.span.overlaps(span):
                return person
        return None

    def _owned(self, span: Span, phrase: str) -> str:
        """Return "Belarusian statistics" for "your statistics" said to the President of Belarus."""
        first, _, rest = phrase.partition(" ")
        if first.lower() not in self._table["owners_second"] or not rest:
            return ""
        quote = self._quote_around(span)
        country = self._country_spoken_to(quote.speaker) if quote and quote.speaker else ""
        return f"{self._page.demonyms[country]} {rest}" if country in self._page.demonyms else ""

    def _country_spoken_to(self, speaker: str) -> str:
        """Return the country of the other speaker, when exactly one other person speaks."""
        others = {quote.speaker for quote in self._quotes if quote.speaker and quote.speaker != speaker}
        if len(others) != 1:
            return ""
        other = others.pop()
        countries = [one.country for one in self._people if one.name == other and one.country]
        return max(set(countries), key=lambda code: (countries.count(code), code)) if countries else ""
