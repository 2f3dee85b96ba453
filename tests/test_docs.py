"""The documentation in docs/ says what the code says; ``python -m tests.write_docs`` writes it anew."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from etl.cli import main
from etl.readers import readers
from etl.schema import TABLES, markdown
from etl.writers import writers

DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 100


def help_of(command: click.Command, name: str, parent: click.Context | None = None) -> str:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    return command.get_help(context)


def commands_page() -> str:
    """Return docs/cli.md: the help of every command."""
    group = click.Context(main, info_name="dateline", terminal_width=WIDTH, max_content_width=WIDTH)
    parts = ["# Commands", "Generated from `dateline --help`; a test keeps it current."]
    parts.append(f"```\n{help_of(main, 'dateline')}\n```")
    for name in main.list_commands(group):
        command = main.get_command(group, name)
        assert command
        parts += [f"## dateline {name}", f"```\n{help_of(command, name, group)}\n```"]
    parts += [
        "## Formats",
        "Read: " + ", ".join(f"`{suffix}`" for suffix in sorted(readers())) + ".",
        "Written by `dateline export`: " + ", ".join(f"`{name}`" for name in writers()) + ".",
    ]
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
