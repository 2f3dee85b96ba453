"""``dateline check``: tells whether a store is whole."""

from __future__ import annotations

import json
from pathlib import Path

import click

from etl.cli.common import store_argument
from etl.errors import StoreError


@click.command()
@store_argument
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(store: Path, as_json: bool) -> None:
    """Check the checksums, tables, offsets and build number of STORE."""
    from etl.store.generations import current, manifest_of  # noqa: PLC0415
    from etl.store.integrity import problems  # noqa: PLC0415

    found = problems(store)
    manifest = manifest_of(current(store))
    if as_json:
        click.echo(json.dumps({"build": manifest.get("build"), "problems": found, "rows": manifest.get("rows")}))
    if found:
        more = f" (and {len(found) - 1} more problems)" if len(found) > 1 else ""
        raise StoreError(str(store), f"the store is damaged: {found[0]}{more}", "build it anew")
    if not as_json:
        rows = sum(manifest.get("rows", {}).values())
        click.echo(f"{store}: build {manifest['build']} is whole ({rows} rows, {len(manifest['files'])} files).")
