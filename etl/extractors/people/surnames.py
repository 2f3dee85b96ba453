"""Find the surnames that stand alone: of persons named in full in the same text, and of the well known.

"Putin arrives in Minsk" is a headline above the full name; "Lukashenko added" stands below it.  A word that some
full name of the text ends with is that surname wherever it stands; the persons of ``people.csv`` are known without.
"""

from __future__ import annotations

from etl.extractors.people.mentions import Finder
from etl.extractors.people.reading import BLANK
from etl.extractors.people.vocabulary import NEVER_IN_NAMES, NOUN
from etl.model import PersonMention, Span
from etl.names import fold, nominatives, written

SHORTEST = 3  # letters; shorter words in this place are mostly abbreviations


def add_surnames(finder: Finder) -> None:
    """Add a mention for every surname that no other mention holds."""
    text = finder.text
    surnames = _surnames(finder)  # whether the text tells each in full
    for index in text.source.loud:
        is_told = surnames.get(text.words[index])
        if is_told is None or index in finder.used:
            continue
        if text.kind(index) & NEVER_IN_NAMES or index in text.places or _is_a_thing(finder, index):
            continue
        behind_another = (
            text.words[index - 1] in surnames and text.gap(index - 1) == BLANK
        )  # "said Lee to Ross" in Russian
        if is_told or behind_another or not _ends_a_name(finder, index):
            finder.mentions.append(_mention(finder, index, alone=behind_another))


def _surnames(finder: Finder) -> dict[str, bool]:
    """Return the capitalised words of the text that are surnames, and whether it tells the full name of each."""
    text = finder.text
    told = _told(finder)
    found: dict[str, bool] = {}
    for word in {text.words[index] for index in text.source.loud}:
        if word[:1].isupper():
            is_told = _is_told(finder, word, told)
            if is_told or (len(word) >= SHORTEST and text.vocabulary.is_well_known(word)):
                found[word] = is_told
    return found


def _mention(finder: Finder, index: int, *, alone: bool) -> PersonMention:
    """Return the surname as a mention; with an unknown capitalised word before it, it is another full name."""
    source, text = finder.text.source, finder.text
    given = index - 1
    named = not alone and text.capital(given) and text.gap(given) == BLANK and text.words[given][1:].islower()
    inside = text.gap(given - 1) in {BLANK, ","}  # a sentence begins with any word: "Reception Ortiz gave"
    if (
        named
        and inside
        and not alone
        and not text.kind(given)
        and given not in finder.used
        and given not in text.places
    ):
        span = Span(source.starts[given], source.end(index))
        name = written(text.words[given : index + 1])
        return PersonMention(span, "name", "people.name", name=name, name_span=span)
    span = Span(source.starts[index], source.end(index))
    return PersonMention(span, "surname", "people.surname", name=written([text.words[index]]), name_span=span)


def _is_told(finder: Finder, word: str, told: frozenset[str]) -> bool:
    cases = finder.text.vocabulary.cases
    return word in told or (bool(cases) and any(form in told for form in nominatives(word, cases)))


def _told(finder: Finder) -> frozenset[str]:
    """Return the surnames of the full names and titled persons of the text, as written and in capitals."""
    told: set[str] = set()
    family_first = finder.text.vocabulary.family_first
    for name, _ in finder.names:
        words = [name.words[-1]]
        if fold(name.words[0]) in family_first and len(name.words) > 1:
            words = [name.words[0]]
        for word in words:
            told.update(nominatives(word, finder.text.vocabulary.cases))
            told |= {word, word.upper(), word.title()} if len(word) > 1 else set()
    return frozenset(told)


def _ends_a_name(finder: Finder, index: int) -> bool:
    """Tell whether an unknown capitalised word before makes it another person's or thing's name."""
    text = finder.text
    before = text.capital(index - 1) and text.gap(index - 1) == BLANK and not text.kind(index - 1) & NEVER_IN_NAMES
    free = index - 1 not in finder.used and index - 1 not in text.places  # "In Paris Lee said"
    return before and free and not text.starts_line(index - 1)


def _is_a_thing(finder: Finder, index: int) -> bool:
    """Tell whether the word qualifies an institution ("the Biden Administration") or has an article ("the Zoo")."""
    text = finder.text
    if text.gap(index - 1) == BLANK and text.word(index - 1) in text.vocabulary.articles:
        return True
    return text.gap(index) == BLANK and text.capital(index + 1) and bool(text.kind(index + 1) & NOUN)
