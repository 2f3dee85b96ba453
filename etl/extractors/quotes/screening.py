"""Tells quotations from what else stands between quotation marks: titles, names, doubted words."""

from __future__ import annotations

from etl.extractors.attribution.nouns import OWNING, is_verb
from etl.extractors.attribution.words import (
    COMPARING,
    DETERMINER,
    NAME,
    NAMING,
    PARTICIPLE,
    PARTICLE,
    POSSESSIVE,
    PREPOSITION,
    TERM,
    Token,
    Vocabulary,
)
from etl.extractors.quotes.linking import Linked
from etl.extractors.quotes.marks import Marked

_SHORT = 3  # words; fewer say little, so they need a cue
_ADJACENT = 3  # tokens before the mark, with a comma or colon
_NEAR = 5  # words before the mark
_TITLE = 9  # words; more are no title
_STOPS = frozenset(".?!:…")
_ENDS = _STOPS | {","}
_LONG = 160  # characters; more is nobody's name
_WINDOW = 60  # characters before the mark
_SMALL = PREPOSITION | PARTICLE | DETERMINER
_WEAK = frozenset({"sentence_subject", "sentence_before", "running_speaker", "weak_same_sentence"})


def is_name(text: str, marks: Marked, words: Vocabulary) -> bool:
    """Tell whether the marks hold a name by what stands right before them, whoever speaks around."""
    if marks.inner.end - marks.inner.start > _LONG:
        return False
    inside = words.tokens(text, marks.inner.start, marks.inner.end)
    count = sum(1 for token in inside if token.text[0].isalnum())
    lead = _lead(text, marks.outer.start, words)
    if count == 0 or not lead or count > _TITLE:
        return count == 0
    title, last = _is_title(inside), lead[-1]
    if last.text == "," and len(lead) > 1:
        return title and bool(lead[-2].kind & NAMING)  # "the film, “Dunes of Gold,”"
    if last.kind & NAMING and not last.kind & NAME:
        return bool(last.kind & TERM) or inside[0].text[0].isupper()
    if count < _SHORT and last.kind & NAME and text[marks.outer.end : marks.outer.end + 2].strip().istitle():
        return True  # a nickname between two names
    return title and (last.text.endswith(OWNING) or bool(last.kind & (PREPOSITION | NAME)))


def is_quote(text: str, linked: Linked, words: Vocabulary) -> bool:
    """Tell whether the marks hold somebody's words, given who is said to have spoken them."""
    cued = linked.source is not None and linked.source.rule not in _WEAK
    if cued and linked.marks.inner.end - linked.marks.inner.start > _LONG:
        return True
    inner = linked.marks.inner.of(text).strip()
    inside = words.tokens(text, linked.marks.inner.start, min(linked.marks.inner.end, linked.marks.inner.start + _LONG))
    count = sum(1 for token in inside if token.text[0].isalnum())
    lead = _lead(text, linked.marks.outer.start, words)
    sentence = _is_sentence(text, linked.marks, lead, count)
    if sentence and (linked.source is not None or count > _TITLE or (lead[-1:] and lead[-1].text == ":")):
        return True
    if _is_title(inside) and count <= _TITLE and not (cued and _said_here(lead[-_ADJACENT:], linked, text)):
        return False
    if not cued and not _verb_leads(lead) and (_is_term(lead) or not (_is_owned(linked) or _describes(lead, count))):
        return False
    if count < _SHORT:
        return cued and (inner[-1] in ",?!" or _said_here(lead, linked, text))
    return True


def _is_owned(linked: Linked) -> bool:
    """Tell whether a few words within a sentence without a cue can be its subject's: a name right in that sentence."""
    found = linked.source
    if found is None or found.rule == "weak_same_sentence":
        return False
    return not found.pronoun or linked.antecedent is not None


def _describes(lead: list[Token], count: int) -> bool:
    """Tell whether the words describe somebody, whoever said so: "seen as “...”"."""
    return count >= _SHORT and bool(lead) and bool(lead[-1].kind & COMPARING)


def _is_term(lead: list[Token]) -> bool:
    """Tell whether an article or possessor stands before the mark, as in "a “targeted area”", not "as a “...”"."""
    if not lead or (len(lead) > 1 and lead[-2].kind & COMPARING):
        return False
    return bool(lead[-1].kind & (DETERMINER | POSSESSIVE)) or lead[-1].text.endswith(OWNING)


def _lead(text: str, start: int, words: Vocabulary) -> list[Token]:
    return words.tokens(text, max(0, text.rfind("\n", 0, start), start - _WINDOW), start)


def _is_sentence(text: str, marks: Marked, lead: list[Token], count: int) -> bool:
    """Tell whether the quoted words begin and end like a sentence of their own."""
    before = lead[-1].text if lead else "."
    last, after = text[marks.inner.end - 1], text[marks.outer.end : marks.outer.end + 1]
    ends = last in _ENDS or (count >= _SHORT and after in _ENDS)
    return before in _STOPS and ends and text[marks.inner.start].isupper()


def _said_here(lead: list[Token], linked: Linked, text: str) -> bool:
    """Tell whether the cue touches the quote: its verb is the last word before it, or follows its comma."""
    cue = linked.source.cue if linked.source else None
    if cue is None:
        return False
    if cue.start >= linked.marks.outer.end:
        return text[linked.marks.inner.end - 1] in ",?!." or cue.start - linked.marks.outer.end < 30
    return _verb_leads(lead)


def _verb_leads(lead: list[Token]) -> bool:
    """Tell whether a verb of speech is among the last words before the mark: "saying it was “..."."""
    words = [token for token in lead if token.text[0].isalnum()]
    last = range(max(0, len(words) - _NEAR), len(words))
    return any(is_verb(words, at) or (words[at].kind & PARTICIPLE and not words[at].kind & NAME) for at in last)


def _is_title(inside: list[Token]) -> bool:
    """Tell whether every longer word is capitalised, as in the title of a work."""
    long = [token for token in inside if token.text[0].isalpha() and len(token.text) > 3]
    capitals = sum(token.text[0].isupper() for token in long)
    return capitals > 0 and all(token.text[0].isupper() or token.kind & _SMALL for token in long)
