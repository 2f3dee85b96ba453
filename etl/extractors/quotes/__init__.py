"""Find what people are quoted as saying: words between quotation marks, and the turns of transcripts.

A quote's span holds the words without the marks.  Marks that hold a name, a title or a single doubted
word are no quotes and are left out.  The words that name the speaker are kept with the quote (``source``,
``cue``); the speakers resolver turns them into a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.extractors import sentences
from etl.extractors.attribution.words import vocabulary
from etl.extractors.quotes import insertions, marks, screening, turns
from etl.extractors.quotes.linking import Linker
from etl.lexicon import Lexicon
from etl.model import Analysis, Quote, Span


def find(analysis: Analysis, lexicon: Lexicon) -> list[Quote]:
    """Return the quotes in order, each with its words for the speaker; none lies within another."""
    text, lang = analysis.text, analysis.document.lang
    words = vocabulary(lexicon, lang)
    spoken = list(_turns(turns.turns(text, lexicon, lang, words)))
    blocks = sentences.paragraphs(text)
    quoted = [
        found
        for found in marks.marked(text, blocks, doubled=lexicon.topic(lang, "quotes")["doubled_apostrophes"])
        if found.inner.of(text).strip() and not screening.is_name(text, found, words)
    ]
    pieces = [
        piece
        for found in _outside(quoted, [quote.span for quote in spoken])
        for piece in insertions.parts(text, found, words)
    ]
    if not pieces:
        return spoken
    people = sorted(mention.span for mention in analysis.people if mention.form != "pronoun")
    linker = Linker(text, words, analysis.sentences or sentences.find(analysis, lexicon), blocks, pieces, people)
    found = [
        Quote(
            span=_trimmed(text, linked.marks.inner),
            mode="marks",
            rule=linked.source.rule if linked.source else "unattributed",
            cue=linked.source.cue if linked.source else None,
            source=linked.source.span if linked.source else None,
            antecedent=linked.antecedent,
        )
        for linked in linker.link()
        if screening.is_quote(text, linked, words)
    ]
    return sorted(spoken + found, key=lambda quote: quote.span)


def _turns(found: Sequence[turns.Turn]) -> Iterator[Quote]:
    for turn in found:
        source = None if turn.anonymous else turn.label
        rule = "turn_answer" if turn.answer else "turn_question" if turn.anonymous else "turn"
        yield Quote(turn.words, "turn", rule, cue=turn.label, source=source)


def _outside(quoted: list[marks.Marked], turns_: Sequence[Span]) -> list[marks.Marked]:
    """Return the quotations that lie in no turn; both lists are in order."""
    kept: list[marks.Marked] = []
    at = 0
    for found in quoted:
        while at < len(turns_) and turns_[at].end <= found.outer.start:
            at += 1
        if at == len(turns_) or not turns_[at].overlaps(found.outer):
            kept.append(found)
    return kept


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))
