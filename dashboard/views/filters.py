"""The bar above the timeline: lanes, axis, filters, and what is switched on."""

from __future__ import annotations

import numpy as np
from dash import html

from dashboard.charts import wording
from dashboard.charts.catalogue import Catalogue
from dashboard.charts.lanes import document_name, kind_label
from dashboard.charts.texts import Texts
from dashboard.selection import AXES, LANES, QUALITIES, Selection
from dashboard.views.parts import Part, attrs, link, note

_FACETS = {"kinds": "kind", "people": "person", "places": "place", "documents": "document"}
_TITLES = {
    "qualities": "filter_quality",
    "kinds": "filter_kind",
    "people": "filter_person",
    "places": "filter_place",
    "documents": "filter_document",
}
SHOWN = 10  # values of one filter


def bar(known: Catalogue, selection: Selection, t: Texts) -> list[Part]:
    """Return the choice of lanes and axis, the filter menu, and a chip for every filter that is on."""
    lanes = [_choice(t(f"lanes_{lane}"), selection, "lanes", lane) for lane in LANES]
    axes = [_choice(t(f"axis_{axis}"), selection, "axis", axis) for axis in AXES]
    chips = [_chip(known, selection, name, value, t) for name, value in selection.filters]
    if len(chips) > 1:
        chips.append(link(t("filters_clear"), selection, class_name="plain", **dict(selection_off(selection))))
    summary = [t("filter"), html.Span(str(len(selection.filters)), className="badge") if selection.filters else None]
    menu = html.Details(
        [
            html.Summary(summary, className="button"),
            html.Div(_groups(known, selection, t), className="menu filter-menu"),
        ],
        className="popover",
    )
    return [
        html.Div([html.Span(t("lanes"), className="control-name"), *lanes], className="segments"),
        html.Div([html.Span(t("axis"), className="control-name"), *axes], className="segments axis-choice"),
        menu,
        html.Div(chips, className="chips") if chips else None,
    ]


def selection_off(selection: Selection) -> list[tuple[str, tuple[str, ...]]]:
    """Return the changes that switch every active filter off."""
    return [(name, ()) for name in dict(selection.filters)]


def _choice(label: str, selection: Selection, field: str, value: str) -> html.A:
    current = getattr(selection, field) == value
    attributes = {"attr_aria_current": "true"} if current else {}
    return link(label, selection, class_name="segment", **{field: value}, **attributes)


def value_label(known: Catalogue, name: str, value: str, t: Texts) -> str:
    """Return a filter value as people read it."""
    if name == "kinds":
        return kind_label(value, t)
    if name == "qualities":
        return t(f"quality_{value}")
    if name == "documents":
        return wording.clip(document_name(known, value), 40)
    return wording.clip(value, 40)


def _chip(known: Catalogue, selection: Selection, name: str, value: str, t: Texts) -> html.A:
    label = [html.Bdi(value_label(known, name, value, t)), html.Span("×", **attrs(aria_hidden="true"))]
    without = {name: selection.toggled(name, value).__getattribute__(name)}
    said = f"{t('nothing_drop')}: {value_label(known, name, value, t)}"
    return link(label, selection, class_name="chip on", **without, attr_aria_label=said)


def _groups(known: Catalogue, selection: Selection, t: Texts) -> list[Part]:
    counts = np.bincount(known.quality, minlength=len(QUALITIES))
    known_by = [(value, int(counts[i])) for i, value in enumerate(QUALITIES) if counts[i]]
    groups = [_group(known, selection, "qualities", known_by, t)]
    for name, facet_name in _FACETS.items():
        facet = known.facet(facet_name)
        order = np.argsort(-facet.counts, kind="stable")[: SHOWN + 1]
        values = [(facet.names[code], int(facet.counts[code])) for code in order.tolist() if facet.names[code]]
        if values:
            groups.append(_group(known, selection, name, values[:SHOWN], t))
    return groups


def _group(known: Catalogue, selection: Selection, name: str, values: list[tuple[str, int]], t: Texts) -> html.Div:
    items = []
    for value, count in values:
        on = value in getattr(selection, name)
        label = [html.Bdi(value_label(known, name, value, t)), html.Span(str(count), className="count")]
        changed = {name: getattr(selection.toggled(name, value), name)}
        marked = {"attr_aria_current": "true"} if on else {}
        items.append(html.Li(link(label, selection, class_name="option", **changed, **marked)))
    return html.Div([html.P(t(_TITLES[name]), className="group-title"), html.Ul(items)], className="group")


def sentence(known: Catalogue, selection: Selection, t: Texts) -> str:
    """Return the active filters in one sentence, for charts and exports."""
    if not selection.filters:
        return t("filter_off")
    names = [value_label(known, name, value, t) for name, value in selection.filters]
    return t("filter_on", filters=", ".join(names))


def nothing(known: Catalogue, selection: Selection, t: Texts) -> html.Div:
    """Return the state in which no event is left: which filter hides most, and how to drop it."""
    alone = []
    for name, value in selection.filters:
        without = selection.toggled(name, value)
        alone.append((int(known.matching(without).sum()), name, value))
    worst = max(alone, default=(0, "", ""))
    parts: list[Part] = [t("nothing_text", events=t.count("events", known.n))]
    if worst[0]:
        drop = {worst[1]: getattr(selection.toggled(worst[1], worst[2]), worst[1])}
        parts.append(t("nothing_worst", filter=value_label(known, worst[1], worst[2], t)))
        parts.append(link(t("nothing_drop"), selection, class_name="button", **drop))
    parts.append(link(t("filters_clear"), selection, class_name="button", **dict(selection_off(selection))))
    return note(t("nothing_title"), *parts, class_name="alone")
