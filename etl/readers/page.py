"""Web pages (``.html``): the visible text, and the dates that the page states about itself.

Standard library only.  Nothing is fetched or run; scripts, styles, forms and navigation are left out, and
where the page marks its ``<article>`` or ``<main>`` part, only that is read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from etl.model import Document
from etl.readers.plain import decode, document

SUFFIXES = (".html", ".htm", ".xhtml")
_SILENT = {"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "form", "nav"}
_SILENT |= {"footer", "aside", "canvas", "audio", "video", "math", "title"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_BLOCKS = {"p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
_BLOCKS |= {"blockquote", "pre", "figure", "figcaption", "dl", "address", "body", "details", "summary"}
_LINES = {"li", "tr", "br", "dt", "dd", "hr"}
# what a page calls its date of publication: schema.org, Open Graph, Dublin Core and the habits of news sites
_PUBLISHED = (
    *("article:published_time", "datepublished", "dc.date.issued", "dc.date", "dcterms.issued", "dcterms.created"),
    *("og:published_time", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "date"),
)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "last-modified")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_HIDDEN = "hidden "  # before the name of an open tag that the page hides
_ENOUGH = 200  # characters that make a marked article the whole of the page


def read(path: Path, raw: bytes) -> list[Document]:
    """Return the page as one document."""
    declared = _CHARSET.search(raw[:4096])
    page = parse(decode(path, raw, declared.group(1).decode("ascii") if declared else ""))
    return [document(path, raw, page.text, title=page.title, lang=page.lang, metadata=page.metadata)]


def parse(markup: str) -> Page:
    """Return the page that the markup describes; broken markup gives what can be read."""
    page = Page()
    page.feed(markup)
    page.close()
    return page


class Page(HTMLParser):
    """Collects visible text and metadata while the markup goes by."""

    def __init__(self) -> None:
        """Start with an empty page."""
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self._all: list[str] = []
        self._article: list[str] = []
        self._open: list[str] = []  # tags from the root inwards
        self._count: Counter[str] = Counter()  # how often each of them is open
        self._n_silent = 0
        self._stated: dict[str, str] = {}
        self._titles: list[str] = []
        self._json: list[str] = []
        self._in_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag states, and where a line or paragraph begins."""
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = given.get("lang", "")[:2].lower()
        elif tag == "meta":
            self._state(
                given.get("property") or given.get("name") or given.get("itemprop", ""), given.get("content", "")
            )
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self._state("url", given.get("href", ""))
        elif tag == "time" and given.get("datetime"):
            published = "pubdate" in given or given.get("itemprop", "").lower() == "datepublished"
            self._state("datepublished" if published else "time", given["datetime"])
        self._in_json = tag == "script" and given.get("type", "").lower() == "application/ld+json"
        self._break(tag)
        if tag not in _VOID:
            hidden = "hidden" in given or given.get("aria-hidden", "").lower() == "true"
            self._open.append(_HIDDEN + tag if hidden else tag)
            self._count[tag] += 1
            self._n_silent += _is_silent(self._open[-1])

    def handle_endtag(self, tag: str) -> None:
        """Close the tag and whatever was left open inside it."""
        while self._count[tag]:
            name = self._open.pop()
            self._count[name.removeprefix(_HIDDEN)] -= 1
            self._n_silent -= _is_silent(name)
            if name.removeprefix(_HIDDEN) == tag:
                break
        self._in_json = False
        if tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        """Keep the words that a reader of the page would see."""
        if self._in_json:
            self._json.append(data)
        elif self._open and self._open[-1] == "title" and not self._count["svg"]:
            self._titles.append(data)
        elif not self._n_silent:
            self._put(data if self._count["pre"] else re.sub(r"\s+", " ", data))

    @property
    def text(self) -> str:
        """Return the visible text, paragraphs separated by an empty line."""
        article = _tidy(self._article)
        return article if len(article) >= _ENOUGH else _tidy(self._all)

    @property
    def title(self) -> str:
        """Return the title that the page states."""
        return self._stated.get("og:title") or re.sub(r"\s+", " ", "".join(self._titles)).strip()

    @property
    def metadata(self) -> dict[str, str]:
        """Return ``published``, ``modified`` and ``url`` as far as the page states them."""
        stated = self._stated
        for block in self._json:
            for key, value in _linked_data(block):
                stated.setdefault(key, value)
        published = next((stated[key] for key in (*_PUBLISHED, "time") if stated.get(key)), "")
        modified = next((stated[key] for key in _MODIFIED if stated.get(key)), "")
        return {"published": published, "modified": modified, "url": stated.get("url") or stated.get("og:url", "")}

    def _state(self, name: str, value: str) -> None:
        if name and value:
            self._stated.setdefault(name.lower(), value.strip())

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._put("\n\n")
        elif tag in _LINES:
            self._put("\n")
        elif tag in ("td", "th"):
            self._put("\t")

    def _put(self, piece: str) -> None:
        self._all.append(piece)
        if self._count["article"] or self._count["main"]:
            self._article.append(piece)


def _is_silent(name: str) -> bool:
    return name in _SILENT or name.startswith(_HIDDEN)


def _tidy(pieces: list[str]) -> str:
    lines = re.sub(r" {2,}", " ", "".join(pieces)).split("\n")
    text = "\n".join(line.strip(" \t") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _linked_data(block: str) -> list[tuple[str, str]]:
    """Return the schema.org dates of one JSON-LD block as metadata names and values."""
    try:
        waiting: list[Any] = [json.loads(block)]
    except (ValueError, RecursionError):
        return []
    found: list[tuple[str, str]] = []
    while waiting and len(found) < 20:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            waiting.extend(node.get("@graph") or [])
            found += [
                (k.lower(), v) for k, v in node.items() if k in ("datePublished", "dateModified") and isinstance(v, str)
            ]
    return found
