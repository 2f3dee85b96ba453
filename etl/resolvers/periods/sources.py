"""Find who says a figure: a named source ("the Russian estimate", "according to the ministry"), else the speaker.

Named sources win over the speaker who quotes them.  "Your statistics" in a transcript are those of the
person spoken to, so they get the adjective of that person's country.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from etl.extractors.attribution import sources_in
from etl.lexicon import Lexicon
from etl.model import Evidence, Figure, PersonMention, Quote, Span
from etl.resolvers.periods.page import WORD, Page

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_WINDOW = 400  # characters between a source and its figure
_REPORT_REACH = 6  # sentences that go on reporting what somebody "reported"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source as the table shows it, with the words that name it."""

    text: str = ""
    evidence: Evidence | None = None


NOBODY = Attribution()


@dataclass(frozen=True, slots=True)
class _Named:
    """A source named in a sentence: where, and how strongly it is bound to what follows."""

    start: int
    end: int
    text: str
    rule: str


class Sources:
    """Finds the source and the speaker of each figure of a page."""

    def __init__(self, page: Page, lexicon: Lexicon) -> None:
        """Keep the page, its people and its word lists."""
        self._page, self._lexicon = page, lexicon
        self._table = page.topic["attribution"]
        self._people = sorted((one for one in page.analysis.people if one.name), key=lambda one: one.span)
        self._people_starts = [one.span.start for one in self._people]
        self._quotes = sorted(page.analysis.quotes, key=lambda quote: quote.span)
        self._quote_starts = [quote.span.start for quote in self._quotes]
        self._known: dict[int, list[_Named]] = {}

    def of(self, index: int, place: int) -> tuple[Attribution, str]:
        """Return (named source, speaker) of the figure with this index."""
        figure = self._page.figures[index]
        quote = self._quote_around(figure)
        speaker = quote.speaker if quote else ""
        named = self._named_for(figure, place, inside=quote)
        if named is None and quote is None:
            named = self._still_reporting(figure, place)
        if named is None:
            return NOBODY, speaker
        note = f"“{self._page.text[named.start : named.end]}” is given as the source"
        return Attribution(named.text, Evidence("text", named.rule, note, Span(named.start, named.end))), speaker

    def _quote_around(self, figure: Figure) -> Quote | None:
        at = bisect_right(self._quote_starts, figure.span.start) - 1
        return self._quotes[at] if at >= 0 and self._quotes[at].span.end >= figure.span.end else None

    # -------------------------------------------------------------- named in the sentence
    def _named_for(self, figure: Figure, place: int, inside: Quote | None) -> _Named | None:
        """Return the nearest source before the figure that no other figure's source displaces, else one behind it."""
        known = self._sources(place)
        low = bisect_left(known, figure.span.start - _WINDOW, key=lambda one: one.start)
        sources = known[low : bisect_left(known, figure.span.end + _WINDOW, key=lambda one: one.start)]
        if inside is not None:
            sources = [one for one in sources if inside.span.start <= one.start < inside.span.end]
        before = [one for one in sources if one.end <= figure.span.start]
        if before:
            return before[-1]
        behind = [one for one in sources if one.start >= figure.span.end and one.rule != "sources.noun"]
        return behind[0] if behind else None

    def _sources(self, place: int) -> list[_Named]:
        if place not in self._known:
            sentence = self._page.sentence(place)
            found = [*self._spoken(sentence), *self._nouns(sentence)]
            found.sort(key=lambda one: (one.start, -one.end))
            self._known[place] = found
        return self._known[place]

    def _spoken(self, sentence: Span) -> list[_Named]:
        """Return the sources with a verb of speech or an "according to"."""
        out: list[_Named] = []
        for source in sources_in(self._page.analysis, self._lexicon, sentence):
            words = source.span.of(self._page.text).lower().split()
            if words and not set(words) & set(self._table["not_source"]):
                text = self._readable(source.span, pronoun=source.pronoun)
                if text:
                    first, last = min(source.span.start, source.cue.start), max(source.span.end, source.cue.end)
                    out.append(_Named(first, last, text, "sources.speech"))
        return [*out, *self._acting(sentence, out)]

    def _acting(self, sentence: Span, known: list[_Named]) -> list[_Named]:
        """Return persons whose act of speech is told by another verb: "X thanked Y for another $1 billion"."""
        verbs = frozenset(self._table["acts"])
        low, high = bisect_left(self._people_starts, sentence.start), bisect_left(self._people_starts, sentence.end)
        for person in self._people[low:high]:
            following = WORD.search(self._page.text, person.span.end, min(sentence.end, person.span.end + 24))
            if following is not None and following.group().lower() in verbs and not known:
                return [_Named(person.span.start, following.end(), person.name, "sources.act")]
        return []

    def _readable(self, span: Span, *, pronoun: bool) -> str:
        """Return a person's canonical name, a phrase without its article, or "" for a pronoun nobody resolved."""
        person = self._person_in(span)
        if person is not None:
            return person.name
        phrase = " ".join(span.of(self._page.text).split())
        owned = self._owned(span, phrase)
        if owned:
            return owned
        return "" if pronoun or phrase.lower() in self._table["pronouns"] else _ARTICLE.sub("", phrase)

    def _person_in(self, span: Span) -> PersonMention | None:
        low = bisect_left(self._people_starts, span.start - 60)
        for person in self._people[low:]:
            if person.span.start >= span.end:
                break
            if person.span.overlaps(span):
                return person
        return None

    def _nouns(self, sentence: Span) -> list[_Named]:
        """Return the sources that a noun names: "the Russian estimate is"."""
        nouns, stop = frozenset(self._table["nouns"]), frozenset(self._page.topic["nouns"]["stop"])
        determiners = frozenset(self._table["determiners"])
        words = list(WORD.finditer(self._page.text, sentence.start, sentence.end))
        out: list[_Named] = []
        for index, word in enumerate(words):
            if word.group().lower() not in nouns or index == 0:
                continue
            first = index
            while (
                first
                and words[first - 1].group().lower() not in stop
                and index - first < 3
                and self._adjacent(words[first - 1], words[first])
            ):
                first -= 1
            lead = words[first - 1].group().lower() if first else ""
            phrase = " ".join(found.group() for found in words[first : index + 1])
            if lead in self._table["owners_second"]:
                first -= 1
                phrase = self._owned(Span(words[first].start(), word.end()), f"{lead} {phrase}") or f"{lead} {phrase}"
            elif first == index or (lead not in determiners and not words[first].group()[:1].isupper()):
                continue
            out.append(_Named(words[first].start(), word.end(), phrase, "sources.noun"))
        return out

    def _adjacent(self, left: re.Match[str], right: re.Match[str]) -> bool:
        return not self._page.text[left.end() : right.start()].strip()

    # -------------------------------------------------------------- "your statistics"
    def _owned(self, span: Span, phrase: str) -> str:
        """Return "Belarusian statistics" for "your statistics" said to the President of Belarus."""
        first, _, rest = phrase.partition(" ")
        if first.lower() not in self._table["owners_second"] or not rest:
            return ""
        at = bisect_right(self._quote_starts, span.start) - 1
        speaker = self._quotes[at].speaker if at >= 0 else ""
        country = self._country_spoken_to(speaker) if speaker else ""
        return f"{self._page.demonyms[country]} {rest}" if country in self._page.demonyms else ""

    def _country_spoken_to(self, speaker: str) -> str:
        """Return the country of the other speaker, when exactly one other person speaks."""
        others = {quote.speaker for quote in self._quotes if quote.speaker and quote.speaker != speaker}
        if len(others) != 1:
            return ""
        other = others.pop()
        countries = [one.country for one in self._people if one.name == other and one.country]
        return max(set(countries), key=lambda code: (countries.count(code), code)) if countries else ""

    # -------------------------------------------------------------- a report that goes on
    def _still_reporting(self, figure: Figure, place: int) -> _Named | None:
        """Return who "reported on" the matter in a sentence before, while nobody else speaks."""
        verbs = frozenset(self._table["reporting"])
        for back in range(place - 1, max(-1, place - 1 - _REPORT_REACH), -1):
            if "\n" in self._page.text[self._page.sentence(back).end : figure.span.start]:
                return None
            sources = self._sources(back)
            if sources:
                reported = verbs & set(self._page.words(sources[-1].start, sources[-1].end + 12))
                return sources[-1] if reported and sources[-1].rule != "sources.noun" else None
        return None
