"""Read an office around its head word: "[Russian] [Deputy] Minister [of Foreign Affairs of Russia]".

To the left stand ranks, fields and nationalities, to the right "of" and what it is the office of.  Where a name
follows, the words of institutions and places belong to the office, the first unknown one begins the name.
"""

from __future__ import annotations

from etl.extractors.people.reading import BLANK, NATIONAL, Modifier, Office, Text
from etl.extractors.people.vocabulary import (
    HEAD,
    HONORIFIC,
    MODIFIER,
    NOUN,
    OFFICE_WORD,
    PLURAL,
    PRONOUN,
    SMALL_NOUN,
    STOP,
)

LONGEST = 24  # words of an office


def read_office(text: Text, index: int, floor: int) -> Office | None:
    """Return the office whose head stands at ``index``; nothing left of word ``floor`` may belong to it."""
    head, last = _head(text, index)
    first = _leftmost(text, index, floor)
    end = _rightmost(text, last, head, index)
    if _is_institution(text, last, end):
        return None
    country = _country(text, first, end)
    modifier = _modifier(text, first, index)
    field = end > last or any(text.kind(i) & NOUN or text.kind(i) & MODIFIER for i in range(first, index))
    plural = bool(text.kind(last) & PLURAL or text.kind(index) & PLURAL)
    return Office(first, end, head, country, modifier, plural, field, _definite(text, first, index))


def _head(text: Text, index: int) -> tuple[str, int]:
    """Return the basic form of the head and the index of its last word (a phrase has several)."""
    word = text.word(index)
    for phrase in text.vocabulary.phrases.get(word, ()):
        if all(text.word(index + k) == part for k, part in enumerate(phrase)) and all(
            text.gap(index + k) == BLANK for k in range(len(phrase) - 1)
        ):
            if _goes_on(text, index + len(phrase) - 1):
                continue
            return " ".join(phrase), index + len(phrase) - 1
    return text.vocabulary.base(word), index


def _goes_on(text: Text, last: int) -> bool:
    """Tell whether the last word of a phrase begins an institution's name: "Head of the State Service"."""
    inside = text.capital(last) and text.kind(last) & NOUN and text.gap(last) == BLANK
    return bool(inside and text.capital(last + 1) and text.kind(last + 1) & NOUN)


def _leftmost(text: Text, index: int, floor: int) -> int:
    """Return the first word of rank, field and nationality before the head."""
    first = index
    capital = text.capital(index)
    while first > floor and index - first < LONGEST:
        before = first - 1
        if text.gap(before) != BLANK and not (text.possessive(before) and before in text.places):
            break
        kind = text.kind(before)
        joined = text.word(before) in text.vocabulary.joining and first < index
        known = (
            (kind & MODIFIER and not (kind & STOP and not text.capital(before)))
            or _place_belongs(text, before)
            or (capital and kind & NOUN and text.capital(before) and not text.vocabulary.direct)
        )
        if joined and before > floor and _joined_before(text, before - 1):
            first = before - 1
        elif known or (capital and _names_a_noun(text, before, floor)):
            first = before
        else:
            break
    return first


def _place_belongs(text: Text, index: int) -> bool:
    """Tell whether a place before the head says whose office it is; where "of" is a case, only an adjective does."""
    place = text.places.get(index)
    return place is not None and (place.kind == "demonym" or not text.vocabulary.direct)


def _joined_before(text: Text, index: int) -> bool:
    """Tell whether the word before an "and" belongs to the office ("Foreign and Defence Ministers")."""
    if text.gap(index) != BLANK:
        return False
    return text.national(index) or bool(text.kind(index) & (NOUN | MODIFIER) and text.capital(index))


def _names_a_noun(text: Text, index: int, floor: int) -> bool:
    """Tell whether an unknown capitalised word qualifies the capitalised noun after it ("Astrakhan Region")."""
    if not text.capital(index) or text.kind(index) or not text.kind(index + 1) & NOUN or text.kind(index + 1) & HEAD:
        return False
    return not (index > floor and text.capital(index - 1) and not text.kind(index - 1) and text.gap(index - 1) == BLANK)


def _rightmost(text: Text, last: int, head: str, index: int) -> int:
    """Return the last word of the complement, or ``last`` when there is none."""
    vocabulary = text.vocabulary
    end = last
    if vocabulary.direct:
        return _complement(text, end, index)
    while end - index < LONGEST and text.gap(end) in {BLANK, ","}:
        link = text.word(end + 1)
        led = not vocabulary.far_heads.isdisjoint({head, head.rpartition(" ")[2]})
        far = link in vocabulary.far_words and (led or (end > last and end not in text.places))
        if text.gap(end) != BLANK or not (link in vocabulary.of_words or far):
            break
        start = end + 2
        while text.word(start) in vocabulary.determiners and text.gap(start - 1) == BLANK:
            start += 1
        if text.gap(start - 1) != BLANK or not _begins_complement(text, start, link, far=far, told=end > last):
            break
        end = _complement(text, start, index)
    return end


def _begins_complement(text: Text, start: int, link: str, *, far: bool, told: bool) -> bool:
    kind = text.kind(start)
    if kind & (HONORIFIC | PRONOUN) and not kind & (NOUN | HEAD):
        return False
    if text.places.get(start) is not None:
        return not told if far else link in text.vocabulary.genitive
    if text.capital(start):
        return (not kind & STOP or bool(kind & NOUN)) and not _is_somebody(text, start)
    return bool(kind & (SMALL_NOUN | MODIFIER)) and not kind & STOP


def _is_somebody(text: Text, index: int) -> bool:
    """Tell whether an office without an article is that of whom it names: "spokeswoman for Chancellor Ann Lee"."""
    led = text.word(index - 1) in text.vocabulary.far_words or text.word(index - 1) in text.vocabulary.of_words
    last = next((index + k for k in (1, 0) if text.kind(index + k) & HEAD), -1)
    if not led or last < 0 or text.gap(index) != BLANK:
        return False
    named = text.gap(last) == BLANK and text.capital(last + 1) and last + 1 not in text.places
    return named and not text.kind(last + 1) & (OFFICE_WORD | STOP | HONORIFIC)


def _complement(text: Text, end: int, index: int) -> int:
    """Return the last word that goes on with the complement whose word ``end`` is accepted."""
    while end - index < LONGEST:
        gap, following = text.gap(end), end + 1
        if gap in {BLANK, "-", "–"} or (gap.startswith("'s") and gap.strip("'s ") == "") or gap == "'":
            if _continues(text, following):
                end = following
            elif text.word(following) in text.vocabulary.joining and _joins(text, following + 1):
                end = following + 1
            else:
                return end
        elif gap == "," and _listed(text, following):
            end = following
        else:
            return end
    return end


def _continues(text: Text, index: int) -> bool:
    kind = text.kind(index)
    if index in text.places:
        region = text.places[index].kind == "region" or index - 1 in text.places
        return text.national(index) or region or (text.capital(index + 1) and bool(text.kind(index + 1) & NOUN))
    if kind & STOP and not kind & NOUN:
        return False
    if text.capital(index):
        if kind & OFFICE_WORD:
            return not _is_surname_here(text, index)
        return not kind and text.gap(index) == BLANK and _opens_institution(text, index)
    if kind & HEAD:
        return text.vocabulary.direct and text.word(index) != text.vocabulary.base(text.word(index))
    return bool(kind & (SMALL_NOUN | MODIFIER))


def _opens_institution(text: Text, index: int) -> bool:
    """Tell whether an unknown capitalised word goes on to a noun of offices, or is the rest of a firm's name."""
    if text.vocabulary.adjective_endings and _qualifies(text, index):
        return True
    return text.capital(index + 1) and (bool(text.kind(index + 1) & NOUN) or _goes_on_as_a_firm(text, index))


def _qualifies(text: Text, index: int) -> bool:
    """Tell whether adjectives lead to a noun of offices ("Рязанской области", "Государственных дел")."""
    while text.capital(index) and text.words[index].endswith(text.vocabulary.adjective_endings):
        index += 1
        if text.kind(index) & (NOUN | SMALL_NOUN) and text.gap(index - 1) == BLANK:
            return True
        if text.gap(index - 1) != BLANK:
            return False
    return False


def _goes_on_as_a_firm(text: Text, index: int) -> bool:
    """Tell whether an unknown word after another belongs to a firm's name: only the next one is a given name."""
    is_given = text.vocabulary.is_given
    before = text.capital(index - 1) and not text.kind(index - 1) and index - 1 not in text.places
    return before and not is_given(text.words[index]) and is_given(text.words[index + 1]) and text.capital(index + 2)


def _joins(text: Text, index: int) -> bool:
    """Tell whether "and" at the word before goes on with the same office ("of Trade and Industry")."""
    if text.gap(index - 1) != BLANK:
        return False
    if text.places.get(index) is not None:
        return False
    kind = text.kind(index)
    capital_noun = text.capital(index) and kind & (NOUN | MODIFIER) and not kind & (HEAD | PLURAL)
    return bool(capital_noun or (kind & SMALL_NOUN and not text.capital(index)))


def _listed(text: Text, index: int) -> bool:
    """Tell whether a comma stands inside one office: "Minister of Culture, Youth and Sport"."""
    kind = text.kind(index)
    if not (text.capital(index) and kind & NOUN) or kind & HEAD or index in text.places:
        return False
    ahead = [text.word(index + k) for k in (1, 2)]
    return any(word in text.vocabulary.joining for word in ahead) and _joins(
        text, index + 2 if ahead[0] in text.vocabulary.joining else index + 3
    )


def _unknown(text: Text, index: int) -> bool:
    return text.capital(index) and not text.kind(index) and index not in text.places and text.gap(index - 1) == BLANK


def _is_surname_here(text: Text, index: int) -> bool:
    """Tell whether a word such as "Price" ends a name that has begun ("Jones", "King")."""
    return text.capital(index - 1) and not text.kind(index - 1) and text.vocabulary.is_given(text.words[index - 1])


def _is_institution(text: Text, last: int, end: int) -> bool:
    """Tell whether the head only begins the name of something else ("President Hotel", "General Assembly")."""
    if end > last or text.gap(last) != BLANK or not text.capital(last + 1):
        return False
    kind = text.kind(last + 1)
    return bool(kind & (NOUN | MODIFIER)) and not kind & (HEAD | HONORIFIC) and last + 1 not in text.places


def _country(text: Text, first: int, last: int) -> str:
    """Return the country of the office: of its nationality, else the first one told after "of".

    The country to which an ambassador is sent is not the one that sends him.
    """
    last = next((i - 1 for i in range(first + 1, last + 1) if text.word(i) in text.vocabulary.far_words), last)
    told = [text.places[i] for i in range(first, last + 1) if i in text.places]
    national = [place.country for place in told if place.kind in NATIONAL]
    return national[0] if national else (told[0].country if told else "")


def _modifier(text: Text, first: int, index: int) -> Modifier:
    """Return what the words up to the head say: no longer, not yet, or in place of another."""
    told = {text.vocabulary.modes.get(text.word(i), "") for i in range(first, index + 1)}
    return "former" if "former" in told else "elect" if "elect" in told else "acting" if "acting" in told else ""


def _definite(text: Text, first: int, index: int) -> bool:
    """Tell whether the words before the office, or its capital letter, make it a certain person."""
    before = text.word(first - 1) if text.gap(first - 1) == BLANK else ""
    if before in text.vocabulary.indefinite:
        return False
    told = before in text.vocabulary.determiners or text.capital(index) or first in text.places
    told = told or text.possessive(first - 1)  # "President Roe's adviser"
    return told or text.vocabulary.direct  # a language without articles writes "the President" in small letters
