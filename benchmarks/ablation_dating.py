"""Shows what each family of dating clues brings: the scores with the family switched off.

    python benchmarks/ablation_dating.py DOCUMENTS.jsonl [--limit N]

Each line of DOCUMENTS.jsonl is an object with ``text``, ``published`` (YYYY-MM-DD) and ``lang``; the tool is not
told the date.  Prints a Markdown table: possible and likely interval hold the day, are at most five years
(possible) or a month, a year, five years wide (likely), and the best day is right or wrong, all in percent
of the documents.  "only" rows use one family alone.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from etl.extractors import people, places, sentences, temporal
from etl.lexicon import Lexicon
from etl.model import Analysis, Dating, Document
from etl.resolvers import dating

COLUMNS = (
    "possible holds",
    "<= 5 years",
    "likely holds",
    "<= month",
    "<= year",
    "<= 5 years ",
    "day right",
    "day wrong",
)


def read(path: Path, lexicon: Lexicon, limit: int | None) -> Iterator[tuple[date, Analysis]]:
    """Yield the true day and the analysis of each document, as far as dating needs it."""
    for line in path.read_text("utf-8").splitlines()[:limit]:
        row = json.loads(line)
        analysis = Analysis(Document(str(row.get("id", "")), row["text"], row["lang"]))
        analysis.sentences = sentences.find(analysis, lexicon)
        analysis.timexes = temporal.find(analysis, lexicon)
        analysis.places = places.find(analysis, lexicon)
        analysis.people = people.find(analysis, lexicon)
        yield date.fromisoformat(row["published"]), analysis


def tally(true: date, claim: Dating | None, counts: Counter[str]) -> None:
    """Count how a claim does."""
    if claim is None:
        return
    width = _width(claim.days.earliest, claim.days.latest)
    held = true in claim.days
    counts["given"] += 1
    counts["possible holds"] += held
    counts["<= 5 years"] += held and width <= 1827
    likely = claim.likely or claim.days
    held = (likely.earliest or date.min) <= true <= (likely.latest or date.max)
    width = _width(likely.earliest, likely.latest)
    counts["likely holds"] += held
    for name, limit in (("<= month", 31), ("<= year", 366), ("<= 5 years ", 1827)):
        counts[name] += held and width <= limit
    counts["day right"] += claim.best == true
    counts["day wrong"] += claim.best not in {None, true}


def _width(first: date | None, last: date | None) -> float:
    return float("inf") if first is None or last is None else (last - first).days + 1


def row(name: str, documents: list[tuple[date, list[dating.Clue]]], families: set[str], lexicon: Lexicon) -> str:
    """Return one line of the table, with the clues of these families only."""
    counts: Counter[str] = Counter()
    for true, clues in documents:
        tally(true, dating.date_by([clue for clue in clues if clue.family in families], lexicon), counts)
    cells = [
        f"{100 * counts[column] / (counts['given'] or 1 if column.endswith('holds') else len(documents)):.1f}"
        for column in COLUMNS
    ]
    return f"| {name} | {100 * counts['given'] / len(documents):.1f} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    lexicon = Lexicon()
    documents = [
        (true, dating.find(analysis, lexicon)) for true, analysis in read(given.documents, lexicon, given.limit)
    ]
    families = {clue.family for _, clues in documents for clue in clues}
    print("| clues | given | " + " | ".join(column.strip() for column in COLUMNS) + " |")
    print("|---|" + "---|" * (len(COLUMNS) + 1))
    print(row("all", documents, families, lexicon))
    for family in sorted(families):
        print(row(f"without {family}", documents, families - {family}, lexicon))
    for family in sorted(families):
        print(row(f"only {family}", documents, {family}, lexicon))


if __name__ == "__main__":
    main()
