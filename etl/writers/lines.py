"""JSON lines: one row a line, with the name of its table under ``table``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from etl.writers.files import records

FORMAT = "jsonl"


def write(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write the rows of all tables into one file."""
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        for name, frame in frames.items():
            for row in records(frame):
                handle.write(json.dumps({"table": name, **row}, ensure_ascii=False) + "\n")
