"""Forks the workers of a crew from one process that has read the knowledge: it is read, and kept in memory, once.

What forks is never the caller, who may have threads and open connections, but a program that has neither.  Each
worker talks to the caller over pipes of its own; the program is only told, over a socket, to fork one (and given
the ends of its pipes) or to kill one.  Where the system cannot fork, every worker is a program of its own.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO, NoReturn, Protocol

from etl import pipeline
from etl.builder import worker
from etl.errors import DatelineError
from etl.lexicon import Lexicon, collect_rarely
from etl.model import Document

FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds")
ALONE = "alone"  # the argument of a program that is a worker itself
_FORK, _KILL = b"f", b"k"
_ORDER = 9  # bytes: what to do, and the number of the worker
_PATIENCE = 5.0  # seconds for the program to end


class Process(Protocol):
    """A worker as the crew knows it."""

    @property
    def stdin(self) -> IO[bytes] | None:
        """Return the pipe for requests."""

    @property
    def stdout(self) -> IO[bytes] | None:
        """Return the pipe with the answers."""

    def kill(self) -> None:
        """End it in the middle of its work."""

    def wait(self) -> int:
        """Wait until it has ended."""


class Forked:
    """A worker that the nursery has forked."""

    def __init__(self, nursery: Nursery, number: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        """Keep the caller's ends of its pipes."""
        self.stdin, self.stdout = stdin, stdout
        self._nursery, self._number = nursery, number

    def kill(self) -> None:
        """End it in the middle of its work."""
        self._nursery.order(_KILL, self._number)

    def wait(self) -> int:
        """Return at once: the nursery waits for its children."""
        return 0


class Nursery:
    """The caller's side: starts the program and tells it what to do; safe from any thread."""

    def __init__(self, start: Callable[[str, int], subprocess.Popen[bytes]]) -> None:
        """Start the program by a function that gets its first argument and the descriptor to leave open for it."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = start(str(theirs.fileno()), theirs.fileno())
        self._numbers = count()

    def worker(self) -> Forked:
        """Return a new worker; it can be asked when the knowledge has been read."""
        requests, stdin = os.pipe()
        stdout, answers = os.pipe()
        number = next(self._numbers)
        self.order(_FORK, number, (requests, answers))
        os.close(requests)
        os.close(answers)
        return Forked(self, number, os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb"))

    def order(self, what: bytes, number: int, descriptors: Sequence[int] = ()) -> None:
        """Send an order; when the program is gone, the pipes that nobody holds any longer say so."""
        with suppress(OSError):
            socket.send_fds(self._control, [what + number.to_bytes(_ORDER - 1, "big")], descriptors)

    def close(self) -> None:
        """End the program, and with it the workers that are left."""
        self._control.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def main(arguments: Sequence[str]) -> None:
    """Be a worker, or the program that forks them; the arguments are which, and the folders with more knowledge."""
    which, *knowledge = arguments
    if which == ALONE:
        worker.main(knowledge)
        return
    worker.limit_memory()
    collect_rarely()
    lexicon = Lexicon([Path(folder) for folder in knowledge])
    with suppress(DatelineError):  # every document will say so
        pipeline.analyse(Document("", _examples(lexicon)), lexicon)
    gc.freeze()
    with socket.socket(fileno=int(which)) as control:
        _obey(control, lexicon)


def _examples(lexicon: Lexicon) -> str:
    """Return a text for which nearly all knowledge is asked for: what the rules of events give as examples."""
    return "\n".join(rule["examples"][0] for kind in lexicon.events.values() for rule in kind.get("en", ()))


def _obey(control: socket.socket, lexicon: Lexicon) -> None:
    """Fork and kill as told, until the caller is gone; then kill who is left."""
    children: dict[int, int] = {}  # number -> process
    while True:
        order, descriptors, _, _ = socket.recv_fds(control, _ORDER, 2)
        if len(order) < _ORDER:
            break
        number = int.from_bytes(order[1:], "big")
        if order[:1] == _FORK:
            children[number] = os.fork() or _work(control, descriptors, lexicon)
            for descriptor in descriptors:
                os.close(descriptor)
        elif number in children:
            _kill(children.pop(number))
    for process in children.values():
        _kill(process)


def _work(control: socket.socket, descriptors: Sequence[int], lexicon: Lexicon) -> NoReturn:
    """Be a worker until the caller closes the pipe."""
    try:
        control.close()
        with os.fdopen(descriptors[0], "rb") as requests, os.fdopen(descriptors[1], "wb") as answers:
            worker.serve(requests, answers, lexicon)
    finally:
        os._exit(0)


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)  # nobody else waits for it, so its number is not another's yet
    os.waitpid(process, 0)
