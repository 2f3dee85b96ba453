"""Resolve merging."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.model import Corpus


def resolve(corpus: Corpus, lexicon: Lexicon) -> None:
    """Do nothing yet."""
    del corpus, lexicon
