"""Keep the shape of the code: who may import whom, how long things may be, what Python may not know."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("etl/**/*.py"), *ROOT.glob("dashboard/**/*.py")])
MODULE_LINES, FUNCTION_LINES, FOLDER_FILES = 400, 60, 12

# What each layer may import from the project: the longest matching prefix decides.  "own" = its siblings.
FOUNDATION = {"etl.model", "etl.dayset", "etl.errors", "etl.lexicon", "etl.names", "etl.offices", "etl.languages"}
ALLOWED = {
    "etl.dayset": set(),
    "etl.errors": set(),
    "etl.model": {"etl.dayset"},
    "etl.lexicon": {"etl.errors"},
    "etl.schema": set(),
    "etl.readers": FOUNDATION | {"etl.readers", "etl.schema"},
    "etl.extractors": FOUNDATION | {"etl.extractors"},
    "etl.resolvers": FOUNDATION | {"etl.resolvers"},
    "etl.writers": FOUNDATION | {"etl.writers", "etl.schema"},
    "etl.pipeline": FOUNDATION | {"etl.extractors", "etl.resolvers"},
    "etl": {"etl", "dashboard.server", "dashboard.export"},  # the command line starts the dashboard
    "dashboard.charts": {"dashboard.charts", "dashboard.theme", "dashboard.selection", "etl.dayset", "etl.schema"},
    "dashboard": {"dashboard", "etl"},
}
NO_DASH = ("etl", "dashboard.charts")
# Only the pipeline may know both what is found and how it is connected.
STARTS_DASHBOARD = "etl.cli"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            # "from etl.resolvers import dating" imports the module etl.resolvers.dating
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_dependencies_point_one_way(path: Path) -> None:
    name = module_name(path)
    layer = max((prefix for prefix in ALLOWED if within(name, prefix)), key=len)
    project = {imported for imported in imports(path) if within(imported, "etl") or within(imported, "dashboard")}
    wrong = {
        imported
        for imported in project
        if not within(imported, name) and not any(within(imported, allowed) for allowed in ALLOWED[layer])
    }
    assert not wrong, f"{name} must not import {sorted(wrong)}"
    if within(name, "etl") and not within(name, STARTS_DASHBOARD):
        assert not any(within(imported, "dashboard") for imported in project)
    if name.startswith(NO_DASH):
        assert not any(within(imported, "dash") for imported in imports(path))


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert path.read_text("utf-8").count("\n") <= MODULE_LINES
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            documented = ast.get_docstring(node, clean=False)
            first = node.body[1] if documented and len(node.body) > 1 else node.body[0]
            lines = (node.end_lineno or 0) - first.lineno + 1
            assert lines <= FUNCTION_LINES, f"{node.name} has {lines} lines"


def test_folders_stay_small() -> None:
    for folder in {path.parent for path in SOURCES}:
        files = sorted(path.name for path in folder.glob("*.py"))
        assert len(files) <= FOLDER_FILES, f"{folder.relative_to(ROOT)} holds {len(files)} modules"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.is_relative_to(ROOT / "etl")], ids=module_name)
def test_results_depend_on_no_clock(path: Path) -> None:
    calls = {
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    }
    assert not calls & {
        "date.today",
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "time.time",
        "time.localtime",
    }


def knowledge_words() -> set[str]:
    """Names of months, weekdays and countries: words that belong into data files only."""
    words: set[str] = set()
    with (ROOT / "etl/knowledge/countries.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            words.add(row["name"].casefold())
    for path in ROOT.glob("etl/lexicon/languages/*/temporal.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        for table in ("months", "weekdays"):
            words |= {str(word).casefold() for word in data.get(table, {}) if len(str(word)) > 3}
    return words


def test_knowledge_stays_out_of_the_code() -> None:
    words = knowledge_words()
    assert len(words) > 200
    for path in SOURCES:
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                known = set(re.findall(r"[^\W\d_]+", node.value.casefold())) & words
                assert not known, f"{module_name(path)}:{node.lineno} knows {sorted(known)}"
