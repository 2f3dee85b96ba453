"""The ``dateline`` command."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from etl.lexicon import default_lexicon
from etl.protocol import answer


@click.group()
def main() -> None:
    """Read news texts; show what happened when, who met whom, which figures were reported, and how we know."""


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def extract(files: tuple[Path, ...]) -> None:
    """Answer JSON lines {"id", "text", "dct"} with JSON lines of what each text says."""
    lexicon = default_lexicon()
    for line in (line for file in files for line in file.open(encoding="utf-8")) if files else sys.stdin:
        if line.strip():
            click.echo(json.dumps(answer(json.loads(line), lexicon), ensure_ascii=False))
