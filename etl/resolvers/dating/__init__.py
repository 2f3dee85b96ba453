"""Dates a document that does not say its date, by what it takes for granted.

Every clue (its own date line, what it tells as past or planned, who holds which office, which facts are
known, what is counted from which day) gives a set of days; ``narrowing`` intersects them from the most
trusted on and records the funnel, ``likelihood`` weighs what is left.  A date given from outside always
wins; a text that contradicts it is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from etl.dayset import EVER, DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis, Dating, Evidence
from etl.resolvers.dating.clues import Clue
from etl.resolvers.dating.finders import FINDERS
from etl.resolvers.dating.likelihood import best, habits, likely, speaking, weigh
from etl.resolvers.dating.narrowing import narrow


def resolve(analysis: Analysis, lexicon: Lexicon, without: Collection[str] = (), more: Collection[Clue] = ()) -> None:
    """Set ``analysis.dating``, leaving out the clue families named in ``without``, adding the clues in ``more``."""
    clues = [*find(analysis, lexicon, without), *more]
    analysis.dating = date_by(clues, lexicon, analysis.document.dct)


def find(analysis: Analysis, lexicon: Lexicon, without: Collection[str] = ()) -> list[Clue]:
    """Return all clues of a document but those of the families named in ``without``."""
    clues = [clue for finder in FINDERS.values() for clue in finder(analysis, lexicon)]
    return [clue for clue in clues if clue.family not in without]


def date_by(clues: list[Clue], lexicon: Lexicon, given: DaySet | None = None) -> Dating | None:
    """Return the date that the clues leave, None when nothing at all is known."""
    if given:
        return _given(given, clues)
    days, steps, used = narrow(clues)
    if not used:
        return None
    explicit = any(clue.explicit and days.n_days is not None and (days & clue.days) == days for clue in used)
    segments = weigh(days, used, lexicon.once(habits))
    if not segments:
        return Dating(days, "inferred", steps)
    probable = likely(segments, days)
    if not days.single:
        steps = (*steps, *_habits(used, lexicon, days), _summary(probable))
    return Dating(days, "explicit" if explicit else "inferred", steps, probable, days.single or best(segments))


def _habits(used: list[Clue], lexicon: Lexicon, days: DaySet) -> Iterator[Evidence]:
    """Yield the clues that only make some days more likely than others, when there is a choice."""
    for clue in speaking(used, lexicon.once(habits).shapes):
        if clue.days == EVER and days.n_days != 1:
            yield Evidence(
                "soft", clue.rule, clue.note, clue.span, clue.source, clue.verified, clue.anchor, days.n_days
            )


def _summary(probable: DaySet) -> Evidence:
    first, last = probable.earliest, probable.latest
    when = f"is {first}" if first == last else f"lies between {first} and {last}"
    note = f"Weighed by how soon writers usually tell such things, the day {when} with 95 % probability."
    return Evidence("soft", "habits", note, days=probable, days_left=probable.n_days)


def _given(given: DaySet, clues: list[Clue]) -> Dating:
    """Return the date told from outside, with every clue of the text that contradicts it."""
    note = "The date of the document was given."
    told = Evidence("metadata", "given", note, source="given", days=given, days_left=given.n_days)
    _, steps, _ = narrow(clues, given)
    conflicts = tuple(step for step in steps if step.kind == "conflict")
    return Dating(given, "explicit", (told, *conflicts), given, given.single)


__all__ = ["FINDERS", "Clue", "date_by", "find", "resolve"]
