"""Say who is meant: full names, surnames, offices, counterparts and pronouns become persons with an id.

Full names come first, since everything else refers to them.  An office alone means the person who has it in this
text; when nobody here has it, the office book is asked for the days on which the document may have been written.
What is not clear stays without a name.  The step may be run again, for instance with a better date.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from etl.lexicon import Lexicon
from etl.model import Analysis, PersonMention, Span
from etl.names import Words, case_endings, fold, written
from etl.offices import office_book
from etl.resolvers.identities.persons import Resolver
from etl.resolvers.identities.registry import Habits, Registry

__all__ = ["mention_at", "resolve"]

COPY = "+"  # ends the rule of the second and later persons of one plural mention


def resolve(analysis: Analysis, lexicon: Lexicon) -> None:
    """Fill name, person and reasons of every mention that can be decided, in place."""
    book = lexicon.once(office_book)
    raw = [_unresolved(mention, analysis.text) for mention in analysis.people if not mention.rule.endswith(COPY)]
    days = analysis.dating.days if analysis.dating and analysis.dating.days else None
    registry = Registry(book, days, lexicon.once(_russian if analysis.document.lang == "ru" else _english))
    resolver = Resolver(analysis, registry)
    analysis.people = sorted(resolver.resolved(raw), key=lambda mention: (mention.span, mention.rule))


def mention_at(analysis: Analysis, span: Span) -> PersonMention | None:
    """Return the mention that covers or touches the span, the longest if there are several."""
    people = analysis.people
    index = bisect_right(people, span.end, key=lambda mention: mention.span.start)
    near = [mention for mention in people[max(0, index - 4) : index] if mention.span.end >= span.start]
    return max(near, key=lambda mention: mention.span.end - mention.span.start, default=None)


def _unresolved(mention: PersonMention, text: str) -> PersonMention:
    """Return the mention as the extractor found it."""
    name = mention.name
    if mention.person_id and mention.name_span is not None:
        name = written([word for word in Words(mention.name_span.of(text)).words if word])
    elif mention.form in {"office", "pronoun"}:
        name = ""
    if name == mention.name and not (mention.person_id or mention.qid or mention.evidence):
        return mention
    return replace(mention, name=name, person_id="", qid="", evidence=())


def _english(lexicon: Lexicon) -> Habits:
    return _habits(lexicon, "en")


def _russian(lexicon: Lexicon) -> Habits:
    return _habits(lexicon, "ru")


def _habits(lexicon: Lexicon, lang: str) -> Habits:
    topic = lexicon.topic(lang, "people")
    family_first, honorifics, own, relative = (
        frozenset(map(fold, topic[name].split())) for name in ("family_first", "honorifics", "speakers_own", "relative")
    )
    objects = frozenset(topic["object_pronouns"]["words"].split())
    patronymics = tuple((ending, tuple(bases)) for ending, bases in topic["patronymics"].items())
    surname_endings = tuple(topic.get("surname_endings", "").split())
    female = tuple(topic["words"]["female_surname_endings"].split())
    respelled = tuple(topic.get("respelled", {}).items())
    cases = case_endings(topic)
    return Habits(
        family_first, honorifics, own, objects, relative, patronymics, cases, surname_endings, female, respelled
    )
