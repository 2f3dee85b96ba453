"""Dates a text by the offices that it gives to people: nobody is called minister before the appointment.

The start of a term bounds from below with much trust (history is told later too); its end bounds from
above with less, because a text may tell of former days without saying "then".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from etl.dayset import DaySet, union
from etl.lexicon import Lexicon
from etl.model import Analysis, PersonMention
from etl.names import Cases, case_endings, nominatives
from etl.offices import HISTORY, OfficeBook, Tenure, office_book
from etl.resolvers.dating.clues import Clue, in_words
from etl.resolvers.dating.rules import Rules, Source, rules

EARLY, LATE = timedelta(10), timedelta(10)  # sources give election, appointment or oath; and acting ends
NAMESAKES = 3  # holders of one name and office; more fit only when name or office are too common
SERVING = date(2026, 12, 31)  # the end of a term that goes on, as far as the habits know the world
BREAK = timedelta(200)  # shorter ones are holes of the sources
FRESH = timedelta(120)  # so long before and after its beginning a term is called new
_FOREIGN = re.compile("[\u0370-\u1fff]")  # letters that the sentences of the rules do not have
_SEVERAL = re.compile(r"\s[-–—]\s")  # between the offices that one person holds at once
WORLDWIDE = {"EU", "INT"}
NEAR = 30  # characters beside a mention that may say so
LEAD = 250  # characters of a title and lead, where the news stands
QUOTED = 1990  # heads of state and government who left before then are named without their office at any time
ELECT = timedelta(150)  # an elect takes office within so many days


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clues of every person whose office the text gives."""
    book, table = lexicon.once(office_book), lexicon.once(rules)
    words = lexicon.once_in(analysis.document.lang, office_terms)
    out, seen = list[Clue](), set[tuple[str, str, str]]()
    told = list[tuple[PersonMention, list[Tenure]]]()
    lands = {place.country for place in analysis.places}
    for mention in analysis.people:
        if mention.form not in {"name", "surname"} or mention.office.casefold() in words.bare:
            continue
        name = mention.name or " ".join((mention.name_span or mention.span).of(analysis.text).split())
        new = "new" if mention.office and not mention.modifier and _is_new(mention, analysis.text, words) else ""
        key = name, mention.office, mention.modifier or new
        if key in seen:
            continue
        seen.add(key)
        for office in filter(None, _SEVERAL.split(mention.office)):
            if held := _held(mention, name, office, book, words.cases):
                told.append((mention, held))
                out += [_new(mention, held, table)] if new else []
        if not mention.office and mention.form == "name":
            people = book.directory.candidates(name, words.cases)
            out += _known(mention, people, book, lands, table)
            if _is_appointed(mention, analysis, words):
                out += _appointed(mention, people, book, table)
    latest = _latest(told)
    for mention, held in told:
        over = _of_a_day(mention, analysis) or _succeeded(held, latest)
        out += _terms(mention, held, table, then=over)
    return out


def _latest(told: list[tuple[PersonMention, list[Tenure]]]) -> dict[tuple[str, str], date]:
    """Return the day from which the text knows somebody in an office, by country and office."""
    latest: dict[tuple[str, str], date] = {}
    for mention, held in told:
        if not mention.modifier:
            post = held[0].country, held[0].office_key
            latest[post] = max(held[0].start, latest.get(post, date.min))
    return latest


def _succeeded(held: list[Tenure], latest: dict[tuple[str, str], date]) -> bool:
    """Tell whether the text gives the office to a successor too, so that it tells of this holder in retrospect."""
    return any(term.end and latest.get((term.country, term.office_key), date.min) >= term.end - LATE for term in held)


def _known(
    mention: PersonMention, people: tuple[str, ...], book: OfficeBook, lands: set[str], table: Rules
) -> Iterator[Clue]:
    """Yield the years from the first to the last office of the one person who is named without one.

    The text must name the land of an office, or it may be a namesake; those who led a state need no naming.
    """
    held = book.tenures(people[0]) if len(people) == 1 else ()
    if not any(term.country in lands or term.country in WORLDWIDE or book.words.leads(term.office) for term in held):
        return
    serving = any(term.end_known and not term.end for term in held)
    if serving or all(term.end_known for term in held):
        last = SERVING if serving else max(term.end for term in held if term.end)
        if _historic(held, last, book):
            return
        term, days = held[0], DaySet.between(held[0].start, last)
        source = Source(f"{term.file}, line {term.line}: {term.office}, {term.person} ({term.source})", term.verified)
        yield table.clue(
            "person_time", span=mention.span, anchor=days, source=source, name=term.person, day=in_words(days)
        )


def _historic(held: tuple[Tenure, ...], end: date, book: OfficeBook) -> bool:
    """Tell whether a person is one of history, who is named long after."""
    led = any(book.words.leads(term.office) for term in held)
    return end.year < (QUOTED if led else HISTORY)


def _is_appointed(mention: PersonMention, analysis: Analysis, words: OfficeTerms) -> bool:
    """Tell whether an office is given to somebody named: by the words behind, or in a lead by those around."""
    text, span = analysis.text, mention.span
    if words.appointed.match(text, span.end, span.end + NEAR):
        return True
    if span.start < LEAD and words.appointing.search(text[max(0, span.start - NEAR) : span.start]):
        return True
    order = words.on_appointment.search(text, span.end, span.end + LEAD) if span.start < LEAD else None
    if order is None:
        return False
    named = [other for other in analysis.people if other.form == "name" and other.span.end <= order.start()]
    last = max(named, key=lambda other: other.span)  # "on her appointment": of whoever was named last
    return last.span.of(text) == span.of(text)


def _appointed(mention: PersonMention, people: tuple[str, ...], book: OfficeBook, table: Rules) -> Iterator[Clue]:
    """Yield the days around the beginnings of the terms of the one person who is appointed to something."""
    held = book.tenures(people[0]) if len(people) == 1 else ()
    if held:
        yield _new(mention, list(held), table)


@dataclass(frozen=True, slots=True)
class OfficeTerms:
    """The words of one language that tell of a term just begun, and the offices that tell too little."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    appointed: re.Pattern[str]  # after a name
    appointing: re.Pattern[str]  # right before a name
    on_appointment: re.Pattern[str]  # in the sentences after a name
    bare: frozenset[str]
    cases: Cases


def office_terms(lexicon: Lexicon, lang: str) -> OfficeTerms:
    """Return the words of a language; build with ``lexicon.once_in(lang, office_terms)``."""
    topic = lexicon.topic(lang, "dating")
    before = re.compile(r"\b(?:" + "|".join(topic["new_before"]) + r")\s{1,3}$", re.IGNORECASE)
    after = re.compile(r"\b(?:" + "|".join(topic["new_after"]) + r")\b", re.IGNORECASE)
    cases = case_endings(lexicon.topic(lang, "people"))
    appointed = re.compile(rf"\s{{1,3}}(?:{topic['appointed']})(?!\w)", re.IGNORECASE)
    appointing = re.compile(rf"\b(?:{topic['appointing']})\s{{1,3}}$", re.IGNORECASE)
    order = re.compile(rf"\b(?:{topic['on_appointment']})(?!\w)", re.IGNORECASE)
    return OfficeTerms(before, after, appointed, appointing, order, frozenset(topic["bare_offices"]), cases)


def _is_new(mention: PersonMention, text: str, words: OfficeTerms) -> bool:
    span = mention.span
    before, after = text[max(0, span.start - NEAR) : span.start], text[span.end : span.end + NEAR]
    return bool(words.before.search(before) or words.after.search(after.partition(". ")[0]))


def _new(mention: PersonMention, terms: list[Tenure], table: Rules) -> Clue:
    """Return the days around the beginnings of the terms."""
    days = union(DaySet.between(term.start - FRESH, term.start + FRESH) for term in terms)
    begun = union(DaySet.of(term.start) for term in terms)
    return replace(_clue("office_new", days, mention, terms[-1], table), anchor=begun)


def _held(mention: PersonMention, name: str, office: str, book: OfficeBook, cases: Cases) -> list[Tenure]:
    """Return the terms in the office of everyone who may be meant, none when too many fit."""
    if mention.person_id and book.tenures(mention.person_id):
        people: tuple[str, ...] = (mention.person_id,)
    else:
        people = book.directory.candidates(name, cases)
        for form in nominatives(name, cases) if " " not in name else ():
            people = people or book.people_named(form)
    held = [book.terms(person, office, mention.country) for person in people]
    fitting = [terms for terms in held if terms]
    return sorted(chain(*fitting), key=lambda term: (term.start, term.line)) if len(fitting) <= NAMESAKES else []


def _of_a_day(mention: PersonMention, analysis: Analysis) -> bool:
    """Tell whether the sentence tells of a past day in full: the office is the one held then, and perhaps no longer."""
    sentence = next((each for each in analysis.sentences if each.overlaps(mention.span)), mention.span)
    told = (timex.expression for timex in analysis.timexes if sentence.overlaps(timex.span))
    return any(each.year and each.day and each.tense == "past" for each in told)


def _terms(mention: PersonMention, terms: list[Tenure], table: Rules, *, then: bool) -> Iterator[Clue]:
    """Yield the bounds that the terms in the named office set: from the first to the last.

    ``then``: the text gives the office as that of a past day, so its end bounds nothing.
    """
    first = terms[0]
    last = max(terms, key=lambda term: (term.end or date.max, term.line))
    if mention.modifier == "former":
        ended = min((term for term in terms if term.end), key=lambda term: term.end or date.max, default=None)
        if ended is not None and ended.end is not None:
            yield _clue("office_former", DaySet.between(ended.end - LATE, None), mention, ended, table)
    elif mention.modifier == "elect":
        days = DaySet.between(first.start - ELECT, last.start + LATE)
        yield _clue("office_elect", days, mention, first, table)
    else:
        yield _clue("office_since", DaySet.between(first.start - EARLY, None), mention, first, table)
        if not then and all(term.end_known for term in terms):
            if last.end is not None and last.end.year >= HISTORY:
                yield _clue("office_until", DaySet.between(None, last.end + LATE), mention, last, table)
            # whose country is not told may be called so by courtesy, as former presidents are in America
            for before, day in _breaks(terms) if mention.country else ():
                days = DaySet.between(None, before.end and before.end + LATE) | DaySet.between(day - EARLY, None)
                yield _clue("office_between", days, mention, before, table, then=day.isoformat())


def _breaks(terms: list[Tenure]) -> Iterator[tuple[Tenure, date]]:
    """Yield the term before every long time in which nobody who may be meant held the office, and when it was over."""
    last = terms[0]
    for term in terms[1:]:
        if last.end and term.start - last.end > BREAK:
            yield last, term.start
        last = max(last, term, key=lambda held: held.end or date.max)


def _clue(rule: str, days: DaySet, mention: PersonMention, term: Tenure, table: Rules, **words: str) -> Clue:
    day = term.start if rule in {"office_since", "office_elect", "office_new"} else term.end
    source = f"{term.file}, line {term.line}: {term.country} {term.office}, {term.person} ({term.source})"
    anchor = DaySet.of(day) if day else None
    return table.clue(
        rule,
        days,
        mention.span,
        anchor=anchor,
        source=Source(source, term.verified),
        name=term.person,
        office=term.office if _FOREIGN.search(mention.office) else mention.office or term.office,
        day=day.isoformat() if day else "",
        **words,
    )
