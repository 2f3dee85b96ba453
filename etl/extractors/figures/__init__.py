"""Find the reported figures of a document: value, unit, hedge, change, and what they measure.

The steps, each a module: ``numerals`` reads numbers, ``quantities`` puts units on them, ``joining`` makes
ranges and lists, ``wording`` reads hedges and changes around them, ``nouns`` finds what is counted,
``guards`` turns away what is no figure, ``meaning`` names the indicator.  Period and source are added by
``resolvers/periods.py`` when dates and speakers are known.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from etl.extractors import claims
from etl.extractors.figures import joining, meaning, nouns, numerals, quantities, suffixes, wording
from etl.extractors.figures.carrying import Meant, carry
from etl.extractors.figures.guards import Dates, dates, in_row, is_age, is_date, is_light, rejected
from etl.extractors.figures.nouns import NounWords, counted, noun_words
from etl.extractors.figures.records import Quantity, record
from etl.extractors.figures.vocabulary import Vocabulary, vocabulary
from etl.lexicon import Lexicon
from etl.model import Analysis, Figure, Span


@dataclass(slots=True)
class _Page:
    """What the steps share while they work on one document."""

    text: str
    words: Vocabulary
    nouns: NounWords
    names: meaning.Names
    dates: Dates
    sentences: list[Span]
    starts: list[int]
    found: dict[int, list[meaning.Hit]] = field(default_factory=dict)


def find(analysis: Analysis, lexicon: Lexicon) -> list[Figure]:
    """Return the figures in order of their place in the text."""
    page = _page(analysis, lexicon)
    countries = [place.country for place in analysis.places if place.country]
    home = quantities.local(page.text, countries, page.words)
    numbers = [one for one in numerals.scan(page.text, page.words) if not page.dates.hold(one.start, one.end)]
    measured = quantities.measure(page.text, numbers, page.words, home)
    joined = joining.join(page.text, measured, page.words)
    kept: dict[int, list[Quantity]] = {}
    for quantity in joined:
        place = max(0, bisect_right(page.starts, quantity.number[0]) - 1)
        others = kept.setdefault(place, [])
        if others and quantity.number[0] < others[-1].end:
            continue  # a number within a name: two new 737 Max jets
        if _complete(page, quantity, place, others):
            others.append(quantity)
    meant = [_meaning(page, quantity, place, others) for place, others in kept.items() for quantity in others]
    carry(page.text, meant, page.sentences, page.words, page.names, dates=page.dates)
    found = [
        record(page.text, one.quantity, one.indicator, page.names.labels.get(one.indicator, one.label)) for one in meant
    ]
    return claims.attach(analysis, lexicon, found)


def _page(analysis: Analysis, lexicon: Lexicon) -> _Page:
    words = vocabulary(lexicon, analysis.document.lang)
    sentences = analysis.sentences or [Span(0, len(analysis.text))]
    return _Page(
        analysis.text,
        words,
        lexicon.once_in(words.lang, noun_words),
        lexicon.once_in(words.lang, meaning.indicator_names),
        dates(analysis.timexes),
        sentences,
        [sentence.start for sentence in sentences],
    )


def _complete(page: _Page, quantity: Quantity, place: int, others: list[Quantity]) -> bool:
    """Add noun, hedge and change to the quantity behind others of its sentence; tell whether it is a figure."""
    before = others[-1] if others else None
    sentence = page.sentences[place]
    if is_date(quantity, page.dates) or in_row(page.text, quantity):
        return False
    aged = is_age(page.text, quantity, page.words)
    if quantity.unit is None and not aged and quantity.form not in ("fraction", "multiple"):
        _count(page, quantity, others)
    if before is not None and not quantity.noun:
        suffixes.elliptic(page.text, others, quantity, page.words)
    earlier = before.direction if before else ""
    if is_light(quantity) and not earlier:
        return False
    around = wording.around(page.text, quantity, sentence.start, sentence.end)
    wording.hedge(quantity, around, page.words)
    wording.change(quantity, around, earlier, page.words)
    wording.converted(page.text, quantity, before, page.words)
    wording.compared(page.text, quantity, before, page.words)
    if before is not None:
        suffixes.per_both(page.text, before, quantity, page.words)
    return not rejected(page.text, quantity, around, page.words)


def _count(page: _Page, quantity: Quantity, others: list[Quantity]) -> None:
    """Add the noun that is counted, if one follows."""
    if nouns.count_people(page.text, quantity, others, page.nouns, page.words):
        return
    position = quantity.end
    if quantity.form == "vague" and (link := page.words.of_link.match(page.text, position)):
        position = link.end() - 1
    noun, label, end = counted(page.text, (quantity.start, position), quantity.high, page.nouns, page.words)
    if not noun and quantity.low != 1 and (whole := page.words.part_of.match(page.text, position)) is not None:
        quantity.noun, quantity.label, _ = counted(page.text, (whole.end(), whole.end()), 2.0, page.nouns, page.words)
        return  # 74 of the 150 seats
    if not noun and page.words.percent_of.search(page.text, max(0, quantity.start - 16), quantity.start):
        quantity.unit = page.words.percent
    if noun:
        quantity.noun, quantity.label, quantity.end = noun, label, end
        _measured(quantity, page.words)
        suffixes.per(page.text, quantity, page.words)


def _measured(quantity: Quantity, words: Vocabulary) -> None:
    """Give "517 rushing yards" the unit that its last word is; the label tells which kind of yards."""
    *others, last = quantity.noun.split()
    found = words.measures.match(last, 0) if others and last.islower() else None
    if found is not None and found[1] == len(last) and found[0].kind in words.topic["nouns"]["measured"]:
        quantity.unit, quantity.noun = found[0], ""


def _measured_matter(page: _Page, quantity: Quantity) -> str:
    """Return the noun in the genitive behind a measure or a fraction: 312 км дорог; "" in other languages."""
    measured = quantity.kind in page.words.topic["nouns"]["measured"] or quantity.form == "fraction"
    if not measured or quantity.per or not page.words.topic["style"]["genitive_counts"]:
        return ""
    label, end = counted(page.text, (quantity.start, quantity.end), quantity.high, page.nouns, page.words)[1:]
    return "" if page.dates.cover(quantity.end, end) else label


def _meaning(page: _Page, quantity: Quantity, place: int, others: list[Quantity]) -> Meant:
    """Return what its own sentence says that a quantity measures."""
    sentence = page.sentences[place]
    if place not in page.found:
        page.found[place] = meaning.hits(page.text, sentence.start, sentence.end, page.names)
    if not quantity.label:
        quantity.label = _measured_matter(page, quantity)
    measured = [other for other in others if other.unit is not None and other is not quantity]
    hit = meaning.choose(page.text, quantity, page.found[place], measured, page.words)
    growing = hit is not None and meaning.names_growth(page.text, hit, page.words)
    if growing:
        meaning.set_growth(quantity, page.words)
    low = max((other.end for other in others if other.end <= quantity.start), default=sentence.start)
    label = meaning.label(page.text, quantity, low, sentence.end, page.words)
    return Meant(quantity, place, hit.name.indicator if hit else "", label, growing)
