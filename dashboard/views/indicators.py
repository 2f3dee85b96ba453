"""The indicator cards: small multiples, the most observed first, and a picker when there are many."""

from __future__ import annotations

from dash import html

from dashboard.charts import indicators, wording
from dashboard.charts.catalogue import Catalogue
from dashboard.charts.observations import Group, groups
from dashboard.charts.texts import Texts
from dashboard.selection import Selection
from dashboard.theme import of
from dashboard.views.parts import Part, attrs, chart, link, note, table

CARDS = 6


def cards(known: Catalogue, selection: Selection, t: Texts, width: int) -> list[Part]:
    """Return a card per indicator and unit, and links to those that found no room."""
    found = groups(known, selection, t)
    if not found:
        return [note(t("indicators_none"), class_name="hint")]
    picked = [group for group in found if group.id == selection.chart]
    shown = (picked + [group for group in found if group not in picked])[:CARDS]
    out: list[Part] = []
    if found[0].counts:
        out.append(html.P(t("indicator_counts"), className="source"))
    out.append(html.Div([_card(group, selection, t, width) for group in shown], className="cards"))
    rest = [group for group in found if group not in shown]
    if rest:
        items = [
            html.Li(link([group.title, _count(group)], selection, chart=group.id, class_name="option"))
            for group in rest
        ]
        heading = html.Summary(f"{t('indicators_more')} ({len(rest)})")
        out.append(html.Details([heading, html.Ul(items[:200], className="picker")]))
    return out


def _count(group: Group) -> html.Span:
    return html.Span(str(len(group.observations)), className="count")


def _card(group: Group, selection: Selection, t: Texts, width: int) -> html.Article:
    figure = indicators.spec(group, of(selection.theme), t, width)
    unit, shown = wording.unit({"unit": group.unit}), indicators.chosen(group)
    caption = f"{group.title}: {t.count('figures', len(group.observations))}"
    rows = [
        (
            wording.period_label(o.period, t),
            [
                link(wording.figure_label(o.row, t), selection, selected=o.figure_id),
                html.Span(f" ({t('derived')})") if o.row["derived_from"] else None,
            ],
            html.Bdi(o.source),
        )
        for o in shown
    ]
    head = [t("column_date"), unit, t("sources")]
    parts = [
        html.H3([group.title, html.Span(unit, className="unit")]),
        html.Div(
            chart(figure),
            role="img",
            className="plot",
            **attrs(aria_label=caption),
        ),
        html.Details([html.Summary(t("as_table", events=t.count("rows", len(shown)))), table(head, rows, caption)]),
    ]
    return html.Article(parts, className="card")
