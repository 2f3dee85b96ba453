"""``dateline explain``: why a row says what it says."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from etl.cli.common import say, store_argument


@click.command()
@store_argument
@click.argument("row_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(store: Path, row_id: str, as_json: bool) -> None:
    """Print the text, the rule and the clues behind the row ID of STORE, step by step.

    ID is that of a document, event, figure, quote or any other row, or the beginning of one.
    """
    from etl.store.explaining import described, explain  # noqa: PLC0415
    from etl.store.loading import load  # noqa: PLC0415

    tables = load(store)
    known = explain(tables, row_id)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(known), ensure_ascii=False, indent=1))
        return
    for line in described(known, tables):
        say(line)
