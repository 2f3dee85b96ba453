"""Finds temporal expressions: exact span, TIMEX3 type and value, and what the phrase says without an anchor.

``find`` cuts the text into tokens (``tokens``), lets the rules of the language file match (``grammar``),
fills an ``Expression`` from each match (``building``), notes the tense of the clause (``tense``) and joins
the two ends of ranges (``linking``).  No reference date is used here: that is the work of
``etl.resolvers.anchoring``.
"""

from __future__ import annotations

from dataclasses import replace

from etl.extractors.temporal.building import Builder
from etl.extractors.temporal.foreign import read_foreign
from etl.extractors.temporal.grammar import Found, grammar_for
from etl.extractors.temporal.linking import link
from etl.extractors.temporal.readers import order_of
from etl.extractors.temporal.relations import relation
from etl.extractors.temporal.tense import Tenses
from etl.extractors.temporal.tokens import tokenise
from etl.lexicon import Lexicon
from etl.model import Analysis, Timex

_UNDATED = ("vague", "set", "duration")


def find(analysis: Analysis, lexicon: Lexicon) -> list[Timex]:
    """Return the temporal expressions in the order of the text, none overlapping another."""
    grammar = grammar_for(lexicon, analysis.document.lang)
    tokens = tokenise(analysis.text, grammar.alphabet)
    numeric = [tokens.pieces[match.start()].strip() for match in grammar.numeric.finditer(tokens.letters)]
    builder = Builder(tokens, grammar, order_of(numeric, grammar.topic.get("numeric_order", "")))
    tenses = Tenses(grammar.marks, tokens)
    out: list[Timex] = []
    for found in grammar.find(tokens):
        first, last = found.spans[0][0], found.spans[-1][1]
        context: dict[str, str | int] = {}
        if found.rule.get("set", {}).get("kind") not in _UNDATED:
            tense, firm = tenses.around(first, last)
            context = {"tense": tense, "firm": firm, "relation": relation(tokens.pieces, first, last, grammar.topic)}
        out += builder.build(_by_tense(found, str(context.get("tense", ""))), context)
    return link(read_foreign(out, analysis.text, grammar.alphabet.words), analysis.text, grammar)


def _by_tense(found: Found, tense: str) -> Found:
    """Return the match with its rule's other reading where the tense of the clause is not the one it needs."""
    if tense in found.rule.get("only", (tense,)):
        return found
    return replace(found, rule={**found.rule, **found.rule["otherwise"]})
