"""Dates an undated document by a dated one that tells of the same event.

Two tellings are one event when they name the same persons and kind, do not disagree on the place, and
their days agree on one single occasion; or when they hold the same long quotation.  A document that is
dated so is connected again from its anchoring on; every document is judged by what all of them said
before this step, so the outcome does not depend on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis, Corpus, EventMention, Quote, Span
from etl.resolvers import anchoring, dating, identities, participation, periods, speakers
from etl.resolvers.dating.clues import Clue, around
from etl.resolvers.dating.rules import Source, rules

SHORT = 7  # days of an occasion: longer stretches of candidates hold too many occasions to choose one
DATED = 31  # a document that is sure to within so many days can date another
QUOTED = 60  # characters of a quotation that two texts do not share by chance
TOLD = (0, 21)  # the main event of a document is told from its day to so many days later
REPEATED = (-21, 21)  # a quotation is repeated so many days before or after
AGAIN = (anchoring.resolve, identities.resolve, speakers.resolve, periods.resolve, participation.resolve)


@dataclass(frozen=True, slots=True)
class Telling:
    """Where a document tells what another one may tell too, and on which days it was."""

    analysis: Analysis
    span: Span
    days: DaySet
    place: str
    main: bool
    quoted: bool = False


Key = tuple[str, ...]


def resolve(corpus: Corpus, lexicon: Lexicon) -> None:
    """Date the undated documents of the corpus by the dated ones, and connect those again."""
    unsure = [analysis for analysis in corpus.analyses if not _sure(analysis)]
    if len(unsure) in (0, len(corpus.analyses)):
        return  # nobody is to be dated, or nobody can date another
    told: dict[Key, list[Telling]] = defaultdict(list)
    for analysis in corpus.analyses:
        if _sure(analysis):
            for key, telling in _tellings(analysis):
                told[key].append(telling)
    clues = [(analysis, clue) for analysis in unsure if (clue := _clue(analysis, told, lexicon))]
    for analysis, clue in clues:
        before = analysis.dating
        dating.resolve(analysis, lexicon, more=(clue,))
        if analysis.dating != before:
            for step in AGAIN:
                step(analysis, lexicon)


def _sure(analysis: Analysis) -> bool:
    """Tell whether the document's own day is known to within a month."""
    days = analysis.dating.days if analysis.dating else None
    return days is not None and days.earliest is not None and days.latest is not None and _width(days) <= DATED


def _width(days: DaySet) -> int:
    return days.runs[-1][1] - days.runs[0][0] + 1


def _tellings(analysis: Analysis) -> Iterator[tuple[Key, Telling]]:
    for event in analysis.events:
        if (key := _event_key(event)) and event.dating:
            yield key, Telling(analysis, event.span, event.dating.days, event.place_id, event.main)
    for quote in analysis.quotes:
        if (key := _quote_key(quote, analysis.text)) and analysis.dating:
            yield key, Telling(analysis, quote.span, analysis.dating.days, "", main=True, quoted=True)


def _event_key(event: EventMention) -> Key:
    people = sorted({person.person_id for person in event.participants if person.person_id})
    return (event.kind, *people) if len(people) > 1 and event.status == "happened" else ()


def _quote_key(quote: Quote, text: str) -> Key:
    words = " ".join(quote.span.of(text).casefold().split())
    return ("quote", words) if len(words) >= QUOTED else ()


def _clue(analysis: Analysis, told: dict[Key, list[Telling]], lexicon: Lexicon) -> Clue | None:
    """Return the clue that other documents give, None when none or several occasions fit."""
    pairs = [(mine, other) for key, mine in _tellings(analysis) for other in told.get(key, ()) if _same(mine, other)]
    occasions = {other.days.runs for _, other in pairs}
    if not pairs or len(occasions) > 1:
        return None
    mine, other = min(pairs, key=lambda pair: (not pair[0].main, pair[0].span, pair[1].analysis.document.doc_id))
    rule = "same_quote" if mine.quoted else "same_event" if mine.main else "same_event_earlier"
    near = REPEATED if mine.quoted else TOLD
    days = other.days.since() if rule == "same_event_earlier" else around(other.days, *near)
    document = other.analysis.document
    words = {"document": document.title or document.name or document.doc_id, "day": other.days.edtf()}
    return lexicon.once(rules).clue(rule, days, mine.span, anchor=other.days, source=Source(document.doc_id), **words)


def _same(mine: Telling, other: Telling) -> bool:
    """Tell whether two tellings of one key are of one occasion."""
    if mine.place and other.place and mine.place != other.place:
        return False
    if mine.quoted:  # its day is only known as that of the document
        return bool(around(other.days, -DATED, DATED) & mine.days)
    short = all(high - low < SHORT for low, high in (*mine.days.runs, *other.days.runs))
    return short and bool(mine.days & other.days)
