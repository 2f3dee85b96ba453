"""The one layer before Dash: who may ask what, how much of it, and with which headers it is answered.

Plain Dash accepts any Host header and any cross-origin JSON post, limits no body, answers 500 to a
malformed callback post, sends no security header and compresses nothing.  This WSGI layer mends all that.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

log = logging.getLogger(__name__)
BODY = 1_000_000  # bytes of a request; our own are below 20 kB
SMALL = 1024  # bytes below which compression does not pay
KEPT = 64  # compressed assets kept
UPDATE = "/_dash-update-component"
TEXTUAL = ("text/", "application/json", "application/javascript", "image/svg+xml")
LOCAL = {"localhost", "127.0.0.1", "::1"}
ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 (recognised, not bound)
Headers = list[tuple[str, str]]
Environ = dict[str, Any]


class Guard:
    """A WSGI application around another one."""

    def __init__(self, app: Any, *, host: str, script_hashes: Iterable[str], callbacks: Any) -> None:
        """Keep what is allowed: the names of this server, the hashes of its inline scripts, its callbacks."""
        self._app = app
        self._hosts = None if host in ANYWHERE else LOCAL | {host.strip("[]").lower()}
        self._callbacks = callbacks
        self._policy = _policy(script_hashes)
        self._zipped: dict[tuple[str, str], bytes] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer a request, or refuse it with one plain sentence."""
        refused = self._refusal(environ)
        if refused:
            return self._plain(start_response, *refused)
        return self._answer(environ, start_response)

    # ------------------------------------------------------------------ may it come in?
    def _refusal(self, environ: Environ) -> tuple[str, str] | None:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD", "POST"}:
            return "405 Method Not Allowed", "Only GET, HEAD and POST are answered."
        host = _name(environ.get("HTTP_HOST", ""))
        if self._hosts is not None and host not in self._hosts:
            return "403 Forbidden", "This server does not go by that name."
        origin = environ.get("HTTP_ORIGIN")
        if origin and (origin == "null" or urlsplit(origin).netloc.lower() != environ.get("HTTP_HOST", "").lower()):
            return "403 Forbidden", "Requests from other sites are refused."
        return self._bad_body(environ) if environ["REQUEST_METHOD"] == "POST" else None

    def _bad_body(self, environ: Environ) -> tuple[str, str] | None:
        if environ.get("PATH_INFO") != UPDATE:
            return "405 Method Not Allowed", "Nothing is posted here."
        if environ.get("CONTENT_TYPE", "").split(";")[0].strip().lower() != "application/json":
            return "415 Unsupported Media Type", "Callbacks are posted as JSON."
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdigit():
            return "400 Bad Request", "The length of the body is not a number."
        if int(length) > BODY:
            return "413 Content Too Large", "The body is too large."
        body = environ["wsgi.input"].read(min(int(length), BODY))
        environ["wsgi.input"] = io.BytesIO(body)
        return None if self._is_callback(body) else ("400 Bad Request", "This is no callback of this page.")

    def _is_callback(self, body: bytes) -> bool:
        """Tell whether the body names a callback that exists, with exactly its inputs and states."""
        try:
            post = json.loads(body)
            known = self._callbacks[post["output"]]
            outputs = post["outputs"] if isinstance(post["outputs"], list) else [post["outputs"]]
            told = {(output["id"], output["property"]) for output in outputs}
            changed = post.get("changedPropIds", [])
            named = all(isinstance(name, str) for name in changed) and isinstance(changed, list)
            parts = (("inputs", known["inputs"]), ("state", known["state"]))
            same = all(_ids(post.get(name) or []) == _ids(expected) for name, expected in parts)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return False
        return named and same and told == _told(post["output"])

    # ------------------------------------------------------------------ how it goes out
    def _answer(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        told: dict[str, Any] = {}

        def remember(status: str, headers: Headers, _exc_info: Any = None) -> Any:
            told.update(status=status, headers=headers)
            return lambda _: None

        try:
            result = self._app(environ, remember)
            body = b"".join(result)
            getattr(result, "close", lambda: None)()
        except Exception:
            log.exception("a request failed")
            return self._plain(start_response, "500 Internal Server Error", "Something went wrong; the log says what.")
        if told["status"].startswith("500"):
            return self._plain(start_response, "500 Internal Server Error", "Something went wrong; the log says what.")
        headers = {name.lower(): (name, value) for name, value in told["headers"]}
        if body and self._zips(environ, headers):
            body = self._compressed(environ, headers, body)
            headers["content-encoding"] = ("Content-Encoding", "gzip")
        if body:
            headers["content-length"] = ("Content-Length", str(len(body)))
        headers["vary"] = ("Vary", "Accept-Encoding")
        start_response(told["status"], [*headers.values(), *self._policy])
        return [body]

    def _zips(self, environ: Environ, headers: dict[str, tuple[str, str]]) -> bool:
        kind = headers.get("content-type", ("", ""))[1]
        wanted = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        return wanted and "content-encoding" not in headers and kind.startswith(TEXTUAL)

    def _compressed(self, environ: Environ, headers: dict[str, tuple[str, str]], body: bytes) -> bytes:
        """Return the body compressed; assets are kept, they do not change under the same tag."""
        tag = headers.get("etag", ("", ""))[1]
        key = (environ.get("PATH_INFO", ""), tag)
        if not tag or environ["REQUEST_METHOD"] != "GET":
            return gzip.compress(body, 5, mtime=0) if len(body) >= SMALL else gzip.compress(body, 1, mtime=0)
        with self._lock:
            if key not in self._zipped:
                if len(self._zipped) >= KEPT:
                    self._zipped.clear()
                self._zipped[key] = gzip.compress(body, 9, mtime=0)
            return self._zipped[key]

    def _plain(self, start_response: Any, status: str, sentence: str) -> list[bytes]:
        body = sentence.encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(status, [*headers, *self._policy])
        return [body]


def _policy(script_hashes: Iterable[str]) -> Headers:
    """Return the security headers of every answer (CSP level 3, OWASP secure headers)."""
    scripts = " ".join(["'self'", *script_hashes])
    csp = (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return [
        ("Content-Security-Policy", csp),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]


def _name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _ids(parts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(part["id"], part["property"]) for part in parts]


def _told(output: str) -> set[tuple[str, str]]:
    """Return the (id, property) pairs in the name of a callback: "a.b" or "..a.b...c.d.."."""
    names = output[2:-2].split("...") if output.startswith("..") else [output]
    return {(name.rsplit(".", 1)[0], name.rsplit(".", 1)[1]) for name in names}
