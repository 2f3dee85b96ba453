"""The same event in several documents: the same people, kind and day, and no two places at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import combinations

from etl.dayset import DaySet
from etl.model import Evidence, PlaceMention
from etl.resolvers.merging.within import Local, held_around

FEW = 4  # of so many people every pair opens a block; a longer list is compared by its first ones
UNNAMED = "event.counterpart_unnamed"
VAGUE = 31  # days up to which a vague date may be settled by an exact one
PlaceOf = Callable[[str], PlaceMention | None]


def join(local: list[Local], place: PlaceOf) -> list[list[Local]]:
    """Return the documents' events in groups, each group one event; order and grouping depend on content alone."""
    parent = list(range(len(local)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for left, right in _pairs(local, place):
        low, high = sorted((root(left), root(right)))
        if low != high:
            parent[high] = low
    groups: dict[int, list[Local]] = {}
    for index, item in enumerate(local):
        groups.setdefault(root(index), []).append(item)
    return list(groups.values())


def _pairs(local: list[Local], place: PlaceOf) -> Iterable[tuple[int, int]]:
    """Yield the pairs of events that are one, neighbours in time within their block."""
    blocks: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for index, item in enumerate(local):
        for key in _keys(item):
            blocks.setdefault((item.family, key), []).append(index)
    for members in blocks.values():
        if len(members) > 1:
            yield from _exact(members, local, place)
            yield from _vague(members, local, place)


def _keys(item: Local) -> Iterable[tuple[str, ...]]:
    """Return the pairs of people under which an event is looked for; one person and a place serve for a visit."""
    people = sorted(item.ids - item.present) or sorted(item.ids)
    if len(item.ids) >= 2:
        return combinations((people if len(people) > 1 else sorted(item.ids))[:FEW], 2)
    where = item.first.place_id
    return [(people[0], where)] if people and where and item.alone else []


def _exact(members: list[int], local: list[Local], place: PlaceOf) -> Iterable[tuple[int, int]]:
    by_days: dict[DaySet, list[int]] = {}
    for index in members:
        days = local[index].days
        if days is not None and (days.n_days or VAGUE + 1) <= VAGUE:
            by_days.setdefault(days, []).append(index)
    for same in by_days.values():
        for position, index in enumerate(same):
            # Compared with the latest few only: a day's reports on one pair of people are few, or all alike.
            for other in same[max(0, position - 8) : position]:
                if _agree(local[other], local[index], place):
                    yield other, index
                    break


def _vague(members: list[int], local: list[Local], place: PlaceOf) -> Iterable[tuple[int, int]]:
    """Yield each vaguely dated event with the exactly dated one, if a single day fits."""
    days: dict[int, list[int]] = {}
    for index in members:
        known = local[index].days
        if known is not None and known.single:
            days.setdefault(known.runs[0][0], []).append(index)
    in_order = sorted(days)
    for index in members:
        known = local[index].days
        if known is None or known.single or not _narrow(known) or _pointed_elsewhere(local[index]):
            continue
        fitting = [day for run in known.runs for day in _between(in_order, run)]
        if len(fitting) == 1:
            other = days[fitting[0]][0]
            if local[other].doc_id != local[index].doc_id and _agree(local[other], local[index], place):
                yield other, index


def _between(days: list[int], run: tuple[int, int]) -> list[int]:
    return days[bisect_left(days, run[0]) : bisect_right(days, run[1])]


def _narrow(days: DaySet) -> bool:
    """Tell whether a date is precise enough to be settled: a few weeks, or one day of several years."""
    return (days.n_days or VAGUE + 1) <= VAGUE


def _pointed_elsewhere(item: Local) -> bool:
    return any(reason.rule == "event.previous" for mention in item.mentions for reason in mention.evidence)


def _agree(one: Local, two: Local, place: PlaceOf) -> bool:
    """Tell whether nothing speaks against two events of the same kind, people and days being one.

    Each document must name, as taking part or as being there, everybody whom the other one says took part,
    and people of both sides must be shared; two people who meet unnamed others may do so twice a day.
    """
    if (
        one.doc_id == two.doc_id
        or held_around(one.first, two.first)
        or apart(one.first.place_id, two.first.place_id, place)
    ):
        return False
    if not (one.ids - one.present <= two.ids and two.ids - two.present <= one.ids):
        return False
    shared = one.ids & two.ids
    for local in (one, two):
        if any(reason.rule == UNNAMED for reason in local.first.evidence):
            return False
        if all(local.sides) and not all(shared & side for side in local.sides):
            return False
    return True


def apart(one: str, two: str, place: PlaceOf) -> bool:
    """Tell whether two places exclude each other: towns of different countries, or different countries."""
    if not one or not two or one == two:
        return False
    first, second = place(one), place(two)
    return bool(first and second and first.country and second.country and first.country != second.country)


def reason(merged: list[Local]) -> Evidence:
    """Return the evidence of a merge over documents."""
    count = len({item.doc_id for item in merged})
    note = f"{count} documents tell of the same kind of event with the same people and days that meet."
    return Evidence("corpus", "event.same_in_documents", note, merged[0].first.span, doc_id=merged[0].doc_id)
