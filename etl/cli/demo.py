"""``dateline demo``: the sample documents, built and served."""

from __future__ import annotations

from pathlib import Path

import click

from etl.cli.common import address_options, build_options, build_store
from etl.cli.serve import serve


@click.command()
@click.option(
    "--out", "store", default="store", show_default=True, type=click.Path(path_type=Path), help="Store folder."
)
@build_options
@address_options
def command(  # noqa: PLR0917  # click passes its options by name
    store: Path, jobs: int | None, knowledge: tuple[Path, ...], host: str, port: int, browser: bool | None
) -> None:
    """Build the five sample documents and show the dashboard."""
    from etl.builder.resources import seeds  # noqa: PLC0415

    build_store([seeds()], store, dct=None, jobs=jobs, knowledge=knowledge)
    serve(store, host, port, browser)
