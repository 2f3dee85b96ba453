"""Find the period that a figure is about.

The temporal expression that stands nearest, read as a sentence distributes its times: one at the head of
a clause holds for the figures behind it, one straight behind a figure belongs to that figure alone, one
after "compared with" is the base period, and the day on which somebody *said* something is no period.
Without any in the sentence, a pronoun or the same unit may carry the period of the sentence before.
"""

from __future__ import annotations

import re
from itertools import pairwise

from etl.model import Evidence, Figure, Span, Timex
from etl.resolvers.periods.months import NONE, Months, Period, as_told, yearless
from etl.resolvers.periods.page import Page
from etl.resolvers.periods.status import is_told, status

_CLAUSE = re.compile(r"[;:]|,\s")
_DURATION = "figures.time"  # the rule of figures in years, days, hours
_FARTHEST = 220  # cost at which an expression no longer belongs to a figure
_ELSEWHERE = 120  # cost of an expression in another clause with a subject of its own
_MONTH = 7  # letters of the value of a month: "2022-05"
_YARDSTICK = 40  # characters before "since 1887" in which a superlative stands
_RECENT = 3  # figures back among which the one stands whose period is carried on
_DATELINE = "dateline"  # how the rules begin that read a document's own day
_WINDOW = 300  # characters on either side of a figure


class Times:
    """Finds the period of each figure of a page."""

    def __init__(self, page: Page) -> None:
        """Keep the page and the word lists that decide."""
        self._page = page
        table, attribution = page.topic["periods"], page.topic["attribution"]
        self._compared = tuple(table["compared"])
        self._against = frozenset(phrase.partition(" ")[0] for phrase in self._compared)
        self._range_openers = tuple(table["range_openers"])
        self._whole = tuple(table["whole"])
        self._says = frozenset(attribution["says"])
        self._to_date = tuple(table["to_date"])
        self._pointers = frozenset(table["pronoun_subjects"])
        self._months = Months(page)
        self._links = frozenset(
            (*page.topic["ranges"]["to"], *page.topic["ranges"]["and"], *page.topic["ranges"]["from"])
        )
        self._superlatives = frozenset(table["superlatives"])
        self._since_then = frozenset(table["compared_alone"])
        self._new_clause = re.compile(table["new_clause"], re.IGNORECASE)
        document = page.analysis.dating
        reasons = document.evidence if document is not None else ()
        self._read_before = {each.span for each in page.timexes if self._months.own(each)}
        self._datelines = {reason.span for reason in reasons if reason.rule.startswith(_DATELINE)}

    def of(self, index: int, place: int, done: list[Figure]) -> tuple[Period, str]:
        """Return (period, EDTF of the base period) of the figure with this index."""
        figure, sentence = self._page.figures[index], self._page.sentence(place)
        if figure.rule.startswith(_DURATION) and not figure.indicator:
            return NONE, ""  # "in the last three years": it is a length of time itself
        best: tuple[int, Timex, Period] | None = None
        base = ""
        limit = _FARTHEST if _measured(figure) else _FARTHEST // 2
        near = Span(max(sentence.start, figure.span.start - _WINDOW), min(sentence.end, figure.span.end + _WINDOW))
        for timex in self._page.timexes_in(near):
            period = self._read(timex)
            if not period.edtf or timex.span.overlaps(figure.span) or self._is_today(timex, figure):
                continue
            if self._is_yardstick(timex) or timex.span in self._datelines or timex.span in self._read_before:
                continue
            cost = self._cost(figure, timex)
            if self._is_base(timex, sentence) or self._is_of_base(timex, figure):
                base = base or (period.edtf if cost < limit else "")
            elif cost < limit and (best is None or cost < best[0]):
                best = (cost, timex, period)
        if best is not None:
            return best[2], base
        return self._without_one(figure, place, done), base

    # -------------------------------------------------------------- reading one expression
    def _read(self, timex: Timex) -> Period:
        """Return the period that an expression stands for; NONE for vague ones and lengths of time."""
        if timex.type == "DURATION":
            return self._months.read(timex)
        if timex.type != "DATE" or timex.expression.kind in ("vague", "duration", "set"):
            return NONE
        note = f"“{timex.span.of(self._page.text)}” gives the period"
        evidence = Evidence("text", "periods.timex", note, timex.span)
        if timex.dating is not None and timex.dating.days:
            days, bounded = timex.dating.days, not timex.expression.relation  # "since May" is no May
            edtf = as_told(_whole(timex), days) if bounded else days.edtf()
            return Period(edtf, timex.dating.basis, timex.dating, evidence)
        edtf = yearless(_whole(timex))
        return Period(edtf, "inferred", None, evidence) if edtf else NONE

    def _is_today(self, timex: Timex, figure: Figure) -> bool:
        """Tell whether the expression only says that the act is of today: "today we agreed on 40 buses"."""
        same_day = timex.expression.kind == "offset" and timex.expression.unit == "day" and not timex.expression.amount
        return same_day and not _measured(figure)

    # -------------------------------------------------------------- choosing
    def _cost(self, figure: Figure, timex: Timex) -> int:
        text, page = self._page.text, self._page
        if timex.span.end <= figure.span.start:
            between = text[timex.span.end : figure.span.start]
            cost = len(between) + 20 * page.figures_between(timex.span.end, figure.span.start)
            owner = self._owner_before(timex)
            foreign = owner is not None and page.place(owner.span.start) != page.place(timex.span.start)
            if owner is not None and owner.span != figure.span and not foreign and not page.led_to(owner, figure):
                cost += _ELSEWHERE
                if self._is_compared(figure):
                    cost += _FARTHEST  # to 72 in March from 75
                if is_told(page.words(timex.span.end, figure.span.start), page.status["forecast"]):
                    cost += _FARTHEST  # 4.4 percent in January and would reach the target of 3
        else:
            between = text[figure.span.end : timex.span.start]
            passed = page.figures_between(figure.span.end, timex.span.start)
            cost = len(between) + 90 * (passed - (passed == 1 and self._leads(figure)))
            if _CLAUSE.search(between) and self._leads_on(timex):
                cost += _FARTHEST  # 5 percent, and in 2025 it will be 7
            if self._is_nearer_to_next(figure, timex):
                cost += _FARTHEST  # "30 now, then in May 75"
        cost += 15 * len(_CLAUSE.findall(between)) + _ELSEWHERE * bool(self._new_clause.search(between))
        if self._is_speech_day(timex):
            cost += _FARTHEST
        return cost

    def _leads(self, figure: Figure) -> bool:
        """Tell whether the next figure is the level that this one led to; both are of one time."""
        after = self._page.figures_between(0, figure.span.end)
        return after < len(self._page.figures) and self._page.led_to(figure, self._page.figures[after])

    def _is_nearer_to_next(self, figure: Figure, timex: Timex) -> bool:
        """Tell whether an expression behind a figure stands nearer to the next one, and no word leads on to that."""
        page, end = self._page, timex.span.end
        reach = timex.span.start - figure.span.end
        if not page.figures_between(end, end + reach) or self._leads(figure):
            return False
        owner = self._owner_before(timex)
        if owner is not None and owner.span == figure.span:
            return False  # 20.9 percent in 2018, 24.1 in 2019
        led_on = self._links.union(self._against).intersection(page.words(end, end + reach)[:1])
        return not led_on or page.figures_between(figure.span.end, timex.span.start) > 0

    def _leads_on(self, timex: Timex) -> bool:
        """Tell whether a figure follows the expression in its own clause."""
        at = self._page.figures_between(0, timex.span.end)
        if at >= len(self._page.figures):
            return False
        start = self._page.figures[at].span.start
        return self._page.place(start) == self._page.place(timex.span.end) and not _CLAUSE.search(
            self._page.text, timex.span.end, start
        )

    def _owner_before(self, timex: Timex) -> Figure | None:
        """Return the figure that the expression stands straight behind: "$2.1 billion in 2022"."""
        page = self._page
        count = page.figures_between(0, timex.span.start)
        if not count:
            return None
        figure = page.figures[count - 1]
        gap = page.text[figure.span.end : timex.span.start]
        for filler in self._whole:
            gap = gap.replace(filler, "")
        return figure if len(gap.split()) <= 2 and len(gap) < 14 and not _CLAUSE.search(gap) else None

    def _is_speech_day(self, timex: Timex) -> bool:
        """Tell whether the expression only dates the saying: "said on Monday that", "Today, the minister announced"."""
        told = timex.expression
        dated = told.kind == "calendar" and (told.weekday is not None or told.day is not None)
        if not dated and not (told.kind == "offset" and told.unit == "day"):
            return False
        start, end = timex.span.start, timex.span.end
        at = self._page.figures_between(0, end)
        limit = self._page.figure_starts[at] if at < len(self._page.figure_starts) else len(self._page.text)
        near = [*self._page.words(start - 40, start)[-4:], *self._page.words(end, min(end + 40, limit))[:4]]
        return bool(self._says & set(near))

    def _is_base(self, timex: Timex, sentence: Span) -> bool:
        """Tell whether the expression names what is compared with."""
        start = max(sentence.start, timex.span.start - 40, self._end_before(timex.span.start))
        words = self._page.words(start, timex.span.start)
        tail = " ".join(words[-5:])
        if (
            words
            and " ".join(words) in self._since_then
            and len(timex.value) <= _MONTH
            and not timex.expression.relation
        ):
            return True  # down a fifth on last year
        begun = self._range_openers if timex.expression.until else ()  # "from January to May" compares nothing
        return any(
            tail.endswith((f" {phrase}", f" {phrase} the", f" {phrase} in")) or tail == phrase
            for phrase in self._compared
            if phrase not in begun
        )

    def _is_yardstick(self, timex: Timex) -> bool:
        """Tell whether the expression only tells how long nothing like it was seen: "the worst since 1887"."""
        if not timex.expression.relation:
            return False
        led = self._page.words(timex.span.start - _YARDSTICK, timex.span.start)
        return not self._superlatives.isdisjoint(led[-5:])

    def _end_before(self, offset: int) -> int:
        """Return where the figure before a place ends: behind it, "from 86 percent in 2019", a time is its own."""
        count = self._page.figures_between(0, offset)
        return self._page.figures[count - 1].span.end if count else 0

    def _is_of_base(self, timex: Timex, figure: Figure) -> bool:
        """Tell whether the expression belongs to what this figure is compared with: "up from 20 a year ago"."""
        owner = self._owner_before(timex)
        return owner is not None and owner.span.start > figure.span.start and self._is_compared(owner)

    def _is_compared(self, figure: Figure) -> bool:
        """Tell whether words of comparing lead to a figure: "up from about $980 million"."""
        start = figure.span.start
        if self._page.place(start - 1) != self._page.place(start):
            return False
        return " ".join(self._page.words(start - 40, start)[-5:]).endswith(tuple(f" {one}" for one in self._compared))

    # -------------------------------------------------------------- without an expression of its own
    def _without_one(self, figure: Figure, place: int, done: list[Figure]) -> Period:
        """Return the document's date for what holds "to date" or "now", else the period of the sentence before."""
        page, document, sentence = self._page, self._page.analysis.dating, self._page.sentence(place)
        near = " ".join(
            page.words(max(sentence.start, figure.span.start - 60), min(sentence.end, figure.span.end + 40))
        )
        phrase = next((phrase for phrase in self._to_date if f" {phrase} " in f" {near} "), "")
        if not phrase:
            return self._carried(figure, place, done)
        steady = _measured(figure) and figure.transformation not in ("growth_rate", "change")
        said = any(self._is_speech_day(timex) for timex in page.timexes_in(sentence))
        if document is None or not document.days or not steady or said:
            return NONE
        evidence = Evidence("text", "periods.to_date", f"“{phrase}” means the date of the document", figure.span)
        return Period(document.days.edtf(), "inferred", document, evidence)

    def _carried(self, figure: Figure, place: int, done: list[Figure]) -> Period:
        """Return the period of the sentence before when this one goes on about the same thing."""
        before = next((one for one in reversed(done[-_RECENT:]) if not self._is_compared(one)), None)
        if before is None or not before.time_period or self._page.place(before.span.start) not in (place - 1, place):
            return NONE
        if self._is_compared(figure) or status(self._page, len(done), place, "") == "F":
            return NONE  # what was before, or is yet to come, is of another time
        same = before.unit == figure.unit and before.obs_status == "A" and bool(before.unit)
        start = self._page.sentence(place).start
        opening = self._page.words(start, min(figure.span.start, start + 60))
        pointed = not self._pointers.isdisjoint((*opening[:4], *map(" ".join, pairwise(opening))))
        if not (same and (pointed or before.currency or before.indicator == figure.indicator)):
            return NONE
        evidence = Evidence("text", "periods.carried", "the sentence before gives the period", before.span)
        return Period(before.time_period, "inferred", before.period, evidence)


def _measured(figure: Figure) -> bool:
    """Tell whether the figure is a value of something that is observed again and again."""
    return bool(figure.indicator) or figure.statistical_kind == "indicator"


def _whole(timex: Timex) -> str:
    """Return the TIMEX3 value of an expression, of a range both ends: "XXXX-01/XXXX-08"."""
    end = timex.expression.until
    return f"{timex.value}/{end.value}" if end and end.value and end.kind == "calendar" else timex.value
