"""Parquet, one file for each table, with the types of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from etl.writers.files import each

FORMAT, LABEL = "parquet", "Parquet"


def write(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write one Parquet file for each table."""
    each(frames, path, ".parquet", _one)


def _one(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, engine="pyarrow", index=False, compression="zstd")
