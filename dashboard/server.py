"""Serves a store's dashboard with waitress, behind our guard."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.guard import ANYWHERE, Guard

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
    """Yield a bound waitress server, not yet running, and its address; close it afterwards.

    The port is tried first, so that a taken one is told before the slow imports of Dash.
    """
    family = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
    with socket.create_server((host, port), family=family) as listener:
        from waitress.server import create_server  # noqa: PLC0415

        bound = int(listener.getsockname()[1])
        guard = guarded(store, host)
        server = create_server(  # type: ignore[no-untyped-call]
            guard, sockets=[listener], threads=THREADS, ident=None, max_request_body_size=2_000_000, channel_timeout=60
        )
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a page asks for ten files at once
        name = "localhost" if host in ANYWHERE else f"[{host}]" if ":" in host else host
        try:
            yield server, f"http://{name}:{bound}/"
        finally:
            server.close()


def guarded(store: str | Path, host: str) -> Guard:
    """Return the whole WSGI application: the guard around Dash."""
    from dashboard.app import create_app  # noqa: PLC0415 (Dash is slow to import)

    app = create_app(store)
    app._setup_server()  # type: ignore[no-untyped-call]  # noqa: SLF001 (else the first request does, and the hashes are empty)
    return Guard(app.server, host=host, script_hashes=app.csp_hashes(), callbacks=app.callback_map)
