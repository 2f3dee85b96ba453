"""Which of the events told is the one that the document reports, and which tellings mean that one too."""

from __future__ import annotations

from rapidfuzz import fuzz

from etl.lexicon import Lexicon
from etl.model import Span
from etl.names import fold
from etl.resolvers.participation.scene import Scene, Telling, key_of
from etl.resolvers.participation.when import OTHER_TIME, is_day
from etl.resolvers.participation.who import unnamed_counterpart

ALIKE = 88.0  # similarity in percent from which a heading's name and the text's are one
NEWS = 4  # days after which an event is no news
OLD, ELSEWHERE = -4.0, -1.5  # what being no news, or of another kind than the heading's event, takes from a telling
LEAD = 8  # sentences after the heading in which the main event must have been told
NAME = 40  # characters before an event in which the last word of its own name stands
AROUND = 90  # characters before an event in which the words stand that lead to it
TWIN = 16  # sentences in which the date of an event named in the heading is looked for


def choose(tellings: list[Telling], scene: Scene, lexicon: Lexicon) -> Telling | None:
    """Return the telling of the main event, or None when the document reports no event."""
    title = scene.heading
    weights = {kind: float(data.get("weight", 0.0)) for kind, data in lexicon.events.items()}
    body = scene.sentence_at(title.end + 1)[0] if title.end > title.start else 0
    kinds = _heading_kinds(tellings, scene, lexicon)
    for telling in tellings:
        if kinds:
            telling.flags.add("headed" if telling.mention.kind in kinds else "elsewhere")
    ranked = [
        (-_score(telling, scene, title, body) - weights[telling.mention.kind], telling.mention.trigger.start, index)
        for index, telling in enumerate(tellings)
        if telling.index - body < LEAD and _eligible(telling, scene)
    ]
    if not ranked or min(ranked)[0] >= 0:
        return None
    first = tellings[min(ranked)[2]]
    near = [
        telling
        for telling in tellings
        if telling.index - body < TWIN and (_eligible(telling, scene) or _told_again(telling, first))
    ]
    return _dated_twin(first, near, scene) or _plainer_twin(first, near) or first


def _told_again(telling: Telling, main: Telling) -> bool:
    """Tell whether somebody's words name the people of the main event again: "the advisor met with X on 10 May"."""
    return len(main.ids) > 1 and main.ids <= telling.ids and "previous" not in telling.flags


def _plainer_twin(main: Telling, near: list[Telling]) -> Telling | None:
    """Return the telling right below that says how the people of the heading did it: "discussed" was by telephone."""
    if not main.part.beside:
        return None
    below = (telling for telling in near if telling.index - main.index == 1 and not telling.part.beside)
    return next((telling for telling in below if main.ids and telling.ids == main.ids and telling.part.mutual), None)


def _dated_twin(main: Telling, near: list[Telling], scene: Scene) -> Telling | None:
    """Return a telling in the lead that names the same event with its date, when the heading's has none."""
    if main.timex is not None:
        return None
    for telling in near:
        next_to_it = telling.index - main.index == 1 and bool(telling.ids & main.ids)
        unnamed = not main.ids and bool(telling.ids) and scene.heading.contains(main.mention.trigger)
        unnamed = unnamed and telling.timex is not None and is_day(telling.timex)
        headed = not main.ids or scene.heading.contains(main.mention.trigger)
        bare = headed and not telling.people and telling.index - main.index == 1
        same = telling.mention.kind == main.mention.kind and (next_to_it or unnamed or bare or _covered(main, telling))
        news = telling.timex is not None and _date_score(telling, scene) > OLD
        if same and news and "other" not in telling.flags:
            return telling
    return None


def _covered(main: Telling, telling: Telling) -> bool:
    """Tell whether the telling names everybody whom the heading names, a misspelt or misread name included."""
    names = [fold(person.name) for person in telling.people]
    return bool(main.ids) and all(
        any(fuzz.ratio(fold(person.name), name) >= ALIKE for name in names) for person in main.people
    )


def _eligible(telling: Telling, scene: Scene) -> bool:
    quoted = scene.quote_at(telling.mention.trigger.start)
    return quoted is None and "previous" not in telling.flags


def _score(telling: Telling, scene: Scene, title: Span, body: int) -> float:
    mention = telling.mention
    in_title = title.contains(mention.trigger)
    score = 3.0 if in_title else 2.5 - 0.35 * (telling.index - body)
    score += min(2, len(telling.ids))
    score += _date_score(telling, scene)
    score += 0.3 if telling.part.verb else 0.0
    score += telling.part.weight
    score -= 1.0 if mention.status != "happened" and not in_title and title.end > title.start else 0.0
    score -= 0.7 if "back" in telling.flags and not telling.ids else 0.0
    score -= 0.5 if "adjunct" in telling.flags else 0.0
    score += ELSEWHERE if "elsewhere" in telling.flags else 0.0
    return score


def _date_score(telling: Telling, scene: Scene) -> float:
    """Return what a date adds: a report tells the news, so an event long past is not what it is about."""
    if telling.timex is None:
        return 0.0
    report, stated = scene.analysis.dating, telling.timex.dating
    first = report.days.earliest if report is not None else None
    last = stated.days.latest if stated is not None else None
    if first is None or last is None or (first - last).days <= 1:
        return 1.0
    return 0.0 if (first - last).days <= NEWS else OLD


def _heading_kinds(tellings: list[Telling], scene: Scene, lexicon: Lexicon) -> frozenset[str]:
    """Return the kinds, and their other names, of the events in the heading; words spoken are about any kind."""
    kinds: set[str] = set()
    for telling in tellings:
        if scene.heading.contains(telling.mention.trigger) and not scene.grammar.kinds[telling.mention.kind].voice:
            data = lexicon.events[telling.mention.kind]
            kinds |= {telling.mention.kind, *data.get("like", ()), *data.get("under", ())}
    return frozenset(kinds)


def same_event(telling: Telling, main: Telling, like: frozenset[str], scene: Scene) -> bool:
    """Tell whether a telling means the main event: a kind it may go by, its people or a look back, no other date."""
    if telling.mention.kind != main.mention.kind and telling.mention.kind not in like:
        return False
    pointed_away = "previous" in telling.flags or ("other" in telling.flags and telling.index != main.index)
    if pointed_away or not _dates_meet(telling, main, scene) or _is_another(telling, main, scene):
        return False
    # A heading tells of the main event, however its names are misspelt.
    heads = scene.heading.contains(telling.mention.trigger) and telling.mention.kind == main.mention.kind
    return (heads and telling.timex is None) or _completes(telling, main, scene) or _people_meet(telling, main)


def _is_another(telling: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether a telling has a place in another country, a name of its own, or is planned where the main one was.

    "The talks in Lima" are not those in Oslo, "the Harbour Summit" not the meeting at which somebody spoke of it;
    who met and agreed to hold consultations will hold those later.
    """
    here, there = ({place.country for place in one.places if place.country} for one in (telling, main))
    if here and there and here.isdisjoint(there):
        return True
    trigger, body = telling.mention.trigger, telling.index != main.index
    word = scene.text[max(telling.sentence.start, trigger.start - NAME) : trigger.start].split()[-1:]
    named = scene.text[trigger.start].isupper() and bool(word) and word[0][0].isupper()
    if telling.mention.kind != main.mention.kind and (named or _beyond(telling, scene)):
        return True
    own = telling.part.own and telling.part.verb and telling.mention.rule != main.mention.rule
    if body and (own or any(reason.rule == OTHER_TIME for reason in telling.evidence)):
        return True
    if body and scene.quote_at(trigger.start) is not None and _only_touched(telling, main, scene):
        return True
    brought_up = telling.index - main.index > 1 and not telling.part.verb and _brought_up(telling, main, scene)
    done = main.part.verb and main.mention.status == "happened"
    planned = telling.mention.status == "planned" and "back" not in telling.flags
    return brought_up or (done and body and planned and telling.index > main.index)


def _beyond(telling: Telling, scene: Scene) -> bool:
    """Tell whether the words say that people came for it, or met on its margins: it is an event around theirs."""
    start, end = max(telling.sentence.start, telling.mention.trigger.start - AROUND), telling.mention.trigger.start
    return scene.grammar.report["beyond"].search(scene.lower[start:end]) is not None


def _brought_up(telling: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether a noun below the main event brings up one of others: "at a meeting of ...", "the talks of NAME"."""
    trigger, words = telling.mention.trigger, scene.grammar
    left = scene.lower[max(telling.sentence.start, trigger.start - NAME) : trigger.start]
    if words.report["fresh"].search(left) and not main.ids <= telling.ids:
        return True
    if scene.quote_at(trigger.start) is not None and words.who["possessive_many"].search(left):
        return True  # "they still tell me of their meeting"
    match = words.report["complement"].match(scene.text, trigger.end)
    if match is None:
        return False
    people = [person for person in scene.people.within(trigger.end, match.end()) if person.name]
    if people:
        return key_of(people[0]) not in main.ids
    told = (scene.heading, main.sentence)
    return not any(match["name"] in scene.text[span.start : span.end] for span in told)


def _only_touched(telling: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether somebody's words name no more than a part of the main event's people, and another or a later event.

    "We'll meet before then", "this morning we met with other leaders", "this summit" of a meeting of two.
    """
    if main.ids and main.ids <= telling.ids:
        return False
    unnamed = (len(main.ids) > 1 or bool(main.objects)) and unnamed_counterpart(telling, scene)
    planned = telling.mention.status == "planned" and telling.timex is None and telling.part.verb
    return unnamed or planned or (not telling.ids and telling.mention.kind != main.mention.kind)


def _completes(telling: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether a heading names one side and the sentence below it the other: "Call with A", "B had a call"."""
    headed = scene.heading.contains(main.mention.trigger) and telling.index - main.index == 1
    sides = not main.subjects and bool(main.objects) and bool(telling.subjects) and not telling.objects
    return headed and sides and telling.mention.kind == main.mention.kind


def _people_meet(telling: Telling, main: Telling) -> bool:
    ids, known = telling.ids, main.ids
    distance = telling.index - main.index
    if not ids:
        return "back" in telling.flags or distance <= 0
    if not known:
        return distance <= 2
    points_back = "back" in telling.flags and telling.timex is None and distance >= 0
    if points_back and ("attended" in telling.flags or not telling.objects):
        return True  # "took part in the meeting": one more who was there
    if len(ids) == 1 and ids < known:
        return bool(telling.objects) or "back" in telling.flags or telling.timex is not None or distance <= 1
    return ids <= known or (known <= ids and distance <= 3) or _covered(telling, main)


def _dates_meet(telling: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether the dates of both clauses, or that of the telling and the report's own, can be one."""
    stated = telling.timex.dating if telling.timex is not None else None
    if stated is None:
        return True
    other = main.timex.dating if main.timex is not None else scene.analysis.dating
    return other is None or bool(stated.days & other.days)
