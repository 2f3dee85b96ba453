"""The process in which documents are read and analysed; ``crew`` starts it and talks to it.

A file may crash its parser, hang it or fill the memory; here that costs one process, which ``crew`` replaces.
Requests and answers are pickles with their length before them, over the pipes of the process that started this
one: nothing from a file or a store is ever unpickled.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from etl import pipeline
from etl.builder.codec import encode
from etl.errors import DatelineError
from etl.lexicon import Lexicon, collect_rarely
from etl.model import Document
from etl.readers import read

MEMORY = 4 << 30  # bytes of address space
LARGEST_ANSWER = 512 << 20  # bytes
READY = "ready"  # the first message: from now on the deadlines count
LENGTH = 8  # bytes before each message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one task: its value, or the reason why there is none."""

    value: Any = None
    reason: str = ""


def read_file(task: tuple[Path, str], lexicon: Lexicon) -> list[Document]:
    """Return the documents of one file, named below their source folder."""
    del lexicon
    path, name = task
    return read(Path(name), path.read_bytes())


def analyse(document: Document, lexicon: Lexicon) -> bytes:
    """Return all that one document says, as it is kept for the next build: shorter than a pickle, and read as fast."""
    return encode(pipeline.analyse(document, lexicon))


TASKS: dict[str, Callable[[Any, Lexicon], Any]] = {"read": read_file, "analyse": analyse}


def perform(task: str, payload: Any, lexicon: Lexicon) -> Outcome:
    """Do one task; whatever goes wrong becomes a sentence."""
    try:
        return Outcome(TASKS[task](payload, lexicon))
    except DatelineError as error:
        return Outcome(reason=str(error))
    except OSError as error:
        return Outcome(reason=f"the file cannot be read ({error.strerror or error}); check it and its permissions")
    except MemoryError:
        return Outcome(reason="it needs more memory than one document may have; split it")
    except Exception as error:  # noqa: BLE001  # one document must never stop the others
        told = " ".join(str(error).split())[:200]
        return Outcome(reason=f"it could not be analysed ({type(error).__name__}: {told}); please report this")


def send(pipe: IO[bytes], message: Any) -> None:
    """Write one message."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    if len(body) > LARGEST_ANSWER:
        body = pickle.dumps(Outcome(reason="it gives more rows than one document may; split it"))
    pipe.write(len(body).to_bytes(LENGTH, "big") + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Return the next message; EOFError when the other side is gone."""
    head = pipe.read(LENGTH)
    body = pipe.read(int.from_bytes(head, "big")) if len(head) == LENGTH else b""
    if not body:
        raise EOFError
    return pickle.loads(body)  # noqa: S301  # from our own other half, never from a file


def limit_memory() -> None:
    """Let a document that would fill the machine fail alone, where the system knows such limits."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not there on Windows

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def main(knowledge: Sequence[str]) -> None:
    """Answer requests until the other side closes the pipe."""
    limit_memory()
    collect_rarely()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    serve(sys.stdin.buffer, answers, Lexicon([Path(folder) for folder in knowledge]))


def serve(requests: IO[bytes], answers: IO[bytes], lexicon: Lexicon) -> None:
    """Answer requests until the other side closes the pipe."""
    send(answers, READY)
    while True:
        try:
            task, payload = receive(requests)
        except EOFError:
            return
        send(answers, perform(task, payload, lexicon))
