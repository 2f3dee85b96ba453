"""Finds the day of a dispatch in its dateline: "MINSK, 9 October (BelTA) –".

The day is the dispatch's own, whether or not its year is told.
"""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.model import Analysis
from etl.resolvers.datelines import dateline
from etl.resolvers.dating.clues import Clue
from etl.resolvers.dating.finders.stated import days_of, yearly_day
from etl.resolvers.dating.rules import rules


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clue of the dateline, if the text begins with one that tells its day."""
    found = dateline(analysis)
    if found is None or found.timex is None:
        return []
    told, span = found.timex.expression, found.timex.span
    rule, days = ("dateline", days_of(told)) if told.year else ("dateline_yearless", yearly_day(told))
    date = span.of(analysis.text)
    return [lexicon.once(rules).clue(rule, days, span, anchor=days, date=date)] if days else []
