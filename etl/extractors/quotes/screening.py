"""Tells quotations from what else stands between quotation marks: titles, names, doubted words."""

from __future__ import annotations

from etl.extractors.attribution.words import NAME, NAMING, PARTICIPLE, VERB, Token, Vocabulary
from etl.extractors.quotes.linking import Linked

_SHORT = 3  # words; fewer say little, so they need a cue
_TITLE = 9  # words; more are no title
_WINDOW = 60  # characters before the mark
_WEAK = frozenset({"sentence_subject", "sentence_before", "running_speaker", "split_quote", "same_sentence"})


def is_quote(text: str, linked: Linked, words: Vocabulary) -> bool:
    """Tell whether the marks hold somebody's words."""
    inner = linked.marks.inner.of(text).strip()
    inside = words.tokens(text, *_limits(linked))
    count = sum(1 for token in inside if token.text[0].isalnum())
    if count == 0:
        return False
    start = linked.marks.outer.start
    lead = words.tokens(text, max(0, text.rfind("\n", 0, start), start - _WINDOW), start)
    if lead and lead[-1].text == "," and len(lead) > 1 and lead[-2].kind & NAMING:
        return False
    if lead and lead[-1].kind & NAMING and not lead[-1].kind & NAME:
        return False
    cued = linked.source is not None and linked.source.rule not in _WEAK
    spoken = inner[-1] in ",?!" or (inner[-1] == "." and count >= _SHORT)
    if _is_title(inside) and count <= _TITLE and not (cued and _said_here(lead, linked, text)):
        return False
    if count < _SHORT:
        return cued and (spoken or _said_here(lead, linked, text))
    return True


def _limits(linked: Linked) -> tuple[int, int]:
    inner = linked.marks.inner
    return inner.start, min(inner.end, inner.start + 200)


def _said_here(lead: list[Token], linked: Linked, text: str) -> bool:
    """Tell whether the cue touches the quote: its verb is the last word before it, or follows its comma."""
    cue = linked.source.cue if linked.source else None
    if cue is None:
        return False
    if cue.start >= linked.marks.outer.end:
        return text[linked.marks.inner.end - 1] in ",?!." or cue.start - linked.marks.outer.end < 30
    words = [token for token in lead if token.text[0].isalnum()]
    return bool(words) and any(token.kind & (VERB | PARTICIPLE) and not token.kind & NAME for token in words[-3:])


def _is_title(inside: list[Token]) -> bool:
    """Tell whether every longer word is capitalised, as in the title of a work."""
    long = [token for token in inside if token.text[0].isalpha() and len(token.text) > 3]
    return bool(long) and all(token.text[0].isupper() for token in long)
