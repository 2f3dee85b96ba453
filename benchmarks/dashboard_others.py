"""Pages of vis-timeline and TimelineJS3 with the same invented days, for comparison.

The packages come from the npm registry into a folder that the caller names; nothing of them is part of this project.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERSIONS = {"vis-timeline": "8.5.4", "@knight-lab/timelinejs": "3.9.11"}
SIZES = (100, 1000, 10_000)
_VIS = """<!DOCTYPE html><meta charset="utf-8">
<link rel="stylesheet" href="{root}/vis-timeline/styles/vis-timeline-graph2d.min.css">
<div id="line" style="height:700px"></div>
<script src="{root}/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"></script>
<script>
const days = {days};
const items = days.map((day, i) => ({{ id: i, content: "Meeting " + i, title: "Meeting " + i, start: day }}));
window.line = new vis.Timeline(document.getElementById("line"), items, {{ height: "700px" }});
</script>"""
_KNIGHT = """<!DOCTYPE html><meta charset="utf-8">
<link rel="stylesheet" href="{root}/@knight-lab/timelinejs/dist/css/timeline.css">
<div id="line" style="height:700px"></div>
<script src="{root}/@knight-lab/timelinejs/dist/js/timeline.js"></script>
<script>
const days = {days};
const events = days.map((day, i) => {{
  const [year, month, date] = day.split("-").map(Number);
  return {{ start_date: {{ year, month, day: date }}, text: {{ headline: "Meeting " + i, text: "words" }} }};
}});
window.line = new TL.Timeline("line", {{ events }}, {{ font: null }});
</script>"""


def pages(folder: Path, page: type) -> Iterator[tuple[str, Any]]:
    """Yield the name and the page of each product and size; the packages are fetched first."""
    wanted = [f"{name}@{version}" for name, version in VERSIONS.items()]
    if not (folder / "node_modules").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, *wanted],
            check=True,
            timeout=600,
        )
    for number in SIZES:
        yield f"vis-timeline {VERSIONS['vis-timeline']}, {number:,}", _vis(folder, number, page)
        yield f"TimelineJS3 {VERSIONS['@knight-lab/timelinejs']}, {number:,}", _knight(folder, number, page)


def _days(number: int) -> list[str]:
    """Return days spread over 35 years, the same ones every time."""
    return [f"{1990 + i % 35}-{1 + i * 7 % 12:02}-{1 + i * 11 % 28:02}" for i in range(number)]


def _written(folder: Path, name: str, frame: str, number: int) -> str:
    out = folder / name
    root = (folder / "node_modules").resolve().as_uri()
    out.write_text(frame.format(root=root, days=json.dumps(_days(number))), "utf-8")
    return out.resolve().as_uri()


def _vis(folder: Path, number: int, page: type) -> Any:
    place = """(() => {
        const box = [...document.querySelectorAll('.vis-item.vis-box')].map((each) => each.getBoundingClientRect())
            .find((each) => each.width && each.left > 20 && each.right < innerWidth - 20 && each.top > 20);
        return [box.left + box.width / 2, box.top + box.height / 2];
    })()"""

    def zoom(tab: Any, step: int) -> None:
        tab.evaluate(f"window.line.{'zoomOut' if step % 4 > 1 else 'zoomIn'}(0.5, {{ animation: false }})")

    shown = "[...document.querySelectorAll('.vis-tooltip')].filter((each) => each.style.visibility === 'visible')"
    shown += ".map((each) => each.textContent).join()"
    return page(
        "",
        _written(folder, f"vis{number}.html", _VIS, number),
        "document.querySelector('.vis-item')",
        zoom,
        place,
        shown,
    )


def _knight(folder: Path, number: int, page: type) -> Any:
    def zoom(tab: Any, step: int) -> None:
        tab.evaluate(f"window.line.{'zoomOut' if step % 4 > 1 else 'zoomIn'}()")

    ready = "document.querySelector('.tl-timemarker') && window.line.ready !== false"
    return page("", _written(folder, f"knight{number}.html", _KNIGHT, number), ready, zoom)
