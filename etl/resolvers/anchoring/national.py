"""Tells whose holiday is meant: Independence Day is another day in every country, Easter one in East and West.

A holiday whose day depends on the country is that of the nearest country named in its sentence; where the
text names countries, but none beside the holiday, nobody can tell.  A text that names no country at all is
read as one from the home of its language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from etl.lexicon import Lexicon
from etl.model import Analysis, Expression, Span, Timex

_NATIONAL, _EASTER, _EASTERN = "national ", "easter", "orthodox"
_BEHIND = 25  # characters: "Independence Day of the Republic of ..."
_IN = " in "  # joins a holiday and its country in an id


@dataclass(frozen=True, slots=True)
class Holidays:
    """The holidays of one language: their days, and those that depend on the country."""

    notations: Mapping[str, str]  # id -> notation of ``holidays``
    kinds: Mapping[str, str]  # id -> what the countries' table calls it
    eastern: frozenset[str]  # countries in which Easter is the Eastern one
    home: str  # the country of texts that name none


def holidays(lexicon: Lexicon, lang: str) -> Holidays:
    """Return the holidays of a language; build them through ``lexicon.once_in``."""
    topic = lexicon.topic(lang, "temporal")
    notations: dict[str, str] = {}
    kinds: dict[str, str] = {}
    rows = lexicon.facts("national_days")
    for name, notation in topic.get("holidays", {}).items():
        if notation.startswith(_NATIONAL):
            kinds[name] = notation.removeprefix(_NATIONAL)
            own = (row for row in rows if row["day"] == kinds[name])
            notations.update({f"{name}{_IN}{row['country']}": row["date"] for row in own})
        else:
            notations[name] = notation
        if notation.startswith(_EASTER):
            kinds[name] = _EASTER
            notations[f"{name}{_IN}{_EASTERN}"] = f"{notation.replace(_EASTER, _EASTERN)}|{notation}"
    eastern = frozenset(row["country"] for row in rows if row["day"] == _EASTER)
    return Holidays(notations, kinds, eastern, topic.get("home", ""))


def settled(analysis: Analysis, known: Holidays) -> list[Timex]:
    """Return the timexes of a document with every holiday that depends on the country made that of one country."""
    out = []
    for timex in analysis.timexes:
        expression = _settled(timex.expression, timex.span, analysis, known)
        if expression.base is not None and expression.base.holiday:
            expression = replace(expression, base=_settled(expression.base, timex.span, analysis, known))
        out.append(timex if expression is timex.expression else replace(timex, expression=expression))
    return out


def _settled(expression: Expression, span: Span, analysis: Analysis, known: Holidays) -> Expression:
    kind = known.kinds.get(expression.holiday or "")
    if kind is None:
        return expression
    if kind == _EASTER:
        eastern = any(place.country in known.eastern for place in analysis.places)
        return replace(expression, holiday=f"{expression.holiday}{_IN}{_EASTERN}") if eastern else expression
    country = _country(span, analysis) if analysis.places else known.home
    return replace(expression, holiday=f"{expression.holiday}{_IN}{country}")


def _country(span: Span, analysis: Analysis) -> str:
    """Return the country named nearest in the same sentence, before the holiday or right behind it, "" for none."""
    sentence = next((each for each in analysis.sentences if each.overlaps(span)), span)
    reach = Span(sentence.start, min(sentence.end, span.end + _BEHIND))
    named = [place for place in analysis.places if place.country and reach.overlaps(place.span)]
    near = min(named, key=lambda place: (abs(place.span.start - span.start), place.span), default=None)
    return near.country if near is not None else ""
