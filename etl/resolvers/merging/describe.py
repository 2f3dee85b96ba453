"""Make the events of a corpus from their tellings: people, place, date, title and id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Corpus, Dating, Event, EventMention, Evidence, Participant, PlaceMention, Status, stable_id
from etl.names import in_latin
from etl.resolvers.merging.across import apart, reason
from etl.resolvers.merging.people import key_of
from etl.resolvers.merging.within import Local

NAMED = re.compile(r"(?:(?:[A-Z][\w’'-]*|[A-Z0-9]{2,}|\d+(?:st|nd|rd|th)|of|the|and)\s+){0,6}$")
Telling = tuple[str, EventMention]


class Describer:
    """Turns groups of tellings into events, with what the whole corpus knows of places and people."""

    def __init__(self, corpus: Corpus, lexicon: Lexicon, same_person: Mapping[str, str]) -> None:
        """Index the corpus once."""
        self.lexicon, self._report = lexicon, lexicon.topic("en", "events")["report"]
        self._same = same_person
        self._texts = {analysis.document.doc_id: analysis.text for analysis in corpus.analyses}
        self._dates = {analysis.document.doc_id: _earliest(analysis.dating) for analysis in corpus.analyses}
        self._places: dict[str, PlaceMention] = {}
        self._countries: dict[str, str] = {}
        for analysis in corpus.analyses:
            for place in analysis.places:
                self._places.setdefault(place.place_id, place)
            for person in analysis.people:
                if person.country and person.person_id:
                    self._countries.setdefault(person.person_id, person.country)

    def place(self, place_id: str) -> PlaceMention | None:
        """Return a mention of a place, for its kind and country."""
        return self._places.get(place_id)

    def events(self, groups: list[list[Local]]) -> list[Event]:
        """Return one event for each group, sorted by date, then id."""
        made = [self._event(group) for group in groups]
        seen: dict[str, int] = {}
        unique: list[Event] = []
        for event in made:
            count = seen.get(event.event_id, 0)
            seen[event.event_id] = count + 1
            unique.append(event if not count else _renamed(event, count))
        return sorted(unique, key=lambda event: (_earliest(event.dating), event.event_id))

    def _event(self, group: list[Local]) -> Event:
        told = sorted(
            ((item.doc_id, mention) for item in group for mention in item.mentions),
            key=lambda pair: (
                not pair[1].main,
                pair[1].status != "happened",
                self._dates[pair[0]],
                -len(pair[1].participants),
                pair[0],
                pair[1].span,
            ),
        )
        first = told[0][1]
        participants = self._participants(told)
        place = self._place(told)
        dating, evidence = self._dating(group, told)
        evidence += self._conflicts(told, place)
        if len({doc_id for doc_id, _ in told}) > 1:
            evidence.insert(0, reason(group))
        return Event(
            self._id(first, participants, dating, told[0][0]),
            first.kind,
            self._title(told[0], participants, place[0]),
            _status(told),
            participants,
            *place,
            dating,
            tuple(told),
            tuple(evidence),
        )

    def _participants(self, told: list[Telling]) -> tuple[Participant, ...]:
        people: dict[str, Participant] = {}
        for _, mention in told:
            for person in mention.participants:
                key = key_of(person)
                people.setdefault(self._same.get(key, key), person)
        return tuple(people.values())

    def _place(self, told: list[Telling]) -> tuple[str, str]:
        """Return the most precise place told, the first telling's of two equally precise ones."""
        named = [(mention.place, mention.place_id) for _, mention in told if mention.place]
        precise = [pair for pair in named if (known := self.place(pair[1])) and known.kind in {"city", "site"}]
        return (precise or named or [("", "")])[0]

    def _dating(self, group: list[Local], told: list[Telling]) -> tuple[Dating | None, list[Evidence]]:
        """Return the days that all tellings allow, and what each gave; one that contradicts the best is set aside."""
        evidence = [reason for item in group for reason in item.evidence]
        dated = [(doc_id, mention.dating) for doc_id, mention in told if mention.dating and mention.dating.days]
        if not dated:
            return None, evidence
        dated.sort(key=lambda pair: (pair[1].days.single is None, pair[1].basis != "explicit"))
        best_doc, best = dated[0]
        days = best.days
        for doc_id, other in dated[1:]:
            both = days & other.days
            if not both:
                note = "Another telling gives different days for it; they are shown, not used."
                evidence.append(Evidence("conflict", "event.dates_disagree", note, days=other.days, doc_id=doc_id))
            elif both != other.days and doc_id != best_doc:
                note = "A more exact telling of the same event dates this one."
                evidence.append(
                    Evidence("corpus", "event.dated_elsewhere", note, days=both, days_left=both.n_days, doc_id=best_doc)
                )
            days = both or days
        if days == best.days:
            return best, evidence
        likely = best.likely & days if best.likely else None
        return Dating(days, "inferred", best.evidence, likely or None, days.single), evidence

    def _conflicts(self, told: list[Telling], place: tuple[str, str]) -> list[Evidence]:
        found: list[Evidence] = []
        statuses = {mention.status for _, mention in told}
        for doc_id, mention in told:
            if mention.place_id and apart(mention.place_id, place[1], self.place):
                note = f"This telling places it in {mention.place}."
                found.append(Evidence("conflict", "event.places_disagree", note, mention.span, doc_id=doc_id))
            if mention.status == "cancelled" and "happened" in statuses:
                note = "This telling says that it was called off."
                found.append(Evidence("conflict", "event.status_disagrees", note, mention.span, doc_id=doc_id))
        return found

    # ------------------------------------------------------------------ names for people and machines
    def _id(self, first: EventMention, people: tuple[Participant, ...], dating: Dating | None, doc_id: str) -> str:
        ids = sorted(key_of(person) for person in people)
        edtf = dating.days.edtf() if dating else ""
        exact = dating is not None and dating.days.single is not None and len(ids) >= 2
        where = () if exact else (doc_id, first.trigger.start)
        return stable_id("event", first.kind, *ids, edtf, *where)

    def _title(self, told: Telling, people: tuple[Participant, ...], place: str) -> str:
        data = self.lexicon.events.get(told[1].kind, {})
        noun = str(data.get("noun", told[1].kind))
        if people:
            names = [in_latin(self._surname(person) if len(people) > 1 else person.name) for person in people]
            shown = " – ".join(names) if len(names) <= 3 else " – ".join(names[:2]) + " and others"
            return str(self._report["title"]).format(people=shown, noun=noun)
        name = self._own_name(told) or str(data.get("label", noun))
        return str(self._report["title_place"]).format(noun=name, place=place) if place else name

    def _own_name(self, told: Telling) -> str:
        """Return the name that the text gives the event: CSTO summit, Victory Day."""
        text, trigger = self._texts[told[0]], told[1].trigger
        before = NAMED.search(text, max(told[1].span.start, trigger.start - 80), trigger.start)
        words = " ".join((before.group() if before else "").split())
        words = re.sub(r"^(?:(?:of|the|and|The|In|At|On)(?:\s+|$))+", "", words)
        return f"{words} {trigger.of(text)}" if words else ""

    def _surname(self, person: Participant) -> str:
        words = person.name.split()
        family_first = self._countries.get(person.person_id, "") in self._report["family_first"]
        return words[0 if family_first else -1] if words else person.name


def _status(told: list[Telling]) -> Status:
    reports = {doc_id for doc_id, mention in told if mention.main}  # their main telling's status is that of the event
    statuses = [mention.status for doc_id, mention in told if mention.main or doc_id not in reports]
    order: tuple[Status, ...] = ("happened", "cancelled", "planned")
    return next(status for status in order if status in statuses)


def _earliest(dating: Dating | None) -> date:
    days = dating.days if dating is not None else DaySet()
    return days.earliest or date.max


def _renamed(event: Event, count: int) -> Event:
    doc_id, mention = event.mentions[0]
    event_id = stable_id("event", event.event_id, doc_id, mention.trigger.start, count)
    return Event(
        event_id,
        event.kind,
        event.title,
        event.status,
        event.participants,
        event.place,
        event.place_id,
        event.dating,
        event.mentions,
        event.evidence,
    )
