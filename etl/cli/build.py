"""``dateline build``: files and folders in, a store out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from etl.cli.common import build_options, build_store


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", "store", required=True, type=click.Path(path_type=Path), help="Folder of the store.")
@click.option("--dct", type=click.DateTime(["%Y-%m-%d"]), help="Day of writing of all documents that state none.")
@build_options
@click.pass_context
def command(  # noqa: PLR0917  # click passes its options by name
    ctx: click.Context,
    sources: tuple[Path, ...],
    store: Path,
    dct: datetime | None,
    jobs: int | None,
    knowledge: tuple[Path, ...],
) -> None:
    """Read SOURCES (files and folders) into a store.

    A file dates.csv in a folder (columns path,date) says when its documents were written.  When nothing has
    changed since the last build, nothing is done.
    """
    ctx.exit(build_store(sources, store, dct=dct, jobs=jobs, knowledge=knowledge))
