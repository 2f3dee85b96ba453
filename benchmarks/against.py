"""How many times as quick the figures and the dates are as the libraries that are used most for them.

    python benchmarks/against.py FOLDER [--every N] [--copies 1 2 4]

FOLDER holds .txt documents in English.  quantulum3 (figures) and dateparser's ``search_dates`` (dates) read the
same texts in the same run, on one core; what is not installed is left out.  dateparser comes with the project;
install quantulum3 into a folder of its own, not into the project's environment:

    pip install --target /tmp/against quantulum3
    PYTHONPATH=/tmp/against python benchmarks/against.py FOLDER

Our side is measured twice: the step alone, and with the steps that it rests on (sentences; for figures dates and
places too).  Loading is left out on both sides: a tenth of the texts is read before.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from etl.extractors import figures, places, sentences, temporal
from etl.lexicon import Lexicon
from etl.model import Analysis, Document

STEPS = {"sentences": sentences.find, "timexes": temporal.find, "places": places.find, "figures": figures.find}
RESTS_ON = {"timexes": ("sentences",), "figures": ("sentences", "timexes", "places")}
THEIRS = {"timexes": ("dateparser.search", "search_dates"), "figures": ("quantulum3.parser", "parse")}


def ours(texts: Sequence[str], step: str, lexicon: Lexicon) -> tuple[float, float]:
    """Return the CPU-seconds of a step alone, and of what it rests on."""
    alone = before = 0.0
    for text in texts:
        analysis = Analysis(Document("d", text))
        start = time.process_time()
        for field in RESTS_ON[step]:
            setattr(analysis, field, STEPS[field](analysis, lexicon))
        middle = time.process_time()
        STEPS[step](analysis, lexicon)
        before, alone = before + middle - start, alone + time.process_time() - middle
    return alone, before


def theirs(step: str) -> tuple[str, Callable[[str], Any]] | None:
    """Return the name and the reader of the other library for a step, None when it is not installed."""
    module, function = THEIRS[step]
    name = module.partition(".")[0]
    try:
        read = getattr(importlib.import_module(module), function)
    except ImportError:
        print(f"{name} is not installed; the head of this file says how")
        return None
    return name, (lambda text: read(text, languages=["en"])) if step == "timexes" else read


def seconds(read: Callable[[str], Any], texts: Sequence[str]) -> float:
    """Return the CPU-seconds in which the texts are read."""
    start = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - start


def main() -> None:
    """Print a line for each step and number of copies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=40)
    parser.add_argument("--copies", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    paths = sorted(options.folder.rglob("*.txt"))[:: options.every]
    lexicon = Lexicon()
    for copies in options.copies:
        texts = ["\n".join([path.read_text("utf-8")] * copies) for path in paths]
        size, warm_up = sum(len(text.encode()) for text in texts) / 1e6, texts[: len(texts) // 10 + 1]
        print(f"{len(texts)} texts repeated {copies} times, {size:.2f} MB")
        for step in THEIRS:
            ours(warm_up, step, lexicon)
            alone, before = ours(texts, step, lexicon)
            print(f"  {step}: {size / alone:.2f} MB/s alone, {size / (alone + before):.2f} with what it rests on")
            if (other := theirs(step)) is not None:
                seconds(other[1], warm_up)
                spent = seconds(other[1], texts)
                told = f"{spent / alone:.0f} times as quick alone, {spent / (alone + before):.0f} with what it rests on"
                print(f"  {other[0]}: {size / spent:.4f} MB/s; Dateline is {told}")


if __name__ == "__main__":
    main()
