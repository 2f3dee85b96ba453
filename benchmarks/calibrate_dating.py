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
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl.dayset import EVER, DaySet
from etl.extractors import people, places, sentences, temporal
from etl.lexicon import Lexicon
from etl.model import Analysis, Document
from etl.resolvers import dating
from etl.resolvers.dating import likelihood
from etl.resolvers.dating.clues import Clue
from etl.resolvers.dating.narrowing import narrow

Counted = tuple[str, int, int, float, int]  # shape, first and last gap, density per day, examples
Judged = tuple[int, DaySet, list[Clue]]  # day of writing, possible days, clues that took part
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
    "fact_time": (LINEAR, "time"),
    "occasion": (LINEAR, "occasion"),
    "occasion_now": (LINEAR, "now"),
    "duration_since": (LINEAR, "counted"),
    "person_time": (LINEAR, "time"),
    "link_month": (LINEAR, "told"),
    "named_year": (LINEAR, "told"),
    "named_year_in_title": (LINEAR, "titled"),
    "coming_year": (LINEAR, "coming"),
    "office_new": (LINEAR, "new"),
    "published": (EXACT, "own"),
    "url_date": (EXACT, "own"),
    "formula_date": (EXACT, "own"),
    "labelled_date": (EXACT, "own"),
    "date_line": (EXACT, "own"),
    "crowded_date_line": (EXACT, "own"),
    "title_date": (EXACT, "own"),
    "today_day": (EXACT, "own"),
    "counted_day": (LINEAR, "counted"),
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
    "lead_day": (ROUND, "lead"),
    "lead_planned_day": (ROUND, "ahead"),
    "holiday": (ROUND, "today"),
    "holiday_ahead": (ROUND, "ahead"),
    "holiday_in_title": (ROUND, "today"),
    "anniversary": (LINEAR, "counted"),
    "birthday": (EXACT, "own"),
    "anniversary_in_title": (LINEAR, "title"),
    "anniversary_today": (EXACT, "own"),
    "years_since": (LINEAR, "counted"),
    "open_day": (LINEAR, "open"),
    "open_month": (LINEAR, "open"),
    "open_year": (LINEAR, "open"),
    "meeting": (LINEAR, "occasion"),
    "meeting_now": (LINEAR, "now"),
    "meetings": (ROUND, "ahead"),
    "meetings_now": (ROUND, "today"),
    "meeting_ahead": (LINEAR, "planned"),
    "meetings_ahead": (ROUND, "ahead"),
    "meeting_in_lead": (LINEAR, "now"),
    "meetings_in_lead": (ROUND, "today"),
    "visit_met": (LINEAR, "journey"),
    "visits_met": (ROUND, "journeys"),
    "visit_there": (LINEAR, "journey"),
    "visits_there": (ROUND, "journeys"),
    "visit_ahead": (LINEAR, "planned"),
    "visits_ahead": (ROUND, "ahead"),
}
PULL = 8.0  # how many examples the pooled counts of a kind are worth
FLOOR = 3.0  # examples spread over all bins of a kind
# density of documents by year of writing: an assumption, not a count (archives grow; nothing is from after the release)
PRIOR = (
    (1780, 1849, 0.002),
    (1850, 1949, 0.005),
    (1950, 1979, 0.06),
    (1980, 1999, 0.12),
    (2000, 2009, 0.25),
    (2010, 2019, 0.5),
    (2020, 2026, 1.0),
    (2027, 2060, 0.002),
)

# what is no gap: the shares of texts that leave something unsaid before and after the day from which others say it
SHARES: list[Counted] = [("silence", -20000, -1, 0.52, 97), ("silence", 0, 36524, 0.033, 150)]

# several of these are weighed, each with a lower power, because topics of one text go together
KEEP = {"fact_time": 3, "person_time": 2}
# kinds that speak of their day plainly
PLAIN = ("own", "lead", "today", "title", "new", "now")
POWERS = {"time": 0.85, "journey": 0.9, "journeys": 0.9, "known": 0.3, **dict.fromkeys(PLAIN, 1.0)}
# examples spread over all bins, where it is not FLOOR; the lists of journeys have holes that no reading of them shows
FLOORS = {
    "title": 0.5,
    "titled": 0.5,
    "counted": 1.0,
    "now": 1.0,
    "new": 1.0,
    "own": 0.5,
    "journey": 8.0,
    "journeys": 8.0,
}
KEPT = {name: likelihood.Shape((), (), 0.0, 1.0, KEEP.get(name, 1)) for name in KINDS}


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


def count(rows: Sequence[tuple[int, list[Clue]]]) -> list[Counted]:
    """Return the rows of the shapes file counted from (day, clues that took part) pairs."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    kinds: dict[str, Counter[int]] = defaultdict(Counter)
    for day, used in rows:
        for clue in likelihood.speaking(used, KEPT):  # of the counted shapes only
            edges, kind = KINDS[clue.shape]
            place = sum(edge <= gap(clue, day) for edge in edges) - 1
            counts[clue.shape][min(max(place, 0), len(edges) - 2)] += 1
            kinds[kind][min(max(place, 0), len(edges) - 2)] += 1
    out: list[Counted] = []
    for shape, (edges, kind) in KINDS.items():
        bins = range(len(edges) - 1)
        days = [edges[b + 1] - edges[b] for b in bins]
        wide = [math.log1p(width) for width in days]
        pooled = [kinds[kind][b] + FLOORS.get(kind, FLOOR) * wide[b] / sum(wide) for b in bins]
        mixed = [counts[shape][b] + PULL * pooled[b] / sum(pooled) for b in bins]
        density = unimodal([mixed[b] / sum(mixed) / days[b] for b in bins], days, edges.index(0))
        seen = sum(counts[shape].values())
        out += [(shape, edges[b], edges[b + 1] - 1, density[b], seen) for b in bins]
    return out + SHARES


def unimodal(density: list[float], days: list[int], top: int) -> list[float]:
    """Return the densities made to rise up to the bin ``top`` and to fall after it.

    Writers tell the near more often than the far; what the counts say otherwise is chance.  Each side
    is pooled by adjacent violators (Ayer et al. 1955), weighted by the width of the bins.
    """
    before = falling(density[: top + 1][::-1], days[: top + 1][::-1])[::-1]
    after = falling(density[top:], days[top:])
    return [*before[:-1], max(before[-1], after[0]), *after[1:]]


def falling(density: list[float], days: list[int]) -> list[float]:
    """Return the nearest densities that never rise."""
    blocks: list[tuple[float, int, int]] = []
    for value, width in zip(density, days, strict=True):
        blocks.append((value, width, 1))
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            last, before = blocks.pop(), blocks.pop()
            both = last[1] + before[1]
            blocks.append(((last[0] * last[1] + before[0] * before[1]) / both, both, last[2] + before[2]))
    return [value for value, _, bins in blocks for _ in range(bins)]


def power_of(shape: str, power: float) -> float:
    """Return the power of a shape: that of its kind, else the one given; shares are taken as they are."""
    return POWERS.get(KINDS[shape][1], power) if shape in KINDS else 1.0


def habits_of(counted: list[Counted], power: float) -> likelihood.Habits:
    """Return the counted rows as the resolver uses them."""
    groups: dict[str, list[tuple[int, int, float, float, int]]] = defaultdict(list)
    for shape, low, high, density, _ in counted:
        groups[shape].append((low, high, density, power_of(shape, power), KEEP.get(shape, 1)))
    prior = [(date(first, 1, 1).toordinal(), math.log(density)) for first, _, density in PRIOR]
    return likelihood.Habits({name: likelihood.shape(rows) for name, rows in groups.items()}, prior)


def read(path: str, lexicon: Lexicon) -> list[Judged]:
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


def log_density(segments: Sequence[likelihood.Segment], day: int) -> float:
    """Return the log probability of the true day, at worst that of one day in a hundred thousand years."""
    masses = likelihood.masses(segments)
    found = [
        mass / (high - low + 1) for (low, high, _), mass in zip(segments, masses, strict=True) if low <= day <= high
    ]
    return math.log(max([*found, 1e-8]))


def judge(documents: list[Judged], folds: int, power: float) -> None:
    """Print how the likely interval does on documents that were not counted."""
    tally, widths, score = Counter[str](), list[int](), list[float]()
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
            score.append(log_density(segments, day))
            tally["day"] += best is not None and best.toordinal() == day
            widths.append(high - low + 1)
    n = tally["n"]
    print(
        f"power {power}: "
        + ", ".join(
            f"{key} {100 * tally[key] / n:.1f} %" for key in ("holds", "month", "year", "5 years", "best", "day")
        ),
        f"mean log density {sum(score) / len(score):.3f}, median width {sorted(widths)[len(widths) // 2]} days",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--power", type=float, default=0.6)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    documents = read(given.documents, Lexicon())
    for power in sorted({given.power, 0.5, 0.65, 0.8, 1.0}):
        judge(documents, given.folds, power)
    if given.write:
        with SHAPES.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(("shape", "from_gap", "to_gap", "density", "power", "keep", "source"))
            for first, last, density in PRIOR:
                writer.writerow(("prior", first, last, density, 1, 1, "assumed"))
            for shape, low, high, density, seen in count([(day, used) for day, _, used in documents]):
                power = power_of(shape, given.power)
                source = f"counted on {seen} of {len(documents)} documents by benchmarks/calibrate_dating.py"
                writer.writerow((shape, low, high, f"{density:.4g}", power, KEEP.get(shape, 1), source))


if __name__ == "__main__":
    main()
