"""The dashboard without a browser: the view in the URL, the evidence, tables, search, odd states."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import callbacks
from dashboard.charts.texts import texts
from dashboard.selection import Selection
from dashboard.source import Source
from dashboard.views import evidence, highlight, layout, search, tables
from dashboard.views.planting import planted
from etl.errors import StoreError
from etl.schema import TABLES
from etl.store.saving import save
from etl.tables import Tables
from tests.browser import sample

T = texts("en")


def text_of(part: Any) -> str:
    """Return the visible text of a component tree."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(map(text_of, part))
    return text_of(part.children) if hasattr(part, "children") else str(part)


def all_of(part: Any, kind: str) -> Iterator[Any]:
    if isinstance(part, list | tuple):
        for each in part:
            yield from all_of(each, kind)
    elif hasattr(part, "children") or type(part).__name__ == kind:
        if type(part).__name__ == kind:
            yield part
        yield from all_of(getattr(part, "children", None), kind)


# ------------------------------------------------------------------ the view in the URL
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
SEVERAL = st.lists(WORDS, max_size=4, unique=True).map(tuple)


@settings(deadline=None)
@given(st.builds(Selection, kinds=SEVERAL, people=SEVERAL, selected=WORDS, lanes=st.sampled_from(["kind", "place"])))
def test_a_view_survives_its_url(selection: Selection) -> None:
    assert Selection.parse(selection.query()) == selection


@given(st.text(max_size=300))
def test_any_url_is_a_view(query: str) -> None:
    selection = Selection.parse(query)
    assert Selection.parse(selection.query()) == selection


@pytest.mark.parametrize(
    "query",
    [
        "?from=2024-13-45&to=x",
        "?from=2024-01-01&to=2023-01-01",
        "?lanes=<script>&axis=9&theme=pink&lang=xx&quality=sure",
        "?page=-3",
        "?page=٣",
        "?page=9e9",
        "?" + "&".join(f"zz{i}=1" for i in range(5000)),
    ],
)
def test_hostile_values_become_the_default_view(query: str) -> None:
    assert Selection.parse(query) == Selection()


def test_a_changed_filter_goes_back_to_the_first_page() -> None:
    assert Selection(page=4).but(kinds=("visit",)).page == 1


# ------------------------------------------------------------------ evidence
def test_the_panel_tells_the_funnel_with_words_source_and_days_left(source: Source) -> None:
    said = text_of(evidence.panel(source.catalogue, Selection(selected="ev-set"), T))
    for words in (
        "11 days left",
        "unverified",
        "offices.csv: Clara Stone",
        "still open",
        "It was a good day",
        "characters 11–31",
    ):
        assert words in said


def test_the_marked_text_is_the_text(source: Source) -> None:
    tables_ = source.catalogue.tables
    for doc_id, text in sample.TEXTS.items():
        marks = highlight.marks_of(tables_, doc_id, [(3, 40)])
        assert text_of(highlight.marked(text, marks, [(0, len(text))], {})) == text


def words_of(tree: Any) -> str:
    if isinstance(tree, str):
        return tree
    return "".join(map(words_of, tree[2:])) if isinstance(tree, list) else ""


def state_of(source: Source, view: dict[str, Any]) -> str:
    """Return what the timeline says instead of, or beside, its lanes."""
    return words_of(callbacks._timeline(source, view)[0]["layout"]["meta"]["state"])


def test_a_region_travels_as_data_with_every_word_in_it(source: Source) -> None:
    panel = evidence.panel(source.catalogue, Selection(selected="ev-set"), T)
    (root,) = [planted(panel)]
    assert words_of(json.loads(getattr(root, "data-tree"))) == text_of(panel)
    assert root.children is None


def test_what_callbacks_know_stays_a_component() -> None:
    kept = planted(html.Article([html.H3("a"), dcc.Graph(id="g")]))
    assert [type(part).__name__ for part in kept.children] == ["Div", "Graph"]


def test_a_long_text_is_cut_around_the_event() -> None:
    text = "x" * 50_000
    shown = highlight.windows(len(text), [(20_000, 20_010)], whole=False)
    assert shown == [(19_400, 20_610)]
    assert highlight.windows(len(text), [(20_000, 20_010)], whole=True) == [(0, 50_000)]


@pytest.mark.parametrize("selected", ["", "ev-day", "ev-undated", "fig-1", "no-such-id", "<script>"])
def test_every_selection_has_a_panel(source: Source, selected: str) -> None:
    assert text_of(evidence.panel(source.catalogue, Selection(selected=selected), T))


def test_the_citation_has_offsets_and_build(source: Source) -> None:
    buttons = all_of(evidence.panel(source.catalogue, Selection(selected="ev-day"), T), "Button")
    citation = next(getattr(button, "data-copy") for button in buttons)
    assert "characters" in citation
    assert "build 1" in citation


# ------------------------------------------------------------------ tables, search, states
# rows of each table, and those of the events with Clara Stone or of the one document that tells them
OF_STONE = {
    "documents": (2, 1),
    "timexes": (2, 1),
    "events": (9, 3),
    "event_mentions": (9, 3),
    "participants": (0, 0),
    "figures": (7, 0),
    "quotes": (2, 1),
    "people": (3, 1),
    "places": (1, 0),
    "evidence": (4, 2),
}


@pytest.mark.parametrize("name", list(TABLES))
def test_every_table_can_be_seen_and_filtered(source: Source, name: str) -> None:
    both = [
        text_of(tables.view(source.catalogue, selection, T))
        for selection in (Selection(table=name), Selection(table=name, people=("Clara Stone",)))
    ]
    assert all(column.name in both[0] for column in TABLES[name].columns)
    assert tuple(int(re.findall(r"Rows \d+–\d+ of (\d+)", shown)[0]) for shown in both) == OF_STONE[name]


def test_a_page_beyond_the_last_is_the_last(source: Source) -> None:
    assert "Rows 1–9 of 9" in text_of(tables.view(source.catalogue, Selection(page=999), T))


def test_search_finds_people_places_and_texts(source: Source) -> None:
    assert "Clara Stone" in text_of(search.results(source, "clara", Selection(), T))
    assert "Port Almond" in text_of(search.results(source, "port al", Selection(), T))
    found = search.results(source, "programme", Selection(), T)
    assert "60 % done" in text_of(found)
    assert [mark.children for mark in all_of(found, "Mark")] == ["programme"]
    assert "No text" in text_of(search.results(source, "zebra", Selection(), T))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?person=Nobody", "Nothing matches"),
        ("?kind=visit&person=Ada+Quill", "Most are hidden by"),
        ("?from=1999-01-01&to=1999-02-01", "No event in this window."),
    ],
)
def test_odd_views_say_what_to_do(source: Source, query: str, said: str) -> None:
    if "1999" in query:
        query += "&quality=stated"
    assert said in state_of(source, {"query": query, "width": 900})


@pytest.mark.parametrize("view", [{}, {"query": 3, "width": "wide"}, {"query": "?axis=sequence", "width": 10**9}])
def test_regions_believe_nothing_that_a_client_says(source: Source, view: dict[str, Any]) -> None:
    for region in callbacks.REGIONS.values():
        assert region(source, view)


def test_no_answer_is_large(tmp_path: Path) -> None:
    kinds = ("meeting", "visit", "call", "signing")
    events = [
        (
            f"ev-{i}",
            kinds[i % 4],
            f"Meeting {i} " * 8,
            f"A; B{i % 12}",
            "Town",
            f"{1990 + i % 30}-0{1 + i % 9}-11",
            "explicit",
        )
        for i in range(3000)
    ]
    source = Source(sample.stored(tmp_path / "store", sample.make(events)))
    for name, region in callbacks.REGIONS.items():
        answer = json.dumps([planted(part) if name != "timeline" else part for part in region(source, {})], default=str)
        assert len(answer) < 60_000, name


@pytest.mark.parametrize("events", [[], sample.EVENTS[:1], sample.EVENTS[7:]], ids=["none", "one", "undated"])
def test_small_corpora_have_a_page(tmp_path: Path, events: list[tuple[str, ...]]) -> None:
    source = Source(sample.stored(tmp_path / "store", sample.make(events, [])))
    state = state_of(source, {"width": 800})
    assert bool(state) == (events != sample.EVENTS[:1])


def test_an_empty_corpus_says_what_to_do(tmp_path: Path) -> None:
    frames = {name: table.frame([]) for name, table in TABLES.items()}
    save(Tables(**frames, texts={}, manifest={"build": 0, "notes": []}), tmp_path / "store")
    page = layout.page(Source(tmp_path / "store"), T, no_pdf="")
    assert "This corpus is empty" in text_of(page)
    assert "dateline demo" in text_of(page)


def test_without_chromium_pdf_is_off_and_says_why(source: Source) -> None:
    page = layout.page(source, T, no_pdf="Chromium is missing")
    buttons = {button.id: button for button in all_of(page, "Button") if getattr(button, "id", None)}
    assert buttons["export-pdf"].disabled
    assert "Chromium is missing" in buttons["export-pdf"].title
    assert not getattr(buttons["export-png"], "disabled", False)


def test_a_new_build_is_read_without_a_restart(tmp_path: Path) -> None:
    source = Source(sample.stored(tmp_path / "store", sample.make()))
    before = source.build
    sample.stored(tmp_path / "store", sample.make(sample.EVENTS[:2], []))
    assert (before, source.build, source.catalogue.n) == ("1", "2", 2)


def test_a_folder_that_is_no_store_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Source(tmp_path)
