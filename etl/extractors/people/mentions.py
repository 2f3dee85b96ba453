"""Walk over a text and put offices and names together into mentions of persons."""

from __future__ import annotations

from dataclasses import replace

from etl.extractors.people.naming import read_name
from etl.extractors.people.offices import read_office
from etl.extractors.people.reading import BLANK, Gender, Name, Office, Text
from etl.extractors.people.vocabulary import HEAD, HONORIFIC, MODIFIER, NOUN, PARTICLE, PHRASE, PLURAL, PRONOUN
from etl.model import PersonMention, Span
from etl.names import fold

APPOSITION = 8  # words between a name and the head of the office told after it
DASHES = frozenset({"-", "–", "—"})
LABEL_WORDS = 4  # of a name in a speaker's label
BULLETS = frozenset({"-", "–", "•", "*", "·"})
BRACKETED = 5  # words in which a country must be told
SHORT_CAPITALS = 2  # "JD" stays, "PUTIN" becomes "Putin"


class Finder:
    """Collects the mentions of one text; ``used`` holds the words that belong to one."""

    def __init__(self, text: Text) -> None:
        """Start with nothing found."""
        self.text = text
        self.mentions: list[PersonMention] = []
        self.used: set[int] = set()
        self.names: list[tuple[Name, PersonMention]] = []
        self._surnames: set[str] = set()  # of the full names so far
        self._floor = 0  # words before this one belong to an earlier mention

    def walk(self) -> None:
        """Find every office, full name and pronoun."""
        following = 0
        for index in self.text.telling:
            if index >= following:
                following = self._step(index)

    def _step(self, index: int) -> int:
        """Read what begins at a word; return the next word to look at."""
        kind = self.text.kind(index)
        if kind & (HEAD | PHRASE | PLURAL):
            return self._office(index)
        if kind & HONORIFIC:
            return self._name(index, expected=True)
        if kind & PRONOUN:
            self._pronoun(index)
        elif not kind & ~PARTICLE and self.text.capital(index):
            return self._name(index, expected=False)
        return index + 1

    # ------------------------------------------------------------------ what a walk finds
    def _office(self, index: int) -> int:
        """Take an office and the name beside it; return where to go on."""
        text = self.text
        if not text.kind(index) & (HEAD | PLURAL) and not _phrase_here(text, index):
            return index + 1
        if text.kind(index) & MODIFIER and text.kind(index + 1) & (HEAD | PHRASE) and text.gap(index) == BLANK:
            return index + 1  # "Deputy" before "Minister": the next word is the head
        if self._is_told_surname(index):
            return self._told_surname(index)
        office = read_office(text, index, self._floor)
        return index + 1 if office is None else self._holder(index, office)

    def _holder(self, index: int, office: Office) -> int:
        """Keep an office with the name beside it, or alone; return where to go on."""
        office = self._chained(office)
        name = self._name_after(office)
        if name is not None:
            self._add(self._of_country(office, name), name)
            if office.plural:
                self._more_names(office)
            return self._floor
        if self._stands_alone(office):
            self._add(office, None)
            return self._floor
        return office.last + 1 if office.last > index else index + 1

    def _is_told_surname(self, index: int) -> bool:
        """Tell whether a word for an office is the surname of somebody told before ("Mr King", "Ms Bishop")."""
        text = self.text
        if not text.capital(index) or text.words[index] not in self._surnames:
            return False
        before, following = text.word(index - 1) if text.gap(index - 1) == BLANK else "", index + 1
        named = text.gap(index) == BLANK and (
            text.capital(following) or text.word(following) in text.vocabulary.of_words
        )
        return before not in text.vocabulary.determiners and index - 1 not in text.places and not named

    def _told_surname(self, index: int) -> int:
        first = index
        while first > self._floor and self.text.kind(first - 1) & HONORIFIC:
            first -= 1
        self._add(None, Name(first, index, (self.text.words[index],), "", first < index))
        return self._floor

    def _chained(self, office: Office) -> Office:
        """Return the office joined with a second one of the same person: "Deputy Premier - Minister of Economy"."""
        text, following = self.text, office.last + 1
        joined = text.gap(office.last) == BLANK and text.word(following) in text.vocabulary.joining
        if (
            joined
            and office.head in text.vocabulary.doubling
            and text.word(office.first - 1) not in text.vocabulary.determiners
        ):
            following += 1
        elif text.gap(office.last) not in DASHES or not text.capital(following):
            return office
        head = _head_ahead(text, following)
        second = read_office(text, head, following) if head is not None else None
        if second is None or second.first != following or second.plural:
            return office
        if joined and not (text.gap(second.last) == BLANK and read_name(text, second.last + 1, expected=True)):
            return office
        country = office.country or second.country
        return Office(
            office.first, second.last, office.head, country, office.modifier, office.plural, True, office.definite
        )

    def _name_after(self, office: Office) -> Name | None:
        text, following = self.text, office.last + 1
        gap = text.gap(office.last)
        if gap == BLANK:
            name = read_name(text, following, expected=True)
            return None if name and self._is_firm(office, name) else name
        if gap != "," or office.plural or not office.definite:
            return None
        if text.word(following) in text.vocabulary.determiners and text.kind(following + 1) & HONORIFIC:
            following += 1
        name = read_name(text, following, expected=False)
        if name is None or not (office.field or office.country or name.honoured):
            return None
        return name if self._may_hold(office, name) else None

    def _is_firm(self, office: Office, name: Name) -> bool:
        """Tell whether one more unknown word is the rest of a firm's name ("owner of Northern Nickel")."""
        text = self.text
        if len(name.words) > 1 or name.honoured or office.last in text.places or text.kind(office.last) & HEAD:
            return False
        return fold(name.words[0]) not in text.vocabulary.book.directory.well_known

    def _may_hold(self, office: Office, name: Name) -> bool:
        """Tell whether nothing in the book speaks against the person holding the office."""
        book = self.text.vocabulary.book
        person = book.person(" ".join(name.words))
        if person is None or not book.tenures(person):
            return True
        if office.head in self.text.vocabulary.relative:
            return not office.country or any(tenure.country == office.country for tenure in book.tenures(person))
        return bool(book.terms(person, self._wording(office), office.country))

    def _of_country(self, office: Office, name: Name) -> Office:
        """Return the office with the country told after the name: "President Duda of Poland"."""
        text, following = self.text, name.last + 2
        if office.country or text.gap(name.last) != BLANK or text.word(name.last + 1) not in text.vocabulary.genitive:
            return office
        if text.word(following) in text.vocabulary.determiners:
            following += 1
        place = text.places.get(following)
        return office if place is None or place.kind != "country" else replace(office, country=place.country)

    def _more_names(self, office: Office) -> None:
        """Take the other names after a plural: "Presidents A, B and C"."""
        text = self.text
        while True:
            last, following = self._floor - 1, self._floor
            joined = text.gap(last) == BLANK and text.word(following) in text.vocabulary.joining
            if joined or (text.gap(last) == "," and text.word(following) in text.vocabulary.joining):
                following += 1
            elif text.gap(last) != ",":
                return
            name = read_name(text, following, expected=joined and text.gap(following - 1) == BLANK)
            if name is None or text.kind(following) & (HEAD | PHRASE):
                return
            self._add(Office(name.first, name.first - 1, office.head, "", office.modifier, False, False, True), name)

    def _name(self, index: int, *, expected: bool) -> int:
        text = self.text
        name = read_name(text, index, expected=expected)
        office = self._office_behind(name) if name else None
        if name is None and text.gap(index) == BLANK and text.capital(index + 1):
            name, office = self._unknown_name(index)
        if name is None:
            return index + 1
        self._add(office, name)
        return self._floor

    def _unknown_name(self, index: int) -> tuple[Name | None, Office | None]:
        """Return a name that is told by what follows: a colon after a speaker's label, or an office in apposition."""
        text = self.text
        name = read_name(text, index, expected=True)
        if name is None or not 2 <= len(name.words) <= LABEL_WORDS:
            return None, None
        if text.gap(name.last).startswith(":") and text.starts_line(index):
            return name, None
        office = self._office_behind(name)
        if office and office.field:
            return name, office
        return (name, None) if self._in_a_list(name) else (None, None)

    def _in_a_list(self, name: Name) -> bool:
        """Tell whether an unknown name is an item of a list of persons.

        That is a line with a list mark and a comma behind the name, a name with its country in brackets, or a name
        between two other names.
        """
        text = self.text
        before, after, following = text.raw_gap(name.first - 1), text.gap(name.last), name.last + 1
        if after == "," and "\n" in before and before.rpartition("\n")[2].strip() in BULLETS:
            return True
        if after == "(" and any(text.national(index) for index in range(following, following + BRACKETED)):
            return True
        listed = (
            self._floor == name.first and before.strip() == "," and bool(self.names) and not self.mentions[-1].office
        )
        return listed and after == "," and read_name(text, following, expected=False) is not None

    def _office_behind(self, name: Name) -> Office | None:
        """Return the office told after a name: "X Y, Deputy Prime Minister of Z", "X Y (Minister of Z)"."""
        text, following = self.text, name.last + 1
        if text.gap(name.last) not in {",", "("} or (len(name.words) < 2 and not name.honoured):
            return None
        if text.word(following) in text.vocabulary.determiners:
            following += 1
        head = _head_ahead(text, following)
        office = read_office(text, head, following) if head is not None else None
        if office is None or office.first > following or office.plural or not self._may_hold(office, name):
            return None
        if text.gap(office.last) == BLANK and read_name(text, office.last + 1, expected=True):
            return None
        return office

    def _pronoun(self, index: int) -> None:
        text = self.text
        gender: Gender = "f" if text.vocabulary.pronouns[text.word(index)] == "f" else "m"
        span = Span(text.source.starts[index], text.source.end(index))
        self.mentions.append(PersonMention(span, "pronoun", "people.pronoun", gender=gender))

    def _stands_alone(self, office: Office) -> bool:
        """Tell whether an office without a name means a certain person."""
        vocabulary = self.text.vocabulary
        head, phrase = office.head, " " in office.head
        if not office.definite or not (phrase or head in vocabulary.alone) or self._is_no_person(office):
            return False
        if office.plural and not (phrase or head in vocabulary.plural_alone):
            return False
        return head not in vocabulary.weak_alone or phrase or bool(office.country) or office.field

    def _is_no_person(self, office: Office) -> bool:
        """Tell whether the words around an office make it something else than its holder.

        "The President's Office" is a place, "elected President" what somebody became, and between commas it may be
        an item of a list.
        """
        text, following, before = self.text, office.last + 1, office.first - 1
        gap = text.gap(before)
        if gap == "," and office.first not in text.places:
            return True
        if gap == BLANK and text.word(before) in text.vocabulary.predicates:
            return True
        if text.vocabulary.direct and gap == BLANK and text.kind(before) & NOUN:
            return True
        return text.possessive(office.last) and text.capital(following) and bool(text.kind(following) & NOUN)

    # ------------------------------------------------------------------ keeping it
    def _add(self, office: Office | None, name: Name | None) -> None:
        text = self.text
        told = office is not None and office.last >= office.first
        firsts = [part.first for part in (office, name) if part is not None and part.last >= part.first]
        lasts = [part.last for part in (office, name) if part is not None]
        first, last = min(firsts), max(lasts)
        name_span = _name_span(text, name) if name else None
        mention = PersonMention(
            span=Span(text.source.starts[first], text.source.end(last)),
            form="name" if name and len(name.words) > 1 else "surname" if name else "office",
            rule=self._rule(office if told else None, name),
            name=_written(name) if name else "",
            office=self._wording(office) if told and office else "",
            country=office.country if office else "",
            modifier=office.modifier if office else "",
            name_span=name_span,
            gender=self._gender(office, name),
        )
        self.mentions.append(mention)
        if name:
            self.names.append((name, mention))
            if len(name.words) > 1:
                self._surnames.add(name.words[-1])
        self.used.update(range(first, last + 1))
        self._floor = last + 1

    def _wording(self, office: Office) -> str:
        source = self.text.source
        return " ".join(source.text[source.starts[office.first] : source.end(office.last)].split())

    def _gender(self, office: Office | None, name: Name | None) -> Gender:
        if name and name.gender:
            return name.gender
        head = office.head if office else ""
        vocabulary = self.text.vocabulary
        return "f" if head in vocabulary.female else "m" if head in vocabulary.male else ""

    def _rule(self, office: Office | None, name: Name | None) -> str:
        if office and name:
            return "people.office-name" if office.first < name.first else "people.name-office"
        if name:
            return "people.honorific" if name.honoured else "people.name"
        return "people.offices" if office and office.plural else "people.office"


def _phrase_here(text: Text, index: int) -> bool:
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
        if (kind & HEAD and not leads_on) or (kind & PHRASE and _phrase_here(text, ahead)):
            return ahead
        if not (kind & MODIFIER or ahead in text.places or (kind & NOUN and text.capital(ahead))):
            return None
        if text.gap(ahead) not in {BLANK, "-", "."} and not text.possessive(ahead):
            return None
    return None


def _written(name: Name) -> str:
    """Return the name as written, initials with their stops, words in capitals with small letters."""
    return " ".join(written_word(word) for word in name.words)


def written_word(word: str) -> str:
    """Return one word of a name in the usual letters: "PUTIN" as "Putin", an initial with its stop."""
    if len(word) == 1 and word.isupper():
        return word + "."
    return word.title() if word.isupper() and len(word) > SHORT_CAPITALS else word


def _name_span(text: Text, name: Name) -> Span:
    """Return the span of the name without honorifics and suffixes."""
    first = next(i for i in range(name.first, name.last + 1) if text.words[i] == name.words[0])
    last = first + len(name.words) - 1
    return Span(text.source.starts[first], text.source.end(last))
