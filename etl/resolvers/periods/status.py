"""Tell an actual value from an estimate and a forecast (SDMX OBS_STATUS A, E, F)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from etl.resolvers.periods.page import Page

_REACH, _AHEAD = 70, 45


def status(page: Page, index: int, place: int, source: str) -> Literal["A", "E", "F"]:
    """Return the status that the words of the figure's clause give it."""
    figure, sentence = page.figures[index], page.sentence(place)
    first = index - 1 if index and page.led_to(page.figures[index - 1], figure) else index  # cut to 2.4 percent
    start = max(sentence.start, page.figures[first].span.start - _REACH)
    if first and page.figures[first - 1].span.end > start:
        start = page.figures[first - 1].span.end
    end = min(sentence.end, figure.span.end + _AHEAD)
    if index + 1 < len(page.figures):
        end = min(end, max(figure.span.end, page.figures[index + 1].span.start))
    start = max(start, *(page.text.rfind(mark, start, figure.span.start) + 1 for mark in ";:"))
    end = next((place for place in (page.text.find(mark, figure.span.end, end) for mark in ",;") if place >= 0), end)
    words = page.words(start, figure.span.end)
    behind = page.words(figure.span.end, end)
    table = page.status
    if is_told(words, table["forecast"]) or is_told(behind, table["forecast_behind"]):
        return "F"
    return "E" if is_told([*words, *source.lower().split()], table["estimate"]) else "A"


def is_told(words: list[str], phrases: Iterable[str]) -> bool:
    """Tell whether one of the phrases, with the blanks around them, stands among the words."""
    return any(map(f" {' '.join(words)} ".__contains__, phrases))
