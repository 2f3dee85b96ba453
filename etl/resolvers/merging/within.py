"""The events of one document: its tellings of each, brought together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.dayset import DaySet
from etl.lexicon import Lexicon
from etl.model import Analysis, EventMention, Evidence
from etl.resolvers.merging.people import ids_of

SAME_AS_MAIN = "event.same_as_main"


@dataclass(slots=True)
class Local:
    """One event as one document tells it."""

    doc_id: str
    kind: str
    family: str  # kinds that may name the same event share it
    mentions: list[EventMention]
    ids: frozenset[str]
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def first(self) -> EventMention:
        """Return the telling that says most."""
        return self.mentions[0]

    @property
    def days(self) -> DaySet | None:
        """Return the days that all its tellings allow."""
        days = None
        for mention in self.mentions:
            if mention.dating is not None and mention.dating.days:
                both = mention.dating.days if days is None else days & mention.dating.days
                days = both or days
        return days


def family_of(lexicon: Lexicon, kind: str) -> str:
    """Return the name shared by the kinds that tellings of one event use for it ("talks", "meeting")."""
    return str(min([kind, *lexicon.events.get(kind, {}).get("like", ())]))


def gather(analysis: Analysis, lexicon: Lexicon, same_person: Mapping[str, str]) -> list[Local]:
    """Return the events of one document, each with its tellings, the fullest first."""
    found: list[Local] = []
    index: dict[tuple[object, ...], Local] = {}
    main = next((mention for mention in analysis.events if mention.main), None)
    for mention in sorted(analysis.events, key=lambda mention: (not mention.main, mention.span, mention.trigger)):
        ids = ids_of(mention, same_person)
        told_again = any(reason.rule == SAME_AS_MAIN for reason in mention.evidence)
        days = mention.dating.days.runs if mention.dating else ()
        family = family_of(lexicon, mention.kind)
        key = (family, ids, days)
        home = found[0] if told_again and main is not None else index.get(key)
        if home is None or (not ids and not told_again and mention.kind != home.kind):
            home = Local(analysis.document.doc_id, mention.kind, family, [], ids)
            found.append(home)
        elif not told_again:
            note = "The document names the same people and the same days for both."
            home.evidence.append(Evidence("text", "event.same_people_and_days", note, mention.span))
        home.mentions.append(mention)
        index.setdefault(key, home)
    return found
