"""Write docs/cli.md and docs/tables.md anew from the code: ``python -m tests.write_docs``."""

from __future__ import annotations

from tests.test_docs import DOCS, pages

if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8")
