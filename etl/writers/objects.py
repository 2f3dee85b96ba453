"""JSON (RFC 8259): one object with a list of rows for each table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from etl.writers.files import records

FORMAT = "json"


def write(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write all tables into one file."""
    whole = {name: records(frame) for name, frame in frames.items()}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")
