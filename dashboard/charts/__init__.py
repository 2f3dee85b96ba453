"""One chart per file: ``figure(tables, selection, width=...) -> go.Figure``, pure, without Dash.

The folder is the registry: a module with a ``META`` is a chart, the others are what charts share.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from types import ModuleType


@functools.cache
def charts() -> dict[str, ModuleType]:
    """Return the chart modules by id (their file name), in the order of their ``META.order``."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found = [module for module in modules if hasattr(module, "META")]
    return {module.META.id: module for module in sorted(found, key=lambda module: module.META.order)}
