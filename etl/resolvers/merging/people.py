"""Whether two person ids mean one person whose name is spelt in two ways."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz

from etl.model import Corpus, EventMention, Participant
from etl.names import fold, skeleton

ALIKE = 90.0  # similarity of two folded full names, in percent, from which they may be one person's


def key_of(person: Participant) -> str:
    """Return what identifies a participant: the id, else the folded name."""
    return person.person_id or fold(person.name)


def ids_of(mention: EventMention, same_person: Mapping[str, str]) -> frozenset[str]:
    """Return the participants of a telling as ids, one for all spellings of a person."""
    return frozenset(same_person.get(key, key) for key in map(key_of, mention.participants))


def aliases(corpus: Corpus) -> dict[str, str]:
    """Return person id -> the id to use instead, for people without a known identity whose names are spelt alike.

    Only people of one surname skeleton and initial are compared, so the work stays small; two people whom
    the knowledge tells apart are never joined.
    """
    names: dict[str, tuple[str, bool]] = {}
    known = {person.person_id for analysis in corpus.analyses for person in analysis.people if person.qid}
    for analysis in corpus.analyses:
        for mention in analysis.events:
            for person in mention.participants:
                names.setdefault(key_of(person), (fold(person.name), key_of(person) in known))
    blocks: dict[tuple[str, str], list[str]] = {}
    for key, (name, _) in sorted(names.items()):
        words = name.split()
        if len(words) > 1:
            blocks.setdefault((skeleton(words[-1]), words[0][0]), []).append(key)
    same: dict[str, str] = {}
    for keys in blocks.values():
        keys.sort(key=lambda key: (not names[key][1], key))
        for index, key in enumerate(keys):
            for other in keys[:index]:
                if (
                    other not in same
                    and not names[key][1]
                    and fuzz.token_sort_ratio(names[key][0], names[other][0]) >= ALIKE
                ):
                    same[key] = other
                    break
    return same
