"""Word documents (``.docx``): paragraphs and table cells of ``word/document.xml``, read with the standard library.

A .docx is a ZIP archive of XML (ECMA-376).  Only two of its parts are unpacked, no further than a limit (an
archive may claim anything about its sizes), and a part that declares XML entities is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

from etl.errors import ReadError
from etl.model import Document
from etl.readers.plain import document

SUFFIXES = (".docx",)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TERMS = "{http://purl.org/dc/terms/}"
_LARGEST = 64_000_000  # bytes of one unpacked part
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read(path: Path, raw: bytes) -> list[Document]:
    """Return the file as one document; the day of its last change becomes metadata."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            body = _part(path, archive, "word/document.xml")
            core = _part(path, archive, "docProps/core.xml") if "docProps/core.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, KeyError, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise ReadError(str(path), "it is not a Word document", "open it in Word and save it as .docx") from error
    known = {} if core is None else {"modified": _said(core, "modified") or _said(core, "created")}
    return [document(path, raw, "\n".join(_paragraphs(body)), metadata=known)]


def _part(path: Path, archive: zipfile.ZipFile, name: str) -> ET.Element:
    with archive.open(name) as handle:
        xml = handle.read(_LARGEST + 1)
    if len(xml) > _LARGEST:
        raise ReadError(str(path), f"{name} unpacks to more than {_LARGEST:,} bytes", "split the document")
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ReadError(str(path), f"{name} declares XML entities", "open it in Word and save it as .docx")
    try:
        return ET.fromstring(xml)  # noqa: S314  # no entities (checked above), size limited
    except ET.ParseError as error:
        raise ReadError(str(path), f"{name} is not well-formed XML", "open it in Word and save it as .docx") from error


def _paragraphs(body: ET.Element) -> list[str]:
    return ["".join(_runs(paragraph)).rstrip() for paragraph in body.iter(f"{_W}p")]


def _runs(paragraph: ET.Element) -> list[str]:
    """Return the visible pieces of a paragraph; deleted text (w:delText) is not among them."""
    return [(node.text or "") if node.tag == f"{_W}t" else _BREAKS.get(node.tag, "") for node in paragraph.iter()]


def _said(core: ET.Element, name: str) -> str:
    return (core.findtext(f"{_TERMS}{name}") or "")[:10]
