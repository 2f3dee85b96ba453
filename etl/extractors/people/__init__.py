"""Find people in one document: by office, by name, by both, by surname, by pronoun.

One walk over the words finds offices and full names; a second one, over the capitalised words that are left, finds
the surnames of those who were named in full anywhere in the text, and of the few whom everybody knows.
"""

from __future__ import annotations

from etl.extractors.people.mentions import Finder
from etl.extractors.people.reading import Text
from etl.extractors.people.surnames import add_surnames
from etl.extractors.people.vocabulary import vocabulary_en, vocabulary_ru
from etl.lexicon import Lexicon
from etl.model import Analysis, PersonMention
from etl.names import words_of

__all__ = ["find"]


def find(analysis: Analysis, lexicon: Lexicon) -> list[PersonMention]:
    """Return the mentions of persons in order of their spans; names are as written until they are resolved."""
    vocabulary = lexicon.once(vocabulary_ru if analysis.document.lang == "ru" else vocabulary_en)
    text = Text(words_of(analysis.text), analysis.places, vocabulary)
    finder = Finder(text)
    finder.walk()
    add_surnames(finder)
    return sorted(finder.mentions, key=lambda mention: mention.span)
