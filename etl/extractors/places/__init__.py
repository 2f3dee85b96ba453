"""Find places in one document: countries, nationalities, cities, residences, regions.

One walk over the capitalised words of the text; each is looked up by its first word in the gazetteer.  A word that
is also a given name ("Jordan", "Florence") before another unknown capitalised word is left to the people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.extractors.places.gazetteer import Gazetteer, Name, Place, english, russian
from etl.lexicon import Lexicon
from etl.model import Analysis, PlaceMention, Span
from etl.names import Cases, Words, case_endings, nominatives, words_of
from etl.offices import OfficeBook, office_book

__all__ = ["find"]

ADJECTIVE_MARK = "ск"  # Russian adjectives of countries are written small; nearly all have this suffix
ADJECTIVE_MARK_SOFT = "цк"


def find(analysis: Analysis, lexicon: Lexicon) -> list[PlaceMention]:
    """Return the places named in the text, in order, without overlaps."""
    russian_text = analysis.document.lang == "ru"
    gazetteer = lexicon.once(russian if russian_text else english)
    cases = lexicon.once(_cases) if russian_text else ()
    return list(_Walk(words_of(analysis.text), gazetteer, lexicon.once(office_book), cases).mentions())


def _cases(lexicon: Lexicon) -> Cases:
    return case_endings(lexicon.topic("ru", "people"))


class _Walk:
    def __init__(self, words: Words, gazetteer: Gazetteer, book: OfficeBook, cases: Cases = ()) -> None:
        self.words, self.gazetteer, self.book, self.cases = words, gazetteer, book, cases

    def mentions(self) -> Iterator[PlaceMention]:
        words = self.words.words
        following = 0
        for index in self._telling():
            if index < following:
                continue
            word = words[index]
            if word[:1].isupper():
                name = self._longest(index)
                if name:
                    yield self._mention(index, name)
                    following = index + len(name.words)
                elif self.gazetteer.adjectives:
                    yield from self._adjective(index)
                elif "-" in word:
                    yield from self._parts(index)
            elif self.gazetteer.adjectives and (ADJECTIVE_MARK in word or ADJECTIVE_MARK_SOFT in word):
                yield from self._adjective(index)

    def _telling(self) -> Iterable[int]:
        """Return the words that may begin a place; in a language with small adjectives that is any word."""
        words, index = self.words.words, self.gazetteer.index
        if self.gazetteer.adjectives:
            return range(len(words))
        return [i for i in self.words.loud if words[i] in index or "-" in words[i]]

    def _longest(self, index: int) -> Name | None:
        words, inflected = self.words.words, bool(self.gazetteer.endings)
        following = words[index + 1] if index + 1 < len(words) else ""
        for name in self.gazetteer.starting(words[index]):
            if len(name.words) > 1 and name.words[1] != following and not inflected:
                continue  # told without a call: most names of several words fail here
            if self._matches(index, name) and not self._misleading(index, name):
                return name
        return None

    def _matches(self, index: int, name: Name) -> bool:
        words = self.words.words
        if index + len(name.words) > len(words):
            return False
        for offset in range(1, len(name.words)):
            told, word = words[index + offset], name.words[offset]
            if told != word and word not in self.gazetteer.stems(told):
                return False
            if self.words.gap(index + offset - 1) != name.gaps[offset - 1]:
                return False
        return True

    def _misleading(self, index: int, name: Name) -> bool:
        """Tell whether the words beside it make the place a treaty, a newspaper or a person."""
        last = index + len(name.words) - 1
        if self.cases and last == index and name.place.kind in {"city", "region"} and self._is_surname(index):
            return True
        if name.place.kind == "demonym" or last + 1 >= len(self.words.words) or self.words.gap(last) != " ":
            return False
        following = self.words.words[last + 1]
        if following in self.gazetteer.not_before:
            return True
        if len(name.words) > 1 or not following[:1].isupper():
            return False
        if not self.book.is_given(name.words[0]) or not self.book.people_named(following):
            return False
        behind = self.words.words[last + 2 : last + 3]
        return not (self.book.is_given(following) and behind and behind[0][:1].isupper())  # "of France Jean Roe"

    def _is_surname(self, index: int) -> bool:
        """Tell whether a given name stands before a word that is also a town in some case: «Анна Иванова»."""
        before = self.words.words[index - 1] if index and self.words.gap(index - 1) == " " else ""
        return before[:1].isupper() and any(map(self.book.is_given, nominatives(before, self.cases)))

    def _mention(self, index: int, name: Name) -> PlaceMention:
        last = index + len(name.words) - 1
        end = self.words.end(last)
        if name.stop and self.words.text[end : end + 1] == ".":
            end += 1
        return _as_mention(Span(self.words.starts[index], end), name.place)

    def _parts(self, index: int) -> Iterator[PlaceMention]:
        """Yield the nationalities in a compound such as "Russian-Belarusian"."""
        start = self.words.starts[index]
        for part in self.words.words[index].split("-"):
            name = next((n for n in self.gazetteer.starting(part) if len(n.words) == 1), None)
            if name and name.place.kind in {"demonym", "country"}:
                yield _as_mention(Span(start, start + len(part)), name.place)
            start += len(part) + 1

    def _adjective(self, index: int) -> Iterator[PlaceMention]:
        start = self.words.starts[index]
        for part in self.words.words[index].split("-"):
            place = next(filter(None, map(self.gazetteer.adjectives.get, self.gazetteer.stems(part.lower()))), None)
            if place:
                yield _as_mention(Span(start, start + len(part)), place)
            start += len(part) + 1


def _as_mention(span: Span, place: Place) -> PlaceMention:
    rule = f"places.{place.kind}"
    return PlaceMention(
        span, place.name, place.place_id, place.country, place.kind, rule, place.latitude, place.longitude
    )
