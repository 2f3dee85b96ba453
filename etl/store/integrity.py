"""Checks a store against itself: checksums, table schemas, offsets, build number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from etl.errors import StoreError
from etl.store.generations import current, manifest_of
from etl.store.loading import load
from etl.store.saving import checksum
from etl.store.texts import opened
from etl.tables.validation import check


def problems(store: Path) -> list[str]:
    """Return one sentence for everything that is wrong with the current build; none when it is whole.

    StoreError when the folder is not a store at all.
    """
    build = current(store)
    found = list(damaged(build))
    if not found:
        try:
            tables = load(store)
            with closing(opened(build)) as connection:
                texts = dict(connection.execute("SELECT doc_id, text FROM texts"))
            check(tables.frames, texts)
        except (StoreError, ValueError, sqlite3.DatabaseError) as error:
            found.append(str(error))
    return found


def damaged(build: Path) -> Iterator[str]:
    """Yield a sentence for every file of a build that is not as the manifest says."""
    manifest = manifest_of(build)
    if manifest.get("build") != int(build.name):
        yield f"{build}: the manifest says build {manifest.get('build')!r}"
    files = manifest.get("files")
    stated = files if isinstance(files, dict) else {}
    present = {path.name for path in build.iterdir()} - {"manifest.json"}
    for name in sorted(present ^ set(stated)):
        yield f"{build / name}: {'not in the manifest' if name in present else 'the file is missing'}"
    for name in sorted(present & set(stated)):
        if checksum(build / name) != stated[name]:
            yield f"{build / name}: the checksum differs from the manifest"
