"""Find what is counted: the noun phrase behind a number, without a tagger.

English shows the head by its plural ("28 union programs", "two new jets"); after "one" the phrase ends
where a function word begins.  Russian shows it by the genitive ("28 союзных программ"), so the phrase is
the words up to the first function word, verb or mark, at most three.  No noun found = no noun given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from etl.extractors.figures.records import Quantity
from etl.extractors.figures.vocabulary import Vocabulary
from etl.lexicon import Lexicon

_WORDS = re.compile(
    r"(?:[ \u00a0-]|(?:\s{1,4}|[ \t]?\n[ \t]{0,16})(?=[^\W\d_]))?"
    r"((?:(?:[A-Z]\.){2,4}|[^\W_]|[’'-](?=[^\W_])){1,48})"
)
_HANGING = re.compile(
    r"-(?:, | )(?:[^\W_]{1,4} )?(?:[^\W_]{1,12}-(?:, | )(?:[^\W_]{1,4} )?){0,3}[^\W_]{1,12}-([^\W\d_]{3,20})(?![\w-])"
)
_REACH = 5
_BEFALLEN = 40  # characters before a number in which it is told what befell people
Counted = tuple[str, str, int]
_SINGLE = 3  # words of a phrase behind "one"
_FULL_LINE = 48  # characters of a line that may go on in the next one


@dataclass(frozen=True, slots=True)
class NounWords:
    """The closed word classes that end or shape a noun phrase."""

    irregular: frozenset[str]
    singular: Mapping[str, str]
    not_plural: frozenset[str]
    stop: frozenset[str]
    joins: frozenset[str]
    verb_endings: tuple[str, ...]
    adjective_endings: tuple[str, ...]
    plural: re.Pattern[str]
    endings: tuple[tuple[str, str], ...]  # of plurals, with those of their singulars
    further: frozenset[str]
    attributive: frozenset[str]
    single: frozenset[str]


def noun_words(lexicon: Lexicon, lang: str) -> NounWords:
    """Return the noun lists of a language that has figures (a builder for ``lexicon.once_in``)."""
    table: Mapping[str, object] = lexicon.topic(lang, "numbers")["nouns"]

    def listed(key: str) -> frozenset[str]:
        values = table.get(key, [])
        return frozenset(values if isinstance(values, list) else [])

    singular = table.get("singular", {})
    return NounWords(
        listed("plural_irregular"),
        singular if isinstance(singular, dict) else {},
        listed("not_plural"),
        listed("stop"),
        listed("joins"),
        tuple(sorted(listed("verb_endings"))),
        tuple(sorted(listed("adjective_endings"))),
        re.compile(str(table["plural"])),
        tuple((ending, other) for ending, other in cast("list[list[str]]", table["singular_endings"])),
        listed("further"),
        listed("attributive"),
        listed("single"),
    )


def counted(text: str, number: tuple[int, int], value: float, words: NounWords, vocabulary: Vocabulary) -> Counted:
    """Return (unit, label, end) of the noun phrase that follows a number; ("", "", end) when there is none."""
    start, end = number
    chain = _chain(text, end, words)
    while len(chain) > 1 and chain[0][0].lower() in words.further:
        chain = chain[1:]
    if chain and chain[0][0].lower() in vocabulary.topic["words"]:
        return "", "", end  # down from 60,000 two years ago
    if chain and vocabulary.topic["style"]["genitive_counts"]:
        return _genitive(chain, end, words)
    if (hanging := _HANGING.match(text, end)) is not None:  # four-, five- and six-cylinder engines
        return hanging.group(1), hanging.group(1), end
    if chain and text[end] == "-":  # an 11-member council, but not two-for-one
        return (chain[0][0], *chain[0]) if "-" not in chain[0][0] else ("", "", end)
    if chain and (_in_bracket(text, start, chain[0]) or (_attributive(chain, words) and value > 1)):
        return (chain[0][0], *chain[0])
    head = _head(chain, words) if value != 1 else _single(text, start, chain, words, vocabulary)
    return _phrase(chain, head, end, words)


def _in_bracket(text: str, start: int, word: tuple[str, int]) -> bool:
    """Tell whether a number and its letters fill a pair of brackets: (0.5 WAR)."""
    return word[0].isupper() and text[word[1] : word[1] + 1] == ")" and text[start - 1 : start] == "("


def _attributive(chain: list[tuple[str, int]], words: NounWords) -> bool:
    """Tell whether a singular describes the noun behind it: an 11 member council."""
    return len(chain) > 1 and chain[0][0] in words.attributive


def _phrase(chain: list[tuple[str, int]], head: int, end: int, words: NounWords) -> Counted:
    """Return (unit, label, end) of the phrase up to its head; ("", "", end) for the head -1."""
    if head < 0:
        return "", "", end
    phrase = [word for word, _ in chain[: head + 1]]
    unit = " ".join([*phrase[:-1], singular(phrase[-1], words)])
    return unit, " ".join(phrase), chain[head][1]


def count_people(
    text: str, quantity: Quantity, others: list[Quantity], words: NounWords, vocabulary: Vocabulary
) -> bool:
    """Count people where a word of what befell them stands beside a bare number: "killing 12", "60 wounded"."""
    start, end = quantity.number
    behind = vocabulary.people_behind.match(text, end)
    if quantity.form == "words" and quantity.low == 1:
        return False  # no one was hurt
    if behind is not None and not vocabulary.topic["style"]["genitive_counts"]:  # 32 wounded servicemen
        chain = _chain(text, behind.end(), words)
        unit, label, stop = _phrase(chain, _head(chain, words), behind.end(), words)
        if unit:
            quantity.noun, quantity.label, quantity.end = unit, label, stop
            return True
    if behind is None:
        following = _WORDS.match(text, end)
        alone = following is None or following.group(1).lower() in words.stop
        if not alone or not vocabulary.people_before.search(text, max(0, start - _BEFALLEN), start):
            return False
    table = vocabulary.topic["people"]
    same = next((one for one in others if one.noun.split()[-1:] and one.noun.split()[-1] in table["nouns"]), None)
    quantity.noun, quantity.label = (same.noun, same.label) if same else (table["noun"], table["noun"])
    return True


def _chain(text: str, end: int, words: NounWords) -> list[tuple[str, int]]:
    """Return the next words with their ends, up to a mark, a function word or another number."""
    chain: list[tuple[str, int]] = []
    position = end
    if text[end : end + 1] == "\n" and not _wraps(text, end):
        return chain
    while len(chain) < _REACH and (found := _WORDS.match(text, position)) is not None:
        word = found.group(1)
        if word.lower() in words.joins and chain and _plural_follows(text, found.end(), words):
            chain.append((word, found.end()))
            position = found.end()
            continue
        if word.lower() in words.stop or (not chain and found.start(1) == end):
            break
        if word[0].isdigit() and not any(sign.isalpha() for sign in word) and chain == []:
            break
        chain.append((word, found.end()))
        position = found.end()
        if text[position : position + 1] not in (" ", "\u00a0") and not _wraps(text, position):
            break
    return chain


def _wraps(text: str, position: int) -> bool:
    """Tell whether a line ends here only because it is full, and not as a row of a table does."""
    line = text[max(0, position - _FULL_LINE) : position]
    return text[position : position + 1] == "\n" and len(line) == _FULL_LINE and "\n" not in line


def _plural_follows(text: str, position: int, words: NounWords) -> bool:
    """Tell whether "and" stands inside the phrase: "digital and physical sales"."""
    for _ in range(2):
        found = _WORDS.match(text, position)
        if found is None or found.group(1).lower() in words.stop:
            return False
        if is_plural(found.group(1), words):
            return True
        position = found.end()
    return False


def _head(chain: list[tuple[str, int]], words: NounWords) -> int:
    """Return the place of the head: the first plural, or the second of two plurals side by side."""
    for index, (word, _) in enumerate(chain):
        if is_plural(word, words):
            following = chain[index + 1][0] if index + 1 < len(chain) else ""
            return index + 1 if following and word[:1].isupper() and is_plural(following, words) else index
    return -1


def _single(text: str, start: int, chain: list[tuple[str, int]], words: NounWords, vocabulary: Vocabulary) -> int:
    """Return the place of a noun that reports tell of singly, behind "one": one more drone; -1 for others.

    "One person" is a person killed or the like; without a word of that it is rhetoric.
    """
    for at, (word, end) in enumerate(chain[:_SINGLE]):
        if word.lower() in vocabulary.topic["people"]["nouns"]:
            told = vocabulary.people_behind.match(text, end)
            return at if told or vocabulary.people_before.search(text, max(0, start - _BEFALLEN), start) else -1
        if word.lower() in words.single:
            return at
    return -1


def is_plural(word: str, words: NounWords) -> bool:
    """Tell whether an English word looks like a plural noun."""
    low = word.lower()
    if low in words.irregular or low in words.singular:
        return True
    return (
        len(low) > 3
        and low not in words.not_plural
        and words.plural.match(low) is not None
        and "’" not in low
        and "'" not in low
    )


def singular(word: str, words: NounWords) -> str:
    """Return the singular of an English plural."""
    low = word.lower()
    if low in words.singular:
        return words.singular[low]
    if low in words.irregular:
        return word
    ending, other = next(((ending, other) for ending, other in words.endings if low.endswith(ending)), ("", ""))
    return word[: len(word) - len(ending)] + other if ending else word


def _genitive(chain: list[tuple[str, int]], end: int, words: NounWords) -> tuple[str, str, int]:
    """Take adjectives and the first word that is none."""
    for index, (word, stop) in enumerate(chain[:4]):
        if word.lower() in words.irregular or not word.lower().endswith(words.adjective_endings):
            phrase = " ".join(word for word, _ in chain[: index + 1])
            noun = word[:1].isalpha() and len(word) > 2 and not word.lower().endswith(words.verb_endings)
            return (phrase, phrase, stop) if noun else ("", "", end)
    word, stop = chain[min(len(chain), 4) - 1]
    return (word, word, stop) if len(word) > 6 else ("", "", end)
