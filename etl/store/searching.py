"""Full-text search over a store: the documents that hold all words, best first, with the place to look at."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from etl.errors import StoreError
from etl.store.generations import current
from etl.store.texts import opened

_WORD = re.compile(r"[^\W_]+")
_MARKS = ("\ue000", "\ue001")  # private characters; a text that has them itself only loses its offsets
_AROUND = 80  # characters of the snippet on each side
_MOST_WORDS = 20
_QUERY = """
SELECT texts.doc_id, texts.title, texts.text, highlight(words, 1, ?, ?)
FROM words JOIN texts ON texts.number = words.rowid
WHERE words MATCH ? ORDER BY bm25(words, 5.0, 1.0), texts.doc_id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One document that holds all words of a query, and its first place.

    ``snippet`` is plain text around ``text[start:end]``, the first word found; both offsets are 0 when only
    the title holds the words.
    """

    doc_id: str
    title: str
    start: int
    end: int
    snippet: str


def search(store: Path, query: str, limit: int = 20) -> list[Hit]:
    """Return the best documents for the words of a query; the last word may be the beginning of one."""
    words = _WORD.findall(query)[:_MOST_WORDS]
    if not words:
        return []
    terms = " ".join(f'"{word}"' for word in words) + "*"
    try:
        with closing(opened(current(store))) as connection:
            rows = connection.execute(_QUERY, (*_MARKS, terms, limit)).fetchall()
    except sqlite3.DatabaseError as error:
        raise StoreError(str(store), "its search index cannot be read", "build the store anew") from error
    return [_hit(*row) for row in rows]


def _hit(doc_id: str, title: str, text: str, marked: str) -> Hit:
    start = marked.find(_MARKS[0])
    end = marked.find(_MARKS[1], start) - 1
    if start < 0 or not text[start:end] or marked[start + 1 : end + 1] != text[start:end]:
        return Hit(doc_id, title, 0, 0, text[: 2 * _AROUND])
    return Hit(doc_id, title, start, end, text[max(0, start - _AROUND) : end + _AROUND])
