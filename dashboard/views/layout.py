"""The page's skeleton: four regions in reading order, each a landmark that works while the others are empty."""

from __future__ import annotations

import json

from dash import dcc, html

from dashboard.charts import texts as interface
from dashboard.charts.texts import Texts
from dashboard.selection import THEMES
from dashboard.source import Source
from dashboard.views.events import empty, honest
from dashboard.views.parts import Part, attrs
from etl.writers import formats

REGIONS = ("timeline", "controls", "listed", "evidence", "indicators", "tables")
FIGURES = ("timeline", "overview")
KEYS = (
    ("← →  ↑ ↓", "key_arrows"),
    ("Enter", "key_enter"),
    ("Esc", "key_escape"),
    ("+  −", "key_zoom"),
    ("0", "key_fit"),
    ("Home  End", "key_home"),
    ("/", "key_search"),
    ("?", "key_help"),
)


def page(source: Source, t: Texts, *, no_pdf: str) -> html.Div:
    """Return the whole page, with every region empty until the first callback fills it."""
    known = source.catalogue
    body: list[Part]
    if known.tables.documents.empty:
        body = [html.Main([empty(t), _unused()], id="main", className="blank")]
    else:
        body = [
            html.Main([_timeline(t), _evidence(t), _indicators(t), _tables(t)], id="main", className="page"),
        ]
    return html.Div(
        [
            html.A(t("skip"), href="#timeline", className="skip"),
            _header(source, t, no_pdf),
            *body,
            html.Footer(t("image_made", build=source.build), id="foot"),
            html.Div(id="live", role="status", className="quiet", **attrs(aria_live="polite")),
            html.Div(id="texts", hidden=True, **attrs(data_texts=json.dumps(_spoken(t)))),
            _help(t),
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="client"),
            *[dcc.Store(id=f"view-{name}") for name in REGIONS],
            *[dcc.Store(id=f"figure-{name}") for name in FIGURES],
            dcc.Store(id="export-request"),
            dcc.Store(id="export-answer"),
            dcc.Store(id="build", data=source.build),
            dcc.Interval(id="pulse", interval=20_000),
        ]
    )


def _spoken(t: Texts) -> dict[str, str]:
    """Return what the script says by itself."""
    names = {"copied": "copied", "noGroup": "no_group", "exporting": "exporting", "rebuilt": "rebuilt"}
    return {name: t(key) for name, key in names.items()} | {"exportDone": t("export_done", file="{file}")}


def _brush(t: Texts) -> html.Div:
    return html.Div(id="brush", **attrs(data_start=t("window_start"), data_end=t("window_end")))


def _unused() -> html.Div:
    """Return the ids that callbacks and the script know, hidden, for a page that has nothing to show."""
    names = ["filters", "state", "legend", "table-timeline", "range", "indicators-body", "table-body", "evidence-body"]
    names += ["brush", "marks", "ring", "timeline-details", "preview", "overview-graph", "timeline-graph"]
    regions = [html.Div(id=name) for name in ("overview", "timeline", "evidence", "indicators", "table")]
    return html.Div([*[html.Div(id=name) for name in names], html.Summary(id="table-title"), *regions], hidden=True)


def _header(source: Source, t: Texts, no_pdf: str) -> html.Header:
    find = html.Div(
        [
            html.Label(t("search"), htmlFor="search", className="quiet"),
            dcc.Input(
                id="search", type="text", debounce=0.25, placeholder=t("search_hint"), maxLength=200, autoComplete="off"
            ),
            html.Div(
                id="search-results",
                className="menu results",
                role="region",
                hidden=True,
                **attrs(aria_label=t("search")),
            ),
        ],
        className="find",
        role="search",
    )
    return html.Header(
        [
            html.Div([html.H1(t("product")), html.P(honest(source.catalogue, t), id="honest")], className="brand"),
            html.Div([find, _export(t, no_pdf), _settings(t)], className="tools"),
        ],
        className="top",
    )


def _settings(t: Texts) -> html.Div:
    themes = [
        html.Li(html.A(t(f"theme_{mode}"), href=f"?theme={mode}", className="option", **attrs(data_theme_choice=mode)))
        for mode in THEMES
    ]
    tongues = [
        html.Li(
            html.A(
                interface.texts(code).language,
                href=f"?lang={code}",
                className="option",
                lang=code,
                **attrs(data_lang_choice=code),
            )
        )
        for code in interface.languages()
    ]
    body = [html.P(t("theme"), className="group-title"), html.Ul(themes), html.Ul(tongues)]
    body.append(
        html.Ul([html.Li(html.Button(t("share"), type="button", className="option", **attrs(data_copy="href")))])
    )
    body.append(html.Ul([html.Li(html.Button(t("help"), type="button", className="option", id="help-button"))]))
    summary = html.Summary(
        "⋯", className="button icon", title=t("theme"), **attrs(aria_label=f"{t('theme')}, {t('help')}")
    )
    return html.Div(html.Details([summary, html.Div(body, className="menu right")], className="popover"))


def _export(t: Texts, no_pdf: str) -> html.Div:
    def button(label: str, kind: str, **more: Part) -> html.Li:
        attributes = {"data-export": kind, **more}
        return html.Li(html.Button(label, type="button", className="option", id=f"export-{kind}", **attributes))

    off = (
        {"disabled": True, "title": f"{t('export_no_pdf')} {no_pdf}", "aria-describedby": "export-note"}
        if no_pdf
        else {}
    )
    images = [button("PNG", "png"), button("SVG", "svg"), button("PDF", "pdf", **off)]
    files = [button(form.label, kind) for kind, form in formats().items()]
    picker = html.Div(
        [html.Label(t("export_chart"), htmlFor="export-chart"), html.Select(id="export-chart")], className="field"
    )
    body = [
        picker,
        html.P(t("export_image"), className="group-title"),
        html.Ul(images, className="row"),
        html.P(t("export_no_pdf"), id="export-note", className="source") if no_pdf else None,
        html.P(t("export_data"), className="group-title"),
        html.Ul(files, className="row"),
        html.P(t("export_page"), className="group-title"),
        html.Ul([button("HTML", "html")], className="row"),
    ]
    summary = html.Summary(t("export"), className="button")
    return html.Div(html.Details([summary, html.Div(body, className="menu right")], className="popover"), id="export")


def _heading(title: str, name: str) -> html.H2:
    return html.H2(title, id=f"{name}-heading")


def _timeline(t: Texts) -> html.Section:
    def tool(sign: str, key: str, action: str) -> html.Button:
        named = attrs(aria_label=t(key), data_do=action)
        return html.Button(sign, type="button", className="button icon", title=t(key), **named)

    tools = [tool("‹", "previous", "previous"), tool("›", "next", "next"), tool("»", "next_cluster", "next-cluster")]
    tools += [tool("−", "zoom_out", "out"), tool("+", "zoom_in", "in"), tool("⤢", "zoom_fit", "fit")]
    marks = html.Div(id="marks", className="quiet")
    ring = html.Div(id="ring", hidden=True)
    graph = html.Div(id="timeline-graph", className="chart")
    strip = html.Div(id="overview-graph", className="chart")
    return html.Section(
        [
            html.Div(
                [_heading(t("timeline"), "timeline"), html.P(id="range"), html.Div(tools, className="buttons")],
                className="bar",
            ),
            html.Div(id="filters", className="controls"),
            html.Div([strip, _brush(t)], id="overview", role="group", **attrs(aria_label=t("overview"))),
            html.Div(id="state"),
            html.P(t("chart_help"), id="chart-help", className="quiet"),
            html.Div([graph, ring, marks], id="timeline"),
            html.Div([html.Strong(), html.Span(), html.Q()], id="preview", role="tooltip", hidden=True),
            html.Div(id="legend", className="legend"),
            html.Details(
                [html.Summary(id="table-title"), html.Div(id="table-timeline")],
                id="timeline-details",
                className="as-table",
            ),
        ],
        id="timeline-region",
        className="region",
        **attrs(aria_labelledby="timeline-heading"),
    )


def _evidence(t: Texts) -> html.Section:
    body = html.Div(id="evidence-body")
    return html.Section(
        [_heading(t("evidence"), "evidence"), body],
        id="evidence",
        className="region",
        **attrs(aria_labelledby="evidence-heading"),
    )


def _indicators(t: Texts) -> html.Section:
    parts = [_heading(t("indicators"), "indicators"), html.Div(id="indicators-body")]
    return html.Section(parts, id="indicators", className="region", **attrs(aria_labelledby="indicators-heading"))


def _tables(t: Texts) -> html.Section:
    parts = [_heading(t("tables"), "tables"), html.P(t("tables_intro"), className="source"), html.Div(id="table-body")]
    return html.Section(parts, id="table", className="region", **attrs(aria_labelledby="tables-heading"))


def _help(t: Texts) -> html.Dialog:
    rows = [html.Tr([html.Th(html.Kbd(keys), scope="row"), html.Td(t(key))]) for keys, key in KEYS]
    close = html.Button(t("close"), type="button", className="button", id="help-close")
    head = html.H2(t("help_title"), id="help-heading")
    return html.Dialog([head, html.Table(html.Tbody(rows)), close], id="help", **attrs(aria_labelledby="help-heading"))
