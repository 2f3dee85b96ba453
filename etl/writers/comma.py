"""CSV (RFC 4180) in UTF-8 with a byte order mark, as spreadsheets expect it.

A text cell that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises: the words of
a document are data there too.  The other formats keep every cell as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from etl.writers.files import each

FORMAT = "csv"
_FORMULA = r"^(?=[=+\-@\t\r])"


def write(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write one CSV file for each table."""
    each(frames, path, ".csv", _one)


def _one(frame: pd.DataFrame, path: Path) -> None:
    safe = frame.copy()
    for name in frame.columns[frame.dtypes == "str"]:
        safe[name] = frame[name].str.replace(_FORMULA, "'", regex=True)
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
