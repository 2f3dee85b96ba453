"""The records that travel through the pipeline, from text to table row.

Everything an extractor finds is a frozen dataclass with a ``Span`` into the text of its document:
``document.text[span.start:span.end]`` is the exact wording, always (offsets count Unicode code points,
as the W3C Web Annotation text position selector does).  ``Analysis`` gathers what is known of one
document, ``Corpus`` of all of them; they are the only mutable records, and only the pipeline and the
resolvers fill them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from etl.dayset import DaySet

Basis = Literal["explicit", "inferred", "vague"]
Status = Literal["happened", "planned", "cancelled"]


def stable_id(prefix: str, *parts: object) -> str:
    """Return an id made of content, so that a rebuild gives every row the id it had before."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"))
    return f"{prefix}-{digest.hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: ``text[start:end]``, end exclusive, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the exact wording that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether the other span lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One source text, final after reading: nobody normalises it later."""

    doc_id: str
    text: str
    lang: str = "en"
    name: str = ""  # the file's path below its source folder, or the id that the caller gave
    title: str = ""
    dct: DaySet | None = None  # creation time as told from outside; wins over every inference
    metadata: Mapping[str, str] = field(
        default_factory=dict
    )  # what the reader saw: published, url, file_name, modified
    sha256: str = ""  # of the raw file


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a claim: which words, which rule, which knowledge, and what it left over."""

    kind: Literal["text", "metadata", "knowledge", "corpus", "soft", "conflict"]
    rule: str  # the stable name of the rule that spoke
    note: str  # one sentence that a reader without our vocabulary understands
    span: Span | None = None
    source: str = ""  # the knowledge row or metadata field, e.g. "offices.csv: RU Minister of Defence, Sergei Shoigu"
    verified: bool = True  # False for knowledge recalled from memory
    days: DaySet | None = None  # the days that this clue alone allows
    days_left: int | None = None  # days possible after this clue (None: still open)
    doc_id: str = ""  # the document that the span lies in, when it is another one than the claim's


@dataclass(frozen=True, slots=True)
class Dating:
    """A date claim: the possible days, the likely ones, and why."""

    days: DaySet
    basis: Basis
    evidence: tuple[Evidence, ...] = ()
    likely: DaySet | None = None  # shortest interval with 95 % of the probability; None: no soft evidence
    best: date | None = None  # only when one day is clearly the most probable


@dataclass(frozen=True, slots=True)
class Expression:
    """What a temporal phrase says before any reference date is known.

    ``kind`` is "calendar" (fields below, unknown ones None), "offset" (``amount`` units from the
    anchor: last week = -1 week), "vague" (now, recently, 431 BC), "duration" or "set".  A calendar
    expression may carry ``amount`` too: last May is -1, this Friday 0, next summer 1.
    """

    kind: Literal["calendar", "offset", "vague", "duration", "set"]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # ISO: Monday is 1
    quarter: int | None = None
    half: int | None = None
    season: str | None = None  # SP SU FA WI
    decade: int | None = None  # 1990 for the 1990s
    century: int | None = None  # 20 for the 20th century
    holiday: str | None = None  # id in the language file
    amount: int | None = None
    unit: str | None = (
        None  # day week weekend month quarter half year decade century hour; "latest quarter", "comparison"
    )
    anchor: Literal["dct", "narrative"] = "dct"  # "narrative": hangs on a date told before it
    tense: Literal["past", "present", "future", ""] = ""  # of the clause around it
    part: str = ""  # START MID END, BEFORE (earlier this year) AFTER (later this year), as in TIMEX3 mod
    time: str = ""  # THH:MM or TMO TAF TEV TNI
    until: Expression | None = None  # the other end of a range; a vague one is the present ("from May until now")
    # how long what begins then goes on ("two weeks from 5 May": (2, "week")); of a duration: from the document's day
    lasting: tuple[int, str] | None = (
        None  # on or, with a negative number, back ("the past three months": (-3, "month"))
    )
    base: Expression | None = (
        None  # hangs on this one: June <last year>, the first week of <May 2024>, 2 days before <6 May>
    )
    nth: int | None = None  # which ``unit`` or weekday of the base: 1 the first, -1 the last
    relation: Literal["", "before", "after", "since", "until", "by"] = (
        ""  # on which side of it the clause's matter lies
    )
    alternatives: tuple[Expression, ...] = ()  # an undecided numeric date: 4 May or 5 April
    firm: int = 0  # how firm the tense is: 0 told by an ending or not at all, 1 by a known verb, 2 by one right beside
    short_year: bool = False  # only two digits of the year are written: '89 is of the century that is told of
    value: str = ""  # TIMEX3 value while no anchor is known, e.g. XXXX-05-06, P3D, PAST_REF


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression (TIMEX3 type, value, mod), with its calendar days once it is anchored."""

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    rule: str
    expression: Expression
    mod: str = ""
    dating: Dating | None = None  # None: not on any calendar ("three months", "recently")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text."""

    span: Span
    name: str  # canonical English name
    place_id: str
    country: str  # ISO 3166-1 alpha-2, or "" when unknown
    kind: Literal["country", "demonym", "city", "site", "region"]
    rule: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named, titled or meant in the text."""

    span: Span
    form: Literal["name", "surname", "office", "pronoun"]
    rule: str
    name: str = ""  # canonical name; "" while nobody knows who is meant
    person_id: str = ""
    office: str = ""  # as the text says it, e.g. "Secretary of the Security Council"
    country: str = ""  # ISO 3166-1 alpha-2 of the office, "" when unknown
    modifier: Literal["", "former", "elect", "acting"] = ""
    name_span: Span | None = None  # the name alone, without the office
    gender: Literal["", "m", "f"] = ""
    qid: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody is reported to have said, without the quotation marks."""

    span: Span
    mode: Literal["marks", "turn"]  # between quotation marks, or a transcript turn
    rule: str
    speaker: str = ""  # canonical name of a person or organisation, "" when unknown
    speaker_id: str = ""
    cue: Span | None = None  # the words that attribute it
    source: Span | None = None  # the noun phrase or pronoun that the cue names as speaker
    antecedent: Span | None = None  # the name that such a pronoun most likely stands for
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure in SDMX terms; a range fills both bounds and leaves ``value`` None."""

    span: Span
    rule: str
    value: float | None = None  # base units: 51e9, not 51 billion
    value_min: float | None = None
    value_max: float | None = None
    unit: str = ""  # ISO 4217, "USD per barrel", percent, percentage point, basis point, UCUM-like name or noun
    currency: str = ""
    qualifier: str = "exact"  # exact about almost over at least under at most
    direction: str = ""  # up down
    transformation: str = "level"  # level change growth_rate share ratio
    statistical_kind: str = "indicator"  # indicator count ordinal money_amount
    indicator: str = ""  # id of a file in lexicon/indicators
    indicator_label: str = ""
    ref_area: str = ""
    counterpart_area: str = ""
    period: Dating | None = None
    time_period: str = ""  # EDTF
    time_period_basis: str = ""
    base_period: str = ""
    obs_status: Literal["A", "E", "F"] = "A"
    source: Span | None = None  # the words that name its source: "the Russian estimate"
    source_rule: str = ""
    attributed_to: str = ""
    speaker: str = ""
    compared_with: str = ""
    alternative_of: str = ""
    derived_from: str = ""
    evidence: tuple[Evidence, ...] = ()


def figure_id(doc_id: str, figure: Figure) -> str:
    """Return the id of a figure's row, which ``compared_with``, ``alternative_of`` and ``derived_from`` name."""
    return stable_id("figure", doc_id, figure.span.start, figure.span.end, figure.rule)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person's part in an event, with the words that say so."""

    person_id: str
    name: str
    role: str  # e.g. "participant", "host", "signatory"
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class EventMention:
    """One telling of an event in one document."""

    kind: str  # id of a file in lexicon/events
    span: Span  # the clause or sentence that tells it
    trigger: Span
    rule: str
    status: Status = "happened"
    participants: tuple[Participant, ...] = ()
    place: str = ""
    place_id: str = ""
    dating: Dating | None = None
    main: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An event with every telling of it, over all documents."""

    event_id: str
    kind: str
    title: str
    status: Status
    participants: tuple[Participant, ...]
    place: str
    place_id: str
    dating: Dating | None
    mentions: tuple[tuple[str, EventMention], ...]  # (doc_id, mention)
    evidence: tuple[Evidence, ...] = ()  # why the mentions were merged, or which disagree


@dataclass(slots=True)
class Analysis:
    """All that is known of one document so far; every step of the pipeline fills its own field."""

    document: Document
    sentences: list[Span] = field(default_factory=list)
    timexes: list[Timex] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    people: list[PersonMention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    dating: Dating | None = None

    @property
    def text(self) -> str:
        """Return the document's text, which every span points into."""
        return self.document.text


@dataclass(slots=True)
class Corpus:
    """The analyses of all documents, sorted by document id, and what they say together."""

    analyses: list[Analysis]
    events: list[Event] = field(default_factory=list)
    # (doc_id, span of a quote or figure) -> id of the event at which it was said or reported
    event_of: dict[tuple[str, Span], str] = field(default_factory=dict)
