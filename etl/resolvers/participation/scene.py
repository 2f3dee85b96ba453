"""One document seen from its events: what stands in a stretch of text, and the record being filled in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from etl.dayset import DaySet
from etl.model import Analysis, Dating, EventMention, Evidence, PersonMention, PlaceMention, Quote, Span, Timex
from etl.resolvers.datelines import dateline
from etl.resolvers.participation.grammar import Grammar, Part

LONGEST_HEADING = 260
A_YEAR = 330  # days within which the next entry of a chronicle follows
ENTRIES = 2  # dated lines that make a chronicle; one is a dateline
_ENTRY = re.compile(r"\s?[.:–—]|\n")  # behind the day that heads an entry
WORD = re.compile(r"[^\W_][\w'’.-]*")


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Spanned)


def key_of(person: PersonMention) -> str:
    """Return what identifies a person: the id, else the name."""
    return person.person_id or person.name


@dataclass(slots=True)
class Telling:
    """An event mention while its people, place and date are being worked out."""

    mention: EventMention
    part: Part
    sentence: Span
    index: int  # of the sentence
    subjects: list[PersonMention] = field(default_factory=list)
    objects: list[PersonMention] = field(default_factory=list)
    others: list[tuple[PersonMention, str]] = field(default_factory=list)  # people with a role told elsewhere
    places: list[PlaceMention] = field(default_factory=list)
    timex: Timex | None = None
    dating: Dating | None = None
    flags: set[str] = field(default_factory=set)
    evidence: list[Evidence] = field(default_factory=list)
    main: bool = False

    _known: tuple[tuple[int, int, int], list[PersonMention], frozenset[str]] | None = None

    @property
    def people(self) -> list[PersonMention]:
        """Return everybody who took part, each once, in the order of the roles."""
        return self._named()[0]

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of everybody who took part."""
        return self._named()[1]

    def _named(self) -> tuple[list[PersonMention], frozenset[str]]:
        """Return people and ids, worked out anew only when somebody came or went."""
        size = (len(self.subjects), len(self.objects), len(self.others))
        if self._known is None or self._known[0] != size:
            seen: dict[str, PersonMention] = {}
            for person in [*self.subjects, *self.objects, *(person for person, _ in self.others)]:
                if person.name:
                    seen.setdefault(key_of(person), person)
            self._known = (size, list(seen.values()), frozenset(seen))
        return self._known[1:]


class Scene:
    """A document's people, places, times and quotes, found by position in logarithmic time."""

    def __init__(self, analysis: Analysis, grammar: Grammar) -> None:
        """Sort what was found in the document by its place in the text."""
        self.analysis, self.grammar, self.text = analysis, grammar, analysis.text
        self.lower = _lowered(analysis.text)
        self.sentences = analysis.sentences
        self._starts = [sentence.start for sentence in self.sentences]
        self.people = Row(_apart(analysis.people))
        self.places = Row(sorted(analysis.places, key=lambda place: place.span.start))
        self.timexes = Row(sorted(analysis.timexes, key=lambda timex: timex.span.start))
        self.quotes = Row(sorted(analysis.quotes, key=lambda quote: quote.span.start))
        self._proxies: dict[int, bool] = {}  # by the start of a mention: every event near it asks again
        self.speakers = self._speakers()
        self.entries = self._entries()
        self.heading = self._heading()
        self.dateline = dateline(analysis)

    def sentence_at(self, offset: int) -> tuple[int, Span]:
        """Return the index and span of the sentence at an offset."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        return index, self.sentences[index]

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quote or turn that the offset lies in."""
        row = self.quotes
        index = bisect_right(row.starts, offset) - 1
        if index >= 0 and row.items[index].span.start <= offset < row.items[index].span.end:
            return row.items[index]
        return None

    def strange(self, start: int, end: int) -> int:
        """Count the words between two offsets that are neither names, places, times nor bridging words."""
        if end <= start:
            return 0
        strangers = [
            match.start()
            for match in WORD.finditer(self.text, start, end)
            if match.group()[0].islower() and match.group().rstrip(".'’") not in self.grammar.bridge
        ]
        if not strangers:
            return 0
        known = [x.span for x in self.timexes.within(start, end)] + [x.span for x in self.places.within(start, end)]
        known += [person.span for person in self.people.within(start, end)]
        return sum(not any(span.start <= offset < span.end for span in known) for offset in strangers)

    def proxy(self, person: PersonMention) -> bool:
        """Tell whether only somebody of the person's is meant: his wife, her spokesman."""
        start = person.span.start
        if start not in self._proxies:
            self._proxies[start] = bool(self.grammar.who["proxy"].search(self.lower[max(0, start - 40) : start]))
        return self._proxies[start]

    def _heading(self) -> Span:
        """Return the document's heading: a first line without a full stop; an empty span when there is none."""
        if not self.sentences:
            return Span(0, 0)
        first = self.sentences[0]
        rest = self.text[first.end : first.end + 3]
        alone = "\n" in rest and first.end - first.start <= LONGEST_HEADING
        return first if alone and self.text[first.end - 1] not in ".…" else Span(first.start, first.start)

    def _entries(self) -> dict[int, Timex]:
        """Return the days that head the entries of a chronicle, by where their lines begin; {} for other texts."""
        found = [
            timex
            for timex in self.timexes.items
            if timex.expression.day is not None
            and self.text[max(0, timex.span.start - 1) : timex.span.start] in ("", "\n")
            and _ENTRY.match(self.text, timex.span.end)
        ]
        return {timex.span.start: timex for timex in _in_order(found)} if len(found) >= ENTRIES else {}

    def _speakers(self) -> dict[str, PersonMention]:
        """Return who takes turns in a transcript: speaker id -> a mention of that person."""
        ids = [quote.speaker_id for quote in self.quotes.items if quote.mode == "turn" and quote.speaker_id]
        by_id: dict[str, PersonMention] = {}
        for person in self.people.items:
            if person.name:
                by_id.setdefault(person.person_id, person)
        return {key: by_id[key] for key in dict.fromkeys(ids) if key in by_id}


def _in_order(entries: Sequence[Timex]) -> Iterator[Timex]:
    """Yield the days of a chronicle's entries; one without its year follows within a year of the one before."""
    last: date | None = None
    for timex in entries:
        days = timex.dating.days if timex.dating else None
        if timex.dating and days and last and not days.single:
            following = days & DaySet.between(last, last + timedelta(days=A_YEAR))
            if following.single:
                timex = replace(timex, dating=replace(timex.dating, days=following, likely=None))  # noqa: PLW2901
                days = following
        last = (days.single if days else None) or last
        yield timex


class Row(Generic[T]):
    """Things with spans, in text order."""

    def __init__(self, items: Sequence[T]) -> None:
        """Keep the items and their starts."""
        self.items = items
        self.starts = [item.span.start for item in items]

    def within(self, start: int, end: int) -> Sequence[T]:
        """Return the items that begin in a stretch of text."""
        return self.items[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _lowered(text: str) -> str:
    """Return the text in lower case with every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _apart(people: Sequence[PersonMention]) -> list[PersonMention]:
    """Return the mentions in text order, of two that overlap the first and longer one; a plural one is of several."""
    out: list[PersonMention] = []
    for person in sorted(people, key=lambda person: (person.span.start, -person.span.end)):
        if not out or person.span.start >= out[-1].span.end or person.span == out[-1].span:
            out.append(person)
    return out
