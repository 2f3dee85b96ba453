"""Make series of the figures of all documents: repeats, disagreeing sources, corrections, derived values.

Two figures report the same thing when indicator, unit, transformation, countries and period agree; without
a stated period only figures side by side in one document do.  Values that different sources give stay side
by side as alternatives, never averaged.  What follows by arithmetic from a level and its growth is added as
a figure of its own with ``derived_from``, never mixed with reported ones.  (SDMX: OBS_VALUE, OBS_STATUS.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis, Corpus, Dating, Evidence, Figure, Span, figure_id

_WORD = re.compile(r"[^\W\d_]+")
_SIDE_BY_SIDE = 320  # characters between alternatives, or a growth and its level, in one document
_GROWN_TO = 160  # characters between a growth and the level that it led to
_CORRECTION = 120
_TOLERANCE = 0.3  # values further apart than this measure different things
_LEAST, _MOST = -60.0, 200.0  # growth in percent from which an earlier level may be worked out

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _At:
    """A figure and where it stands."""

    analysis: Analysis
    index: int

    @property
    def figure(self) -> Figure:
        return self.analysis.figures[self.index]

    @property
    def id(self) -> str:
        return figure_id(self.analysis.document.doc_id, self.figure)

    def put(self, figure: Figure) -> None:
        self.analysis.figures[self.index] = figure


def resolve(corpus: Corpus, lexicon: Lexicon) -> None:
    """Link the figures of the corpus, in place; running it again gives the same."""
    for analysis in corpus.analyses:
        analysis.figures = [_bare(figure) for figure in analysis.figures if not figure.derived_from]
        topic = lexicon.topic(analysis.document.lang, "numbers")
        _corrections(analysis, topic)
        _beside(analysis)
    _repeats(corpus.analyses)
    for analysis in corpus.analyses:
        analysis.figures += _derived(analysis)


def _bare(figure: Figure) -> Figure:
    evidence = tuple([reason for reason in figure.evidence if not reason.rule.startswith("series.")])
    if not figure.alternative_of and len(evidence) == len(figure.evidence):
        return figure
    return replace(figure, alternative_of="", evidence=evidence)


# ------------------------------------------------------------------ within one document
def _corrections(analysis: Analysis, topic: Mapping[str, Any]) -> None:
    """Mark a value that its speaker takes back: "I mentioned 7 billion, but actually it is 17 billion"."""
    words = topic["corrections"]
    for index in range(len(analysis.figures) - 1):
        first, second = analysis.figures[index], analysis.figures[index + 1]
        gap = second.span.start - first.span.end
        if first.unit != second.unit or not first.unit or not 0 <= gap <= _CORRECTION or first.value == second.value:
            continue
        between = _phrase(analysis.text, first.span.end, second.span.end)
        before = _phrase(analysis.text, max(0, first.span.start - 40), first.span.start)
        taken_back = _has(before, words["withdrawn"]) and _has(between, words["turns"])
        if taken_back or _has(between, words["words"]):
            note = "the speaker corrects this value in the same breath"
            link = figure_id(analysis.document.doc_id, second)
            reason = Evidence("conflict", "series.superseded", note, second.span)
            analysis.figures[index] = replace(first, alternative_of=link, evidence=(*first.evidence, reason))


def _beside(analysis: Analysis) -> None:
    """Link values that different sources give for one thing in neighbouring clauses."""
    last: dict[Key, int] = {}
    for index, figure in enumerate(analysis.figures):
        if not figure.indicator or figure.transformation not in ("level", "share"):
            continue
        key = _key(figure)
        before = last.get(key)
        last[key] = index
        if before is None:
            continue
        other = analysis.figures[before]
        near = figure.span.start - other.span.end <= _SIDE_BY_SIDE
        if near and _sources_differ(figure, other) and _close(figure, other) and not other.alternative_of:
            _link(_At(analysis, index), _At(analysis, before))


def _sources_differ(one: Figure, other: Figure) -> bool:
    """Tell whether two figures name different sources; a speaker's own words are a source as well."""
    return bool(one.attributed_to and other.attributed_to) and one.attributed_to != other.attributed_to


def _link(one: _At, other: _At) -> None:
    note = f"{one.figure.attributed_to or 'one source'} and {other.figure.attributed_to or 'another'} disagree"
    reason = Evidence("conflict", "series.alternative", note, other.figure.span, doc_id=other.analysis.document.doc_id)
    one.put(replace(one.figure, alternative_of=other.id, evidence=(*one.figure.evidence, reason)))


# ------------------------------------------------------------------ over all documents
def _repeats(analyses: Iterable[Analysis]) -> None:
    """Link figures of different documents that report one thing for one period."""
    groups: dict[Key, list[_At]] = {}
    for analysis in analyses:
        for index, figure in enumerate(analysis.figures):
            if figure.indicator and figure.time_period and "X" not in figure.time_period and figure.ref_area:
                groups.setdefault(_key(figure), []).append(_At(analysis, index))
    for group in groups.values():
        first = group[0]
        for one in group[1:]:
            if one.analysis is not first.analysis:
                _relate(one, first)


def _relate(one: _At, first: _At) -> None:
    """Say that a figure repeats another one, or that it is another source's value for the same thing."""
    if _amount(one.figure) == _amount(first.figure):
        reason = Evidence(
            "corpus",
            "series.repeat",
            "another document reports the same value",
            first.figure.span,
            doc_id=first.analysis.document.doc_id,
        )
        one.put(replace(one.figure, evidence=(*one.figure.evidence, reason)))
    elif _close(one.figure, first.figure) and not one.figure.alternative_of:
        _link(one, first)


def _key(figure: Figure) -> Key:
    return (
        figure.indicator,
        figure.unit,
        "level" if figure.transformation == "share" else figure.transformation,
        figure.ref_area,
        figure.counterpart_area,
        figure.time_period,
        "F" if figure.obs_status == "F" else "",
    )


def _amount(figure: Figure) -> tuple[float | None, float | None]:
    return (figure.value, figure.value) if figure.value is not None else (figure.value_min, figure.value_max)


def _middle(figure: Figure) -> float:
    low, high = _amount(figure)
    return ((low or 0.0) + (high or 0.0)) / 2


def _close(one: Figure, other: Figure) -> bool:
    """Tell whether two values differ, but not more than two sources of one thing do."""
    first, second = _middle(one), _middle(other)
    return 0 < abs(first - second) <= _TOLERANCE * max(abs(first), abs(second))


# ------------------------------------------------------------------ derived values
def _derived(analysis: Analysis) -> list[Figure]:
    """Return the earlier levels that follow from a level and its growth in neighbouring clauses."""
    out: list[Figure] = []
    used: set[Span] = set()  # one derived value for each level, so that ids stay unique
    for index, growth in enumerate(analysis.figures):
        if (
            growth.transformation != "growth_rate"
            or growth.unit != "percent"
            or growth.value is None
            or not growth.indicator
        ):
            continue
        rate = -growth.value if growth.direction == "down" else growth.value
        level = _level_beside(analysis.figures, index)
        if level is not None and level.span not in used and _LEAST < rate < _MOST:
            used.add(level.span)
            out.append(_earlier(analysis.document.doc_id, growth, level, rate))
    return out


def _level_beside(figures: list[Figure], index: int) -> Figure | None:
    growth = figures[index]
    for other in (*figures[index + 1 : index + 3], *reversed(figures[max(0, index - 1) : index])):
        near = max(other.span.start - growth.span.end, growth.span.start - other.span.end) <= _GROWN_TO
        same = other.indicator == growth.indicator and other.time_period == growth.time_period
        if (
            near
            and same
            and other.transformation == "level"
            and other.unit != "percent"
            and other.value
            and other.obs_status != "F"
        ):
            return other
    return None


def _earlier(doc_id: str, growth: Figure, level: Figure, rate: float) -> Figure:
    value = (level.value or 0.0) / (1 + rate / 100)
    formula = f"{level.value:g} / (1 + {rate:g}/100)"
    note = f"worked out from the growth and the level: {formula}"
    period = _year_before(level.time_period)
    return Figure(
        span=level.span,
        rule="series.derived",
        value=float(f"{value:.4g}"),
        unit=level.unit,
        currency=level.currency,
        qualifier="about",
        indicator=level.indicator,
        indicator_label=level.indicator_label,
        ref_area=level.ref_area,
        counterpart_area=level.counterpart_area,
        period=Dating(DaySet.parse(period), "inferred") if period else None,
        time_period=period,
        time_period_basis="inferred" if period else "",
        obs_status="E",
        derived_from=f"{figure_id(doc_id, level)}; {figure_id(doc_id, growth)}; {formula}",
        evidence=(Evidence("corpus", "series.derived", note, Span(growth.span.start, growth.span.end)),),
    )


def _year_before(period: str) -> str:
    """Return the year before a plain calendar year; "" for any other period."""
    return str(int(period) - 1).zfill(4) if re.fullmatch(r"\d{4}", period) and int(period) > date.min.year else ""


# ------------------------------------------------------------------ words
def _phrase(text: str, start: int, end: int) -> str:
    return f" {' '.join(word.group().lower() for word in _WORD.finditer(text, start, end))} "


def _has(phrase: str, words: Iterable[str]) -> bool:
    return any(f" {word} " in phrase for word in words)
