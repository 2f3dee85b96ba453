"""What a language and the kinds of events say about who, where and when: compiled once, plain data after that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.errors import LexiconError
from etl.lexicon import Lexicon, Topic

REPORT = ("agenda", "back", "beyond", "complement", "fresh", "nested")  # patterns on how a report is told


@dataclass(frozen=True, slots=True)
class Part:
    """The grammar of one trigger rule."""

    kind: str
    verb: bool  # a verb with subject and object; otherwise a noun
    direct: bool  # takes its object without a preposition
    takes_subject: bool
    takes_object: bool
    loose: bool  # its object may stand behind a long complement: discussed ... with X
    needs: frozenset[str]  # subject, object, place, date: without them the words mean something else
    weight: float  # how readily it tells the main event, more than others of its kind
    swallows: bool  # the events named behind it are what its words are about
    beside: bool  # by people of the main event it only tells what they did there
    timeless: bool  # a date beside it belongs to what it is about
    own: bool  # an event of its own beside the main one of the same people
    pair: bool  # between the speaker and the addressee: seeing you
    subject_role: str
    object_role: str

    @property
    def mutual(self) -> bool:
        """Tell whether both sides play the same part: a meeting of X may name Y elsewhere, a visit of X may not."""
        return self.subject_role == self.object_role


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked of one kind of event."""

    complete: tuple[frozenset[str], ...]  # each is enough for an event of its own
    placeless: bool  # a place named beside it is not where it was
    once_a_day: bool  # the same people hold one a day
    voice: bool  # a document about it is its wording
    beside: bool  # at a meeting of the same people on the same day it is no second event
    impersonal: bool  # nobody in particular takes part: a feast, an election


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of one language that link an event to its people, place and time; patterns read lower-cased text."""

    bridge: frozenset[str]
    join: frozenset[str]
    filler: frozenset[str]
    sides: dict[str, str]
    genitive: bool  # a name right behind an event noun is its subject
    who: dict[str, re.Pattern[str]]
    where: dict[str, re.Pattern[str]]
    when: dict[str, re.Pattern[str]]
    before: dict[str, re.Pattern[str]]  # status cues before a trigger
    report: dict[str, re.Pattern[str]]
    parts: dict[str, Part]  # by rule name
    kinds: dict[str, Kind]
    capitals: dict[str, str]  # country -> its capital


def grammar(lexicon: Lexicon, lang: str) -> Grammar:
    """Return the grammar of a language; English for one without event rules."""
    return lexicon.once_in(lexicon.speaking(lang, "events"), _grammar)


def _grammar(lexicon: Lexicon, lang: str) -> Grammar:
    topic = lexicon.topic(lang, "events")
    who = topic["who"]
    return Grammar(
        frozenset(who["bridge"]) | frozenset(who["join"]) | frozenset(who["filler"]),
        frozenset(who["join"]),
        frozenset(who["filler"]),
        dict(who["sides"]),
        bool(who.get("genitive")),
        _patterns(who["words"]),
        _patterns(topic["where"]),
        _patterns(topic["when"]),
        _patterns(topic["status"]["before"]),
        _patterns({name: topic["report"][name] for name in REPORT}),
        {
            f"{kind}.{entry['rule']}": _part(kind, data, entry)
            for kind, data in lexicon.events.items()
            for entry in data.get(lang, ())
        },
        {
            kind: Kind(
                tuple(frozenset(line) for line in data.get("complete", ())),
                *(bool(data.get(name)) for name in ("placeless", "once_a_day", "voice", "beside", "impersonal")),
            )
            for kind, data in lexicon.events.items()
        },
        {row["code"]: row["capital"] for row in lexicon.facts("countries")},
    )


def _part(kind: str, data: Topic, entry: Topic) -> Part:
    roles = {**data.get("roles", {}), **entry.get("roles", {})}
    return Part(
        kind,
        entry.get("form") == "verb",
        bool(entry.get("direct")),
        bool(entry.get("subject", True)),
        bool(entry.get("object", True)),
        bool(entry.get("loose")),
        frozenset(entry.get("needs", ())),
        float(entry.get("weight", 0.0)),
        bool(entry.get("swallows")),
        bool(entry.get("beside")),
        bool(entry.get("timeless")),
        bool(entry.get("own")),
        bool(entry.get("pair")),
        str(roles.get("subject", "participant")),
        str(roles.get("object", "participant")),
    )


def _patterns(table: dict[str, str]) -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for name, text in table.items():
        try:
            found[name] = re.compile(text.replace(" ", r"(?:\s{1,3}+)"))
        except re.error as error:
            raise LexiconError(f"events.toml, {name}", f"not a pattern ({error})", "correct it") from error
    return found
