"""Say which office and which name belong together, and what an office alone can mean.

"Office Name", "Office, Name", "Name, Office", "Office - Office Name": whether the words beside each other speak of
one person is asked of the text and, where it knows the person, of the office book.
"""

from __future__ import annotations

from dataclasses import replace

from etl.extractors.people.naming import read_name
from etl.extractors.people.offices import read_office
from etl.extractors.people.reading import BLANK, Name, Office, Text
from etl.extractors.people.vocabulary import HEAD, HONORIFIC, MODIFIER, NOUN, PHRASE
from etl.names import fold, nominatives

APPOSITION = 8  # words between a name and the head of the office told after it
SHORTEST_ACRONYM = 3
DASHES = frozenset({"-", "–", "—"})
CLOSING = frozenset({".", ";", ")", ").", "\n"})  # what ends a clause behind a name


def chained(text: Text, office: Office, *, named: bool = False) -> Office:
    """Return the office joined with a second one of the same person: "Deputy Premier - Minister of Economy".

    ``named`` when the person is told before it: then no name may follow, else one must.
    """
    following = office.last + 1
    joined = text.gap(office.last) == BLANK and text.word(following) in text.vocabulary.joining
    if (
        joined
        and not text.vocabulary.doubling.isdisjoint({office.head, office.head.rpartition(" ")[2]})
        and text.word(office.first - 1) not in text.vocabulary.determiners
    ):
        following += 1
    elif text.gap(office.last) not in DASHES or not text.capital(following):
        return office
    head = _head_ahead(text, following)
    second = read_office(text, head, following) if head is not None else None
    if second is None or second.first != following or second.plural:
        return office
    if joined and named is bool(text.gap(second.last) == BLANK and read_name(text, second.last + 1, expected=True)):
        return office
    country = office.country or second.country
    return Office(
        office.first, second.last, office.head, country, office.modifier, office.plural, True, office.definite
    )


def name_after(text: Text, office: Office) -> Name | None:
    """Return the name told right after an office, or after it and a comma, when it is the holder's."""
    following = office.last + 1
    gap = text.gap(office.last)
    if gap == BLANK:
        name = read_name(text, following, expected=True)
        if name and _is_of_another(text, office, name):
            return None
        return None if name and (_is_firm(text, office, name) or _is_thing(text, office, name)) else name
    if gap != "," or office.plural or not office.definite:
        return None
    if text.word(following) in text.vocabulary.determiners and text.kind(following + 1) & HONORIFIC:
        following += 1
    name = _between_commas(text, following) or read_name(text, following, expected=False)
    if name is None or not (office.field or office.country or name.honoured):
        return None
    return name if _is_closed(text, name) or _may_hold(text, office, name) else None


def _is_of_another(text: Text, office: Office, name: Name) -> bool:
    """Tell whether an office in the nominative serves a person named in another case: «советник Анны Берг»."""
    vocabulary, first = text.vocabulary, name.words[0]
    head = office.head.partition(" ")[0]
    if not vocabulary.cases or all(text.word(index) != head for index in range(office.first, office.last + 1)):
        return False
    given = vocabulary.book.is_given
    return not given(first) and any(map(given, nominatives(first, vocabulary.cases)))


def _between_commas(text: Text, first: int) -> Name | None:
    """Return a name of several words, known or not, that is a closed apposition, and is no place and no thing."""
    name = read_name(text, first, expected=True)
    if name is None or len(name.words) == 1 or not _is_closed(text, name):
        return None
    inside = range(name.first, name.last + 1)
    return None if any(index in text.places or text.kind(index) & (NOUN | HEAD) for index in inside) else name


def _is_closed(text: Text, name: Name) -> bool:
    """Tell whether a comma or the end of the clause closes the apposition: not that of "the minister, A B, and C D"."""
    gap = text.gap(name.last)
    return gap in CLOSING or (gap == "," and text.word(name.last + 1) not in text.vocabulary.joining)


def _is_thing(text: Text, office: Office, name: Name) -> bool:
    """Tell whether one unknown word is no name: a word of rank in small letters ("a major Arab bank"), or a thing.

    A thing is told by the noun behind it ("Prince Edward County") or by its letters in brackets ("(UEFA)").
    """
    if len(name.words) > 1 or name.honoured or text.vocabulary.book.people_named(name.words[0]):
        return len(name.words) > 1 and bool(office.field) and _abbreviated(text, name)
    following, gap = name.last + 1, text.gap(name.last)
    if office.head in text.vocabulary.also_adjectives and not text.capital(office.last):
        return True
    thing = text.kind(following) & NOUN and not text.kind(following) & HEAD
    return (gap == BLANK and text.capital(following) and bool(thing)) or _abbreviated(text, name)


def _abbreviated(text: Text, name: Name) -> bool:
    """Tell whether letters in brackets follow that shorten an institution's name: "(UEFA)"."""
    following = name.last + 1
    letters = text.words[following] if text.gap(name.last) == "(" and text.capital(following) else ""
    return len(letters) >= SHORTEST_ACRONYM and letters.isupper() and text.gap(following).startswith(")")


def _is_firm(text: Text, office: Office, name: Name) -> bool:
    """Tell whether one more unknown word is the rest of a firm's name ("owner of Northern Nickel")."""
    if len(name.words) > 1 or name.honoured or office.last in text.places or text.kind(office.last) & HEAD:
        return False
    # «Патриарх Московский и всея Руси Кирилл»
    known = text.vocabulary.direct and text.vocabulary.is_given(name.words[0])
    return not known and fold(name.words[0]) not in text.vocabulary.book.directory.well_known


def parted(text: Text, office: Office, name: Name) -> tuple[Office, Name]:
    """Return office and name with the border between them before the first given name.

    "Head of the Federal Agency for Forestry Ivan Petrov": unknown words before a known given name belong to the
    institution, unless the whole is somebody's name or a family name stands first.
    """
    vocabulary, words = text.vocabulary, name.words
    first = next((i for i in range(1, len(words) - 1) if vocabulary.is_given(words[i])), 0)
    unsure = (
        first == 0
        or not (office.field or vocabulary.direct)
        or name.honoured
        or name.last - name.first != len(words) - 1
    )
    if unsure or any(vocabulary.opens_name(word) or len(word) == 1 for word in words[:first]):
        return office, name
    if words[-1].endswith(vocabulary.patronymic_endings) or vocabulary.book.person(" ".join(words)) is not None:
        return office, name
    start = name.first + first
    return replace(office, last=start - 1), replace(name, first=start, words=words[first:])


def _may_hold(text: Text, office: Office, name: Name) -> bool:
    """Tell whether nothing in the book speaks against the person holding the office."""
    book = text.vocabulary.book
    person = book.person(" ".join(name.words))
    if person is None or not book.tenures(person):
        return True
    if office.head in text.vocabulary.relative:
        return not office.country or any(tenure.country == office.country for tenure in book.tenures(person))
    return bool(book.terms(person, wording(text, office), office.country))


def of_country(text: Text, office: Office, name: Name) -> Office:
    """Return the office with the country told after the name: "President Duda of Poland"."""
    following = name.last + 2
    if office.country or text.gap(name.last) != BLANK or text.word(name.last + 1) not in text.vocabulary.genitive:
        return office
    if text.word(following) in text.vocabulary.determiners:
        following += 1
    place = text.places.get(following)
    return office if place is None or place.kind != "country" else replace(office, country=place.country)


def office_behind(text: Text, name: Name) -> Office | None:
    """Return the office told after a name: "X Y, Deputy Prime Minister of Z", "X Y (Minister of Z)"."""
    following = name.last + 1
    if text.gap(name.last) not in {",", "("} or (len(name.words) < 2 and not name.honoured):
        return None
    if text.word(following) in text.vocabulary.determiners:
        following += 1
    head = _head_ahead(text, following)
    office = read_office(text, head, following) if head is not None else None
    if office is None or office.first > following or office.plural:
        return None
    if office.head.rpartition(" ")[2] in text.vocabulary.plural_alone and not _may_hold(text, office, name):
        return None
    if text.gap(office.last) == BLANK and read_name(text, office.last + 1, expected=True):
        return None
    return chained(text, office, named=True)


def stands_alone(text: Text, office: Office) -> bool:
    """Tell whether an office without a name means a certain person."""
    vocabulary = text.vocabulary
    head, phrase = office.head, " " in office.head
    if not office.definite or not (phrase or head in vocabulary.alone) or _is_no_person(text, office):
        return False
    if office.plural and not (phrase or head in vocabulary.plural_alone):
        return False
    return head not in vocabulary.weak_alone or phrase or bool(office.country) or office.field


def _is_no_person(text: Text, office: Office) -> bool:
    """Tell whether the words around an office make it something else than its holder.

    "The President's Office" is a place, "elected President" what somebody became, and between commas it may be
    an item of a list.
    """
    following, before = office.last + 1, office.first - 1
    gap = text.gap(before)
    if gap == "," and office.first not in text.places:
        return True
    if gap == BLANK and text.word(before) in text.vocabulary.predicates:
        return True
    if text.vocabulary.direct and gap == BLANK and text.kind(before) & NOUN:
        return True
    return text.possessive(office.last) and text.capital(following) and bool(text.kind(following) & NOUN)


def wording(text: Text, office: Office) -> str:
    """Return the words of an office as the text has them, white space reduced to blanks."""
    source = text.source
    return " ".join(source.text[source.starts[office.first] : source.end(office.last)].split())


def phrase_here(text: Text, index: int) -> bool:
    """Tell whether a head of several words begins at the word."""
    return any(
        all(text.word(index + k) == part for k, part in enumerate(phrase))
        for phrase in text.vocabulary.phrases.get(text.word(index), ())
    )


def _head_ahead(text: Text, index: int) -> int | None:
    """Return the index of the head of an office that begins at the word: rank, field and nation come first."""
    for ahead in range(index, min(index + APPOSITION, len(text.words))):
        kind = text.kind(ahead)
        leads_on = kind & MODIFIER and text.gap(ahead) == BLANK and text.kind(ahead + 1) & (HEAD | MODIFIER | NOUN)
        if (kind & HEAD and not leads_on) or (kind & PHRASE and phrase_here(text, ahead)):
            return ahead
        if not (kind & MODIFIER or ahead in text.places or (kind & NOUN and text.capital(ahead))):
            return None
        if text.gap(ahead) not in {BLANK, "-", "."} and not text.possessive(ahead):
            return None
    return None
