"""The clue finders, one module for each family of clues; ``FINDERS`` lists them in the order of reading."""

from __future__ import annotations

from collections.abc import Mapping

from etl.resolvers.dating.clues import Finder
from etl.resolvers.dating.finders import datelines, header, holders, metadata, stated
from etl.resolvers.dating.finders.world import anniversaries, facts, meetings, travels

# the families that they report can be switched off one by one
FINDERS: Mapping[str, Finder] = {
    "metadata": metadata.find,
    "header": header.find,
    "dateline": datelines.find,
    "stated": stated.find,
    "offices": holders.find,
    "facts": facts.find,
    "anniversaries": anniversaries.find,
    "meetings": meetings.find,
    "travels": travels.find,
}
