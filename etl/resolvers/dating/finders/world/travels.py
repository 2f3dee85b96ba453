"""Dates a text by journeys: who was where when.

The persons of a title and lead are matched with the table of journeys.  Two leaders who are told of together,
and not on the telephone, were in one place: one of them visited the other, or both were guests of a third.  One
leader and a place where the news happens lead to the leader's visits there.  The days only become likely, nothing
is ruled out; where the lists cover too little of the people's time in office, the table says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from etl.dayset import EVER, DaySet, union
from etl.lexicon import Lexicon
from etl.model import Analysis, PersonMention, PlaceMention, Span, stable_id
from etl.names import Cases, case_endings, fold
from etl.offices import OfficeBook, days_in_office, office_book
from etl.resolvers.datelines import dateline
from etl.resolvers.dating.clues import STILL, Clue, around, days_told, holds, in_words
from etl.resolvers.dating.finders.world.journeys import Journeys, Traveller, cited, journeys
from etl.resolvers.dating.rules import rules

HEAD = 420  # characters of a title and lead, where it stands whom the news is about
TITLE = 260  # characters within which a title ends, at an empty line
STAGE = 60  # characters of a line that holds nothing but a place
NEAR = 100  # characters before a place that may say that the news is there
TOLD = 4  # stretches of days that a reader is told one by one
SIDES = 2  # of a meeting
HOLES = 0.3  # share of the time in office that a list may leave out
UNTIL_NOW = DaySet.between(None, date(STILL, 1, 1))
GUESTS = 8  # more visitors than these are a list, not a meeting


@dataclass(frozen=True, slots=True)
class TravelWords:
    """What a language says of journeys, compiled."""

    apart: re.Pattern[str]  # they did not meet
    met: re.Pattern[str]  # they met, or may have
    ahead: re.Pattern[str]  # it is still to come
    arrived: re.Pattern[str]  # it has begun, whatever is still to come of it
    past: re.Pattern[str]  # it was long ago
    aside: re.Pattern[str]  # they met at a conference, where both were guests
    there: re.Pattern[str]  # before a town or building: the news is there
    towards: re.Pattern[str]  # before any place: somebody travels there
    hosts: re.Pattern[str]  # begins or ends the office of whoever receives guests of the state
    whose: re.Pattern[str]  # behind somebody: something of his is meant
    cases: Cases


def travel_words(lexicon: Lexicon, lang: str) -> TravelWords:
    """Return the words of a language; build with ``lexicon.once_in(lang, travel_words)``."""
    topic = lexicon.topic(lang, "dating")["travels"]
    told, before = r"\b(?:{})\b", r"\b(?:{})\s{{1,2}}$"
    shapes = (
        ("apart", told),
        ("met", told),
        ("ahead", told),
        ("arrived", told),
        ("past", told),
        ("aside", told),
        ("there", before),
        ("towards", before),
    )
    compiled = {name: re.compile(shape.format("|".join(topic[name])), re.IGNORECASE) for name, shape in shapes}
    hosts = re.compile(rf"^(?:{topic['hosts']})\b|\b(?:{topic['hosts']})$", re.IGNORECASE)
    whose = re.compile(topic["whose"], re.IGNORECASE)
    return TravelWords(**compiled, hosts=hosts, whose=whose, cases=case_endings(lexicon.topic(lang, "people")))


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whom the news is about: a traveller of the table, or whoever is known to be at home in a country."""

    name: str
    home: str
    span: Span
    traveller: Traveller | None
    receives: bool  # somebody of the standing to receive the guests of a country
    office: DaySet = EVER  # the days in the office that the text gives

    @property
    def nameless(self) -> bool:
        """Tell whether the text says only the office."""
        return self.name == self.home


@dataclass(frozen=True, slots=True)
class Scene:
    """The place where the news happens; ``sure`` when the text is headed by it, ``went`` when somebody went there."""

    country: str
    town: str
    span: Span
    sure: bool
    went: bool


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clue of the meeting or visit that the text is about."""
    words = lexicon.once_in(analysis.document.lang, travel_words)
    head = analysis.text[:HEAD]
    if words.apart.search(head) or words.past.search(head) or not words.met.search(head):
        return []
    table, book = lexicon.once(journeys), lexicon.once(office_book)
    actors = _actors(analysis, table, book, words)
    scenes = list(_scenes(analysis, words))
    found = _together(actors, scenes, table, aside=bool(words.aside.search(head))) or _there(actors, scenes, table)
    if found and len(found.days.runs) > 1:
        found = replace(found, days=_agreeing(found.days, days_told(analysis, HEAD)))
    ahead = bool(words.ahead.search(head)) and not words.arrived.search(head)
    return [_clue(found, table, lexicon, ahead=ahead)] if found else []


def _agreeing(days: DaySet, told: frozenset[tuple[int, int]]) -> DaySet:
    """Return the one visit on a day that the head tells, all of them when none or several are."""
    fitting = [run for run in map(DaySet, ((run,) for run in days.runs)) if told and holds(around(run, -1, 1), told)]
    return fitting[0] if len(fitting) == 1 else days


@dataclass(frozen=True, slots=True)
class Found:
    """What the table has about a meeting or visit."""

    rule: str
    days: DaySet
    span: Span
    travellers: tuple[Traveller, ...]
    country: str  # "" when the text leaves open where it was


def _clue(found: Found, table: Journeys, lexicon: Lexicon, *, ahead: bool) -> Clue:
    rule = "visit_ahead" if ahead else found.rule
    countries = {found.country} if found.country else set(table.countries)
    return lexicon.once(rules).clue(
        rule if len(found.days.runs) == 1 else rule.replace("visit", "visits"),
        span=found.span,
        anchor=found.days,
        source=cited(*found.travellers, countries=countries),
        name=" and ".join(traveller.name for traveller in found.travellers),
        place=table.countries.get(found.country, "one place"),
        day=_listed(found.days),
    )


def _listed(days: DaySet) -> str:
    """Return stretches of days for a sentence; of many the first and last year."""
    told = ", ".join(in_words(DaySet((run,))) for run in days.runs[:TOLD])
    more = len(days.runs) - TOLD
    return f"{told} and {more} more times until {days.latest}" if more > 0 else told


def _actors(analysis: Analysis, table: Journeys, book: OfficeBook, words: TravelWords) -> list[Actor]:
    """Return the actors of the title and lead; when the title names people of two countries, no third one's."""
    end = analysis.text.find("\n\n", 0, TITLE)
    found: dict[str, Actor] = {}
    for mention in analysis.people:
        if mention.span.start >= HEAD:
            break
        actor = _actor(mention, analysis.text, table, book, words)
        homes = {other.home for other in found.values()}
        of_title = mention.span.start < end or (
            len(homes) < SIDES and not words.whose.match(analysis.text, mention.span.end)
        )
        if actor and (of_title or actor.home in homes) and not (actor.nameless and actor.home in homes):
            found.setdefault(actor.name, actor)
    return list(found.values())


def _actor(mention: PersonMention, text: str, table: Journeys, book: OfficeBook, words: TravelWords) -> Actor | None:
    """Return who is meant, None for a former holder and whoever is not known to be of one country."""
    if mention.form == "pronoun" or mention.modifier:
        return None
    head = words.hosts.search(mention.office) is not None
    if mention.form == "office":
        host = mention.country if head else ""
        return Actor(host, host, mention.span, None, receives=True) if host else None
    name = mention.name or " ".join((mention.name_span or mention.span).of(text).split())
    people = _people(mention, name, book, words.cases)
    traveller = _traveller(mention, name, people, table)
    office = union(days_in_office(t) for who in people for t in book.terms(who, mention.office, mention.country))
    if traveller:
        receives = head or not mention.office
        return Actor(traveller.name, traveller.home, mention.span, traveller, receives, office or EVER)
    known = {term.country for person in people for term in book.tenures(person)}
    homes = {mention.country} if mention.country else known
    return Actor(name, homes.pop(), mention.span, None, receives=False) if len(homes) == 1 else None


def _traveller(mention: PersonMention, name: str, people: tuple[str, ...], table: Journeys) -> Traveller | None:
    """Return the one of these persons who is in the table, or whoever has the surname and the country named."""
    for person in people:
        if person in table.by_person:
            return table.by_person[person]
    if mention.form == "surname" and mention.office and mention.country:
        return table.by_surname.get((fold(name).rpartition(" ")[2], mention.country))
    return None


def _people(mention: PersonMention, name: str, book: OfficeBook, cases: Cases) -> tuple[str, ...]:
    """Return the ids of the persons who may be meant: a surname alone needs the office that one of them held."""
    if mention.person_id:
        return (mention.person_id,)
    if mention.form == "name":
        return (*book.directory.candidates(name, cases), stable_id("person", fold(name)))
    held = book.people_named(name) if mention.office else ()
    return tuple(person for person in held if book.terms(person, mention.office, mention.country))


def _scenes(analysis: Analysis, words: TravelWords) -> Iterator[Scene]:
    """Yield the places of the head where the news may happen, in their order."""
    line = dateline(analysis)
    for place in analysis.places:
        start = place.span.start
        if start >= HEAD:
            break
        before = analysis.text[max(0, start - NEAR) : start]
        heads = bool(line and line.place.contains(place.span)) or _alone(analysis.text, place)
        there = place.kind in {"city", "site"} and words.there.search(before)
        went = words.towards.search(before) is not None
        if place.country and place.kind != "demonym" and (heads or there or went):
            yield Scene(place.country, place.name if place.kind == "city" else "", place.span, heads, went)


def _alone(text: str, place: PlaceMention) -> bool:
    """Tell whether a place stands in a short line among short lines below the title, or behind the bar of the title."""
    first = text.rfind("\n", 0, place.span.start) + 1
    last = text.find("\n", place.span.end)
    line = text[first : last if last >= 0 else len(text)].strip()
    if bar := line.rfind("|") + 1:
        return place.span.start - first >= bar
    before, after = text[:first].rstrip("\n").rpartition("\n")[2], text[max(last, 0) + 1 :].partition("\n")[0]
    short = all(len(near.strip()) <= STAGE for near in (line, after)) and (
        len(before) <= STAGE or text[first - 2] == "\n"
    )
    return first > 1 and short and line[-1] not in ".:;?!" and ". " not in line


def _together(actors: list[Actor], scenes: list[Scene], table: Journeys, *, aside: bool) -> Found | None:
    """Return the days on which the first actor's country and those of the others came together."""
    if not actors:
        return None
    hosts = [actor for actor in actors if actor.home == actors[0].home]
    guests = [actor for actor in actors if actor.home != actors[0].home]
    if not 0 < len(guests) <= GUESTS:
        return None
    for scene in (*scenes, None):
        days = _common(hosts, guests, scene, table, aside=aside)
        if days:
            people = (next((host for host in hosts if host.traveller), hosts[0]), *guests)
            travellers = tuple(actor.traveller for actor in people if actor.traveller)
            return Found("visit_met", days, guests[0].span, travellers, scene.country if scene else "")
        if scene and (scene.sure or scene.went):
            return None
    return None


def _common(hosts: list[Actor], guests: list[Actor], scene: Scene | None, table: Journeys, *, aside: bool) -> DaySet:
    """Return the days on which one of the hosts and all guests whom the table knows were in one place."""
    met = [union(_pair(host, guest, scene, table, aside=aside) for host in hosts) for guest in guests]
    known = [days for days in met if days]
    if not known or not met[0]:
        return DaySet()
    common = known[0]
    for days in known[1:]:
        common = (common & days) or common
    return common


def _pair(one: Actor, other: Actor, scene: Scene | None, table: Journeys, *, aside: bool) -> DaySet:
    """Return the days on which two people in office were in one place, none where the lists have holes.

    The lists of visitors are those of heads of state and government: nobody else receives guests here.  Those who
    meet ``aside``, at a conference, are guests both, unless it is told to be at the home of one.
    """
    out, town, office = list[DaySet](), scene.town if scene else "", one.office & other.office
    listed = any(actor.traveller and actor.traveller.covered for actor in (one, other))
    for guest, host in ((one, other), (other, one)):
        if scene and scene.country != host.home:
            continue
        if _holes(guest, host.home, office, table):
            return DaySet()
        known = listed or host.traveller or host.home in table.guests
        if guest.traveller and host.receives and known and (scene or not aside):
            out.append(guest.traveller.days(host.home, town, summits=listed))
    if one.traveller and other.traveller and listed:
        lands = one.traveller.visits.keys() & other.traveller.visits.keys()
        lands = lands & {scene.country} if scene else lands
        out += [one.traveller.days(land, town) & other.traveller.days(land, town) for land in sorted(lands)]
    return union(out) & office


def _holes(guest: Actor, land: str, office: DaySet, table: Journeys) -> bool:
    """Tell whether a list of journeys or of guests leaves out much of the days in office."""
    covered = guest.traveller.covered if guest.traveller else DaySet()
    covered |= table.guests.get(land, DaySet())
    days = office & UNTIL_NOW
    return bool(covered) and ((days - covered).n_days or 0) > (days.n_days or 0) * HOLES


def _there(actors: list[Actor], scenes: list[Scene], table: Journeys) -> Found | None:
    """Return the visits of the first actor to the first place of the news that is abroad."""
    actor = actors[0] if actors else None
    if actor is None or actor.traveller is None:
        return None
    for scene in scenes:
        if scene.country != actor.home and (scene.sure or scene.went):
            if _holes(actor, scene.country, actor.office, table):
                return None
            days = actor.traveller.days(scene.country, scene.town) & actor.office
            found = Found("visit_there", days, scene.span, (actor.traveller,), scene.country)
            return found if days else None
    return None
