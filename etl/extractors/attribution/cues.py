"""Cues of attribution in a clause: "X said", "said X", "according to X", "in X's words", "X: ...".

``behind`` reads the clause that follows quoted words, ``ahead`` the one that leads to them, ``anywhere``
every cue of a sentence.  Each answer names the source phrase, the cue and the rule; ranges are of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.extractors.attribution import nouns
from etl.extractors.attribution.words import (
    AUXILIARY,
    BREAKER,
    CLAIM,
    COMPARING,
    GOVERNING,
    HONORIFIC,
    LABEL,
    MARK,
    NAME,
    NOMINAL,
    PARTICIPLE,
    POSSESSED,
    POSSESSIVE,
    PRONOUN,
    RELATIVE,
    SPEECH,
    TIME,
    VERB,
    Token,
    Vocabulary,
)

_DASHES = frozenset("-–—―‒")
_SIGNATURE = 14  # tokens of a signature after a dash or colon
_NEAR = 4  # tokens between a subject and its verb


class Cue(NamedTuple):
    """What attributes: the tokens of the source phrase, those of the cue, and the rule that saw them."""

    source: nouns.Range
    cue: nouns.Range
    rule: str


def behind(tokens: Sequence[Token], words: Vocabulary, *, closed: bool) -> Cue | None:
    """Return the cue right after quoted words; ``closed`` tells that they ended like direct speech (``,?!``)."""
    at = 0
    while at < len(tokens) and (tokens[at].text in ",." or tokens[at].text in _DASHES):
        closed = True
        at += 1
    if at >= len(tokens):
        return None
    if found := _prepositional(tokens, at, words):
        return found
    if tokens[at].kind & COMPARING:
        return _following(tokens, at + 1)  # "as X put it"
    return inverted(tokens, at) or _following(tokens, at) if closed else None


def inverted(tokens: Sequence[Token], at: int) -> Cue | None:
    """Return "said X"."""
    kind = tokens[at].kind
    if not kind & SPEECH or kind & NAME:
        return None
    source = nouns.starting(tokens, at + 1)
    return Cue(source, (at, at + 1), "said_x") if source and not tokens[source[0]].kind & TIME else None


def _following(tokens: Sequence[Token], at: int) -> Cue | None:
    """Return "X said", "X, the mayor of Y, said"."""
    source = nouns.starting(tokens, at)
    if source is None:
        return None
    here = source[1]
    if here < len(tokens) and tokens[here].text == "(":
        closing = next((k for k in range(here, min(len(tokens), here + 9)) if tokens[k].text == ")"), here)
        here = closing + 1
    if (verb := _verb_near(tokens, here)) is not None:
        return Cue(source, (verb, verb + 1), "x_said")
    if here < len(tokens) and tokens[here].text == ",":
        for at_comma in range(here + 1, min(len(tokens), here + nouns.REACH)):
            if tokens[at_comma].text in {".", ";", ":", "?", "!"}:
                break
            if tokens[at_comma].text == "," and (verb := _verb_near(tokens, at_comma + 1)) is not None:
                return Cue(source, (verb, verb + 1), "x_apposed_said")
    return None


def _verb_near(tokens: Sequence[Token], at: int) -> int | None:
    """Return the verb of speech that stands here or after a few adverbs, auxiliaries or days."""
    for here in range(at, min(len(tokens), at + _NEAR)):
        kind = tokens[here].kind
        if kind & VERB and not kind & NAME and nouns.is_verb(tokens, here):
            return here
        if not kind & (AUXILIARY | TIME) and tokens[here].text != "on":
            return None
    return None


def _prepositional(tokens: Sequence[Token], at: int, words: Vocabulary) -> Cue | None:
    """Return "according to X"."""
    for phrase in words.prepositional.get(tokens[at].text.lower(), ()):
        end = at + len(phrase)
        if [token.text.lower() for token in tokens[at:end]] == phrase:
            source = nouns.starting(tokens, end)
            return Cue(source, (at, end), "according_to") if source else None
    return None


def ahead(tokens: Sequence[Token], words: Vocabulary, *, fresh: bool = True) -> Cue | None:
    """Return the cue that leads to quoted words, the nearest first; a verb of speech goes before one that only labels.

    ``fresh`` tells that the clause begins its sentence, so that its first noun phrase is the subject.
    """
    weak: Cue | None = None
    for at in range(len(tokens) - 1, -1, -1):
        kind = tokens[at].kind
        if weak and kind & BREAKER and at and tokens[at - 1].text == ",":
            return weak  # ", while ...": the clause of the labelling verb ends here
        if weak and tokens[at].text == ";":
            return weak
        found = _cue_at(tokens, at, words, fresh=fresh)
        if found is None:
            continue
        if kind & LABEL and not kind & SPEECH:
            weak = weak or found
        else:
            return found
    return weak


def _cue_at(tokens: Sequence[Token], at: int, words: Vocabulary, *, fresh: bool) -> Cue | None:
    """Return the cue that this token is, if it is one."""
    kind = tokens[at].kind
    if kind & NAME:
        return _capitalised(tokens, at)
    if kind & VERB and nouns.is_verb(tokens, at):
        return _subject_of(tokens, at, fresh=fresh)
    if kind & PARTICIPLE:
        return _subject_of_participle(tokens, at, fresh=fresh)
    if kind & (POSSESSED | CLAIM) and at and (found := _possessor(tokens, at)):
        return found
    return _prepositional(tokens, at, words)


def _capitalised(tokens: Sequence[Token], at: int) -> Cue | None:
    """Return "Said Lee:" at the head of a sentence."""
    if at or not tokens[at].kind & SPEECH or tokens[-1].text != ":":
        return None
    source = nouns.starting(tokens, 1)
    return Cue(source, (0, 1), "said_x_before") if source else None


def _subject_of(tokens: Sequence[Token], verb: int, *, fresh: bool) -> Cue | None:
    if verb and tokens[verb - 1].text == "to":
        return _main(tokens, verb, fresh=fresh)
    if _in_relative_clause(tokens, verb) and len(tokens) - verb > _NEAR:
        return None  # "a woman who asked for more heard that “...”": not her words
    source = nouns.before(tokens, verb)
    if source and _is_governed(tokens, source):
        source = None
    if source is None and (found := inverted(tokens, verb)) and _closes(tokens, found):
        return found._replace(rule="said_x_before")  # "As said Lee, ...", the usual order in Russian
    return Cue(source, (verb, verb + 1), "x_said_before") if source else _main(tokens, verb, fresh=fresh)


def _is_governed(tokens: Sequence[Token], source: nouns.Range) -> bool:
    """Tell whether a preposition before a phrase without a name makes it no subject, where cases do not allow it."""
    first, end = source
    return bool(first and tokens[first - 1].kind & GOVERNING) and not any(t.kind & NAME for t in tokens[first:end])


def _closes(tokens: Sequence[Token], found: Cue) -> bool:
    """Tell whether the source is a name and a comma or colon follows it."""
    first, end = found.source
    named = any(token.kind & NAME for token in tokens[first:end])
    return named and end < len(tokens) and tokens[end].text in {",", ":"}


def _in_relative_clause(tokens: Sequence[Token], verb: int) -> bool:
    return any(token.kind & RELATIVE for token in tokens[max(0, verb - 2) : verb])


def _main(tokens: Sequence[Token], verb: int, *, fresh: bool) -> Cue | None:
    """Return the subject of the sentence for a verb without one of its own: "and vowed to ..."."""
    source = nouns.subject(tokens[:verb])
    if source is None or not (fresh or _verb_near(tokens, source[1]) is not None):
        return None
    return Cue(source, (verb, verb + 1), "subject_said")


def _subject_of_participle(tokens: Sequence[Token], at: int, *, fresh: bool) -> Cue | None:
    """Return "X left, saying ..." (the subject of the sentence) or "footage of X saying ..." (the noun before)."""
    if at and tokens[at - 1].kind & NOMINAL and not tokens[at - 1].kind & (VERB | POSSESSED):
        source = nouns.before(tokens, at)
        if source and tokens[source[1] - 1].kind & NAME:
            return Cue(source, (at, at + 1), "x_saying")
    found = _main(tokens, at, fresh=fresh)
    return found._replace(rule="subject_saying") if found else None


def _possessor(tokens: Sequence[Token], at: int) -> Cue | None:
    """Return "in his words", "in the minister's view", "the minister's claim that ..."."""
    owner = tokens[at - 1]
    if not tokens[at].kind & POSSESSED and at + 1 < len(tokens) and not tokens[at + 1].kind & (RELATIVE | MARK):
        return None
    if owner.kind & POSSESSIVE:
        return Cue((at - 1, at), (at - 1, at + 1), "in_his_words")
    if owner.text.endswith(nouns.OWNING) and owner.kind & NOMINAL:
        source = nouns.before(tokens, at)
        return Cue(source, (at, at + 1), "in_xs_words") if source else None
    return None


def signature(tokens: Sequence[Token]) -> Cue | None:
    """Return the name after a dash or colon that closes the paragraph: "“...” – Ann Lee", "“...”: Lee"."""
    at = 0
    while at < len(tokens) and tokens[at].text in ".,":
        at += 1
    if at >= len(tokens) or len(tokens) - at > _SIGNATURE or tokens[at].text not in _DASHES | {":"}:
        return None
    source = nouns.starting(tokens, at + 1)
    if source is None or not tokens[source[0]].kind & NAME or any(t.kind & VERB for t in tokens[source[1] :]):
        return None
    rest = tokens[source[1] :]
    return Cue(source, (at, at + 1), "signature") if not rest or rest[0].text in {".", ",", "("} else None


def trailing(tokens: Sequence[Token]) -> Cue | None:
    """Return the ", X said" or ", said X" that closes a sentence whose quoted words stand further ahead."""
    for at in range(len(tokens) - 1, -1, -1):
        kind = tokens[at].kind
        if kind & SPEECH and not kind & NAME:
            if at and tokens[at - 1].text == "," and (found := inverted(tokens, at)):
                return found._replace(rule="said_x_behind")
            source = nouns.before(tokens, at)
            if source and (source[0] == 0 or tokens[source[0] - 1].text == ","):
                return Cue(source, (at, at + 1), "x_said_behind")
    return None


def main_subject(tokens: Sequence[Token]) -> Cue | None:
    """Return the subject of the sentence, if a pronoun, name or office: it owns a few quoted words without a cue."""
    source = nouns.subject(tokens)
    if source is None:
        return None
    first, last = tokens[source[0]].kind, tokens[nouns.head(tokens, source)[1] - 1].kind
    return Cue(source, source, "sentence_subject") if first & PRONOUN or last & (NAME | HONORIFIC) else None


def anywhere(tokens: Sequence[Token], words: Vocabulary) -> Iterator[Cue]:
    """Yield every cue of a sentence, from left to right."""
    for at, token in enumerate(tokens):
        if token.kind & NAME:
            continue
        if token.kind & SPEECH and nouns.is_verb(tokens, at):
            source = nouns.before(tokens, at)
            if source:
                yield Cue(source, (at, at + 1), "x_said")
            elif (not at or tokens[at - 1].text == "," or tokens[at - 1].kind & COMPARING) and (
                found := inverted(tokens, at)
            ):
                yield found
        elif (token.kind & (POSSESSED | CLAIM) and at and (found := _possessor(tokens, at))) or (
            token.text.lower() in words.prepositional and (found := _prepositional(tokens, at, words))
        ):
            yield found
