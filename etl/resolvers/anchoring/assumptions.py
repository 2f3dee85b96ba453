"""Reads a document under every date that it may have, and works out only once what the date does not change.

A phrase counted from the document's own day moves all of its days together.  A rule that answers without
looking at that day and at what was told before is right for every document, one that looks only at the day
for every document of that day: such answers are remembered.  What is left (a few phrases like "two days
later") is worked out for every assumption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Expression, Timex
from etl.resolvers.anchoring.counting import mere_time, steps
from etl.resolvers.anchoring.meanings import NOTHING, Counted, Meaning, different, paired, told
from etl.resolvers.anchoring.narrator import Answer, Narrator
from etl.resolvers.anchoring.periods import DAY, Period, on
from etl.resolvers.anchoring.thread import Story, Thread

_KEPT = 100_000  # answers remembered before the memory is emptied
_ALWAYS = date.max  # stands for the day where an answer holds for all of them


class Memory:
    """The answers that are right in every document of the language, by phrase, kind of text and assumed day."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[tuple[Expression, bool], dict[date | None, Answer]] = {}
        self._kept = 0

    def of(self, expression: Expression, *, narrative: bool) -> dict[date | None, Answer]:
        """Return the answers remembered of one phrase, by the document's day."""
        return self._known.setdefault((expression, narrative), {})

    def keep(self, known: dict[date | None, Answer], day: date | None, answer: Answer) -> None:
        """Remember an answer among those of its phrase."""
        if self._kept > _KEPT:
            self._known.clear()
            self._kept = 0
        known[day] = answer
        self._kept += 1


def memory(lexicon: Lexicon, lang: str) -> Memory:
    """Return an empty memory; keep it with ``lexicon.once_in(lang, memory)``."""
    del lexicon, lang
    return Memory()


@dataclass(slots=True)
class Assumptions:
    """Reads one document under each of the days that it may be of."""

    days: Sequence[date | None]
    row: DaySet | None  # the same days where they are all those of a set
    story: Story
    holidays: Mapping[str, str]
    memory: Memory
    _narrators: dict[int, Narrator] = field(default_factory=dict)
    _known: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Leave out the day that is not known."""
        self._known = [day for day in self.days if day is not None]

    @property
    def today(self) -> Sequence[Period | None]:
        """Return the assumed days as periods."""
        return [None if day is None else on(day, DAY) for day in self.days]

    def read(self, timexes: Sequence[Timex]) -> list[Meaning]:
        """Return what every phrase means."""
        out: list[Meaning] = []
        started = NOTHING  # the beginning of a range whose end comes next
        for timex in timexes:
            meaning = self._meaning(timex)
            if started is not NOTHING:
                meaning = self._ended(timex.expression, meaning, started)
            started = meaning if timex.expression.until is not None else NOTHING
            self.story.add(timex, meaning.each)
            out.append(meaning)
        return out

    def _meaning(self, timex: Timex) -> Meaning:
        expression = timex.expression
        if expression.kind not in ("calendar", "offset"):
            return NOTHING
        if mere_time(expression) and (day := self.story.day_of_clock(timex.span.start)):
            return Meaning(day, different(day))
        if not self.story.strays and not self.story.narrative and (counted := steps(expression)):
            meaning = self._counted(*counted)
            if meaning is not None:
                return meaning
        return told(self._answers(expression, timex.span.start))

    def _counted(self, unit: str, amount: int) -> Meaning | None:
        """Return the periods so many units from every day; None where there is no day or the calendar ends."""
        days = self._known
        if not days or not all(on(day, unit).shift(amount).exists() for day in (days[0], days[-1])):
            return None
        each = Counted(days, unit, amount)
        if unit == DAY:
            return Meaning(each, each, days=None if self.row is None else self.row.shift(amount))
        if self.row is None:
            return Meaning(each, different(each))
        ends = ((on(date.fromordinal(low), unit), on(date.fromordinal(high), unit)) for low, high in self.row.runs)
        indexes = dict.fromkeys(index for low, high in ends for index in range(low.index, high.index + 1))
        return Meaning(each, [Period(unit, index + amount) for index in indexes])

    def _answers(self, expression: Expression, at: int) -> Sequence[Answer]:
        """Return one answer for each of the days, or a single one that holds for all."""
        hung = bool(expression.weekday) and self.story.week_beside(at)
        alone = not hung and self.story.aside(expression, at) is None
        known = self.memory.of(expression, narrative=self.story.narrative) if alone else {}
        if _ALWAYS in known:
            return (known[_ALWAYS],)
        out = []
        for number, day in enumerate(self.days):
            answer = known.get(day)
            if answer is None:
                narrator = self._narrator(number)
                answer, thread = narrator.tell(expression, at), narrator.thread
                if not thread.asked_story:
                    self.memory.keep(known, day if thread.asked_day else _ALWAYS, answer)
                if not thread.asked_day and not (thread.asked_story and self.story.mixed):
                    return (answer,)
            out.append(answer)
        return out

    def _narrator(self, number: int) -> Narrator:
        if number not in self._narrators:
            self._narrators[number] = Narrator(Thread(self.story, self.days[number], number), self.holidays)
        return self._narrators[number]

    def _ended(self, expression: Expression, meaning: Meaning, started: Meaning) -> Meaning:
        """Return the meaning of the end of a range, put after its beginning; where that is sure, so is the end."""
        later_end = self._narrator(0).later_end
        each: list[Period | None] = []
        for period, start in paired(meaning.each, started.each):
            if period is not None and start is not None and period.last < start.first:
                period = later_end(expression, period, start)  # noqa: PLW2901
            each.append(period)
        return Meaning(each, different(each), meaning.doubts if started.doubts else ())
