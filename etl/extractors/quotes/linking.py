"""Gives each quote the words that attribute it: behind it, ahead of it, or those of the quote it continues.

The order is by trust: direct speech with a cue behind it, a cue that leads to it, a cue at the end of its
sentence, the quote before it in the same breath, the sentence before it, the subject of its sentence.
A quote for which none of these speaks stays without a source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from etl.extractors.attribution import Source, cues, source
from etl.extractors.attribution.words import MESSAGE, NAME, NAMING, Token, Vocabulary
from etl.extractors.quotes.marks import Marked
from etl.model import Span

_PAGE = re.compile(r"[\d\s./-]{1,30}")  # a page number or a turned page between two paragraphs
_LABEL = re.compile(r"\s*([^\W\d_a-zа-я][^\W\d_a-zа-я.'’ -]{2,40}):\s")
_WINDOW = 1200  # characters of a clause; a longer one is no prose
_LOOK_BACK = 6  # sentences between a pronoun and its name
_SPEECH_END = frozenset(",?!—–-…") | {""}
_CLOSERS = " '\"’”»)"
_SENTENCE_END = frozenset("?!…")


class Linked(NamedTuple):
    """A quotation with the source that its surroundings name; ``None`` when they name none."""

    marks: Marked
    source: Source | None
    antecedent: Span | None = None  # the name that stands for the source when that is a pronoun


@dataclass(slots=True)
class Linker:
    """Walks over the quotations of one document in order, keeping the one before at hand."""

    text: str
    words: Vocabulary
    sentences: Sequence[Span]
    paragraphs: Sequence[Span]
    quotations: Sequence[tuple[Marked, Source | None]]  # the source where the writer's words stand between the marks
    people: Sequence[Span] = ()  # where persons are mentioned by name or office
    starts: list[int] = field(init=False)  # of the sentences
    blocks: list[int] = field(init=False)  # starts of the paragraphs
    positions: list[int] = field(init=False)  # where the quotations begin

    def __post_init__(self) -> None:
        """Index the sentences and paragraphs by where they begin."""
        self.starts = [span.start for span in self.sentences]
        self.blocks = [span.start for span in self.paragraphs]
        self.positions = [marks.outer.start for marks, _ in self.quotations]

    def link(self) -> list[Linked]:
        """Return every quotation with its source, in the order of the text."""
        done: list[Linked] = []
        for number, (marks, given) in enumerate(self.quotations):
            block = self.paragraphs[bisect_right(self.blocks, marks.outer.start) - 1]
            place = _Place(
                marks,
                block,
                self._sentence_start(marks, block),
                self._sentence_end(marks, block),
                done[-1] if done else None,
                self.quotations[number + 1][0].outer.start if number + 1 < len(self.quotations) else len(self.text),
            )
            found = given or self._source(place)
            done.append(Linked(marks, found, self._antecedent(found, marks, done) if found and found.pronoun else None))
        return done

    def _antecedent(self, found: Source, marks: Marked, done: Sequence[Linked]) -> Span | None:
        """Return the name that a pronoun most likely stands for: the nearest subject before it and its quote."""
        limit = min(found.span.start, marks.outer.start)
        at = bisect_right(self.starts, limit) - 1
        for number in range(at, max(-1, at - _LOOK_BACK), -1):
            sentence = self.sentences[number]
            last = bisect_right(self.positions, sentence.end, hi=len(done)) - 1
            quoted = done[last] if last >= 0 and done[last].marks.outer.end > sentence.start else None
            named = self._named_in(sentence, min(sentence.end, limit), quoted)
            if named is not None and (found.neuter or self._is_person(named)):
                return named
        return None

    def _named_in(self, sentence: Span, end: int, quoted: Linked | None) -> Span | None:
        """Return whom a sentence is about: the speaker of the quote in it or of its statement, or its subject."""
        if quoted is not None and quoted.source is not None:
            return quoted.antecedent if quoted.source.pronoun else quoted.source.span
        if quoted is not None and quoted.marks.outer.start <= sentence.start:
            return None
        tokens = self._tokens(sentence.start, end)
        found = (cues.trailing(tokens) if end == sentence.end else None) or cues.main_subject(tokens)
        if found is None or (found.source[1] >= len(tokens) and end < sentence.end):
            return None
        given = source(tokens, found)
        return None if given.pronoun or not _is_name(tokens[slice(*found.source)]) else given.span

    def _is_person(self, span: Span) -> bool:
        """Tell whether a person is mentioned in the span; yes where no person was found in the whole document."""
        if not self.people:
            return True
        at = bisect_left(self.people, span.end, key=lambda person: person.start) - 1
        return at >= 0 and self.people[at].end > span.start

    # ------------------------------------------------------------------ where its clause begins and ends
    def _sentence_start(self, marks: Marked, block: Span) -> int:
        return max(block.start, self.sentences[bisect_right(self.starts, marks.outer.start) - 1].start)

    def _sentence_end(self, marks: Marked, block: Span) -> int:
        at = bisect_right(self.starts, marks.outer.end - 1) - 1
        end = self.sentences[at].end
        if end <= marks.outer.end + 1 and at + 1 < len(self.starts) and self.text[marks.inner.end - 1] in _SENTENCE_END:
            end = self.sentences[at + 1].end  # "Will you?" | Lee asked.
        return min(block.end, max(end, marks.outer.end))

    # ------------------------------------------------------------------ who says it
    def _source(self, place: _Place) -> Source | None:
        after = self._tokens(place.marks.outer.end, min(place.end, place.next_start))
        if found := self._labelled(place.marks.inner) or self._behind(place, after):
            return found
        clause = max(place.start, place.previous_end, place.marks.outer.start - _WINDOW)
        before = self._tokens(clause, place.marks.outer.start)
        return (
            self._ahead(before, fresh=clause == place.start)
            or self._trailing(place, after)
            or self._continued(place, before)
            or self._sentence_before(place)
            or self._paragraph_before(place)
            or self._subject(before)
        )

    def _labelled(self, inner: Span) -> Source | None:
        """Return the label in capitals that opens a quoted transcript: "LEE: I think ..."."""
        found = _LABEL.match(self.text, inner.start, inner.end)
        if found is None:
            return None
        return Source(Span(*found.span(1)), Span(*found.span()), "inner_label")

    def _tokens(self, start: int, end: int) -> list[Token]:
        return self.words.tokens(self.text, start, min(end, start + _WINDOW)) if end > start else []

    def _behind(self, place: _Place, after: list[Token]) -> Source | None:
        last = place.marks.inner.of(self.text).rstrip(_CLOSERS)[-1:]
        found = cues.behind(after, self.words, closed=last in _SPEECH_END)
        if found is None and place.next_start >= place.block.end:
            rest = self._tokens(place.marks.outer.end, place.block.end)
            return _given(rest, cues.signature(rest))
        return _given(after, found)

    def _ahead(self, before: list[Token], *, fresh: bool) -> Source | None:
        return _given(before, cues.ahead(before, self.words, fresh=fresh)) if before else None

    def _trailing(self, place: _Place, after: list[Token]) -> Source | None:
        if not after or place.next_start < place.end:
            return None
        return _given(after, cues.trailing(after))

    def _continued(self, place: _Place, before: list[Token]) -> Source | None:
        """Return the source of the quote before, when nothing but its attribution stands between."""
        last = place.previous
        if last is None or last.source is None:
            return None
        if place.previous_end >= place.start and before:
            weak = last.source.rule in {"sentence_subject", "weak_same_sentence"}
            return replace(last.source, rule="weak_same_sentence" if weak else "same_sentence")
        if before:
            return None  # it begins within another sentence, which names its own source
        between = self.text[last.marks.outer.end : place.marks.outer.start]
        if place.previous_end > place.block.start and (not between.strip() or last.source.span.start < place.start):
            gap = self._gap(last, place)
            if gap <= 1:
                return replace(last.source, rule="split_quote")
        if not last.marks.closed and not between.strip():
            return replace(last.source, rule="open_paragraph")
        return None

    def _gap(self, last: Linked, place: _Place) -> int:
        """Return how many sentences stand between two quotes of a paragraph, the attribution's own being one."""
        return bisect_right(self.starts, place.marks.outer.start - 1) - bisect_right(self.starts, last.marks.outer.end)

    def _sentence_before(self, place: _Place) -> Source | None:
        """Return the source of the sentence that leads to a quote which fills a sentence of its own."""
        if place.start < place.marks.outer.start or place.start <= place.block.start:
            return None
        sentence = self.sentences[bisect_right(self.starts, place.start - 1) - 1]
        tokens = self._tokens(max(sentence.start, place.previous_end), min(sentence.end, place.start))
        found = cues.ahead(tokens, self.words) or cues.main_subject(tokens)
        return _given(tokens, found, "sentence_before")

    def _paragraph_before(self, place: _Place) -> Source | None:
        """Return the source that a paragraph ending in a colon names, or the running speaker of whole paragraphs."""
        if place.marks.outer.start > place.block.start:
            return None
        at = bisect_right(self.blocks, place.block.start) - 2
        while at >= 0 and _PAGE.fullmatch(self.text, self.paragraphs[at].start, self.paragraphs[at].end):
            at -= 1
        if at < 0:
            return None
        last = self.paragraphs[at]
        if self.text[last.end - 1] == ":":
            sentence = self.sentences[bisect_right(self.starts, last.end - 1) - 1]
            tokens = self._tokens(sentence.start, last.end)
            return _given(tokens, cues.ahead(tokens, self.words) or cues.main_subject(tokens), "colon_paragraph")
        alone = not self.text[place.marks.outer.end : place.block.end].strip(" .")
        quoted = place.previous is not None and place.previous.marks.outer.start >= last.start
        if alone and quoted and place.previous and place.previous.source:
            return replace(place.previous.source, rule="running_speaker")
        return self._sender(self.sentences[bisect_right(self.starts, last.end - 1) - 1]) if alone else None

    def _sender(self, sentence: Span) -> Source | None:
        """Return who sent the message of which the next paragraph is the text."""
        tokens = self._tokens(sentence.start, sentence.end)
        told = any(token.kind & MESSAGE for token in tokens)
        return _given(tokens, cues.main_subject(tokens), "sender") if told else None

    def _subject(self, before: list[Token]) -> Source | None:
        return _given(before, cues.main_subject(before)) if before else None


class _Place(NamedTuple):
    """One quotation in its paragraph and sentence."""

    marks: Marked
    block: Span
    start: int  # of its sentence
    end: int  # of its sentence
    previous: Linked | None
    next_start: int

    @property
    def previous_end(self) -> int:
        return self.previous.marks.outer.end if self.previous else 0


def _is_name(phrase: Sequence[Token]) -> bool:
    """Tell whether a phrase can be whom a pronoun means: it has a name, and is no newspaper or company."""
    return any(token.kind & NAME for token in phrase) and not phrase[-1].kind & NAMING


def _given(tokens: Sequence[Token], found: cues.Cue | None, rule: str = "") -> Source | None:
    if found is None:
        return None
    given = source(tokens, found)
    return replace(given, rule=rule) if rule else given
