"""From files to tables: what is found, what fails by name, and that nothing depends on order or workers."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pandas as pd
import pytest

import etl
from etl import pipeline
from etl.builder import assembly, crew
from etl.builder.assembly import Assembled, Options, assemble, state, unchanged
from etl.builder.codec import decode, encode
from etl.builder.crew import Guarded, silent
from etl.builder.resources import knowledge_state, seeds
from etl.builder.sources import find
from etl.dayset import DaySet
from etl.errors import DatelineError, LexiconError
from etl.lexicon import default_lexicon
from etl.model import Document
from etl.readers import read
from etl.schema import TABLES
from etl.store.saving import save
from etl.tables import Tables

TALKS = "President of Norway Ola Berg met with Prime Minister of Denmark Kari Dahl in Oslo on 3 May 2019.\n"
TRADE = "Trade turnover reached $5 billion in 2018, Kari Dahl said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "talks.txt").write_text(TALKS, "utf-8")
    (folder / "deep" / "trade.html").write_text(f"<p>{TRADE}</p>", "utf-8")
    (folder / ".git" / "config.txt").write_text("hidden", "utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    return folder


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let code and knowledge be the same during a test, while somebody else is editing them."""
    monkeypatch.setattr(assembly, "knowledge_state", lambda extra: f"state{extra}")


def same(one: Tables, other: Tables) -> bool:
    for name, frame in one.frames.items():
        pd.testing.assert_frame_equal(frame, other.frames[name])
    return dict(one.texts) == dict(other.texts)


def test_a_folder_gives_its_documents(folder: Path) -> None:
    tables = etl.build(folder, jobs=-1)
    assert sorted(tables.documents["name"]) == ["deep/trade.html", "talks.txt"]
    assert set(tables.documents["status"]) == {"ok"}
    assert tables.manifest["notes"] == ["Files of other kinds were passed over: 1 .jpg."]
    assert sorted(text.strip() for text in tables.texts.values()) == sorted([TALKS.strip(), TRADE.strip()])


def test_processes_and_order_change_nothing(folder: Path) -> None:
    alone = etl.build(folder, jobs=-1)
    assert same(alone, etl.build([folder / "talks.txt", folder], jobs=-1))
    assert same(alone, etl.build(folder, jobs=2))


def test_every_row_leads_back_to_its_words_and_has_a_reason(folder: Path) -> None:
    tables = etl.build([folder, seeds()], jobs=-1)
    reasons = set(zip(tables.evidence["owner_table"], tables.evidence["owner_id"], strict=True))
    for name, table in TABLES.items():
        frame = tables.frames[name]
        assert frame[table.key].is_unique
        if name == "evidence":
            continue
        assert {(name, key) for key in frame[table.key]} <= reasons
        if name != "documents":
            assert (frame["rule"] != "").all()
            for row in frame.itertuples():
                assert tables.texts[row.doc_id][row.start : row.end] == row.exact


def test_one_text_in_two_files_is_one_document(folder: Path) -> None:
    (folder / "copy.txt").write_bytes(TALKS.replace("\n", "\r\n").encode())
    (folder / "dates.csv").write_text("path,date\ntalks.txt,2019-05-04\ncopy.txt,2019-05-05\n")
    tables = etl.build(folder, jobs=-1)
    assert sorted(tables.documents["name"]) == ["copy.txt", "deep/trade.html"]
    assert "talks.txt has the same text as copy.txt" in tables.manifest["notes"][0]


def test_dates_may_be_told_from_outside(folder: Path) -> None:
    (folder / "dates.csv").write_text("path,date\ndeep/trade.html,2019-02\n")
    found = find([folder], DaySet.day(2020, 1, 1))
    assert {source.name: source.dct.edtf() for source in found.sources if source.dct} == {
        "deep/trade.html": "2019-02",
        "talks.txt": "2020-01-01",
    }


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("path,date\ntalks.txt,3 May\n", "dates.csv, line 2: '3 May' is not an EDTF date"),
        ("path,date\ntalks.txt\n", "line 2: None is not an EDTF date"),
        ("path,date\ngone.txt,2019\n", "there is no document 'gone.txt'"),
        ("file,day\ntalks.txt,2019\n", "line 1: the columns path and date are missing"),
        ("", "line 1: the columns"),
        ("path,date\n\x00\xff".encode("latin-1"), "not a CSV file in UTF-8"),
    ],
)
def test_wrong_dates_are_told_with_their_line(folder: Path, content: str | bytes, told: str) -> None:
    (folder / "dates.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DatelineError) as caught:
        find([folder])
    assert told in str(caught.value)


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="no documents found; put files there that end in"):
        find([tmp_path])
    with pytest.raises(DatelineError, match="no such file or folder"):
        find([tmp_path / "gone"])


def test_the_store_itself_is_no_source(folder: Path) -> None:
    save(etl.build(folder, jobs=-1), folder / "store")
    assert {source.name for source in find([folder], store=folder / "store").sources} == {
        "deep/trade.html",
        "talks.txt",
    }


def test_bad_files_fail_by_name_and_cost_nothing_else(folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "broken.docx").write_bytes(b"PK")
    tables = etl.build([folder, folder / "photo.jpg"], jobs=1)
    failed = tables.documents[tables.documents["status"] == "failed"].set_index("name")["reason"]
    assert failed["empty.txt"] == "empty.txt: the file holds no text; leave it out, or save it with its text"
    assert failed["broken.docx"].startswith("broken.docx: it is not a Word document")
    assert failed["photo.jpg"].startswith("photo.jpg: .jpg is not a format")
    assert len(tables.texts) == 2


# What a hostile document might do to its process; a program of its own, so that it starts quickly.
BOOM = """
import os, sys
from etl.builder import nursery, worker

def boom(payload, lexicon):
    if payload == "crash":
        os._exit(3)
    while payload == "hang":
        pass
    if payload == "raise":
        raise RuntimeError("odd\\ntext")
    if payload == "memory":
        return "x" * (1 << 33)
    print("noise, as from a careless library")
    return payload.upper()

worker.TASKS["boom"] = boom
nursery.main(sys.argv[1:])
"""


def test_what_a_document_does_to_its_process_costs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_PROGRAM", BOOM)
    steps = []
    with Guarded(2, deadline=2) as guarded:
        payloads = ["a", "crash", "b", "hang", "c", "raise", "memory", "d"]
        outcomes = guarded.map("boom", payloads, lambda *step: steps.append(step))
    values = dict(zip(payloads, outcomes, strict=True))
    assert [values[name].value for name in "abcd"] == ["A", "B", "C", "D"]
    assert values["crash"].reason.startswith("it made its process crash")
    assert values["hang"].reason.startswith("it took longer than 2 seconds")
    assert "RuntimeError: odd text" in values["raise"].reason
    assert "memory" in values["memory"].reason
    assert steps[-1] == ("boom", 8, 8)


@pytest.mark.parametrize("jobs", [1, 2], ids=["program", "forked"])
def test_ctrl_c_ends_the_workers_in_the_middle_of_their_work(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    monkeypatch.setattr(crew, "_PROGRAM", BOOM)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    guarded = Guarded(jobs, deadline=10_000)
    with pytest.raises(KeyboardInterrupt), guarded:
        guarded.map("boom", ["a", "hang", "b"], interrupt)
    assert not guarded._alive


@pytest.mark.usefixtures("settled")
def test_an_unchanged_build_is_recognised(folder: Path, tmp_path: Path) -> None:
    options = Options(jobs=-1)
    known = state(find([folder]), options)
    store = tmp_path / "store"
    assert not unchanged(store, known)
    save(etl.build(folder, jobs=-1), store)
    assert unchanged(store, state(find([folder]), options))
    assert not unchanged(store, state(find([folder], DaySet.day(2020, 1, 1)), options))
    (folder / "talks.txt").write_text(TALKS + "More.", "utf-8")
    assert not unchanged(store, state(find([folder]), options))


def test_knowledge_is_part_of_the_state(tmp_path: Path) -> None:
    before = knowledge_state([tmp_path])
    (tmp_path / "offices.csv").write_text("a,b\n")
    assert before != knowledge_state([tmp_path]) != knowledge_state()


def test_wrong_knowledge_stops_the_build(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine" / "events").mkdir(parents=True)
    (tmp_path / "mine" / "events" / "new.toml").write_text("= broken")
    with pytest.raises(LexiconError, match=r"new\.toml"):
        etl.build(folder, jobs=-1, knowledge=[tmp_path / "mine"])


def test_the_seeds_are_found() -> None:
    assert len(list(seeds().glob("*.txt"))) == 5


def test_workers_start_without_the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "pickle.py").write_text("raise SystemExit('hostile')")
    monkeypatch.chdir(folder)
    with Guarded(1) as guarded:
        (outcome,) = guarded.map("read", [(folder / "talks.txt", "talks.txt")], silent)
    assert outcome.value[0].text == TALKS


def test_an_analysis_is_kept_whole() -> None:
    lexicon = default_lexicon()
    for path in sorted(seeds().glob("*.txt")):
        for document in read(path, path.read_bytes()):
            analysis = pipeline.analyse(document, lexicon)
            assert decode(encode(analysis), document) == analysis


@pytest.mark.parametrize(
    "told",
    [
        *(b"", b"[]", b"null", b"{}", b'{"sentences": {"Popen": ["ls"]}}', b'{"sentences": {"Span": [1]}}'),
        *(b"[" * 99_999, b'{"sentences": {"date": [1]}}', b'{"sentences": {"Span": [{"r": 5}, 1]}}'),
        *(b'{"sentences": {"Span": [{"r": 0}, 1]}}', b'{"sentences": {"Span": 7}}', b'{"sentences": {}}'),
    ],
    ids=range(12),
)
def test_what_is_no_analysis_is_refused(told: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(zlib.compress(told), Document("d", TALKS))
    with pytest.raises(ValueError, match=r"not an analysis"):
        decode(told, Document("d", TALKS))


@pytest.mark.usefixtures("settled")
def test_a_rebuild_analyses_only_what_is_new(folder: Path, tmp_path: Path) -> None:
    store, options = tmp_path / "store", Options(jobs=-1)

    def built() -> Assembled:
        found = find([folder])
        return assemble(found, options, state(found, options), store)

    first = built()
    save(first.tables, store, first.analyses)
    (folder / "new.txt").write_text("More talks took place in Oslo on 5 May 2019.", "utf-8")
    (folder / "dates.csv").write_text("path,date\ndeep/trade.html,2019-02\n")  # dated now: another analysis
    second = built()
    assert (first.n_reused, second.n_reused) == (0, 1)
    assert same(second.tables, etl.build(folder, jobs=-1))
    assert set(first.analyses) & set(second.analyses)
    manifest = store / "builds/1/manifest.json"
    other = json.loads(manifest.read_text("utf-8")) | {"knowledge": "other"}
    manifest.write_text(json.dumps(other), "utf-8")
    assert built().n_reused == 0
