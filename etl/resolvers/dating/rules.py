"""The table of clue rules: how far each is trusted, which habit it follows, and what it tells a reader.

``knowledge/dating_rules.csv`` holds one row per rule, so a finder names a rule and the days, and the row
supplies family, trust, shape and the sentence.  Trust is the share of such clues that were right on
documents of known date (rounded, never 1), so it also orders the clues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from etl.dayset import EVER, DaySet
from etl.lexicon import Lexicon, Row
from etl.model import Span
from etl.resolvers.dating.clues import Clue, Kind

UNVERIFIED = 0.02  # knowledge recalled from memory yields to the same kind of knowledge with a source


@dataclass(frozen=True, slots=True)
class Source:
    """Where a clue's knowledge comes from, as evidence names it."""

    text: str = ""
    verified: bool = True


def cite(row: Row) -> Source:
    """Return how evidence names a knowledge row; rows recalled from memory are not verified."""
    text = f"{row.file}, line {row.line}: {row['note']} ({row['source']})"
    return Source(text, verified="unverified" not in row["source"])


TEXT = Source()
UNREMARKED = " ()"  # what the sentence keeps of a remark that the fact has not


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table, as ``dating_rules.csv`` explains its columns."""

    family: str
    note: str
    trust: float
    kind: Kind
    shape: str
    explicit: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules by name; ``clue`` makes a clue from a rule's row."""

    rows: dict[str, Rule]

    def clue(
        self,
        rule: str,
        days: DaySet = EVER,
        span: Span | None = None,
        *,
        anchor: DaySet | None = None,
        source: Source = TEXT,
        **words: str,
    ) -> Clue:
        """Return the clue of this rule; ``words`` fill the placeholders of its sentence."""
        row = self.rows[rule]
        return Clue(
            row.family,
            rule,
            row.note.format(**words).replace(UNREMARKED, ""),
            row.trust - (0.0 if source.verified else UNVERIFIED),
            days,
            row.kind,
            span,
            source.text,
            source.verified,
            row.shape,
            anchor,
            row.explicit,
        )


def rules(lexicon: Lexicon) -> Rules:
    """Return the table; build with ``lexicon.once(rules)``."""
    return Rules({row["rule"]: _rule(row) for row in lexicon.facts("dating_rules")})


def _rule(row: Row) -> Rule:
    kind, explicit = cast("Kind", row["kind"]), row["explicit"] == "yes"
    return Rule(row["family"], row["note"], float(row["trust"]), kind, row["shape"], explicit)
