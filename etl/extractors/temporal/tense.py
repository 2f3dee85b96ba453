"""Tells the tense of the clause around a phrase: it decides between last Monday and next Monday.

No parser: the nearest verb mark to the left in the clause decides, else the nearest one to the right.  Where
the clause opens before the phrase and no verb of its own stands between ("said that in June the Council
will"), the right comes first, so that the verb which governs the clause does not give it its tense.  Marks are
word lists of the language file; English regular past forms are known by their ending.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from etl.extractors.temporal.tokens import Tokens

Tense = Literal["past", "present", "future", ""]
_SURE = 2  # the firmness of "will", and of a verb beside the phrase
_BESIDE = 2  # a verb that many tokens before the phrase belongs to it
_NEAR = 4  # so many, where words may stand between: "takes effect in", "opens in Rome on"
_LEFT, _RIGHT = 16, 12  # tokens looked at on either side
_OPENING = 8  # tokens before a phrase in which its clause may have opened
_YEAR = 4  # digits of a year
_NAMES: dict[str, Tense] = {"f": "future", "p": "past", "r": "present", "e": "past", "m": "", "d": "present"}
_CLOSING = frozenset((*_NAMES, "b", "t"))  # no clause opens between these and the phrase
_NOT_FINITE = ("s", "t")  # after "be" or "to" a past form is no past tense
_LISTS = (
    *(("past", "p"), ("present", "r"), ("future", "f"), ("skip_after", "s")),
    *(("infinitive", "t"), ("purpose", "o"), ("boundary", "b"), ("clause", "c"), ("modal", "m")),
    ("timetable", "d"),
)


class Marks(dict[str, str]):
    """Maps a token to its mark, "" for none.

    f future, p past, r present, e a past ending, m a verb that tells none ("could"), d the present of a
    timetable ("opens on 5 May"), s an auxiliary to look behind, t "to", i an infinitive, o "for", c a word that
    opens a clause, b a boundary.
    """

    def __init__(self, topic: dict[str, list[str]]) -> None:
        """Take the word lists of the language's ``tense`` table."""
        super().__init__()
        self._endings = tuple(topic.get("past_endings", ()))
        self._future_endings = tuple(topic.get("future_endings", ()))
        self._infinitive_endings = tuple(topic.get("infinitive_endings", ()))
        self._firm = frozenset(topic.get("firm", ()))
        self.before_to = frozenset(topic.get("before_to", ()))
        self.before_bare = frozenset(topic.get("before_bare", ()))
        self.reporting = frozenset(topic.get("reporting", ()))
        self.pluperfect = frozenset(topic.get("pluperfect", ()))
        self.nominal = frozenset(topic.get("nominal", ()))
        self.saying_when = frozenset(topic.get("saying_when", ()))
        self.directing = frozenset(topic.get("directing", ()))
        self.articles = frozenset(topic.get("articles", ()))
        self.owning = frozenset(topic.get("owning", ()))
        self.contracted = frozenset(topic.get("contracted", ()))
        self.prepositions = frozenset(topic.get("prepositions", ()))
        self.limits = frozenset(topic.get("limits", ()))
        self.before_for = frozenset(topic.get("before_for", ()))
        self.governing = frozenset(topic.get("governing", ()))
        self.awaiting = frozenset(topic.get("awaiting", ()))
        self.saying = frozenset(topic.get("saying", ()))
        self.subjects = frozenset(topic.get("subjects", ()))
        self.joining = frozenset(topic.get("joining", ()))
        self.fronting = frozenset(topic.get("fronting", ()))
        self.before_participle = frozenset(topic.get("before_participle", ()))
        self.particles = frozenset(topic.get("particles", ()))
        self.courtesy = frozenset(topic.get("courtesy", ()))
        self.happening = dict(words.split() for words in topic.get("happening", ()))
        self.letting = frozenset(topic.get("letting", ()))
        self._known = {word: mark for name, mark in _LISTS for word in topic.get(name, ())}

    def firmness(self, token: str, distance: int) -> int:
        """Return how firmly the verb so many tokens before a phrase tells its tense (2, 1 or 0)."""
        if self[token] == "e":
            return 0
        return 2 if distance <= _BESIDE or token.strip().lower().replace("’", "'") in self._firm else 1

    def __missing__(self, token: str) -> str:
        if len(self) > 200_000:
            self.clear()
        bare = token.strip().lower().replace("’", "'")
        mark = self._known.get(bare, "") if bare else "b"  # a blank line ends what a title says
        if not mark and len(bare) > 4 and token[0].islower():
            mark = self._by_ending(bare)
        self[token] = mark
        return mark

    def _by_ending(self, bare: str) -> str:
        if bare.endswith(self._endings):
            return "e"
        if bare.endswith(self._infinitive_endings):
            return "i"
        return "f" if bare.endswith(self._future_endings) else ""


@lru_cache(maxsize=65_536)
def _word(piece: str) -> str:
    return piece.strip().lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Tenses:
    """Reads the tense around stretches of one text."""

    marks: Marks
    tokens: Tokens

    def around(self, first: int, last: int) -> tuple[Tense, int]:
        """Return the tense around tokens[first:last], and how firmly it is told (2: by a verb beside them, 1, 0)."""
        told = self._own(first, last) or self._left(first)
        if told is None or told[0] != "future":
            return told or self._right(last)
        if self._was_to_be(first) or (self._limited(first) and self._right(last)[0] == "past"):
            return "past", told[1]
        if self._names_a_thing(first, last):
            return "", 0
        owning = last < len(self.tokens.pieces) and _word(self.tokens.pieces[last]) in self.marks.owning
        return ("", 0) if owning and told[1] < _SURE else told

    def _names_a_thing(self, first: int, last: int) -> bool:
        """Tell whether tokens[first:last] end in a year and only describe a noun: "under the May 2020 accord"."""
        pieces = self.tokens.pieces
        if not first or last >= len(pieces) or _word(pieces[first - 1]) not in self.marks.articles:
            return False
        year, noun = _word(pieces[last - 1]), pieces[last]
        return len(year) == _YEAR and year.isdigit() and noun.strip().isalpha() and not self.marks[noun]

    def _own(self, first: int, last: int) -> tuple[Tense, int] | None:
        """Return what the verb after tokens[first:last] tells, where their clause opens before them."""
        opening = self._opening(first)
        if opening < 0 and not self._fronts(first, last):
            return None
        pieces, marks = self.tokens.pieces, self.marks
        for index in range(last, min(last + _RIGHT, len(pieces))):
            mark, word = marks[pieces[index]], _word(pieces[index])
            if mark in ("b", "c") or (word == "," and index > last):
                break
            verb = mark in _NAMES and not self._is_none(index, mark)
            if verb and not (mark in "pe" and self._not_finite(index)):
                return _NAMES[mark], marks.firmness(pieces[index], index - last + _BESIDE + 1)
        governed = opening > 0 and _word(pieces[opening - 1]) in marks.governing
        return ("", 0) if governed else None  # "noted that trade in June": the verb of speech tells nothing of it

    def _opening(self, first: int) -> int:
        """Return where a clause opens before tokens[first] and no verb of its own stands between, else -1."""
        pieces, marks = self.tokens.pieces, self.marks
        for index in range(first - 1, max(-1, first - _OPENING), -1):
            mark = marks[pieces[index]]
            if mark == "c":
                return index
            if mark in _CLOSING:
                saying = _word(pieces[index]) in marks.saying and first - index > _BESIDE
                return index if saying and _word(pieces[index + 1]) in marks.subjects else -1
        return -1

    def _fronts(self, first: int, last: int) -> bool:
        """Tell whether tokens[first:last] stand before their subject: "and on Thursday the parties"."""
        pieces, marks = self.tokens.pieces, self.marks
        if first < _BESIDE or last >= len(pieces) or _word(pieces[first - 1]) not in marks.fronting:
            return False
        return _word(pieces[first - 2]) in marks.joining and _word(pieces[last]) in marks.subjects

    def _is_courtesy(self, index: int) -> bool:
        """Tell whether a verb at an index is only polite: "would like to thank"."""
        pieces, marks = self.tokens.pieces, self.marks
        for piece in pieces[index + 1 : index + 3]:
            if marks[piece] or _word(piece) in marks.courtesy:
                return not marks[piece]
        return False

    def _limited(self, first: int) -> bool:
        """Tell whether a sentence begins with "until" before tokens[first]: "Until Thursday, they had not"."""
        pieces, marks = self.tokens.pieces, self.marks
        opened = first == 1 or (first > 1 and (marks[pieces[first - 2]] == "b" or pieces[first - 2].isspace()))
        return opened and _word(pieces[first - 1]) in marks.limits

    def _was_to_be(self, first: int) -> bool:
        """Tell whether a future before tokens[first] is one of the past: "had been due on", "pledged Friday"."""
        pieces, marks = self.tokens.pieces, self.marks
        beside = [_word(piece) for piece in pieces[max(0, first - 2) : first]]
        if beside and (
            beside[-1] in marks.reporting or (beside[-1] in marks.saying_when and beside[0] in marks.reporting)
        ):
            return True
        for piece in reversed(pieces[max(0, first - _LEFT) : first]):
            if marks[piece] == "b":
                return False
            if _word(piece) in marks.pluperfect:
                return True
        return False

    def _left(self, first: int) -> tuple[Tense, int] | None:
        pieces, marks = self.tokens.pieces, self.marks
        aimed = False  # "to" stands between: "invited him to come in June"
        for index in range(first - 1, max(-1, first - _LEFT), -1):
            mark = marks[pieces[index]]
            if not mark or self._is_none(index, mark):
                continue
            if mark == "b":
                return None
            aimed = aimed or (mark == "t" and _word(pieces[index + 1]) not in marks.nominal)
            if index == first - 1 and _word(pieces[index]) in marks.prepositions:
                continue
            if self._plans(index, mark, beside=first - index <= _BESIDE):
                return "future", 2 if first - index <= _BESIDE else 1
            if marks[pieces[index + 1]] == "t" and _word(pieces[index]) in marks.before_to:
                continue  # "due to": what follows decides
            if mark in _NAMES and not (mark in "pe" and self._not_finite(index)):
                return self._told(index, first, aimed=aimed)
        return None

    def _told(self, index: int, first: int, *, aimed: bool) -> tuple[Tense, int]:
        """Return what the verb at an index tells of tokens[first]; future where it invites or lets somebody."""
        pieces, marks = self.tokens.pieces, self.marks
        mark = marks[pieces[index]]
        if mark == "d" and first - index <= _NEAR:
            return "future", 1
        if mark == "r" and index and _word(pieces[index - 1]) in marks.letting:
            return "future", 2
        if aimed and _word(pieces[index]) in marks.directing and marks[pieces[index - 1]] != "p":
            return "future", 1
        return _NAMES[mark], marks.firmness(pieces[index], first - index)

    def _plans(self, index: int, mark: str, *, beside: bool) -> bool:
        """Tell whether "to" or "for" at an index leads to what is to come: "plans to go", "set for"."""
        if mark == "o":
            return beside and index > 0 and _word(self.tokens.pieces[index - 1]) in self.marks.before_for
        if mark == "i":
            return any(_word(piece) in self.marks.before_to for piece in self.tokens.pieces[max(0, index - 2) : index])
        return mark == "t" and self._leads_to_verb(index)

    def _leads_to_verb(self, index: int) -> bool:
        """Tell whether "to" stands at an index, and what is to happen follows it: "plans to go", "to be held"."""
        pieces, marks = self.tokens.pieces, self.marks
        if marks[pieces[index]] != "t" or index + 1 >= len(pieces):
            return False
        led = index and _word(pieces[index - 1]) in marks.before_to
        if index and _word(pieces[index - 1]) in marks.awaiting:
            return True
        if (second := marks.happening.get(_word(pieces[index + 1]))) and second == _word(
            "".join(pieces[index + 2 : index + 3])
        ):
            return True
        return marks[pieces[index + 1]] == "s" or bool(led and _word(pieces[index + 1]) not in marks.nominal)

    def _is_none(self, index: int, mark: str) -> bool:
        """Tell whether a mark at an index is no verb that tells a tense: a possessive, a polite "would"."""
        if mark == "m":  # "plans to" is a verb, and what follows decides
            return self.marks[self.tokens.pieces[min(index + 1, len(self.tokens.pieces) - 1)]] == "t"
        return (mark == "r" and self._is_owning(index)) or (mark == "f" and self._is_courtesy(index))

    def _is_owning(self, index: int) -> bool:
        """Tell whether an 's stands at an index that is no verb ("the minister's visit")."""
        pieces, marks = self.tokens.pieces, self.marks
        contracted = index > 0 and _word(pieces[index - 1]) in marks.contracted
        return _word(pieces[index]) in marks.owning and not contracted

    def _not_finite(self, index: int) -> bool:
        """Tell whether a past form is none: "to set", "be held", "will have", "the proposed"."""
        pieces, marks = self.tokens.pieces, self.marks
        before = _word(pieces[index - 1]) if index else ""
        adjective = marks[pieces[index]] == "e" and before in marks.articles
        if before in marks.before_participle and _word(pieces[index]) not in marks.particles:
            return True
        return adjective or (bool(index) and (marks[pieces[index - 1]] in _NOT_FINITE or before in marks.before_bare))

    def _right(self, last: int) -> tuple[Tense, int]:
        for index, piece in enumerate(self.tokens.pieces[last : last + _RIGHT], last):
            mark = self.marks[piece]
            if not mark or self._is_none(index, mark):
                continue
            if mark == "b":
                break
            if mark == "t" and self._leads_to_verb(index):
                return "future", 0
            if mark in _NAMES:
                return _NAMES[mark], 0
        return "", 0
