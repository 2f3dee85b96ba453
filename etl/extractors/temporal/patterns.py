"""Compiles one pattern of a rule: into a regular expression over token letters, and into its possible beginnings.

The beginnings (which two letters may open a match; Glushkov's first and follow sets) let the matcher try
only the few patterns that can succeed at a place, instead of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ITEM = re.compile(r"[\[\]()|?*]|[^\s()|?*\[\]]+")
SIGNS = frozenset("[]()|?*")
ANY = "\0"  # stands among the second letters when the first may already end the match


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a pattern whose words fill a field of the expression."""

    name: str  # the class, macro or word
    target: str  # the field, "base.month" for a field of the expression that this one hangs on
    timex: int  # which of the rule's timexes it belongs to


@dataclass(slots=True)
class Part:
    """A piece of a pattern: its source, and the positions that may begin, end and be left out of it."""

    source: str = ""
    first: set[int] = field(default_factory=set)
    last: set[int] = field(default_factory=set)
    empty: bool = True
    needed: set[int] = field(default_factory=set)  # positions that every match passes


@dataclass(slots=True)
class Compiled:
    """One pattern, ready to match."""

    source: str
    slots: dict[int, Slot] = field(default_factory=dict)  # group number -> slot
    spans: list[int] = field(default_factory=list)  # groups of the bracketed parts
    openings: dict[str, set[str]] = field(default_factory=dict)  # first letter -> second letters, or ANY
    needed: tuple[frozenset[str], ...] = ()  # sets of letters of each of which every match has one


@dataclass(slots=True)
class PatternCompiler:
    """Parses one pattern; ``letters`` gives the letters of a class or word, ``macro`` a macro's text."""

    letters: Callable[[str], str]
    macros: Mapping[str, str]
    targets: Mapping[str, str]
    out: Compiled = field(default_factory=lambda: Compiled(""))
    _items: list[str] = field(default_factory=list)
    _at: int = 0
    _groups: int = 0
    _sets: list[str] = field(default_factory=list)  # letters of every position
    _follow: list[set[int]] = field(default_factory=list)
    _brackets: int = 0
    _inside: bool = False  # between brackets: words outside fill no slots

    def compile(self, pattern: str) -> Compiled:
        """Return the compiled pattern; ValueError when its brackets do not match."""
        self._items = ITEM.findall(pattern)
        self._brackets = self._items.count("[")
        whole = self._choice()
        if self._at < len(self._items):
            raise ValueError(f"unexpected {self._items[self._at]!r}")
        self.out.source = whole.source
        self.out.needed = tuple({frozenset(self._sets[position]) for position in whole.needed})
        for position in whole.first:
            seconds = {letter for after in self._follow[position] for letter in self._sets[after]}
            seconds |= {ANY} if position in whole.last else set()
            for letter in self._sets[position]:
                self.out.openings.setdefault(letter, set()).update(seconds)
        return self.out

    def _peek(self) -> str:
        return self._items[self._at] if self._at < len(self._items) else ""

    def _take(self) -> str:
        self._at += 1
        return self._items[self._at - 1]

    def _choice(self) -> Part:
        choices = [self._sequence()]
        while self._peek() == "|":
            self._take()
            choices.append(self._sequence())
        if len(choices) == 1:
            return choices[0]
        return Part(
            "|".join(part.source for part in choices),
            set().union(*(part.first for part in choices)),
            set().union(*(part.last for part in choices)),
            any(part.empty for part in choices),
        )

    def _sequence(self) -> Part:
        whole, tail = Part(), False
        while (item := self._peek()) not in ("", ")", "|", "]"):
            self._take()
            part = self._atom(item)
            self._join(whole, part)
            if item == "[" and len(self.out.spans) == self._brackets and self._peek() not in ("", ")", "|"):
                whole.source += "(?="
                tail = True
        whole.source += ")" if tail else ""
        return whole

    def _join(self, whole: Part, part: Part) -> None:
        for position in whole.last:
            self._follow[position] |= part.first
        whole.first |= part.first if whole.empty else set()
        whole.last = part.last | (whole.last if part.empty else set())
        whole.empty = whole.empty and part.empty
        whole.needed |= part.needed
        whole.source += part.source

    def _atom(self, item: str) -> Part:
        if item == "(":
            part = self._choice()
            self._close(")")
            part.source = f"(?:{part.source})"
        elif item == "[":
            self._groups += 1
            self.out.spans.append(self._groups)
            self._inside = True
            part = self._choice()
            self._inside = False
            self._close("]")
            part.source = f"({part.source})"
        else:
            part = self._word(item)
        return self._repeated(part)

    def _close(self, sign: str) -> None:
        if self._peek() != sign:
            raise ValueError(f"{sign!r} is missing")
        self._take()

    def _repeated(self, part: Part) -> Part:
        if self._peek() == "?":
            self._take()
            part.source, part.empty, part.needed = part.source + "?", True, set()
        elif self._peek() == "*":
            self._take()
            part.source, part.empty, part.needed = part.source + "{0,3}", True, set()
            for position in part.last:
                self._follow[position] |= part.first
        return part

    def _word(self, item: str) -> Part:
        name, _, target = item.partition(">")
        target = (target or self.targets.get(name, "")) if self._inside or not self._brackets else ""
        if target:
            self._groups += 1
            self.out.slots[self._groups] = Slot(name, target, max(0, len(self.out.spans) - 1))
        part = self._macro(self.macros[name]) if name in self.macros else self._position(name)
        part.source = f"({part.source})" if target else part.source
        return part

    def _macro(self, text: str) -> Part:
        """Compile a macro in place; the classes inside it fill no slots of their own."""
        kept = (self._items, self._at, self.targets)
        self._items, self._at, self.targets = ITEM.findall(text), 0, {}
        part = self._choice()
        self._items, self._at, self.targets = kept
        part.source = f"(?:{part.source})"
        return part

    def _position(self, name: str) -> Part:
        letters = self.letters(name)
        self._sets.append(letters)
        self._follow.append(set())
        position = {len(self._sets) - 1}
        return Part(f"[{letters}]", position, set(position), empty=False, needed=set(position))
