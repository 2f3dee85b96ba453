"""What the page costs the browser and the server, beside plain Dash, vis-timeline and TimelineJS3, in one run.

    python -m benchmarks.dashboard [--events 1000 1000000] [--others FOLDER] [--steps 10]

Needs Chromium (``.ci/chromium``) and Playwright, and runs from the top of a checkout.  Each page is opened in a fresh
context of one headless Chromium; its cost is the CPU time of its main thread (``TaskDuration`` of the DevTools protocol
in thread ticks), so that other programs on the machine change little.  A zoom step is one press of "zoom in" or "zoom
out", until the page is at rest again; for the plain chart it is one change of the axis range.  With ``--others``
vis-timeline and TimelineJS3 are fetched from the npm registry into the folder, which is no part of this project.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

from benchmarks import dashboard_corpus, dashboard_others
from dashboard.export import browser as chromium

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET, PATIENCE = 0.6, 75  # seconds without work that count as rest; seconds before a page is given up
TOP = Path(__file__).parent.parent


@dataclass
class Page:
    """One page to measure: where it is, when it is ready, and how to zoom and hover."""

    name: str
    address: str
    ready: str
    zoom: Callable[[Any, int], None]
    target: str = ""  # a script that gives the place of a mark to hover over
    shown: str = ""  # a script that gives the text of the hover box, "" when there is none
    results: dict[str, float] = field(default_factory=dict)


class Probe:
    """A tab with its counters."""

    def __init__(self, browser: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.tab = self.context.new_page()
        self.tab.set_default_timeout(PATIENCE * 1000)
        self._tools = self.context.new_cdp_session(self.tab)
        self._tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._tools.send("Network.enable")
        self._received: list[float] = []
        self._tools.on("Network.loadingFinished", lambda told: self._received.append(told["encodedDataLength"]))
        self._tools.on("Network.responseReceived", self._answered)
        self._tools.on("Network.dataReceived", self._came)
        self.answers: dict[str, int] = {}

    def _answered(self, told: dict[str, Any]) -> None:
        if told["response"]["url"].split("?")[0].endswith("_dash-update-component"):
            self.answers[told["requestId"]] = 0

    def _came(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self.answers:
            self.answers[told["requestId"]] += told["dataLength"]

    def cpu(self) -> float:
        """Return the CPU-seconds of the main thread so far."""
        told = self._tools.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in told if each["name"] == "TaskDuration"))

    def kilobytes(self) -> float:
        return sum(self._received) / 1024

    def settled(self) -> float:
        """Wait until the main thread has rested for a while and return its CPU-seconds."""
        end = time.monotonic() + PATIENCE
        before = self.cpu()
        while time.monotonic() < end:
            self.tab.wait_for_timeout(QUIET * 1000)
            now = self.cpu()
            if now - before < 0.01:
                return now
            before = now
        raise TimeoutError(f"not at rest after {PATIENCE} s")

    def until(self, expression: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self.tab.evaluate(f"Boolean({expression})"):
            if time.monotonic() > end:
                raise TimeoutError(f"not there after {PATIENCE} s")
            self.tab.wait_for_timeout(50)


def measured(browser: Any, page: Page, steps: int, server: Server | None = None) -> dict[str, float]:
    """Return the numbers of one page: first render, bytes, zoom step, hover, and what the server did meanwhile."""
    probe = Probe(browser)
    try:
        probe.tab.goto(page.address)
        probe.until(page.ready)
        out = {"first": probe.settled(), "page": probe.kilobytes()}
        if page.target:
            out["hover"] = _hover(probe, page)
            probe.tab.mouse.move(2, 2)
            probe.settled()
        probe.answers.clear()
        spent, before = server.cpu() if server else 0.0, probe.settled()
        for step in range(steps):
            page.zoom(probe.tab, step)
            now = probe.settled()
        out["zoom"] = (now - before) / steps
        if server and probe.answers:
            out["answer"] = max(probe.answers.values()) / 1024
            out["server"] = (server.cpu() - spent) / steps
        return out
    finally:
        probe.context.close()


def _hover(probe: Probe, page: Page) -> float:
    """Return the milliseconds from a pointer's move onto a mark to its preview; the median of five."""
    times = []
    for _ in range(5):
        probe.tab.mouse.move(2, 2)
        probe.tab.wait_for_timeout(700)
        x, y = probe.tab.evaluate(page.target)
        probe.tab.mouse.move(x - 60, y - 60)  # a hand moves on its way, and some libraries rest between two moves
        probe.tab.evaluate(f"""void (window.seen = new Promise((done) => {{
            const before = {page.shown};
            const look = () => {{
                const now = {page.shown};
                if (now && now !== before) done(performance.now() - window.moved);
                else requestAnimationFrame(look);
            }};
            addEventListener('pointermove', () => {{ window.moved = performance.now(); look(); }},
                {{ once: true, capture: true }});
        }}))""")
        probe.tab.mouse.move(x, y)
        times.append(float(probe.tab.evaluate("window.seen")))
    return statistics.median(times)


# ------------------------------------------------------------------ servers
class Server:
    """A server in its own process, whose CPU time can be asked for."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TOP)
        assert self.process.stdout
        line = next((line for line in self.process.stdout if "http://" in line), "")
        self.address = next(word for word in line.split() if word.startswith("http://"))
        with urllib.request.urlopen(self.address, timeout=120) as answer:
            answer.read()

    def cpu(self) -> float:
        """Return the CPU-seconds of the process, from Linux's own count in hundredths."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100


@contextlib.contextmanager
def serving(*command: str) -> Iterator[Server]:
    server = Server([sys.executable, *command])
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait(20)


def ours(address: str) -> Page:
    """Return the dashboard's own page: its buttons zoom, its first event's mark is hovered over."""
    place = """(() => {
        const chart = document.getElementById('timeline-graph'), box = chart.getBoundingClientRect();
        const mark = window.dateline.marks().find((each) => each.form !== 'rails');
        const [x, y] = window.drawing.place(chart.drawn, mark);
        return [box.left + x, box.top + y];
    })()"""
    ready = "document.querySelector('#marks [role=option]') && document.querySelector('#indicators .chart svg')"

    def zoom(tab: Any, step: int) -> None:
        drawn = tab.evaluate("document.getElementById('timeline-graph').dataset.n")
        tab.evaluate(f"document.querySelector('[data-do={'out' if step % 4 > 1 else 'in'}]').click()")
        end = time.monotonic() + PATIENCE
        while tab.evaluate("document.getElementById('timeline-graph').dataset.n") == drawn and time.monotonic() < end:
            tab.wait_for_timeout(50)

    return Page(
        "",
        address,
        ready,
        zoom,
        place,
        "(document.querySelector('#preview:not([hidden])') || { textContent: '' }).textContent",
    )


def plain(address: str) -> Page:
    """Return the plain Dash page with 1,000 points of Plotly."""
    place = """(() => {
        const gd = document.querySelector('.js-plotly-plot'), box = gd.getBoundingClientRect(), full = gd._fullLayout;
        return [box.left + full.xaxis._offset + full.xaxis.l2p(gd.calcdata[0][500].x),
                box.top + full.yaxis._offset + full.yaxis.l2p(gd.calcdata[0][500].y)];
    })()"""

    def zoom(tab: Any, step: int) -> None:
        tab.evaluate(
            "([low, high]) => Plotly.relayout(document.querySelector('.js-plotly-plot'), {'xaxis.range': [low, high]})",
            [step * 20, 1000 - step * 20],
        )

    ready = "document.querySelector('.js-plotly-plot .points path')"
    return Page(
        "plain Dash, 1,000 points",
        address,
        ready,
        zoom,
        place,
        "(document.querySelector('.hoverlayer') || { textContent: '' }).textContent",
    )


# ------------------------------------------------------------------ the run
_SERVE = "import sys; from dashboard.server import serve; serve(sys.argv[1], port=0)"
COLUMNS = ("first", "zoom", "hover", "page", "answer", "server")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--events", type=int, nargs="+", default=[1000, 1_000_000])
    parser.add_argument("--others", type=Path, help="an empty folder outside of the project for packages from npm")
    parser.add_argument("--steps", type=int, default=10)
    told = parser.parse_args()
    rows: dict[str, dict[str, float] | str] = {}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium(), args=FLAGS)

        def row(name: str, page: Page, server: Server | None = None) -> None:
            try:
                rows[name] = measured(browser, page, told.steps, server)
            except (TimeoutError, Error) as error:
                rows[name] = str(error).split("\n", maxsplit=1)[0]
            print(name, rows[name], flush=True)

        with serving("-m", "benchmarks.dashboard_plain") as server:
            row("plain Dash, 1,000 points", plain(server.address))
        for number in told.events:
            store = dashboard_corpus.make(number, Path(scratch) / str(number))
            with serving("-c", _SERVE, str(store)) as server:
                row(f"Dateline, {number:,} events", ours(server.address), server)
        if told.others:
            for name, page in dashboard_others.pages(told.others, Page):
                row(name, page)
        browser.close()
    print(table(rows))


def table(rows: dict[str, dict[str, float] | str]) -> str:
    """Return the results as a table in Markdown; ratios are to the first row."""
    base = next(iter(rows.values()))
    assert isinstance(base, dict)
    heads = ["page", "first render, CPU ms", "ratio", "zoom step, CPU ms", "ratio", "hover ms", "page KB"]
    heads += ["largest answer KB", "server CPU ms"]
    out = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, told in rows.items():
        if isinstance(told, str):
            out.append(f"| {name} | {told} | | | | | | | |")
            continue
        cells = []
        for column in COLUMNS:
            value = told.get(column)
            scale = 1000 if column in {"first", "zoom", "server"} else 1
            cells.append("" if value is None else f"{value * scale:,.0f}")
            if column in {"first", "zoom"}:
                cells.append(f"{told[column] / base[column]:.2f}")
        out.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(out)


if __name__ == "__main__":
    main()
