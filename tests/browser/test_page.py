"""The page in a real browser: what a reader sees, hovers, clicks, types and saves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from etl.readers.pdf import read
from tests.browser import sample
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
SIZES = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (320, "light")]
PLACE = """(id) => {
  const chart = document.getElementById('timeline-graph');
  const mark = window.dateline.marks().find((each) => each.id === id);
  chart.scrollIntoView({ block: 'center' });
  const box = chart.getBoundingClientRect(), [x, y] = window.drawing.place(chart.drawn, mark);
  return [box.left + x, box.top + y];
}"""


def place(page: Any, event: str) -> tuple[float, float]:
    x, y = page.evaluate(PLACE, event)
    return x, y


def test_the_page_keeps_its_contract(opened: Open) -> None:
    page = opened.at()
    for name in ("overview", "timeline", "evidence", "indicators", "table", "search", "export"):
        assert page.locator(f"#{name}").count() == 1
    assert page.evaluate("document.documentElement.dataset.build") == "1"
    first, last = page.evaluate("window.dateline.range()")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", first)
    assert first < "2013-05-06"
    assert last > "2025-05-08"
    assert "2 documents, 9 events: 2 dated to the day, 1 inferred, 6 unsure" in page.locator("#honest").inner_text()
    assert not page.evaluate("'Plotly' in window")


def test_hover_previews_and_click_opens_the_evidence(opened: Open) -> None:
    page = opened.at()
    page.mouse.move(*place(page, "ev-day"), steps=4)
    page.wait_for_selector("#preview")
    shown = page.locator("#preview").text_content()
    assert "Quill and Reed meet" in shown
    assert "9 October 2024, stated" in shown
    assert "<b>everything</b>" in shown
    page.mouse.click(*place(page, "ev-day"))
    page.wait_for_selector("#evidence-title")
    assert "e=ev-day" in page.url
    assert page.locator(".source-text .m-event").first.inner_text().startswith("met Prime")
    assert page.locator(".source-text .m-date").inner_text() == "on Monday"
    page.go_back()
    page.wait_for_selector("#evidence-title", state="detached")


def test_a_preview_waits_for_the_pointer_and_leaves_on_escape(opened: Open) -> None:
    page = opened.at()
    x, y = place(page, "ev-day")
    page.mouse.move(x, y, steps=3)
    page.wait_for_selector("#preview")
    box = page.locator("#preview").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 10, steps=3)
    page.wait_for_timeout(400)
    assert page.locator("#preview").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#preview").is_visible()


def test_dragging_moves_the_window_and_the_wheel_zooms_it(opened: Open) -> None:
    page = opened.at("?from=2022-01-01&to=2023-12-31")
    box = page.locator("#timeline-graph").bounding_box()
    assert box
    x, y = box["x"] + 400, box["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y, steps=4)
    page.mouse.up()
    opened.until("location.search.includes('from=2021-')")
    before = page.evaluate("window.dateline.range()")
    page.mouse.wheel(0, -200)
    opened.until(f"!location.search.includes('from={before[0]}')")
    after = page.evaluate("window.dateline.range()")
    assert before[0] < after[0]
    assert after[1] < before[1]


def test_candidates_have_no_marker_and_a_label(opened: Open) -> None:
    page = opened.at("?e=ev-set")
    page.wait_for_selector(".funnel")
    assert "1 event, 11 possible dates" in page.locator("#timeline svg").first.text_content()
    assert "11 days left" in page.locator(".funnel").inner_text()
    assert page.locator("#evidence a[href=x]").count() == 0


def test_everything_works_from_the_keyboard(opened: Open) -> None:
    page = opened.at()
    page.evaluate("document.getElementById('marks').focus()")
    page.keyboard.press("Home")
    first = page.locator("#live").inner_text()
    assert first.startswith("1 / 9: ")
    page.keyboard.press("ArrowRight")
    assert page.locator("#live").inner_text().startswith("2 / 9: ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#evidence-title")
    opened.until("document.activeElement.id === 'evidence-title'")
    page.keyboard.press("Escape")
    opened.until("!location.search.includes('e=')")
    before = page.evaluate("window.dateline.range()")
    page.keyboard.press("+")
    opened.until("location.search.includes('from=')")
    opened.until(f"window.dateline.range()[0] > '{before[0]}'")
    page.keyboard.press("0")
    opened.until("!location.search.includes('from=')")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("programme", delay=40)  # as fast as a person types: all at once outruns the page
    page.wait_for_selector(".results mark")
    assert page.locator(".results mark").first.inner_text() == "programme"


def test_tables_equal_the_charts(opened: Open) -> None:
    page = opened.at()
    page.click("#table-title")
    page.wait_for_selector("#table-timeline tbody tr")
    assert page.locator("#table-timeline tbody tr").count() == 9
    page.click("#table-timeline >> text=Quill decorates Reed")
    page.wait_for_selector("#evidence-title")
    assert page.locator("#evidence-title").inner_text() == "Quill decorates Reed"
    page.click(".tabs >> text=figures")
    opened.until("document.querySelector('#table .tab[aria-current]').textContent.startsWith('figures')")
    assert page.locator("#table tbody tr").count() == 7


def test_zoom_and_brush_move_the_window(opened: Open) -> None:
    page = opened.at("?from=2022-11-01&to=2023-02-01")
    assert page.evaluate("window.dateline.range()") == ["2022-11-01", "2023-02-02"]
    handle = page.locator("#brush .handle").first
    handle.focus()
    page.keyboard.press("Home")
    opened.until("window.dateline.range()[0] < '2013-05-06'")
    assert "1 event, 4 possible dates" in page.locator("#timeline svg").first.text_content()


def test_the_view_can_be_saved(opened: Open, downloads: Path) -> None:
    page = opened.at("?person=Ada+Quill")
    page.click("#export summary")
    saved = {}
    for kind in ("png", "svg", "pdf", "csv", "ics"):
        with page.expect_download() as waiting:
            page.click(f"#export-{kind}")
        out = downloads / waiting.value.suggested_filename
        waiting.value.save_as(out)
        saved[out.suffix[1:]] = out.read_bytes()
    assert saved["png"].startswith(b"\x89PNG")
    assert len(saved["png"]) > 20_000
    said = "".join(ET.fromstring(saved["svg"].decode()).itertext())
    printed = " ".join(read(downloads / "dateline-timeline.pdf", saved["pdf"])[0].text.split())
    for words in ("Timeline", "Showing only: Ada Quill", "day stated", "Sources: Talks in Port Almond"):
        assert words in said
        assert words in printed
    drawn = {text for text in page.locator("#timeline svg text").all_text_contents() if text.strip()}
    assert len(drawn) > 10
    assert {text for text in drawn if text not in said} == set()
    assert saved["csv"].decode("utf-8-sig").count("\nev-") == 6
    assert saved["ics"].startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("opened", SIZES, indirect=True, ids=str)
def test_a_saved_page_stands_alone(opened: Open, downloads: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened.at()
    page.click("#export summary")
    with page.expect_download() as waiting:
        page.click("#export-html")
    waiting.value.save_as(downloads / "view.html")
    page.goto((downloads / "view.html").as_uri())
    opened.until("document.querySelectorAll('.chart svg').length > 2")
    assert page.locator(".told").count() == len(sample.EVENTS)
    page.click(".told summary >> nth=0")
    assert not axe.Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_is_white_and_shows_the_table(opened: Open) -> None:
    page = opened.at("?theme=dark")
    opened.until("document.querySelector('#table-timeline .planted')")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#table-timeline td").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert "invert" in page.evaluate("getComputedStyle(document.querySelector('#timeline .chart')).filter")


@pytest.mark.parametrize("opened", SIZES, indirect=True, ids=str)
def test_no_accessibility_violation_and_nothing_wider_than_the_screen(opened: Open) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened.at("?e=ev-set&person=Boris+Reed")
    page.wait_for_selector("#evidence-title")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click(".controls summary")
    found = axe.Axe().run(page).response["violations"]
    assert not found, json.dumps([(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found], indent=1)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?person=Nobody", "Nothing matches"),
        ("?e=%3Cscript%3E&lanes=%22&from=9999-99-99&page=-1&kind=" + "x" * 900, "Nothing matches"),
    ],
)
def test_odd_links_get_a_designed_state(opened: Open, query: str, said: str) -> None:
    page = opened.at(query, ready="document.querySelector('#state .note')")
    assert said in page.locator("#state").inner_text()
    page.click("#state .button >> text=Clear all filters")
    opened.until("document.querySelectorAll('#marks [role=option]').length === 9")


def test_russian_and_dark_from_the_link(opened: Open) -> None:
    page = opened.at("?lang=ru&theme=dark")
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.locator("#timeline-heading").inner_text() == "Хронология"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"
