"""Compiles the rules of a language's ``temporal.toml`` and finds where they apply.

A rule's pattern is a line of items: a literal word or sign, the NAME of a word class or macro, groups
``( a | b )``, ``?`` for optional, ``*`` for up to three times, ``[ ]`` around the characters that the
TIMEX3 tag covers (the whole match when there are none; two pairs make two timexes, the ends of a range);
what follows the last ``]`` is only looked at.  Words before ``^`` are the ones of which one must stand in
front.  ``NAME>field`` says which field a word fills when it is
not its class's usual one.  Rules are tried in the order of the file, the first that matches at the
leftmost place wins; they are applied only to the stretches of known words around a trigger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.errors import LexiconError
from etl.extractors.temporal.marks import Marks
from etl.extractors.temporal.patterns import ANY, ITEM, SIGNS, Compiled, PatternCompiler, Slot
from etl.extractors.temporal.tokens import BREAK, NAMED, OTHER, PLAIN, Alphabet, Tokens, Values
from etl.lexicon import Lexicon, Topic

_STOP = re.compile(f"[{PLAIN}{NAMED}{OTHER}{BREAK}]")
_UNKNOWN = {"PLAIN": PLAIN + NAMED, "NAMED": NAMED, "LOWER": PLAIN}  # words that no rule knows, by their first letter
_LEFT = 9  # tokens before a trigger that may belong to its phrase
_LONGEST = 400  # tokens in one stretch looked at together


@dataclass(slots=True)
class Branch:
    """One pattern of one rule; its regular expression is compiled when first a text has all that it needs."""

    rule: Mapping[str, Any]
    compiled: Compiled
    source: str
    expression: re.Pattern[str] | None = None

    def match(self, letters: str, start: int, end: int) -> re.Match[str] | None:
        """Return the match at ``start``, if there is one."""
        if self.expression is None:
            if any(letters_needed.isdisjoint(letters[start:end]) for letters_needed in self.compiled.needed):
                return None
            self.expression = re.compile(self.source)
        return self.expression.match(letters, start, end)


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a rule applies, in tokens."""

    rule: Mapping[str, Any]
    spans: tuple[tuple[int, int], ...]  # first token, token after the last, of each timex
    slots: tuple[tuple[Slot, int, int], ...]


class Openings(dict[str, tuple[Branch, ...]]):
    """Maps two neighbouring letters to the branches that can match there, in the order of the file."""

    def __init__(self, branches: list[Branch]) -> None:
        """Index the branches by the first letter."""
        super().__init__()
        self._by_first: dict[str, list[Branch]] = {}
        for branch in branches:
            for letter in branch.compiled.openings:
                self._by_first.setdefault(letter, []).append(branch)

    def __missing__(self, pair: str) -> tuple[Branch, ...]:
        """Work out and remember the branches for a pair not met before."""
        first, second = pair[0], pair[1:]
        self[pair] = tuple(
            branch
            for branch in self._by_first.get(first, ())
            if ANY in branch.compiled.openings[first] or second in branch.compiled.openings[first]
        )
        return self[pair]


@dataclass(slots=True)
class Grammar:
    """The compiled rules of one language."""

    topic: Topic
    alphabet: Alphabet
    marks: Marks  # the verb forms that tell tense
    openings: Openings
    trigger: re.Pattern[str]
    numeric: re.Pattern[str]  # the letters of numeric dates
    filling: dict[str, list[str]] = field(default_factory=dict)  # field -> the classes that fill it

    def find(self, tokens: Tokens) -> Iterator[Found]:
        """Yield what the rules find, in the order of the text, never overlapping."""
        letters, openings, done = tokens.letters, self.openings, 0
        for trigger in self.trigger.finditer(letters):
            at = trigger.start()
            if at < done:
                continue
            low = max(done, at - _LEFT)
            low = max(low, *(letters.rfind(sign, low, at) + 1 for sign in (PLAIN, NAMED, OTHER, BREAK)))
            stop = _STOP.search(letters, at, at + _LONGEST)
            done = stop.start() if stop else min(len(letters), at + _LONGEST)
            while low < done:
                for branch in openings[letters[low : low + 2]]:
                    if match := branch.match(letters, low, done + 1):
                        yield _found(branch, match)
                        low = match.end() - 1
                        break
                low += 1


def _found(branch: Branch, match: re.Match[str]) -> Found:
    spans = tuple(match.span(group) for group in branch.compiled.spans) or (match.span(),)
    slots = ((slot, *match.span(group)) for group, slot in branch.compiled.slots.items())
    return Found(branch.rule, spans, tuple(slot for slot in slots if slot[1] >= 0))


def grammar_for(lexicon: Lexicon, lang: str) -> Grammar:
    """Return the grammar of a language, the English one where the language has none."""
    return lexicon.once_in(lexicon.speaking(lang, "temporal"), _compile)


def _compile(lexicon: Lexicon, lang: str) -> Grammar:
    topic = lexicon.topic(lang, "temporal")
    alphabet = Alphabet(_words(topic))
    branches = [_branch(topic, alphabet, rule, pattern) for rule in topic["rules"] for pattern in rule["match"]]
    triggers = set(topic["triggers"])
    letters = "".join(letter for classes, letter in alphabet.letters.items() if classes & triggers)
    numeric = re.compile(f"[{alphabet.having('NUMDATE')}]")
    filling: dict[str, list[str]] = {}
    for name, target in topic["slots"].items():
        filling.setdefault(target, []).append(name)
    return Grammar(
        topic, alphabet, Marks(topic.get("tense", {})), Openings(branches), re.compile(f"[{letters}]"), numeric, filling
    )


def _branch(topic: Topic, alphabet: Alphabet, rule: Mapping[str, Any], pattern: str) -> Branch:
    def letters(name: str) -> str:
        found = _UNKNOWN.get(name) or alphabet.having(name if _is_name(name) else "=" + name)
        if not found:
            raise LexiconError(f"temporal.toml, rule {rule['name']!r}", f"no word belongs to the class {name!r}")
        return found

    context, sign, body = pattern.rpartition("^")
    try:
        compiled = PatternCompiler(letters, topic.get("macros", {}), topic["slots"]).compile(body)
    except ValueError as error:
        raise LexiconError(f"temporal.toml, rule {rule['name']!r}", f"{error} in {pattern!r}") from error
    before = "".join(letters(name) for name in rule.get("not_after", ()))
    after = "".join(letters(name) for name in rule.get("not_before", ()))
    ahead = f"(?![{after}])" if after and "(?=" not in compiled.source else ""
    body_source = f"(?>{compiled.source})" if ahead else f"(?:{compiled.source})"
    behind = f"(?<=[{''.join(letters(name) for name in context.split())}])" if sign else ""
    behind += f"(?<![{before}])" if before else ""
    return Branch(rule, compiled, f"{behind}{body_source}{ahead}")


def _words(topic: Topic) -> dict[str, Values]:
    """Return every word of the classes and every literal of the rules, with its values by class."""
    words: dict[str, dict[str, object]] = {}
    for name, members in topic["classes"].items():
        pairs = members.items() if isinstance(members, Mapping) else ((word, word) for word in members)
        for word, value in pairs:
            words.setdefault(word, {})[name] = value
    sources = [pattern.replace("^", " ") for rule in topic["rules"] for pattern in rule["match"]]
    sources += topic.get("macros", {}).values()
    sources += [" ".join(rule.get(side, ())) for rule in topic["rules"] for side in ("not_after", "not_before")]
    for item in {item.split(">")[0] for source in sources for item in ITEM.findall(source)}:
        if not _is_name(item) and item not in SIGNS:
            words.setdefault(item, {})["=" + item] = item
    for dash in topic.get("tight", ()):
        words.setdefault(dash, {})["TIGHT"] = dash
    return dict(words.items())


def _is_name(item: str) -> bool:
    return item.isupper() and item.isalnum()
