"""Plain text (``.txt``), and the two steps that all readers share: bytes to text, text to document.

The encoding is what the byte order mark says, else UTF-8 when the bytes are UTF-8, else what their statistics
suggest.  Line ends become a single line feed (CRLF and CR too), as Python's text files do: so a text
has the same offsets whether it was saved on Windows or Linux.  Everything else stays as it is in the file.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from charset_normalizer import from_bytes

from etl.dayset import DaySet
from etl.errors import ReadError
from etl.languages import guess
from etl.model import Document, stable_id

SUFFIXES = (".txt", ".text")
_MARKS = (  # the longer ones first: the mark of UTF-16 is the beginning of that of UTF-32
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SAMPLE = 200_000  # bytes whose statistics tell the encoding


def read(path: Path, raw: bytes) -> list[Document]:
    """Return the file as one document; its title is its first line."""
    return [document(path, raw, decode(path, raw))]


def document(
    path: Path,
    raw: bytes,
    text: str,
    *,
    title: str = "",
    name: str = "",
    lang: str = "",
    dct: DaySet | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Document:
    """Return a document whose text is final; id, title and language are made of the text where not given."""
    text = settled(text)
    known = {key: settled(value).strip() for key, value in (metadata or {}).items() if value and value.strip()}
    return Document(
        doc_id=stable_id("doc", text),
        text=text,
        lang=lang or guess(text),
        name=name or path.as_posix(),
        title=" ".join(settled(title).split()) or _first_line(text),
        dct=dct,
        metadata={**known, "file_name": path.name},
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def decode(path: Path, raw: bytes, declared: str = "") -> str:
    """Return the bytes as text: by mark, by the declared encoding, as UTF-8, or by their statistics."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _with(path, raw[len(mark) :], encoding)
    if b"\0" in raw[:_SAMPLE]:
        raise ReadError(str(path), "the file is not text", "convert it to text, or leave it out")
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        raise ReadError(str(path), "its encoding cannot be told", "save it as UTF-8")
    return _with(path, raw, best.encoding)


def _with(path: Path, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise ReadError(str(path), f"it is not valid {encoding}", "save it as UTF-8") from error


def settled(text: str) -> str:
    """Return text with line feeds only and without the half characters that no file can hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", text)


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= 200 else line[:199].rsplit(" ", 1)[0] + "…"
