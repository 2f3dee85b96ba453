"""The store: one build or the other and nothing between, damage is noticed, nothing in it is run."""

from __future__ import annotations

import hashlib
import json
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import etl
from etl.dayset import DaySet
from etl.errors import StoreError
from etl.model import Analysis, Corpus, Dating, Document, Evidence, Span, Timex
from etl.model import Expression as Said
from etl.store.analyses import kept
from etl.store.generations import current, locked
from etl.store.integrity import problems
from etl.store.saving import save
from etl.store.searching import search
from etl.store.texts import opened
from etl.tables import Failure, Tables, make
from etl.tables.validation import check

TEXT = "Talks in Oslo on 3 May 2019.\nНовые переговоры прошли в Осло. A café opened."


def tables(text: str = TEXT) -> Tables:
    days = Dating(DaySet.day(2019, 5, 3), "explicit", (Evidence("text", "date.full", "It says so.", Span(17, 27)),))
    timex = Timex(Span(17, 27), "DATE", "2019-05-03", "date.full", Said("calendar", 2019, 5, 3), dating=days)
    document = Document("doc-1", text, name="a.txt", title="Oslo talks")
    corpus = Corpus([Analysis(document, timexes=[timex], dating=days)])
    return make(
        corpus,
        [Failure("b.txt", "b.txt: it is empty", "00")],
        {"version": "0", "knowledge": "", "notes": [], "build": 0},
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    save(tables(), tmp_path / "store")
    return tmp_path / "store"


def test_what_is_saved_is_loaded(store: Path) -> None:
    loaded, made = etl.load(store), tables()
    assert loaded.frames.keys() == made.frames.keys()
    for name, frame in loaded.frames.items():
        pd.testing.assert_frame_equal(frame, made.frames[name])
    assert dict(loaded.texts) == dict(made.texts)
    assert loaded.manifest["build"] == 1
    assert loaded.manifest["rows"]["timexes"] == 1
    with pytest.raises(KeyError):
        loaded.texts["doc-2"]
    assert len(loaded.texts) == 1


def test_builds_are_numbered_and_two_are_kept(store: Path) -> None:
    (store / "builds" / "2").mkdir()  # what a killed build leaves behind
    (store / "builds" / "2" / "half").write_text("x")
    assert [save(tables(), store) for _ in range(3)] == [2, 3, 4]
    assert sorted(path.name for path in (store / "builds").iterdir()) == ["3", "4"]
    assert (store / "CURRENT").read_text() == "4\n"
    assert problems(store) == []


def test_the_same_tables_give_the_same_files(store: Path, tmp_path: Path) -> None:
    save(tables(), tmp_path / "other")
    for path in current(store).iterdir():
        assert path.read_bytes() == (tmp_path / "other/builds/1" / path.name).read_bytes(), path.name


def test_one_writer_at_a_time(store: Path) -> None:
    with locked(store), pytest.raises(StoreError, match="another build is writing"), locked(store):
        pass
    with locked(store):  # free again
        pass


def test_a_reader_of_an_older_build_is_not_disturbed(store: Path) -> None:
    before = etl.load(store)
    save(tables("Talks in Oslo on 3 May 2019, again."), store)
    assert before.texts["doc-1"] == TEXT
    assert etl.load(store).texts["doc-1"].endswith("again.")


def test_a_killed_build_leaves_the_old_one(store: Path) -> None:
    script = (
        "import os, etl.store.saving as saving\n"
        "import tests.test_store as mine\n"
        "saving.point = lambda *_: os._exit(9)\n"
        f"saving.save(mine.tables('Talks in Oslo on 3 May 2019 fail.'), mine.Path({str(store)!r}))\n"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, check=False, timeout=60)
    assert done.returncode == 9, done.stderr.decode()
    assert etl.load(store).manifest["build"] == 1
    assert problems(store) == []
    assert save(tables(), store) == 2


@pytest.mark.parametrize("content", ["", "7\n", "../../etc\n", "one\n", "\x00"])
def test_a_damaged_pointer_is_told(store: Path, content: str) -> None:
    (store / "CURRENT").write_text(content)
    with pytest.raises(StoreError, match="points at"):
        etl.load(store)


def test_a_folder_that_is_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        etl.load(tmp_path / "none")
    with pytest.raises(StoreError, match="not a Dateline store"):
        etl.load(tmp_path)
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(StoreError, match="not empty and not a store"):
        save(tables(), tmp_path)
    with pytest.raises(StoreError, match="it is a file"):
        save(tables(), tmp_path / "thesis.doc")


def test_every_kind_of_damage_is_found(store: Path) -> None:
    build = current(store)
    assert problems(store) == []
    table = build / "timexes.parquet"
    whole = table.read_bytes()
    table.write_bytes(whole[:-1] + b"?")
    assert "checksum differs" in problems(store)[0]
    with pytest.raises(StoreError, match="cannot be read"):
        etl.load(store)
    table.write_bytes(whole)
    (build / "extra").write_text("x")
    assert "not in the manifest" in problems(store)[0]
    (build / "extra").unlink()
    table.unlink()
    assert "missing" in problems(store)[0]
    table.write_bytes(whole)
    (build / "manifest.json").write_text("[]")
    with pytest.raises(StoreError, match="format 1"):
        problems(store)


def test_offsets_that_do_not_fit_the_text_are_found(store: Path) -> None:
    path = current(store) / "timexes.parquet"
    frame = pd.read_parquet(path)
    frame.assign(start=frame["start"] + 1).astype({"start": "Int64"}).to_parquet(path, index=False)
    manifest = current(store) / "manifest.json"
    told = json.loads(manifest.read_text("utf-8"))
    told["files"]["timexes.parquet"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(told), "utf-8")
    assert "is not '3 May 2019'" in problems(store)[0]


class Evil:
    """Creates a file when it is unpickled."""

    def __init__(self, flag: Path) -> None:
        self.flag = flag

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.flag,)


def test_nothing_in_a_store_is_unpickled(store: Path) -> None:
    flag = store / "ran"
    payload = pickle.dumps(Evil(flag))
    pickle.loads(payload)
    assert flag.exists()
    flag.unlink()
    for path in list(current(store).iterdir()):
        whole = path.read_bytes()
        path.write_bytes(payload)
        assert path.name == "manifest.json" or problems(store)
        if path.name == "analyses.sqlite":
            with kept(store, "") as before:
                assert before.get("key") is None
        else:
            with pytest.raises(StoreError):
                search(store, "talks") if path.suffix == ".sqlite" else etl.load(store)
        path.write_bytes(whole)
    assert not flag.exists()


@pytest.mark.parametrize(
    ("query", "exact"),
    [
        ("oslo", "Oslo"),
        ("ПЕРЕГОВОРЫ", "переговоры"),
        ("cafe", "café"),
        ("tal", "Talks"),
        ("talks oslo", "Talks"),
        ('"oslo" ( -', "Oslo"),
        ("oslo OR nowhere", None),
        ("nowhere", None),
        ("*", None),
        ("", None),
    ],
)
def test_search_finds_words_in_any_case_and_takes_no_commands(store: Path, query: str, exact: str | None) -> None:
    hits = search(store, query)
    assert [TEXT[hit.start : hit.end] for hit in hits] == ([exact] if exact else [])
    assert all(TEXT[hit.start : hit.end] in hit.snippet for hit in hits)


def test_a_text_may_hold_anything(tmp_path: Path) -> None:
    odd = "Talks in Oslo on 3 May 2019 \x00 \ue000 marks \ue001 \U0001f600 e\u0301 ".ljust(40)
    save(tables(odd), tmp_path / "store")
    assert etl.load(tmp_path / "store").texts["doc-1"] == odd
    assert problems(tmp_path / "store") == []
    for word in ("marks", "talks"):
        (hit,) = search(tmp_path / "store", word)
        assert odd[hit.start : hit.end].lower() in (word, "")


def test_wrong_words_stop_a_build() -> None:
    good = tables()
    with pytest.raises(ValueError, match="is missing"):
        replace_texts(good, {})
    with pytest.raises(ValueError, match="is not '3 May 2019'"):
        replace_texts(good, {"doc-1": "x" + TEXT})


def replace_texts(known: Tables, texts: dict[str, str]) -> None:
    check(replace(known, texts=texts).frames, texts)


def test_the_index_is_read_only(store: Path) -> None:
    connection = opened(current(store))
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM texts")
    connection.close()
