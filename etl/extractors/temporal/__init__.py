"""Finds temporal expressions: exact span, TIMEX3 type and value, and what the phrase says without an anchor.

``find`` cuts the text into tokens (``tokens``), lets the rules of the language file match (``grammar``),
fills an ``Expression`` from each match (``building``), notes the tense of the clause (``tense``) and joins
the two ends of ranges (``linking``).  No reference date is used here: that is the work of
``etl.resolvers.anchoring``.
"""

from __future__ import annotations

from dataclasses import replace

from etl.extractors.temporal.building import Builder
from etl.extractors.temporal.grammar import grammar_for
from etl.extractors.temporal.linking import link
from etl.extractors.temporal.readers import order_of
from etl.extractors.temporal.relations import relation
from etl.extractors.temporal.tense import tenses
from etl.extractors.temporal.tokens import tokenise
from etl.lexicon import Lexicon
from etl.model import Analysis, Timex

_TENSELESS = ("vague", "set")
_DATED = ("calendar", "offset")


def find(analysis: Analysis, lexicon: Lexicon) -> list[Timex]:
    """Return the temporal expressions in the order of the text, none overlapping another."""
    grammar = grammar_for(lexicon, analysis.document.lang)
    tokens = tokenise(analysis.text, grammar.alphabet)
    numeric = [
        piece.strip()
        for piece in tokens.pieces
        if piece[0].isdigit() and ("/" in piece or "." in piece or "-" in piece)
    ]
    builder = Builder(tokens, grammar, order_of(numeric, grammar.topic["numeric_order"]))
    tense_at = tenses(grammar.marks, tokens)
    out: list[Timex] = []
    for found in grammar.find(tokens):
        if found.rule["type"] == "NONE":
            continue
        tense = (
            tense_at(found.spans[0][0], found.spans[-1][1])
            if found.rule.get("set", {}).get("kind") not in _TENSELESS
            else ""
        )
        if found.rule.get("only", tense) != tense:
            found = replace(found, rule={**found.rule, **found.rule["otherwise"]})
        side = relation(tokens.pieces, found.spans[0][0], found.spans[-1][1], grammar.topic)
        for timex in builder.build(found):
            expression = replace(timex.expression, tense=tense)
            if side and expression.kind in _DATED:
                expression = replace(expression, relation=side)
            out.append(replace(timex, expression=expression))
    return link(out, analysis.text, grammar)
