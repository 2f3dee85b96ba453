"""Finds the assets: ``assets/`` at the top of a checkout, ``dashboard/assets/`` in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from etl.errors import DatelineError

HERE = Path(__file__).resolve().parent
PLOTLY, DRAWING = "vendor/plotly-basic.min.js", "drawing.js"


def assets() -> Path:
    """Return the folder of the assets; DatelineError when the installation has lost it."""
    for folder in (HERE / "assets", HERE.parent / "assets"):
        if (folder / PLOTLY).is_file():
            return folder
    raise DatelineError(str(HERE), "the dashboard's assets are missing", "install Dateline anew")
