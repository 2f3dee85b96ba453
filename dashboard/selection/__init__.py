"""The view as one value: what the URL says is what the page shows, and nothing else remembers it.

A link can hold anything, so reading one never fails: unknown keys are ignored, malformed values fall
back to their defaults, lists and texts are cut.  Unknown ids are kept; they match nothing and the page
says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dashboard.charts import texts

LANES = ("pair", "person", "kind", "place", "document")
AXES = ("time", "sequence")
QUALITIES = ("stated", "inferred", "range", "candidates", "undated")
FILTERS = ("kinds", "people", "places", "documents", "qualities")
THEMES = ("auto", "light", "dark")
LONGEST, MOST = 200, 20  # characters of one value, values of one filter

# field of Selection -> key in the URL
KEYS = {
    "start": "from",
    "end": "to",
    "lanes": "lanes",
    "axis": "axis",
    "kinds": "kind",
    "people": "person",
    "places": "place",
    "documents": "document",
    "qualities": "quality",
    "selected": "e",
    "whole": "whole",
    "chart": "chart",
    "table": "table",
    "page": "page",
    "theme": "theme",
    "lang": "lang",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """One view of the corpus; the defaults are the whole corpus."""

    start: str = ""  # ISO day; empty = everything
    end: str = ""
    lanes: str = "pair"
    axis: str = "time"
    kinds: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # canonical names
    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # doc ids
    qualities: tuple[str, ...] = ()
    selected: str = ""  # id of an event or a figure
    whole: bool = False  # show the whole source text
    chart: str = ""  # the indicator picked from the list
    table: str = "events"
    page: int = 1
    theme: str = "auto"
    lang: str = "en"

    @classmethod
    def parse(cls, query: str) -> Selection:
        """Return the view that a URL query ("?from=...") asks for; never raises."""
        given: dict[str, list[str]] = {}
        try:
            pairs = parse_qsl(query[:8000].lstrip("?"), max_num_fields=200)
        except ValueError:
            pairs = []
        for key, value in pairs:
            given.setdefault(key, []).append(_clean(value))
        one = {name: given[key][-1] for name, key in KEYS.items() if key in given}
        many = {name: tuple(dict.fromkeys(filter(None, given.get(KEYS[name], []))))[:MOST] for name in FILTERS}
        start, end = _iso(one.get("start", "")), _iso(one.get("end", ""))
        if not (start and end and start < end):
            start = end = ""
        return cls(
            start=start,
            end=end,
            lanes=_choice(one.get("lanes"), LANES),
            axis=_choice(one.get("axis"), AXES),
            kinds=many["kinds"],
            people=many["people"],
            places=many["places"],
            documents=many["documents"],
            qualities=tuple(value for value in many["qualities"] if value in QUALITIES),
            selected=one.get("selected", ""),
            whole=one.get("whole") == "1",
            chart=one.get("chart", ""),
            table=one.get("table") or "events",
            page=_page(one.get("page", "")),
            theme=_choice(one.get("theme"), THEMES),
            lang=_choice(one.get("lang"), ("en", *texts.languages())),
        )

    def query(self) -> str:
        """Return the URL query of this view, "" for the default one; ``parse`` gives the same view back."""
        pairs: list[tuple[str, str]] = []
        for item in fields(self):
            value: Any = getattr(self, item.name)
            if value == item.default:
                continue
            values: Iterable[Any] = value if isinstance(value, tuple) else (value,)
            pairs += [(KEYS[item.name], "1" if v is True else str(v)) for v in values]
        return "?" + urlencode(pairs) if pairs else ""

    def but(self, **changes: Any) -> Selection:
        """Return this view with some fields changed; a changed filter or table goes back to page 1."""
        if "page" not in changes and any(name in changes for name in (*FILTERS, "table")):
            changes["page"] = 1
        return replace(self, **changes)

    def toggled(self, name: str, value: str) -> Selection:
        """Return this view with one value of a filter added, or removed when it was there."""
        old: tuple[str, ...] = getattr(self, name)
        new = tuple(v for v in old if v != value) if value in old else (*old, value)
        return self.but(**{name: new})

    @property
    def filters(self) -> list[tuple[str, str]]:
        """Return the active filters as (field, value)."""
        return [(name, value) for name in FILTERS for value in getattr(self, name)]


def _clean(value: str) -> str:
    return "".join(c for c in value[:LONGEST] if c.isprintable()).strip()


def _choice(value: str | None, allowed: tuple[str, ...]) -> str:
    return value if value in allowed else allowed[0]


def _iso(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""


def _page(value: str) -> int:
    return min(max(int(value), 1), 10_000_000) if value.isascii() and value.isdigit() and len(value) < 9 else 1
