"""Dates a text by the offices that it gives to people: nobody is called minister before the appointment.

The start of a term bounds from below with much trust (history is told later too); its end bounds from
above with less, because a text may tell of former days without saying "then".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis, PersonMention
from etl.offices import OfficeBook, Tenure, office_book
from etl.resolvers.dating.clues import Clue
from etl.resolvers.dating.rules import Rules, Source, rules

EARLY, LATE = timedelta(10), timedelta(10)  # sources give election, appointment or oath; and acting ends
ELECT = timedelta(150)  # an elect takes office within so many days


def find(analysis: Analysis, lexicon: Lexicon) -> list[Clue]:
    """Return the clues of every person whose office the text gives."""
    book, table = lexicon.once(office_book), lexicon.once(rules)
    out, seen = list[Clue](), set[tuple[str, str, str]]()
    for mention in analysis.people:
        if not mention.office or mention.form not in {"name", "surname"}:
            continue
        for person in _persons(mention, analysis.text, book):
            key = person, mention.office, mention.modifier
            if key not in seen:
                seen.add(key)
                out += _terms(mention, book.terms(person, mention.office, mention.country), table)
    return out


def _persons(mention: PersonMention, text: str, book: OfficeBook) -> tuple[str, ...]:
    """Return the one person who is named and held the office, none when several fit."""
    if mention.person_id and book.tenures(mention.person_id):
        return (mention.person_id,)
    name = mention.name or (mention.name_span or mention.span).of(text)
    known = book.person(name)
    if known:
        return (known,)
    fitting = [person for person in book.people_named(name) if book.terms(person, mention.office, mention.country)]
    return tuple(fitting) if len(fitting) == 1 and mention.form == "surname" else ()


def _terms(mention: PersonMention, terms: tuple[Tenure, ...], table: Rules) -> Iterator[Clue]:
    """Yield the bounds that one person's terms in the named office set."""
    if not terms:
        return
    first, last = terms[0], terms[-1]
    if mention.modifier == "former":
        ended = first.end
        if ended is not None:
            yield _clue("office_former", DaySet.between(ended - LATE, None), mention, first, table)
        return
    if mention.modifier == "elect":
        days = DaySet.between(first.start - ELECT, last.start + LATE)
        yield _clue("office_elect", days, mention, first, table)
        return
    yield _clue("office_since", DaySet.between(first.start - EARLY, None), mention, first, table)
    if all(term.end_known for term in terms) and last.end is not None:
        yield _clue("office_until", DaySet.between(None, last.end + LATE), mention, last, table)


def _clue(rule: str, days: DaySet, mention: PersonMention, term: Tenure, table: Rules) -> Clue:
    day = term.start if rule in {"office_since", "office_elect"} else term.end
    source = f"{term.file}, line {term.line}: {term.country} {term.office}, {term.person} ({term.source})"
    anchor = DaySet.of(day) if day else None
    return table.clue(
        rule,
        days,
        mention.span,
        anchor=anchor,
        source=Source(source, term.verified),
        name=term.person,
        office=mention.office,
        day=day.isoformat() if day else "",
    )
