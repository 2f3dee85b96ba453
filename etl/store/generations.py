"""Finds, numbers and prunes the builds of a store, and moves its ``CURRENT`` pointer."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from etl.errors import StoreError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FORMAT = 1
KEPT = 2  # builds that stay: the current one, and the one that a running server may still read
_HINT = "build one with: dateline build SOURCE --out STORE"


def current(store: Path) -> Path:
    """Return the folder of the current build; StoreError when the folder is not a store."""
    if not store.is_dir():
        raise StoreError(str(store), "there is no such folder", _HINT)
    try:
        number = (store / "CURRENT").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(str(store), "this folder is not a Dateline store (it has no CURRENT)", _HINT) from error
    build = store / "builds" / number
    if not number.isdecimal() or not build.is_dir():
        raise StoreError(str(store), f"CURRENT points at {number[:20]!r}, which is not there", "build the store anew")
    return build


def manifest_of(build: Path) -> dict[str, Any]:
    """Return a build's manifest; StoreError when it is damaged or of another format."""
    try:
        manifest = json.loads((build / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(str(build), "its manifest.json cannot be read", "build the store anew") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise StoreError(str(build), f"it is not of store format {FORMAT}", "build the store anew")
    return manifest


def number_of(store: Path) -> int:
    """Return the number of the current build, 0 when there is none yet."""
    try:
        return int(current(store).name)
    except StoreError:
        return 0


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Hold the store for one writer; StoreError when another one has it.  The lock dies with its process."""
    refuse_foreign(store)
    store.mkdir(parents=True, exist_ok=True)
    with (store / ".lock").open("a+b") as handle:
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(str(store), "another build is writing this store", "wait until it has finished") from error
        yield


def refuse_foreign(store: Path) -> None:
    """Raise StoreError rather than write into a folder that holds something else."""
    if not store.exists():
        return
    if not store.is_dir():
        raise StoreError(str(store), "it is a file", "name a folder with --out")
    names = {entry.name for entry in store.iterdir()}
    if names and not names & {"CURRENT", "builds", ".lock"}:
        raise StoreError(str(store), "the folder is not empty and not a store", "name a new folder with --out")


def point(store: Path, number: int) -> None:
    """Make a build the current one, atomically and durably."""
    waiting = store / "CURRENT.new"
    write_durably(waiting, f"{number}\n".encode("ascii"))
    waiting.replace(store / "CURRENT")
    sync_folder(store)


def prune(store: Path, newest: int) -> None:
    """Remove builds older than the kept ones, and whatever an interrupted build left behind."""
    for folder in (store / "builds").iterdir():
        if not (folder.name.isdecimal() and newest - KEPT < int(folder.name) <= newest):
            shutil.rmtree(folder, ignore_errors=True)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def sync_file(path: Path) -> None:
    """Wait until the disk has a file that something else wrote."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's entries; Windows offers no way and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
