"""Give every figure its context: period, source and speaker, status, area, and what it is compared with.

Runs after dates are anchored and speakers are known, and may run again when the document's date has
changed: every field that it sets is worked out anew.  Where the text does not say, nothing is said.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from etl.lexicon import Lexicon
from etl.model import Analysis, Figure
from etl.resolvers.periods.areas import Areas
from etl.resolvers.periods.comparing import compare
from etl.resolvers.periods.page import open_page
from etl.resolvers.periods.sources import Sources
from etl.resolvers.periods.status import status
from etl.resolvers.periods.times import Times


def resolve(analysis: Analysis, lexicon: Lexicon) -> None:
    """Set the context of every figure, in place."""
    if not analysis.figures:
        return
    page = open_page(analysis, lexicon)
    times, sources, areas = Times(page), Sources(page), Areas(page)
    done: list[Figure] = []
    for index, figure in enumerate(page.figures):
        place = max(0, bisect_right(page.starts, figure.span.start) - 1)
        period, base = times.of(index, place, done)
        source, speaker = sources.of(figure)
        reference, counterpart = areas.of(figure, place)
        reasons = tuple(reason for reason in (period.evidence, source.evidence) if reason is not None)
        done.append(
            replace(
                figure,
                period=period.dating,
                time_period=period.edtf,
                time_period_basis=period.basis,
                base_period=base,
                obs_status=status(page, index, place, source.text),
                attributed_to=source.text or speaker,
                speaker=speaker,
                ref_area=reference,
                counterpart_area=counterpart,
                evidence=figure.evidence[:1] + reasons,
            )
        )
    analysis.figures = compare(page, done)
