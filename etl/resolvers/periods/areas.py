"""Find the country that a figure is about, and its counterpart (SDMX REF_AREA, COUNTERPART_AREA)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from etl.model import Figure
from etl.resolvers.periods.page import Page

_BILATERAL = ("trade_turnover", "exports", "imports", "trade_balance", "programme_completion", "programmes")


class Areas:
    """Finds the countries of each figure of a page."""

    def __init__(self, page: Page) -> None:
        """Keep the countries named in the document, by place and by weight."""
        self._page = page
        self._places = sorted((place for place in page.analysis.places if place.country), key=lambda place: place.span)
        self._starts = [place.span.start for place in self._places]
        counted = Counter(place.country for place in self._places)
        self._main = sorted(counted, key=lambda code: (-counted[code], code))[:2]

    def of(self, figure: Figure, place: int) -> tuple[str, str]:
        """Return (country, other country); what the sentence names, for trade also the document's two countries."""
        sentence = self._page.sentence(place)
        low, high = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        named = list(dict.fromkeys(one.country for one in self._places[low:high]))
        if figure.indicator in _BILATERAL:
            pair = named if len(named) == 2 else self._main if len(named) < 2 and len(self._main) == 2 else []
            if len(pair) == 2:
                first, second = sorted(pair)
                return first, second
        return (named[0], "") if len(named) == 1 else ("", "")
