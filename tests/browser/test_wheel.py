"""The wheel works alone: in an empty environment, from another folder, with its sample and its assets."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `dateline` of a fresh environment that holds the wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    tool = str(uv if uv.exists() else shutil.which("uv"))
    python = folder / "env/bin/python"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    subprocess.run(
        [tool, "pip", "install", "--quiet", "--python", python, "-c", ROOT / "requirements.lock", wheel],
        check=True, capture_output=True, timeout=500,
    )  # fmt: skip
    return python.with_name("dateline")


@pytest.fixture(scope="module")
def address(command: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which `dateline demo` of the wheel serves the sample, run from another folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with subprocess.Popen(
        [command, "demo", "--port", str(port), "--no-browser"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        assert process.stdout
        printed = ""
        for line in process.stdout:
            printed += line
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        else:
            pytest.fail(f"no address was printed:\n{printed}")
        yield found.group()
        process.terminate()


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as response:
        assert response.status == 200
        return bytes(response.read())


def test_demo_serves_the_sample_with_its_assets(address: str) -> None:
    page = fetch(address + "/").decode()
    own = re.findall(r'(?:src|href)="(/?assets/[^"]+)"', page)
    assert any(".css" in link for link in own)
    assert any(".js" in link for link in own)
    for link in own:
        assert fetch(f"{address}/{link.lstrip('/')}")
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1)', page)


def test_demo_shows_the_sample(address: str, browser: Any) -> None:
    page = browser.new_page()
    page.goto(address)
    page.locator("#timeline").get_by_text("Patrushev").first.wait_for(timeout=30_000)
    assert "5 documents" in page.locator("header").inner_text()
    page.close()


def test_extract_needs_no_dashboard(command: Path) -> None:
    request = '{"id": "x", "text": "President Vladimir Putin met Xi Jinping on 4 February 2022.", "dct": null}\n'
    done = subprocess.run([command, "extract"], input=request, capture_output=True, text=True, check=True, timeout=120)
    assert '"2022-02-04"' in done.stdout
