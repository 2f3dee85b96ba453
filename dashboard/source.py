"""The corpus that the page shows: a store's current build, read again when ``CURRENT`` points elsewhere."""

from __future__ import annotations

import threading
from pathlib import Path

from dashboard.charts.catalogue import Catalogue, catalogue
from etl import load
from etl.errors import StoreError
from etl.store import generations
from etl.store.searching import Hit, search


class Source:
    """A store, watched: asking for its catalogue costs one small file read while nothing has changed."""

    def __init__(self, store: Path) -> None:
        """Open the store; StoreError when the folder is not one."""
        self.store = store
        self._lock = threading.Lock()
        self._build = generations.current(store)
        self._catalogue = _read(store)

    @property
    def catalogue(self) -> Catalogue:
        """Return the current build's catalogue; the one before it while a new build cannot be read."""
        try:
            build = generations.current(self.store)
        except StoreError:
            return self._catalogue
        if build != self._build:
            with self._lock:
                if build != self._build:
                    try:
                        self._catalogue, self._build = _read(self.store), build
                    except StoreError:
                        return self._catalogue
        return self._catalogue

    @property
    def build(self) -> str:
        """Return the number of the build that is shown."""
        return str(self.catalogue.tables.manifest.get("build", ""))

    def search(self, query: str, limit: int) -> list[Hit]:
        """Return the best documents for some words; none when the index cannot be read."""
        try:
            return search(self.store, query, limit)
        except StoreError:
            return []


def _read(store: Path) -> Catalogue:
    known = catalogue(load(store))
    known.prepare()
    return known
