"""Serves a store's dashboard with waitress, behind our guard."""

from __future__ import annotations

import contextlib
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.guard import Guard

THREADS = 4


def serve(store: str | Path, host: str = "127.0.0.1", port: int = 8050, open_browser: bool = False) -> None:
    """Serve the dashboard of a store until interrupted, and print its address when it answers.

    Port 0 takes any free port.  Raises StoreError when the folder is not a store and OSError when the port
    is taken or the address is not this machine's.
    """
    with running(store, host, port) as (server, address):
        print(f"Dateline is at {address} (stop it with Ctrl+C)", flush=True)  # noqa: T201 (the command's answer)
        if open_browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        with contextlib.suppress(KeyboardInterrupt):
            server.run()


@contextlib.contextmanager
def running(store: str | Path, host: str = "127.0.0.1", port: int = 8050) -> Iterator[tuple[Any, str]]:
    """Yield a bound waitress server, not yet running, and its address; close it afterwards."""
    from waitress.server import create_server  # noqa: PLC0415 (the port is tried before the slow imports of Dash)

    server = None
    guard = _Later()
    try:
        server = create_server(  # type: ignore[no-untyped-call]
            guard,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=2_000_000,
            channel_timeout=60,
        )
        bound = _port(server, port)
        guard.app = guarded(store, host, bound)
        name = "localhost" if host in {"0.0.0.0", "::", ""} else f"[{host}]" if ":" in host else host  # noqa: S104
        yield server, f"http://{name}:{bound}/"
    finally:
        if server is not None:
            server.close()


class _Later:
    """A WSGI application that is filled in after its port is known."""

    app: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self.app(environ, start_response)


def guarded(store: str | Path, host: str, port: int) -> Guard:
    """Return the whole WSGI application: the guard around Dash."""
    from dashboard.app import create_app  # noqa: PLC0415 (Dash is slow to import)

    app = create_app(store)
    app._setup_server()  # type: ignore[no-untyped-call]  # noqa: SLF001 (else the first request does, and the hashes are empty)
    return Guard(app.server, host=host, port=port, script_hashes=app.csp_hashes(), callbacks=app.callback_map)


def _port(server: Any, wanted: int) -> int:
    return int(getattr(server, "effective_port", 0) or server.effective_listen[0][1] or wanted)
