"""Where the event that a document reports took place, when its own clause does not say.

The heading, the lines between it and a transcript's first turn, another telling of the event, and last the dateline.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.model import Evidence, PlaceMention
from etl.offices import OfficeBook
from etl.resolvers.participation.scene import Scene, Telling
from etl.resolvers.participation.where import named, without_enclosing

OPENING, VENUE_LINE = 700, 80  # characters before the first turn of a transcript, and of a line that names a venue
NEXT = 2  # sentences from the main event's in which another telling of it gives its place
NEWS = 1  # days before its dateline on which a dispatch's news happened
DATELINE = "The dispatch is datelined here, and says no other place."


def of_report(main: Telling, tellings: Sequence[Telling], scene: Scene) -> None:
    """Fill the place of the main event from the heading, or from the lines between it and a transcript's first turn."""
    kind = scene.grammar.kinds[main.mention.kind]
    if main.places or kind.placeless:
        return
    main.places = _venue(scene) or _behind_bar(scene)
    headed = any(scene.heading.contains(telling.mention.trigger) for telling in tellings)
    if not main.places and not kind.voice and not headed:
        places = named(scene.heading.start, scene.heading.end, scene)
        main.places = [place for place in places if place.kind != "country"]


def of_others(main: Telling | None, others: Sequence[Telling], scene: Scene, book: OfficeBook) -> None:
    """Fill the place of the dated main event from its other tellings, else from the dateline of the dispatch."""
    kind = scene.grammar.kinds[main.mention.kind] if main is not None else None
    if main is None or kind is None or main.places or kind.placeless or kind.voice:
        return
    virtual = scene.grammar.where["virtual"]
    if any(virtual.search(scene.lower, one.sentence.start, one.sentence.end) for one in (main, *others)):
        return
    told = [other.places for other in others if other.places and _means_it(other, main, scene)]
    if told:
        main.places = told[0] if len({place.country for places in told for place in places}) == 1 else []
    elif _is_news(main, scene):
        _from_dateline(main, scene, book)


def _means_it(other: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether another telling is sure to be of the main event: not in somebody's words, nor at some length."""
    near = abs(other.index - main.index) <= NEXT or scene.heading.contains(main.mention.trigger)
    alike = other.mention.kind == main.mention.kind or main.index - 1 <= other.index < main.index
    return near and alike and scene.quote_at(other.mention.trigger.start) is None


def _is_news(main: Telling, scene: Scene) -> bool:
    """Tell whether the main event happened between people on the day of the report, or on the day before."""
    report = scene.analysis.dating
    if main.mention.status != "happened" or scene.grammar.kinds[main.mention.kind].voice or not main.ids:
        return False
    if main.dating is None or report is None or main.timex is None:
        return True
    last, first = main.dating.days.latest, report.days.earliest
    return first is None or last is None or (first - last).days <= NEWS


def _from_dateline(main: Telling, scene: Scene, book: OfficeBook) -> None:
    """Take the place of the dateline, unless it is the capital of a country of nobody who took part."""
    found = scene.dateline
    places = scene.places.within(found.place.start, found.place.end) if found is not None else ()
    towns = [place for place in places if place.kind == "city"]
    if len(towns) != 1:
        return
    place = towns[0]
    countries = {person.country for person in main.people}
    countries |= {tenure.country for person in main.people for tenure in book.tenures(person.person_id)}
    foreign = bool(countries - {""}) and place.country not in countries
    if foreign and scene.grammar.capitals.get(place.country) == place.name:
        return  # an agency's own town
    main.places = [place]
    main.evidence.append(Evidence("text", "event.place_of_dateline", DATELINE, place.span))


def _venue(scene: Scene) -> list[PlaceMention]:
    """Return the places named in short lines under the heading of a transcript: "Palace of Peace | Lima, Peru"."""
    first = next((quote.span.start for quote in scene.quotes.items if quote.mode == "turn"), 0)
    if not scene.heading.end < first <= scene.heading.end + OPENING:
        return []
    found: list[PlaceMention] = []
    at = scene.heading.end
    for line in scene.text[at:first].split("\n"):
        if len(line) <= VENUE_LINE and not _is_prose(at, at + len(line.rstrip()), scene):
            if scene.grammar.where["virtual"].search(line.lower()):
                return []
            known = {place.place_id for place in found}
            here = scene.places.within(at, at + len(line))
            found += [place for place in here if place.kind != "demonym" and place.place_id not in known]
        at += len(line) + 1
    return without_enclosing(found)


def _behind_bar(scene: Scene) -> list[PlaceMention]:
    """Return the places that stand alone behind the bar of a heading: "Remarks before the meeting | Lima, Peru"."""
    start, end = scene.heading.start, scene.heading.end
    bar = scene.text.rfind("|", start, end)
    here = [place for place in scene.places.within(bar, end) if place.kind != "demonym"] if bar >= 0 else []
    alone = here and not scene.text[bar + 1 : here[0].span.start].strip()
    return without_enclosing(here) if alone else []


def _is_prose(start: int, end: int, scene: Scene) -> bool:
    """Tell whether a line ends a sentence or gives somebody the floor; "Washington, D.C." does neither."""
    abbreviated = any(place.span.end == end for place in scene.places.within(start, end))
    return scene.text.endswith((".", ":"), start, end) and not abbreviated
