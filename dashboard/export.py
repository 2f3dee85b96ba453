"""Images and data of the current view, the same for the page and for ``dateline export``."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard import report
from dashboard.charts import charts, wording
from dashboard.charts.base import Caption, Figure, captioned
from dashboard.charts.catalogue import UNDATED, Catalogue, Ints, Tables, catalogue
from dashboard.charts.lanes import document_name, kind_label, touching
from dashboard.charts.observations import groups
from dashboard.charts.scale import heading, window_of
from dashboard.charts.texts import Texts, texts
from dashboard.resources import PLOTLY, assets
from dashboard.selection import Selection
from dashboard.theme import of
from dashboard.views.filters import sentence
from etl import load
from etl.errors import DatelineError
from etl.writers import formats

FORMATS, PAGE = ("png", "svg", "pdf"), "html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, NAMED = 1200, 6  # pixels; source documents named in a caption


def choices(known: Catalogue, selection: Selection) -> list[tuple[str, str]]:
    """Return (id, title) of everything that can be drawn: the charts, and every indicator by its own id."""
    t = texts(selection.lang)
    own = [(name, t(charts()[name].META.title)) for name in ("timeline", "overview")]
    return own + [(group.id, group.title) for group in groups(known, selection, t)]


def drawn(tables: Tables, chart: str, selection: Selection, width: int = WIDTH) -> Figure:
    """Return a chart of the view with its caption; DatelineError names the charts when there is no such one."""
    known = catalogue(tables)
    titles = dict(choices(known, selection))
    if chart == "indicators" and len(titles) > 2:
        chart = list(titles)[2]
    found = chart if chart in titles else next((key for key in titles if key.split("~")[0] == chart), "")
    if not found:
        raise DatelineError(chart[:80], "there is no such chart", "use one of: " + ", ".join(list(titles)[:20]))
    name = found if found in charts() else "indicators"
    view = selection if name == found else selection.but(chart=found)
    size = width if name == found else min(width, 760)
    figure = charts()[name].figure(tables, view, width=size)
    return captioned(figure, _caption(known, name, titles[found], view, width), of(selection.theme))


def _caption(known: Catalogue, name: str, title: str, selection: Selection, width: int) -> Caption:
    t = texts(selection.lang)
    above = sentence(known, selection, t)
    if name != "indicators":
        above += " · " + heading(window_of(selection, known, width), t)
    return Caption(
        title=wording.plain(title, 120),
        filters=wording.plain(above, 300),
        legend=_legend(known, selection, t) if name == "timeline" else (),
        sources=wording.plain(t("image_sources", sources=_sources(known, name, selection, t)), 700),
        made=wording.plain(t("image_made", build=known.tables.manifest.get("build", "")), 80),
    )


_GLYPHS = ("●", "◆", "■", "▲", "▼", "⬢", "⬟")
_FORMS = (("●", "stated"), ("⊙", "inferred"), ("├─┤", "range"), ("┆┄┆", "candidates"))


def _legend(known: Catalogue, selection: Selection, t: Texts) -> tuple[str, ...]:
    """Return what shapes and forms mean: the kinds of the view in their colours, then the date qualities."""
    colours = of(selection.theme).kinds
    here = set(known.events.loc[known.matching(selection), "kind"].unique())
    kinds = sorted((rank, kind) for kind, rank in known.kind_rank.items() if kind in here and rank < len(colours) - 1)
    entries = [
        f'<span style="color:{colours[rank]}">{_GLYPHS[rank]}</span> {wording.plain(kind_label(kind, t), 40)}'
        for rank, kind in kinds
    ]
    return (*entries, *(f"{glyph} {t('legend_' + form)}" for glyph, form in _FORMS))


def _sources(known: Catalogue, name: str, selection: Selection, t: Texts) -> str:
    """Return the documents that an image draws on: those of the indicator, else those of the events."""
    ids = list(selection.documents) or known.events.loc[known.matching(selection), "doc_id"].drop_duplicates().tolist()
    if name == "indicators":
        group = next((group for group in groups(known, selection, t) if group.id == selection.chart), None)
        ids = list(dict.fromkeys(str(o.row["doc_id"]) for o in group.observations)) if group else ids
    names = [wording.clip(document_name(known, doc_id), 80) for doc_id in ids[:NAMED]]
    return "; ".join(names) + (f", {t('and_more', n=len(ids) - NAMED)}" if len(ids) > NAMED else "")


# ------------------------------------------------------------------ images
def browser() -> str:
    """Return the path of a Chromium on this machine, or "" when there is none."""
    given = os.environ.get("BROWSER_PATH", "")
    return given or next((path for name in BROWSERS if (path := shutil.which(name))), "")


def why_no_pdf() -> str:
    """Return the reason why this machine cannot make images itself, or "" when it can."""
    if importlib.util.find_spec("kaleido") is None:
        return "the Python package kaleido is missing (install dateline[images])"
    return "" if browser() else "Chromium is missing (install it, or set BROWSER_PATH to one)"


def image(figure: Figure, kind: str, scale: float = 2.0) -> bytes:
    """Return a figure as PNG, SVG or PDF; DatelineError when the machine cannot, with what to install."""
    if reason := why_no_pdf():
        raise DatelineError("image export", reason, "PNG and SVG can be saved from the dashboard without it")
    os.environ.setdefault("BROWSER_PATH", browser())
    import kaleido  # noqa: PLC0415 (an extra, and slow to import)

    opts = {"format": kind, "scale": 1 if kind == "svg" else scale}
    script = (assets() / PLOTLY).as_uri()
    # mathjax=False and our own plotly.js: otherwise kaleido fetches MathJax from a CDN.
    page = kaleido.PageGenerator(plotly=(script, "utf-8"), mathjax=False)
    try:
        return bytes(kaleido.calc_fig_sync(figure, opts=opts, kopts={"page_generator": page, "timeout": 60}))
    except Exception as error:  # a browser fails in as many ways as there are browsers
        text = wording.clip(str(error) or type(error).__name__, 160)
        raise DatelineError("image export", f"Chromium could not draw it ({text})", "try another Chromium") from error


def write_image(
    store: Path | Tables, chart: str, out: Path, *, query: str = "", width: int = WIDTH, scale: float = 2.0
) -> None:
    """Write a chart of a store as an image, its format by the file's suffix.

    ``query`` is a view as in the page's address, ``width`` in CSS pixels, ``scale`` the pixels of the file for one
    of them.

    Raises DatelineError for an unknown chart or suffix, a machine without kaleido or Chromium, a path that
    cannot be written.
    """
    kind = out.suffix.lstrip(".").lower()
    if kind not in FORMATS:
        raise DatelineError(str(out), "images are written as .png, .svg or .pdf", "choose one of these suffixes")
    tables = load(store) if isinstance(store, str | Path) else store
    _save(out, image(drawn(tables, chart, Selection.parse(query), width), kind, scale))


def write_page(tables: Tables, out: Path, *, query: str = "") -> None:
    """Write a view, as in the page's address, as one HTML page; DatelineError for a path that cannot be written."""
    _save(out, data(catalogue(tables), Selection.parse(query), PAGE)[0])


def _save(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise DatelineError(str(out), f"cannot be written ({error.strerror})", "choose another place") from error


# ------------------------------------------------------------------ data
def in_view(known: Catalogue, selection: Selection) -> Ints:
    """Return the rows of the events that the timeline shows, in order of time.

    These are the events of the filters that touch the window, and last the undated ones.
    """
    window, undated = window_of(selection, known, 1000), known.quality == UNDATED
    rows = np.flatnonzero(known.matching(selection) & (touching(known, window) | undated))
    return rows[np.lexsort((rows, known.begin[rows], undated[rows]))]


def viewed(tables: Tables, query: str) -> dict[str, pd.DataFrame]:
    """Return the rows of every table that belong to a view as in the page's address."""
    return frames(catalogue(tables), Selection.parse(query))


def frames(known: Catalogue, selection: Selection) -> dict[str, pd.DataFrame]:
    """Return the rows of every table that belong to the events of the view."""
    events = known.events.iloc[in_view(known, selection)]
    tables, ids = known.tables, events["event_id"]
    out = {"events": events}
    for name in ("event_mentions", "participants", "quotes", "figures"):
        frame: pd.DataFrame = getattr(tables, name)
        out[name] = frame[frame["event_id"].isin(ids)]
    out["evidence"] = tables.evidence[tables.evidence["owner_id"].isin(ids)]
    out["documents"] = tables.documents[tables.documents["doc_id"].isin(out["event_mentions"]["doc_id"])]
    return out


def data(known: Catalogue, selection: Selection, kind: str) -> tuple[bytes, str]:
    """Return the view as a page or in a format of ``etl.writers``, and the suffix of its file.

    CSV and calendars hold the events; the other formats also what was said and reported there, and why the
    dates are what they are.  A format of several files comes as one zip.  KeyError for an unknown format.
    """
    if kind == PAGE:
        return report.page(known, selection, in_view(known, selection)).encode(), PAGE
    suffix, write = formats()[kind].suffix, formats()[kind].write
    rows = frames(known, selection)
    rows = {"events": rows["events"]} if kind == "csv" else rows
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"dateline.{suffix}"
        write(rows, out)
        if out.is_file():
            return out.read_bytes(), suffix
        return Path(shutil.make_archive(str(out), "zip", out)).read_bytes(), f"{suffix}.zip"
