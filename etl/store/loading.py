"""Reads the tables of a store's current build."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.errors import StoreError
from etl.schema import TABLES, Table
from etl.store.generations import current, manifest_of
from etl.store.texts import FILE, Texts
from etl.tables import Tables


def load(store: Path) -> Tables:
    """Return the tables of the store's current build; StoreError when the folder is not a store.

    The result's attributes are the tables of ``etl.schema`` as DataFrames (``tables.events`` ...), ``texts``
    (a mapping from document id to text, read from disk when asked for) and ``manifest`` (``build``, ``version``,
    ``notes``, ``rows``, ``files`` ...).
    """
    build = current(store)
    manifest = manifest_of(build)
    if not (build / FILE).is_file():
        raise StoreError(str(build), f"{FILE} is missing", "build the store anew")
    frames = {name: _frame(build, table) for name, table in TABLES.items()}
    return Tables(**frames, texts=Texts(build), manifest=manifest)


def _frame(build: Path, table: Table) -> pd.DataFrame:
    path = build / f"{table.name}.parquet"
    try:
        frame = pd.read_parquet(path, engine="pyarrow")
        table.check(frame)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(str(path), f"the table cannot be read ({error})", "build the store anew") from error
    return frame
