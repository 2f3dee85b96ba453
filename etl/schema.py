"""Every table as data: its columns, their types and meanings; validation and the documentation read this.

All columns are plain (text, whole number, number, truth value); a day is ISO 8601 text, so years before
1677 and open bounds (empty text) need no special case.  Provenance is columns: every extracted row says
``doc_id, start, end, exact, rule`` with ``text[start:end] == exact``, and its reasons stand in ``evidence``
under (``owner_table``, ``owner_id``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Literal

import pandas as pd

Dtype = Literal["str", "Int64", "Float64", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, pandas type and meaning."""

    name: str
    dtype: Dtype
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row stands for, its columns, and the column that identifies a row."""

    name: str
    meaning: str
    key: str
    columns: tuple[Column, ...]
    _names: Mapping[str, None] = field(init=False, repr=False, compare=False)  # of the columns, in their order

    def __post_init__(self) -> None:
        """Note the names once: every row asks for them."""
        object.__setattr__(self, "_names", dict.fromkeys(column.name for column in self.columns))

    def frame(self, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
        """Return the rows as a frame with exactly these columns and types; KeyError for an unknown cell."""
        return self.filled([self.cells(row) for row in rows])

    def cells(self, row: Mapping[str, object]) -> tuple[object, ...]:
        """Return the cells of a row in the order of the columns, None for what it leaves out; KeyError as above."""
        if not row.keys() <= self._names.keys():
            raise KeyError(f"{self.name} has no column {min(row.keys() - self._names.keys())!r}")
        return tuple(map(row.get, self._names))

    def filled(self, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
        """Return rows of ``cells`` as a frame with exactly these columns and types."""
        series = {}
        for column, told in zip(self.columns, zip(*rows, strict=True) if rows else repeat(()), strict=False):
            blank = "" if column.dtype == "str" else pd.NA
            cells = [blank if cell is None else cell for cell in told] if None in told else told
            series[column.name] = pd.Series(cells, dtype=column.dtype)
        return pd.DataFrame(series)

    def check(self, frame: pd.DataFrame) -> None:
        """Raise ValueError when the frame's columns, types or keys are not those of the table."""
        expected = [(column.name, column.dtype) for column in self.columns]
        found = [(str(name), str(dtype)) for name, dtype in frame.dtypes.items()]
        if expected != found:
            wrong = next((pair for pair in zip(expected, found, strict=False) if pair[0] != pair[1]), (expected, found))
            raise ValueError(f"table {self.name}: expected {wrong[0]}, found {wrong[1]}")
        if frame[self.key].duplicated().any():
            raise ValueError(f"table {self.name}: {self.key} is not unique")


def _columns(*specs: str) -> tuple[Column, ...]:
    """Parse ``name:type meaning`` lines; the type is s, i, n or b."""
    types: dict[str, Dtype] = {"s": "str", "i": "Int64", "n": "Float64", "b": "boolean"}
    out = []
    for spec in specs:
        head, meaning = spec.split(" ", 1)
        name, kind = head.split(":")
        out.append(Column(name, types[kind], meaning))
    return tuple(out)


SPAN = _columns(
    "doc_id:s the document",
    "start:i first character, counted in Unicode code points from 0",
    "end:i character after the last",
    "exact:s the wording: text[start:end]",
    "rule:s stable name of the rule that found it",
)
DATES = _columns(
    "edtf:s the possible days in EDTF (ISO 8601-2)",
    "earliest:s first possible day; empty = open",
    "latest:s last possible day; empty = open",
    "likely_earliest:s start of the shortest interval that holds the day with 95 % probability",
    "likely_latest:s end of that interval",
    "best:s the one day that is clearly most probable, else empty",
    "n_days:i number of possible days; empty = open",
    "basis:s explicit (stated in full), inferred (worked out from clues) or vague",
)

_TABLES = (
    Table(
        "documents",
        "One source text.",
        "doc_id",
        _columns(
            "doc_id:s id made of the text",
            "name:s path below the source folder",
            "title:s first line or the title that the file states",
            "lang:s ISO 639-1 code",
            "status:s ok or failed",
            "reason:s why it failed",
            "sha256:s checksum of the raw file",
            "n_chars:i length of the text in code points",
        )
        + DATES,
    ),
    Table(
        "timexes",
        "One temporal expression (TIMEX3).",
        "timex_id",
        _columns(
            "timex_id:s id",
            "type:s DATE TIME DURATION SET",
            "value:s TIMEX3 value",
            "mod:s TIMEX3 mod (START, MID, END, APPROX ...)",
        )
        + SPAN
        + DATES,
    ),
    Table(
        "events",
        "One event, merged from all its tellings; the span is that of the telling shown first.",
        "event_id",
        _columns(
            "event_id:s id",
            "kind:s meeting call visit summit negotiation signing ceremony statement exercise conference ...",
            "title:s short title for people",
            "status:s happened planned cancelled",
            "participants:s canonical names, joined by '; '",
            "participant_ids:s person ids in the same order, joined by '; '",
            "place:s canonical English name",
            "place_id:s id in places",
            "main:b the main event of at least one document",
            "n_documents:i documents that tell it",
            "n_quotes:i quotes said at it",
            "n_figures:i figures reported at it",
        )
        + SPAN
        + DATES,
    ),
    Table(
        "event_mentions",
        "One telling of an event.",
        "mention_id",
        _columns(
            "mention_id:s id",
            "event_id:s the event",
            "kind:s kind as told here",
            "status:s happened planned cancelled, as told here",
            "place:s place as told here",
            "main:b the main event of its document",
            "trigger_start:i first character of the word that tells the kind",
            "trigger_end:i character after its last",
        )
        + SPAN
        + DATES,
    ),
    Table(
        "participants",
        "One person's part in one event; the span is where it says so.",
        "participant_id",
        _columns(
            "participant_id:s id",
            "event_id:s the event",
            "person_id:s the person",
            "name:s canonical name",
            "role:s part played",
        )
        + SPAN,
    ),
    Table(
        "figures",
        "One reported figure (SDMX concepts).",
        "figure_id",
        _columns(
            "figure_id:s id",
            "value:n OBS_VALUE in base units; empty for a range",
            "value_min:n lower bound of a range",
            "value_max:n upper bound of a range",
            "unit:s ISO 4217, percent, percentage point, basis point, 'USD per barrel' or a noun",
            "currency:s ISO 4217 code",
            "qualifier:s exact about almost over 'at least' under 'at most'",
            "direction:s up or down",
            "transformation:s level change growth_rate share ratio",
            "statistical_kind:s indicator count ordinal money_amount",
            "indicator:s id of a file in lexicon/indicators",
            "indicator_label:s readable name of what is measured",
            "ref_area:s REF_AREA, ISO 3166-1",
            "counterpart_area:s COUNTERPART_AREA, ISO 3166-1",
            "time_period:s TIME_PERIOD in EDTF; XXXX for a year left open (the candidates: edtf); empty = none stated",
            "time_period_basis:s explicit or inferred",
            "base_period:s period compared with",
            "obs_status:s A actual, E estimate, F forecast",
            "attributed_to:s source named for it",
            "speaker:s who said it",
            "compared_with:s figure_id of the value that it is compared with",
            "alternative_of:s figure_id of a value that another source gives for the same thing",
            "derived_from:s figure ids and formula, for values that nobody reported",
            "event_id:s the event at which it was reported",
        )
        + SPAN
        + DATES,
    ),
    Table(
        "quotes",
        "Words that somebody is reported to have said.",
        "quote_id",
        _columns(
            "quote_id:s id",
            "mode:s marks (between quotation marks) or turn (transcript)",
            "speaker:s canonical name of the person or organisation",
            "speaker_id:s person id",
            "cue:s the words that attribute it",
            "event_id:s the event at which it was said",
        )
        + SPAN,
    ),
    Table(
        "people",
        "One mention of a person.",
        "mention_id",
        _columns(
            "mention_id:s id",
            "person_id:s the person; empty when nobody knows who is meant",
            "name:s canonical name",
            "form:s name surname office pronoun",
            "office:s office given in the text",
            "country:s ISO 3166-1 code of the office",
            "modifier:s former elect acting",
            "qid:s Wikidata id where known",
        )
        + SPAN,
    ),
    Table(
        "places",
        "One mention of a place.",
        "mention_id",
        _columns(
            "mention_id:s id",
            "place_id:s the place",
            "name:s canonical English name",
            "kind:s country demonym city site region",
            "country:s ISO 3166-1 code",
            "latitude:n degrees north",
            "longitude:n degrees east",
        )
        + SPAN,
    ),
    Table(
        "evidence",
        "One reason for one row, in order of use.",
        "evidence_id",
        _columns(
            "evidence_id:s id",
            "owner_table:s table of the row that it supports",
            "owner_id:s id of that row",
            "step:i order within the chain, from 0",
            "kind:s text metadata knowledge corpus soft conflict",
            "rule:s stable name of the rule",
            "note:s one sentence for a reader",
            "source:s knowledge row or metadata field",
            "verified:b false for knowledge recalled from memory",
            "days:s the days that this clue alone allows, in EDTF",
            "days_left:i days possible after this clue; empty = open",
            "doc_id:s document of the quoted words; empty for clues outside the text",
            "start:i first character of the quoted words",
            "end:i character after the last",
            "exact:s the quoted words",
        ),
    ),
)
TABLES: dict[str, Table] = {table.name: table for table in _TABLES}


def markdown() -> str:
    """Return the documentation of all tables as Markdown."""
    parts = ["# Tables", "", "Generated from `etl/schema.py`; a test keeps it current.", ""]
    for table in _TABLES:
        parts += [f"## {table.name}", "", f"{table.meaning} Key: `{table.key}`.", "", "| column | type | meaning |"]
        parts += ["|---|---|---|", *(f"| `{c.name}` | {c.dtype} | {c.meaning} |" for c in table.columns), ""]
    return "\n".join(parts)
