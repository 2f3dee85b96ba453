"""Quotation marks: which opens, which closes, and what lies between, in one pass per paragraph.

No document is refused: a mark without its partner is set aside, unless a paragraph begins with it, or
the next paragraph opens again (a quote that runs over paragraphs opens at each and closes once).
Only the outermost marks of a nesting count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.model import Span

_MARK = re.compile('["“”„‟«»＂〝〞]')
_DOUBLED = re.compile("[\"“”„‟«»＂〝〞]|``|''")
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)|(?<=[\w.,!?…;–—-])[’'](?!\w)")
_SINGLE_SPEECH = re.compile(r"\w[.,?!][’'](?=\s|$)")
_STRAIGHT = frozenset({'"', "＂", "''"})
_OPENING = frozenset("“„‟«〝") | {"``"}
_PARTNERS = {"”": '“„‟”〝"＂', "“": "„", "»": "«", "«": "»", "〞": "〝"}
_BEFORE_OPENING = " \t\n\r\u00a0\u2003([{—–-―/:;,"
_AFTER_CLOSING = " \t\n\r\u00a0\u2003)]}.,;:!?…—–-―/"


class Marked(NamedTuple):
    """Words between marks: the span with the marks, the one without, and whether the closing mark is there."""

    outer: Span
    inner: Span
    closed: bool


def marked(text: str, paragraphs: Sequence[Span], *, doubled: bool = False) -> Iterator[Marked]:
    """Yield what stands between marks, outermost only, in order; offsets of ``text``.

    ``doubled`` also reads two apostrophes as one mark.  Single marks count only in a text without double ones.
    """
    pattern = _DOUBLED if doubled else _MARK
    if _DOUBLED.search(text) is None and _SINGLE_SPEECH.search(text) is not None:
        for paragraph in paragraphs:
            yield from _single(text, paragraph)
        return
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        reopened = following is not None and _opens_at(text, following.start)
        yield from _in_paragraph(text, paragraph, pattern, reopened=reopened)


def _opens_at(text: str, start: int) -> bool:
    return text[start] in _OPENING or text[start] in _STRAIGHT


def _in_paragraph(text: str, span: Span, pattern: re.Pattern[str], *, reopened: bool) -> Iterator[Marked]:
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
    if open_marks:
        _run_on(open_marks, pairs, text, span, reopened=reopened)
    yield from pairs


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
    partners = mark if mark in _STRAIGHT else _PARTNERS.get(mark, "")
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
    open_marks: list[tuple[str, int, int]], pairs: list[Marked], text: str, span: Span, *, reopened: bool
) -> None:
    """Let the outermost open mark run to the paragraph's end where that is what the writer meant."""
    for mark, start, end in open_marks[:8]:
        inner_end = span.end
        leads = not text[span.start : start].strip("-–—― \u00a0") if start - span.start < 8 else False
        if mark == "«" and pairs and pairs[-1].outer.end >= span.end - 2 and pairs[-1].outer.start > start:
            inner_end = pairs[-1].outer.end  # «A «B»: one mark closes both
        elif not (leads or reopened):
            continue
        while pairs and pairs[-1].outer.start > start:
            pairs.pop()
        pairs.append(Marked(Span(start, span.end), Span(end, inner_end), closed=False))
        return
