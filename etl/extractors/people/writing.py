"""Write down an office, a name, or both, as a mention with its exact spans."""

from __future__ import annotations

from etl.extractors.people.joining import wording
from etl.extractors.people.reading import Gender, Name, Office, Text
from etl.model import PersonMention, Span
from etl.names import written


def mention_of(text: Text, office: Office | None, name: Name | None) -> PersonMention:
    """Return the mention of a person with an office, a name, or both; an office without words only lends its kind."""
    told = office if office is not None and office.last >= office.first else None
    parts = [part for part in (told, name) if part is not None]
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    return PersonMention(
        span=Span(text.source.starts[first], text.source.end(last)),
        form="name" if name and len(name.words) > 1 else "surname" if name else "office",
        rule=_rule(told, name),
        name=written(name.words) if name else "",
        office=wording(text, told) if told else "",
        country=office.country if office else "",
        modifier=office.modifier if office else "",
        name_span=_name_span(text, name) if name else None,
        gender=_gender(text, office, name),
    )


def _gender(text: Text, office: Office | None, name: Name | None) -> Gender:
    if name and name.gender:
        return name.gender
    head = office.head if office else ""
    vocabulary = text.vocabulary
    return "f" if head in vocabulary.female else "m" if head in vocabulary.male else ""


def _rule(office: Office | None, name: Name | None) -> str:
    if office and name:
        return "people.office-name" if office.first < name.first else "people.name-office"
    if name:
        return "people.honorific" if name.honoured else "people.name"
    return "people.offices" if office and office.plural else "people.office"


def _name_span(text: Text, name: Name) -> Span:
    """Return the span of the name without honorifics and suffixes."""
    first = next(i for i in range(name.first, name.last + 1) if text.words[i] == name.words[0])
    last = first + len(name.words) - 1
    return Span(text.source.starts[first], text.source.end(last))
