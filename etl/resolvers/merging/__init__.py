"""Merge the tellings of one event, within and across documents; when unsure, keep them apart.

First every document's tellings are gathered (``within``), then the documents' events are compared in
blocks of the same people and kind of event (``across``), so that the work grows with the number of
tellings.  Nothing depends on the order of the documents; every merge leaves its reason as evidence.
"""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.model import Corpus
from etl.resolvers.merging import across, within
from etl.resolvers.merging.describe import Describer
from etl.resolvers.merging.links import link
from etl.resolvers.merging.people import aliases


def resolve(corpus: Corpus, lexicon: Lexicon) -> None:
    """Fill ``corpus.events``, and ``corpus.event_of`` for the quotes said and the figures reported at them."""
    ordered = Corpus(sorted(corpus.analyses, key=lambda analysis: analysis.document.doc_id))
    same_person = aliases(ordered)
    local = [found for analysis in ordered.analyses for found in within.gather(analysis, lexicon, same_person)]
    describer = Describer(ordered, lexicon, same_person)
    ordered.events = describer.events(across.join(local, describer.place))
    corpus.events, corpus.event_of = ordered.events, link(ordered)
