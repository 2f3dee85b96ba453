"""Markdown (``.md``): the words without the markup that would stand between them.

Front matter (``---`` lines with ``key: value``) becomes metadata; link targets, emphasis and heading signs
go, since "[on Monday](…/2022/12/19)" is the words "on Monday" and no date from an address.
"""

from __future__ import annotations

import re
from pathlib import Path

from etl.model import Document
from etl.readers.plain import decode, document, settled

SUFFIXES = (".md", ".markdown")
_FIELDS = {"date": "published", "published": "published", "updated": "modified", "url": "url", "title": "title"}
_FRONT = re.compile(r"\A---[ \t]*\n((?:[^\n]{0,500}\n){0,60}?)---[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^([A-Za-z_]{1,30}):[ \t]*(.{1,400})$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,1000}\)")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)(\*\*\*|\*\*|\*|__|_)(?=\S)([^*_\n]{1,500})(?<=\S)\1(?!\w)")


def read(path: Path, raw: bytes) -> list[Document]:
    """Return the file as one document; a title in the front matter wins over the first heading."""
    text = settled(decode(path, raw))
    front = _FRONT.match(text)
    fields: dict[str, str] = {}
    if front:
        text = text[front.end() :].lstrip("\n")
        for key, value in _FIELD.findall(front.group(1)):
            if key.lower() in _FIELDS:
                fields[_FIELDS[key.lower()]] = value.strip().strip("\"'")
    return [document(path, raw, _words(text), title=fields.pop("title", ""), metadata=fields)]


def _words(text: str) -> str:
    for pattern, kept in ((_IMAGE, r"\1"), (_LINK, r"\1"), (_HEADING, ""), (_QUOTED, ""), (_EMPHASIS, r"\2")):
        text = pattern.sub(kept, text)
    return text
