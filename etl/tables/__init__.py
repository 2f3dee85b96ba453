"""The tables that every reader of a store works with: one pandas frame for each entry of ``etl.schema``.

``Tables`` is what ``etl.build`` and ``etl.load`` return.  It holds plain frames and nothing hidden: the texts
that the offsets point into, and the manifest that says which build this is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from etl.model import Corpus
from etl.schema import TABLES
from etl.tables.events import add_events
from etl.tables.rows import Failure, Rows, add_document, add_failure
from etl.tables.validation import check

__all__ = ["Failure", "Tables", "make"]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one build, the texts by document id, and the build's manifest.

    ``manifest`` has at least ``build`` (the number, 0 before it is stored), ``version`` and ``notes``
    (sentences about what was left out).
    """

    documents: pd.DataFrame
    timexes: pd.DataFrame
    events: pd.DataFrame
    event_mentions: pd.DataFrame
    participants: pd.DataFrame
    figures: pd.DataFrame
    quotes: pd.DataFrame
    people: pd.DataFrame
    places: pd.DataFrame
    evidence: pd.DataFrame
    texts: Mapping[str, str]
    manifest: Mapping[str, Any] = field(default_factory=dict)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the frames by table name, in the order of the schema."""
        return {name: getattr(self, name) for name in TABLES}

    def evidence_for(self, table: str, row_id: str) -> pd.DataFrame:
        """Return the reasons for one row, in the order in which they were used."""
        found = self.evidence
        mine = found[(found["owner_id"] == row_id) & (found["owner_table"] == table)]
        return mine.sort_values("step")


def make(corpus: Corpus, failures: Iterable[Failure] = (), manifest: Mapping[str, Any] | None = None) -> Tables:
    """Return the tables of a corpus; ValueError names the first row whose wording is not at its offsets."""
    texts = {analysis.document.doc_id: analysis.text for analysis in corpus.analyses}
    rows = Rows(texts)
    for failure in failures:
        add_failure(rows, failure)
    for analysis in corpus.analyses:
        add_document(rows, analysis, corpus.event_of)
    add_events(rows, corpus)
    frames = {name: rows.frame(name) for name in TABLES}
    check(frames, texts)
    return Tables(**frames, texts=texts, manifest=manifest or {"build": 0, "notes": []})
