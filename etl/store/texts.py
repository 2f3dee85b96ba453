"""Texts by document id, on disk: a store of any size costs only the texts that are looked at.

One SQLite file holds the texts and, over them, an FTS5 index (``unicode61`` with diacritics removed, so that
Cyrillic and Latin words are found whatever their case).  It is opened read-only for every question, which is
safe from any thread and holds no file open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

FILE = "texts.sqlite"
_SCHEMA = """
CREATE TABLE texts (number INTEGER PRIMARY KEY, doc_id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(
    title, text, content='texts', content_rowid='number', tokenize="unicode61 remove_diacritics 2"
);
"""


class Texts(Mapping[str, str]):
    """The texts of one build: a mapping from document id to text."""

    def __init__(self, build: Path) -> None:
        """Remember where the texts lie; nothing is read yet."""
        self._build = build

    def __getitem__(self, doc_id: str) -> str:
        """Return one text; KeyError for an id that the build does not have."""
        with closing(opened(self._build)) as connection:
            row = connection.execute("SELECT text FROM texts WHERE doc_id = ?", (doc_id,)).fetchone()
        if row is None:
            raise KeyError(doc_id)
        return str(row[0])

    def __iter__(self) -> Iterator[str]:
        """Yield the document ids in order."""
        with closing(opened(self._build)) as connection:
            yield from [row[0] for row in connection.execute("SELECT doc_id FROM texts ORDER BY number")]

    def __len__(self) -> int:
        """Return how many texts there are."""
        with closing(opened(self._build)) as connection:
            return int(connection.execute("SELECT count(*) FROM texts").fetchone()[0])


def opened(build: Path) -> sqlite3.Connection:
    """Return a read-only connection that runs nothing which the file itself may define."""
    uri = (build / FILE).absolute().as_uri() + "?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def write(path: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    """Write (doc_id, title, text) rows, sorted by the caller, and the index over them."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO texts (doc_id, title, text) VALUES (?, ?, ?)", rows)
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.commit()
