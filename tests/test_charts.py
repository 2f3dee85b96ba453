"""The charts: what is drawn for which quality of date and figure, and what must never be drawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.charts import charts, indicators, overview, timeline, wording
from dashboard.charts.catalogue import Catalogue, catalogue
from dashboard.charts.observations import groups
from dashboard.charts.scale import window_of
from dashboard.charts.texts import languages, texts
from dashboard.selection import Selection
from dashboard.selection.names import kind_name
from dashboard.theme import DARK, LIGHT, Theme, contrast
from tests.browser import sample

T = texts("en")
SAMPLE = sample.make()


def drawn(query: str = "", width: int = 1100, tables: Any = SAMPLE) -> Any:
    return timeline.figure(tables, Selection.parse(query), width=width)


def marks(figure: Any) -> dict[str, dict[str, Any]]:
    return {mark["id"]: mark for mark in figure.layout.meta["marks"]}


def texts_of(figure: Any) -> list[str]:
    return [text for trace in figure.data if trace.mode == "text" for text in trace.text]


def symbols(figure: Any) -> list[str]:
    return [s for trace in figure.data if trace.mode == "markers" for s in np.atleast_1d(trace.marker.symbol).tolist()]


def test_every_event_of_the_sample_has_a_mark_of_its_quality() -> None:
    forms = {key: mark["form"] for key, mark in marks(drawn()).items()}
    assert forms == {
        "ev-day": "stated",
        "ev-same": "stated",
        "ev-inferred": "inferred",
        "ev-range": "range",
        "ev-set": "candidates",
        "ev-mondays": "candidates",
        "ev-before": "range",
        "ev-undated": "undated",
        "ev-yearless": "undated",
    }


def test_stated_days_are_filled_and_inferred_ones_hollow_with_a_dot() -> None:
    found = symbols(drawn())
    assert sum("open" not in symbol for symbol in found) == 2
    assert sum(symbol.endswith("-open-dot") for symbol in found) == 1


def test_candidates_are_one_rail_with_a_tick_each_and_no_marker() -> None:
    only = sample.make([event for event in sample.EVENTS if event[0] == "ev-set"])
    figure = drawn(tables=only)
    assert not symbols(figure)
    assert any("1 event, 11 possible dates" in text for text in texts_of(figure))
    tick_xs = {x for trace in figure.data if trace.mode == "lines" and trace.line.width == 2 for x in trace.x if x}
    assert tick_xs == {date(year, 5, 6).toordinal() + 0.5 for year in range(2013, 2024)}


def test_a_rail_without_candidates_in_the_window_says_so_at_its_edge() -> None:
    figure = drawn("?from=2015-07-01&to=2015-12-01")
    assert any("11 possible dates, none in view" in text for text in texts_of(figure))


def test_a_best_day_gets_the_only_marker() -> None:
    tables = sample.make([event for event in sample.EVENTS if event[0] == "ev-mondays"])
    tables.events["best"] = ["2022-12-19"]
    figure = drawn(tables=tables)
    (points,) = [trace for trace in figure.data if trace.mode == "markers"]
    assert points.x == (date(2022, 12, 19).toordinal() + 0.5,)


def test_an_open_end_is_a_stub_however_far_it_may_reach() -> None:
    tables = sample.make([event for event in sample.EVENTS if event[0] in {"ev-before", "ev-set"}])
    figure = drawn(tables=tables)
    window = window_of(Selection(), catalogue(tables), 1100)
    rails = [trace for trace in figure.data if trace.mode == "lines" and trace.line.width == 3]
    low, high = (x for x in rails[0].x if x is not None)
    assert (high - low) / window.unit == pytest.approx(56)


def test_hover_is_three_lines_and_markup_from_documents_stays_text() -> None:
    hits = [text for trace in drawn().data if trace.name == "hits" for text in trace.hovertext]
    assert all(text.count("<br>") <= 2 for text in hits)
    (told,) = {text for text in hits if "Stone&lt;/a&gt;" in text}
    assert "<a" not in told
    assert "$x$" not in told
    assert "&lt;b&gt;everything" in "".join(hits)


def test_labels_from_documents_are_escaped_too() -> None:
    tables = sample.make()
    tables.events["place"] = ["<b>$a$</b>"] * len(tables.events)
    assert not any("<b>" in text or "$" in text for text in texts_of(drawn(tables=tables)))


def test_the_gutter_is_counted_even_when_it_overflows() -> None:
    many = [(f"ev-{i}", "meeting", "m", "A; B", "", "", "") for i in range(50)]
    found = drawn(tables=sample.make(many)).layout.meta["marks"]
    assert {mark["axis"] for mark in found} == {"x2"}
    assert sum(int(mark["title"].split()[0]) if not mark["id"] else 1 for mark in found) == 50


@pytest.mark.parametrize("lanes", ["pair", "person", "kind", "place", "document"])
@pytest.mark.parametrize("axis", ["time", "sequence"])
def test_every_lane_and_axis_shows_every_event(lanes: str, axis: str) -> None:
    assert set(marks(drawn(f"?lanes={lanes}&axis={axis}"))) >= {event[0] for event in sample.EVENTS}


def test_in_sequence_the_days_stand_one_step_apart() -> None:
    found = marks(drawn("?axis=sequence"))
    assert found["ev-day"]["x"] - found["ev-inferred"]["x"] == pytest.approx(3)


def crowd(number: int) -> Any:
    """Return many meetings in two lanes over ten years, a third of them unsure."""
    start = date(2010, 1, 1).toordinal()
    events = []
    for i in range(number):
        first = date.fromordinal(start + i * 3650 // number)
        edtf = first.isoformat() if i % 3 else f"{first.isoformat()}/{date.fromordinal(first.toordinal() + 400)}"
        events.append((f"ev-{i}", "meeting", f"m {i}", "A; B" if i % 2 else "A; C", "", edtf, "explicit"))
    return sample.make(events)


def test_a_crowd_becomes_clusters_within_the_budget() -> None:
    figure = drawn(tables=crowd(1500))
    found = figure.layout.meta["marks"]
    assert len(found) < 250
    counts = [int(m["title"].split()[0].replace("\u202f", "")) if not m["id"] else 1 for m in found]
    assert sum(counts) == 1500


def test_marks_in_one_track_do_not_overlap() -> None:
    figure = drawn(tables=crowd(40))
    by_row: dict[float, list[float]] = {}
    for mark in figure.layout.meta["marks"]:
        if mark["form"] == "stated":
            by_row.setdefault(mark["y"], []).append(mark["x"])
    unit = window_of(Selection(), catalogue(crowd(40)), 1100).unit
    assert all(b - a >= 17 * unit for xs in by_row.values() for a, b in zip(sorted(xs), sorted(xs)[1:], strict=False))


def test_the_overview_counts_every_dated_event() -> None:
    known = Catalogue(SAMPLE)
    sure, unsure = overview.density(known, Selection(), overview.whole(known, 1100))
    assert sure.sum() == 3
    assert unsure.sum() == pytest.approx(4)


@pytest.mark.parametrize("name", list(charts()))
@pytest.mark.parametrize("width", [288, 1600])
def test_charts_draw_nothing_at_all_without_complaint(name: str, width: int) -> None:
    figure = charts()[name].figure(sample.make([], []), Selection(), width=width)
    assert figure.layout.width == width


# ------------------------------------------------------------------ indicators
def group(name: str) -> Any:
    return next(g for g in groups(catalogue(SAMPLE), Selection(), T) if g.id.startswith(name))


def test_level_and_growth_are_apart_and_the_most_observed_comes_first() -> None:
    assert [g.id for g in groups(catalogue(SAMPLE), Selection(), T)] == [
        "trade~USD~level",
        "programme~percent~level",
        "trade~percent~growth",
    ]


def test_disputed_values_stay_two_rows_with_a_bracket_and_no_line() -> None:
    figure = indicators.draw(group("trade~USD"), LIGHT, T, 400)
    said = [note.text for note in figure.layout.annotations]
    assert any("sources differ" in text for text in said)
    assert any("Reed side" in text for text in said)
    assert not [trace for trace in figure.data if trace.line.dash == "dot"]


def test_the_same_source_told_twice_is_joined_dotted() -> None:
    figure = indicators.draw(group("programme"), LIGHT, T, 400)
    (line,) = [trace for trace in figure.data if trace.line.dash == "dot"]
    assert line.x == (30, 60)


def test_a_forecast_range_is_a_dashed_box_from_bound_to_bound() -> None:
    figure = indicators.draw(group("trade~USD"), LIGHT, T, 400)
    (box,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (box.x0, box.x1, box.line.dash) == (44, 45, "dash")


def test_about_is_hollow_and_exact_is_filled() -> None:
    figure = indicators.draw(group("programme"), LIGHT, T, 400)
    (points,) = [trace for trace in figure.data if trace.mode == "markers"]
    assert dict(zip(points.x, points.marker.symbol, strict=True)) == {30: "circle-open", 60: "circle"}


def test_counts_are_charted_only_when_there_is_nothing_else() -> None:
    only = sample.make(figures=[f for f in sample.FIGURES if f.get("statistical_kind") == "count"])
    (found,) = groups(catalogue(only), Selection(), T)
    assert found.counts
    assert not any(g.counts for g in groups(catalogue(SAMPLE), Selection(), T))


# ------------------------------------------------------------------ colours and words
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_of_the_palette(theme: Theme) -> None:
    for ground in (theme.paper, theme.band):
        assert contrast(theme.ink, ground) >= 7
        assert contrast(theme.soft, ground) >= 4.5
        assert all(contrast(colour, ground) >= 4.5 for colour in theme.kinds)
    assert contrast(theme.focus, theme.paper) >= 4.5
    assert len(set(theme.kinds)) == 7


def test_languages_have_the_same_texts_with_the_same_fields() -> None:
    import string  # noqa: PLC0415

    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for other in map(texts, languages()):
        assert set(other.strings) == set(T.strings)
        assert all(fields(other.strings[key]) == fields(T.strings[key]) for key in T.strings)
        assert set(other.counts) == set(T.counts)


def test_figures_are_written_as_the_language_writes_them() -> None:
    row = {"value_min": 48.25e9, "value_max": 50e9, "unit": "USD", "qualifier": "about"}
    assert wording.figure_label(row, T) == "about 48.25–50\u00a0bn USD"
    assert wording.figure_label(row, texts("ru")) == "около 48,25–50\u00a0млрд USD"


@pytest.mark.parametrize(
    ("told", "edtf", "words"),
    [
        ("XXXX", "2022/2023", "2022 or 2023"),
        ("XXXX", "1999/2023", "year not stated"),
        ("XXXX-01/XXXX-06", "[2022-01-01..2022-06-30,2023-01-01..2023-06-30]", "Jan – Jun 2022 or Jan – Jun 2023"),
        ("2021", "2021", "2021"),
    ],
)
def test_a_period_of_an_open_year_names_the_candidates(told: str, edtf: str, words: str) -> None:
    assert wording.period_label(wording.period_of({"time_period": told, "edtf": edtf}), T) == words


def test_no_text_is_left_over() -> None:
    folder = Path(timeline.__file__).parents[1]
    code = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    built = ("basis_", "quality_", "lanes_", "axis_", "status_", "clue_", "mark_", "q_", "theme_", "legend_", "key_")
    built += ("short_",)
    assert not [
        key for key in T.strings if not key.startswith(built) and f'"{key}"' not in code and f"'{key}'" not in code
    ]


def test_kinds_have_names_in_the_language_of_the_interface() -> None:
    assert (kind_name("visit", "ru"), kind_name("visit", "en"), kind_name("odd_kind", "ru")) == (
        "Визит",
        "Visit",
        "Odd kind",
    )


@pytest.mark.parametrize(
    ("n", "told"),
    [(1, "1 событие"), (3, "3 события"), (11, "11 событий"), (21, "21 событие"), (1500, "1\u202f500 событий")],
)
def test_russian_plurals(n: int, told: str) -> None:
    assert texts("ru").count("events", n) == told


def test_what_a_document_tells_again_with_fewer_words_is_one_observation() -> None:
    told = {"words": "60 %", "value": 60, "unit": "percent", "indicator": "programme"}
    full = told | {"speaker": "Ada Quill", "time_period": "2022-12"}
    figures = [told, full, told | {"speaker": "Ada Quill"}, told | {"speaker": "Boris Reed"}, told | {"value": 61}]
    (found,) = groups(catalogue(sample.make(figures=figures)), Selection(), T)
    assert [(o.low, o.source, o.period) for o in found.observations] == [
        (60, "Ada Quill", "2022-12"),
        (60, "Boris Reed", ""),
        (61, "source not named", ""),
    ]


def test_one_day_stands_where_many_do() -> None:
    window = window_of(Selection(axis="sequence"), catalogue(SAMPLE), 900)
    assert window.steps is not None
    days = np.concatenate([window.steps, window.steps + 0.25, window.steps[:1] - 400, window.steps[-1:] + 800])
    assert [window.at(float(day)) for day in days] == pytest.approx(window.all_at(days).tolist())
