"""Loads what Dateline knows: rules of language as TOML, facts about the world as CSV.

Knowledge is data, mechanism is code: no month name, title or country stands in Python.  The folders
are the registry (a language is a folder of ``languages/``, an indicator or event kind one TOML file,
a kind of fact one CSV); nothing has to be listed anywhere else.  A user's ``--knowledge`` folders
add rows to the CSV files of the same name and may bring indicators, events and languages of their own.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import gc
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from etl.errors import LexiconError

HERE = Path(__file__).parent
T = TypeVar("T")
Topic = Mapping[str, Any]


@dataclass(slots=True)  # not frozen: that would double the time to make the twenty thousand of the largest file
class Row:
    """One row of a knowledge CSV, with the file and line to name in evidence and errors."""

    values: list[str]  # as the file has them
    columns: Mapping[str, int]  # name of a column -> its position, shared by the rows of a file
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        """Return a cell, stripped; KeyError for a column that the file does not have."""
        return self.values[self.columns[column]].strip()

    @property
    def cells(self) -> Mapping[str, str]:
        """Return the cells by the names of their columns."""
        return dict(zip(self.columns, map(str.strip, self.values), strict=True))

    def error(self, reason: str, hint: str = "") -> LexiconError:
        """Return the error to raise about this row."""
        return LexiconError(f"{self.file}, line {self.line}", reason, hint)


def column(rows: Iterable[Row], name: str) -> list[str]:
    """Return the cells of one column, stripped: the quick way to go through a file of thousands of rows."""
    return [row.values[row.columns[name]].strip() for row in rows]


class Topics(Mapping[str, Topic]):
    """TOML files by their names; a packaged one is read when it is first asked for, one of a user's at once."""

    def __init__(self) -> None:
        """Begin without files."""
        self._paths: dict[str, Path] = {}
        self._read: dict[str, Topic] = {}

    def add(self, path: Path) -> None:
        """Add a file; it takes the place of an earlier one of the same name."""
        self._paths[path.stem] = path
        self._read.pop(path.stem, None)
        if HERE not in path.parents:
            self._read[path.stem] = read_toml(path)  # what is wrong in it is told before any document is read

    def __getitem__(self, name: str) -> Topic:
        """Return what a file says."""
        if name not in self._read:
            self._read[name] = read_toml(self._paths[name])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a file."""
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._paths)


class Lexicon:
    """Everything known, read once; compiled patterns and indexes are kept by ``once``."""

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        """List the packaged files, and read those of the extra folders, in the order given."""
        self._roots = [HERE, *extra]
        self._made: dict[object, Any] = {}  # by builder, or builder and language
        self._facts: dict[str, list[Row]] = {}
        self.languages: dict[str, Topics] = {}
        for path in self._files("languages/*/*.toml"):
            self.languages.setdefault(path.parent.name, Topics()).add(path)
        self.indicators, self.events = Topics(), Topics()
        for path in self._files("indicators/*.toml"):
            self.indicators.add(path)
        for path in self._files("events/*.toml"):
            self.events.add(path)

    def topic(self, lang: str, name: str) -> Topic:
        """Return one topic of a language (``temporal``, ``people`` ...); English where it has none."""
        return self.languages[self.speaking(lang, name)].get(name, {})

    def speaking(self, lang: str, name: str) -> str:
        """Return the language that a topic is read in for documents of a language: its own, else English."""
        return lang if name in self.languages.get(lang, ()) else "en"

    def facts(self, name: str) -> list[Row]:
        """Return the rows of ``knowledge/NAME.csv`` and of every extra folder's NAME.csv; they are read once."""
        if name not in self._facts:
            self._facts[name] = self._read(name)
        return self._facts[name]

    def _read(self, name: str) -> list[Row]:
        paths = [root / "knowledge" / f"{name}.csv" for root in self._roots]
        paths += [root / f"{name}.csv" for root in self._roots[1:]]
        rows: list[Row] = []
        header: list[str] = []
        for path in filter(Path.is_file, paths):
            found, columns = read_csv(path)
            header = header or columns
            if missing := [column for column in header if column not in columns]:
                raise LexiconError(
                    f"{path}, line 1", f"the column {missing[0]!r} is missing", f"use {','.join(header)}"
                )
            rows += found
        return rows

    def once(self, build: Callable[[Lexicon], T]) -> T:
        """Return ``build(self)``, computed at the first call and kept."""
        if build not in self._made:
            with _uncollected():
                self._made[build] = build(self)
        return cast("T", self._made[build])

    def once_in(self, lang: str, build: Callable[[Lexicon, str], T]) -> T:
        """Return ``build(self, lang)``, computed at the first call for the language and kept."""
        if (build, lang) not in self._made:
            with _uncollected():
                self._made[build, lang] = build(self, lang)
        return cast("T", self._made[build, lang])

    def _files(self, pattern: str) -> Iterator[Path]:
        for root in self._roots:
            base = root / "lexicon" if (root / "lexicon").is_dir() else root
            yield from sorted(base.glob(pattern))


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the collection of garbage while knowledge is read that lives as long as the process."""
    pause = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()


def collect_rarely() -> None:
    """Let the collector of garbage walk over all knowledge less often: for a process that does nothing but analyse."""
    gc.set_threshold(200_000, 20, 100)


def read_toml(path: Path) -> Topic:
    """Return a TOML file as a mapping; LexiconError names file and line when it is not TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(str(path), str(error), "correct the file") from error


def read_csv(path: Path) -> tuple[list[Row], list[str]]:
    """Return the rows of a CSV file with a header line, and its column names."""
    rows: list[Row] = []
    name = path.name
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        header = [name.strip() for name in next(reader, [])]
        columns = {name: position for position, name in enumerate(header)}
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if len(cells) != len(header):
                reason = f"{len(cells)} cells where the header has {len(header)}"
                raise LexiconError(f"{path}, line {reader.line_num}", reason, "quote cells that hold a comma")
            rows.append(Row(cells, columns, name, reader.line_num))
    return rows, header


@functools.cache
def default_lexicon() -> Lexicon:
    """Return the packaged lexicon, read once per process."""
    return Lexicon()
