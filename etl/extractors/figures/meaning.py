"""Find out what a figure measures: an indicator of the lexicon, or a readable label from the text.

Indicators are files in ``lexicon/indicators``; each lists its names and the kinds of unit that it can be
stated in.  The name nearest to the figure in its sentence wins; one before the figure counts as nearer,
one behind another figure as farther.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.errors import LexiconError
from etl.extractors.figures.records import Quantity
from etl.extractors.figures.vocabulary import FALLBACK, Vocabulary
from etl.extractors.figures.vocabulary.phrases import Wording, anchor, small
from etl.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE_MARK = re.compile(r"[;:—]|, ")
_NEXT_CLAUSE = re.compile(r";|, ")
_OF_WORDS, _WHOLE = 3, 40  # words and characters between a share and what it is a share of
_CLOSE = 5  # the distance of a name straight behind a counted noun
_BLANK = " \n\u00a0"
_CLAUSE_END = re.compile(r"[^\w\s$€£¥~≈+-]")
_OPENING = '"“„«‘('  # behind these a sentence may begin
_APOSTROPHE = re.compile(r"['’]")
_AHEAD = 90  # characters behind a figure in which its label is looked for
_LABEL_WORDS, _VERB_REACH = 4, 5  # words of a label; words between its verb and the figure
_BEHIND, _CROSSING, _CLAUSE, _COMMA, _FARTHEST = 25, 45, 30, 12, 120
_NEAR_BEHIND = 48  # characters between a figure and a name behind it


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an indicator."""

    wording: Wording
    indicator: str  # "" of words that hold a name and mean something else: the company's debt
    units: frozenset[str]
    context: tuple[str, ...]  # one of these must stand in the sentence, if there are any
    beside: bool  # it counts only straight behind the figure: 65% complete


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one language, indexed by the first letters of their first word."""

    index: Mapping[str, Sequence[Name]]  # by the first word without its ending, the longer names first
    anchor: re.Pattern[str]  # these words in a text in small letters, with the sign before each
    units: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a sentence."""

    start: int
    end: int
    name: Name


def indicator_names(lexicon: Lexicon, lang: str) -> Names:
    """Return the names of all indicators in a language (a builder for ``lexicon.once_in``)."""
    index: dict[str, list[Name]] = {}
    units: dict[str, frozenset[str]] = {}
    for identifier, entry in sorted(lexicon.indicators.items()):
        _check(identifier, entry)
        units[identifier] = frozenset(stem(unit) for unit in entry["units"])
        context = tuple(entry.get("context", {}).get(lang, ()))
        beside = entry.get("beside", {}).get(lang, [])
        names = [
            Name(Wording.of(phrase), identifier, units[identifier], context, phrase in beside)
            for phrase in sorted({*entry["names"].get(lang, []), *beside})
        ]
        others = sorted(entry.get("others", {}).get(lang, ()))
        names += [Name(Wording.of(phrase), "", frozenset(), (), beside=False) for phrase in others]
        for name in names:
            index.setdefault(name.wording.parts[0][0], []).append(name)
    inflected = {word: [name for name in names if name.wording.parts[0][1]] for word, names in index.items()}
    for word, names in index.items():
        for length in range(1, len(word)):
            names.extend(inflected.get(word[:length], ()))
        names.sort(key=lambda name: -sum(len(word) + 2 for word, _ in name.wording.parts))
    labels = {identifier: entry["name"][FALLBACK] for identifier, entry in lexicon.indicators.items()}
    return Names(index, anchor(index, whole=False), units, labels)


def _check(identifier: str, entry: Mapping[str, object]) -> None:
    """Raise LexiconError when an indicator file lacks what every indicator needs."""
    for key in ("name", "names", "units"):
        if not entry.get(key):
            hint = "say [name] en, [names] en and ru, and the units that a value can have"
            raise LexiconError(f"indicators/{identifier}.toml", f"{key!r} is missing", hint)


@functools.cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of the words of which one must stand beside a name, made when the name is met."""
    body = "|".join(re.escape(one).replace(r"\*", r"[^\W\d_]{0,5}").replace(r"\ ", r"\s+") for one in phrases)
    return re.compile(rf"(?<![^\W_])(?:{body})(?![^\W_])", re.IGNORECASE)


def _in_title(written: str) -> bool:
    """Tell whether a capital letter within the sentence makes the words a part of a name: the Budget Office."""
    first = written.partition(" ")[0]
    return first[:1].isupper() and not first.isupper()


def stem(word: str) -> str:
    """Return what inflected forms of a Russian word share; other words as they are."""
    return word[:5] + "*" if len(word) > 5 and "а" <= word[0].lower() <= "я" else word


def hits(text: str, start: int, end: int, names: Names) -> list[Hit]:
    """Return the indicator names in [start, end) in order; they may overlap."""
    out: list[Hit] = []
    low = small(text[start:end])
    for found in names.anchor.finditer(low):
        place = found.start() + 1
        for name in names.index[found.group()[1:]]:
            stop = name.wording.end(low, place)
            written = text[start + place - 1 : start + stop - 1]
            first = place == 1 or text[start + place - 2] in _OPENING
            if stop < 0 or (not first and _in_title(written)):
                continue
            if not name.context or _any_of(name.context).search(text, start, end):
                out.append(Hit(start + place - 1, start + stop - 1, name))
    return _without_others(out)


def _without_others(found: list[Hit]) -> list[Hit]:
    """Return the hits without the names in words that mean something else."""
    others = [hit for hit in found if not hit.name.indicator]
    if not others:
        return found
    return [hit for hit in found if not any(other.start <= hit.start and hit.end <= other.end for other in others)]


def unit_classes(quantity: Quantity) -> frozenset[str]:
    """Return the words by which an indicator file may allow the quantity's unit."""
    if quantity.unit is None:
        if quantity.form == "fraction":
            return frozenset(("percent", "share"))
        head = quantity.noun.split()[-1:]
        return frozenset(stem(noun.lower()) for noun in (quantity.noun, *head)) if head else frozenset(("number",))
    classes = {quantity.kind, quantity.unit.name}
    if quantity.per:
        classes |= {f"{name} per {quantity.per}" for name in (quantity.unit.name, quantity.kind)} | {
            f"{quantity.kind} per"
        }
        if quantity.kind == "money":  # a price; ten tonnes a year are still tonnes
            classes -= {quantity.kind, quantity.unit.name}
    return frozenset(classes)


def choose(text: str, quantity: Quantity, found: list[Hit], others: list[Quantity], words: Vocabulary) -> Hit | None:
    """Return the hit that the quantity measures, or None."""
    classes = unit_classes(quantity)
    low = bisect_left(found, quantity.start - _FARTHEST, key=lambda hit: hit.start)
    high = bisect_left(found, quantity.end + _FARTHEST, key=lambda hit: hit.start)
    shares = [one for one in (*others, quantity) if one.kind == "share" or one.form == "fraction"]
    degree = text[quantity.end : quantity.end + _WHOLE].lower().split()[:1]
    adjective = bool(degree) and degree[0].strip(".,") in words.topic["parts"]["degrees"]  # 94 percent effective
    fitting = [
        hit
        for hit in found[low:high]
        if classes & hit.name.units
        and (hit.name.beside or not adjective)
        and not any(_is_whole(text, share, hit, words) for share in shares)
    ]
    best: tuple[int, int, Hit] | None = None
    for hit in fitting:
        cost = _distance(text, quantity, hit, others)
        ranked = (cost, hit.start - hit.end, hit)
        if cost <= _FARTHEST and (best is None or ranked[:2] < best[:2]):
            best = ranked
    return best[2] if best else None


def _is_whole(text: str, share: Quantity, hit: Hit, words: Vocabulary) -> bool:
    """Tell whether a name is what a share is a part of: "2 percent of GDP" is no figure of GDP."""
    if not share.end < hit.start <= share.end + _WHOLE:
        return False
    gap = text[share.end : hit.start].lower().split()
    if share.form == "fraction" and not gap:
        return True  # every eighth resident
    if words.topic["style"]["genitive_counts"]:
        return not gap and text[hit.start : hit.end].lower() in words.topic["parts"]["whole"]
    return 0 < len(gap) <= _OF_WORDS and gap[0] in words.topic["parts"]["of"]


def names_growth(text: str, hit: Hit, words: Vocabulary) -> bool:
    """Tell whether a name means the growth of what has levels in money: "the growth forecast"."""
    if "money" not in hit.name.units:
        return False
    return any(words.change.get(word) == "up" for word in text[hit.start : hit.end].lower().split())


def set_growth(quantity: Quantity, words: Vocabulary) -> None:
    """Make a percentage behind a name of growth a growth rate: "the growth forecast was 2.4 percent"."""
    if quantity.unit == words.percent and quantity.transformation == "level" and quantity.low > 0:
        quantity.direction, quantity.transformation = "up", "growth_rate"


def _distance(text: str, quantity: Quantity, hit: Hit, others: list[Quantity]) -> int:
    """Return how far a name is from the quantity; one behind another quantity belongs to that one."""
    apart_from = hit.name.beside and text[quantity.end : hit.start] not in (" ", "\u00a0")
    part = quantity.form == "fraction" and quantity.label
    if apart_from or part:  # a fifth of what is made goes to export
        return _FARTHEST + 1
    if hit.end <= quantity.start:
        apart = _CLAUSE * bool(_CLAUSE_MARK.search(text, hit.end, quantity.start))
        apart += _CROSSING * 2 * (";" in text[hit.end : quantity.start])
        apart += _COMMA * text.count(", ", hit.end, quantity.start)
        return quantity.start - hit.end + apart + _CROSSING * _between(others, hit.end, quantity.start)
    if _between(others, quantity.end, hit.start):
        return _FARTHEST + 1
    if hit.start - quantity.end > _NEAR_BEHIND or _NEXT_CLAUSE.search(text, quantity.end, hit.start):
        return _FARTHEST + 1
    if quantity.noun and text[quantity.end : hit.start] in (" ", "\u00a0"):
        return _CLOSE  # 23 soldiers killed: what the counted noun itself names stands back
    apart = _CLAUSE * bool(_CLAUSE_MARK.search(text, quantity.end, hit.start))
    return max(0, hit.start - quantity.end) + apart + _BEHIND


def _between(others: list[Quantity], start: int, end: int) -> int:
    """Return how many quantities begin in [start, end)."""
    first = bisect_left(others, start, key=lambda other: other.start)
    return bisect_left(others, end, key=lambda other: other.start) - first


# ------------------------------------------------------------------ labels
def label(text: str, quantity: Quantity, low: int, high: int, vocabulary: Vocabulary) -> str:
    """Return a readable name of what is measured: the counted noun, the phrase behind or before, else its kind."""
    if quantity.label:
        return _filled(text, quantity, high, vocabulary)
    kinds = vocabulary.topic["labels"]
    if quantity.kind in ("time", "age"):
        return str(kinds[quantity.kind])
    start = min(quantity.start, quantity.hedged_from) if quantity.hedged_from >= 0 else quantity.start
    words = list(_WORD.finditer(text, quantity.end, min(high, quantity.end + _AHEAD)))
    found = (
        _attributive(text, start, quantity.end, words, vocabulary)
        or _linked(text, quantity.end, words, vocabulary)
        or _purpose(text, start, low, vocabulary)
        or _subject(text, start, quantity, low, vocabulary)
    )
    return found or str(kinds.get(quantity.kind, kinds["other"]))


def _purpose(text: str, start: int, low: int, vocabulary: Vocabulary) -> str:
    """Return what an amount is spent on where that stands before it."""
    found = vocabulary.purpose.search(text, max(low, start - _AHEAD), start)
    return found.group(1).strip() if found else ""


def _filled(text: str, quantity: Quantity, high: int, vocabulary: Vocabulary) -> str:
    """Return the label of a count; one that says little alone takes in what follows: "units of new equipment"."""
    words = list(_WORD.finditer(text, quantity.end, min(high, quantity.end + _AHEAD)))
    if text.startswith("-", quantity.number[1]):  # a 25-person group
        return _attributive(text, quantity.start, quantity.end, words, vocabulary) or quantity.label
    if quantity.label.split()[-1].lower() not in vocabulary.topic["nouns"]["generic"]:
        return quantity.label
    if not words or words[0].group().lower() not in vocabulary.topic["parts"]["of"]:
        return quantity.label
    more = _linked(text, quantity.end, words, vocabulary)
    return f"{quantity.label} {words[0].group()} {more}" if more else quantity.label


def _attributive(text: str, start: int, end: int, words: Sequence[re.Match[str]], vocabulary: Vocabulary) -> str:
    """Return the noun of "a $20 billion deal", which an article before the amount proves; of a change, what changed."""
    before = text[max(0, start - 12) : start].split()
    if not before or before[-1].lower() not in vocabulary.determiners or not words:
        return ""
    if text[end : words[0].start()] not in (" ", "-", "\u00a0"):
        return ""
    if words[0].group().lower() in vocabulary.topic["change"]["after"]:
        return _linked(text, words[0].end(), words[1:], vocabulary)
    return _phrase(text, words, vocabulary)


def _linked(text: str, end: int, words: Sequence[re.Match[str]], vocabulary: Vocabulary) -> str:
    """Return the noun phrase of "$500 million in direct budget support", "$5 billion worth of weapons"."""
    links = vocabulary.topic["nouns"]["label_links"]
    for count in (2, 1):
        link = " ".join(word.group().lower() for word in words[:count])
        if len(words) > count and link in links and not text[end : words[0].start()].strip():
            return _phrase(text, words[count:], vocabulary)
    return ""


def _phrase(text: str, words: Sequence[re.Match[str]], vocabulary: Vocabulary) -> str:
    """Return the words up to the first that belongs to no noun phrase, without articles at the head."""
    chosen: list[re.Match[str]] = []
    for word in words:
        low = word.group().lower()
        if chosen and (low in vocabulary.label_stop or text[chosen[-1].end() : word.start()].strip(_BLANK)):
            break
        if low in vocabulary.label_skip:
            continue
        if low in vocabulary.label_stop:
            break
        chosen.append(word)
        if len(chosen) == _LABEL_WORDS:
            break
    return " ".join(word.group() for word in chosen)


def _subject(text: str, hedged: int, quantity: Quantity, low: int, vocabulary: Vocabulary) -> str:
    """Return the noun phrase before the verb or "of" that leads to the figure: "the budget is ...", "a load of ..."."""
    end = quantity.number[0]
    words = list(_WORD.finditer(text, max(low, end - _AHEAD), end))
    plain = [_APOSTROPHE.split(word.group().lower(), maxsplit=1)[0] for word in words]
    index = len(words) - 1
    if quantity.form != "multiple":  # "doubled" is the verb itself
        index = _leading_word(plain, sum(word.start() < hedged for word in words) - 1, vocabulary)
    while index >= 0 and (plain[index] in vocabulary.verbs or plain[index] in vocabulary.label_stop):
        following = words[index + 1].start() if index + 1 < len(words) else end
        if plain[index] in vocabulary.pronouns or _CLAUSE_END.search(text, words[index].end(), following):
            return ""  # "it was": the words before that belong to something else
        index -= 1
    first = last = index
    links = vocabulary.topic["nouns"]["label_through"]
    closed = vocabulary.label_stop | vocabulary.verbs
    while first >= 0 and last - first < _LABEL_WORDS + 2:
        if plain[first] in closed and not (first < last and _joins(plain[: first + 1], links, closed, vocabulary)):
            break
        if first < last and text[words[first].end() : words[first + 1].start()].strip(_BLANK):
            break
        first -= 1
    chosen = [word.group() for word in words[first + 1 : last + 1]]
    heads = (*links, *vocabulary.topic["change"]["articles"])
    while chosen and chosen[0].lower() in heads:
        del chosen[0]
    return " ".join(chosen)


def _joins(words: Sequence[str], links: Sequence[str], closed: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Tell whether the last word holds a noun phrase together: "of" behind a noun, or "the" behind "of"."""
    if len(words) > 1 and words[-1] in vocabulary.topic["change"]["articles"]:
        return words[-2] in links
    return len(words) > 1 and words[-1] in links and words[-2] not in closed


def _leading_word(words: Sequence[str], last: int, vocabulary: Vocabulary) -> int:
    """Return the place of the word that leads to the figure behind ``last``: a verb, or straight before it "to"."""
    prepositions = (*vocabulary.topic["change"]["level"], *vocabulary.topic["parts"]["of"])
    if last >= 0 and words[last] in prepositions:
        return last
    for index in range(len(words) - 1, max(-1, len(words) - 1 - _VERB_REACH), -1):
        if words[index] in vocabulary.verbs and words[index] not in prepositions:
            return index
    return -1
