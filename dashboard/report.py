"""The view as one web page that needs nothing else: charts, every event with its reasons, and their sources.

The parts are those of the dashboard itself.  Links and buttons, which would lead nowhere, become plain text, and the
page's own policy (CSP level 3) lets it load nothing from anywhere.
"""

from __future__ import annotations

import json
import re
from html import escape

from dash import html
from dash.development.base_component import Component

from dashboard.charts import timeline
from dashboard.charts.catalogue import Catalogue, Ints
from dashboard.charts.scale import heading, window_of
from dashboard.charts.texts import Texts, texts
from dashboard.charts.wording import date_sentence
from dashboard.resources import DRAWING, assets
from dashboard.selection import Selection
from dashboard.theme import of
from dashboard.views import evidence, indicators
from dashboard.views.events import honest, legend
from dashboard.views.filters import sentence
from dashboard.views.parts import Part, chart
from dashboard.views.planting import attributes

WIDTH, CARD, PAPER = 1080, 480, 690  # CSS pixels of the timeline, of an indicator chart, of a printed page
EVENTS = 500  # told in full
_TEXTS = {"a": "span"}  # a link is text here
_LEFT_OUT = {"button"}
_OWN = {"id", "tabindex", "data-set", "data-copy", "href"}  # attributes that only the dashboard's script knows
_VOID = {"img", "br", "hr"}
_FONTS = re.compile(r"@font-face \{[^}]*\}\n?")
_FRAME = """<!DOCTYPE html>
<html lang="{lang}" data-theme="{theme}" style="--fit: {fit}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; \
style-src 'unsafe-inline'; img-src data: blob:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
<script>{drawing}</script>
<script>
for (const chart of document.querySelectorAll("[data-figure]")) {{
  const figure = JSON.parse(chart.dataset.figure);
  window.drawing.draw(chart, figure);
  chart.marks = window.drawing.marks(figure);
  chart.addEventListener("pointermove", (event) => {{
    const box = chart.getBoundingClientRect();
    const mark = window.drawing.nearest(chart, event.clientX - box.left, event.clientY - box.top);
    chart.title = mark ? [mark.title, mark.date, mark.more].filter(Boolean).join("\\n") : "";
  }});
}}
</script>
</body>
</html>
"""


def page(known: Catalogue, selection: Selection, rows: Ints) -> str:
    """Return the HTML document for the events in these rows of the catalogue, in the order given."""
    t, folder = texts(selection.lang), assets()
    title = f"{t('product')} · {sentence(known, selection, t)}"
    return _FRAME.format(
        lang=selection.lang,
        fit=f"{PAPER / WIDTH:.3f}",
        theme=of(selection.theme).mode,
        title=escape(title),
        style=_FONTS.sub("", (folder / "dateline.css").read_text("utf-8")),
        body=markup(_body(known, selection, rows, t)),
        drawing=(folder / DRAWING).read_text("utf-8"),
    )


def _body(known: Catalogue, selection: Selection, rows: Ints, t: Texts) -> list[Part]:
    lanes = chart(timeline.spec(known.tables, selection, width=WIDTH))
    shown = heading(window_of(selection, known, WIDTH), t)
    told = [_event(known, int(row), selection, t) for row in rows[:EVENTS]]
    cut = html.P(t("table_cut", n=EVENTS), className="source") if len(rows) > EVENTS else None
    head = html.Div([html.H1(t("product")), html.P(honest(known, t))], className="brand")
    main = [
        html.Section([html.H2(t("timeline")), html.P(f"{sentence(known, selection, t)} · {shown}"),
                      html.Div(lanes, className="scroll"),
                      html.Div(legend(known, of(selection.theme), t), className="legend")], className="region"),
        html.Section([html.H2(t("indicators")), *indicators.cards(known, selection, t, CARD)], className="region"),
        html.Section([html.H2(t("evidence")), *told, cut], className="region"),
    ]  # fmt: skip
    made = t("image_made", build=known.tables.manifest.get("build", ""))
    return [html.Header(head, className="top"), html.Main(main, className="report"), html.Footer(made, id="foot")]


def _event(known: Catalogue, row: int, selection: Selection, t: Texts) -> html.Details:
    event = known.event(row)
    name = html.Summary([html.Bdi(event["title"]), " · ", date_sentence(event, t)])
    panel = evidence.panel(known, selection.but(selected=event["event_id"], whole=False), t)
    return html.Details([name, html.Article(panel)], className="told")


def markup(part: Part) -> str:
    """Return a tree of components as HTML; whatever is text is escaped, and graphs carry their figure."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(map(markup, part))
    if not isinstance(part, Component):
        return escape(str(part))
    tag = str(part._type).lower()  # noqa: SLF001 (Dash has no other way)
    if tag in _LEFT_OUT:
        return ""
    if spec := getattr(part, "data-figure", None):
        return f'<div class="chart" data-figure="{escape(json.dumps(spec, ensure_ascii=False))}"></div>'
    named = "".join(f' {name}="{escape(text)}"' for name, text in attributes(part).items() if name not in _OWN)
    tag = _TEXTS.get(tag, tag)
    return f"<{tag}{named}>" + ("" if tag in _VOID else f"{markup(getattr(part, 'children', None))}</{tag}>")
