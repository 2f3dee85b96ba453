"""Writes an analysis as JSON and reads it back, so that a rebuild need not analyse an unchanged text again.

A pickle in a store would be a program that the next build runs; this is data.  Each record is written once
and referred to by its number (the many rows of a document share their reasons), and only the records of
``etl.model`` can be made from it.  The document itself is not written: whoever reads an analysis has it.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

from etl import model
from etl.dayset import DaySet
from etl.model import Analysis, Document, stable_id

LARGEST = 256 << 20  # bytes of one analysis, unpacked
_RECORDS: dict[str, Callable[..., Any]] = {"DaySet": DaySet, "date": date.fromisoformat}
_RECORDS |= {
    name: value for name, value in vars(model).items() if isinstance(value, type) and dataclasses.is_dataclass(value)
}
_FIELDS = [field.name for field in dataclasses.fields(Analysis) if field.name != "document"]
_NAMES = {
    record: tuple(field.name for field in dataclasses.fields(record))
    for record in _RECORDS.values()
    if isinstance(record, type)
}


def encode(analysis: Analysis) -> bytes:
    """Return an analysis as compressed JSON; TypeError when it holds something that is no record of the model."""
    writer = _Writer()
    fields = {name: writer.written(getattr(analysis, name)) for name in _FIELDS}
    text = json.dumps({"records": writer.records, "fields": fields}, ensure_ascii=True, separators=(",", ":"))
    return zlib.compress(text.encode("ascii"), 3)


def decode(content: bytes, document: Document) -> Analysis:
    """Return the analysis of this document; ValueError when the content was not written by ``encode``."""
    try:
        told = json.loads(zlib.decompressobj().decompress(content, LARGEST))
        records: list[Any] = []
        for name, *cells in told["records"]:
            records.append(_RECORDS[name](*[_read(cell, records) for cell in cells]))
        analysis = Analysis(document)
        for name in _FIELDS:
            value = _read(told["fields"][name], records)
            setattr(analysis, name, list(value) if isinstance(value, tuple) else value)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise ValueError(f"not an analysis: {error}") from error
    return analysis


class _Writer:
    """Numbers records as they are met; a record that is met again is only referred to."""

    def __init__(self) -> None:
        self.records: list[list[Any]] = []
        self._numbers: dict[int, int] = {}  # id() of a record -> its number; the analysis keeps them alive

    def written(self, value: Any) -> Any:
        """Return a scalar as it is, a sequence as a list, a record as ``{"r": number}``."""
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, tuple | list):
            return [self.written(part) for part in value]
        if (number := self._numbers.get(id(value))) is None:
            cells = self._cells(value)
            self.records.append(cells)
            self._numbers[id(value)] = number = len(self.records) - 1
        return {"r": number}

    def _cells(self, value: Any) -> list[Any]:
        if isinstance(value, date):
            return ["date", value.isoformat()]
        names = _NAMES.get(type(value))
        if names is None:
            raise TypeError(f"{type(value).__name__} is no record of the model")
        return [type(value).__name__, *[self.written(getattr(value, name)) for name in names]]


def _read(cell: Any, records: list[Any]) -> Any:
    if isinstance(cell, list):
        return tuple([_read(part, records) for part in cell])
    return records[cell["r"]] if isinstance(cell, dict) else cell


def key(document: Document) -> str:
    """Return what an analysis depends on besides code and knowledge: the text and all that is known around it."""
    known = (document.doc_id, document.lang, document.name, document.title, document.sha256)
    dct = document.dct.edtf() if document.dct else ""
    return stable_id("analysis", *known, dct, *sorted(document.metadata.items()))
