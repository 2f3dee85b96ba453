"""``dateline serve``: the dashboard of a store."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click

from etl.cli.common import address_options, store_argument
from etl.errors import DatelineError


@click.command()
@store_argument
@address_options
def command(store: Path, host: str, port: int, browser: bool | None) -> None:
    """Show the dashboard of STORE until you press Ctrl-C."""
    serve(store, host, port, browser)


def serve(store: Path, host: str, port: int, browser: bool | None) -> None:
    """Serve a store; DatelineError when it is none or the port is taken."""
    from etl.store.generations import current, manifest_of  # noqa: PLC0415

    manifest_of(current(store))  # before the dashboard is loaded, so that a mistake is told at once
    server = importlib.import_module("dashboard.server")

    opened = sys.stdout.isatty() if browser is None else browser
    try:
        server.serve(store, host, port, opened)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise DatelineError(f"http://{host}:{port}", reason, "choose another address with --port or --host") from error
