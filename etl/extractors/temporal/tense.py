"""Tells the tense of the clause around a phrase: it decides between last Monday and next Monday.

No parser: the nearest verb mark to the left in the clause decides, else the nearest one to the right.  Where
the clause opens before the phrase and no verb of its own stands between ("said that in June the Council
will"), the right comes first, so that the verb which governs the clause does not give it its tense.  Marks are
word lists of the language file; English regular past forms are known by their ending.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from etl.extractors.temporal.marks import BESIDE, Marks, bare
from etl.extractors.temporal.tokens import Tokens

Tense = Literal["past", "present", "future", ""]
_SURE = 2  # the firmness of "will", and of a verb beside the phrase
_NEAR = 4  # so many, where words may stand between: "takes effect in", "opens in Rome on"
_LEFT, _RIGHT = 16, 12  # tokens looked at on either side
_OPENING = 8  # tokens before a phrase in which its clause may have opened
_YEAR = 4  # digits of a year
_NAMES: dict[str, Tense] = {"f": "future", "p": "past", "r": "present", "e": "past", "m": "", "d": "present"}
_CLOSING = frozenset((*_NAMES, "b", "t"))  # no clause opens between these and the phrase
_HYPHENS = frozenset("-‑")  # before a participle: "a state-owned bank"
_STOPS = frozenset(".?!;")
_NOT_FINITE = ("s", "t")  # after "be" or "to" a past form is no past tense


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
        if self._undone(last):
            return "", 0
        if self._was_to_be(first) or (self._limited(first) and self._right(last)[0] == "past"):
            return "past", told[1]
        if self._names_a_thing(first, last):
            return "", 0
        owning = last < len(self.tokens.pieces) and bare(self.tokens.pieces[last]) in self.marks.owning
        return ("", 0) if owning and told[1] < _SURE else told

    def _names_a_thing(self, first: int, last: int) -> bool:
        """Tell whether tokens[first:last] end in a year and only describe a noun: "under the May 2020 accord"."""
        pieces = self.tokens.pieces
        if not first or last >= len(pieces) or bare(pieces[first - 1]) not in self.marks.articles:
            return False
        year, noun = bare(pieces[last - 1]), pieces[last]
        return len(year) == _YEAR and year.isdigit() and noun.strip().isalpha() and not self.marks[noun]

    def _own(self, first: int, last: int) -> tuple[Tense, int] | None:
        """Return what the verb after tokens[first:last] tells, where their clause opens before them."""
        opening = self._opening(first)
        if opening < 0 and not self._fronts(first, last):
            return None
        pieces, marks = self.tokens.pieces, self.marks
        for index in range(last, min(last + _RIGHT, len(pieces))):
            mark, word = marks[pieces[index]], bare(pieces[index])
            if mark in ("b", "c") or (word == "," and index > last):
                break
            verb = mark in _NAMES and not self._is_none(index, mark)
            if verb and not (mark in "pe" and self._not_finite(index)):
                return _NAMES[mark], marks.firmness(pieces[index], index - last + BESIDE + 1)
        governed = opening > 0 and bare(pieces[opening - 1]) in marks.governing
        return ("", 0) if governed else None  # "noted that trade in June": the verb of speech tells nothing of it

    def _opening(self, first: int) -> int:
        """Return where a clause opens before tokens[first] and no verb of its own stands between, else -1."""
        pieces, marks = self.tokens.pieces, self.marks
        for index in range(first - 1, max(-1, first - _OPENING), -1):
            mark = marks[pieces[index]]
            if mark == "c":
                return index
            if mark in _CLOSING:
                saying = bare(pieces[index]) in marks.saying and first - index > BESIDE
                return index if saying and bare(pieces[index + 1]) in marks.subjects else -1
        return -1

    def _fronts(self, first: int, last: int) -> bool:
        """Tell whether tokens[first:last] stand before their subject: "and on Thursday the parties"."""
        pieces, marks = self.tokens.pieces, self.marks
        if first < BESIDE or last >= len(pieces) or bare(pieces[first - 1]) not in marks.fronting:
            return False
        return bare(pieces[first - 2]) in marks.joining and bare(pieces[last]) in marks.subjects

    def _is_courtesy(self, index: int) -> bool:
        """Tell whether a verb at an index is only polite: "would like to thank"."""
        pieces, marks = self.tokens.pieces, self.marks
        for piece in pieces[index + 1 : index + 3]:
            if marks[piece] or bare(piece) in marks.courtesy:
                return not marks[piece]
        return False

    def _limited(self, first: int) -> bool:
        """Tell whether a sentence begins with "until" before tokens[first]: "Until Thursday, they had not"."""
        pieces, marks = self.tokens.pieces, self.marks
        opened = first == 1 or (first > 1 and (marks[pieces[first - 2]] == "b" or pieces[first - 2].isspace()))
        return opened and bare(pieces[first - 1]) in marks.limits

    def _was_to_be(self, first: int) -> bool:
        """Tell whether a future before tokens[first] is one of the past: "had been due on", "pledged Friday"."""
        pieces, marks = self.tokens.pieces, self.marks
        beside = [bare(piece) for piece in pieces[max(0, first - 2) : first]]
        if beside and (
            beside[-1] in marks.reporting or (beside[-1] in marks.saying_when and beside[0] in marks.reporting)
        ):
            return True
        for piece in reversed(pieces[max(0, first - _LEFT) : first]):
            if marks[piece] == "b":
                return False
            if bare(piece) in marks.pluperfect:
                return True
        return False

    def _undone(self, last: int) -> bool:
        """Tell whether the sentence goes on after tokens[:last] that nothing came of it: "but has been put off"."""
        pieces, marks = self.tokens.pieces, self.marks
        before = ""
        for piece in pieces[last : last + _RIGHT]:
            word = bare(piece)
            if word in _STOPS:
                return False
            if word in marks.undone or f"{before} {word}" in marks.undone:
                return True
            before = word
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
            aimed = aimed or (mark == "t" and bare(pieces[index + 1]) not in marks.nominal)
            if index == first - 1 and bare(pieces[index]) in marks.prepositions:
                continue
            if self._plans(index, mark, beside=first - index <= BESIDE):
                return "future", 2 if first - index <= BESIDE else 1
            if marks[pieces[index + 1]] == "t" and bare(pieces[index]) in marks.before_to:
                continue  # "due to": what follows decides
            if mark in _NAMES and not (mark in "ped" and self._not_finite(index)):
                return self._told(index, first, aimed=aimed)
        return None

    def _told(self, index: int, first: int, *, aimed: bool) -> tuple[Tense, int]:
        """Return what the verb at an index tells of tokens[first]; future where it invites or lets somebody."""
        pieces, marks = self.tokens.pieces, self.marks
        mark = marks[pieces[index]]
        if bare(pieces[index]) in marks.prolonging and bare(pieces[first - 1]) in marks.towards:
            return "present", 1  # "was extended to 5 May": the verb is past, the day mostly is not
        if mark == "d" and first - index <= _NEAR:
            return "future", 1
        if mark == "r" and index and bare(pieces[index - 1]) in marks.letting:
            return "future", 2
        if aimed and bare(pieces[index]) in marks.directing and marks[pieces[index - 1]] != "p":
            return "future", 1
        if mark == "e" and index and marks[pieces[index - 1]] == "p":  # "was closed" is told by its auxiliary
            return "past", 2 if first - index <= BESIDE else 1
        return _NAMES[mark], marks.firmness(pieces[index], first - index)

    def _plans(self, index: int, mark: str, *, beside: bool) -> bool:
        """Tell whether "to" or "for" at an index leads to what is to come: "plans to go", "set for"."""
        if mark == "o":
            return beside and index > 0 and bare(self.tokens.pieces[index - 1]) in self.marks.before_for
        if mark == "i":
            return any(bare(piece) in self.marks.before_to for piece in self.tokens.pieces[max(0, index - 2) : index])
        return mark == "t" and self._leads_to_verb(index)

    def _leads_to_verb(self, index: int) -> bool:
        """Tell whether "to" stands at an index, and what is to happen follows it: "plans to go", "to be held"."""
        pieces, marks = self.tokens.pieces, self.marks
        if marks[pieces[index]] != "t" or index + 1 >= len(pieces):
            return False
        led = index and bare(pieces[index - 1]) in marks.before_to
        if index and bare(pieces[index - 1]) in marks.awaiting:
            return True
        if (second := marks.happening.get(bare(pieces[index + 1]))) and second == bare(
            "".join(pieces[index + 2 : index + 3])
        ):
            return True
        return marks[pieces[index + 1]] == "s" or bool(led and bare(pieces[index + 1]) not in marks.nominal)

    def _is_none(self, index: int, mark: str) -> bool:
        """Tell whether a mark at an index is no verb that tells a tense: a possessive, a polite "would"."""
        if mark == "m":  # "plans to" is a verb, and what follows decides
            return self.marks[self.tokens.pieces[min(index + 1, len(self.tokens.pieces) - 1)]] == "t"
        if mark == "f" and bare(self.tokens.pieces[index]) in self.marks.before_as:
            return bare("".join(self.tokens.pieces[index + 1 : index + 2])) != "as"
        return (mark == "r" and self._is_owning(index)) or (mark == "f" and self._is_courtesy(index))

    def _is_owning(self, index: int) -> bool:
        """Tell whether an 's stands at an index that is no verb ("the minister's visit")."""
        pieces, marks = self.tokens.pieces, self.marks
        contracted = index > 0 and bare(pieces[index - 1]) in marks.contracted
        return bare(pieces[index]) in marks.owning and not contracted

    def _not_finite(self, index: int) -> bool:
        """Tell whether a past form is none: "to set", "be held", "will have", "the proposed"."""
        pieces, marks = self.tokens.pieces, self.marks
        before = bare(pieces[index - 1]) if index else ""
        if index > 1 and marks.adverb_endings and before.endswith(marks.adverb_endings):
            before = bare(pieces[index - 2])
        adjective = marks[pieces[index]] == "e" and (before in marks.articles or before in _HYPHENS)
        if marks[pieces[index]] == "d" and (before in marks.denying or marks[pieces[index - 1]] == "r"):
            return True  # "do not meet", "let's meet"
        if before in marks.before_participle and bare(pieces[index]) not in marks.particles:
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
                verb = mark == "p" and bare(piece) not in self.marks.particles  # "In April sales fell"
                return _NAMES[mark], int(verb and index - last < _NEAR)
        return "", 0
