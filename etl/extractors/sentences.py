"""Cut a document into paragraphs and sentences; whoever asks "in the same sentence?" relies on these spans.

A line break ends a paragraph, except inside one that was wrapped by hand at a fixed width (typed and
scanned texts): there the next line goes on in small letters, or its first word would not have fitted
on the line before.  A sentence ends with its paragraph, or at a full stop, question or exclamation
mark (with closing marks) before white space and something that can begin a sentence.  The stop of an
abbreviation, an initial or a list number ends nothing.  Everything is one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from etl.lexicon import Lexicon
from etl.model import Analysis, Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
# The stop comes first, what may not stand before it second: so the engine skips to the stops by itself.
_END = re.compile(r"""[.!?…](?<![.!?…]{2})[.!?…]*+[)\]"'”’»“]*+(?=\s)""")
_LONGEST_WORD = 24  # characters; more is no abbreviation
_OPENERS = '(["“„«'
_NEXT_WORD = re.compile(r"\w+")
_FOLLOWING = re.compile(r"""[-"'“‘«„»(\[–—\s]{0,4}(\S)""")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){0,6}[^\W\d_]")
_TERMINAL = ".!?…:;"
_CLOSERS = "\"'”’»“)]"
_WRAP_LINES, _WRAP_SHARE, _WRAP_WIDTH, _WRAP_FILL = 6, 0.2, 160, 0.85
_LONGEST = 3000  # characters of a sentence


@dataclass(frozen=True, slots=True)
class _Words:
    """The abbreviations and sentence starters of one language."""

    titles: frozenset[str]
    numbering: frozenset[str]
    abbreviations: frozenset[str]
    starters: frozenset[str]


def find(analysis: Analysis, lexicon: Lexicon) -> list[Span]:
    """Return the sentences in order, without the white space around them."""
    known = lexicon.once_in(lexicon.speaking(analysis.document.lang, "sentences"), _words)
    spans: list[Span] = []
    for paragraph in paragraphs(analysis.text):
        for sentence in _sentences(analysis.text, paragraph, known):
            if sentence.end - sentence.start <= _LONGEST:
                spans.append(sentence)
            else:
                spans += _bounded(analysis.text, sentence)
    return spans


def _bounded(text: str, sentence: Span) -> Iterator[Span]:
    """Cut what no writer would call a sentence at white space: later steps compare all that stands in one."""
    start = sentence.start
    while sentence.end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield Span(start, cut)
        start = cut + 1 if text[cut].isspace() else cut
    yield Span(start, sentence.end)


@lru_cache(maxsize=2)  # sentences and quotes ask for the same document in turn
def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the stretches of text that belong together, in order, without the white space around them."""
    lines = list(_lines(text))
    width, spaced = _wrapping(text, lines)
    spans: list[Span] = []
    length = 0
    for start, end in lines:
        headline = spaced and len(spans) == 1  # a title stands above the text even where every line stands alone
        if spans and _goes_on(text, spans[-1], length, start, 0 if headline else width, spaced=spaced):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
        length = end - start
    return tuple(spans)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        line = match.group()
        bare = line.strip()
        if bare:
            start = match.start() + len(line) - len(line.lstrip())
            yield start, start + len(bare)


def _wrapping(text: str, lines: list[tuple[int, int]]) -> tuple[int, bool]:
    """Return the width at which lines were wrapped by hand (0: they were not), and whether blank lines part them."""
    if len(lines) < _WRAP_LINES:
        return 0, False
    small = [i for i in range(1, len(lines)) if text[lines[i][0]].islower()]
    widths = sorted(end - start for start, end in lines)
    width = widths[int(0.9 * (len(widths) - 1))]
    if width > _WRAP_WIDTH or len(small) < _WRAP_SHARE * len(lines):
        return 0, False
    blank = sum(text.count("\n", lines[i - 1][1], lines[i][0]) > 1 for i in small)
    return width, 2 * blank > len(small)


def _goes_on(text: str, last: Span, length: int, start: int, width: int, *, spaced: bool) -> bool:
    """Tell whether the line at ``start`` continues the paragraph ``last``, whose last line has this length."""
    if not spaced and text.count("\n", last.end, start) > 1:
        return False
    tail = text[max(last.start, last.end - 4) : last.end].rstrip(_CLOSERS)
    stopped = tail[-1:] in _TERMINAL
    if text[start].islower():
        return not stopped or bool(width)
    if not width or (stopped and spaced):
        return False
    word = text.find(" ", start, start + width)
    first = (word if word > 0 else start + width) - start
    return length + 1 + first > _WRAP_FILL * width


def _sentences(text: str, paragraph: Span, words: _Words) -> Iterator[Span]:
    start = paragraph.start
    for match in _END.finditer(text, start, paragraph.end):
        end = match.end()
        if _ends(text, start, match, words):
            yield Span(start, end)
            start = end
            while start < paragraph.end and text[start].isspace():
                start += 1
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends(text: str, start: int, match: re.Match[str], words: _Words) -> bool:
    after = match.end() + 1
    while text[after].isspace():
        after += 1
    begins = text[after]
    if not begins.isalnum():
        following = _FOLLOWING.match(text, after)
        begins = following.group(1) if following else ""
    if begins and (begins.islower() or begins in ".…"):
        return False
    if match.group() != ".":
        return True
    stop = match.start()
    last = text[max(start, stop - _LONGEST_WORD) : stop].rsplit(None, 1)
    word = last[-1].lstrip(_OPENERS) if last and not text[stop - 1].isspace() else ""
    return not _is_abbreviation(word, stop - len(word) == start, text, after, words)


def _is_abbreviation(word: str, first: bool, text: str, after: int, words: _Words) -> bool:
    if word in words.titles or (first and word.isdigit()):
        return True
    if word in words.numbering and text[after].isdigit():
        return True
    if word in words.abbreviations or (word[-1:].isupper() and _INITIALS.fullmatch(word)):
        following = _NEXT_WORD.match(text, after)
        return following is None or following.group() not in words.starters
    return False


def _words(lexicon: Lexicon, lang: str) -> _Words:
    topic = lexicon.topic(lang, "sentences")
    return _Words(*(frozenset(topic[field]) for field in ("titles", "numbering", "abbreviations", "starters")))
