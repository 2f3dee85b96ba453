"""Find out what a figure measures: an indicator of the lexicon, or a readable label from the text.

Indicators are files in ``lexicon/indicators``; each lists its names and the kinds of unit that it can be
stated in.  The name nearest to the figure in its sentence wins; one before the figure counts as nearer,
one behind another figure as farther.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.extractors.figures.quantities import Quantity
from etl.extractors.figures.vocabulary import LANGUAGES, Vocabulary
from etl.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_KEY = 4  # letters that index a name
_BEHIND, _CROSSING, _FARTHEST = 25, 45, 260


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an indicator."""

    pattern: re.Pattern[str]
    indicator: str
    units: frozenset[str]
    context: re.Pattern[str] | None


@dataclass(slots=True)
class Names:
    """All names of one language, indexed by the first letters of their first word."""

    index: dict[str, list[Name]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a sentence."""

    start: int
    end: int
    name: Name


def indicator_names(lexicon: Lexicon) -> dict[str, Names]:
    """Return the names of all indicators by language (a builder for ``lexicon.once``)."""
    out = {lang: Names() for lang in LANGUAGES}
    for identifier, entry in sorted(lexicon.indicators.items()):
        for lang, names in out.items():
            context = [_pattern(word) for word in entry.get("context", {}).get(lang, [])]
            needed = re.compile("|".join(context), re.IGNORECASE) if context else None
            for phrase in entry["names"].get(lang, []):
                name = Name(re.compile(_pattern(phrase), re.IGNORECASE), identifier, frozenset(entry["units"]), needed)
                names.index.setdefault(_key(phrase.rstrip("*")), []).append(name)
    for names in out.values():
        for found in names.index.values():
            found.sort(key=lambda name: -len(name.pattern.pattern))
    return out


def _pattern(phrase: str) -> str:
    body = re.escape(phrase).replace(r"\*", r"[^\W\d_]{0,5}").replace(r"\ ", r"\s+")
    return rf"(?<![^\W_]){body}(?![^\W_])"


def _key(word: str) -> str:
    first = re.match(r"[^\W\d_]+", word)
    return (first.group() if first else word)[:_KEY].lower()


def hits(text: str, start: int, end: int, names: Names) -> list[Hit]:
    """Return the indicator names in [start, end), the longest where several begin together."""
    out: list[Hit] = []
    for word in _WORD.finditer(text, start, end):
        if out and word.start() < out[-1].end:
            continue
        for name in names.index.get(word.group()[:_KEY].lower(), ()):
            found = name.pattern.match(text, word.start(), end)
            if found is not None and (name.context is None or name.context.search(text, start, end)):
                out.append(Hit(found.start(), found.end(), name))
    return out


def unit_classes(quantity: Quantity) -> frozenset[str]:
    """Return the words by which an indicator file may allow the quantity's unit."""
    if quantity.unit is None:
        if quantity.form == "fraction":
            return frozenset(("percent",))
        return frozenset(("count", quantity.noun.lower())) if quantity.noun else frozenset(("number",))
    classes = {quantity.kind, quantity.unit.name}
    if quantity.per:
        classes |= {f"{name} per {quantity.per}" for name in (quantity.unit.name, quantity.kind)} | {f"{quantity.kind} per"}
        classes -= {quantity.kind, quantity.unit.name}
    return frozenset(classes)


def choose(quantity: Quantity, found: list[Hit], others: list[Quantity]) -> Hit | None:
    """Return the hit that the quantity measures, or None."""
    classes = unit_classes(quantity)
    best: tuple[int, Hit] | None = None
    for hit in found:
        if not (classes & hit.name.units):
            continue
        cost = _distance(quantity, hit, others)
        if cost <= _FARTHEST and (best is None or cost < best[0]):
            best = (cost, hit)
    return best[1] if best else None


def _distance(quantity: Quantity, hit: Hit, others: list[Quantity]) -> int:
    if hit.end <= quantity.start:
        low, high, cost = hit.end, quantity.start, quantity.start - hit.end
    else:
        low, high, cost = quantity.end, hit.start, max(0, hit.start - quantity.end) + _BEHIND
    return cost + _CROSSING * sum(1 for other in others if other is not quantity and low <= other.start < high)


# ------------------------------------------------------------------ labels
def label(text: str, quantity: Quantity, low: int, high: int, vocabulary: Vocabulary) -> str:
    """Return a readable name of what is measured, from the noun phrase behind or before the figure, or ""."""
    if quantity.label:
        return quantity.label
    table = vocabulary.topic["nouns"]
    stop, links = frozenset(table["stop"]), frozenset(table["label_links"])
    behind = _behind(text, quantity.end, high, stop, links)
    return behind or _subject(text, quantity.start, low, stop, vocabulary)


def _behind(text: str, start: int, end: int, stop: frozenset[str], links: frozenset[str]) -> str:
    """Return the noun phrase of "$500 million in direct budget support"."""
    words = list(_WORD.finditer(text, start, min(end, start + 90)))
    if not words or words[0].group().lower() not in links or text[start : words[0].start()].strip():
        return ""
    return _phrase(text, [word for word in words[1:]], stop)


def _phrase(text: str, words: list[re.Match[str]], stop: frozenset[str]) -> str:
    chosen: list[re.Match[str]] = []
    for word in words:
        if chosen and text[chosen[-1].end() : word.start()].strip(" \n\u00a0"):
            break
        if word.group().lower() in stop:
            if chosen:
                break
            continue
        chosen.append(word)
        if len(chosen) == 4:
            break
    return " ".join(word.group() for word in chosen)


def _subject(text: str, end: int, low: int, stop: frozenset[str], vocabulary: Vocabulary) -> str:
    """Return the noun phrase before the verb that leads to the figure: "the budget is ..."."""
    words = list(_WORD.finditer(text, max(low, end - 120), end))
    verbs = vocabulary.words("change", "reached") | frozenset(vocabulary.change)
    index = next((i for i in range(len(words) - 1, -1, -1) if words[i].group().lower() in verbs), -1)
    while index > 0 and words[index].group().lower() in verbs | stop:
        index -= 1
    chosen: list[str] = []
    while index >= 0 and words[index].group().lower() not in stop | verbs and len(chosen) < 4:
        if chosen and text[words[index].end() : words[index + 1].start()].strip(" \n\u00a0"):
            break
        chosen.insert(0, words[index].group())
        index -= 1
    return " ".join(chosen)
