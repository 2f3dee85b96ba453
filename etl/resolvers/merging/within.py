"""The events of one document: its tellings of each, brought together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis, EventMention, Evidence
from etl.resolvers.merging.people import ids_of, key_of

SAME_AS_MAIN = "event.same_as_main"
PREVIOUS = "event.previous"
UNNAMED = "event.counterpart_unnamed"
OTHER_TIME = "event.other_time"
AROUND = "event.around_main"
NEAR = 12  # so many events of the same days, the latest told, are compared with a new telling
CLOSE = 600  # characters within which a telling that names fewer people can be meant


@dataclass(slots=True)
class Local:
    """One event as one document tells it."""

    doc_id: str
    kind: str
    family: str  # kinds that may name the same event share it
    mentions: list[EventMention]
    ids: frozenset[str]
    sides: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())  # of the fullest telling: subject, object
    present: frozenset[str] = frozenset()  # who is only listed as there too
    alone: bool = False  # one person and a place tell which event it is
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def first(self) -> EventMention:
        """Return the telling that says most."""
        return self.mentions[0]

    @property
    def days(self) -> DaySet | None:
        """Return the days that all its tellings allow."""
        days = None
        for mention in self.mentions:
            if mention.dating is not None and mention.dating.days:
                both = mention.dating.days if days is None else days & mention.dating.days
                days = both or days
        return days


def family_of(lexicon: Lexicon, kind: str) -> str:
    """Return the name shared by the kinds that tellings of one event use for it ("talks", "meeting")."""
    return str(min([kind, *lexicon.events.get(kind, {}).get("like", ())]))


def gather(analysis: Analysis, lexicon: Lexicon, same_person: Mapping[str, str]) -> list[Local]:
    """Return the events of one document, each with its tellings, the fullest first."""
    found: list[Local] = []
    homes: dict[tuple[str, DaySet | None], list[Local]] = {}  # (family, days) -> events told so far
    there: dict[tuple[str, frozenset[str], str], Local] = {}  # (kind, people, place) -> the last such event
    lands = {place.place_id: place.country for place in analysis.places}
    for mention in sorted(analysis.events, key=lambda mention: (not mention.main, mention.span, mention.trigger)):
        ids = ids_of(mention, same_person)
        key = (family_of(lexicon, mention.kind), mention.dating.days if mention.dating else None)
        if found and found[0].first.main and any(reason.rule == SAME_AS_MAIN for reason in mention.evidence):
            found[0].mentions.append(mention)
            continue
        daily = bool(lexicon.events.get(mention.kind, {}).get("once_a_day"))
        home = next(
            (local for local in homes.get(key, ())[-NEAR:] if _again(local, mention, ids, lands, daily=daily)), None
        )
        spot = (mention.kind, ids, mention.place_id)
        if home is None and daily and ids and mention.place_id and _undated(mention):
            home = there.get(spot)
        if home is None:
            home = Local(analysis.document.doc_id, mention.kind, key[0], [], ids, *_sides(mention, same_person))
            home.alone = bool(lexicon.events.get(mention.kind, {}).get("alone"))
            found.append(home)
            homes.setdefault(key, []).append(home)
        else:
            note = "The document names the same people and the same days for both."
            home.evidence.append(Evidence("text", "event.same_people_and_days", note, mention.span))
            home.ids |= ids
        home.mentions.append(mention)
        there[spot] = home
    return found


def _sides(
    mention: EventMention, same_person: Mapping[str, str]
) -> tuple[tuple[frozenset[str], frozenset[str]], frozenset[str]]:
    """Return who stands on the subject's and the object's side of a telling, and who was only there too."""
    by_rule: dict[str, set[str]] = {}
    for person in mention.participants:
        key = key_of(person)
        by_rule.setdefault(person.rule, set()).add(same_person.get(key, key))
    listed = frozenset(by_rule.pop("participant.listed", ()))
    objects = frozenset(by_rule.pop("participant.object", ()))
    return (frozenset().union(*by_rule.values()), objects), listed


def _met_others(mention: EventMention) -> bool:
    return any(reason.rule == UNNAMED for reason in mention.evidence)


def held_around(one: EventMention, two: EventMention) -> bool:
    """Tell whether one of two tellings is of an event on whose margins others, of another kind, took place."""
    around = any(reason.rule == AROUND for mention in (one, two) for reason in mention.evidence)
    return around and one.kind != two.kind


def _undated(mention: EventMention) -> bool:
    """Tell whether a telling has no date of its own and points to no earlier event."""
    pointed = any(reason.rule in {PREVIOUS, OTHER_TIME} for reason in mention.evidence)
    return not pointed and (mention.dating is None or mention.dating.basis == "vague")


def _again(local: Local, mention: EventMention, ids: frozenset[str], lands: Mapping[str, str], *, daily: bool) -> bool:
    """Tell whether a telling repeats an event of the same days: the same people, or some of them close by.

    Not so of a summit and a meeting on its margins, in another country, nor when fewer people met unnamed others.
    """
    if held_around(local.first, mention):
        return False
    here, seen = lands.get(mention.place_id, ""), {lands.get(one.place_id, "") for one in local.mentions} - {""}
    if here and seen and here not in seen:
        return False
    if ids == local.ids:
        there = bool(mention.place_id) and mention.place_id == local.first.place_id
        return bool(ids) or (mention.kind == local.kind and there)
    nested = bool(ids) and bool(local.ids) and (ids < local.ids or local.ids < ids) and not _met_others(mention)
    close = mention.span.start - local.mentions[-1].span.end <= CLOSE
    return nested and daily and close and mention.kind == local.kind
