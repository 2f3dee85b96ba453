"""What several commands share: arguments, options, progress, and the build itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from etl.builder.crew import Progress
    from etl.tables import Tables

# what would steer the terminal, or turn the direction of what follows
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
F = TypeVar("F", bound=Callable[..., Any])
store_argument = click.argument("store", type=click.Path(path_type=Path))


def build_options(function: F) -> F:
    """Add the options of every command that builds."""
    options = (
        click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use; the result is the same for any."),
        click.option(
            *("--knowledge", "knowledge"),
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            multiple=True,
            help="Folder with facts of your own (CSV) or rules (TOML); may be given several times.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def address_options(function: F) -> F:
    """Add the options of every command that serves the dashboard."""
    options = (
        click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
        click.option("--port", type=click.IntRange(1, 65535), default=8050, show_default=True, help="Port to use."),
        click.option("--browser/--no-browser", default=None, help="Open the page; default: on a terminal only."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def build_store(
    sources: Sequence[Path], store: Path, *, dct: datetime | None, jobs: int | None, knowledge: Sequence[Path]
) -> int:
    """Build a store, say on stderr in one paragraph what is in it, and return the exit code."""
    from etl.builder import assembly  # noqa: PLC0415
    from etl.builder.sources import find  # noqa: PLC0415
    from etl.dayset import DaySet  # noqa: PLC0415
    from etl.lexicon import collect_rarely  # noqa: PLC0415
    from etl.store.generations import locked, refuse_foreign  # noqa: PLC0415
    from etl.store.saving import add  # noqa: PLC0415

    collect_rarely()
    refuse_foreign(store)
    options = assembly.Options(DaySet.of(dct.date()) if dct else None, jobs or 0, tuple(knowledge), shown())
    found = find(sources, options.dct, store)
    known = assembly.state(found, options)
    with locked(store):
        if assembly.unchanged(store, known):
            return tell_unchanged(store)
        built = assembly.assemble(found, options, known, store)
        number = add(built.tables, store, built.analyses)
    reused = f" ({built.n_reused} documents unchanged)" if built.n_reused else ""
    return tell(built.tables, f"Build {number} of {store}{reused}")


def tell_unchanged(store: Path) -> int:
    """Say that there was nothing to do; the exit code is that of the build that is there."""
    from etl.store.loading import load  # noqa: PLC0415

    tables = load(store)
    return tell(tables, f"Nothing has changed. Build {tables.manifest['build']} of {store}")


def tell(tables: Tables, what: str) -> int:
    """Say in one paragraph what a build holds and in one line each what failed; return the exit code."""
    events, documents = tables.events, tables.documents
    dates = events["n_days"].fillna(0)
    stated = int(((dates == 1) & (events["basis"] == "explicit")).sum())
    worked_out = int(((dates == 1) & (events["basis"] == "inferred")).sum())
    failed = documents[documents["status"] == "failed"]
    say(
        f"{what}: {len(documents) - len(failed)} documents, {len(events)} events "
        f"({stated} stated to the day, {worked_out} worked out to the day, {len(events) - stated - worked_out} less "
        f"certain), {len(tables.quotes)} quotes, {len(tables.figures)} figures.",
        err=True,
    )
    for note in list(tables.manifest.get("notes", []))[:20]:
        say(note, err=True)
    for reason in failed["reason"]:
        say(f"Failed: {reason}", err=True)
    return 1 if len(failed) else 0


def say(text: str, *, err: bool = False) -> None:
    """Print words that come from files or documents; what in them would steer the terminal is replaced."""
    click.echo(_STEERING.sub("\ufffd", text), err=err)


def shown() -> Progress:
    """Return a progress display on a terminal, and silence anywhere else."""
    from etl.builder.crew import silent  # noqa: PLC0415

    if not sys.stderr.isatty():
        return silent

    def show(step: str, done: int, total: int) -> None:
        end = "\n" if done == total else ""
        click.echo(f"\r{step}: {done} of {total}{end}", err=True, nl=False)

    return show
