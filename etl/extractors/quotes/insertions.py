"""Cuts the writer's words out of a quotation: «We saw it, – said Lee, – and will answer».

Russian typography closes the marks only after the whole, so the attribution stands inside them, between
dashes; it may also end them («We saw it, – said Lee.»).
"""

from __future__ import annotations

import re

from etl.extractors.attribution import Source, cues, source
from etl.extractors.attribution.words import Vocabulary
from etl.extractors.quotes.marks import Marked
from etl.model import Span

_OPENS = re.compile(r"[,.?!…]\s[–—-]\s")
_CLOSES = re.compile(r"[,.]\s[–—-]\s")
_LONGEST = 160  # characters of an insertion


def parts(text: str, marks: Marked, words: Vocabulary) -> list[tuple[Marked, Source | None]]:
    """Return the quoted stretches with the source that the words between them name; one stretch without insertion."""
    found: list[tuple[Marked, Source | None]] = []
    start, end = marks.inner.start, marks.inner.end
    for opening in _OPENS.finditer(text, start, end):
        if opening.start() < start:
            continue
        closing = _CLOSES.search(text, opening.end(), min(end, opening.end() + _LONGEST))
        stop = closing.start() if closing else end
        if stop - opening.end() > _LONGEST:
            continue
        tokens = words.tokens(text, opening.end(), stop)
        cue = cues.inverted(tokens, 0) if tokens else None
        if cue is None:
            continue
        given = source(tokens, cue)
        found.append((_part(marks, start, opening.start() + 1), given))
        start = closing.end() if closing else end
        if start < end:
            found.append((_part(marks, start, end), given))
        return found
    return [(marks, None)]


def _part(marks: Marked, start: int, end: int) -> Marked:
    outer_start = marks.outer.start if start == marks.inner.start else start
    outer_end = marks.outer.end if end == marks.inner.end else end
    return Marked(Span(outer_start, outer_end), Span(start, end), marks.closed)
