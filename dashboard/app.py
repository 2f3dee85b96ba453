"""The Dash application: its page frame, assets and callbacks."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dash
import flask

from dashboard import callbacks
from dashboard.charts.texts import texts
from dashboard.export import why_no_pdf
from dashboard.resources import assets
from dashboard.selection import Selection
from dashboard.source import Source
from dashboard.views import layout
from dashboard.views.planting import planted

_FRAME = """<!DOCTYPE html>
<html lang="{lang}" data-build="{build}" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
<title>{title}</title>
<link rel="icon" href="{icon}" type="image/svg+xml">
{css}
</head>
<body>
{app_entry}
{config}
{scripts}
{renderer}
</body>
</html>"""


class Page(dash.Dash):
    """A Dash application whose frame knows the build, the language and the theme before any script runs."""

    source: Source

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash calls it by keyword
        """Return the page's frame for the address that was asked for."""
        selection = Selection.parse(flask.request.query_string.decode("ascii", "replace"))
        return _FRAME.format(
            lang=selection.lang,
            build=escape(self.source.build),
            theme=selection.theme,
            title=texts(selection.lang)("product"),
            icon=self.get_asset_url("icon.svg"),
            **{name: parts[name] for name in ("css", "app_entry", "config", "scripts", "renderer")},
        )


def create_app(store: str | Path) -> dash.Dash:
    """Return the application for a store; StoreError when the folder is not one."""
    source = Source(Path(store))
    app = Page(
        __name__,
        assets_folder=str(assets()),
        assets_ignore="plotly",  # only images made on the server need it
        title="Dateline",
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        add_log_handler=False,
    )
    app.source = source
    app.layout = lambda: _layout(source)
    callbacks.register(app, source)
    return app


def _layout(source: Source) -> Any:
    """Return the page in the language of the address that it was opened at (the layout's own has no query)."""
    address = flask.request.referrer if flask.has_request_context() else None
    selection = Selection.parse(urlsplit(address or "").query)
    page = layout.page(source, texts(selection.lang), no_pdf=why_no_pdf())
    return planted(page, callbacks.KNOWN)
