"""``dateline export``: tables, a page or a chart, as files for other programs."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from etl.cli.common import store_argument

if TYPE_CHECKING:
    import pandas as pd

    from etl.tables import Tables

PAGE = "html"


@click.command()
@store_argument
@click.option("--format", "kind", help="csv, ics, json, jsonl, parquet or timelinejs; html for one page with charts.")
@click.option("--table", "names", multiple=True, help="Only this table; may be given several times.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write (a folder for several CSV or Parquet).")
@click.option("--chart", help="Name of a chart to draw instead of tables.")
@click.option("--image", type=click.Path(path_type=Path), help="Image to write: .png, .svg or .pdf.")
@click.option(
    "--view", default="", help="What to write: the part after ? of the dashboard's address; otherwise everything."
)
def command(  # noqa: PLR0917  # click passes its options by name
    store: Path,
    kind: str | None,
    names: tuple[str, ...],
    out: Path | None,
    chart: str | None,
    image: Path | None,
    view: str,
) -> None:
    """Write the tables of STORE or a page about it (--format, --out), or one of its charts (--chart, --image)."""
    if (chart is None) != (image is None) or (kind is None) != (out is None) or bool(kind) == bool(chart):
        raise click.UsageError("give --format FORMAT --out FILE, or --chart NAME --image FILE")
    if chart and image:
        _write_chart(store, chart, image, view)
    elif kind and out:
        _write_tables(store, kind, names, out, view)


def _write_chart(store: Path, chart: str, image: Path, view: str) -> None:
    from etl.store.loading import load  # noqa: PLC0415

    if image.suffix.lower() not in {".png", ".svg", ".pdf"}:
        raise click.UsageError(f"{image}: an image ends in .png, .svg or .pdf")
    tables = load(store)  # before the dashboard is imported, so that a mistake is told at once
    _dashboard().write_image(tables, chart, image, query=view)
    click.echo(f"{image}: the chart {chart} is drawn.", err=True)


def _write_tables(store: Path, kind: str, names: tuple[str, ...], out: Path, view: str) -> None:
    from etl.store.loading import load  # noqa: PLC0415
    from etl.writers import formats  # noqa: PLC0415

    if kind not in {PAGE, *formats()}:
        raise click.UsageError(f"--format {kind}: choose one of {', '.join([PAGE, *formats()])}")
    tables = load(store)
    if kind == PAGE:
        _dashboard().write_page(tables, out, query=view)
    else:
        formats()[kind].write(_chosen(tables, names, view), out)
    click.echo(f"{out}: written as {kind}.", err=True)


def _chosen(tables: Tables, names: tuple[str, ...], view: str) -> dict[str, pd.DataFrame]:
    """Return the tables that were asked for, of everything or only of what the view shows."""
    frames: dict[str, pd.DataFrame] = _dashboard().viewed(tables, view) if view else tables.frames
    for name in names:
        if name not in frames:
            raise click.UsageError(f"--table {name}: choose one of {', '.join(frames)}")
    return {name: frame for name, frame in frames.items() if not names or name in names}


def _dashboard() -> Any:
    """Return the dashboard's exports; the ETL knows them only by name, and only when they are asked for."""
    return importlib.import_module("dashboard.export")
