"""Cut a document into sentences; everything that asks "in the same sentence?" relies on these spans.

A sentence ends at a full stop, question or exclamation mark (with closing quotes or brackets) before
white space and something that can begin a sentence, or at a line break.  The stop of an abbreviation
or an initial ends nothing.
"""

from __future__ import annotations

import re

from etl.lexicon import Lexicon
from etl.model import Analysis, Span

_END = re.compile(r"""[.!?…]+[)\]"'”’»]*(?=\s+["'“‘«„(\[—–-]*[^\W_])|\n""")
_LAST_WORD = re.compile(r"[\w.]*$")


def find(analysis: Analysis, lexicon: Lexicon) -> list[Span]:
    """Return the sentences in order, without the white space around them."""
    text = analysis.text
    abbreviations = lexicon.once(_abbreviations)[analysis.document.lang if analysis.document.lang == "ru" else "en"]
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group() != "\n" and _is_abbreviation(text, match.start(), abbreviations, match):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _abbreviations(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    return {lang: frozenset(topics["sentences"]["abbreviations"]) for lang, topics in lexicon.languages.items()}


def _is_abbreviation(text: str, stop: int, known: frozenset[str], match: re.Match[str]) -> bool:
    if match.group() != ".":
        return False
    word_match = _LAST_WORD.search(text, max(0, stop - 24), stop)
    word = word_match.group() if word_match else ""
    if word in known or (len(word) == 1 and word.isupper()):
        return True
    following = text[stop + 1 : stop + 4].lstrip()
    return bool(following) and following[0].islower()


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(Span(start, end))
