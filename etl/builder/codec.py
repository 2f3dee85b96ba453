"""Writes an analysis as JSON and reads it back, so that a rebuild need not analyse an unchanged text again.

A pickle in a store would be a program that the next build runs; this is data, and only the records of
``etl.model`` can be made from it.  A record stands where it is met first as ``{"its class": [its fields]}``; met
again it is only ``{"r": number}``, counted from the beginning (the many rows of a document share their reasons).
The document itself is not written: whoever reads an analysis has it.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from etl import model
from etl.dayset import DaySet
from etl.model import Analysis, Document, stable_id

LARGEST = 256 << 20  # bytes of one analysis, unpacked
_AGAIN = "r"
_CLASSES: list[type] = [DaySet]
_CLASSES += [kind for kind in vars(model).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind)]
_Cells = Callable[[Any], Iterable[Any]]  # gives the fields of a record in order
_FIELDS = [field.name for field in dataclasses.fields(Analysis) if field.name != "document"]
_MAKERS: dict[str, Callable[..., Any]] = {kind.__name__: kind for kind in _CLASSES} | {"date": date.fromisoformat}


def _cells_of(kind: type) -> _Cells:
    """Return the function that gives the fields of a record in order."""
    names = [field.name for field in dataclasses.fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda record: [getattr(record, name) for name in names]


_CELLS: dict[type, tuple[str, _Cells]] = {kind: (kind.__name__, _cells_of(kind)) for kind in _CLASSES}
_CELLS[date] = ("date", lambda day: [day.isoformat()])


def encode(analysis: Analysis) -> bytes:
    """Return an analysis as compressed JSON; TypeError when it holds something that is no record of the model."""
    numbers: dict[int, int] = {}  # id() of a record -> its number; the analysis keeps them alive

    def written(record: Any) -> dict[str, Any]:
        number = numbers.get(id(record))
        if number is not None:
            return {_AGAIN: number}
        known = _CELLS.get(type(record))
        if known is None:
            raise TypeError(f"{type(record).__name__} is no record of the model")
        numbers[id(record)] = len(numbers)
        name, cells = known
        return {name: cells(record)}

    fields = {name: getattr(analysis, name) for name in _FIELDS}
    text = json.dumps(fields, default=written, check_circular=False, separators=(",", ":"))
    return zlib.compress(text.encode("ascii"), 3)


def decode(content: bytes, document: Document) -> Analysis:
    """Return the analysis of this document; ValueError when the content was not written by ``encode``."""
    try:
        told = json.loads(zlib.decompressobj().decompress(content, LARGEST))
        analysis = Analysis(document)
        records: list[Any] = []
        for name in _FIELDS:
            value = _read(told[name], records)
            setattr(analysis, name, list(value) if isinstance(value, tuple) else value)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise ValueError(f"not an analysis: {error}") from error
    return analysis


def _read(cell: Any, records: list[Any]) -> Any:
    """Return what a cell means; ``records`` holds those read so far, None for one whose fields are being read."""
    if type(cell) is list:
        return tuple([_read(part, records) if type(part) in _NESTED else part for part in cell])
    if type(cell) is not dict:
        return cell
    ((name, told),) = cell.items()
    if name == _AGAIN:
        return _known(records[told])
    number = len(records)
    records.append(None)
    made = _MAKERS[name](*[_read(part, records) if type(part) in _NESTED else part for part in told])
    records[number] = made
    return made


_NESTED = frozenset({list, dict})


def _known(record: Any) -> Any:
    if record is None:
        raise ValueError("a record that holds itself")
    return record


def key(document: Document) -> str:
    """Return what an analysis depends on besides code and knowledge: the text and all that is known around it."""
    known = (document.doc_id, document.lang, document.name, document.title, document.sha256)
    dct = document.dct.edtf() if document.dct else ""
    return stable_id("analysis", *known, dct, *sorted(document.metadata.items()))
