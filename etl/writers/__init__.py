"""Writes tables to files.  The folder is the registry: a format is one module with ``FORMAT`` and ``write``.

``write(frames, path)`` gets frames by table name (all tables, or those of a view) and writes a file, or a folder
where the format has one file for each table.  ``LABEL`` and ``SUFFIX`` stand where they differ from the format's name.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what people call it, the ending of its files, and what writes them."""

    label: str
    suffix: str
    write: Callable[[Frames, Path], None]


@functools.cache
def formats() -> Mapping[str, Format]:
    """Return every format, by name."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    found = {
        module.FORMAT: Format(
            getattr(module, "LABEL", module.FORMAT.upper()), getattr(module, "SUFFIX", module.FORMAT), module.write
        )
        for module in modules
        if hasattr(module, "FORMAT")
    }
    return dict(sorted(found.items()))
