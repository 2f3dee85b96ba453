"""Finds the literal phrases that knowledge rows name, in one pass over the words of a text.

A phrase is looked up by its first word, so the pass costs one dictionary lookup a word however many
phrases are known.  A phrase in small letters matches any case, another one only as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from etl.lexicon import Row
from etl.model import Span

_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile("['’]")
QUOTES = '«“"#('  # a phrase may be written with them, the text is searched from the first word on


@dataclass(frozen=True, slots=True)
class Phrase:
    """One literal phrase and the knowledge row that it stands for."""

    pattern: re.Pattern[str]
    row: Row


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first word."""

    by_word: Mapping[str, tuple[Phrase, ...]]

    def find(self, text: str) -> Iterator[tuple[Span, Row]]:
        """Yield the spans of all phrases in the text with their rows, in order."""
        for word in _WORD.finditer(text):
            for phrase in self.by_word.get(word[0].casefold(), ()):
                if match := phrase.pattern.match(text, word.start()):
                    yield Span(match.start(), match.end()), phrase.row


def compile_phrases(rows: Iterable[Row], column: str) -> Phrases:
    """Return the phrases of a column, whose cells hold alternatives separated by semicolons."""
    by_word: dict[str, list[Phrase]] = {}
    for row in rows:
        for text in filter(None, map(str.strip, row[column].split(";"))):
            bare = text.lstrip(QUOTES)
            first = _WORD.match(bare)
            if first is None:
                raise row.error(f"the phrase {text!r} does not begin with a word", "begin with a letter or digit")
            pattern = _APOSTROPHE.sub("['’]", re.escape(bare)).replace(r"\ ", r"\s{1,3}")
            flags = re.IGNORECASE if text == text.lower() else 0
            phrase = Phrase(re.compile(pattern + r"(?!\w)", flags), row)
            by_word.setdefault(first[0].casefold(), []).append(phrase)
    return Phrases({word: tuple(phrases) for word, phrases in by_word.items()})
