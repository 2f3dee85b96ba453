"""When an event took place, in the words of its clause: its temporal expression, "earlier", "the same day"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.dayset import DaySet
from etl.model import Evidence, Span, Timex
from etl.resolvers.participation.scene import WORD, Scene, Telling

OTHER_TIME = "event.other_time"  # the rule of a telling whose sentence names a time long before the report
BREATH = 6  # characters between two days told in one breath
FAR = 220  # characters beyond which a time of the same sentence says nothing about the event
LONGEST = 100  # characters of a temporal expression
FRONTED = 12  # characters into a sentence up to which a time opens it
WIDE = 62  # days from which a stated period says less than the date of the report
RIVAL, STOP = 70, 300  # what another event, or the end of the clause, between time and trigger costs


def settle(telling: Telling, scene: Scene, rivals: Sequence[Span]) -> None:
    """Choose the temporal expression that dates the telling, and note the words that place it in time."""
    sentence, trigger = telling.sentence, telling.mention.trigger
    near = ((timex, _distance(timex, telling, rivals)) for timex in _near(sentence, trigger, scene))
    ranked = sorted(
        (distance + _stops(timex, telling, scene), timex.span.start, timex)
        for timex, distance in near
        if distance <= FAR
        and _usable(timex, scene, trigger, rivals)
        and not _too_late(timex, telling, scene)
        and not (telling.part.timeless and timex.expression.kind != "offset")
    )
    if ranked and ranked[0][0] <= FAR:
        telling.timex = _two_days(ranked[0][2], scene)
    if telling.timex is None or telling.timex.dating is None:  # "at 11 p.m." is of the day above
        telling.timex = scene.entries.get(scene.text.rfind("\n", 0, trigger.start) + 1, telling.timex)
    _note(telling, scene)


def _two_days(timex: Timex, scene: Scene) -> Timex:
    """Return the days told in one breath: a day and the one after it ("on 21 and 22 August"), or a range as a whole."""
    for other in scene.timexes.within(timex.span.end, timex.span.end + BREATH):
        first = timex.dating.days.single if timex.dating else None
        second = other.dating.days.single if other.dating else None
        between = scene.text[timex.span.end : other.span.start]
        if timex.dating is None or first is None or second is None or set(between) & set(",;."):
            continue
        if (second - first).days == 1:
            both = replace(timex.dating, days=DaySet.between(first, second), best=None)
            return replace(timex, span=Span(timex.span.start, other.span.end), dating=both)
    for other in scene.timexes.within(timex.span.start - LONGEST, timex.span.start):
        if other.expression.until is not None and 0 <= timex.span.start - other.span.end <= BREATH:
            return other  # of "21–24 August" the first carries all days
    return timex


def _near(sentence: Span, trigger: Span, scene: Scene) -> list[Timex]:
    """Return the times of the sentence that stand near enough to the trigger to say something, or that open it."""
    first = min(max(sentence.start, trigger.start - FAR - LONGEST), sentence.end)
    fronted = scene.timexes.within(sentence.start, min(first, sentence.start + FRONTED + 1))
    return [*fronted, *scene.timexes.within(first, min(sentence.end, trigger.end + FAR + 1))]


def _usable(timex: Timex, scene: Scene, trigger: Span, rivals: Sequence[Span]) -> bool:
    """Tell whether a time may be that of the event: a calendar date, not "since ..." and not another noun's own."""
    if timex.type not in {"DATE", "TIME"} or timex.expression.kind not in {"calendar", "offset"}:
        return False
    if timex.span.overlaps(trigger):
        return True  # the day is the event: Victory Day
    left = scene.lower[max(0, timex.span.start - 50) : timex.span.start]
    right_behind = trigger.end <= timex.span.start <= trigger.end + 12
    return not (
        _of_name(timex.span, scene)
        or _alone_on_line(scene.lower, timex.span)  # a date line dates the report, see resolvers.dating
        or (scene.dateline is not None and timex == scene.dateline.timex)  # and so does a dateline
        or (scene.grammar.when["not"].search(left) and not right_behind)
        or (timex.span.end <= trigger.start and _of_earlier_event(timex, scene, rivals))
        or any(_in_front_of(timex, rival, scene) for rival in rivals)
    )


def _of_name(span: Span, scene: Scene) -> bool:
    """Tell whether the date is the first word of a name: "the Commission on October 7 Crimes"."""
    word = WORD.match(scene.text, span.end + 1)
    if word is None or not word.group()[0].isupper() or len(word.group()) < 3 or scene.text[span.end] != " ":
        return False
    return not scene.people.within(span.end, word.end()) and not scene.places.within(span.end, word.end())


def _in_front_of(timex: Timex, rival: Span, scene: Scene) -> bool:
    """Tell whether the time belongs to the event noun behind it: "the December 7 videoconference"."""
    between = scene.lower[timex.span.end : rival.start]
    if not 0 < len(between) < 30 or any(mark in between for mark in ",;()"):
        return False
    words = between.split()
    plain = len(words) <= 2 and not any(word in scene.grammar.bridge or word in scene.grammar.sides for word in words)
    return plain and not scene.people.within(timex.span.end, rival.start)


def _of_earlier_event(timex: Timex, scene: Scene, rivals: Sequence[Span]) -> bool:
    """Tell whether the time is that of an event after which the clause's own took place."""
    for rival in rivals:
        if 0 <= timex.span.start - rival.end <= 60:
            left = scene.lower[max(0, rival.start - 70) : rival.start]
            if scene.grammar.when["after_event"].search(left):
                return True
    return False


def _too_late(timex: Timex, telling: Telling, scene: Scene) -> bool:
    """Tell whether a time after the report stands by a verb of the past: "met X, and tomorrow ..."."""
    report = scene.analysis.dating
    if not telling.part.verb or telling.mention.status != "happened" or report is None or timex.dating is None:
        return False
    first, last = timex.dating.days.earliest, report.days.latest
    return first is not None and last is not None and first > last and telling.index > 0


def _alone_on_line(text: str, span: Span) -> bool:
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 40]
    starts = not before.strip() or "\n" in before[len(before.rstrip()) :]
    ends = not after.strip() or "\n" in after[: len(after) - len(after.lstrip())]
    return starts and ends


def _between(timex: Timex, trigger: Span) -> tuple[int, int]:
    """Return the bounds of the text between a time and the trigger; empty where they overlap."""
    span = timex.span
    if span.overlaps(trigger):
        return span.start, span.start
    return (trigger.end, span.start) if span.start >= trigger.end else (span.end, trigger.start)


def _distance(timex: Timex, telling: Telling, rivals: Sequence[Span]) -> int:
    """Return the characters between a time and the trigger; other events between them count as more."""
    low, high = _between(timex, telling.mention.trigger)
    if low == high:
        return 0
    cost = high - low
    if low == timex.span.end:
        fronted = timex.span.start - telling.sentence.start <= FRONTED
        cost = 20 if fronted else cost + 15
    return cost + RIVAL * sum(low <= rival.start < high for rival in rivals)


def _stops(timex: Timex, telling: Telling, scene: Scene) -> int:
    """Return what the words between a time and the trigger cost that end the clause, or put something between."""
    low, high = _between(timex, telling.mention.trigger)
    who, when = scene.grammar.who, scene.grammar.when
    if any(pattern.search(scene.lower, low, high) for pattern in (who["held"], when["before_it"], when["after_it"])):
        return 0
    stopped = who["stop"].search(scene.lower, low, high) or (
        low == telling.mention.trigger.end and who["relative"].search(scene.lower, low, high)
    )
    return STOP * (bool(when["apart"].search(scene.lower, low, high)) + bool(stopped))


def _note(telling: Telling, scene: Scene) -> None:
    """Set the flags "previous", "other", "same_day" and "back" from the words around the trigger."""
    trigger, sentence, text, words = telling.mention.trigger, telling.sentence, scene.lower, scene.grammar
    left = text[max(sentence.start, trigger.start - 60) : trigger.start]
    near = text[max(sentence.start, trigger.start - 90) : min(sentence.end, trigger.end + 90)]
    same_day = words.when["same_day"].search(near)
    if same_day:
        telling.flags.add("same_day")
    elif match := words.before["previous" if telling.timex is None else "before_now"].search(left):
        start = max(sentence.start, trigger.start - 60) + match.start()
        telling.flags.add("previous")
        note = "The words before the event say that it lies before the report."
        telling.evidence.append(Evidence("text", "event.previous", note, Span(start, trigger.end)))
    if telling.timex is not None and telling.timex.span.end <= trigger.start:
        between = text[telling.timex.span.end : trigger.start]
        telling.flags |= {name for name in ("before_it", "after_it") if words.when[name].search(between)}
    around = (max(sentence.start, trigger.start - 60), min(sentence.end, trigger.end + 120))
    if not telling.part.verb and words.who["attended"].search(text, *around):
        telling.flags.add("attended")
    if words.before["other"].search(left):
        telling.flags.add("other")
    if words.report["back"].search(left):
        telling.flags.add("back")
    elif telling.timex is None and (other := _long_ago(telling, scene)):
        note = "Its sentence names a time before the report that may be its own."
        telling.evidence.append(Evidence("text", OTHER_TIME, note, other.span))


def _long_ago(telling: Telling, scene: Scene) -> Timex | None:
    """Return a time long before the report that the sentence names: "In 2019, when I was here on a visit"."""
    sentence = telling.sentence
    times = scene.timexes.within(sentence.start, sentence.end)
    return next((timex for timex in times if timex.type == "DATE" and long_ago(timex, scene)), None)


def long_ago(timex: Timex, scene: Scene) -> bool:
    """Tell whether a time lies long before the report."""
    report = scene.analysis.dating
    first = report.days.earliest if report is not None else None
    last = timex.dating.days.latest if timex.dating is not None else None
    return first is not None and last is not None and (first - last).days > WIDE


def is_day(timex: Timex) -> bool:
    """Tell whether an expression names a single day, whatever the year."""
    expression = timex.expression
    if timex.dating is not None and timex.dating.days.single:
        return True
    return (
        expression.day is not None
        or expression.weekday is not None
        or expression.unit == "day"
        or bool(expression.holiday)
    )


def is_narrow(timex: Timex) -> bool:
    """Tell whether an expression names a season or less, whatever the year."""
    known = timex.expression.month is not None or (
        timex.dating is not None and (timex.dating.days.n_days or WIDE) < WIDE
    )
    return known or is_day(timex)
