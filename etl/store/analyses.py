"""Keeps the analysis of each document beside the tables, for the next build to use where nothing has changed.

The content is what ``etl.builder.codec`` makes of it; here it is bytes under a key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from etl.errors import StoreError
from etl.store.generations import current, manifest_of

FILE = "analyses.sqlite"


def write(path: Path, analyses: Mapping[str, bytes]) -> None:
    """Write all analyses into one file, in the order of their keys."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE analyses (key TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID")
        connection.executemany("INSERT INTO analyses VALUES (?, ?)", sorted(analyses.items()))
        connection.commit()


class Kept:
    """The analyses of the current build, read one by one."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        """Read from this connection; without one, nothing is kept."""
        self._connection = connection

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key."""
        if self._connection is None:
            return None
        with suppress(sqlite3.DatabaseError):
            row = self._connection.execute("SELECT content FROM analyses WHERE key = ?", (key,)).fetchone()
            return bytes(row[0]) if row and isinstance(row[0], bytes) else None
        return None


@contextmanager
def kept(store: Path | None, knowledge: str) -> Iterator[Kept]:
    """Give access to the analyses of the store's current build, if the same code and knowledge made them."""
    connection = None
    with suppress(StoreError, sqlite3.DatabaseError):
        build = current(store) if store else None
        if build and manifest_of(build).get("knowledge") == knowledge and (build / FILE).is_file():
            uri = (build / FILE).absolute().as_uri() + "?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True)
            connection.execute("PRAGMA trusted_schema = OFF")
    try:
        yield Kept(connection)
    finally:
        if connection is not None:
            connection.close()
