"""Reads files into documents.  The folder is the registry: a format is one module with ``SUFFIXES`` and ``read``.

``read(path, raw) -> list[Document]`` gets the bytes and never opens, fetches or runs anything that they name.
Most files hold one document; JSON lines and mail boxes hold several.  Whatever a reader cleans (markup, line
ends) it cleans before the text is final: every later offset counts in ``document.text``.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from pathlib import Path

from etl.errors import ReadError
from etl.model import Document

Reader = Callable[[Path, bytes], list[Document]]
LARGEST = 64_000_000  # bytes of one file; a larger one is not a text that somebody wrote


@functools.cache
def readers() -> Mapping[str, Reader]:
    """Return the reader of each file suffix, in lower case with its dot."""
    found: dict[str, Reader] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        reader = importlib.import_module(f"{__name__}.{module.name}")
        for suffix in getattr(reader, "SUFFIXES", ()):
            found[suffix] = reader.read
    return found


def read(path: Path, raw: bytes) -> list[Document]:
    """Return the documents in a file's bytes; ReadError says in one sentence why there are none.

    The path names the format and the document; nothing is opened.
    """
    known = readers()
    reader = known.get(path.suffix.lower())
    if reader is None:
        raise ReadError(str(path), f"{path.suffix or 'no suffix'} is not a format that is read", _use(known))
    if len(raw) > LARGEST:
        raise ReadError(str(path), f"the file has {len(raw):,} bytes", f"split it; {LARGEST:,} are read")
    documents = [document for document in reader(path, raw) if document.text.strip()]
    if not documents:
        raise ReadError(str(path), "the file holds no text", "leave it out, or save it with its text")
    return documents


def _use(known: Mapping[str, Reader]) -> str:
    return "use one of " + " ".join(sorted(known))


def sha256(raw: bytes) -> str:
    """Return the checksum by which a raw file is known."""
    return hashlib.sha256(raw).hexdigest()
