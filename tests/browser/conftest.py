"""A running server, a Chromium from the machine, and a page that may not leave 127.0.0.1."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard.export import browser as chromium
from dashboard.server import running

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "document.querySelector('#marks [role=option]') && document.querySelector('#indicators .chart svg')"


@dataclass
class Open:
    """A page on the running dashboard, and what it asked for and complained about."""

    page: Any
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def at(self, query: str = "", ready: str = READY) -> Any:
        self.page.goto(self.address + query)
        self.until(ready)
        return self.page

    def until(self, expression: str, seconds: float = 20) -> None:
        """Wait until the expression holds (Playwright's own way is eval, which the page's policy forbids)."""
        for _ in range(int(seconds * 20)):
            if self.page.evaluate(f"Boolean({expression})"):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"{expression} never held; the page asked for {self.asked[-3:]}, said {self.complaints}")

    def outside(self) -> list[str]:
        return [url for url in self.asked if urlsplit(url).hostname not in {"127.0.0.1", None, ""}]


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    with running(store, port=0) as (server, where):
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    if not chromium():
        pytest.fail("the browser tests need Chromium: .ci/chromium installs it")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open a page of the size and colours that the test asks for with ``@pytest.mark.parametrize(..., indirect)``."""
    width, scheme = getattr(request, "param", (1280, "light"))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    one = Open(page, address)
    page.on("request", lambda asked: one.asked.append(asked.url))
    page.on("pageerror", lambda error: one.complaints.append(str(error)))
    page.on("console", lambda said: one.complaints.append(said.text) if said.type == "error" else None)
    yield one
    context.close()
    assert not one.complaints
    assert not one.outside()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
