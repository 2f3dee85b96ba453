"""Turns temporal phrases into calendar days, given what is known of the document's own date.

The document's date is a set of days; every phrase is read for each of them (``assumptions``) and the
answers are united, so an unsure document date yields an unsure, still correct, date.  With no document
date "6 May" stays the 6 May of any year.  Nothing of an earlier run is used: it always starts from
``timex.expression``, so it can run again when the document's date has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis, Timex
from etl.resolvers.anchoring import national
from etl.resolvers.anchoring.answers import Reading, answer
from etl.resolvers.anchoring.assumptions import Assumptions, Memory, memory
from etl.resolvers.anchoring.meanings import NOTHING, paired
from etl.resolvers.anchoring.thread import Story, before_christ, is_narrative

_OPENING = 16  # characters before a phrase in which its sentence may begin ("Throughout 1943")
_SENTENCE_START = re.compile(r"(?:^|[\n.!?]\s*)(?:\w+\s)?$")
_MOST = 400  # candidate days of the document that are all tried
_MOST_SAMPLED = 20_000  # candidate days of which some are tried


def resolve(analysis: Analysis, lexicon: Lexicon) -> None:
    """Replace ``analysis.timexes`` by anchored ones: TIMEX3 value and dating."""
    if not analysis.timexes:
        return
    dct = analysis.dating.days if analysis.dating else None
    narrative = is_narrative(analysis.timexes, dct)
    topic = lexicon.topic(analysis.document.lang, "temporal")
    holidays = lexicon.once_in(analysis.document.lang, national.holidays)
    analysis.timexes = national.settled(analysis, holidays)
    leading, describing = (tuple(topic.get(name, ())) for name in ("carrying", "describing"))
    text = analysis.text

    def opens(timex: Timex, *, near: bool) -> bool:
        before = text[max(0, timex.span.start - _OPENING) : timex.span.start]
        if near and before.lower().endswith(leading):
            return True
        return not describes(timex) and _SENTENCE_START.search(before) is not None

    def describes(timex: Timex) -> bool:
        start = timex.span.start
        return start > 0 and text[max(0, start - _OPENING) : start].lower().endswith(describing)

    candidates, sampled = _candidates(dct)
    strays = any(map(before_christ, analysis.timexes))
    known = Memory() if strays else lexicon.once_in(analysis.document.lang, memory)
    row = dct if candidates != [None] and not sampled else None
    assumptions = Assumptions(candidates, row, Story(narrative, opens, describes, strays), holidays.notations, known)
    meanings = assumptions.read(analysis.timexes)
    dated = dct.edtf() if dct else ""
    likely = analysis.dating.likely if analysis.dating and row is not None else None
    probable = [day is not None and day in likely for day in candidates] if likely and likely != dct else []
    out: list[Timex] = []
    for timex, meaning, following in zip(analysis.timexes, meanings, [*meanings[1:], NOTHING], strict=True):
        until = timex.expression.until
        end = assumptions.today if until and until.kind == "vague" else following.each
        doubted = zip(meaning.doubts, following.doubts, strict=False)  # none, or one of each
        pairs = list(dict.fromkeys([*paired(meaning.each, end), *doubted])) if until else []
        out.append(answer(Reading(timex, meaning, pairs, dct, dated, text, narrative, sampled, probable)))
    analysis.timexes = out


def _candidates(dct: DaySet | None) -> tuple[list[date | None], bool]:
    """Return the days that the document may be of, and whether they are only samples of a larger set.

    Of a long stretch the first day of every month stands for all: months and years come out right.
    """
    if dct is None or not dct or dct.n_days is None or dct.n_days > _MOST_SAMPLED:
        return [None], False
    if dct.n_days <= _MOST:
        return list(dct), False
    return list(_samples(dct)), True


def _samples(dct: DaySet) -> Iterator[date]:
    """Yield the first and last day of every run, and the first days of the months between."""
    for low, high in dct.runs:
        first, last = date.fromordinal(low), date.fromordinal(high)
        yield first
        for month in range(first.year * 12 + first.month, last.year * 12 + last.month):  # those after the first one's
            day = date(month // 12, month % 12 + 1, 1)
            if day < last:
                yield day
        if first < last:
            yield last
