"""Read the name of a person that begins at a word.

After an office or an honorific any unknown capitalised words are a name; elsewhere the first must be a known given
name, or the whole name must stand in the office book.
"""

from __future__ import annotations

from etl.extractors.people.reading import BLANK, Gender, Name, Text
from etl.extractors.people.vocabulary import HEAD, HONORIFIC, NEVER_IN_NAMES, NOUN, PARTICLE, SUFFIX
from etl.names import nominatives, skeleton

LONGEST = 5  # words of a name, particles not counted
INITIAL = 2  # letters of an initial: "Yu."
ACRONYM = 5  # letters; a longer word in capitals is a name in a heading


def read_name(text: Text, index: int, *, expected: bool) -> Name | None:
    """Return the name beginning at ``index``; ``expected`` after an office, an honorific or in a speaker's label."""
    start, gender = _honorifics(text, index) if text.kind(index) & HONORIFIC else (index, "")
    honoured = start > index
    expected = expected or honoured
    if not expected and not (text.capital(start) and text.vocabulary.opens_name(text.words[start])):
        return None
    last = _last_word(text, start, expected=expected)
    if last < start:
        return None
    words = tuple(text.words[i] for i in range(start, last + 1))
    if len(words) == 1 and text.kind(last + 1) & SUFFIX and text.gap(last) == BLANK:
        last += 1  # a monarch's numeral
        words = (*words, text.words[last])
    full = [word for word in words if len(word) > 1]
    if not full or (not expected and not _is_person(text, last, words)):
        return None
    last = _with_suffix(text, last)
    gender = gender or ("f" if len(full) > 1 and _sounds_female(text, full) else "")
    return Name(index, last, words, gender, honoured)


def _sounds_female(text: Text, full: list[str]) -> bool:
    """Tell whether the given name, or the ending of a Slavic surname, is a woman's: not that of «Олега Петрова»."""
    vocabulary = text.vocabulary
    if skeleton(full[0]) in vocabulary.female_names:
        return True
    declined = any(map(vocabulary.book.is_given, nominatives(full[0], vocabulary.cases)[1:]))
    return full[-1].endswith(vocabulary.female_surname_endings) and not declined


def _honorifics(text: Text, index: int) -> tuple[int, Gender]:
    """Return the index after any honorifics, and the gender that they tell."""
    gender: Gender = ""
    vocabulary = text.vocabulary
    last = index + LONGEST
    while index < last and text.kind(index) & HONORIFIC and text.gap(index) in {BLANK, ".", ","}:
        if text.gap(index) == "," or not text.capital(index + 1):
            break
        if not text.capital(index) and (text.kind(index) & HEAD or text.gap(index) == "."):
            break
        word = text.word(index)
        gender = gender or ("f" if word in vocabulary.female else "m" if word in vocabulary.male else "")
        index += 1
    return index, gender


def _last_word(text: Text, start: int, *, expected: bool) -> int:
    """Return the index of the last word of the name, or one before ``start``."""
    end, count, index = start - 1, 0, start
    loud = any(text.words[i].isupper() and len(text.words[i]) > INITIAL for i in range(max(0, start - 1), start + 1))
    while count < LONGEST:
        initial = text.gap(index) == "." and text.capital(index)
        if text.kind(index) & PARTICLE and not initial and not (text.capital(index) and count == 0 and not expected):
            following = index + 1
            if text.gap(index) != BLANK or not (text.capital(following) or text.kind(following) & PARTICLE):
                break
            index = following
            continue
        if not _fits(text, start, index, loud=loud, expected=expected):
            break
        if count > 1 and _is_complete(text, start, end, index):
            break
        end, count = index, count + 1
        if not _goes_on(text, index):
            break
        index += 1
    return end


def _is_complete(text: Text, start: int, end: int, index: int) -> bool:
    """Tell whether the name told so far is known and one more word would make it unknown (a verb in a headline)."""
    if len(text.words[index]) == 1:
        return False
    known = text.vocabulary.book.person
    told, more = " ".join(text.words[start : end + 1]), " ".join(text.words[start : index + 1])
    return known(told) is not None and known(more) is None


def _fits(text: Text, start: int, index: int, *, loud: bool, expected: bool) -> bool:
    """Tell whether a word can belong to the name that begins at ``start``."""
    if not text.capital(index):
        return index > start and _with_article(text.words[index])
    word = text.words[index]
    if word.isupper() and 1 < len(word) <= ACRONYM and not loud:
        return False
    if (not word.isalpha() and any(map(str.isdigit, word))) or word in text.words[start:index]:
        return False
    if len(word) > 1 and (text.kind(index) & NEVER_IN_NAMES or index in text.places):
        return _fits_nevertheless(text, start, index, expected=expected)
    return True


def _fits_nevertheless(text: Text, start: int, index: int, *, expected: bool) -> bool:
    """Tell whether a word that is also a place or a common noun belongs to the name ("Paris Hilton", "Alan King")."""
    kind, following = text.kind(index), index + 1
    place = text.places.get(index)
    whole = place is not None and place.span.end - place.span.start == len(text.words[index])
    city = not kind and whole and place is not None and place.kind == "city"
    if index > start:
        if _is_also_a_surname(text, index):
            return True
        known = text.vocabulary.book.person
        country = not kind and whole and index == start + 1 and text.vocabulary.is_given(text.words[start])
        return ((city or country) and expected) or known(" ".join(text.words[start : index + 1])) is not None
    open_name = (
        (whole or place is None)
        and text.capital(following)
        and not text.kind(following)
        and following not in text.places
    )
    may_be_given = (city and expected) or text.vocabulary.is_given(text.words[index])
    return open_name and text.gap(index) == BLANK and not kind and may_be_given


def _is_also_a_surname(text: Text, index: int) -> bool:
    """Tell whether a common word after a given name is a surname ("Alan King"), and not a thing ("Alan King Park")."""
    vocabulary = text.vocabulary
    if text.word(index) not in vocabulary.also_surnames or not vocabulary.is_given(text.words[index - 1]):
        return False
    leads_on = (text.kind(index + 1) & NOUN and text.capital(index + 1)) or text.word(index + 1) in vocabulary.of_words
    return not (text.gap(index) == BLANK and leads_on)


def _with_article(word: str) -> bool:
    """Tell whether a word is a family name behind a small article: "al-Thani"."""
    article, hyphen, name = word.partition("-")
    return bool(hyphen) and len(article) <= INITIAL and name[:1].isupper()


def _goes_on(text: Text, index: int) -> bool:
    """Tell whether the next word may belong to the same name: a blank, or the stop of an initial, stands between."""
    gap = text.gap(index)
    return gap == BLANK or (gap == "." and len(text.words[index]) <= INITIAL)


def _is_person(text: Text, last: int, words: tuple[str, ...]) -> bool:
    """Tell whether a name without office or honorific is one, and not the beginning of an institution's."""
    if len(words) < 2 or _is_namesake(text, last - len(words) + 1, last):
        return False
    if text.vocabulary.book.person(" ".join(words)) is not None:
        return True
    if not text.vocabulary.is_given(words[0]):
        return False
    return not _names_a_thing(text, last - len(words), last)


def _is_namesake(text: Text, first: int, last: int) -> bool:
    """Tell whether a thing bears the name, be it of somebody known: "the Anna Berg Prize", «имени Анны Берг»."""
    vocabulary = text.vocabulary
    behind = text.gap(last) == BLANK and text.capital(last + 1) and text.word(last + 1) in vocabulary.namesakes
    return behind or (text.gap(first - 1) in {BLANK, "."} and text.word(first - 1) in vocabulary.named_after)


def _names_a_thing(text: Text, before: int, last: int) -> bool:
    """Tell whether an institution is named after somebody: "the Ivan Bohun Lyceum", "Anna Berg Foundation"."""
    following = last + 1
    kind = text.kind(following)
    if text.gap(last) != BLANK or not text.capital(following):
        return False
    with_article = text.gap(before) == BLANK and text.word(before) in text.vocabulary.articles
    return bool(kind & NOUN and not kind & HEAD) or with_article


def _with_suffix(text: Text, last: int) -> int:
    """Return the index of the suffix ("Jr", "III") behind a name if there is one."""
    while last + 1 < len(text.words) and text.kind(last + 1) & SUFFIX and text.gap(last) in {BLANK, ","}:
        last += 1
    return last
