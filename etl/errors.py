"""The errors that a user can cause and mend, each with one sentence: what, where, what to do."""

from __future__ import annotations


class DatelineError(Exception):
    """A problem with the user's input or machine; ``str()`` is the sentence to show."""

    def __init__(self, where: str, reason: str, hint: str = "") -> None:
        """Keep the place, the reason and the way out, and join them into one sentence."""
        self.where, self.reason, self.hint = where, reason, hint
        super().__init__(f"{where}: {reason}" + (f"; {hint}" if hint else ""))


class LexiconError(DatelineError):
    """A rule or knowledge file that cannot be used, named with its line."""


class ReadError(DatelineError):
    """A document that cannot be read; it costs no other document."""


class StoreError(DatelineError):
    """A folder that is not a store, or a store that does not match its own checksums."""
