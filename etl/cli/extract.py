"""``dateline extract``: JSON lines in, JSON lines out, one answer for every request, in order and at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Answer JSON lines {"id", "text", "dct"} from FILES (or standard input) with what each text says.

    Each answer is one line; a request that fails has an "error" in its answer, and the exit code is 1.
    """
    from etl.lexicon import collect_rarely, default_lexicon  # noqa: PLC0415
    from etl.protocol import reply  # noqa: PLC0415

    collect_rarely()
    lexicon = default_lexicon()
    failed = False
    for line in _lines(files):
        text, fine = reply(line, lexicon)
        failed = failed or not fine
        sys.stdout.buffer.write(text + b"\n")
        sys.stdout.buffer.flush()
    ctx.exit(1 if failed else 0)


def _lines(files: tuple[Path, ...]) -> Iterator[bytes]:
    if not files:
        yield from filter(bytes.strip, sys.stdin.buffer)
    for path in files:
        with path.open("rb") as handle:
            yield from filter(bytes.strip, handle)
