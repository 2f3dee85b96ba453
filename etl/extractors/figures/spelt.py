"""Read numbers in words: "three million", "half a billion", "every eighth", "tens of thousands"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.extractors.figures.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_GLUE = re.compile(r"[ \u00a0\u202f-]{0,2}(?:\n[ \t]{0,16})?")  # also over the end of an indented line
_NEXT = re.compile(r"[ \u00a0]?\n[ \t]{0,16}|[ \u00a0]{1,2}|-")


@dataclass(slots=True)
class Numeral:
    """A number in the text: ``low`` = ``high`` except for vague magnitudes; ``scale`` = its magnitude word."""

    start: int
    end: int
    low: float
    high: float
    scale: float = 1.0
    form: str = "digits"  # digits words fraction vague multiple
    grouped: bool = False  # written with thousands separators
    decimal: bool = False

    @property
    def base(self) -> float:
        """Return the number without its magnitude word: 44 of "44 billion"."""
        return self.low / self.scale


def words(text: str, start: int, vocabulary: Vocabulary) -> Numeral | None:
    """Return the number that the word beginning here spells, or None."""
    word = _WORD.match(text, start)
    if word is None:
        return None
    first = word.group().lower()
    if (share := _share(text, word, vocabulary)) is not None:
        return share
    if first in vocabulary.multiples:
        value = vocabulary.multiples[first]
        return Numeral(start, word.end(), value, value, form="multiple")
    if first in vocabulary.vague:
        return _vague(text, word, vocabulary)
    if first in vocabulary.fractions:
        return _fraction_word(text, word, 1.0, vocabulary)
    return _compound(text, word, vocabulary)


def _share(text: str, word: re.Match[str], vocabulary: Vocabulary) -> Numeral | None:
    """Return "every eighth" or "a fifth part" as a fraction."""
    first = word.group().lower()
    if first not in vocabulary.each and first not in vocabulary.ordinals:
        return None
    following = _WORD.match(text, word.end() + 1)
    second = following.group().lower() if following else ""
    below = vocabulary.ordinals.get(second if first in vocabulary.each else first * (second in vocabulary.part_nouns))
    if following is None or below is None or not text[word.end()].isspace():
        return None
    thing = _WORD.match(text, following.end() + 1)
    if thing is None or thing.group().lower() in vocabulary.topic["guards"]["each_not"]:
        return None  # every third day, the fifth part of the film
    return Numeral(word.start(), following.end(), 1 / below, 1 / below, form="fraction")


def _vague(text: str, word: re.Match[str], vocabulary: Vocabulary) -> Numeral | None:
    low, high = vocabulary.vague[word.group().lower()]
    numeral = Numeral(word.start(), word.end(), low, high, form="vague")
    while (found := vocabulary.vague_link.match(text, numeral.end)) and found.group(1).lower() in vocabulary.vague:
        factor = vocabulary.vague[found.group(1).lower()][0]
        numeral.low, numeral.high, numeral.end = numeral.low * factor, numeral.high * factor, found.end()
    return numeral


def _fraction_word(text: str, word: re.Match[str], above: float, vocabulary: Vocabulary) -> Numeral | None:
    """Return "half", "two-thirds", "half a billion", "a quarter million"."""
    value = above * vocabulary.fractions[word.group().lower()]
    numeral = Numeral(word.start(), word.end(), value, value, form="fraction")
    gap = vocabulary.half_of.match(text, numeral.end)
    if gap and (scale := vocabulary.scale_word.match(text, gap.end())):
        factor = vocabulary.scale(scale.group())
        numeral = Numeral(word.start(), scale.end(), value * factor, value * factor, factor, "words")
    return numeral


def _compound(text: str, word: re.Match[str], vocabulary: Vocabulary) -> Numeral | None:
    """Return a number in words: "three million", "one hundred and seventy-two"."""
    total = current = 0.0
    end, scale, last = word.start(), 1.0, ""
    position: int | None = word.start()
    while position is not None and (found := _WORD.match(text, position)) is not None:
        name = found.group().lower()
        if name in vocabulary.values:
            value = vocabulary.values[name]
            if last == "value" and not (current % 100 >= 20 and current % 10 == 0 and 0 < value < 10):
                break
            current, last = current + value, "value"
        elif (factor := _scale_of(name, vocabulary)) is not None:
            scale = factor
            if factor == 100:
                current = max(current, 1.0) * factor
            else:
                total, current = total + max(current, 1.0) * factor, 0.0
            last = "scale"
        elif name in vocabulary.fractions and last == "value" and current < 10 and not total:
            return _with_start(_fraction_word(text, found, current, vocabulary), word.start())
        else:
            break
        end = found.end()
        position = _next_word(text, end, last, vocabulary)
    value = total + current
    if end == word.start():
        return None
    start = _article(text, word, vocabulary)
    if (
        start == word.start()
        and _scale_of(word.group().lower(), vocabulary) is not None
        and _vaguely(text, start, vocabulary)
    ):
        return None  # "several billion": nobody can say how much
    numeral = Numeral(start, end, value, value, scale, "words")
    _half(text, numeral, vocabulary)
    if last == "value" and not total and current < 1000:
        add_scale(text, numeral, vocabulary)
    return numeral


def _vaguely(text: str, start: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a magnitude stands behind "several", "many" or "multi-"."""
    before = text[max(0, start - 24) : start].lower().replace("-", " ").split()
    while before and before[-1] in vocabulary.scales:
        before.pop()
    return bool(before) and before[-1] in vocabulary.topic["parts"]["vague_before"]


def _article(text: str, word: re.Match[str], vocabulary: Vocabulary) -> int:
    """Return where the number begins: at the article of "a thousand"."""
    if _scale_of(word.group().lower(), vocabulary) is not None:
        for article in vocabulary.topic["parts"]["article"]:
            start = word.start() - len(article) - 1
            if (
                start >= 0
                and text[start : word.start() - 1].lower() == article
                and not text[start - 1 : start].isalnum()
            ):
                return start
    return word.start()


def _with_start(numeral: Numeral | None, start: int) -> Numeral | None:
    if numeral is not None:
        numeral.start = start
    return numeral


def _scale_of(name: str, vocabulary: Vocabulary) -> float | None:
    if name in vocabulary.scales:
        return vocabulary.scales[name]
    for length in range(len(name), max(2, len(name) - 6), -1):
        if name[:length] + "*" in vocabulary.scales:
            return vocabulary.scales[name[:length] + "*"]
    return None


def _next_word(text: str, end: int, last: str, vocabulary: Vocabulary) -> int | None:
    """Return where the number's next word begins: after a space, a hyphen, or "and" after a magnitude."""
    gap = _NEXT.match(text, end)
    if gap is None:
        return None
    word = _WORD.match(text, gap.end())
    if word is None or word.group().lower() not in vocabulary.topic["parts"]["and"]:
        return gap.end()
    if last != "scale" or gap.group() == "-":
        return None
    following = _WORD.match(text, word.end() + 1)
    known = following is not None and following.group().lower() in vocabulary.values
    return word.end() + 1 if known else None


def _half(text: str, numeral: Numeral, vocabulary: Vocabulary) -> None:
    """Add "and a half" to a small number."""
    if numeral.low < 100 and (found := vocabulary.and_a_half.match(text, numeral.end)):
        numeral.low = numeral.high = numeral.low + 0.5
        numeral.end, numeral.decimal = found.end(), True
        add_scale(text, numeral, vocabulary)


def add_scale(text: str, numeral: Numeral, vocabulary: Vocabulary) -> None:
    """Multiply by the magnitudes that follow: "4 hundred million", "2.4trln", "15k"."""
    for _ in range(3):
        gap = _GLUE.match(text, numeral.end)
        position = gap.end() if gap else numeral.end
        if (found := vocabulary.scale_word.match(text, position)) is not None:
            factor, end = vocabulary.scale(found.group()), found.end()
            if found.group().endswith(".") and not abbreviates(text, end):
                end -= 1
        elif (mark := _WORD.match(text, position)) is not None and mark.group() in vocabulary.scale_marks:
            glued = position == numeral.end
            if not glued and len(mark.group()) == 1:
                return
            factor, end = vocabulary.scale_marks[mark.group()], mark.end()
            if text[end : end + 1].isdigit():
                return
        else:
            return
        numeral.low, numeral.high, numeral.scale = numeral.low * factor, numeral.high * factor, numeral.scale * factor
        numeral.end = end


def abbreviates(text: str, end: int) -> bool:
    """Tell whether the full stop before ``end`` belongs to an abbreviation: a small letter or a sign goes on."""
    following = text[end : end + 3].lstrip()
    return bool(following) and (following[0].islower() or following[0] in "$€,;)")
