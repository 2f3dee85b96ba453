"""Find the words that name a figure's source: "the Russian estimate", "according to the ministry", "X reported".

Only the words are found here; who is meant is worked out by ``resolvers/periods`` when persons are known.
A source binds the figures behind it in its sentence, a verb of speech at the sentence's end those before it.
What somebody "reported on" goes on over the following sentences of the paragraph while nobody else speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from etl.extractors.attribution import Source, sources_in
from etl.lexicon import Lexicon
from etl.model import Analysis, Figure, Quote, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WINDOW = 400  # characters between a source and its figure
_CUE = 20  # characters in which the last attributing word stands
_REPORT_REACH = 6  # sentences that go on with a report
_PRONOUN_REACH = 2  # sentences between a pronoun and the source that it stands for
_STATING = frozenset(',:;."“”«»„—–')  # marks behind a verb that states something
_OPEN_FORMS = ("name", "surname", "office", "pronoun")


@dataclass(frozen=True, slots=True)
class Named:
    """A source named in a sentence, and how far its attributing words reach."""

    span: Span
    start: int
    end: int
    rule: str


def attach(analysis: Analysis, lexicon: Lexicon, figures: list[Figure]) -> list[Figure]:
    """Return the figures with the words that name the source of each, where there are any."""
    if not figures:
        return figures
    claims = _Claims(analysis, lexicon)
    out: list[Figure] = []
    for figure in figures:
        named = claims.of(figure)
        out.append(replace(figure, source=named.span, source_rule=named.rule) if named else figure)
    return out


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language that name sources."""

    nouns: frozenset[str]
    owners: frozenset[str]  # your
    determiners: frozenset[str]
    acts: frozenset[str]
    reporting: frozenset[str]
    not_source: frozenset[str]
    says: frozenset[str]  # verbs that state something without a "that" as well
    that: frozenset[str]
    objects: frozenset[str]  # him
    passive: frozenset[str]  # what makes the verb before it a participle
    also: frozenset[str]  # what may stand between a person and the verb
    repeated: re.Pattern[str]  # according to him
    stop: frozenset[str]  # what ends the phrase of a source noun, verbs of change too: "the bank cut its forecast"
    putting: frozenset[str]  # verbs that state a number only in a phrase like "puts the figure at"
    put_at: re.Pattern[str]


def _words(lexicon: Lexicon, lang: str) -> _Words:
    topic: Mapping[str, Any] = lexicon.topic(lang, "numbers")
    keys = (
        "nouns",
        "owners_second",
        "determiners",
        "acts",
        "reporting",
        "not_source",
        "that",
        "objects",
        "passive",
        "also",
    )
    lists = {"owners" if key == "owners_second" else key: frozenset(topic["attribution"][key]) for key in keys}
    moves = frozenset((*topic["change"]["up"], *topic["change"]["down"]))
    says = frozenset(topic["attribution"]["says"]) - moves
    leads, objects = (map(re.escape, topic["attribution"][key]) for key in ("before", "objects"))
    repeated = re.compile(rf"(?<!\w)(?:{'|'.join(leads)})\s+({'|'.join(objects)})(?!\w)", re.IGNORECASE)
    return _Words(
        **lists,
        says=says,
        repeated=repeated,
        stop=frozenset(topic["nouns"]["stop"]) | moves - frozenset(topic["change"]["after"]),
        putting=frozenset(topic["attribution"]["putting"]),
        put_at=re.compile(topic["attribution"]["put_at"]),
    )


class _Claims:
    """Finds the sources of one document's figures."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon) -> None:
        lang = lexicon.speaking(analysis.document.lang, "numbers")
        self._analysis, self._lexicon, self._text = analysis, lexicon, analysis.text
        self._words = lexicon.once_in(lang, _words)
        self._sentences = analysis.sentences or [Span(0, len(analysis.text))]
        self._starts = [sentence.start for sentence in self._sentences]
        self._quotes = sorted(analysis.quotes, key=lambda quote: quote.span)
        self._quote_starts = [quote.span.start for quote in self._quotes]
        self._people = sorted(
            (one.span for one in analysis.people if one.form in _OPEN_FORMS), key=lambda span: span.start
        )
        self._people_starts = [span.start for span in self._people]
        self._known: dict[int, list[Named]] = {}

    def of(self, figure: Figure) -> Named | None:
        """Return the source of a figure that the text names, or None."""
        place = max(0, bisect_right(self._starts, figure.span.start) - 1)
        at = bisect_right(self._quote_starts, figure.span.start) - 1
        quote = self._quotes[at] if at >= 0 and self._quotes[at].span.end >= figure.span.end else None
        return self._nearest(figure, place, quote) or (None if quote else self._still_reporting(figure, place))

    def _nearest(self, figure: Figure, place: int, inside: Quote | None) -> Named | None:
        """Return the nearest source before the figure, else the first one behind it."""
        known = [self._meant(one, place) for one in self._sources(place)]
        low = bisect_left(known, figure.span.start - _WINDOW, key=lambda one: one.start)
        near = known[low : bisect_left(known, figure.span.end + _WINDOW, key=lambda one: one.start)]
        if inside is not None:
            near = [one for one in near if inside.span.start <= one.start < inside.span.end]
        before = [one for one in near if one.end <= figure.span.start]
        if before:
            return before[-1]
        return next((one for one in near if one.start >= figure.span.end and self._looks_back(one, figure)), None)

    def _looks_back(self, one: Named, figure: Figure) -> bool:
        """Tell whether a source can bind a figure before it: none that puts forward a number of its own."""
        said = self._text[one.end - _CUE : one.end].lower().split()[-1:]
        between = self._text[figure.span.end : one.start]
        return one.rule != "claims.noun" and ";" not in between and self._words.putting.isdisjoint(said)

    def _sources(self, place: int) -> list[Named]:
        if place not in self._known:
            sentence = self._sentences[place]
            spoken = self._spoken(sentence)
            found = [*spoken, *([] if spoken else self._acting(sentence)), *self._nouns(sentence)]
            self._known[place] = sorted(found, key=lambda one: (one.start, -one.end))
        return self._known[place]

    def _spoken(self, sentence: Span) -> list[Named]:
        """Return the sources with a verb of speech or an "according to"."""
        out: list[Named] = []
        for source in sources_in(self._analysis, self._lexicon, sentence):
            phrase = source.span.of(self._text).lower().split()
            if self._words.not_source.isdisjoint(phrase) and self._states(source):
                first, last = min(source.span.start, source.cue.start), max(source.span.end, source.cue.end)
                out.append(Named(source.span, first, last, "claims.speech"))
        return [*out, *self._repeated(sentence)]

    def _repeated(self, sentence: Span) -> list[Named]:
        """Return the pronouns behind "according to", which no grammar of speech reads."""
        words = re.split(r"\W+", self._text[sentence.start : sentence.end].lower())
        if self._words.objects.isdisjoint(words):
            return []
        found = self._words.repeated.finditer(self._text, sentence.start, sentence.end)
        return [Named(Span(*one.span(1)), *one.span(), "claims.speech") for one in found]

    def _states(self, source: Source) -> bool:
        """Tell whether the attributing words state something: "said", or another verb with "that" behind it."""
        behind = self._text[source.cue.end : source.cue.end + 12].split()[:1]
        if behind and behind[0].lower() in self._words.passive:
            return False  # "the initiative announced by Lee"
        if source.rule != "x_said" or source.cue.of(self._text).lower() in self._words.says:
            return True  # but not "the projects will add $5 billion", "the troops went on from three sides"
        if source.cue.of(self._text).lower() in self._words.putting:
            return bool(self._words.put_at.match(self._text, source.cue.end))
        return not behind or behind[0][0] in _STATING or behind[0].lower() in self._words.that

    def _meant(self, named: Named, place: int) -> Named:
        """Return the source that a pronoun repeats: "according to him" stands for the one named just before."""
        if named.span.of(self._text).lower() not in self._words.objects:
            return named
        for back in range(place - 1, max(-1, place - 1 - _PRONOUN_REACH), -1):
            for one in reversed(self._sources(back)):
                if one.rule == "claims.speech" and one.span.of(self._text).lower() not in self._words.objects:
                    return replace(named, span=one.span)
            at = bisect_left(self._quote_starts, self._sentences[back].end) - 1
            source = self._quotes[at].source if at >= 0 else None
            if source is not None and source.end > self._sentences[back].start:
                return replace(named, span=source)  # “We rebuild,” Lee said.  According to him, ...
        return named

    def _acting(self, sentence: Span) -> list[Named]:
        """Return the person whose act of speech another verb tells: "X thanked Y for another $1 billion"."""
        low, high = bisect_left(self._people_starts, sentence.start), bisect_left(self._people_starts, sentence.end)
        for person in self._people[low:high]:
            following = _WORD.search(self._text, person.end, min(sentence.end, person.end + 24))
            if following is not None and following.group().lower() in self._words.also:
                following = _WORD.search(self._text, following.end(), min(sentence.end, person.end + 36))
            if following is not None and following.group().lower() in self._words.acts:
                return [Named(person, person.start, following.end(), "claims.act")]
        return []

    def _nouns(self, sentence: Span) -> list[Named]:
        """Return the sources that a noun names: "the Russian estimate", "your statistics"."""
        nouns = self._words.nouns
        if nouns.isdisjoint(_WORD.findall(self._text[sentence.start : sentence.end].lower())):
            return []
        words = list(_WORD.finditer(self._text, sentence.start, sentence.end))
        out: list[Named] = []
        for index, word in enumerate(words):
            if index and word.group().lower() in nouns:
                first = self._phrase_start(words, index)
                if first < index:
                    span = Span(words[first].start(), word.end())
                    out.append(Named(span, span.start, span.end, "claims.noun"))
        return out

    def _phrase_start(self, words: list[re.Match[str]], index: int) -> int:
        """Return where the phrase of a source noun begins; the noun itself when nothing names an owner."""
        first = index
        while first and index - first < 3 and self._joins(words[first - 1], words[first]):
            first -= 1
        lead = words[first - 1].group().lower() if first else ""
        if lead in self._words.owners:
            return first - 1
        named = lead in self._words.determiners or words[first].group()[:1].isupper()
        return first if named else index

    def _joins(self, left: re.Match[str], right: re.Match[str]) -> bool:
        gap = self._text[left.end() : right.start()]
        return left.group().lower() not in self._words.stop and not gap.strip()

    def _still_reporting(self, figure: Figure, place: int) -> Named | None:
        """Return who "reported on" the matter in a sentence before, while nobody else speaks."""
        verbs = self._words.reporting
        before = self._text[self._sentences[max(0, place - _REPORT_REACH)].start : figure.span.start].lower()
        if not any(verb in before for verb in verbs):
            return None
        held = ""
        for back in range(place - 1, max(-1, place - 1 - _REPORT_REACH), -1):
            if "\n" in self._text[self._sentences[back].end : figure.span.start]:
                return None
            sources = self._sources(back)
            if not sources:
                continue
            last = sources[-1]
            if verbs & {word.group().lower() for word in _WORD.finditer(self._text, last.start, last.end + 12)}:
                return last if last.rule != "claims.noun" and held in last.span.of(self._text) else None
            words = last.span.of(self._text).split()
            if held or last.rule != "claims.speech" or not words[-1][:1].isupper():
                return None
            held = words[-1]  # "according to the Minister": the same person as the one who reported?
        return None
