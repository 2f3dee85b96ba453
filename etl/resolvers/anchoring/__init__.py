"""Turns temporal phrases into calendar days, given what is known of the document's own date.

The document's date is a set of days; every phrase is read once for each of them (``narrator``) and the
answers are united, so an unsure document date yields an unsure, still correct, date.  With no document
date "6 May" stays the 6 May of any year.  Nothing of an earlier run is used: it always starts from
``timex.expression``, so it can run again when the document's date has changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis, Timex
from etl.resolvers.anchoring.answers import Reading, answer
from etl.resolvers.anchoring.narrator import Narrator
from etl.resolvers.anchoring.periods import Period
from etl.resolvers.anchoring.thread import Thread, is_narrative

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
    holidays: Mapping[str, str] = topic.get("holidays", {})
    leading = tuple(topic.get("carrying", ()))
    text = analysis.text

    def opens(timex: Timex, *, near: bool) -> bool:
        before = text[max(0, timex.span.start - _OPENING) : timex.span.start]
        return (near and before.lower().endswith(leading)) or _SENTENCE_START.search(before) is not None

    candidates, sampled = _candidates(dct)
    narrators = [Narrator(Thread(day, narrative, opens), holidays) for day in candidates]
    readings = [narrator.read(analysis.timexes) for narrator in narrators]
    out: list[Timex] = []
    for index, timex in enumerate(analysis.timexes):
        periods = list(dict.fromkeys(told[index] for told in readings))
        pairs = _pairs(index, timex, readings, narrators) if timex.expression.until else []
        doubts = [narrator.doubts[index] for narrator in narrators if index in narrator.doubts]
        reading = Reading(timex, periods, pairs, dct, text, narrative, doubts, sampled)
        out.append(answer(reading))
    analysis.timexes = out


def _pairs(
    index: int, timex: Timex, readings: Sequence[Sequence[Period | None]], narrators: Sequence[Narrator]
) -> list[tuple[Period | None, Period | None]]:
    """Return both ends of a range as each narrator reads them; a vague end is the document's own day."""
    until = timex.expression.until
    if until is not None and until.kind == "vague":
        return [(told[index], narrator.thread.today) for told, narrator in zip(readings, narrators, strict=True)]
    return [(told[index], told[index + 1]) for told in readings]


def _candidates(dct: DaySet | None) -> tuple[list[date | None], bool]:
    """Return the days that the document may be of, and whether they are only samples of a larger set.

    Of a long stretch the first day of every month stands for all: months and years come out right.
    """
    if dct is None or not dct or dct.n_days is None or dct.n_days > _MOST_SAMPLED:
        return [None], False
    if dct.n_days <= _MOST:
        return list(dct), False
    ends = {end for run in dct.runs for end in run}
    return [day for day in dct if day.day == 1 or day.toordinal() in ends], True
