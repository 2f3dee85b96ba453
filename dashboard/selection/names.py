"""The names of kinds and indicators in the interface's language, from the same files that define them."""

from __future__ import annotations

import functools

from dashboard.charts.texts import texts
from etl.lexicon import default_lexicon


@functools.cache
def kind_name(kind: str, lang: str) -> str:
    """Return what a kind of event is called, or its id made readable when its file does not say."""
    if named := texts(lang).kinds.get(kind):
        return named
    topic = default_lexicon().events.get(kind, {})
    names = topic.get("name") or {}
    return str(names.get(lang) or names.get("en") or topic.get("label") or humanise(kind))


@functools.cache
def indicator_name(indicator: str, lang: str) -> str:
    """Return what an indicator is called, or its id made readable when its file does not say."""
    names = default_lexicon().indicators.get(indicator, {}).get("name") or {}
    return str(names.get(lang) or names.get("en") or humanise(indicator))


def humanise(identifier: str) -> str:
    """Return an id as a label: press_conference becomes Press conference."""
    words = identifier.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
