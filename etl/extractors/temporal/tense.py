"""Tells the tense of the clause around a phrase: it decides between last Monday and next Monday.

No parser: the nearest verb mark to the left in the clause decides, else the nearest one to the right.
Marks are word lists of the language file; English regular past forms are known by their ending.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from etl.extractors.temporal.tokens import Tokens

Tense = Literal["past", "present", "future", ""]
_SURE = 2  # the firmness of "will", and of a verb beside the phrase
_BESIDE = 2  # a verb that many tokens before the phrase belongs to it
_LEFT, _RIGHT = 16, 12  # tokens looked at on either side
_NAMES: dict[str, Tense] = {"f": "future", "p": "past", "r": "present", "e": "past"}
_NOT_FINITE = ("s", "t")  # after "be" or "to" a past form is no past tense
_LISTS = (
    *(("past", "p"), ("present", "r"), ("future", "f"), ("skip_after", "s")),
    *(("infinitive", "t"), ("purpose", "o"), ("boundary", "b")),
)


class Marks(dict[str, str]):
    """Maps a token to its mark, "" for none.

    f future, p past, r present, e a past ending, s an auxiliary to look behind, t "to", o "for", b a boundary.
    """

    def __init__(self, topic: dict[str, list[str]]) -> None:
        """Take the word lists of the language's ``tense`` table."""
        super().__init__()
        self._endings = tuple(topic.get("past_endings", ()))
        self._future_endings = tuple(topic.get("future_endings", ()))
        self._firm = frozenset(topic.get("firm", ()))
        self.before_to = frozenset(topic.get("before_to", ()))
        self.before_bare = frozenset(topic.get("before_bare", ()))
        self.reporting = frozenset(topic.get("reporting", ()))
        self.pluperfect = frozenset(topic.get("pluperfect", ()))
        self.nominal = frozenset(topic.get("nominal", ()))
        self.articles = frozenset(topic.get("articles", ()))
        self.owning = frozenset(topic.get("owning", ()))
        self.contracted = frozenset(topic.get("contracted", ()))
        self.prepositions = frozenset(topic.get("prepositions", ()))
        self.limits = frozenset(topic.get("limits", ()))
        self.before_for = frozenset(topic.get("before_for", ()))
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
        mark = self._known.get(bare, "")
        if not mark and len(bare) > 4 and token[0].islower():
            mark = "e" if bare.endswith(self._endings) else "f" if bare.endswith(self._future_endings) else ""
        self[token] = mark
        return mark


def _word(piece: str) -> str:
    return piece.strip().lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Tenses:
    """Reads the tense around stretches of one text."""

    marks: Marks
    tokens: Tokens

    def around(self, first: int, last: int) -> tuple[Tense, int]:
        """Return the tense around tokens[first:last], and how firmly it is told (2: by a verb beside them, 1, 0)."""
        told = self._left(first)
        if told is None or told[0] != "future":
            return told or self._right(last)
        limited = first and _word(self.tokens.pieces[first - 1]) in self.marks.limits
        if self._was_to_be(first) or (limited and self._right(last)[0] == "past"):
            return "past", told[1]
        owning = last < len(self.tokens.pieces) and _word(self.tokens.pieces[last]) in self.marks.owning
        return ("", 0) if owning and told[1] < _SURE else told

    def _was_to_be(self, first: int) -> bool:
        """Tell whether a future before tokens[first] is one of the past: "had been due on", "pledged Friday"."""
        pieces, marks = self.tokens.pieces, self.marks
        if first and _word(pieces[first - 1]) in marks.reporting:
            return True
        for piece in reversed(pieces[max(0, first - _LEFT) : first]):
            if marks[piece] == "b":
                return False
            if _word(piece) in marks.pluperfect:
                return True
        return False

    def _left(self, first: int) -> tuple[Tense, int] | None:
        pieces, marks = self.tokens.pieces, self.marks
        for index in range(first - 1, max(-1, first - _LEFT), -1):
            mark = self._mark(index)
            if mark == "b":
                return None
            if mark == "o" and index and first - index <= _BESIDE and _word(pieces[index - 1]) in marks.before_for:
                return "future", 2
            if index == first - 1 and _word(pieces[index]) in marks.prepositions:
                continue
            if self._leads_to_verb(index):
                return "future", 2 if first - index <= _BESIDE else 1
            if marks[pieces[index + 1]] == "t" and _word(pieces[index]) in marks.before_to:
                continue  # "due to": what follows decides
            if mark in _NAMES and not (mark in "pe" and self._not_finite(index)):
                if mark == "r" and index and _word(pieces[index - 1]) in marks.letting:
                    return "future", 2
                return _NAMES[mark], marks.firmness(pieces[index], first - index)
        return None

    def _leads_to_verb(self, index: int) -> bool:
        """Tell whether "to" stands at an index, and what is to happen follows it: "plans to go", "to be held"."""
        pieces, marks = self.tokens.pieces, self.marks
        if marks[pieces[index]] != "t" or index + 1 >= len(pieces):
            return False
        led = index and _word(pieces[index - 1]) in marks.before_to
        return marks[pieces[index + 1]] == "s" or bool(led and _word(pieces[index + 1]) not in marks.nominal)

    def _mark(self, index: int) -> str:
        """Return the mark of a token; none for the 's that is no verb ("the minister's visit")."""
        pieces = self.tokens.pieces
        mark = self.marks[pieces[index]]
        if mark != "r" or _word(pieces[index]) not in self.marks.owning:
            return mark
        return mark if index and _word(pieces[index - 1]) in self.marks.contracted else ""

    def _not_finite(self, index: int) -> bool:
        """Tell whether a past form is none: "to set", "be held", "will have", "the proposed"."""
        pieces, marks = self.tokens.pieces, self.marks
        before = _word(pieces[index - 1]) if index else ""
        adjective = marks[pieces[index]] == "e" and before in marks.articles
        return adjective or (bool(index) and (marks[pieces[index - 1]] in _NOT_FINITE or before in marks.before_bare))

    def _right(self, last: int) -> tuple[Tense, int]:
        for index in range(last, min(last + _RIGHT, len(self.tokens.pieces))):
            mark = self._mark(index)
            if mark == "b":
                break
            if self._leads_to_verb(index):
                return "future", 0
            if mark in _NAMES:
                return _NAMES[mark], 0
        return "", 0
