"""Write tests/golden/*.jsonl anew from the sample documents: ``python -m tests.write_golden``; read the diff."""

from __future__ import annotations

from tests.test_golden import NAMES, golden_file, lines

if __name__ == "__main__":
    for name in NAMES:
        golden_file(name).write_text("".join(f"{line}\n" for line in lines(name)), "utf-8")
