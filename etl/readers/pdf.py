"""PDF files, through pypdf (the optional extra ``formats``): the text of each page, in order.

A scanned page has no text; a file of such pages fails with a sentence that says so.
"""

from __future__ import annotations

import importlib
import io
import logging
import re
from pathlib import Path
from typing import Any

from etl.errors import ReadError
from etl.model import Document
from etl.readers.plain import document

SUFFIXES = (".pdf",)
_MOST_PAGES = 5000
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


def read(path: Path, raw: bytes) -> list[Document]:
    """Return the file as one document; pages are separated by an empty line."""
    try:
        pypdf = importlib.import_module("pypdf")
    except ImportError as error:
        raise ReadError(str(path), "PDF needs the extra 'formats'", "pip install 'dateline[formats]'") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints about odd files are no news to the user
    try:
        pages, known = _pages(pypdf.PdfReader(io.BytesIO(raw)))
    except Exception as error:
        raise ReadError(str(path), "it is damaged or encrypted", "open it and save it anew as PDF") from error
    if not any(page.strip() for page in pages):
        raise ReadError(str(path), "its pages hold no text (scanned?)", "run text recognition on it first")
    title = known.pop("title")
    return [document(path, raw, "\n\n".join(pages), title=title, metadata=known)]


def _pages(reader: Any) -> tuple[list[str], dict[str, str]]:
    pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
    stated = reader.metadata or {}
    changed = _iso(str(stated.get("/ModDate") or stated.get("/CreationDate") or ""))
    return pages, {"title": str(stated.get("/Title") or ""), "modified": changed}


def _iso(stamp: str) -> str:
    """Return the day of a PDF date (ISO 32000-1, 7.9.4: ``D:YYYYMMDD...``) in ISO 8601."""
    match = _DATE.match(stamp)
    return "-".join(filter(None, match.groups())) if match else ""
