"""Resolve speakers."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.model import Analysis


def resolve(analysis: Analysis, lexicon: Lexicon) -> None:
    """Do nothing yet."""
    del analysis, lexicon
