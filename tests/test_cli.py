"""The command line: its answers, its exit codes, one sentence for every mistake, and a quick start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import etl
from etl.builder import assembly
from etl.builder.crew import Alone
from etl.cli import main
from etl.errors import DatelineError
from etl.lexicon import default_lexicon
from etl.store.generations import locked
from etl.tables import Tables

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Analyse in this process, which saves starting others; the sample is built by a guarded one.

    Code and knowledge count as unchanged, even while somebody edits them.
    """
    monkeypatch.setattr(assembly, "knowledge_state", lambda _: "same")
    monkeypatch.setattr(assembly, "Guarded", lambda *_: nullcontext(Alone(default_lexicon())))


@pytest.fixture
def run() -> Run:
    """Call ``dateline`` with arguments, in this process."""

    def call(*arguments: object, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return call


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two documents, one of which failed."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "talks.txt").write_text(
        "President of Norway Ola Berg met with Kari Dahl in Oslo on 3 May 2019.\n"
        "“Trade turnover reached $5 billion in 2018,” Kari Dahl said.\n",
        "utf-8",
    )
    (folder / "empty.txt").write_text("")
    store = folder.parent / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "knowledge_state", lambda _: "same")
        result = CliRunner().invoke(main, ["build", str(folder), "--out", str(store), "--jobs", "1"])
    assert result.exit_code == 1, result.output
    assert "Build 1 of" in result.stderr
    assert "1 documents" in result.stderr
    assert "Failed: empty.txt: the file holds no text" in result.stderr
    return store


def sentence(result: Result) -> str:
    """Return what the user was told: one line, without a traceback."""
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == 2
    lines = [line for line in result.stderr.splitlines() if line and not line.startswith(("Usage:", "Try "))]
    assert len(lines) == 1, lines
    assert lines[0].startswith("Error: ")
    return lines[0]


def test_an_unchanged_build_says_so_with_the_same_exit_code(sample: Path, run: Run) -> None:
    result = run("build", sample.parent / "texts0", "--out", sample)
    assert result.exit_code == 1
    assert "Nothing has changed. Build 1" in result.stderr


def test_a_damaged_store_is_mended_by_building_again(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text("Talks took place on Monday.")
    store = tmp_path / "store"
    assert run("build", tmp_path / "a.txt", "--out", store).exit_code == 0
    (store / "builds/1/events.parquet").unlink()
    result = run("build", tmp_path / "a.txt", "--out", store)
    assert "Build 2 of" in result.stderr
    assert "1 documents unchanged" in result.stderr
    assert run("check", store).exit_code == 0
    with locked(store):
        assert "another build is writing" in sentence(run("build", tmp_path / "a.txt", "--out", store))


def test_a_name_that_is_no_utf8_is_no_hindrance(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    name = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(name, "wb") as handle:  # noqa: PTH123  # a Path cannot be made of bytes
        handle.write(b"Talks took place on Monday.")
    with open(name.replace(b"caf", b"bad"), "wb") as handle:  # noqa: PTH123
        handle.write(b"")
    result = run("build", folder, "--out", tmp_path / "store")
    assert result.exit_code == 1, result.output
    assert "Failed: bad\ufffd.txt: the file holds no text" in result.stderr


def test_words_of_a_document_do_not_steer_the_terminal(tmp_path: Path, run: Run) -> None:
    (tmp_path / "evil\x1b[2J.txt").write_text("")
    (tmp_path / "a.txt").write_text("Talks took place on 3 May 2019 \x1b]0;owned\x07 \u202e in Oslo.", "utf-8")
    store = tmp_path / "store"
    result = run("build", tmp_path, "--out", store)
    assert "evil\ufffd[2J.txt" in result.stderr
    assert "\x1b" not in result.output
    row = etl.load(store).timexes.iloc[0]
    told = run("explain", store, row["timex_id"]).stdout
    assert "\ufffd]0;owned\ufffd \ufffd in Oslo" in told
    assert "\x1b" not in sentence(run("check", tmp_path / "evil\x1b[2J"))


def test_a_good_build_ends_with_zero(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text("Talks took place on Monday.")
    result = run("build", tmp_path / "a.txt", "--out", tmp_path / "new" / "store", "--dct", "2019-05-03")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""


def test_mistakes_are_told_in_one_sentence(tmp_path: Path, run: Run, sample: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("x")
    out = ("--out", tmp_path / "store")
    assert "no such file or folder" in sentence(run("build", tmp_path / "gone", *out))
    assert "no documents found" in sentence(run("build", tmp_path / "mine", *out))
    assert "not empty and not a store" in sentence(run("build", tmp_path, "--out", tmp_path / "mine"))
    assert "Missing argument" in sentence(run("build", *out))
    assert "Missing option '--out'" in sentence(run("build", tmp_path))
    assert "does not match the format" in sentence(run("build", tmp_path, *out, "--dct", "3.5.2019"))
    for command in ("check", "serve"):
        assert "no such folder" in sentence(run(command, tmp_path / "gone"))
        assert "not a Dateline store" in sentence(run(command, tmp_path))
    assert "no row has this id" in sentence(run("explain", sample, "event-nothing"))
    assert "ids begin like this" in sentence(run("explain", sample, "doc-"))
    assert "--format yaml: choose one of html, csv, ics" in sentence(run("export", sample, "--format", "yaml", *out))
    assert "--table nope: choose one of documents" in sentence(
        run("export", sample, "--format", "csv", "--table", "nope", *out)
    )
    assert "an image ends in" in sentence(run("export", sample, "--chart", "timeline", "--image", "a.gif"))
    for half in (("--chart", "timeline"), ("--format", "csv"), (), ("--format", "csv", *out, "--chart", "x")):
        assert "give --format FORMAT --out FILE, or" in sentence(run("export", sample, *half))
    assert "No such command" in sentence(run("nothing"))
    assert "No such file" in sentence(run("extract", tmp_path / "gone.jsonl"))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Stand in for the dashboard's server and image writer, and note how they were called."""
    calls: list[tuple[object, ...]] = []
    server, export = types.ModuleType("dashboard.server"), types.ModuleType("dashboard.export")

    def serve(*arguments: object) -> None:
        if arguments[2] == 81:
            raise OSError(98, "Address already in use")
        calls.append(arguments)

    def write_image(tables: Tables, chart: str, image: Path, query: str) -> None:
        if chart == "none":
            raise DatelineError("chart none", "there is no such chart", "choose timeline")
        calls.append((tables.manifest["build"], chart, image, query))

    vars(server)["serve"], vars(export)["write_image"] = serve, write_image
    monkeypatch.setitem(sys.modules, "dashboard.server", server)
    monkeypatch.setitem(sys.modules, "dashboard.export", export)
    return calls


def test_serve_and_demo_start_the_dashboard(
    sample: Path, run: Run, served: list[tuple[object, ...]], tmp_path: Path
) -> None:
    assert run("serve", sample, "--port", "8051").exit_code == 0
    assert served == [(sample, "127.0.0.1", 8051, False)]
    told = sentence(run("serve", sample, "--port", "81"))
    assert told == "Error: http://127.0.0.1:81: Address already in use; choose another address with --port or --host"
    assert run("demo", "--out", tmp_path / "store", "--no-browser").exit_code == 0
    assert served[1] == (tmp_path / "store", "127.0.0.1", 8050, False)


def test_charts_are_drawn_by_the_dashboard(
    sample: Path, run: Run, served: list[tuple[object, ...]], tmp_path: Path
) -> None:
    image = tmp_path / "a.png"
    assert run("export", sample, "--chart", "timeline", "--image", image, "--view", "kind=visit").exit_code == 0
    assert served == [(1, "timeline", image, "kind=visit")]
    assert "there is no such chart" in sentence(run("export", sample, "--chart", "none", "--image", image))


def test_an_export_can_hold_one_view(sample: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    assert run("export", sample, "--format", "jsonl", "--out", out, "--view", "person=Nobody").exit_code == 0
    assert not out.read_text("utf-8")
    assert run("export", sample, "--format", "jsonl", "--out", out, "--view", "?lang=en").exit_code == 0
    tables = {json.loads(line)["table"] for line in out.read_text("utf-8").splitlines()}
    assert {"events", "event_mentions", "documents"} <= tables
    page = tmp_path / "page.html"
    assert run("export", sample, "--format", "html", "--out", page).exit_code == 0
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    missing = tmp_path / "no/page.html"
    assert "cannot be written" in sentence(run("export", sample, "--format", "html", "--out", missing))


def test_check_tells_whether_a_store_is_whole(sample: Path, run: Run, tmp_path: Path) -> None:
    result = run("check", sample)
    assert result.exit_code == 0
    assert "build 1 is whole" in result.stdout
    assert json.loads(run("check", sample, "--json").stdout)["problems"] == []
    (tmp_path / "a.txt").write_text("Talks took place.")
    store = tmp_path / "store"
    run("build", tmp_path / "a.txt", "--out", store)
    with (store / "builds/1/events.parquet").open("ab") as handle:
        handle.write(b"x")
    assert "the store is damaged" in sentence(run("check", store))
    assert len(json.loads(run("check", store, "--json").stdout)["problems"]) == 1


def test_explain_prints_text_rule_and_clues(sample: Path, run: Run) -> None:
    rows = run(
        "export", sample, "--format", "jsonl", "--table", "timexes", "--table", "documents", "--out", sample / "x"
    )
    assert rows.exit_code == 0
    for line in (sample / "x").read_text("utf-8").splitlines():
        row = json.loads(line)
        row_id = row["doc_id"] if row["table"] == "documents" else row["timex_id"]
        result = run("explain", sample, row_id[:-2])
        assert result.exit_code == 0, result.output
        assert f"{row_id}  ({row['table']})" in result.stdout
        assert "Why:\n  1. " in result.stdout
        if row["table"] == "timexes":
            assert f"[[{row['exact']}]]" in result.stdout
            assert f"Rule: {row['rule']}" in result.stdout
            assert "The document it stands in, talks.txt, is dated" in result.stdout or row["basis"] != "inferred"
        known = json.loads(run("explain", sample, row_id, "--json").stdout)
        assert known["row"]["doc_id"] == row["doc_id"]
        assert known["evidence"]


def test_extract_answers_every_line_in_order(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 1, "text": "Talks took place on 3 May 2019.", "dct": None}),
        "",
        "{broken",
        "[1]",
        json.dumps({"id": "x", "text": 5}),
        json.dumps({"id": "y", "text": "On Monday.", "dct": "3 May"}),
        json.dumps({"id": "z", "text": "On Monday \ud800.", "dct": "2019-05-03"}),
        json.dumps({"text": ""}),
        "[" * 100_000,
    ]
    result = run("extract", stdin="\n".join(lines).encode() + b"\n\xff\xfe\n")
    assert result.exit_code == 1
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, None, "x", "y", "z", None, None, None]
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, False, False, True, True]
    shape = {"id", "dating", "timexes", "figures", "quotes", "people", "events"}
    assert all(set(answer) == shape for answer in answers if "error" not in answer)
    (tmp_path / "in.jsonl").write_text(lines[0])
    result = run("extract", tmp_path / "in.jsonl")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == answers[0]


def test_extract_answers_before_the_input_ends() -> None:
    command = [sys.executable, "-c", "from etl.cli import main; main()", "extract"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in range(2):
            process.stdin.write(json.dumps({"id": number, "text": "Talks."}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("arguments", [["--help"], ["extract"], ["build", "--help"], ["serve", "--help"]])
def test_quick_commands_load_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom etl.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'pyarrow', 'dash', 'plotly', 'sqlite3', 'flask'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    stdin = '{"id": 1, "text": "Talks on 3 May 2019."}\n'
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "Talks."}\n' * 3000)
    command = [sys.executable, "-c", "from etl.cli import main; main()", "extract", str(tmp_path / "in.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 1
