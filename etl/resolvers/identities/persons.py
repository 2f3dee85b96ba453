"""Resolve the mentions of one document in reading order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from etl.model import Analysis, Evidence, PersonMention
from etl.names import fold
from etl.offices import Tenure
from etl.resolvers.identities.registry import Person, Registry, protagonist

BACK = 2  # sentences before a pronoun in which the person must have been told
PAIR = 2
OFTEN = 3  # times that the protagonist of a text is named
SOON = 400  # characters: a headline and the first sentence
ADDRESS = 12  # characters before an office in which "Mr" stands


class Resolver:
    """Keeps what has been told so far while it walks over the mentions."""

    def __init__(self, analysis: Analysis, registry: Registry) -> None:
        """Prepare to resolve the mentions of one analysis."""
        self.analysis, self.registry = analysis, registry
        self._starts = [sentence.start for sentence in analysis.sentences]
        start = len(analysis.text) - len(analysis.text.lstrip())
        self._heading = max(0, analysis.text.find("\n", start))
        self._speaker = "", 0  # whose turn it is in a transcript, and where it began
        self._alone: dict[str, int] = {}  # office without a country -> where it is first used alone
        self._told: list[PersonMention] = []  # resolved single persons, in reading order

    def resolved(self, mentions: list[PersonMention]) -> Iterator[PersonMention]:
        """Yield every mention, resolved where possible; a plural becomes one mention for each person."""
        full = {
            index: self._named(mention)
            for index, mention in enumerate(mentions)
            if mention.form == "name" and (mention.office or not self.registry.is_address(mention.name))
        }
        titled = [pair for pair in enumerate(mentions) if pair[1].form == "surname" and pair[1].office]
        # "President Roe" introduces somebody as a full name does, and best where his country is told
        full |= {index: self._surname(mention) for index, mention in sorted(titled, key=_without_country)}
        for index, mention in enumerate(mentions):
            if index in full:
                done = [full[index]]
            elif mention.form == "name":
                done = [self._addressed(mention)]
            elif mention.form == "surname":
                done = [self._surname(mention)]
            elif mention.form == "pronoun":
                done = [self._pronoun(mention)]
            elif mention.rule == "people.offices":
                done = self._plural(mention)
            else:
                done = [self._office(mention)]
            if len(done) == 1 and done[0].person_id:
                self._told.append(done[0])
            if self.analysis.text[mention.span.end : mention.span.end + 1] == ":":
                self._speaker = done[0].person_id, mention.span.end
            yield from done

    # ------------------------------------------------------------------ names
    def _named(self, mention: PersonMention) -> PersonMention:
        return self._as(mention, self.registry.enter(mention, mention.name))

    def _addressed(self, mention: PersonMention) -> PersonMention:
        """Return somebody addressed by given name and patronymic; a stranger to the text stays without a name."""
        person = self.registry.addressed(mention.name)
        return self._as(mention, person, self._because(person)) if person else replace(mention, name="")

    def _surname(self, mention: PersonMention) -> PersonMention:
        registry = self.registry
        person = registry.by_surname(mention, mention.name)
        doubtful = person and mention.office and not registry.holds(person, mention.office, mention.country)
        person_id = registry.famous(mention, mention.name) if person is None or doubtful else None
        if person and person_id is None:
            return self._as(mention, person, self._because(person))
        if person_id is None:
            known = registry.tells(mention.name) or mention.rule == "people.surname"
            return mention if known else self._as(mention, registry.enter(mention, mention.name))
        book = self.registry.book
        note = f"{mention.name} is taken for {book.name(person_id)}, the only one in the office book who fits."
        evidence = Evidence("knowledge", "identities.well-known", note, mention.span, "people.csv, offices.csv")
        return self._as(mention, self.registry.enter(mention, book.name(person_id)), evidence)

    # ------------------------------------------------------------------ offices
    def _office(self, mention: PersonMention) -> PersonMention:
        office = mention.office
        if self._is_relative(office):
            return self._counterpart(mention)
        return self._holder(mention, office)

    def _counterpart(self, mention: PersonMention) -> PersonMention:
        """Return the mention with whoever has the office of the person told before, elsewhere."""
        other, office = self._relative_office(mention)
        if not office or self._word_before(mention) in self.registry.speakers_own:
            return mention
        if mention.country:
            found = self._holder(mention, office)
            told = [one for one in self.registry.told_of(mention.country) if one.person_id != other]
            named = found.person_id in self.registry.persons or len(told) != 1
            return found if named else self._as(mention, told[0], self._because(told[0]))
        told = [one for one in self.registry.told_holders(office, "") if one.person_id != other]
        return self._as(mention, told[0], self._because(told[0])) if len(told) == 1 else mention

    def _holder(self, mention: PersonMention, office: str) -> PersonMention:
        """Return the mention with the person who has the office in this text or, failing that, in the book."""
        first = self._first_alone(mention)
        told = self.registry.told_holders(office, mention.country)
        speaker = self._speaking_to(mention)
        told = [person for person in told if person.person_id != speaker] if speaker else told
        told, late = [person for person in told if not self._comes_late(person, first)], told
        if late and not told:
            return mention
        if len(told) > 1:
            told = [person for person in told if self.registry.is_called(person, office)] or told
            told = [person for person in told if self.registry.in_the_book(person, office)] or told
            # "the leader" is whom the text has named already, not a premier who comes later
            told = [person for person in told if person.first and person.first.start < mention.span.start] or told
        chosen = protagonist(told, self._heading) if told and not mention.country else None
        person = told[0] if len(told) == 1 else chosen
        if person:
            return self._as(mention, person, self._because(person))
        if told or mention.modifier or self._is_address(mention):
            return mention
        tenure = self._in_the_book(office, mention.country or self.registry.home())
        if tenure is None:
            return mention
        note = f"In the possible days of this document only {tenure.person} was {tenure.office} ({tenure.country})."
        source = f"{tenure.file}, line {tenure.line}: {tenure.source}"
        evidence = Evidence("knowledge", "identities.office-book", note, mention.span, source, tenure.verified)
        found = Person(tenure.person_id, tenure.person, self.registry.book.gender(tenure.person_id))
        return self._as(mention, found, evidence)

    def _comes_late(self, person: Person, first: int) -> bool:
        """Tell whether somebody is named so long after the office is first used alone that another is meant.

        Not so for the speaker of a transcript: his label stands below what the report tells of him.
        """
        if person.first is None or person.named >= OFTEN or self.analysis.text.startswith(":", person.first.end):
            return False
        return person.first.start > first + SOON

    def _first_alone(self, mention: PersonMention) -> int:
        """Return where the office is first used alone, without a country ("the President").

        Who is called so from the beginning, while a holder of that office is named much later, is somebody else.
        """
        if mention.country:
            return len(self.analysis.text)
        key = str(self.registry.book.words.key(mention.office))
        return self._alone.setdefault(key, mention.span.start)

    def _is_address(self, mention: PersonMention) -> bool:
        """Tell whether somebody is addressed ("Mr President"): the audience may be of any country."""
        return self._word_before(mention) in self.registry.honorifics

    def _word_before(self, mention: PersonMention) -> str:
        before = self.analysis.text[max(0, mention.span.start - ADDRESS) : mention.span.start].split()
        return fold(before[-1]) if before else ""

    def _speaking_to(self, mention: PersonMention) -> str:
        """Return the speaker of a transcript's turn who addresses somebody: it is somebody else ("Mr President")."""
        speaker, since = self._speaker
        same_turn = "\n" not in self.analysis.text[since : mention.span.start]
        return speaker if same_turn and self._is_address(mention) else ""

    def _is_relative(self, office: str) -> bool:
        return fold(office.rsplit(maxsplit=1)[-1]) in self.registry.relative

    def _in_the_book(self, office: str, country: str) -> Tenure | None:
        """Return the only tenure that fits the days of the document; None without a date or with several."""
        days = self.registry.days
        if not days or not country:
            return None
        holders = self.registry.book.holders(office, country, days)
        if len({tenure.person_id for tenure in holders}) != 1 or not holders[-1].end_known:
            return None
        return holders[-1]

    def _relative_office(self, mention: PersonMention) -> tuple[str, str]:
        """Return the person to whom "his counterpart" refers, the last one told before, and that person's office."""
        for earlier in reversed(self._told[-PAIR:]):
            person = self.registry.persons.get(earlier.person_id)
            if earlier.country and earlier.country == mention.country:
                continue
            if earlier.office and not self._is_relative(earlier.office):
                return earlier.person_id, earlier.office
            if person and person.offices:
                return person.person_id, str(person.offices[0][0])
        return "", ""

    def _plural(self, mention: PersonMention) -> list[PersonMention]:
        """Return one mention for each of the persons meant by "the two presidents", or the mention as it is."""
        singular = mention.office
        countries = [
            place.country
            for place in self.analysis.places
            if mention.span.contains(place.span) and place.kind in {"country", "demonym"}
        ]
        if len(countries) >= PAIR:
            single = [self._holder(replace(mention, country=country), singular) for country in countries]
            found = [replace(one, country=mention.country) for one in single if one.person_id]
            found = found if len(found) == len(countries) else []
        else:
            told = self.registry.told_holders(singular, mention.country)
            found = [self._as(mention, person, self._because(person)) for person in told] if len(told) == PAIR else []
        if not found:
            return [mention]
        return [replace(one, rule=one.rule + "+" * (position > 0)) for position, one in enumerate(found)]

    # ------------------------------------------------------------------ pronouns
    def _pronoun(self, mention: PersonMention) -> PersonMention:
        """Return the pronoun with its person when only one can be meant, or the subject of the sentence before."""
        here = bisect_right(self._starts, mention.span.start) - 1
        subjects: set[str] = set()
        first = here
        if mention.span.of(self.analysis.text).lower() in self.registry.objects:
            # "President Roe met him" after a sentence on somebody else: whoever acts here is not "him"
            subjects = {one.person_id for one in self._in_sentence(here, mention.span.start)}
            first = here - 1
            if len(subjects) > 1:
                return mention
        for sentence in range(first, max(-1, here - 1 - BACK), -1):
            told = [one for one in self._in_sentence(sentence, mention.span.start) if self._fits(one, mention)]
            told = [one for one in told if one.person_id not in subjects]
            if mention.gender == "f":  # of whom nothing is known, most are men
                told = [one for one in told if self._gender(one)] or told
            persons = {one.person_id for one in told}
            if len(persons) == 1:
                return self._as(mention, self._person(told[0]), self._because_of(told[0]))
            if persons:
                if not self._opens(told[0], max(sentence, 0)) or sentence == here:
                    return mention
                return self._as(mention, self._person(told[0]), self._because_of(told[0]))
        return mention

    def _opens(self, told: PersonMention, sentence: int) -> bool:
        """Tell whether somebody is the subject of a sentence: told first in it, or first behind a fronted phrase."""
        start = self._starts[sentence]
        before = self.analysis.text[start : told.span.start]
        others = self._in_sentence(sentence, told.span.start)
        return len(before) <= len("The ") or (before.endswith(", ") and not others)

    def _in_sentence(self, sentence: int, before: int) -> list[PersonMention]:
        start = self._starts[sentence] if sentence >= 0 else 0
        end = self._starts[sentence + 1] if sentence + 1 < len(self._starts) else len(self.analysis.text)
        return [one for one in self._told if start <= one.span.start < min(end, before)]

    def _fits(self, told: PersonMention, pronoun: PersonMention) -> bool:
        if self.analysis.text[told.span.end : told.span.end + 1] == ":":
            return False  # the speaker's label of a transcript: speakers do not call themselves "he"
        return self._gender(told) in {"", pronoun.gender}

    def _gender(self, told: PersonMention) -> str:
        person = self.registry.persons.get(told.person_id)
        return person.gender if person else told.gender

    def _person(self, told: PersonMention) -> Person:
        return self.registry.persons.get(told.person_id) or Person(told.person_id, told.name, told.gender)

    # ------------------------------------------------------------------ writing it down
    def _as(self, mention: PersonMention, person: Person, *evidence: Evidence) -> PersonMention:
        qid = person.person_id if person.person_id.startswith("Q") else ""
        return replace(mention, name=person.name, person_id=person.person_id, qid=qid, evidence=evidence)

    def _because(self, person: Person) -> Evidence:
        return Evidence(
            "text", "identities.told-in-full", f"{person.name} is named in full in this text.", person.first
        )

    def _because_of(self, told: PersonMention) -> Evidence:
        return Evidence("text", "identities.last-told", f"{told.name} is the person told just before.", told.span)


def _without_country(numbered: tuple[int, PersonMention]) -> bool:
    return not numbered[1].country
