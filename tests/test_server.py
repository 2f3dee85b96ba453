"""The guarded server: policies, odd posts, ports."""

from __future__ import annotations

import gzip
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from dashboard import resources
from dashboard.charts.texts import texts
from dashboard.server import guarded, serve

T = texts("en")


class Client:
    """Calls the guarded application as a server would."""

    def __init__(self, store: Path) -> None:
        self.app = guarded(store, "127.0.0.1")

    def __call__(
        self, path: str, method: str = "GET", body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        import io  # noqa: PLC0415

        told: dict[str, Any] = {}
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "x", "SERVER_PORT": "8050",
            "HTTP_HOST": "127.0.0.1:8050", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(), "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/json", "wsgi.version": (1, 0), "wsgi.multithread": True,
            "wsgi.multiprocess": False, "wsgi.run_once": False,
        } | headers  # fmt: skip
        parts = self.app(environ, lambda status, headers: told.update(status=status, headers=dict(headers)))
        return int(told["status"][:3]), told["headers"], b"".join(parts)


@pytest.fixture(scope="module")
def client(store: Path) -> Client:
    return Client(store)


def post(**changes: Any) -> bytes:
    body: dict[str, Any] = {
        "output": "..evidence-body.children..",
        "outputs": [{"id": "evidence-body", "property": "children"}],
        "inputs": [{"id": "view-evidence", "property": "data", "value": {"query": "?e=ev-set"}}],
        "changedPropIds": ["view-evidence.data"],
    }
    return json.dumps(body | changes).encode()


def test_answers_hold_letters_as_they_are(client: Client) -> None:
    inputs = [{"id": "view-evidence", "property": "data", "value": {"query": "?lang=ru"}}]
    status, _, body = client("/_dash-update-component", "POST", post(inputs=inputs))
    assert status == 200
    assert "событи".encode() in body  # not six bytes for each of them


def test_the_page_has_build_language_policy_and_no_outside_address(client: Client) -> None:
    status, headers, body = client("/")
    assert status == 200
    assert b'data-build="1"' in body
    assert "script-src 'self' 'sha256-" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert b"https://" not in body
    assert b"drawing.js" in body
    assert b"plotly-basic" not in body


def test_a_proper_callback_is_answered_compressed(client: Client) -> None:
    status, headers, body = client("/_dash-update-component", "POST", post(), HTTP_ACCEPT_ENCODING="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert b"11 days left" in gzip.decompress(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"3",
        b"[" * 100_000,
        post(output="no.such"),
        post(output=7),
        post(outputs=[]),
        post(outputs={"id": "x"}),
        post(inputs=[]),
        post(inputs=[{"id": "view-evidence"}]),
        post(inputs="abc"),
        post(inputs=[3]),
        post(state=[{"id": "x", "property": "y"}]),
        post(changedPropIds=4),
        post(changedPropIds=[{}]),
    ],
)
def test_malformed_posts_are_400(client: Client, body: bytes) -> None:
    assert client("/_dash-update-component", "POST", body)[0] == 400


@pytest.mark.parametrize(
    "value", [None, 7, "x", [], {"query": None}, {"query": "?e=%00"}, {"query": "?" + "e=x&" * 999}]
)
def test_odd_values_in_a_proper_post_are_answered(client: Client, value: Any) -> None:
    body = post(inputs=[{"id": "view-evidence", "property": "data", "value": value}])
    assert client("/_dash-update-component", "POST", body)[0] in {200, 204}


@pytest.mark.parametrize(
    ("status", "path", "method", "headers"),
    [
        (403, "/", "GET", {"HTTP_HOST": "evil.example"}),
        (403, "/", "GET", {"HTTP_HOST": ""}),
        (403, "/_dash-update-component", "POST", {"HTTP_ORIGIN": "http://evil.example"}),
        (403, "/_dash-update-component", "POST", {"HTTP_ORIGIN": "null"}),
        (405, "/", "PUT", {}),
        (405, "/", "POST", {}),
        (413, "/_dash-update-component", "POST", {"CONTENT_LENGTH": "99999999"}),
        (415, "/_dash-update-component", "POST", {"CONTENT_TYPE": "text/plain"}),
        (400, "/_dash-update-component", "POST", {"CONTENT_LENGTH": "-1"}),
    ],
)
def test_the_guard_refuses(client: Client, status: int, path: str, method: str, headers: dict[str, str]) -> None:
    found, answered, body = client(path, method, post() if method == "POST" else b"", **headers)
    assert found == status
    assert "Content-Security-Policy" in answered
    assert b"Traceback" not in body


def test_a_taken_port_is_an_oserror(store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            serve(store, port=taken.getsockname()[1])


def test_the_assets_are_ours() -> None:
    folder = resources.assets()
    assert {"dateline.css", "dateline.js", "icon.svg"} <= {path.name for path in folder.iterdir()}
    head = (folder / resources.PLOTLY).read_text("utf-8")[:400]
    assert "MIT license" in head
    for path in (folder / "dateline.css", folder / "dateline.js"):
        assert "http" not in path.read_text("utf-8").replace("http://www.w3.org/", "")
