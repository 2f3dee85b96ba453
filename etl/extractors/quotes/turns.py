"""Transcript turns: "President of Russia Vladimir Putin: ...", "THE PRESIDENT: ...", "Q: ...", «В.Путин: ...».

A label is a short run of capitalised words before a colon at the head of a line.  One such line proves
nothing (headlines and lists have them), so a label counts when its last word heads another line too, or
when it is an office with a name.  Once a document is known as a transcript, the labels that were set in
the running text by a lost line break are accepted as well.  A turn lasts until the next one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.extractors.attribution.words import HONORIFIC, VERB, Vocabulary
from etl.lexicon import Lexicon, Topic
from etl.model import Span

_COLON = re.compile(r":(?=\s)")
_LONGEST = 120
_BOUNDARY = re.compile(r"[.!?…>]\s+(?=[^\W\d_a-zа-я])")
_RULER = re.compile(r"\n[^\S\n]*[^\w\n]{3,}(?=\n|$)|\s[<\[(](?:…|\.\.\.)[>\])]\s*$")
_BRACKETED = re.compile(r"\s*\([^()]{1,40}\)$")


class Turn(NamedTuple):
    """One turn: the label without its colon, the spoken words, and whether the label only says "question"."""

    label: Span
    words: Span
    anonymous: bool


@dataclass(frozen=True, slots=True)
class _Labels:
    questions: frozenset[str]
    small: frozenset[str]
    nobody: frozenset[str]
    lone: re.Pattern[str]  # a question mark that stands without a colon


class _Candidate(NamedTuple):
    label: Span
    body: int
    key: str
    line: bool  # at the head of a line
    office: bool
    anonymous: bool


def turns(text: str, lexicon: Lexicon, lang: str, words: Vocabulary) -> list[Turn]:
    """Return the turns of a transcript in order, [] for a text that is none."""
    labels = lexicon.once(_labels)
    known = labels.get(lang) or labels["en"]
    candidates = list(_candidates(text, known, words))
    accepted = _accepted(candidates, len(text) - len(text.lstrip()))
    if not accepted:
        return []
    accepted = sorted({*accepted, *_lone_questions(text, known, accepted)})
    ends = [candidate.label.start for candidate in accepted[1:]] + [len(text)]
    found = [
        Turn(candidate.label, _spoken(text, candidate.body, end), candidate.anonymous)
        for candidate, end in zip(accepted, ends, strict=True)
    ]
    return [turn for turn in found if turn.words.end > turn.words.start]


def _candidates(text: str, known: _Labels, words: Vocabulary) -> Iterator[_Candidate]:
    previous = 0
    for match in _COLON.finditer(text):
        colon = match.start()
        low = max(previous, colon - _LONGEST)
        previous = colon + 1
        line = text.rfind("\n", low, colon) + 1
        at_line = bool(line) or low == 0
        start = line or low
        if (found := _label(text, start, colon, known, words, line=at_line)) is not None:
            yield found
            continue
        boundaries = _BOUNDARY.findall(text, start, colon)
        last = text.rfind(boundaries[-1], start, colon) + len(boundaries[-1]) if boundaries else colon
        if (found := _label(text, last, colon, known, words, line=False)) is not None:
            yield found


def _label(text: str, start: int, colon: int, known: _Labels, words: Vocabulary, *, line: bool) -> _Candidate | None:
    raw = text[start:colon]
    start += len(raw) - len(raw.lstrip(" \t\u00a0*"))
    label = _BRACKETED.sub("", text[start:colon].rstrip())
    parts = label.split()
    if not parts or len(parts) > 14 or not all(_fits(part, known) for part in parts):
        return None
    span, last = Span(start, start + len(label)), parts[-1]
    if last in known.questions:
        return _Candidate(span, colon + 1, last, line, office=False, anonymous=True)
    kinds = [words.kind(part) for part in parts]
    if not last[0].isupper() or not parts[0][0].isupper() or any(kind & VERB for kind in kinds):
        return None
    if any(part.lower().strip(".,’'") in known.nobody for part in parts):
        return None
    office = any(kind & HONORIFIC for kind in kinds) and len(parts) > 2
    return _Candidate(span, colon + 1, last.upper(), line, office, anonymous=False)


def _fits(part: str, known: _Labels) -> bool:
    """Tell whether a word can stand in a label: capitalised, or one of the small words between such."""
    return (
        part in known.small
        or part in known.questions
        or (part[0].isupper() and not part.endswith((",", ";", "!", "?")))
    )


def _accepted(candidates: Sequence[_Candidate], first: int) -> list[_Candidate]:
    """Return the candidates that are labels, [] when they do not make a transcript; the title is none."""
    lines = [c for c in candidates if c.line and c.label.start != first]
    counts = Counter(c.key for c in lines)
    sure = {c.key for c in lines if c.office or counts[c.key] > 1}
    named = {c.key for c in lines if not c.anonymous and c.key in sure}
    if not named:
        return []
    return [
        c for c in candidates if c.label.start != first and (c.key in sure or c.anonymous or (not c.line and c.office))
    ]


def _lone_questions(text: str, known: _Labels, accepted: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Yield the questions that a transcript marks by a letter alone: "Q   Mr. President, ..."."""
    taken = {candidate.label.start for candidate in accepted}
    for match in known.lone.finditer(text):
        span = Span(match.start(1), match.end(1))
        if span.start not in taken:
            yield _Candidate(span, match.end(), match.group(1), line=True, office=False, anonymous=True)


def _spoken(text: str, start: int, end: int) -> Span:
    """Return the spoken words, trimmed, up to a ruler or an omission sign on its own."""
    ruler = _RULER.search(text, start, end)
    end = ruler.start() if ruler else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _labels(lexicon: Lexicon) -> dict[str, _Labels]:
    return {lang: _labels_of(lexicon.topic(lang, "quotes")) for lang in lexicon.languages}


def _labels_of(topic: Topic) -> _Labels:
    questions = frozenset(topic["questions"]) | frozenset(topic["answers"])
    letters = "|".join(sorted(re.escape(word) for word in topic["questions"] if len(word) == 1)) or r"(?!)"
    lone = re.compile(rf"^[^\S\n]*({letters})[^\S\n]{{2,}}", re.MULTILINE)
    return _Labels(questions, frozenset(topic["label_words"]), frozenset(topic["no_speakers"]), lone)
