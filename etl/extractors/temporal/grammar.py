"""Compiles the rules of a language's ``temporal.toml`` and finds where they apply.

A rule's pattern is a line of items: a literal word or sign, the NAME of a word class or macro, groups
``( a | b )``, ``?`` for optional, ``*`` for up to three times, ``[ ]`` around the characters that the
TIMEX3 tag covers (the whole match when there are none; two pairs make two timexes, the ends of a range).
``NAME>field`` says which field a class fills when it is not its usual one.  Rules are tried in the order
of the file; all are alternatives of one regular expression over the token letters, applied only to the
stretches of known words around a trigger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.errors import LexiconError
from etl.extractors.temporal.tense import Marks
from etl.extractors.temporal.tokens import Alphabet, Tokens, Values
from etl.lexicon import Lexicon, Topic

_ITEM = re.compile(r"[\[\]()|?*]|[^\s()|?*\[\]]+")
_STOP = re.compile(r"[x|]")
_LEFT = 9  # tokens before a trigger that may belong to its phrase
_LONGEST = 400  # tokens in one stretch looked at together


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a pattern whose words fill a field of the expression."""

    name: str  # the class or macro
    target: str  # the field, "base.month" for a field of the expression that this one hangs on
    timex: int  # which of the rule's timexes it belongs to


@dataclass(frozen=True, slots=True)
class Branch:
    """One pattern of one rule, with the numbers of its groups in the common expression."""

    rule: Mapping[str, Any]
    slots: Mapping[int, Slot]
    spans: tuple[int, ...]  # groups of the bracketed parts; empty: the whole match


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a rule applies, in tokens."""

    rule: Mapping[str, Any]
    spans: tuple[tuple[int, int], ...]  # first token, token after the last, of each timex
    slots: tuple[tuple[Slot, int, int], ...]


@dataclass(slots=True)
class Grammar:
    """The compiled rules of one language."""

    topic: Topic
    alphabet: Alphabet
    marks: Marks  # the verb forms that tell tense
    matcher: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    trigger: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    branches: dict[int, Branch] = field(default_factory=dict)
    filling: dict[str, list[str]] = field(default_factory=dict)  # field -> the classes that fill it

    def find(self, tokens: Tokens) -> Iterator[Found]:
        """Yield what the rules find, in the order of the text, never overlapping."""
        letters, done = tokens.letters, 0
        for trigger in self.trigger.finditer(letters):
            at = trigger.start()
            if at < done:
                continue
            low = max(done, at - _LEFT)
            low = max(low, letters.rfind("x", low, at) + 1, letters.rfind("|", low, at) + 1)
            stop = _STOP.search(letters, at, at + _LONGEST)
            high = stop.start() if stop else min(len(letters), at + _LONGEST)
            while match := self.matcher.search(letters, low, high):
                yield self._found(match)
                low = match.end() if match.end() > match.start() else match.end() + 1
            done = max(high, low)

    def _found(self, match: re.Match[str]) -> Found:
        branch = self.branches[match.lastindex or 0]
        spans = tuple(match.span(group) for group in branch.spans) or (match.span(),)
        slots = tuple((slot, *match.span(group)) for group, slot in branch.slots.items() if match.start(group) >= 0)
        return Found(branch.rule, spans, slots)


def grammars(lexicon: Lexicon) -> dict[str, Grammar]:
    """Return the compiled grammar of every language that has one; build it through ``lexicon.once``."""
    return {lang: _compile(topics["temporal"]) for lang, topics in lexicon.languages.items() if "temporal" in topics}


def grammar_for(lexicon: Lexicon, lang: str) -> Grammar:
    """Return the grammar of a language, the English one where the language has none."""
    known = lexicon.once(grammars)
    return known.get(lang) or known["en"]


def _compile(topic: Topic) -> Grammar:
    grammar = Grammar(topic, Alphabet(_words(topic)), Marks(topic["tense"]))
    for name, target in topic["slots"].items():
        grammar.filling.setdefault(target, []).append(name)
    compiler = _Compiler(topic, grammar.alphabet)
    parts = []
    for rule in topic["rules"]:
        for pattern in rule["match"]:
            number, source, branch = compiler.branch(rule, pattern)
            parts.append(source)
            grammar.branches[number] = branch
    grammar.matcher = re.compile("|".join(parts))
    triggers = set(topic["triggers"])
    letters = "".join(letter for classes, letter in grammar.alphabet.letters.items() if classes & triggers)
    grammar.trigger = re.compile(f"[{letters}]")
    return grammar


def _words(topic: Topic) -> dict[str, Values]:
    """Return every word of the classes and every literal of the rules, with its values by class."""
    words: dict[str, dict[str, object]] = {}
    for name, members in topic["classes"].items():
        pairs = members.items() if isinstance(members, Mapping) else ((word, word) for word in members)
        for word, value in pairs:
            words.setdefault(word, {})[name] = value
    sources = [pattern for rule in topic["rules"] for pattern in rule["match"]]
    sources += topic["macros"].values()
    sources += [" ".join(rule.get(side, ())) for rule in topic["rules"] for side in ("not_after", "not_before")]
    for item in {item.split(">")[0] for source in sources for item in _ITEM.findall(source)}:
        if not _is_name(item) and item not in "[]()|?*":
            words.setdefault(item, {})["=" + item] = item
    for dash in topic.get("tight", ()):
        words.setdefault(dash, {})["TIGHT"] = dash
    return {word: values for word, values in words.items()}


def _is_name(item: str) -> bool:
    return item[0].isupper() and item.split(">")[0].replace("_", "").isalnum() and item.split(">")[0].isupper()


@dataclass(slots=True)
class _Compiler:
    """Turns patterns into regular expressions, counting groups over all of them."""

    topic: Topic
    alphabet: Alphabet
    groups: int = 0

    def branch(self, rule: Mapping[str, Any], pattern: str) -> tuple[int, str, Branch]:
        """Return the number of the pattern's outer group, its source, and what its groups mean."""
        self.groups += 1
        outer = self.groups
        slots: dict[int, Slot] = {}
        spans: list[int] = []
        body = self._source(rule, pattern, slots, spans)
        before = self._letters(rule.get("not_after", ()))
        after = self._letters(rule.get("not_before", ()))
        source = (f"(?<!{before})" if before else "") + body
        if after and "(?=" not in body:
            source += f"(?!{after})"
        try:
            re.compile(source)
        except re.error as error:
            raise LexiconError(f"temporal.toml, rule {rule['name']!r}", f"{error} in {pattern!r}") from error
        return outer, f"({source})", Branch(rule, slots, tuple(spans))

    def _letters(self, items: object) -> str:
        found = "".join(self._class(item, "") for item in items) if isinstance(items, list) else ""
        return "[" + found.replace("[", "").replace("]", "") + "]" if found else ""

    def _source(self, rule: Mapping[str, Any], pattern: str, slots: dict[int, Slot], spans: list[int]) -> str:
        out: list[str] = []
        pairs = pattern.count("[")
        tail = False
        for item in _ITEM.findall(pattern):
            if item == "[":
                self.groups += 1
                spans.append(self.groups)
                out.append("(")
            elif item == "]":
                out.append(")")
                if len(spans) == pairs and not pattern.rstrip().endswith("]"):
                    out.append("(?=")
                    tail = True
            elif item in "()|?*":
                out.append({"(": "(?:", "*": "{0,3}"}.get(item, item))
            else:
                out.append(self._item(rule, item, slots, max(0, len(spans) - 1)))
        return "".join(out) + (")" if tail else "")

    def _item(self, rule: Mapping[str, Any], item: str, slots: dict[int, Slot], timex: int) -> str:
        name, _, target = item.partition(">")
        target = target or (self.topic["slots"].get(name, "") if _is_name(item) else "")
        if not target:
            return self._class(item, str(rule["name"]))
        self.groups += 1
        slots[self.groups] = Slot(name, target, timex)
        return f"({self._class(name, str(rule['name']))})"

    def _class(self, name: str, rule: str) -> str:
        if macro := self.topic["macros"].get(name):
            inner = [item if item in "()|?*" else self._class(item, rule) for item in _ITEM.findall(macro)]
            return "(?:" + "".join({"(": "(?:", "*": "{0,3}"}.get(item, item) for item in inner) + ")"
        if name == "PLAIN":
            return "x"
        letters = self.alphabet.having(name if _is_name(name) else "=" + name)
        if not letters:
            raise LexiconError(f"temporal.toml, rule {rule!r}", f"no word belongs to the class {name!r}")
        return "[" + letters + "]"
