"""The library as a program uses it: three functions and the tables that they give."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import etl
from etl.dayset import DaySet
from etl.lexicon import default_lexicon
from etl.protocol import answer
from etl.schema import TABLES
from etl.store.saving import save

TEXT = "Ola Berg met with Kari Dahl in Oslo on 3 May 2019."


def test_extract_gives_what_the_command_gives() -> None:
    said = etl.extract(TEXT, doc_id="a")
    assert said == answer({"id": "a", "text": TEXT, "dct": None}, default_lexicon())
    assert [timex["value"] for timex in said["timexes"]] == ["2019-05-03"]


def test_extract_takes_the_day_of_writing() -> None:
    said = etl.extract("They met.", dct=date(2019, 5, 3))
    assert said["dating"]["earliest"] == said["dating"]["latest"] == "2019-05-03"


def test_build_and_load_give_tables(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    tables = etl.build([tmp_path], dct=date(2019, 5, 4), jobs=-1)
    assert list(tables.frames) == list(TABLES)
    assert tables.documents["earliest"].item() == DaySet.day(2019, 5, 4).edtf()
    save(tables, tmp_path / "store")
    loaded = etl.load(tmp_path / "store")
    assert loaded.documents.equals(tables.documents)
    doc_id = loaded.documents["doc_id"].item()
    assert loaded.texts[doc_id] == TEXT
    assert len(loaded.evidence_for("documents", doc_id)) >= 1


def test_a_script_needs_no_main_guard(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    script = tmp_path / "script.py"
    script.write_text(f"import etl\nprint(len(etl.build({str(tmp_path / 'a.txt')!r}, jobs=2).documents))\n")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("1\n", "")
