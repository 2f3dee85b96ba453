"""Walk over a text and put offices and names together into mentions of persons."""

from __future__ import annotations

from dataclasses import replace

from etl.extractors.people.joining import (
    chained,
    name_after,
    of_country,
    office_behind,
    parted,
    phrase_here,
    stands_alone,
    wording,
)
from etl.extractors.people.naming import read_name
from etl.extractors.people.offices import read_office
from etl.extractors.people.reading import BLANK, Gender, Name, Office, Text
from etl.extractors.people.vocabulary import HEAD, HONORIFIC, MODIFIER, PARTICLE, PHRASE, PLURAL, PRONOUN
from etl.extractors.people.writing import mention_of
from etl.model import PersonMention, Span

LABEL_WORDS = 4  # of a name in a speaker's label
BULLETS = frozenset({"-", "–", "•", "*", "·"})
BRACKETED = 5  # words in which a country must be told


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
        for index in self.text.telling():
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
        if not text.kind(index) & (HEAD | PLURAL) and not phrase_here(text, index):
            return index + 1
        if text.kind(index) & MODIFIER and text.kind(index + 1) & (HEAD | PHRASE) and text.gap(index) == BLANK:
            return index + 1  # "Deputy" before "Minister": the next word is the head
        if self._is_told_surname(index):
            return self._told_surname(index)
        office = read_office(text, index, self._floor)
        return index + 1 if office is None else self._holder(index, office)

    def _holder(self, index: int, office: Office) -> int:
        """Keep an office with the name beside it, or alone; return where to go on."""
        office = chained(self.text, office)
        name = name_after(self.text, office)
        if name is not None:
            office, name = parted(self.text, office, name)
            self._add(of_country(self.text, office, name), name)
            if office.plural:
                self._more_names(office)
            return self._floor
        if stands_alone(self.text, office):
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
            name = name or self._next_in_list(following)
            if name is None or text.kind(following) & (HEAD | PHRASE):
                return
            self._add(Office(name.first, name.first - 1, office.head, "", office.modifier, False, False, True), name)
            self.mentions[-1] = replace(self.mentions[-1], office=wording(text, office))

    def _next_in_list(self, index: int) -> Name | None:
        """Return an unknown name of several words that a comma or an "and" follows."""
        name = read_name(self.text, index, expected=True)
        if name is None or len(name.words) == 1:
            return None
        goes_on = self.text.word(name.last + 1) in self.text.vocabulary.joining
        return name if self.text.gap(name.last) == "," or goes_on else None

    def _name(self, index: int, *, expected: bool) -> int:
        text = self.text
        name = read_name(text, index, expected=expected)
        office = office_behind(self.text, name) if name else None
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
        if text.gap(name.last).startswith(":") and text.starts_line(index) and not self._is_listed(index):
            return name, None
        office = office_behind(self.text, name)
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
        if after == "," and self._is_listed(name.first):
            return True
        if after == "(" and self._in_brackets(following):
            return True
        listed = (
            self._floor == name.first and before.strip() == "," and bool(self.names) and not self.mentions[-1].office
        )
        return listed and after == "," and read_name(text, following, expected=False) is not None

    def _is_listed(self, index: int) -> bool:
        """Tell whether a list mark opens the line of the word."""
        before = self.text.raw_gap(index - 1)
        mark = before.rpartition("\n")[2].strip()
        return "\n" in before and mark[:1] in BULLETS and not mark.startswith("**")  # two stars: bold

    def _in_brackets(self, first: int) -> bool:
        """Tell whether the brackets that open before the word name a country."""
        for index in range(first, first + BRACKETED):
            if self.text.national(index):
                return True
            if ")" in self.text.gap(index):
                return False
        return False

    def _pronoun(self, index: int) -> None:
        text = self.text
        beside = {text.word(index - 1), text.word(index + 1)}
        if text.word(index) in text.vocabulary.bound_pronouns and beside.isdisjoint(text.vocabulary.pronoun_verbs):
            return
        gender: Gender = "f" if text.vocabulary.pronouns[text.word(index)] == "f" else "m"
        span = Span(text.source.starts[index], text.source.end(index))
        self.mentions.append(PersonMention(span, "pronoun", "people.pronoun", gender=gender))

    # ------------------------------------------------------------------ keeping it
    def _add(self, office: Office | None, name: Name | None) -> None:
        text = self.text
        mention = mention_of(text, office, name)
        self.mentions.append(mention)
        if name:
            self.names.append((name, mention))
            if len(name.words) > 1:
                self._surnames.add(name.words[-1])
        parts = [part for part in (office, name) if part is not None and part.last >= part.first]
        first, last = min(part.first for part in parts), max(part.last for part in parts)
        self.used.update(range(first, last + 1))
        self._floor = last + 1
