"""Compare names across spellings: folding, transliteration and a skeleton that survives both.

Official English texts write one Russian, Arabic or Turkish name in many ways (y/i/j, kh/h, iy/y/yy, doubled
letters, lost diacritics).  ``fold`` removes what a typist may drop; ``skeleton`` also removes what transliteration
schemes (BGN/PCGN, ALA-LC, ISO 9, Wikipedia's) disagree about.  Skeletons are for finding candidates; whoever uses
them must still ask whether exactly one person fits.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import accumulate, compress, count
from operator import not_
from typing import Any

# After BGN/PCGN, simplified; і ї є ґ ў ә ө ү ұ қ ғ ң һ serve Ukrainian, Belarusian and Kazakh names.
_CYRILLIC = str.maketrans(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўәөүұқғңһјљњћђџ",
            (
                *("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t"),
                *("u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"),
                *("i", "i", "ie", "g", "u", "a", "o", "u", "u", "k", "g", "n", "h", "j", "lj", "nj", "c", "dj", "dz"),
            ),
            strict=True,
        )
    )
)
_TRANSLITERATED = _CYRILLIC | str.maketrans(
    {"ł": "l", "ø": "o", "ə": "a", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
_CYRILLIC_WORD = re.compile("[\u0400-\u04ff]+")
_ADJECTIVE_END = re.compile("[иы]й$")  # Yury, Dobry
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # the usual combining characters
_NOT_IN_LINES = re.compile(r"[^a-z0-9\n]+")
_APOSTROPHES = re.compile("['’‘`´ʻʼʹʺ]")

# What transliteration schemes disagree about, by the letter that must be there; replaced in this order.
_SAME = (
    (
        "h",
        (
            *(("shch", "s"), ("sch", "s"), ("sh", "s"), ("tch", "c"), ("ch", "c"), ("dzh", "i"), ("zh", "i")),
            *(("kh", "h"), ("gh", "h"), ("ph", "f"), ("th", "t")),
        ),
    ),
    ("j", (("dj", "i"),)),
    ("c", (("ck", "k"),)),
    ("t", (("ts", "c"), ("tz", "c"))),
    ("o", (("ou", "u"), ("oo", "u"))),
)
_LETTER = str.maketrans({"q": "k", "w": "v", "y": "i", "j": "i", "x": "ks"})
_SOFT = (("iii", "i"), ("ii", "i"), ("ie", "e"), ("cio", "ce"), ("sio", "se"), ("iov", "ev"))
_DOUBLED = re.compile(r"([a-z])\1+")
_SILENT = re.compile(r"(?<=.)h(?![aeiou])|(?<=e)i$", re.MULTILINE)  # Fikh-, Shahk-; Sergei


SHORT_CAPITALS = 2  # "JD" stays, "PUTIN" becomes "Putin"
NUMERAL = frozenset("IVX")  # of monarchs and popes
SHORTEST_STEM = 2  # letters that a name keeps without its case ending


@functools.lru_cache(maxsize=60000)
def fold(text: str) -> str:
    """Return the text in lower-case ASCII words: transliterated, without marks, apostrophes, dots or hyphens."""
    if text.isascii() and text.isalpha():
        return text.lower()
    return _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", _latin(text))).strip()


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return every text folded; for thousands of them this is many times faster than one by one."""
    if "\n".join(texts).count("\n") != len(texts) - 1:
        return [fold(text) for text in texts]  # some text has line breaks of its own
    foreign = [text for text in texts if not text.isascii()]
    latin = dict(zip(foreign, _latin("\n".join(foreign)).split("\n"), strict=False))
    lines = "\n".join([latin[text] if text in latin else text.lower() for text in texts])
    return [line.strip() for line in _NOT_IN_LINES.sub(" ", _APOSTROPHES.sub("", lines)).split("\n")]


def _latin(text: str) -> str:
    """Return the text in small letters: transliterated, without marks."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", lowered.translate(_TRANSLITERATED)))
    return letters if letters.isascii() else "".join(c for c in letters if not unicodedata.combining(c))


def in_latin(name: str) -> str:
    """Return a Cyrillic name in Latin letters as English texts write it ("Юрий Власов" is "Yury Vlasov")."""
    return _CYRILLIC_WORD.sub(_word_in_latin, name)


def _word_in_latin(match: re.Match[str]) -> str:
    """Return a word transliterated, with its capital."""
    word = match.group()
    small = _ADJECTIVE_END.sub("y", word.lower()).replace("й", "y").translate(_CYRILLIC)
    return small[:1].upper() + small[1:] if word[:1].isupper() else small


@functools.lru_cache(maxsize=60000)
def skeleton(word: str) -> str:
    """Return what all usual transliterations of a word have in common ("Shoigu" and "Shoygu" give "soigu")."""
    return _bones(fold(word))


def skeletons(folded: Sequence[str]) -> list[str]:
    """Return the skeletons of folded words; for thousands of them this is many times faster than one by one."""
    return _bones("\n".join(folded)).split("\n") if folded else []


def _bones(bones: str) -> str:
    """Return the skeleton of a folded text, line by line."""
    for letter, spellings in _SAME:
        if letter in bones:
            for spelling, common in spellings:
                bones = bones.replace(spelling, common)
    bones = bones.translate(_LETTER)
    if "i" in bones:
        for spelling, common in _SOFT:
            bones = bones.replace(spelling, common)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", bones))


Cases = tuple[tuple[str, tuple[str, ...]], ...]  # ending of an oblique case -> endings of the nominative


def case_endings(topic: Mapping[str, Any]) -> Cases:
    """Return the case endings of ``people.toml``; none for a language without cases."""
    return tuple((ending, tuple(bases)) for ending, bases in topic.get("cases", {}).items())


def nominatives(word: str, cases: Cases) -> list[str]:
    """Return the word and every nominative that it may come from, by a table of case endings and their bases."""
    forms = [word]
    for ending, bases in cases:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            forms += [word[: len(word) - len(ending)] + base for base in bases]
    return forms


def written(words: Sequence[str]) -> str:
    """Return a name in the usual letters: "PUTIN" as "Putin", initials with their stops, numerals as they are."""
    return " ".join(
        word if place and _is_numeral(word, last=place == len(words) - 1) else _written(word)
        for place, word in enumerate(words)
    )


def _is_numeral(word: str, *, last: bool) -> bool:
    return set(word) <= NUMERAL and (len(word) > 1 or last)


def _written(word: str) -> str:
    if len(word) == 1 and word.isupper():
        return word + "."
    return word.title() if word.isupper() and len(word) > SHORT_CAPITALS else word


def same_word(one: str, other: str) -> bool:
    """Tell whether two words are spellings of one name."""
    return fold(one) == fold(other) or skeleton(one) == skeleton(other)


_GAP = re.compile("([^\\w\u0300-\u036f'’-]+)")  # an accent may be a character of its own
_POSSESSIVES = ("'s", "’s", "'S", "’S")
_EDGES = "-'’"
WRAP_SHORTEST, WRAP_LONGEST = 40, 100  # characters of a line that a mail program or typist broke


class Words:
    """The words of a text as parallel lists, so that rules can walk to the left and to the right.

    A word keeps inner hyphens and apostrophes ("Commander-in-Chief", "O'Neill"); a possessive 's belongs to the gap
    behind it.  Between two words stands one gap: ``gaps[i]`` follows ``words[i]``.
    """

    __slots__ = ("_loud", "gaps", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        """Cut the text once; splitting is the fastest way that the standard library has."""
        parts = _GAP.split(text)
        self.text = text
        self.words = parts[::2]
        self.gaps = parts[1::2]
        self.starts = list(accumulate(map(len, parts), initial=0))[::2]
        self._loud: list[int] | None = None
        for index in [*compress(count(), map(not_, map(str.isalnum, self.words)))]:
            self._trim(index)
        if "" in self.words[1:-1]:
            self._drop_empty()

    @property
    def loud(self) -> Sequence[int]:
        """Return the indexes of the words that are not in small letters throughout, in order."""
        if self._loud is None:
            self._loud = [*compress(count(), map(not_, map(str.islower, self.words)))]
        return self._loud

    def _drop_empty(self) -> None:
        """Leave out words of which nothing is left, such as the hyphen of a list; the gaps beside them become one."""
        words: list[str] = []
        starts: list[int] = []
        gaps: list[str] = []
        kept = 0
        empty = compress(count(1), map(not_, self.words[1:-1]))
        for index in (*empty, len(self.words)):
            words += self.words[kept:index]
            starts += self.starts[kept:index]
            gaps += self.gaps[kept:index]
            if index < len(self.words):
                gaps[-1] += self.gaps[index]
            kept = index + 1
        self.words, self.starts, self.gaps = words, starts, gaps

    def end(self, index: int) -> int:
        """Return where a word ends in the text."""
        return self.starts[index] + len(self.words[index])

    def gap(self, index: int) -> str:
        """Return the characters between a word and the next one, white space reduced to one blank.

        A blank line, or the end of a line that is not just wrapped, comes back as a line break.
        """
        if index < 0 or index >= len(self.gaps):
            return "\n"
        between = self.gaps[index]
        if between == " ":
            return between
        between = between.replace("’", "'")
        if "\n" in between:
            return self._over_lines(index, between)
        return " ".join(between.split()) if between.strip() else " "

    def _over_lines(self, index: int, between: str) -> str:
        """Return a blank for a soft line wrap, else a line break: wrapped lines are long, but not very long."""
        end = self.end(index) + between.index("\n")
        length = end - (self.text.rfind("\n", max(0, end - WRAP_LONGEST - 2), end) + 1)
        marked = between.rpartition("\n")[2].strip()  # a list mark or an opening quotation mark begins anew
        if marked or between.count("\n") > 1 or not WRAP_SHORTEST <= length <= WRAP_LONGEST:
            return "\n"
        return " ".join(between.split()) or " "

    def _trim(self, index: int) -> None:
        """Move a possessive, then hyphens and apostrophes from the edges of a word into the gaps beside it."""
        word = self.words[index]
        if index < len(self.gaps) and word.endswith(_POSSESSIVES):
            self.gaps[index] = word[-2:] + self.gaps[index]
            word = self.words[index] = word[:-2]
        if word[-1:] not in _ODD and word[:1] not in _ODD:
            return
        bare = word.strip(_EDGES)
        left = len(word) - len(word.lstrip(_EDGES)) if bare else 0
        right = len(word) - left - len(bare)
        self.words[index] = bare
        self.starts[index] += left
        if index:
            self.gaps[index - 1] += word[:left]
        if index < len(self.gaps):
            self.gaps[index] = word[len(word) - right :] + self.gaps[index]


_ODD = frozenset(_EDGES)


@functools.lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """Return the words of a text; the last few texts are remembered, since several steps ask for the same one."""
    return Words(text)
