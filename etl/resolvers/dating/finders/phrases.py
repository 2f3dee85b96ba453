"""Finds the literal phrases that knowledge rows name, without reading the text once per phrase.

The words of a text are put in a set once; only phrases whose words are all in it are searched for, a few
per document however many are known.  A phrase in small letters matches any case, another one only as it
is written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.lexicon import Row
from etl.model import Span

_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile("['’]")
_GAP = r"\b[^.!?\n]{0,60}?\b"
QUOTES = '«“"#('  # a phrase may be written with them, the text is searched from the first word on


@dataclass(frozen=True, slots=True)
class Phrase:
    """One literal phrase, its words in small letters, and the knowledge row that it stands for."""

    text: str
    words: frozenset[str]
    row: Row


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by the longest of their words, which is the rarest as a rule."""

    by_word: Mapping[str, tuple[Phrase, ...]]

    def find(self, text: str, words: frozenset[str]) -> list[tuple[Span, Row]]:
        """Return the spans of the phrases in the text with their rows, in order, of each start the longest ones."""
        found: dict[int, list[tuple[int, int, Row]]] = {}
        for word in words & self.by_word.keys():
            for phrase in self.by_word[word]:
                if phrase.words <= words:
                    for match in _pattern(phrase.text).finditer(text):
                        if text[match.start() - 1 : match.start()].isalnum():
                            continue
                        found.setdefault(match.start(), []).append((match.end(), phrase.row.line, phrase.row))
        out = []
        for start in sorted(found):
            longest = max(end for end, _, _ in found[start])
            ends = sorted((end, line, row) for end, line, row in found[start] if end == longest)
            out += [(Span(start, end), row) for end, _, row in ends]
        return out


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in small letters."""
    return frozenset(_WORD.findall(text.casefold()))


def compile_phrases(rows: Iterable[Row], column: str) -> Phrases:
    """Return the phrases of a column, whose cells hold alternatives separated by semicolons."""
    by_word: dict[str, dict[tuple[str, int], Phrase]] = {}
    for row in rows:
        for text in filter(None, map(str.strip, row[column].split(";"))):
            bare = _APOSTROPHE.sub("'", text.lstrip(QUOTES))
            words = words_of(bare)
            if not words or not bare[0].isalnum():
                raise row.error(f"the phrase {text!r} does not begin with a word", "begin with a letter or digit")
            longest = max(words, key=lambda word: (len(word), word))
            by_word.setdefault(longest, {})[bare, row.line] = Phrase(bare, words, row)
    return Phrases({word: tuple(phrases.values()) for word, phrases in by_word.items()})


@functools.lru_cache(maxsize=10000)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a phrase, compiled when a text first has all of its words."""
    flags = re.IGNORECASE if phrase == phrase.lower() else 0
    parts = [re.escape(part).replace("'", "['’]").replace(r"\ ", r"\s{1,3}") for part in phrase.split(" … ")]
    return re.compile(_GAP.join(parts) + r"(?!\w)", flags)
