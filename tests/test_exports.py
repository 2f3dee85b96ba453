"""Images, tables and pages of the current view."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dash import html

from dashboard import export, report
from dashboard.charts.texts import texts
from dashboard.selection import Selection
from dashboard.source import Source
from etl.errors import DatelineError

T = texts("en")


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
