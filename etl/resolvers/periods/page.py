"""What the steps of this package share while they work on one document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from etl.lexicon import Lexicon
from etl.model import Analysis, Expression, Figure, Span, Timex

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_STEP, _STEP_WORDS = 60, 3  # characters and words between a change and the level that it led to


@dataclass(frozen=True, slots=True)
class Page:
    """A document's figures, sentences and times, with the word lists of its language."""

    analysis: Analysis
    text: str
    topic: Mapping[str, Any]
    figures: list[Figure]
    sentences: list[Span]
    starts: list[int]
    timexes: list[Timex]
    timex_starts: list[int]
    figure_starts: list[int]
    demonyms: Mapping[str, str]
    status: Mapping[str, Sequence[str]]  # the phrases that tell a forecast and an estimate, with blanks around them

    def sentence(self, place: int) -> Span:
        """Return the sentence with this index; the whole text when there is none."""
        return self.sentences[place]

    def timexes_in(self, span: Span) -> list[Timex]:
        """Return the temporal expressions that begin within the span."""
        return self.timexes[bisect_left(self.timex_starts, span.start) : bisect_left(self.timex_starts, span.end)]

    def figures_between(self, start: int, end: int) -> int:
        """Return how many figures begin in [start, end)."""
        return max(0, bisect_left(self.figure_starts, end) - bisect_left(self.figure_starts, start))

    def words(self, start: int, end: int) -> list[str]:
        """Return the words in [start, end), lower case."""
        return [word.lower() for word in WORD.findall(self.text, max(0, start), end)]

    def led_to(self, first: Figure, second: Figure) -> bool:
        """Tell whether the second figure is the level that the first, a change, led to: "fell by 2 in May to 38"."""
        if not 0 <= second.span.start - first.span.end <= _STEP or not first.direction:
            return False
        gap = Span(first.span.end, second.span.start)
        dated = self.timexes_in(gap)
        words = [
            word.group().lower()
            for word in WORD.finditer(self.text, gap.start, gap.end)
            if not any(timex.span.start <= word.start() < timex.span.end for timex in dated)
        ]
        into = self.topic["elliptic"]["periods"]
        while dated and len(words) > 1 and words[0] in into:
            del words[0]
        return bool(words) and len(words) <= _STEP_WORDS and words[0] in self.topic["change"]["level"]

    def place(self, offset: int) -> int:
        """Return the index of the sentence at an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)


def open_page(analysis: Analysis, lexicon: Lexicon) -> Page:
    """Return the page of an analysis; what an earlier run added to the figures is taken off."""
    lang = lexicon.speaking(analysis.document.lang, "numbers")
    figures = [_bare(figure) for figure in analysis.figures if not figure.derived_from]
    sentences = analysis.sentences or [Span(0, len(analysis.text))]
    timexes = _without_far_ends(sorted(analysis.timexes, key=lambda timex: timex.span))
    return Page(
        analysis,
        analysis.text,
        lexicon.topic(lang, "numbers"),
        figures,
        sentences,
        [sentence.start for sentence in sentences],
        timexes,
        [timex.span.start for timex in timexes],
        [figure.span.start for figure in figures],
        lexicon.once(_demonyms),
        lexicon.once_in(lang, _status),
    )


def _without_far_ends(timexes: list[Timex]) -> list[Timex]:
    """Return the expressions without those that only end the range before them: "January–August" is one period."""
    ends = {
        far.span for near, far in pairwise(timexes) if near.expression.until and _is_end(near.expression.until, far)
    }
    return [timex for timex in timexes if timex.span not in ends]


def _is_end(end: Expression, timex: Timex) -> bool:
    """Tell whether an expression is the one that a range ends with; anchoring may have filled in more of it."""
    told = timex.expression
    return (end.month, end.day, end.weekday, end.year) == (told.month, told.day, told.weekday, told.year)


def _bare(figure: Figure) -> Figure:
    linked = figure.compared_with or figure.alternative_of
    return replace(figure, compared_with="", alternative_of="") if linked else figure


def _status(lexicon: Lexicon, lang: str) -> dict[str, tuple[str, ...]]:
    """Return the phrases of each status; ``*`` stands for any ending, so no blank follows it."""
    table = lexicon.topic(lang, "numbers")["status"]
    return {
        name: tuple(f" {phrase[:-1]}" if phrase.endswith("*") else f" {phrase} " for phrase in phrases)
        for name, phrases in table.items()
    }


def _demonyms(lexicon: Lexicon) -> dict[str, str]:
    """Return the adjective of every country by its code."""
    return {row["code"]: row["demonyms"].split(";")[0] for row in lexicon.facts("countries") if row["demonyms"]}
