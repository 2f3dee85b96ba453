"""The documentation in docs/ says what the code says; ``python -m tests.write_docs`` writes it anew."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

import click
import pytest

import etl.readers
import etl.writers
from etl.cli import main
from etl.schema import TABLES, markdown

DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 100


def context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    settings = {"terminal_width": WIDTH, "max_content_width": WIDTH, **main.context_settings}
    return click.Context(command, info_name=name, parent=parent, **settings)


def modules(package: ModuleType, attribute: str) -> list[ModuleType]:
    """Return the modules of a folder that are formats."""
    found = (
        importlib.import_module(f"{package.__name__}.{known.name}") for known in pkgutil.iter_modules(package.__path__)
    )
    return [module for module in found if hasattr(module, attribute)]


def about(module: ModuleType) -> str:
    """Return what a format's module says of itself, with its suffixes or name."""
    names = getattr(module, "SUFFIXES", None) or (module.FORMAT,)
    text = " ".join((module.__doc__ or "").replace("``", "`").split())
    return f"- **{' '.join(names)}**: {text}"


def commands_page() -> str:
    """Return docs/cli.md: the help of every command."""
    group = context(main, "dateline")
    parts = ["# Commands", "Generated from `dateline --help`; a test keeps it current."]
    parts.append(f"```\n{main.get_help(group)}\n```")
    for name in main.list_commands(group):
        command = main.get_command(group, name)
        assert command
        parts += [f"## dateline {name}", f"```\n{command.get_help(context(command, name, group))}\n```"]
    parts += ["## Formats that are read", *map(about, modules(etl.readers, "SUFFIXES"))]
    parts += ["## Formats that are written", *map(about, modules(etl.writers, "FORMAT"))]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    return {"cli.md": commands_page(), "tables.md": markdown()}


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_are_current(name: str) -> None:
    written = (DOCS / name).read_text("utf-8")
    assert written == pages()[name], f"docs/{name} is old: run python -m tests.write_docs"


def test_everything_has_its_place_in_the_docs() -> None:
    commands, tables = (DOCS / "cli.md").read_text("utf-8"), (DOCS / "tables.md").read_text("utf-8")
    for name in ("demo", "build", "serve", "extract", "explain", "export", "check"):
        assert f"## dateline {name}\n" in commands
    for table in TABLES.values():
        assert f"## {table.name}\n" in tables
        assert all(f"| `{column.name}` |" in tables for column in table.columns)
