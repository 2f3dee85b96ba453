"""Where an event took place: the place that a preposition of its clause names."""

from __future__ import annotations

from collections.abc import Sequence

from etl.model import PersonMention, PlaceMention, Span
from etl.resolvers.participation.scene import WORD, Scene, Telling

BROKEN = frozenset(",;:—–()")  # between a host and the event: another clause
HYPHENS = frozenset("-‐‑–")  # Lima-Oslo summit: no place of the event
OWNING = frozenset({"'s", "’s"})  # "due to Peru's decision"
STRANGE, STRANGE_COUNTRY = 8, 3  # words between an event and its place that belong to neither
QUALIFIED = 24  # characters behind a place in which the noun stands that it qualifies
LOOK_BACK = 60  # characters before a place in which its preposition stands


def settle(telling: Telling, scene: Scene, rivals: Sequence[Span]) -> None:
    """Fill the places of a telling: those behind its trigger, else those before it in the same clause."""
    trigger, sentence = telling.mention.trigger, telling.sentence
    if scene.grammar.kinds[telling.mention.kind].placeless:
        return
    quote = scene.quote_at(trigger.start)  # "..., as in Moscow," she said at a meeting: no place of the meeting
    places = [
        place
        for place in scene.places.within(sentence.start, sentence.end)
        if scene.quote_at(place.span.start) is quote and _usable(place, scene)
    ]
    if not places:
        return
    end = _end(telling, scene, rivals)
    behind = [place for place in places if trigger.end <= place.span.start < end]
    chain = _chain([place for place in behind if _tied(place, trigger, scene)], scene) or _bracketed(
        behind, telling, scene
    )
    if chain := chain or _before_relative(places, telling, scene):
        telling.places = chain
        return
    preceding = max((rival.end for rival in rivals if rival.end < trigger.start), default=sentence.start)
    for relative in scene.grammar.who["relative"].finditer(scene.lower, preceding, trigger.start):
        preceding = relative.end()
    ahead = [place for place in places if preceding <= place.span.start < trigger.start]
    telling.places = _chain(ahead, scene) or _host(places, telling, scene)


def _end(telling: Telling, scene: Scene, rivals: Sequence[Span]) -> int:
    """Return where the places behind a trigger end: at the next trigger, or where the clause turns to its matter.

    An event on whose margins this one took place took place there too: "met on the sidelines of the summit in Lima".
    """
    start, margins = telling.mention.trigger.end, scene.grammar.where["margins"]
    end = telling.sentence.end
    for rival in sorted(rivals):
        if rival.start > start and not margins.search(scene.lower[max(start, rival.start - LOOK_BACK) : rival.start]):
            end = rival.start
            break
    words, voice = scene.grammar, scene.grammar.kinds[telling.mention.kind].voice
    for pattern in (words.who["stop"], words.who["relative"], words.where["matter"]):
        stops = (match.start() for match in pattern.finditer(scene.lower, start, end))
        end = next((at for at in stops if voice or not words.where["held"].match(scene.lower, at)), end)
    return end


def _bracketed(behind: Sequence[PlaceMention], telling: Telling, scene: Scene) -> list[PlaceMention]:
    """Return the town in brackets behind the name of an event: "the Harbour Forum (Lima, Peru)"."""
    start = telling.mention.trigger.end
    if telling.part.verb or not behind or behind[0].kind == "country":
        return []
    first = behind[0].span.start
    led = scene.grammar.where["bracket"].fullmatch(scene.lower, start, first)
    return [behind[0]] if led and not scene.people.within(start, first) else []


def _host(places: Sequence[PlaceMention], telling: Telling, scene: Scene) -> list[PlaceMention]:
    """Return the place that is said to host the event: "Lima will host the Harbour Forum"."""
    hosting, trigger = scene.grammar.where["hosting"], telling.mention.trigger
    for place in reversed(places):
        match = hosting.match(scene.lower, place.span.end) if place.span.end < trigger.start else None
        if match is not None and match.end() <= trigger.end and trigger.start - match.end() <= LOOK_BACK:
            return [] if BROKEN & set(scene.text[match.end() : trigger.start]) else [place]
    return []


def _before_relative(places: Sequence[PlaceMention], telling: Telling, scene: Scene) -> list[PlaceMention]:
    """Return the place right before the "where" that leads to the trigger: "came from Lima, Peru, where he met"."""
    start, end = telling.sentence.start, telling.mention.trigger.start
    relatives = [match.start() for match in scene.grammar.where["antecedent"].finditer(scene.lower, start, end)]
    found: list[PlaceMention] = []
    at = relatives[-1] if relatives else start
    for place in reversed([place for place in places if place.span.end <= at]):
        if scene.text[place.span.end : at].strip(", "):
            break
        found.insert(0, place)
        at = place.span.start
    return without_enclosing(found)


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
    if place.kind == "demonym" or behind[:1] in HYPHENS:
        return False
    if behind in OWNING and not scene.grammar.where["venue"].match(scene.lower, place.span.end):
        return False
    if scene.grammar.where["qualified"].match(scene.lower[place.span.end : place.span.end + QUALIFIED]):
        return False
    people = scene.people.within(max(0, place.span.start - 200), place.span.end)
    return not any(person.span.overlaps(place.span) and not _led_in(place, person, scene) for person in people)


def _led_in(place: PlaceMention, person: PersonMention, scene: Scene) -> bool:
    """Tell whether a residence only runs into the office behind it: "received in the Kremlin President Roe"."""
    if place.kind != "site" or place.span.start != person.span.start:
        return False
    return bool(scene.grammar.where["inside"].search(scene.lower[max(0, place.span.start - 10) : place.span.start]))


def _chain(places: Sequence[PlaceMention], scene: Scene) -> list[PlaceMention]:
    """Return the first place that a preposition introduces, with the places listed behind it."""
    words = scene.grammar.where
    for index, place in enumerate(places):
        left = scene.lower[max(0, place.span.start - LOOK_BACK) : place.span.start]
        if words["not"].search(left) or not (words["before"].search(left) or _behind_venue(place, left, scene)):
            continue
        chain = [place]
        for following in places[index + 1 :]:
            if not words["list"].match(scene.lower[chain[-1].span.end : following.span.start]):
                break
            chain.append(following)
        return without_enclosing(chain)
    return []


def _behind_venue(place: PlaceMention, left: str, scene: Scene) -> bool:
    """Tell whether a place stands behind the name of one that is not known: "in the Harbour Palace, Lima"."""
    match = scene.grammar.where["apposed"].search(left)
    if match is None:
        return False
    start = place.span.start - len(left)
    name = Span(start + match.start("name"), start + match.end("name"))
    words = scene.text[name.start : name.end].split()
    if not (words[0][0].isupper() and words[-1][0].isupper()):
        return False
    known = [other.span for other in scene.people.within(start, name.end)]
    known += [other.span for other in scene.timexes.within(start, name.end)]
    known += [other.span for other in scene.places.within(start, name.end) if other.kind != "demonym"]
    return not any(span.overlaps(name) for span in known)


def without_enclosing(chain: list[PlaceMention]) -> list[PlaceMention]:
    """Drop the country behind one of its own cities: "in Hanoi, Vietnam"."""
    inner = {place.country for place in chain if place.kind != "country"}
    return [place for place in chain if place.kind != "country" or place.country not in inner]
