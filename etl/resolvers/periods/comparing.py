"""Link a figure to the one that its own sentence compares it with: "up from", "against", "then 30, today 60"."""

from __future__ import annotations

from dataclasses import replace

from etl.model import Figure, figure_id
from etl.resolvers.periods.page import Page

_APART = 90  # characters between two figures that may be compared


def compare(page: Page, figures: list[Figure]) -> list[Figure]:
    """Return the figures with ``compared_with`` and ``base_period`` set where two stand side by side."""
    out = list(figures)
    links = frozenset(page.topic["periods"]["compared_links"])
    origins = frozenset(page.topic["ranges"]["from"])
    compared = tuple(f" {phrase} " for phrase in page.topic["periods"]["compared"])
    doc_id = page.analysis.document.doc_id
    for index in range(1, len(out)):
        first, second = out[index - 1], out[index]
        if not _comparable(page, first, second):
            continue
        told = page.words(first.span.end, second.span.start)
        between, phrase = set(told), f" {' '.join(told)} "
        lead = page.words(first.span.start - 16, first.span.start)[-1:]
        based = between & origins or any(one in phrase for one in compared)
        if based and not between & frozenset(page.topic["ranges"]["to"]):
            earlier, later = index, index - 1  # 60, up from 30; 60, compared with 30
        elif between & links or (lead and lead[0] in origins):
            earlier, later = index - 1, index
        else:
            continue
        base = out[earlier].time_period
        out[later] = replace(
            out[later], compared_with=figure_id(doc_id, out[earlier]), base_period=base or out[later].base_period
        )
    return out


def _comparable(page: Page, first: Figure, second: Figure) -> bool:
    same = first.unit == second.unit and bool(first.unit) and first.indicator == second.indicator
    same = same and first.attributed_to == second.attributed_to
    near = 0 <= second.span.start - first.span.end <= _APART
    return same and near and page.place(first.span.start) == page.place(second.span.start)
