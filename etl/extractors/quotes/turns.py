"""Transcript turns: "President of Russia Vladimir Putin: ...", "THE PRESIDENT: ...", "Q: ...", «В.Путин: ...».

A label is a short run of capitalised words before a colon at the head of a line.  One such line proves
nothing (headlines and lists have them), so a label counts when its last word heads another line too, or
when it is an office with a name.  Once a document is known as a transcript, the labels that were set in
the running text by a lost line break are accepted as well, if an office is told or the name speaks again;
two names that do so make a transcript of their own.  A turn lasts until the next one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from etl.extractors.attribution.words import HONORIFIC, VERB, Vocabulary
from etl.lexicon import Lexicon
from etl.model import Span

_COLON = re.compile(r":(?=\s)")
_LONGEST = 120
_BOUNDARY = re.compile(r"[.!?…>]\s+(?=[^\W\d_a-zа-я])")
_RULER = re.compile(r"\n[^\S\n]*[^\w\s][^\w\n]{2,}(?=\n|$)|\s[<\[(](?:…|\.\.\.)[>\])]\s*$")
_REPEATED = re.compile(r"\b(\w{3,}) \1\b.*$", re.DOTALL)  # "Ann Lee Lee AnnMinister": a card pasted into the text
_SPOKEN = re.compile(r"\s+(?![\d.,%$€£ -]++(?:\n|$))")  # not a number alone, as in a table
FEWEST = 2  # questions, and answers, of an interview
_MOST_WORDS = 16
_SPEAKERS = 2  # who speak again within the lines, so that a text without any line of its own for a turn has turns
_BRACKETED = re.compile(r"\s*\([^()]{1,40}\)$")


class Turn(NamedTuple):
    """One turn: the label without its colon, the spoken words, and whether the label only says "question"."""

    label: Span
    words: Span
    anonymous: bool
    answer: bool = False  # the label only says "answer"


@dataclass(frozen=True, slots=True)
class _Labels:
    questions: frozenset[str]  # and answers
    answers: frozenset[str]
    small: frozenset[str]
    articles: frozenset[str]
    nobody: frozenset[str]
    stopped: tuple[str, ...]  # what opens a label that ends in a full stop
    full_stop: re.Pattern[str]
    lone: re.Pattern[str]  # a question mark that stands without a colon


class _Candidate(NamedTuple):
    label: Span
    body: int
    key: str
    line: bool  # at the head of a line
    office: bool
    name: bool  # looks like a name: capitals throughout, initials, or two to four capitalised words
    anonymous: bool


def turns(text: str, lexicon: Lexicon, lang: str, words: Vocabulary) -> list[Turn]:
    """Return the turns of a transcript in order, [] for a text that is none."""
    known = lexicon.once_in(lexicon.speaking(lang, "quotes"), _labels)
    candidates = list(_candidates(text, known, words))
    accepted = _accepted(candidates, len(text) - len(text.lstrip())) or _interview(candidates, known)
    accepted = accepted or _stopped(text, known, words)
    if not accepted:
        return []
    accepted = sorted({*accepted, *_lone_questions(text, known, accepted)})
    ends = [candidate.label.start for candidate in accepted[1:]] + [len(text)]
    found = [
        Turn(candidate.label, _spoken(text, candidate.body, end), candidate.anonymous, candidate.key in known.answers)
        for candidate, end in zip(accepted, ends, strict=True)
    ]
    return [turn for turn in found if turn.words.end > turn.words.start]


def _candidates(text: str, known: _Labels, words: Vocabulary) -> Iterator[_Candidate]:
    previous = 0
    for match in _COLON.finditer(text):
        colon = match.start()
        low = max(previous, colon - _LONGEST)
        previous = colon + 1
        head = text.rfind("\n", low, colon) + 1 or (0 if low == 0 else -1)
        if head >= 0 and (found := _label(text, head, colon, known, words, line=True)) is not None:
            yield found
            continue
        boundaries = list(_BOUNDARY.finditer(text, max(head, low), colon))
        if boundaries and (found := _label(text, boundaries[-1].end(), colon, known, words, line=False)) is not None:
            yield found


def _label(text: str, start: int, colon: int, known: _Labels, words: Vocabulary, *, line: bool) -> _Candidate | None:
    raw = text[start:colon]
    start += len(raw) - len(raw.lstrip(" \t\u00a0*"))
    label = _REPEATED.sub(r"\1", _BRACKETED.sub("", text[start:colon].rstrip()))
    parts = label.split()
    if not parts or len(parts) > _MOST_WORDS or not all(_fits(part, known, words) for part in parts):
        return None
    span = Span(start, start + len(label))
    if label in known.questions:
        return _Candidate(span, colon + 1, label, line, office=False, name=False, anonymous=True)
    if not parts[-1][0].isupper() or parts[0].lower() in known.small - known.articles:
        return None
    kinds = [words.kind(part) for part in parts]
    if not _SPOKEN.match(text, colon + 1):
        return None
    if any(kind & VERB for kind in kinds) or any(part.lower().strip(".,’'") in known.nobody for part in parts):
        return None
    office = len(parts) > 2 and any(kind & HONORIFIC for kind in kinds)
    name = label.isupper() or "." in parts[-1][:-1] or (1 < len(parts) < 5 and all(part[0].isupper() for part in parts))
    return _Candidate(span, colon + 1, label.upper(), line, office, name, anonymous=False)


def _fits(part: str, known: _Labels, words: Vocabulary) -> bool:
    """Tell whether a word can stand in a label: capitalised, or one of the small words between such."""
    if part in known.small or part in known.questions:
        return True
    if part.endswith(".") and len(part) > 2 and part[:-1].capitalize() not in words.stops and "." not in part[:-1]:
        return False
    return part[0].isupper() and not part.endswith((",", ";", "!", "?"))


def _accepted(candidates: Sequence[_Candidate], first: int) -> list[_Candidate]:
    """Return the candidates that are labels, [] when they do not make a transcript.

    ``first`` is where the text begins: a title with a colon is no label unless its speaker speaks again.
    """
    lines = [c for c in candidates if c.line]
    counts = Counter(c.key for c in lines)
    later = {key for key in counts if counts[key] > 1} | {c.key for c in lines if c.office and c.label.start != first}
    short = {name: c.key for c in lines if c.office for name in _endings(c.key)}  # "Ann Lee" of "Mayor of X Ann Lee"
    sure = later | {key for name in short.keys() & counts for key in (name, short[name])}
    sure |= {name for name, key in short.items() if key in sure}
    shortened = _shortened(lines, first)
    if len(shortened) > FEWEST or any(c.anonymous for c in lines):
        sure |= shortened
    inside = Counter(c.key for c in candidates if c.name and not c.line and " " in c.key)
    again = {key for key, times in inside.items() if times > 1}  # names that speak again within the lines
    if not any(c.key in sure and not c.anonymous for c in lines) and len(again) < _SPEAKERS:
        return []
    sure |= again
    return [
        c
        for c in candidates
        if c.key in sure or c.anonymous or (c.office and not c.line) or (c.line and c.name and c.label.start != first)
    ]


def _shortened(lines: Sequence[_Candidate], first: int) -> set[str]:
    """Return the labels of speakers named in full once and by surname or initials later: "Ann Lee", "LEE", "A. Lee"."""
    names = {c.key for c in lines if c.name and not c.anonymous and c.label.start != first}
    full: dict[str, str] = {}
    for key in names:
        parts = key.split()
        if len(parts) > 1 and "." not in key:
            full[parts[-1]] = key
    out: set[str] = set()
    for c in lines:
        last = c.key.replace(".", ". ").split()[-1]
        if last in full and full[last] != c.key and (" " not in c.key or "." in c.key):
            out |= {c.key, full[last]}
    return out


def _interview(candidates: Sequence[_Candidate], known: _Labels) -> list[_Candidate]:
    """Return the questions and answers of an interview, with the names that answer a question in their place."""
    lines = [c for c in candidates if c.line]
    told = [c for c in lines if c.anonymous]
    asked = {c.label for c in told if c.key not in known.answers}
    told += [c for before, c in pairwise(lines) if c.name and not c.anonymous and before.label in asked]
    answers = len(told) - len(asked)
    return told if answers >= FEWEST and len(told) - answers >= FEWEST else []


def _stopped(text: str, known: _Labels, words: Vocabulary) -> list[_Candidate]:
    """Return the labels that end in a full stop: those that head a line again and again, and the questions."""
    if not any(f"\n{opening}" in text for opening in known.stopped):
        return []
    found = [
        candidate
        for match in known.full_stop.finditer(text)
        if (candidate := _label(text, match.start(), match.end(1), known, words, line=True)) is not None
    ]
    counts = Counter(c.key for c in found if not c.anonymous)
    if not any(count >= FEWEST for count in counts.values()) or len(found) <= FEWEST:
        return []
    return found


def _endings(key: str) -> Iterator[str]:
    parts = key.split()
    return (" ".join(parts[-size:]) for size in range(1, min(4, len(parts))))


def _lone_questions(text: str, known: _Labels, accepted: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Yield the questions that a transcript marks by a letter alone: "Q   Mr. President, ..."."""
    taken = {candidate.label.start for candidate in accepted}
    for match in known.lone.finditer(text):
        span = Span(match.start(1), match.end(1))
        if span.start not in taken:
            yield _Candidate(span, match.end(), match.group(1), line=True, office=False, name=False, anonymous=True)


def _spoken(text: str, start: int, end: int) -> Span:
    """Return the spoken words, trimmed, up to a ruler or an omission sign on its own."""
    ruler = _RULER.search(text, start, end)
    end = ruler.start() if ruler else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _labels(lexicon: Lexicon, lang: str) -> _Labels:
    topic = lexicon.topic(lang, "quotes")
    questions = frozenset(topic["questions"]) | frozenset(topic["answers"])
    letters = "|".join(sorted(re.escape(word) for word in topic["questions"] if len(word) == 1)) or r"(?!)"
    lone = re.compile(rf"^[^\S\n]*({letters})[^\S\n]{{2,}}", re.MULTILINE)
    answers = frozenset(topic["answers"])
    stopped = tuple(topic["stopped_labels"])
    openings = "|".join(sorted(map(re.escape, stopped), key=len, reverse=True)) or "(?!)"
    full_stop = re.compile(rf"^((?:{openings})(?: [A-Z][\w'’-]+){{0,4}})\.(?=\s+[\"“'‘(\[A-Z])", re.MULTILINE)
    return _Labels(
        questions,
        answers,
        frozenset(topic["label_words"]),
        frozenset(topic["articles"]),
        frozenset(topic["no_speakers"]),
        stopped,
        full_stop,
        lone,
    )
