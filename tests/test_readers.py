"""What each file format gives: the words, the dates that the file states, and a sentence when it cannot be read."""

from __future__ import annotations

import importlib.util
import io
import pkgutil
import sys
import zipfile
from pathlib import Path

import pytest

import etl.readers
from etl.dayset import DaySet
from etl.errors import ReadError
from etl.model import Document
from etl.readers import read, readers

TALKS = "The ministers met in Oslo on 3 May 2019."


def one(name: str, raw: bytes) -> Document:
    (document,) = read(Path(name), raw)
    return document


def docx(*paragraphs: str, core: str = "", head: str = "") -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'{head}<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>')
        if core:
            archive.writestr("docProps/core.xml", core)
    return buffer.getvalue()


def test_every_format_is_found_by_listing_the_folder() -> None:
    modules = {module.name for module in pkgutil.iter_modules(etl.readers.__path__)}
    assert modules == {reader.__module__.rsplit(".", 1)[1] for reader in readers().values()}
    assert {".txt", ".md", ".html", ".eml", ".jsonl", ".json", ".docx", ".pdf"} <= set(readers())


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (TALKS.encode(), TALKS),
        (b"\xef\xbb\xbf" + TALKS.encode(), TALKS),
        (TALKS.encode("utf-16"), TALKS),
        (b"\xff\xfe\x00\x00" + TALKS.encode("utf-32-le"), TALKS),
        (b"One.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        ("Встреча прошла в Осло третьего мая. Министры обсудили торговлю и границу. ".encode("cp1251") * 3, None),
        ("Café, naïve – “quoted”.".encode(), "Café, naïve – “quoted”."),
        (b"  leading and trailing  \n\n", "  leading and trailing  \n\n"),
    ],
)
def test_plain_text_is_kept_but_for_its_line_ends(raw: bytes, text: str | None) -> None:
    document = one("a.txt", raw)
    if text is None:
        assert "Министры обсудили торговлю" in document.text
        assert document.lang == "ru"
    else:
        assert document.text == text


def test_a_document_is_known_by_its_text() -> None:
    first, second = one("a.txt", b"One.\r\n"), one("deep/b.text", b"One.\n")
    assert first.doc_id == second.doc_id
    assert first.sha256 != second.sha256
    assert second.name == "deep/b.text"
    assert second.metadata["file_name"] == "b.text"
    assert one("a.txt", b"\n\nTitle line\nmore").title == "Title line"


def test_markdown_loses_its_markup_and_keeps_its_front_matter() -> None:
    source = (
        b"---\ntitle: 'Talks'\ndate: 2019-05-04\n---\n\n# Head\n\n**Bold** _words_ [on Monday](http://x/2019) 2*3*4\n"
    )
    document = one("a.md", source)
    assert document.text == "Head\n\nBold words on Monday 2*3*4\n"
    assert (document.title, document.metadata["published"]) == ("Talks", "2019-05-04")


HTML = """<!DOCTYPE html><html lang="en-GB"><head><title>Talks &amp; more</title>
<meta property="article:published_time" content="2019-05-04T10:00:00+02:00">
<link rel="canonical" href="https://x.test/2019/05/04/talks">
<style>p{}</style><script>var a = "<p>no</p>";</script></head>
<body><nav>Home | About</nav><h1>Talks</h1><p>The ministers&nbsp;met
in Oslo.<br>They agreed.</p><ul><li>one</li><li>two</li></ul><p hidden>secret</p>
<footer>1 January 1999</footer></body></html>"""


def test_a_page_gives_its_visible_text_and_its_own_date() -> None:
    document = one("a.html", HTML.encode())
    assert document.text == "Talks\n\nThe ministers met in Oslo.\nThey agreed.\n\none\ntwo"
    assert document.title == "Talks & more"
    assert document.metadata["published"].startswith("2019-05-04")
    assert document.metadata["url"] == "https://x.test/2019/05/04/talks"
    assert document.lang == "en"


@pytest.mark.parametrize(
    "stated",
    [
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2019-05-04"}]}</script>',
        '<meta name="DC.date.issued" content="2019-05-04">',
        '<time pubdate datetime="2019-05-04">yesterday</time>',
        '<span itemprop="x"><meta itemprop="datePublished" content="2019-05-04"></span>',
    ],
)
def test_a_page_may_state_its_date_in_several_ways(stated: str) -> None:
    document = one("a.htm", f"<html><body>{stated}<p>{TALKS}</p></body></html>".encode())
    assert document.metadata["published"] == "2019-05-04"
    assert TALKS in document.text


def test_a_marked_article_is_the_page() -> None:
    long = "The ministers talked about trade and the border for two hours. " * 5
    document = one("a.html", f"<div>Other news of 1 June</div><article><p>{long}</p></article><div>More</div>".encode())
    assert document.text == long.strip()


def test_a_page_is_decoded_as_it_declares() -> None:
    raw = "<html><head><meta charset='windows-1251'></head><body><p>Встреча в Осло</p></body></html>".encode("cp1251")
    assert one("a.html", raw).text == "Встреча в Осло"


MAIL = """From: a@x.test\r
Subject: =?utf-8?q?Talks_in_Oslo?=\r
Date: Sat, 04 May 2019 23:30:00 -0500\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary=b\r
\r
--b\r
Content-Type: text/html; charset=utf-8\r
\r
<p>No</p>\r
--b\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r
\r
The ministers met in Troms=C3=B8.\r
--b--\r
"""


def test_mail_gives_its_plain_part_and_the_day_it_was_sent() -> None:
    document = one("a.eml", MAIL.encode())
    assert document.text.strip() == "The ministers met in Tromsø."
    assert document.title == "Talks in Oslo"
    assert document.metadata["published"] == "2019-05-04"


def test_json_lines_hold_several_documents() -> None:
    raw = b'{"id": "x", "text": "One.", "dct": "2019-05"}\n\n{"text": "Two \\ud800.", "published": "2019-05-04"}\n'
    first, second = read(Path("a.jsonl"), raw)
    assert (first.name, first.dct) == ("a.jsonl#x", DaySet.month(2019, 5))
    assert (second.text, second.metadata["published"]) == ("Two \ufffd.", "2019-05-04")
    assert [document.text for document in read(Path("a.json"), b'[{"text": "One."}, {"text": "Two."}]')] == [
        "One.",
        "Two.",
    ]


def test_word_gives_paragraphs_and_the_day_of_the_last_change() -> None:
    core = '<p xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:created>2019-05-04T10:00:00Z</dcterms:created></p>'
    document = one("a.docx", docx("Talks", TALKS, core=core))
    assert document.text == f"Talks\n{TALKS}"
    assert document.metadata["modified"] == "2019-05-04"


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.txt", b"", "holds no text"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "not text"),
        ("a.txt", b"\xff\xfeA", "not valid utf-16-le"),
        ("a.xyz", b"text", ".xyz is not a format"),
        ("a", b"text", "no suffix"),
        ("a.docx", b"PK but no archive", "not a Word document"),
        ("a.docx", docx(TALKS, head='<!DOCTYPE a [<!ENTITY b "c">]>'), "declares XML entities"),
        ("a.docx", docx("0" * 70_000_000), "unpacks to more than"),
        ("a.docx", docx("<broken"), "not well-formed XML"),
        ("a.jsonl", b'{"text": "One."}\n{broken\n', "line 2: it is not JSON"),
        ("a.jsonl", b'{"id": 1}\n', 'has no "text"'),
        ("a.jsonl", b'{"text": "One.", "dct": "4 May"}\n', "not an EDTF date"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.html", b"<script>only()</script>", "holds no text"),
        ("a.pdf", b"%PDF-1.4 broken", "PDF" if importlib.util.find_spec("pypdf") is None else "damaged or encrypted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told_in_one_sentence(name: str, raw: bytes, told: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(Path(name), raw)
    sentence = str(caught.value)
    assert told in sentence
    assert sentence.startswith(name)
    assert "\n" not in sentence
    assert caught.value.hint


def test_pdf_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ReadError, match=r"pip install 'dateline\[formats\]'"):
        read(Path("a.pdf"), b"%PDF-1.4")


def test_pdf_gives_the_text_of_its_pages() -> None:
    pytest.importorskip("pypdf")
    stream = b"BT /F1 12 Tf 72 720 Td (The ministers met in Oslo.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</CreationDate(D:20190504100000Z)/Title(Talks)>>",
    ]
    raw, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(raw)
    raw += b"xref\n0 7\n0000000000 65535 f \n" + table
    raw += b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    document = one("a.pdf", raw)
    assert "The ministers met in Oslo." in document.text
    assert (document.title, document.metadata["modified"]) == ("Talks", "2019-05-04")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml", "a.jsonl", "a.docx", "a.pdf"])
@pytest.mark.parametrize(
    "raw",
    [
        b"\xff" * 100,
        b"<" * 100_000,
        b"[](" * 30_000,
        b"*_" * 50_000,
        b"<div>" * 100_000,
        b"<td>" * 100_000,
        b"---\na: b\n" * 20_000,
        b"\n" * 99,
    ],
    ids=range(8),
)
def test_odd_bytes_give_text_or_a_sentence(name: str, raw: bytes) -> None:
    try:
        found = read(Path(name), raw)
    except ReadError as error:
        found, sentence = [], str(error)
    else:
        sentence = ""
    assert "\n" not in sentence
    assert all(document.text.strip() for document in found)
    assert bool(found) != bool(sentence)
