"""What one phrase means under all the dates that its document may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, overload

from etl.dayset import DaySet
from etl.resolvers.anchoring.narrator import Answer
from etl.resolvers.anchoring.periods import Period, on

A = TypeVar("A")
B = TypeVar("B")


class Counted(Sequence[Period]):
    """The periods so many units from each of some days, made when one is asked for."""

    def __init__(self, days: Sequence[date], unit: str, amount: int) -> None:
        """Take the days, the unit, and how many of it to go on."""
        self._days, self._unit, self._amount = days, unit, amount

    def __len__(self) -> int:
        """Return the number of days."""
        return len(self._days)

    @overload
    def __getitem__(self, number: int) -> Period: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Period]: ...
    def __getitem__(self, number: int | slice) -> Period | Sequence[Period]:
        """Return the period counted from one of the days."""
        if isinstance(number, slice):
            return Counted(self._days[number], self._unit, self._amount)
        return on(self._days[number], self._unit).shift(self._amount)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one phrase means under the assumptions."""

    each: Sequence[Period | None]  # one for each assumed day, or a single one that holds for all
    periods: Sequence[Period] = ()  # the different ones among them
    doubts: Sequence[Period] = ()  # what the tense, or an earlier date told, would rather have
    days: DaySet | None = None  # all days of them, where they are known at once


NOTHING = Meaning((None,))


def told(answers: Sequence[Answer]) -> Meaning:
    """Return the meaning that the answers for the assumed days make up."""
    each = [period for period, _ in answers]
    return Meaning(each, different(each), different(doubt for _, doubt in answers))


def different(periods: Iterable[Period | None]) -> list[Period]:
    """Return the periods that there are, each once."""
    return [period for period in dict.fromkeys(periods) if period is not None]


def paired(one: Sequence[A], two: Sequence[B]) -> Iterator[tuple[A, B]]:
    """Return the pairs of two sequences for the same assumptions, of which either may be a single one for all."""
    count = max(len(one), len(two))
    first, second = (each if len(each) == count else [*each] * count for each in (one, two))
    return zip(first, second, strict=True)
