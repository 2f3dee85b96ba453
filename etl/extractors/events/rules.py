"""The trigger rules of all event kinds, read from ``lexicon/events/*.toml`` and compiled once per language.

In a rule's patterns a blank stands for any white space, ``before`` patterns end at the trigger and
``after`` patterns begin behind it.  They read the text in lower case: patterns that ignore case are
several times slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import compress, count, repeat
from typing import Any

from etl.errors import LexiconError
from etl.lexicon import Lexicon, Topic
from etl.names import Words

BLANK = r"(?:\s{1,3}+)"  # possessive: a run of white space is read in one way only
HEADLINE, OPENING = 2, 12  # sentences that a rule for headings, and one for openings, may look at
KEYS = frozenset(
    (
        *("rule", "form", "words", "before", "after", "not_before", "not_after", "examples", "counter", "needs"),
        *("direct", "loose", "subject", "object", "roles", "headline", "opening", "weight", "swallows", "timeless"),
        *("beside", "pair", "own"),
    )
)
MEMORY = 50_000  # words
WINDOW = 130  # characters to either side of a trigger that a rule may look at


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to tell of one kind of event."""

    kind: str
    name: str  # KIND.RULE, stored with every row that the rule produced
    words: tuple[str, ...]  # head words in lower case; a trailing * stands for any ending
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    first: int  # only in so many sentences from the start; 0 for anywhere
    verb: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a language that tell whether an event took place."""

    before: dict[str, re.Pattern[str]]
    after: dict[str, re.Pattern[str]]
    past: re.Pattern[str]  # a verb in the past tense: no plan and no wish
    future: re.Pattern[str]  # a verb that tells a plan by its form
    passive: re.Pattern[str]  # the words that make a participle of it


@dataclass(slots=True)
class Rulebook:
    """All rules of one language: the pattern of their head words, and the rules of each word."""

    heads: re.Pattern[str]
    cues: Cues
    exact: dict[str, list[Rule]] = field(default_factory=dict)
    stems: list[tuple[str, Rule]] = field(default_factory=list)
    _telling: dict[str, bool] = field(default_factory=dict)  # word of a text -> whether it holds a head word

    def heads_in(self, text: str, words: Words) -> Iterator[re.Match[str]]:
        """Yield the head words in order; only at words that hold one is the pattern tried.

        ``text`` is in lower case; a word is looked at with the character behind it, as the pattern asks.
        """
        known = self._telling
        for index in compress(count(), map(known.get, words.words, repeat(True))):
            word, start = words.words[index], words.starts[index]
            if word not in known and len(known) < MEMORY:
                known[word] = self.heads.search(lowered(word)) is not None
            if known.get(word, True):
                yield from self.heads.finditer(text, start, start + len(word) + 1)

    def rules_of(self, word: str) -> list[Rule]:
        """Return the rules of a head word; the answer is kept."""
        if word not in self.exact:
            self.exact[word] = [rule for stem, rule in self.stems if word.startswith(stem)]
        return self.exact[word]


def rulebook(lexicon: Lexicon, lang: str) -> Rulebook:
    """Return the rules of a language; English for one that no event kind knows."""
    known = lang in lexicon.languages and any(lang in kind for kind in lexicon.events.values())
    return lexicon.once_in(lang if known else "en", _book)


def compiled(pattern: str | None, where: str) -> re.Pattern[str] | None:
    """Return a rule's pattern, to be used on lower-cased text; LexiconError when it is not one."""
    if not pattern:
        return None
    if re.search(r"(?<!\\)[^\W\d_a-zа-яё]", pattern):
        raise LexiconError(where, f"{pattern!r} has a capital letter", "write it in lower case, as the text is read")
    try:
        return re.compile(pattern.replace(" ", BLANK))
    except re.error as error:
        raise LexiconError(where, f"{pattern!r} is not a pattern ({error})", "correct the rule") from error


def lowered(text: str) -> str:
    """Return the text in lower case with every character in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _book(lexicon: Lexicon, lang: str) -> Rulebook:
    rules = [_rule(kind, entry) for kind, topic in sorted(lexicon.events.items()) for entry in topic.get(lang, ())]
    # The rule that asks more of its surroundings goes first: "phone conversation" before "conversation".
    rules.sort(key=lambda rule: (rule.before is None, rule.after is None, rule.name))
    book = Rulebook(_alternation({word for rule in rules for word in rule.words}), _cues(lexicon.topic(lang, "events")))
    for rule in rules:
        for word in rule.words:
            if word.endswith("*"):
                book.stems.append((word[:-1], rule))
            else:
                book.exact.setdefault(word, []).append(rule)
    return book


def _rule(kind: str, entry: dict[str, Any]) -> Rule:
    where = f"events/{kind}.toml, rule {entry.get('rule')!r}"
    if not entry.get("rule") or not entry.get("words"):
        raise LexiconError(where, "a rule needs a name and words", "give both")
    if unknown := entry.keys() - KEYS:
        raise LexiconError(where, f"{min(unknown)!r} is no property of a rule", "see the head of meeting.toml")
    before, after, not_before, not_after = (
        compiled(entry.get(key), where) for key in ("before", "after", "not_before", "not_after")
    )
    return Rule(
        kind,
        f"{kind}.{entry['rule']}",
        tuple(entry["words"]),
        before,
        after,
        not_before,
        not_after,
        HEADLINE if entry.get("headline") else OPENING if entry.get("opening") else 0,
        entry.get("form") == "verb",
    )


def _alternation(words: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for whole words, grouped by first letter so that most positions fail at once."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rest = re.escape(word[1:]).replace(r"\*", r"\w{0,8}")
        groups.setdefault(word[0], []).append(rest)
    parts = [f"{first}(?:{'|'.join(rests)})" for first, rests in sorted(groups.items())]
    return re.compile(rf"(?<![\w/#@])(?<!\w-)(?:{'|'.join(parts)})(?![\w/@])")


def _cues(topic: Topic) -> Cues:
    def table(side: str) -> dict[str, re.Pattern[str]]:
        entries = topic["status"][side].items()
        return {name: _pattern(text, f"events.toml, status.{side}.{name}") for name, text in entries}

    names = ("past", "future", "passive")
    return Cues(
        table("before"),
        table("after"),
        *(_pattern(topic["status"][name], f"events.toml, status.{name}") for name in names),
    )


def _pattern(text: str, where: str) -> re.Pattern[str]:
    pattern = compiled(text, where)
    if pattern is None:
        raise LexiconError(where, "the pattern is empty", "write one, or take the line out")
    return pattern
