"""Who is given as the source of a statement?  Verbs of speech and "according to" with the phrase beside them.

One mechanism for quotes and figures.  ``sources_in`` looks at any stretch of text (a sentence, a clause)
and returns its sources as spans; turning a span into a person is the resolvers' work.  The words it
relies on lie in ``lexicon/languages/*/quotes.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.extractors.attribution import cues, nouns
from etl.extractors.attribution.words import ARTICLE, DESCRIPTION, NEUTER, POSSESSIVE, PRONOUN, Token, vocabulary
from etl.lexicon import Lexicon
from etl.model import Analysis, Span


@dataclass(frozen=True, slots=True)
class Source:
    """A noun phrase that a statement is attributed to."""

    span: Span  # the whole phrase: "a spokesman for the ministry", "Belarusian President Ann Lee", "he"
    cue: Span  # the words that attribute: "said", "according to"
    rule: str
    pronoun: bool = False  # it stands for a name told before: "he", "the diplomat"
    neuter: bool = False  # and that name need not be a person's: "it", "they"


def sources_in(analysis: Analysis, lexicon: Lexicon, span: Span) -> list[Source]:
    """Return every source that the stretch names, in order: "X said", "said X", "according to X", "in X's words"."""
    words = vocabulary(lexicon, analysis.document.lang)
    tokens = words.tokens(analysis.text, span.start, span.end)
    return [source(tokens, cue) for cue in cues.anywhere(tokens, words)]


def source(tokens: Sequence[Token], cue: cues.Cue) -> Source:
    """Return a cue as spans of the text, the source phrase with its article."""
    first, end = cue.source
    left, right = cue.cue
    pronoun = end == first + 1 and bool(tokens[first].kind & (PRONOUN | POSSESSIVE))
    pronoun |= bool(tokens[first].kind & ARTICLE and tokens[end - 1].kind & DESCRIPTION)
    neuter = bool(pronoun and tokens[first].kind & NEUTER)
    span = Span(tokens[first].start, tokens[end - 1].end)
    return Source(span, Span(tokens[left].start, tokens[right - 1].end), cue.rule, pronoun, neuter)


__all__ = ["Source", "cues", "nouns", "source", "sources_in", "vocabulary"]
