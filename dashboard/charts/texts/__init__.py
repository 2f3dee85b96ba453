"""The interface texts: one TOML file per language, found by listing this folder."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DEFAULT = "en"
REMARK = " ({note})"  # of a fact of knowledge
_DAY = r"-?\d{4}(?:-\d\d){0,2}"


@dataclass(frozen=True)
class Texts:
    """The texts of one language; call it with a key and the values of its fields."""

    lang: str
    strings: dict[str, str]
    counts: dict[str, list[str]]
    months: list[str]  # after a day: 6 May, 6 мая
    months_short: list[str]
    months_alone: list[str]  # without a day: май
    language: str  # the language's own name
    kinds: dict[str, str]  # kinds of event that the lexicon names in English only
    notes: tuple[tuple[re.Pattern[str], str], ...]  # sentences of the extraction, and what they are here

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its fields filled; KeyError for an unknown key."""
        return self.strings[key].format(**values)

    def get(self, key: str, default: str) -> str:
        """Return a text without fields, or the default when the language has none."""
        return self.strings.get(key, default)

    def note(self, told: str) -> str | None:
        """Return a sentence of the extraction in this language, its fields too; None when the language has none."""
        for pattern, here in self.notes:
            if found := pattern.fullmatch(told):
                return here.format(**{name: self.note(words) or words for name, words in found.groupdict().items()})
        return None

    def count(self, key: str, n: int) -> str:
        """Return a number with its noun in the right plural form (CLDR cardinal rules)."""
        forms = self.counts[key]
        return forms[min(_form(self.lang, n), len(forms) - 1)].format(n=f"{n:,}".replace(",", "\u202f"))


def _form(lang: str, n: int) -> int:
    """Return the index of the plural form: one, few and many in East Slavic, else one and other."""
    if lang not in {"ru", "be", "uk"}:
        return 0 if n == 1 else 1
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else 2


def languages() -> list[str]:
    """Return the codes of the interface languages, sorted."""
    return sorted(path.stem for path in HERE.glob("*.toml"))


@functools.cache
def texts(lang: str) -> Texts:
    """Return the texts of a language, English for one that has none."""
    path = HERE / f"{lang if lang in languages() else DEFAULT}.toml"
    raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return Texts(
        path.stem,
        raw["text"],
        raw["count"],
        raw["months"],
        raw["months_short"],
        raw["months_alone"],
        raw["language"],
        raw.get("kind", {}),
        tuple(_templates(raw.get("note", {}))),
    )


def _pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of a sentence with {fields}; the fields "from" and "to" are days or years."""
    parts = re.split(r"\{(\w+)\}", template)
    days = {"from", "to"}
    fields = [f"(?P<{name}>{_DAY if name in days else '.+?'})" for name in parts[1::2]]
    texts = [re.escape(part) for part in parts[::2]]
    return re.compile("".join(each for pair in zip(texts, [*fields, ""], strict=True) for each in pair), re.DOTALL)


def _templates(notes: Mapping[str, str]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Yield the sentences as patterns, each also without the remark that some facts lack."""
    for told, here in notes.items():
        yield _pattern(told), here
        if REMARK in told:
            yield _pattern(told.replace(REMARK, "")), here.replace(REMARK, "")
