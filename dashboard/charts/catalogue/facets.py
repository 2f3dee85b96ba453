"""Groupings of the events: by pair of participants, participant, kind, place and document.

Each is two parallel arrays, group by group and in order of time, so that what a lane holds is a slice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]  # ordinals; half the bytes, so half the time, of the widest integers
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Facet:
    """Which events belong to which group: event rows group by group, those of a group in order of time."""

    names: list[str]  # the group's key: a name, kind or doc_id; "" = has none
    rows: Ints
    counts: Ints  # the number of events of each group

    @cached_property
    def bounds(self) -> Ints:
        """Return where each group begins in ``rows``, and at last where the last one ends."""
        return np.append(0, np.cumsum(self.counts))

    @cached_property
    def number(self) -> dict[str, int]:
        """Return the group number of each name."""
        return {name: code for code, name in enumerate(self.names)}

    def of(self, code: int) -> slice:
        """Return the slice of ``rows`` that a group takes up."""
        return slice(int(self.bounds[code]), int(self.bounds[code + 1]))

    def tally(self, flags: Mask) -> Ints:
        """Return how many of each group's events are flagged; ``flags`` is parallel to ``rows``."""
        return np.diff(np.append(0, np.cumsum(flags, dtype=np.int64))[self.bounds])


Grouping = tuple[list[str], Ints, Ints]  # names of the groups, and parallel: event rows, group numbers


def facet(grouping: Grouping, moments: Days) -> Facet:
    """Return a grouping put in order; ``moments`` holds for each event where it stands in time."""
    names, rows, codes = grouping
    order = np.lexsort((moments[rows], codes))
    return Facet(names, rows[order], np.bincount(codes, minlength=len(names)))


def _by(column: str, events: pd.DataFrame) -> Grouping:
    codes, names = pd.factorize(events[column])
    return [str(name) for name in names], np.arange(len(codes)), codes.astype(np.int64)


def _many(codes: Ints, groups: Sequence[Sequence[str]]) -> Grouping:
    """Return the grouping of rows that each carry one of these sets of names."""
    number: dict[str, int] = {}
    flat = np.array([number.setdefault(name, len(number)) for names in groups for name in names], dtype=np.int64)
    sizes = np.array([len(names) for names in groups], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    size = sizes[codes]
    rows = np.repeat(np.arange(len(codes)), size)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
    return list(number), rows, flat[np.repeat(starts[codes], size) + nth]


def _people(events: pd.DataFrame) -> tuple[Ints, list[list[str]]]:
    """Return the number of each event's set of participants, and the sets."""
    codes, cells = pd.factorize(events["participants"])
    return codes.astype(np.int64), [list(dict.fromkeys(filter(None, str(cell).split("; ")))) for cell in cells]


def _by_person(events: pd.DataFrame) -> Grouping:
    codes, sets = _people(events)
    return _many(codes, [names or [""] for names in sets])


def _by_pair(events: pd.DataFrame) -> Grouping:
    """Put every event into one lane: of its pairs of participants the one that meets most often."""
    codes, sets = _people(events)
    pairs = [[" – ".join(sorted(pair)) for pair in combinations(names[:8], 2)] for names in sets]
    meetings: dict[str, int] = {}
    for options, times in zip(pairs, np.bincount(codes, minlength=len(sets)).tolist(), strict=True):
        for pair in options:
            meetings[pair] = meetings.get(pair, 0) + times
    best = [
        max(p, key=lambda pair: (meetings[pair], pair)) if p else "".join(names)
        for p, names in zip(pairs, sets, strict=True)
    ]
    return _many(codes, [[lane] for lane in best])


def by_document(events: pd.DataFrame, tellers: pd.Series[Any], told: Ints) -> Grouping:
    """Put an event into every document that tells it, first into the one that it is cited from.

    ``tellers`` holds the document of each mention, ``told`` the row of the event that it tells, or -1.
    """
    rows = np.concatenate([np.arange(len(events)), told[told >= 0]])
    codes, names = pd.factorize(pd.concat([events["doc_id"], tellers[told >= 0]]))
    once = np.unique(rows * max(len(names), 1) + codes)
    return [str(name) for name in names], once // max(len(names), 1), once % max(len(names), 1)


GROUPINGS: dict[str, Callable[[pd.DataFrame], Grouping]] = {
    "pair": _by_pair,
    "person": _by_person,
    "kind": partial(_by, "kind"),
    "place": partial(_by, "place"),
}
