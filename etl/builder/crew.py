"""Hands tasks to a few guarded processes and gets the outcomes back in order, whatever happens to a process.

Each worker has its own process (``etl.builder.worker``) and thread; a process that misses its deadline is killed,
one that dies is replaced, and only the task it had is lost.  The processes are programs of their own, or forked from
one (``etl.builder.nursery``), so a script needs no ``if __name__ == "__main__"`` and open connections are not shared.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Timer
from types import TracebackType
from typing import IO, Any, Protocol, Self, cast

from etl.builder.nursery import ALONE, FORKS, Nursery, Process
from etl.builder.resources import PACKAGE
from etl.builder.worker import Outcome, perform, receive, send
from etl.errors import DatelineError
from etl.lexicon import Lexicon

_PROGRAM = "import sys; from etl.builder.nursery import main; main(sys.argv[1:])"
DEADLINE = 120.0  # seconds for one document
STARTING = 300.0  # seconds for a process to load its knowledge
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


def silent(step: str, done: int, total: int) -> None:
    """Show no progress."""
    del step, done, total


class Crew(Protocol):
    """Whoever performs tasks: processes, or this process itself."""

    def map(self, task: str, payloads: Sequence[Any], progress: Progress) -> list[Outcome]:
        """Return the outcomes in the order of the payloads."""


class Alone:
    """Performs every task in this process, unguarded: for tests and for looking into a failure."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Use this knowledge."""
        self._lexicon = lexicon

    def map(self, task: str, payloads: Sequence[Any], progress: Progress) -> list[Outcome]:
        """Return the outcomes in the order of the payloads."""
        del progress
        return [perform(task, payload, self._lexicon) for payload in payloads]


class Guarded:
    """A fixed number of processes; use it in a ``with`` statement."""

    def __init__(self, jobs: int, knowledge: Sequence[Path] = (), deadline: float = DEADLINE) -> None:
        """Start the processes; they load their knowledge while the caller goes on."""
        self._knowledge, self._deadline = [str(path) for path in knowledge], deadline
        self._ready: set[Process] = set()  # those that have loaded their knowledge
        self._idle: SimpleQueue[Process] = SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)
        self._alive: set[Process] = set()
        self._closing = False
        self._nursery = Nursery(self._program) if FORKS and jobs > 1 else None
        for _ in range(jobs):
            self._idle.put(self._started())

    def __enter__(self) -> Self:
        """Return the crew."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End all processes; after an error or Ctrl-C, in the middle of their work."""
        self._closing = True
        for process in list(self._alive) if error is not None else ():
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in list(self._alive):
            self._end(process)
        if self._nursery is not None:
            self._nursery.close()

    def map(self, task: str, payloads: Sequence[Any], progress: Progress) -> list[Outcome]:
        """Return the outcomes in the order of the payloads; each is performed by the next idle process."""
        outcomes = []
        for done, outcome in enumerate(self._threads.map(lambda payload: self._ask(task, payload), payloads), 1):
            outcomes.append(outcome)
            progress(task, done, len(payloads))
        return outcomes

    def _ask(self, task: str, payload: Any) -> Outcome:
        process = self._idle.get()
        try:
            self._await_start(process)
            with _killed_after(self._deadline, process) as late:
                try:
                    send(_pipe(process.stdin), (task, payload))
                    return cast("Outcome", receive(_pipe(process.stdout)))
                except (EOFError, OSError):
                    self._end(process)
            if not self._closing:
                process = self._started()
            return Outcome(reason=self._lost(late=late.is_set()))
        finally:
            self._idle.put(process)

    def _await_start(self, process: Process) -> None:
        """Wait until a new process has loaded its knowledge, so that this takes no document's time."""
        if process in self._ready:
            return
        with _killed_after(STARTING, process):
            try:
                receive(_pipe(process.stdout))
            except (EOFError, OSError) as error:
                raise DatelineError("analysis", "its process could not be started", "install dateline anew") from error
        self._ready.add(process)

    def _lost(self, *, late: bool) -> str:
        what = f"it took longer than {self._deadline:g} seconds" if late else "it made its process crash"
        return f"{what}; leave it out or split it, and please report this"

    def _started(self) -> Process:
        process = self._nursery.worker() if self._nursery is not None else self._program(ALONE)
        self._alive.add(process)
        return process

    def _program(self, which: str, *descriptors: int) -> subprocess.Popen[bytes]:
        # -P: a folder that is merely the current one must not offer modules
        command = [sys.executable, "-P", "-c", _PROGRAM, which, *self._knowledge]
        paths = [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
        pipe = subprocess.PIPE if which == ALONE else subprocess.DEVNULL
        return subprocess.Popen(  # noqa: S603  # our own module
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment, pass_fds=descriptors
        )

    def _end(self, process: Process) -> None:
        self._ready.discard(process)
        self._alive.discard(process)
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what was not sent cannot be sent any more
                _pipe(pipe).close()
        process.wait()


@contextmanager
def _killed_after(seconds: float, process: Process) -> Iterator[Event]:
    """Kill the process unless the block ends in time; the event tells whether that was needed."""
    late = Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # every process is started with both pipes
    return pipe
