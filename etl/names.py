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
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ə": "a", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['’‘`´ʻʼʹʺ]")

# What transliteration schemes disagree about, replaced in this order in a folded word.
_SAME = (
    *(("shch", "s"), ("sch", "s"), ("sh", "s"), ("tsch", "c"), ("tch", "c"), ("ch", "c"), ("ts", "c"), ("tz", "c")),
    *(("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"), ("gh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k")),
    *(("q", "k"), ("x", "ks"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("y", "i"), ("j", "i"), ("iii", "i"), ("ii", "i")),
    *(("ie", "e"), ("cio", "ce"), ("sio", "se"), ("iov", "ev")),
)
_DOUBLED = re.compile(r"([a-z])\1+")
_SILENT = re.compile(r"(?<=.)h(?![aeiou])|(?<=e)i$")  # Fikh-, Shahk-; Sergei


@functools.lru_cache(maxsize=60000)
def fold(text: str) -> str:
    """Return the text in lower-case ASCII words: transliterated, without marks, apostrophes, dots or hyphens."""
    if text.isascii():
        lowered = text.lower()
    else:
        lowered = text.lower().translate(_CYRILLIC).translate(_LETTERS)
        lowered = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", lowered)).strip()


@functools.lru_cache(maxsize=60000)
def skeleton(word: str) -> str:
    """Return what all usual transliterations of a word have in common ("Shoigu" and "Shoygu" give "soigu")."""
    bones = fold(word)
    for spelling, common in _SAME:
        if spelling in bones:
            bones = bones.replace(spelling, common)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", bones))


def same_word(one: str, other: str) -> bool:
    """Tell whether two words are spellings of one name."""
    return fold(one) == fold(other) or skeleton(one) == skeleton(other)
