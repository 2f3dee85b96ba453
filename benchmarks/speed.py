"""How many megabytes of text each step of the pipeline reads per CPU-second, on one core.

    python benchmarks/speed.py FOLDER [--every N] [--copies 1 2 4]

FOLDER holds .txt documents; ``--every 10`` takes each tenth.  With ``--copies`` every text is repeated so
many times, which shows whether a step is linear in its input: its rate must not fall.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from etl import pipeline
from etl.languages import guess
from etl.lexicon import Lexicon, collect_rarely
from etl.model import Analysis, Corpus, Document


def measure(documents: Sequence[Document], lexicon: Lexicon) -> Counter[str]:
    """Return the CPU-seconds that each step took over all the documents."""
    spent: Counter[str] = Counter()
    analyses = []
    for document in documents:
        analysis = Analysis(document)
        for field, find in pipeline.EXTRACTORS:
            start = time.process_time()
            setattr(analysis, field, find(analysis, lexicon))
            spent[f"find {field}"] += time.process_time() - start
        for resolve in pipeline.RESOLVERS:
            start = time.process_time()
            resolve(analysis, lexicon)
            spent[f"resolve {resolve.__module__.rsplit('.', 1)[-1]}"] += time.process_time() - start
        analyses.append(analysis)
    corpus = Corpus(sorted(analyses, key=lambda analysis: analysis.document.doc_id))
    for combine in pipeline.CORPUS_RESOLVERS:
        start = time.process_time()
        combine(corpus, lexicon)
        spent[f"combine {combine.__module__.rsplit('.', 1)[-1]}"] += time.process_time() - start
    return spent


def read(folder: Path, every: int, copies: int) -> list[Document]:
    """Return each N-th document of the folder with its text repeated."""
    paths = sorted(folder.rglob("*.txt"))[::every]
    texts = [(path.stem, "\n".join([path.read_text("utf-8")] * copies)) for path in paths]
    return [Document(doc_id=name, text=text, lang=guess(text)) for name, text in texts]


def main() -> None:
    """Print one table per number of copies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--copies", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    collect_rarely()  # as ``dateline extract`` and ``build`` do
    start = time.process_time()
    lexicon = Lexicon()
    warm_up = read(options.folder, 1, 1)[:3]
    pipeline.combine([pipeline.analyse(document, lexicon) for document in warm_up], lexicon)
    print(f"loading the lexicon and compiling its rules: {time.process_time() - start:.2f} CPU-seconds")
    for copies in options.copies:
        documents = read(options.folder, options.every, copies)
        size = sum(len(document.text.encode()) for document in documents) / 1e6
        spent = measure(documents, lexicon)
        print(f"\n{len(documents)} documents, {size:.2f} MB, texts repeated {copies} times")
        for step, seconds in spent.most_common():
            print(f"  {step:28} {seconds:7.2f} s {size / max(seconds, 1e-9):9.2f} MB/s")
        print(f"  {'all':28} {spent.total():7.2f} s {size / spent.total():9.2f} MB/s")


if __name__ == "__main__":
    main()
