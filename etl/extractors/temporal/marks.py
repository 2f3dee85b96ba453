"""Marks the words of a language that tell a tense, or where a clause begins and ends."""

from __future__ import annotations

from functools import lru_cache

BESIDE = 2  # a verb that many tokens before a phrase belongs to it
_LISTS = (
    *(("past", "p"), ("present", "r"), ("future", "f"), ("skip_after", "s")),
    *(("infinitive", "t"), ("purpose", "o"), ("boundary", "b"), ("clause", "c"), ("modal", "m")),
    ("timetable", "d"),
)


@lru_cache(maxsize=65_536)
def bare(token: str) -> str:
    """Return a token in lower case without the white space after it, its apostrophe straight."""
    return token.strip().lower().replace("’", "'")


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
        self.adverb_endings = tuple(topic.get("adverb_endings", ()))
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
        self.undone = frozenset(topic.get("undone", ()))
        self.before_as = frozenset(topic.get("before_as", ()))
        self.prolonging = frozenset(topic.get("prolonging", ()))
        self.towards = frozenset(topic.get("towards", ()))
        self.denying = frozenset(topic.get("denying", ()))
        self._no_verbs = frozenset(topic.get("no_verbs", ()))
        self._known = {word: mark for name, mark in _LISTS for word in topic.get(name, ())}

    def firmness(self, token: str, distance: int) -> int:
        """Return how firmly the verb so many tokens before a phrase tells its tense (2, 1 or 0)."""
        if self[token] == "e":
            return 0
        return 2 if distance <= BESIDE or bare(token) in self._firm else 1

    def __missing__(self, token: str) -> str:
        if len(self) > 200_000:
            self.clear()
        word = bare(token)
        mark = self._known.get(word, "") if word else "b"  # a blank line ends what a title says
        if not mark and len(word) > 4 and token[0].islower() and word not in self._no_verbs:
            mark = self._by_ending(word)
        self[token] = mark
        return mark

    def _by_ending(self, word: str) -> str:
        if word.endswith(self._endings):
            return "e"
        if word.endswith(self._infinitive_endings):
            return "i"
        return "f" if word.endswith(self._future_endings) else ""
