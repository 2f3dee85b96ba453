"""Where an event took place: the place that a preposition of its clause names."""

from __future__ import annotations

from collections.abc import Sequence

from etl.model import PlaceMention, Span
from etl.resolvers.participation.scene import WORD, Scene, Telling

HYPHENS = frozenset("-‐‑–")  # Lima-Oslo summit: no place of the event
OWNING = frozenset({"'s", "’s"})  # "due to Peru's decision"
STRANGE, STRANGE_COUNTRY = 8, 3  # words between an event and its place that belong to neither
QUALIFIED = 24  # characters behind a place in which the noun stands that it qualifies
OPENING, VENUE_LINE = 700, 80  # characters before the first turn of a transcript, and of a line that names a venue
LOOK_BACK = 60  # characters before a place in which its preposition stands


def settle(telling: Telling, scene: Scene, rivals: Sequence[Span]) -> None:
    """Fill the places of a telling: those behind its trigger, else those before it in the same clause."""
    trigger, sentence = telling.mention.trigger, telling.sentence
    if scene.grammar.kinds[telling.mention.kind].placeless:
        return
    places = [place for place in scene.places.within(sentence.start, sentence.end) if _usable(place, scene)]
    if not places:
        return
    # A place belongs to the last trigger before it.
    following = min((rival.start for rival in rivals if rival.start > trigger.end), default=sentence.end)
    end = following
    for name in ("stop", "relative"):
        if stop := scene.grammar.who[name].search(scene.lower, trigger.end, end):
            end = stop.start()
    behind = [place for place in places if trigger.end <= place.span.start < end and _tied(place, trigger, scene)]
    if chain := _chain(behind, scene):
        telling.places = chain
        return
    preceding = max((rival.end for rival in rivals if rival.end < trigger.start), default=sentence.start)
    ahead = [place for place in places if preceding <= place.span.start < trigger.start]
    telling.places = _chain(ahead, scene)


def of_report(main: Telling, tellings: Sequence[Telling], scene: Scene) -> None:
    """Fill the place of the main event from the heading, or from the lines between it and a transcript's first turn."""
    kind = scene.grammar.kinds[main.mention.kind]
    if main.places or kind.placeless:
        return
    main.places = _venue(scene)
    headed = any(scene.heading.contains(telling.mention.trigger) for telling in tellings)
    if not main.places and not kind.voice and not headed:
        places = named(scene.heading.start, scene.heading.end, scene)
        main.places = [place for place in places if place.kind != "country"]


def _venue(scene: Scene) -> list[PlaceMention]:
    """Return the places named in short lines under the heading of a transcript: "Palace of Peace | Lima, Peru"."""
    first = next((quote.span.start for quote in scene.quotes.items if quote.mode == "turn"), 0)
    if not scene.heading.end < first <= scene.heading.end + OPENING:
        return []
    found: list[PlaceMention] = []
    at = scene.heading.end
    for line in scene.text[at:first].split("\n"):
        if len(line) <= VENUE_LINE and not line.rstrip().endswith((".", ":")):
            if scene.grammar.where["virtual"].search(line.lower()):
                return []
            known = {place.place_id for place in found}
            here = scene.places.within(at, at + len(line))
            found += [place for place in here if place.kind != "demonym" and place.place_id not in known]
        at += len(line) + 1
    return _without_enclosing(found)


def _tied(place: PlaceMention, trigger: Span, scene: Scene) -> bool:
    """Tell whether a place is near enough in words: a country is soon the matter talked of."""
    if place.kind != "country":
        return scene.strange(trigger.end, place.span.start) <= STRANGE
    if scene.heading.contains(trigger):  # "Meeting on Investing in Peru": capitals hide what is no name
        words = [match.group() for match in WORD.finditer(scene.lower, trigger.end, place.span.start)]
        return sum(word not in scene.grammar.bridge for word in words) <= 1
    return scene.strange(trigger.end, place.span.start) <= STRANGE_COUNTRY


def named(start: int, end: int, scene: Scene) -> list[PlaceMention]:
    """Return the places that a preposition introduces in a stretch of text."""
    return _chain([place for place in scene.places.within(start, end) if _usable(place, scene)], scene)


def _usable(place: PlaceMention, scene: Scene) -> bool:
    behind = scene.text[place.span.end : place.span.end + 2]
    if place.kind == "demonym" or behind[:1] in HYPHENS or behind in OWNING:
        return False
    if scene.grammar.where["qualified"].match(scene.lower[place.span.end : place.span.end + QUALIFIED]):
        return False
    people = scene.people.within(max(0, place.span.start - 200), place.span.end)
    return not any(person.span.overlaps(place.span) for person in people)


def _chain(places: Sequence[PlaceMention], scene: Scene) -> list[PlaceMention]:
    """Return the first place that a preposition introduces, with the places listed behind it."""
    words = scene.grammar.where
    for index, place in enumerate(places):
        left = scene.lower[max(0, place.span.start - LOOK_BACK) : place.span.start]
        if not words["before"].search(left) or words["not"].search(left):
            continue
        chain = [place]
        for following in places[index + 1 :]:
            if not words["list"].match(scene.lower[chain[-1].span.end : following.span.start]):
                break
            chain.append(following)
        return _without_enclosing(chain)
    return []


def _without_enclosing(chain: list[PlaceMention]) -> list[PlaceMention]:
    """Drop the country behind one of its own cities: "in Hanoi, Vietnam"."""
    inner = {place.country for place in chain if place.kind != "country"}
    return [place for place in chain if place.kind != "country" or place.country not in inner]
