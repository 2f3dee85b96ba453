"""The invented corpus as a store, and the source that serves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.source import Source
from tests.browser import sample


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.stored(tmp_path_factory.mktemp("dashboard") / "store", sample.make())


@pytest.fixture(scope="session")
def source(store: Path) -> Source:
    return Source(store)
