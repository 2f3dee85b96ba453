"""The dates of events: from their own clause, from the report, from where they stand in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from etl.dayset import DaySet
from etl.model import Dating, Evidence, Span, Status
from etl.resolvers.dating.clues import around
from etl.resolvers.participation.scene import Scene, Telling
from etl.resolvers.participation.when import WIDE

LED = "It is told as what led to the main event, without another date."
WEEK = 6  # days before the report on which its "on Monday" may have been
ORDER: tuple[Status, ...] = ("happened", "cancelled", "planned")


def assign(tellings: list[Telling], main: Telling | None, same: set[int], scene: Scene) -> None:
    """Date every telling: the main event first, then the others relative to it."""
    report = scene.analysis.dating
    if report is not None and not report.days:
        report = None
    if main is not None:
        _date_main(main, [tellings[index] for index in sorted(same)], report, scene)
    day = main.dating if main is not None and main.dating and main.mention.status == "happened" else report
    for index, telling in enumerate(tellings):
        if telling is main:
            continue
        telling.dating = _of_clause(telling, report)
        # What the heading names beside the main event is of its day too: "on the visit of X" above "will welcome X".
        headed = scene.heading.contains(telling.mention.trigger) and main is not None and bool(telling.ids & main.ids)
        if telling.dating is None and main is not None and (index in same or headed):
            telling.dating = main.dating
        if telling.dating is None and day is not None:
            ones = [main, *(tellings[other] for other in same)] if main is not None else []
            if telling.mention.status == "happened" and any(_leads_to(telling, one, scene) for one in ones):
                telling.dating = _of_day(day, telling.mention.trigger, "event.told_before_main", LED)
            else:
                telling.dating = _undated(telling, main, day, scene)
    _share_within_sentences(tellings)


def _date_main(main: Telling, others: list[Telling], report: Dating | None, scene: Scene) -> None:
    """Date the main event by its clause, by another telling's, or by the report."""
    dated = next((telling for telling in others if main.timex is None and telling.timex is not None), None)
    main.dating = _of_clause(main, report) or (_of_clause(dated, report) if dated else None)
    main.mention = replace(main.mention, status=_status([main, *others], scene))
    if report is None or (main.dating is not None and (main.dating.days.n_days or 0) <= WIDE):
        return
    if main.mention.status == "happened":
        main.dating = _of_report(_week_before(report, main), main.mention.trigger, main.dating)
    else:
        main.dating = main.dating or _not_earlier(report, main.mention.trigger)


def _week_before(report: Dating, main: Telling) -> Dating:
    """Return the report's date, the week before included where the event bears a weekday that no year dates.

    A report of any year since 2025 leaves open on which day its Monday fell.
    """
    timex = main.timex
    if timex is None or timex.dating is not None or not timex.expression.weekday:
        return report
    return Dating(around(report.days, -WEEK, 0), "inferred", report.evidence)


def _status(tellings: list[Telling], scene: Scene) -> Status:
    """Return the status of the main event: what the text below the heading says, which has the tense.

    "Arrives to hold talks" in the heading, "said at a meeting" below: it took place.  "On the visit of X" in
    the heading, "will host X for a visit" below: it is planned.
    """
    body = [
        telling
        for telling in tellings
        if telling.ids
        and not scene.heading.contains(telling.mention.trigger)
        and scene.quote_at(telling.mention.trigger.start) is None
    ]
    statuses = {telling.mention.status for telling in body or tellings[:1]}
    return next((status for status in ORDER if status in statuses), "happened")


def _undated(telling: Telling, main: Telling | None, day: Dating, scene: Scene) -> Dating | None:
    """Return what the report's own date allows for an event told without one."""
    trigger = telling.mention.trigger
    if not telling.flags.isdisjoint({"same_day", "diarist"}):
        day = (scene.analysis.dating or day) if "diarist" in telling.flags else day
        return _of_day(day, trigger, "event.same_day", "The words say that it happened on the day reported on.")
    if telling.mention.status != "happened":
        return _not_earlier(day, trigger)
    if "previous" in telling.flags or scene.quote_at(trigger.start) is not None:
        return _not_later(day, trigger)
    left = scene.lower[max(telling.sentence.start, trigger.start - 60) : trigger.start]
    if main is not None and _around(telling, main) and scene.grammar.when["during"].search(left):
        return _of_day(day, trigger, "event.told_during", "The main event took place while this one lasted.")
    told = telling.part.verb or telling.part.own or bool(scene.grammar.who["support"].search(left))
    beside = (
        main is not None
        and main.mention.status == "happened"
        and (telling.ids & main.ids or _series(telling, main, scene))
    )
    if told and beside and not _other_time(telling, scene):
        note = "The report tells it together with its main event, of the same people and without another date."
        return _of_day(day, trigger, "event.told_together", note)
    return _not_later(day, trigger)


def _leads_to(telling: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether a verb leads to the main event in its sentence: "X also arrived to take part in the meeting"."""
    start, end = telling.mention.trigger.end, main.mention.trigger.start
    if telling.index != main.index or not telling.part.verb or end <= start or _other_time(telling, scene):
        return False
    return bool(scene.grammar.when["to_join"].search(scene.lower, start, end))


def _around(telling: Telling, main: Telling) -> bool:
    """Tell whether the sentence goes on to the main event, of the same people: "During a visit, X met Y"."""
    behind = main.mention.trigger.start > telling.mention.trigger.end
    return telling.index == main.index and behind and bool(telling.ids & main.ids)


def _other_time(telling: Telling, scene: Scene) -> bool:
    """Tell whether the sentence names a time, though of another clause: "I was there in 1990, when he visited"."""
    sentence = telling.sentence
    times = scene.timexes.within(sentence.start, sentence.end)
    return any(timex.type == "DATE" and timex.expression.kind in {"calendar", "offset"} for timex in times)


def _series(telling: Telling, main: Telling, scene: Scene) -> bool:
    """Tell whether the report lists events of the kind it is about: one signing after the other."""
    reported = telling.mention.kind == main.mention.kind or "headed" in telling.flags
    return reported and not scene.grammar.kinds[telling.mention.kind].once_a_day


def _share_within_sentences(tellings: list[Telling]) -> None:
    """Let two words for one event in one sentence share the date: "was presented ... in a ceremony"."""
    for one, two in pairwise(tellings):
        if one.index != two.index or one.mention.kind != two.mention.kind or "other" in two.flags:
            continue
        if not one.ids or one.ids != two.ids:
            continue
        if two.timex is None:
            two.dating = one.dating
        elif one.timex is None:
            one.dating = two.dating


# ---------------------------------------------------------------- single dates
def _of_clause(telling: Telling, report: Dating | None) -> Dating | None:
    """Return the date that the telling's own clause gives, on its side of the report where the year is open."""
    timex = telling.timex
    if timex is None or timex.dating is None:
        return None
    stated = timex.dating
    days = _on_its_side(telling, stated.days, report) or stated.days
    note = "This date stands in the clause that tells of the event."
    if days != stated.days:
        note = "This date stands in the clause that tells of the event, and tells on which side of it the event lies."
    reason = Evidence("text", "event.clause_date", note, timex.span, days=days, days_left=days.n_days)
    if days != stated.days:
        return Dating(days, "inferred", (reason, *stated.evidence), None, days.single)
    return Dating(days, stated.basis, (reason, *stated.evidence), stated.likely, stated.best)


def _on_its_side(telling: Telling, days: DaySet, report: Dating | None) -> DaySet:
    """Return the days bounded by "before that", and for a plan by the day of the report."""
    if "before_it" in telling.flags:
        days = days.before()
    elif "after_it" in telling.flags:
        days = days.since()
    first = report.days.earliest if report is not None else None
    if telling.mention.status != "planned" or first is None or telling.timex is None:
        return days
    expression, day = telling.timex.expression, days.single
    if expression.kind == "calendar" and expression.year is None and day is not None and day < first:
        return DaySet.day(day.year + 1, day.month, day.day)  # a yearless day of a plan lies ahead
    return days & DaySet.between(first, None) if days.n_days is None else days


def _of_report(report: Dating, span: Span, stated: Dating | None) -> Dating:
    """Return the report's own date as that of the event it reports; ``stated`` is a wide period the text gives."""
    if stated is not None and not report.days & stated.days:
        return stated
    note = "The report gives its event no day of its own, so it happened on the day of the report."
    reason = Evidence("text", "event.report_date", note, span, days=report.days, days_left=report.days.n_days)
    days = report.days & stated.days if stated is not None else report.days
    likely = report.likely & days if report.likely is not None else None
    best = report.best if report.best is not None and report.best in days else None
    return Dating(days, "inferred", (reason, *report.evidence), likely or None, best)


def _of_day(report: Dating, span: Span, rule: str, note: str) -> Dating:
    reason = Evidence("text", rule, note, span, days=report.days, days_left=report.days.n_days)
    return Dating(report.days, "inferred", (reason, *report.evidence), report.likely, report.best)


def _not_later(report: Dating, span: Span) -> Dating | None:
    note = "It is told as past, without a date."
    return _open(report.days.until(), report.days.latest, span, "event.before_report", note)


def _not_earlier(report: Dating, span: Span) -> Dating | None:
    note = "It is told as planned, without a date."
    return _open(report.days.since(), report.days.earliest, span, "event.after_report", note)


def _open(days: DaySet, bound: date | None, span: Span, rule: str, note: str) -> Dating | None:
    return Dating(days, "vague", (Evidence("text", rule, note, span, days=days),)) if bound is not None else None
