"""Quotation marks: which opens, which closes, and what lies between, in one pass per paragraph.

No document is refused: a mark without its partner is set aside, unless the next paragraph opens again
(a quotation that runs over paragraphs opens at each and closes once).
Only the outermost marks of a nesting count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.model import Span

_MARK = re.compile('["“”„‟«»＂〝〞]')
_DOUBLED = re.compile("[\"“”„‟«»＂〝〞]|``|''")
_DOUBLE_MARKS = (*'"“”„‟«»＂〝〞', "``", "''")
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)|(?<=[\w.,!?…;–—-])[’'](?!\w)")
_SINGLE_SPEECH = re.compile(r"\w[.,?!][’'](?=\s|$)")
_SPEECH_ENDS = tuple(stop + mark for stop in ".,?!" for mark in "’'")
_STRAIGHT = frozenset({'"', "＂", "''"})
_OPENING = frozenset("“„‟«〝") | {"``"}
_PARTNERS = {"”": '“„‟”〝"＂', "“": "„", "»": "«", "«": "»", "〞": "〝"}
_WIRE = ("``", "''")  # what two apostrophes close
_BEFORE_OPENING = " \t\n\r\u00a0\u2003([{—–-―/:;,"
_AFTER_CLOSING = " \t\n\r\u00a0\u2003)]}.,;:!?…—–-―/"


_OPEN_MARKS = 8  # of one paragraph that are looked at
_LEAD = 4  # characters before the mark that opens a paragraph: a dash, an indent


class Marked(NamedTuple):
    """Words between marks: the span with the marks, the one without, and whether the closing mark is there."""

    outer: Span
    inner: Span
    closed: bool


def marked(text: str, paragraphs: Sequence[Span], *, doubled: bool = False) -> Iterator[Marked]:
    """Yield what stands between marks, outermost only, in order; offsets of ``text``.

    ``doubled`` also reads two apostrophes as one mark, as is always done in a text with two grave accents.  Single
    marks count only in a text without double ones.
    """
    pattern = _DOUBLED if doubled or "``" in text else _MARK
    if not _holds(text, _DOUBLE_MARKS):
        if _holds(text, _SPEECH_ENDS) and _SINGLE_SPEECH.search(text) is not None:
            for paragraph in paragraphs:
                yield from _single(text, paragraph)
        return
    chained = ""  # the mark that the paragraph before left open
    for number, paragraph in enumerate(paragraphs):
        following = text[paragraphs[number + 1].start] if number + 1 < len(paragraphs) else ""
        pairs, left_open = _in_paragraph(text, paragraph, pattern)
        run_on = _run_on(left_open, paragraph, pairs, goes_on=(following, chained))
        chained = text[run_on.outer.start] if run_on else ""
        yield from (pair for pair in pairs if not run_on or pair.outer.start < run_on.outer.start)
        if run_on:
            yield run_on


def _holds(text: str, marks: Sequence[str]) -> bool:
    """Tell whether one of the marks stands in the text: a tenth of the time of a pattern."""
    return any(map(text.__contains__, marks))


def _in_paragraph(text: str, span: Span, pattern: re.Pattern[str]) -> tuple[list[Marked], list[tuple[str, int, int]]]:
    """Return the closed pairs of a paragraph, and the marks left open, each with where it starts and ends."""
    open_marks: list[tuple[str, int, int]] = []
    pairs: list[Marked] = []
    for match in pattern.finditer(text, span.start, span.end):
        mark, start, end = match.group(), match.start(), match.end()
        partner = _partner(open_marks, mark, text, start, end)
        if partner is not None:
            _, left, inside = open_marks[partner]
            del open_marks[partner:]
            while pairs and pairs[-1].outer.start > left:
                pairs.pop()
            pairs.append(Marked(Span(left, end), Span(inside, start), closed=True))
        elif _may_open(mark, text, start, end):
            open_marks.append((mark, start, end))
    return pairs, open_marks


def _single(text: str, span: Span) -> Iterator[Marked]:
    """Yield what stands between single marks; an apostrophe that ends a word closes only when no better mark does."""
    opened: int | None = None
    closing: int | None = None
    for match in _SINGLE.finditer(text, span.start, span.end):
        at = match.start()
        if match.group() == "‘" or (at == span.start or not (text[at - 1].isalnum() or text[at - 1] in ".,!?…;–—-")):
            if opened is not None and closing is not None:
                yield Marked(Span(opened, closing + 1), Span(opened + 1, closing), closed=True)
            opened, closing = at, None
        elif opened is not None and text[at - 1] in ".,!?…":
            yield Marked(Span(opened, at + 1), Span(opened + 1, at), closed=True)
            opened = closing = None
        elif opened is not None and closing is None:
            closing = at
    if opened is not None and closing is not None:
        yield Marked(Span(opened, closing + 1), Span(opened + 1, closing), closed=True)


def _partner(open_marks: list[tuple[str, int, int]], mark: str, text: str, start: int, end: int) -> int | None:
    """Return the place in the stack of the mark that this one closes, None when it closes nothing."""
    if not open_marks:
        return None
    top = len(open_marks) - 1
    before, after = text[start - 1 : start], text[end : end + 1]
    if mark in _STRAIGHT:
        opens = before in _BEFORE_OPENING and (after.isalnum() or after in "[$")
        if opens:
            return None
        if (
            open_marks[top][0] in "“„"
            and (not after or after in _AFTER_CLOSING)
            and all(o[0] != mark for o in open_marks[-4:])
        ):
            return top  # “...": typed with two kinds of marks
    elif mark == "“" and open_marks[top][0] != "„":
        # a closing mark typed as an opening one
        closes = open_marks[top][0] == "“" and (not after or after in _AFTER_CLOSING) and before not in _BEFORE_OPENING
        return top if closes else None
    partners: Sequence[str] = _PARTNERS.get(mark, "")
    if mark in _STRAIGHT:
        partners = _WIRE if mark == "''" else mark
    for place in range(top, max(-1, top - 4), -1):
        if open_marks[place][0] in partners:
            return place
    return None


def _may_open(mark: str, text: str, start: int, end: int) -> bool:
    if mark in _OPENING:
        return True
    after = text[end : end + 1]
    if not after or (after.isspace() and not (start == 0 or text[start - 1].isspace())):
        return False
    return start == 0 or text[start - 1] in _BEFORE_OPENING


def _run_on(
    left_open: Sequence[tuple[str, int, int]],
    span: Span,
    pairs: Sequence[Marked],
    *,
    goes_on: tuple[str, str],
) -> Marked | None:
    """Return the quotation that runs to the paragraph's end although its mark is not closed there.

    The next paragraph opens again with the same mark, or this one goes on with what the last left open
    (``goes_on`` names both marks); or one closing guillemet stands for two.  Any other open mark is a slip.
    """
    for mark, start, end in left_open[:_OPEN_MARKS]:
        last = pairs[-1].outer if pairs else span
        if mark == "«" and start < last.start and last.end >= span.end - 2:
            return Marked(Span(start, span.end), Span(end, last.end), closed=False)  # «A «B»
        following, chained = goes_on
        if mark in {following, chained if start < span.start + _LEAD else ""}:
            return Marked(Span(start, span.end), Span(end, span.end), closed=False)
    return None
