"""When an event took place: the time of its clause, else what the report says about its place in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.dayset import DaySet
from etl.model import Dating, Evidence, Span, Timex
from etl.resolvers.participation.scene import Scene, Telling

FAR = 220  # characters beyond which a time of the same sentence says nothing about the event
WIDE = 62  # days from which a stated period says less than the date of the report
RIVAL, STOP = 70, 90  # what another event, or the end of the clause, between time and trigger costs


def settle(telling: Telling, scene: Scene, rivals: Sequence[Span]) -> None:
    """Choose the temporal expression that dates the telling, and note the words that place it in time."""
    sentence, trigger = telling.sentence, telling.mention.trigger
    times = [
        timex for timex in scene.timexes.within(sentence.start, sentence.end) if _usable(timex, scene, trigger, rivals)
    ]
    ranked = sorted((_distance(timex, telling, scene, rivals), timex.span.start, timex) for timex in times)
    if ranked and ranked[0][0] <= FAR:
        telling.timex = ranked[0][2]
    _note(telling, scene)


def _usable(timex: Timex, scene: Scene, trigger: Span, rivals: Sequence[Span]) -> bool:
    """Tell whether a time may be that of the event: a calendar date, not "since ..." and not another noun's own."""
    if timex.dating is None or not timex.dating.days or timex.type not in {"DATE", "TIME"}:
        return False
    text = scene.lower
    left = text[max(0, timex.span.start - 50) : timex.span.start]
    if scene.grammar.when["not"].search(left) and not trigger.end <= timex.span.start <= trigger.end + 12:
        return False
    # "the December 7 videoconference": the time in front of a noun belongs to that noun alone
    for rival in rivals:
        between = text[timex.span.end : rival.start]
        if (
            0 < len(between) < 30
            and not any(mark in between for mark in ",;()")
            and scene.strange(timex.span.end, rival.start) <= 1
        ):
            words = between.split()
            if len(words) <= 2 and not any(word.lower() in scene.grammar.bridge for word in words):
                return False
    return True


def _distance(timex: Timex, telling: Telling, scene: Scene, rivals: Sequence[Span]) -> int:
    trigger, span = telling.mention.trigger, timex.span
    if span.start >= trigger.end:
        low, high = trigger.end, span.start
        cost = high - low
    else:
        low, high = span.end, trigger.start
        fronted = span.start - telling.sentence.start <= 12
        cost = 20 if fronted else (high - low) + 15
    cost += RIVAL * sum(low <= rival.start < high for rival in rivals)
    if scene.grammar.who["stop"].search(scene.lower, low, high):
        cost += STOP
    return cost


def _note(telling: Telling, scene: Scene) -> None:
    """Set the flags "previous", "other", "same_day" and "back" from the words around the trigger."""
    trigger, sentence, text, words = telling.mention.trigger, telling.sentence, scene.lower, scene.grammar
    left = text[max(sentence.start, trigger.start - 60) : trigger.start]
    near = text[max(sentence.start, trigger.start - 120) : min(sentence.end, trigger.end + 120)]
    same_day = words.when["same_day"].search(near)
    if same_day:
        telling.flags.add("same_day")
    elif telling.timex is None and (match := words.before["previous"].search(left)):
        start = max(sentence.start, trigger.start - 60) + match.start()
        telling.flags.add("previous")
        note = "The words before the event say that it lies before the report."
        telling.evidence.append(Evidence("text", "event.previous", note, Span(start, trigger.end)))
    if words.who["attended"].search(
        text, max(sentence.start, trigger.start - 60), min(sentence.end, trigger.end + 120)
    ):
        telling.flags.add("attended")
    if words.before["other"].search(left):
        telling.flags.add("other")
    if words.report["back"].search(left):
        telling.flags.add("back")


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


# ---------------------------------------------------------------- the dates
def of_clause(telling: Telling, report: Dating | None) -> Dating | None:
    """Return the date that the telling's own clause gives; a planned day without a year lies after the report."""
    timex = telling.timex
    if timex is None or timex.dating is None:
        return None
    stated, days = timex.dating, timex.dating.days
    note = "This date stands in the clause that tells of the event."
    latest, earliest = days.latest, report.days.earliest if report is not None else None
    yearless = timex.expression.kind == "calendar" and timex.expression.year is None and days.single is not None
    if telling.mention.status == "planned" and yearless and latest is not None and earliest and latest < earliest:
        days = DaySet.day(latest.year + 1, latest.month, latest.day) or days
        note = "This date stands in the clause that tells of the planned event, so it lies after the report."
    reason = Evidence("text", "event.clause_date", note, timex.span, days=days, days_left=days.n_days)
    if days is not stated.days:
        return Dating(days, "inferred", (reason,), None, days.single)
    return Dating(days, stated.basis, (reason, *stated.evidence), stated.likely, stated.best)


def of_report(report: Dating, span: Span, stated: Dating | None) -> Dating:
    """Return the report's own date as that of the event it reports; ``stated`` is a wide period the text gives."""
    if stated is not None and not report.days & stated.days:
        return stated
    note = "The report gives its event no day of its own, so it happened on the day of the report."
    reason = Evidence("text", "event.report_date", note, span, days=report.days, days_left=report.days.n_days)
    days = report.days & stated.days if stated is not None else report.days
    likely = report.likely & days if report.likely is not None else None
    best = report.best if report.best is not None and report.best in days else None
    return Dating(days, "inferred", (reason, *report.evidence), likely or None, best)


def of_day(report: Dating, span: Span, rule: str, note: str) -> Dating:
    """Return the day of the main event for another event of that day."""
    reason = Evidence("text", rule, note, span, days=report.days, days_left=report.days.n_days)
    return Dating(report.days, "inferred", (reason, *report.evidence), report.likely, report.best)


def not_later(report: Dating, span: Span) -> Dating | None:
    """Return every day up to that of the report, for an event told as past without a date."""
    return _open(
        report.days.until(), report.days.latest, span, "event.before_report", "It is told as past, without a date."
    )


def not_earlier(report: Dating, span: Span) -> Dating | None:
    """Return every day from that of the report on, for an event told as planned without a date."""
    return _open(
        report.days.since(), report.days.earliest, span, "event.after_report", "It is told as planned, without a date."
    )


def _open(days: DaySet, bound: date | None, span: Span, rule: str, note: str) -> Dating | None:
    if bound is None:
        return None
    return Dating(days, "vague", (Evidence("text", rule, note, span, days=days),))
