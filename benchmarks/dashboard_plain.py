"""Plain Dash with one Plotly scatter of 1,000 points, served as ``dateline serve`` is: what we are measured against."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash import Dash, dcc, html
from waitress.server import create_server

NUMBER = 1000


def application() -> Dash:
    points: Any = go.Scatter(x=list(range(NUMBER)), y=[i * 7919 % 100 for i in range(NUMBER)], mode="markers")
    app = Dash(__name__, serve_locally=True)
    app.layout = html.Div(dcc.Graph(figure=go.Figure(points), style={"height": "700px"}))
    return app


if __name__ == "__main__":
    server = create_server(application().server, host="127.0.0.1", port=0)
    print(f"at http://127.0.0.1:{server.effective_port}/", flush=True)
    server.run()
