"""The dashboard without a browser: the view in the URL, the evidence, the guard, exports, odd states."""

from __future__ import annotations

import gzip
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import callbacks, export, report, resources
from dashboard.charts import wording
from dashboard.charts.texts import texts
from dashboard.selection import Selection
from dashboard.server import guarded, serve
from dashboard.source import Source
from dashboard.views import evidence, highlight, layout, search, tables
from dashboard.views.planting import planted
from etl.errors import DatelineError, StoreError
from etl.schema import TABLES
from etl.store.saving import save
from etl.tables import Tables
from tests.browser import sample

T = texts("en")


def stored(where: Path, made: sample.Sample) -> Path:
    frames = {name: getattr(made, name) for name in TABLES}
    save(Tables(**frames, texts=made.texts, manifest={"build": 0, "notes": []}), where)
    return where


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stored(tmp_path_factory.mktemp("dashboard") / "store", sample.make())


@pytest.fixture(scope="module")
def source(store: Path) -> Source:
    return Source(store)


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


# ------------------------------------------------------------------ words
@pytest.mark.parametrize(
    ("edtf", "basis", "said"),
    [
        ("2024-10-09", "explicit", "9 October 2024, stated"),
        ("2022-12-19", "inferred", "19 December 2022, inferred"),
        (
            "2022-12-01/2022-12-10",
            "explicit",
            "some day from 1 December 2022 to 10 December 2022 (10 possible days), stated",
        ),
        (
            "[2013-05-06,2014-05-06,2015-05-06]",
            "inferred",
            "6 May of one of the years 2013–2015 (3 possible dates), inferred",
        ),
        ("[2022-12-05,2022-12-12]", "inferred", "one of 2 possible dates: 5 Dec 2022, 12 Dec 2022, inferred"),
        ("../2025-05-08", "inferred", "on or before 8 May 2025, inferred"),
        ("2025-05-08/..", "vague", "on or after 8 May 2025, vague"),
        ("XXXX-05-06", "vague", "6 May, year unknown, vague"),
        ("XXXX-05", "vague", "May, year unknown, vague"),
        ("", "", "no usable date"),
        ("nonsense", "", "no usable date"),
    ],
)
def test_dates_in_plain_words(edtf: str, basis: str, said: str) -> None:
    assert wording.date_sentence({"edtf": edtf, "basis": basis}, T) == said


def test_notes_are_read_without_edtf() -> None:
    note = "Counted from ([2013-05-06/2013-05-09,2014-05-06/2014-05-09]), not from 2012-11-06."
    said = "Counted from (6–9 May of one of the years 2013, 2014 (8 possible dates)), not from 6 November 2012."
    assert wording.readable(note, T) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2022", "2022"),
        ("2022-01/2022-06", "Jan – Jun 2022"),
        ("2022-12", "Dec 2022"),
        ("XXXX-01/XXXX-06", "Jan – Jun, year not stated"),
        ("", "period not stated"),
    ],
)
def test_periods_in_plain_words(period: str, said: str) -> None:
    assert wording.period_label(period, T) == said


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
    source = Source(stored(tmp_path / "store", sample.make(events)))
    for name, region in callbacks.REGIONS.items():
        answer = json.dumps([planted(part) if name != "timeline" else part for part in region(source, {})], default=str)
        assert len(answer) < 60_000, name


@pytest.mark.parametrize("events", [[], sample.EVENTS[:1], sample.EVENTS[7:]], ids=["none", "one", "undated"])
def test_small_corpora_have_a_page(tmp_path: Path, events: list[tuple[str, ...]]) -> None:
    source = Source(stored(tmp_path / "store", sample.make(events, [])))
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
    source = Source(stored(tmp_path / "store", sample.make()))
    before = source.build
    stored(tmp_path / "store", sample.make(sample.EVENTS[:2], []))
    assert (before, source.build, source.catalogue.n) == ("1", "2", 2)


def test_a_folder_that_is_no_store_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Source(tmp_path)


# ------------------------------------------------------------------ exports
def test_an_image_carries_title_filters_legend_and_sources(source: Source) -> None:
    figure = export.drawn(source.catalogue.tables, "timeline", Selection(people=("Ada Quill",)))
    said = " ".join(note.text for note in figure.layout.annotations)
    for words in (
        "<b>Timeline</b>",
        "Showing only: Ada Quill",
        "day stated",
        "Sources: Talks in Port Almond",
        "build 1",
    ):
        assert words in said


@pytest.mark.parametrize("chart", ["timeline", "overview", "indicators", "trade"])
def test_charts_are_found_by_name(source: Source, chart: str) -> None:
    assert export.drawn(source.catalogue.tables, chart, Selection()).layout.width > 300


def test_an_unknown_chart_names_the_known_ones(source: Source) -> None:
    with pytest.raises(DatelineError, match="timeline"):
        export.drawn(source.catalogue.tables, "pie", Selection())


def test_without_chromium_images_fail_with_one_sentence(
    source: Source, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(export, "browser", lambda: "")
    with pytest.raises(DatelineError, match="Chromium is missing"):
        export.write_image(source.catalogue.tables, "timeline", tmp_path / "a.png")
    with pytest.raises(DatelineError, match=r"\.png, \.svg or \.pdf"):
        export.write_image(source.catalogue.tables, "timeline", tmp_path / "a.gif")


def test_data_are_those_of_the_view(source: Source) -> None:
    selection = Selection(people=("Clara Stone",))
    rows, suffix = export.data(source.catalogue, selection, "csv")
    assert suffix == "csv"
    assert rows.decode("utf-8-sig").count("ev-") == 3
    told = json.loads(export.data(source.catalogue, selection, "json")[0])
    assert [quote["quote_id"] for quote in told["quotes"]] == ["q-2"]


def test_a_page_tells_every_event_of_the_view_with_its_words_and_reasons(source: Source) -> None:
    page, suffix = export.data(source.catalogue, Selection(people=("Clara Stone",)), "html")
    text = page.decode()
    assert suffix == "html"
    assert text.count('class="told"') == 3
    for words in ("Showing only: Clara Stone", "Stone visits Reed", "“It was a good day,”", "from knowledge"):
        assert words in text
    assert "Quill decorates Reed" not in text


def test_words_of_a_document_stay_words_in_a_page(source: Source) -> None:
    part = html.P([html.B("<script>x</script> & 'y'"), html.A("go", href="?e=1"), html.Button("off"), html.Br(), None])
    assert report.markup(part) == (
        "<p><b>&lt;script&gt;x&lt;/script&gt; &amp; &#x27;y&#x27;</b><span>go</span><br></p>"
    )
    page = export.data(source.catalogue, Selection(), "html")[0].decode()
    assert "<b>everything</b>" not in page
    assert "&lt;b&gt;everything&lt;/b&gt;" in page
    assert "<a href=x>" not in page
    assert len(re.findall("</script>", page)) == 2


# ------------------------------------------------------------------ the server
class Client:
    """Calls the guarded application as a server would."""

    def __init__(self, store: Path) -> None:
        self.app = guarded(store, "127.0.0.1")

    def __call__(
        self, path: str, method: str = "GET", body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        import io  # noqa: PLC0415

        told: dict[str, Any] = {}
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "x", "SERVER_PORT": "8050",
            "HTTP_HOST": "127.0.0.1:8050", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(), "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/json", "wsgi.version": (1, 0), "wsgi.multithread": True,
            "wsgi.multiprocess": False, "wsgi.run_once": False,
        } | headers  # fmt: skip
        parts = self.app(environ, lambda status, headers: told.update(status=status, headers=dict(headers)))
        return int(told["status"][:3]), told["headers"], b"".join(parts)


@pytest.fixture(scope="module")
def client(store: Path) -> Client:
    return Client(store)


def post(**changes: Any) -> bytes:
    body: dict[str, Any] = {
        "output": "..evidence-body.children..",
        "outputs": [{"id": "evidence-body", "property": "children"}],
        "inputs": [{"id": "view-evidence", "property": "data", "value": {"query": "?e=ev-set"}}],
        "changedPropIds": ["view-evidence.data"],
    }
    return json.dumps(body | changes).encode()


def test_answers_hold_letters_as_they_are(client: Client) -> None:
    inputs = [{"id": "view-evidence", "property": "data", "value": {"query": "?lang=ru"}}]
    status, _, body = client("/_dash-update-component", "POST", post(inputs=inputs))
    assert status == 200
    assert "событи".encode() in body  # not six bytes for each of them


def test_the_page_has_build_language_policy_and_no_outside_address(client: Client) -> None:
    status, headers, body = client("/")
    assert status == 200
    assert b'data-build="1"' in body
    assert "script-src 'self' 'sha256-" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert b"https://" not in body
    assert b"drawing.js" in body
    assert b"plotly-basic" not in body


def test_a_proper_callback_is_answered_compressed(client: Client) -> None:
    status, headers, body = client("/_dash-update-component", "POST", post(), HTTP_ACCEPT_ENCODING="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert b"11 days left" in gzip.decompress(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"3",
        b"[" * 100_000,
        post(output="no.such"),
        post(output=7),
        post(outputs=[]),
        post(outputs={"id": "x"}),
        post(inputs=[]),
        post(inputs=[{"id": "view-evidence"}]),
        post(inputs="abc"),
        post(inputs=[3]),
        post(state=[{"id": "x", "property": "y"}]),
        post(changedPropIds=4),
        post(changedPropIds=[{}]),
    ],
)
def test_malformed_posts_are_400(client: Client, body: bytes) -> None:
    assert client("/_dash-update-component", "POST", body)[0] == 400


@pytest.mark.parametrize(
    "value", [None, 7, "x", [], {"query": None}, {"query": "?e=%00"}, {"query": "?" + "e=x&" * 999}]
)
def test_odd_values_in_a_proper_post_are_answered(client: Client, value: Any) -> None:
    body = post(inputs=[{"id": "view-evidence", "property": "data", "value": value}])
    assert client("/_dash-update-component", "POST", body)[0] in {200, 204}


@pytest.mark.parametrize(
    ("status", "path", "method", "headers"),
    [
        (403, "/", "GET", {"HTTP_HOST": "evil.example"}),
        (403, "/", "GET", {"HTTP_HOST": ""}),
        (403, "/_dash-update-component", "POST", {"HTTP_ORIGIN": "http://evil.example"}),
        (403, "/_dash-update-component", "POST", {"HTTP_ORIGIN": "null"}),
        (405, "/", "PUT", {}),
        (405, "/", "POST", {}),
        (413, "/_dash-update-component", "POST", {"CONTENT_LENGTH": "99999999"}),
        (415, "/_dash-update-component", "POST", {"CONTENT_TYPE": "text/plain"}),
        (400, "/_dash-update-component", "POST", {"CONTENT_LENGTH": "-1"}),
    ],
)
def test_the_guard_refuses(client: Client, status: int, path: str, method: str, headers: dict[str, str]) -> None:
    found, answered, body = client(path, method, post() if method == "POST" else b"", **headers)
    assert found == status
    assert "Content-Security-Policy" in answered
    assert b"Traceback" not in body


def test_a_taken_port_is_an_oserror(store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            serve(store, port=taken.getsockname()[1])


def test_the_assets_are_ours() -> None:
    folder = resources.assets()
    assert {"dateline.css", "dateline.js", "icon.svg"} <= {path.name for path in folder.iterdir()}
    head = (folder / resources.PLOTLY).read_text("utf-8")[:400]
    assert "MIT license" in head
    for path in (folder / "dateline.css", folder / "dateline.js"):
        assert "http" not in path.read_text("utf-8").replace("http://www.w3.org/", "")
