"""JSON (``.jsonl``, ``.json``): many documents in one file, as objects ``{"id", "text", "dct", "lang", "title"}``.

Only ``text`` is needed.  ``.jsonl`` has one object a line; ``.json`` one object or a list of them.  ``dct``, the
day on which the text was written, is EDTF ("2022-12-19", "2022-12", "2022").
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from etl.dayset import DaySet
from etl.errors import ReadError
from etl.model import Document
from etl.readers.plain import decode, document

SUFFIXES = (".jsonl", ".ndjson", ".json")


def read(path: Path, raw: bytes) -> list[Document]:
    """Return every object as a document; ReadError names the first line that is not one."""
    text = decode(path, raw)
    if path.suffix.lower() == ".json":
        whole = _parsed(path, text, 1)
        entries = list(enumerate(whole if isinstance(whole, list) else [whole], 1))
    else:
        lines = enumerate(text.split("\n"), 1)
        entries = [(number, _parsed(path, line, number)) for number, line in lines if line.strip()]
    return [_document(path, raw, entry, number) for number, entry in entries]


def _parsed(path: Path, text: str, number: int) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{path}, line {number}", "it is not JSON", "write one object a line") from error


def _document(path: Path, raw: bytes, entry: Any, number: int) -> Document:
    where = f"{path}, entry {number}"
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise ReadError(where, 'it has no "text"', 'write {"id": "...", "text": "...", "dct": "2022-12-19"}')
    try:
        dct = DaySet.parse(str(entry.get("dct") or ""))
    except ValueError as error:
        raise ReadError(where, f"{entry['dct']!r} is not an EDTF date", "write 2022-12-19") from error
    known = {key: str(entry[key]) for key in ("published", "url", "modified") if entry.get(key)}
    name = f"{path.as_posix()}#{entry.get('id', number)}"
    title, lang = str(entry.get("title") or ""), str(entry.get("lang") or "")
    return document(path, raw, entry["text"], title=title, name=name, lang=lang, dct=dct or None, metadata=known)
