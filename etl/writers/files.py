"""What the writers share: one file for one table, a folder for several, and rows as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd


def each(
    frames: Mapping[str, pd.DataFrame], path: Path, suffix: str, write: Callable[[pd.DataFrame, Path], None]
) -> None:
    """Write one table to the path itself, several to files named after them in a folder of that name."""
    if len(frames) == 1:
        write(next(iter(frames.values())), path)
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        write(frame, path / f"{name}{suffix}")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dictionaries of plain values; an empty cell of a number is None."""
    blank = frame.astype(object).where(frame.notna(), None)
    return [{str(name): _plain(cell) for name, cell in row.items()} for row in blank.to_dict("records")]


def _plain(cell: Any) -> Any:
    """Return a numpy scalar as the Python value that it stands for."""
    return cell.item() if hasattr(cell, "item") else cell
