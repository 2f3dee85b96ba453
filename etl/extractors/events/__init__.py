"""Find the words that tell of an event: a meeting, a call, a visit, a signing ...

One pass over the words finds the head words of all rules of ``lexicon/events/*.toml`` (one alternation per
language); the rules of the word found then look at a few dozen characters to either side.  Whether the
event took place, is planned, called off, denied or only thought of is read from the words around
(``languages/LANG/events.toml``); denied and imagined events are no events.  Who met, where and when is
worked out later, by ``resolvers.participation``, when people and dates are known.
"""

from __future__ import annotations

from bisect import bisect_right

from etl.extractors.events.rules import WINDOW, Rule, lowered, rulebook
from etl.extractors.events.status import judge
from etl.lexicon import Lexicon
from etl.model import Analysis, EventMention, Span
from etl.names import words_of

LONGEST = 400  # characters of a telling; a longer sentence is cut around its trigger


def find(analysis: Analysis, lexicon: Lexicon) -> list[EventMention]:
    """Return every telling of an event, in text order, without people, place and date as yet."""
    text, book = lowered(analysis.text), rulebook(lexicon, analysis.document.lang)
    starts = [sentence.start for sentence in analysis.sentences]
    found: list[EventMention] = []
    for match in book.heads_in(text, words_of(analysis.text)):
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or match.end() > analysis.sentences[index].end:
            continue
        sentence = analysis.sentences[index]
        trigger = Span(match.start(), match.end())
        rules = [
            rule
            for rule in book.rules_of(match.group())
            if (not rule.first or index < rule.first) and _fits(rule, text, trigger, sentence)
        ]
        # "12 August. Saw the minister."
        opening = text[sentence.start : trigger.start].rstrip().endswith((".", "-", "–"))
        if index > 0 and trigger.start > sentence.start and analysis.text[trigger.start].isupper() and not opening:
            rules = [rule for rule in rules if not rule.verb]  # Operation Allies Welcome
        verb = any(rule.verb for rule in rules)
        if rules and (status := judge(text, trigger, sentence, book.cues, verb=verb)):
            telling = _telling(text, sentence, trigger)
            first = {rule.kind: rule.name for rule in reversed(rules)}  # of two rules of one kind the first decides
            found += [EventMention(kind, telling, trigger, name, status) for kind, name in sorted(first.items())]
    return found


def _fits(rule: Rule, text: str, trigger: Span, sentence: Span) -> bool:
    left = text[max(sentence.start, trigger.start - WINDOW) : trigger.start]
    right = text[trigger.end : min(sentence.end, trigger.end + WINDOW)]
    return not (
        (rule.before and not rule.before.search(left))
        or (rule.after and not rule.after.match(right))
        or (rule.not_before and rule.not_before.search(left))
        or (rule.not_after and rule.not_after.match(right))
    )


def _telling(text: str, sentence: Span, trigger: Span) -> Span:
    """Return the sentence, or the words around the trigger when the sentence is too long to show."""
    if sentence.end - sentence.start <= LONGEST:
        return sentence
    start = max(sentence.start, min(trigger.start - LONGEST // 2, sentence.end - LONGEST))
    end = min(sentence.end, start + LONGEST)
    while start > sentence.start and start < trigger.start and not text[start - 1].isspace():
        start += 1
    while end < sentence.end and end > trigger.end and not text[end].isspace():
        end -= 1
    while end > trigger.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
