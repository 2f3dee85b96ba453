"""Whether an event told of took place, is planned or was called off; denied and imagined ones are none."""

from __future__ import annotations

import re

from etl.extractors.events.rules import Cues
from etl.model import Span, Status

# What stands before a dash or colon, or in words quoted before, says nothing of what follows.
CLAUSE = re.compile(r"\s[-–—]\s|:\s|[,.!?](?:[”»\"]|'')\s|[”»\"],\s")
ASKED = ("?", "?”", '?"', "?»")
REACH = 90  # characters before the trigger in which a cue may stand
AHEAD, CALLED_OFF = 70, 140  # characters behind it in which a cue may stand, and one that calls it off


def judge(text: str, trigger: Span, sentence: Span, cues: Cues, *, verb: bool) -> Status | None:
    """Return the status of the event, or None when the words deny it, wish for it or speak of no single one.

    What stands nearest before the trigger decides first; a cancelled plan is cancelled, a planned visit
    that "will not take place" is no event.  A verb in the past tense tells what happened, whatever is
    planned or wished elsewhere in its sentence.
    """
    left = CLAUSE.split(text[max(sentence.start, trigger.start - REACH) : trigger.start])[-1]
    ahead = text[trigger.end : min(sentence.end, trigger.end + CALLED_OFF)]
    # "the summit of May and the summit scheduled for July"
    ahead = ahead.partition(text[trigger.start : trigger.end])[0]
    right = ahead[:AHEAD]
    if cues.before["cancelled"].search(left) or cues.after["cancelled"].search(ahead):
        return "cancelled"
    if cues.before["negated"].search(left) or cues.after["negated"].search(right):
        return None
    if verb and cues.past.fullmatch(text, trigger.start, trigger.end) and not cues.passive.search(left):
        return "happened"
    status = _of_plan(left, right, cues)
    to_come = verb and (
        cues.before["infinitive"].search(left) or cues.future.fullmatch(text, trigger.start, trigger.end)
    )
    if verb and status == "planned" and text.endswith(ASKED, sentence.start, sentence.end):
        return None  # "Will the president visit Peru?"
    return "planned" if status and to_come else status  # "arrives to meet X"


def _of_plan(left: str, right: str, cues: Cues) -> Status | None:
    if cues.before["generic"].search(left):
        return None
    if cues.before["done"].search(left):
        return "happened"  # "will tell you the results of the talks"
    if cues.after["planned"].search(right) or cues.before["scheduled"].search(left):
        return "planned"
    if cues.before["hypothetical"].search(left) or cues.after["hypothetical"].search(right):
        return None
    return "planned" if cues.before["planned"].search(left) else "happened"
