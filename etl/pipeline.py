"""The pipeline: two ordered lists and the loop.  Read this file first.

An extractor looks at one document and returns what it finds for one field of its ``Analysis``; it may
look at what the extractors before it found.  A resolver connects what was found: it dates, names and
attributes.  Both are pure functions of (document, knowledge): no clock, no files, no pandas, so a
document can be analysed in any process.  Only the corpus resolvers see several documents; their
outcome does not depend on the documents' order, because the corpus is sorted first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from etl.extractors import events, figures, people, places, quotes, sentences, temporal
from etl.lexicon import Lexicon
from etl.model import Analysis, Corpus, Document
from etl.resolvers import (
    anchoring,
    corroboration,
    dating,
    identities,
    merging,
    participation,
    periods,
    series,
    speakers,
)

# field of Analysis -> who fills it; later ones may read the fields of earlier ones
EXTRACTORS: tuple[tuple[str, Callable[[Analysis, Lexicon], list[Any]]], ...] = (
    ("sentences", sentences.find),
    ("timexes", temporal.find),
    ("places", places.find),
    ("people", people.find),
    ("quotes", quotes.find),
    ("figures", figures.find),
    ("events", events.find),
)

RESOLVERS: tuple[Callable[[Analysis, Lexicon], None], ...] = (
    dating.resolve,  # when was the document written?  (clues intersected)
    anchoring.resolve,  # timexes -> calendar days, given that
    identities.resolve,  # surnames, offices and pronouns -> persons, at that date
    speakers.resolve,  # quotes -> who said them
    periods.resolve,  # figures -> period, source, what they are compared with
    participation.resolve,  # events -> who, where, when, status, the main one
)

CORPUS_RESOLVERS: tuple[Callable[[Corpus, Lexicon], None], ...] = (
    corroboration.resolve,  # the same event in a dated document dates an undated one
    merging.resolve,  # tellings -> events, with all their sources
    series.resolve,  # figures -> series: repeats, disputed, corrected and derived values
)


def analyse(document: Document, lexicon: Lexicon) -> Analysis:
    """Return all that one document says, dated and attributed as far as it alone allows."""
    analysis = Analysis(document)
    for field, find in EXTRACTORS:
        setattr(analysis, field, find(analysis, lexicon))
    connect(analysis, lexicon)
    return analysis


def connect(analysis: Analysis, lexicon: Lexicon) -> None:
    """Run the document resolvers, in place; may be run again when the document's date has changed."""
    for resolve in RESOLVERS:
        resolve(analysis, lexicon)


def combine(analyses: Iterable[Analysis], lexicon: Lexicon) -> Corpus:
    """Return the corpus with its events merged; the order of the analyses does not matter."""
    corpus = Corpus(sorted(analyses, key=lambda analysis: analysis.document.doc_id))
    for resolve in CORPUS_RESOLVERS:
        resolve(corpus, lexicon)
    return corpus
