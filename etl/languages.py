"""Guesses the language of a text from its letters: enough to choose between the languages we know."""

from __future__ import annotations

import re

_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def guess(text: str) -> str:
    """Return "ru" for a text mostly in Cyrillic letters, else "en"."""
    sample = text[:4000]
    return "ru" if len(_CYRILLIC.findall(sample)) > len(_LATIN.findall(sample)) else "en"
