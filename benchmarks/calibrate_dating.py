"""Counts the habits of writers on documents of known date and writes ``etl/knowledge/dating_shapes.csv``.

    python benchmarks/calibrate_dating.py DOCUMENTS.jsonl [--write] [--folds 5] [--power 0.8]

Each line of DOCUMENTS.jsonl is an object with ``text``, ``published`` (YYYY-MM-DD) and ``lang``.  For every
shape the gaps between anchor day and day of writing are counted in fixed bins; a shape with few examples
leans on the pooled counts of its kind.  Cross-validation by documents prints what unseen documents get;
``--write`` then counts on all documents and replaces the file.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from etl.dayset import EVER
from etl.extractors import people, places, sentences, temporal
from etl.lexicon import Lexicon
from etl.model import Analysis, Document
from etl.resolvers import dating
from etl.resolvers.dating import likelihood
from etl.resolvers.dating.clues import Clue
from etl.resolvers.dating.narrowing import narrow

SHAPES = Path(__file__).parent.parent / "etl/knowledge/dating_shapes.csv"
LINEAR = (
    -20000,
    -1827,
    -366,
    -92,
    -31,
    -7,
    -1,
    0,
    1,
    2,
    4,
    8,
    16,
    32,
    93,
    184,
    366,
    732,
    1100,
    1827,
    3653,
    7306,
    14610,
    36525,
)
ROUND = (-120, -61, -31, -14, -6, -2, -1, 0, 1, 2, 4, 8, 15, 31, 61, 92, 150, 245)
EXACT = (-366, -31, -3, -1, 0, 1, 2, 4, 31, 366, 3653)
# shape -> (bins, kind whose pooled counts it leans on)
KINDS = {
    "published": (EXACT, "own"),
    "url_date": (EXACT, "own"),
    "formula_date": (EXACT, "own"),
    "labelled_date": (EXACT, "own"),
    "date_line": (EXACT, "own"),
    "crowded_date_line": (EXACT, "own"),
    "title_date": (EXACT, "own"),
    "today_day": (EXACT, "own"),
    "counted_day": (EXACT, "own"),
    "told_day": (LINEAR, "told"),
    "told_month": (LINEAR, "told"),
    "told_year": (LINEAR, "told"),
    "compared_year": (LINEAR, "told"),
    "fact_since": (LINEAR, "known"),
    "office_since": (LINEAR, "known"),
    "series": (LINEAR, "known"),
    "planned_day": (LINEAR, "planned"),
    "planned_month": (LINEAR, "planned"),
    "planned_year": (LINEAR, "planned"),
    "today_yearless": (ROUND, "today"),
    "weekday_and_day": (ROUND, "round"),
    "told_yearless_day": (ROUND, "round"),
    "planned_yearless_day": (ROUND, "ahead"),
    "told_yearless_month": (ROUND, "round"),
    "planned_yearless_month": (ROUND, "ahead"),
    "told_yearless_period": (ROUND, "round"),
    "planned_yearless_period": (ROUND, "ahead"),
    "holiday": (ROUND, "today"),
    "holiday_in_title": (ROUND, "today"),
    "anniversary": (LINEAR, "counted"),
    "birthday": (LINEAR, "counted"),
    "years_since": (LINEAR, "counted"),
}
PULL = 3.0  # how many examples the pooled counts of a kind are worth
FLOOR = 0.5  # examples spread over all bins of a kind
# density of documents by year of writing: an assumption, not a count (archives grow; nothing is from after the release)
PRIOR = (
    (1850, 1899, 0.01),
    (1900, 1949, 0.03),
    (1950, 1979, 0.2),
    (1980, 1999, 0.4),
    (2000, 2014, 0.6),
    (2015, 2026, 1.0),
    (2027, 2060, 0.002),
)


def gap(clue: Clue, day: int) -> int:
    """Return the days from the nearest anchor before the day (or after it, negative) to the day."""
    assert clue.anchor
    edges = ROUND if len(clue.anchor.runs) > 1 else LINEAR
    best = None
    for low, high in clue.anchor.runs:
        found = 0 if low <= day <= high else day - high if day > high else day - low
        if edges[0] <= found < edges[-1] and (best is None or abs(found) < abs(best)):
            best = found
    return edges[-1] if best is None else best


def count(rows):
    """Return the rows of the shapes file counted from (day, clues that took part) pairs."""
    counts, kinds = defaultdict(Counter), defaultdict(Counter)
    for day, used in rows:
        for clue in likelihood.speaking(used):
            edges, kind = KINDS[clue.shape]
            place = sum(edge <= gap(clue, day) for edge in edges) - 1
            counts[clue.shape][min(max(place, 0), len(edges) - 2)] += 1
            kinds[kind][min(max(place, 0), len(edges) - 2)] += 1
    out = []
    for shape, (edges, kind) in KINDS.items():
        bins = range(len(edges) - 1)
        wide = [math.log1p(edges[b + 1] - edges[b]) for b in bins]
        pooled = [kinds[kind][b] + FLOOR * wide[b] / sum(wide) for b in bins]
        mixed = [counts[shape][b] + PULL * pooled[b] / sum(pooled) for b in bins]
        for b in bins:
            out.append(
                (
                    shape,
                    edges[b],
                    edges[b + 1] - 1,
                    mixed[b] / sum(mixed) / (edges[b + 1] - edges[b]),
                    sum(counts[shape].values()),
                )
            )
    return out


def habits_of(counted, power):
    """Return the counted rows as the resolver uses them."""
    groups = defaultdict(list)
    for shape, low, high, density, _ in counted:
        groups[shape].append((low, high, density, 1.0 if KINDS[shape][1] == "own" else power))
    prior = [(date(first, 1, 1).toordinal(), math.log(density)) for first, _, density in PRIOR]
    return likelihood.Habits({name: likelihood.shape(rows) for name, rows in groups.items()}, prior)


def read(path, lexicon):
    """Return the day of writing, the possible days and the clues that took part, for every document."""
    out = []
    for line in Path(path).read_text("utf-8").splitlines():
        row = json.loads(line)
        analysis = Analysis(Document(row.get("id", ""), row["text"], row["lang"]))
        analysis.sentences = sentences.find(analysis, lexicon)
        analysis.timexes = temporal.find(analysis, lexicon)
        analysis.places = places.find(analysis, lexicon)
        analysis.people = people.find(analysis, lexicon)
        days, _, used = narrow(dating.find(analysis, lexicon), EVER)
        out.append((date.fromisoformat(row["published"]).toordinal(), days, used))
    return out


def judge(documents, folds, power):
    """Print how the likely interval does on documents that were not counted."""
    tally, widths = Counter(), []
    for fold in range(folds):
        known = habits_of(count([(d, used) for i, (d, _, used) in enumerate(documents) if i % folds != fold]), power)
        for day, days, used in documents[fold::folds]:
            segments = likelihood.weigh(days, used, known)
            tally["n"] += 1
            if not segments:
                continue
            probable = likelihood.likely(segments, days)
            low, high = probable.runs[0][0], probable.runs[-1][1]
            best = days.single or likelihood.best(segments)
            tally["holds"] += low <= day <= high
            for name, limit in (("month", 31), ("year", 366), ("5 years", 1827)):
                tally[name] += low <= day <= high and high - low + 1 <= limit
            tally["best"] += best is not None
            tally["day"] += best is not None and best.toordinal() == day
            widths.append(high - low + 1)
    n = tally["n"]
    print(
        f"power {power}: "
        + ", ".join(
            f"{key} {100 * tally[key] / n:.1f} %" for key in ("holds", "month", "year", "5 years", "best", "day")
        ),
        f"median width {sorted(widths)[len(widths) // 2]} days",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--power", type=float, default=0.8)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    documents = read(given.documents, Lexicon())
    for power in sorted({given.power, 0.5, 0.65, 0.8, 1.0}):
        judge(documents, given.folds, power)
    if given.write:
        with SHAPES.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(("shape", "from_gap", "to_gap", "density", "power", "source"))
            for first, last, density in PRIOR:
                writer.writerow(("prior", first, last, density, 1, "assumed"))
            for shape, low, high, density, seen in count([(day, used) for day, _, used in documents]):
                power = 1.0 if KINDS[shape][1] == "own" else given.power
                source = f"counted on {seen} of {len(documents)} documents by benchmarks/calibrate_dating.py"
                writer.writerow((shape, low, high, f"{density:.4g}", power, source))


if __name__ == "__main__":
    main()
