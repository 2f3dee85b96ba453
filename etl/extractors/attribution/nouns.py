"""Finds the noun phrase beside a verb of speech: who is it that says so.

No parser: a phrase runs over names and nouns, over a preposition only inside it ("a spokesman for the
ministry"), and ends at punctuation, verbs and other words that the lexicon lists as breakers.  Each
function takes the tokens of a clause and returns a half-open range of them, or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.extractors.attribution.words import (
    ARTICLE,
    AUXILIARY,
    BREAKER,
    DETERMINER,
    HONORIFIC,
    INDEFINITE,
    INSTITUTION,
    INTRODUCER,
    NAME,
    NOMINAL,
    NOUN,
    NOUN_VERB,
    PARTICIPLE,
    PARTICLE,
    PASSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    STATIVE,
    TIME,
    VERB,
    VERBAL,
    Token,
)

Range = tuple[int, int]
OWNING = ("’s", "'s", "’", "'")  # endings of a possessor
_BOUNDS = frozenset(";:?!.")
_COMMAS = 4
LONGEST = 16  # tokens of a phrase
REACH = 40  # tokens over which an apposition may stand between subject and verb


def before(tokens: Sequence[Token], verb: int) -> Range | None:
    """Return the subject that ends before the verb, over adverbs, days, brackets and appositions."""
    at = _skip_left(tokens, verb - 1)
    if at >= 0 and tokens[at].kind & RELATIVE:
        at = _skip_left(tokens, at - 1)
        if at >= 0 and tokens[at].text == ",":
            at -= 1
        return _ending(tokens, at)
    if at >= 0 and tokens[at].text == ",":
        return _apposed(tokens, at)
    return _ending(tokens, at)


def _skip_left(tokens: Sequence[Token], at: int) -> int:
    """Step over what may stand between a subject and its verb: adverbs, "on Monday", "(R-Texas)"."""
    while at >= 0:
        token = tokens[at]
        if (token.kind & (AUXILIARY | TIME) and not token.kind & NAME) or (
            token.kind & INTRODUCER and at + 1 < len(tokens) and tokens[at + 1].kind & TIME
        ):
            at -= 1
        elif token.text == ")":
            opening = next((k for k in range(at - 1, max(-1, at - 9), -1) if tokens[k].text == "("), -1)
            if opening < 0:
                return at
            at = opening - 1
        else:
            break
    return at


def _apposed(tokens: Sequence[Token], comma: int) -> Range | None:
    """Return the name before "X, the mayor of Y, said" or in "the mayor of Y, X, said"; ``comma`` is the last one.

    No more than four commas back; a place ("Calif.") and what begins with "a" belong to the apposition.
    """
    seen = 0
    inner: Range | None = None
    described: Range | None = None  # "an officer, who asked not to be named, said"
    for at in range(comma - 1, max(-1, comma - REACH), -1):
        if tokens[at].text in _BOUNDS or seen == _COMMAS:
            break
        if tokens[at].text != ",":
            continue
        seen += 1
        inner = inner or starting(tokens, at + 1)
        found = _ending(tokens, _skip_left(tokens, at - 1))
        if found and _is_named(tokens, found):
            return found
        if seen == 1 and found and inner and inner[1] == comma and _is_named(tokens, inner):
            return inner
        described = found if found and tokens[found[0]].kind & DETERMINER else described
    return described


def _is_named(tokens: Sequence[Token], found: Range) -> bool:
    """Tell whether the phrase is a name rather than a place or what is said of a name."""
    first, last = tokens[found[0]], tokens[found[1] - 1]
    abbreviation = first is last and last.text.endswith(".")
    named = last.kind & NAME and first.kind & (NAME | DETERMINER)
    return bool(named) and not abbreviation and not first.kind & INDEFINITE


def _ending(tokens: Sequence[Token], last: int) -> Range | None:
    """Return the phrase whose last token this is."""
    if last < 0:
        return None
    if tokens[last].kind & PRONOUN and not tokens[last].kind & NAME:
        return last, last + 1
    first = last + 1
    while first > max(0, last + 1 - LONGEST):
        token = tokens[first - 1]
        if token.kind & DETERMINER:
            first -= 1
            if not _prepositional(tokens, first):
                break
            first -= 1
        elif (token.kind & NOMINAL and not is_verb(tokens, first - 1)) or (
            token.kind & (PREPOSITION | PARTICLE) and first <= last and _joins(tokens, first - 1)
        ):
            first -= 1
        else:
            break
    return _trimmed(tokens, first, last + 1)


def _prepositional(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a noun with its preposition stands right before this token: "spokesman for | the ..."."""
    left = tokens[at - 2].kind if at >= 2 else 0
    return bool(left & NOMINAL) and not left & VERBAL and bool(tokens[at - 1].kind & PREPOSITION)


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a preposition or "and" joins two parts of one phrase."""
    left = tokens[at - 1].kind if at and not tokens[at - 1].kind & VERBAL else 0
    if tokens[at].kind & PARTICLE and not tokens[at].kind & PREPOSITION:
        return bool(left & NAME and tokens[at + 1].kind & NAME)
    return bool(left & NOMINAL)


def is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word that can be a verb of speech is one here, with a subject: "officials claim"."""
    kind = tokens[at].kind
    if not kind & VERB or kind & NAME:
        return False
    if at and (tokens[at - 1].kind & ARTICLE or tokens[at - 1].text.endswith(OWNING)):
        return False  # "the late claims", "Norland's report"
    if _after_be(tokens, at) != bool(kind & STATIVE):
        return False  # "he was told", "it was later estimated", but "he is convinced"
    return not kind & NOUN_VERB or _has_subject(tokens, at)


def _after_be(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a form of "to be" stands before a word, or before the adverb before it."""
    if at and tokens[at - 1].kind & PASSIVE:
        return True
    return at > 1 and bool(tokens[at - 1].kind & AUXILIARY) and bool(tokens[at - 2].kind & PASSIVE)


def _has_subject(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the word before can be the subject of a word that is a noun as often as a verb."""
    left = tokens[at - 1] if at else tokens[at]
    if left.kind & (PRONOUN | AUXILIARY) or left.text in {",", ")"}:
        return True
    if not left.kind & NOMINAL:
        return False
    third = tokens[at].text.endswith("s")
    if left.text.endswith("s"):
        return not third or bool(left.kind & NAME)  # "officials claim", "Brooks claims"
    reported = at + 1 < len(tokens) and bool(tokens[at + 1].kind & RELATIVE)
    return third and (reported or bool(left.kind & (NAME | HONORIFIC)))  # "Lee claims", "the letter claims that"


def _trimmed(tokens: Sequence[Token], first: int, end: int) -> Range | None:
    """Drop small words at the head that belong to what came before; keep the last three of a bare plural."""
    while first < end and not tokens[first].kind & (NOMINAL | DETERMINER):
        first += 1
    if first >= end:
        return None
    if not tokens[first].kind & (DETERMINER | NAME):
        name = next((k for k in range(first, end) if tokens[k].kind & NAME), None)
        preposition = any(tokens[k].kind & PREPOSITION for k in range(first, name or first))
        if name is not None and not preposition:
            first = name
        elif name is None:
            first = max(first, end - 3)
    return first, end


def starting(tokens: Sequence[Token], first: int) -> Range | None:
    """Return the phrase that begins at this token: a pronoun, a name, "the mayor of Y", "officials"."""
    if first >= len(tokens):
        return None
    kind = tokens[first].kind
    if kind & PRONOUN and not kind & NAME:
        return first, first + 1
    if not kind & (NOMINAL | DETERMINER) or kind & TIME or is_verb(tokens, first):
        return None
    # "Head of state" goes on like "the head of state", as does an institution's name with one capital
    common = not kind & NAME or bool(kind & (HONORIFIC | INSTITUTION))
    named = bool(kind & NAME)
    at = first + 1
    while at < min(len(tokens), first + LONGEST) and _goes_on(tokens, at, common=common, named=named):
        named = named or bool(tokens[at].kind & NAME)
        at += 1
    while at > first and not tokens[at - 1].kind & NOMINAL:
        at -= 1  # "an officer at the" leads nowhere
    return (first, at) if at > first else None


def _goes_on(tokens: Sequence[Token], at: int, *, common: bool, named: bool) -> bool:
    """Tell whether the phrase runs over this token; ``common``: it began with an article or common noun."""
    kind = tokens[at].kind
    if kind & (PREPOSITION | PARTICLE):
        return _continues(tokens, at, common=common, named=named)
    if kind & TIME or is_verb(tokens, at):
        return False
    if kind & DETERMINER:
        return bool(tokens[at - 1].kind & PREPOSITION)
    return bool(kind & NAME) or _common_noun(tokens, at, common=common)


def _common_noun(tokens: Sequence[Token], at: int, *, common: bool) -> bool:
    """Tell whether the word is a noun of the phrase; after a bare name only a title before another name is."""
    kind = tokens[at].kind
    if not kind & NOUN or kind & (BREAKER | PARTICIPLE):
        return False
    if kind & VERBAL:
        return bool(tokens[at - 1].kind & DETERMINER)
    return common or tokens[at - 1].text.endswith(OWNING) or _name_follows(tokens, at)


def _continues(tokens: Sequence[Token], at: int, *, common: bool, named: bool) -> bool:
    """Tell whether a preposition or "and" carries the phrase on."""
    if at + 1 >= len(tokens) or not tokens[at + 1].kind & (NOMINAL | DETERMINER) or tokens[at + 1].kind & TIME:
        return False
    left = tokens[at - 1].kind
    if tokens[at].kind & PARTICLE and not tokens[at].kind & PREPOSITION:
        return bool(left & NAME and tokens[at + 1].kind & NAME)
    if named and not common:
        after = tokens[at + 1] if not tokens[at + 1].kind & DETERMINER else tokens[min(at + 2, len(tokens) - 1)]
        return bool(tokens[at].kind & PARTICLE and left & (HONORIFIC | NAME) and after.kind & NAME)
    return not left & VERBAL


def _name_follows(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a title in small letters leads to another name: "White House | press secretary Ann Lee"."""
    for token in tokens[at : at + 4]:
        if token.kind & NAME:
            return True
        if not token.kind & NOMINAL or token.kind & (VERB | BREAKER) & ~NOUN_VERB:
            return False
    return False


def subject(tokens: Sequence[Token]) -> Range | None:
    """Return the first noun phrase of a sentence, after its introductions ("On Monday, in a long speech, ...")."""
    at = 0
    for _ in range(4):
        while at < len(tokens) and not tokens[at].text[0].isalnum():
            at += 1
        if at >= len(tokens):
            return None
        found = None if _introduces(tokens[at].kind) else starting(tokens, at)
        if found and (tokens[found[0]].kind & (NAME | PRONOUN) or not _comma(tokens, found[1])):
            return found
        comma = next((k for k in range(at, min(len(tokens), at + REACH)) if tokens[k].text == ","), None)
        if comma is None:
            return None
        at = comma + 1
    return None


def _introduces(kind: int) -> bool:
    return bool(kind & (INTRODUCER | PARTICIPLE | TIME | VERBAL)) and not kind & (PRONOUN | DETERMINER | NAME)


def _comma(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text == ","


def head(tokens: Sequence[Token], found: Range) -> Range:
    """Return the phrase without what a preposition hangs on a common noun: "the interest | in Norland"."""
    first, end = found
    for at in range(first + 1, end):
        if tokens[at].kind & PREPOSITION and not tokens[at - 1].kind & (HONORIFIC | NAME):
            return first, at
    return found
