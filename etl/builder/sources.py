"""Finds the files to read, and the dates that a ``dates.csv`` beside them states."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.dayset import DaySet
from etl.errors import DatelineError
from etl.readers import readers

DATES = "dates.csv"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: where it is, what it is called, and when it was written if somebody says so."""

    path: Path
    name: str  # path below the folder that was given
    dct: DaySet | None = None


@dataclass(slots=True)
class Found:
    """All files to read, and how many of other kinds were passed over."""

    sources: list[Source] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def find(places: Sequence[Path], dct: DaySet | None = None, store: Path | None = None) -> Found:
    """Return every readable file below the places, in an order that depends on names only.

    A file given by name is read whatever its suffix (and fails by name if it cannot be); in a folder, files of
    unknown kinds, hidden ones and the store itself are passed over.  DatelineError when a place is missing or
    nothing is found.
    """
    found = Found()
    seen: set[Path] = set()
    for place in places:
        if not place.exists():
            raise DatelineError(str(place), "there is no such file or folder", "check the path")
        for source in _below(place, found, store) if place.is_dir() else [Source(place, _shown(place.name))]:
            if (real := source.path.resolve()) not in seen:
                seen.add(real)
                found.sources.append(Source(source.path, source.name, source.dct or dct))
    if not found.sources:
        where = ", ".join(map(str, places))
        raise DatelineError(where, "no documents found", "put files there that end in " + " ".join(sorted(readers())))
    return found


def _below(folder: Path, found: Found, store: Path | None) -> Iterator[Source]:
    dates = _dates(folder)
    used = set()
    for path in sorted(_files(folder, store)):
        name = _shown(path.relative_to(folder).as_posix())
        if path.suffix.lower() in readers():
            used.add(name)
            yield Source(path, name, dates.get(name))
        elif path.name != DATES:
            found.skipped[path.suffix.lower() or "no suffix"] += 1
    if unknown := sorted(set(dates) - used):
        raise DatelineError(str(folder / DATES), f"there is no document {unknown[0]!r}", "correct the path")


def _shown(name: str) -> str:
    """Return a file name that every file and terminal can hold, even when its bytes are not UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _files(folder: Path, store: Path | None) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith(".") or (store is not None and entry.resolve() == store.resolve()):
            continue
        if entry.is_dir() and not entry.is_symlink():  # a link to a folder may lead in a circle
            yield from _files(entry, store)
        elif entry.is_file():
            yield entry


def _dates(folder: Path) -> dict[str, DaySet]:
    """Return what ``dates.csv`` in the folder says: path below the folder -> the days of its writing."""
    path = folder / DATES
    if not path.is_file():
        return {}
    hint = "write the header path,date and lines like talks/minsk.txt,2022-12-19"
    dates: dict[str, DaySet] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if not {"path", "date"} <= set(reader.fieldnames or ()):
                raise DatelineError(f"{path}, line 1", "the columns path and date are missing", hint)
            for row in reader:
                dates[str(row["path"] or "").strip()] = _day(f"{path}, line {reader.line_num}", row["date"], hint)
    except (UnicodeDecodeError, csv.Error) as error:
        raise DatelineError(str(path), "it is not a CSV file in UTF-8", hint) from error
    return dates


def _day(where: str, cell: str | None, hint: str) -> DaySet:
    try:
        days = DaySet.parse((cell or "").strip())
    except ValueError:
        days = DaySet()
    if not days:
        raise DatelineError(where, f"{cell!r} is not an EDTF date", hint)
    return days
