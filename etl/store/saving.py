"""Writes a new build into a store: all files first, made durable, then the pointer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.store import analyses as analyses_file
from etl.store import texts as texts_file
from etl.store.generations import FORMAT, locked, number_of, point, prune, sync_file, sync_folder, write_durably
from etl.tables import Tables


def save(tables: Tables, store: Path, analyses: Mapping[str, bytes] | None = None) -> int:
    """Write the tables as the store's new current build and return its number.

    ``analyses`` are kept for the next build (``etl.store.analyses``).

    StoreError when the folder is something else or another process is writing it.
    """
    with locked(store):
        return add(tables, store, analyses or {})


def add(tables: Tables, store: Path, analyses: Mapping[str, bytes]) -> int:
    """Do what ``save`` does, for a caller that holds the store's lock already."""
    number = number_of(store) + 1
    folder = store / "builds" / str(number)
    _prune_leftovers(store, number - 1)
    folder.mkdir(parents=True)
    _write_files(tables, folder)
    analyses_file.write(folder / analyses_file.FILE, analyses)
    manifest = dict(tables.manifest) | {"format": FORMAT, "build": number}
    _write_manifest(folder, manifest, {name: len(frame) for name, frame in tables.frames.items()})
    sync_folder(folder)
    sync_folder(folder.parent)
    point(store, number)
    prune(store, number)
    return number


def _prune_leftovers(store: Path, newest: int) -> None:
    """Remove what a killed build left behind, so that its number is free again."""
    if (store / "builds").is_dir():
        prune(store, newest)


def _write_files(tables: Tables, folder: Path) -> None:
    for name, frame in tables.frames.items():
        frame.to_parquet(folder / f"{name}.parquet", engine="pyarrow", index=False, compression="zstd")
    titles = dict(zip(tables.documents["doc_id"], tables.documents["title"], strict=True))
    rows = ((doc_id, str(titles.get(doc_id, "")), tables.texts[doc_id]) for doc_id in sorted(tables.texts))
    texts_file.write(folder / texts_file.FILE, rows)


def _write_manifest(folder: Path, manifest: Mapping[str, Any], n_rows: Mapping[str, int]) -> None:
    files = sorted(folder.iterdir())
    for path in files:
        sync_file(path)
    told = {**manifest, "rows": dict(n_rows), "files": {path.name: checksum(path) for path in files}}
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_durably(folder / "manifest.json", text.encode("utf-8"))


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
