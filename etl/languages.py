"""Guesses the language of a text from its letters: enough to choose between the languages we know."""

from __future__ import annotations

import re

_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")


def guess(text: str) -> str:
    """Return "ru" for a text mostly in Cyrillic letters, else "en"."""
    sample = text[:4000]
    cyrillic = _letters(_CYRILLIC, sample)  # hardly ever any in an English text: then the others need no counting
    return "ru" if cyrillic and cyrillic > _letters(_LATIN, sample) else "en"


def _letters(kind: re.Pattern[str], sample: str) -> int:
    return sum(map(len, kind.findall(sample)))
