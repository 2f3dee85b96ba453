"""Dateline's library: what happened when, who met whom, which figures were reported, and how we know.

>>> from etl import extract
>>> extract("Talks took place on 9 October 2024.")["timexes"][0]["value"]
'2024-10-09'

``extract`` looks at one text, ``build`` at files and folders, ``load`` opens a store that was built before.
Everything heavy is imported when it is first called.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etl.tables import Tables

__all__ = ["build", "extract", "load"]


def extract(text: str, *, dct: date | None = None, lang: str = "", doc_id: str = "text") -> dict[str, Any]:
    """Return what one text says, in the shape of the ``dateline extract`` protocol.

    ``dct`` is the day on which the text was written, if you know it; offsets in the answer count code points.
    """
    from etl.lexicon import default_lexicon  # noqa: PLC0415
    from etl.protocol import answer  # noqa: PLC0415

    request = {"id": doc_id, "text": text, "dct": dct.isoformat() if dct else None, "lang": lang}
    return answer(request, default_lexicon())


def build(
    sources: Iterable[str | Path] | str | Path,
    *,
    dct: date | None = None,
    jobs: int = 0,
    knowledge: Iterable[str | Path] = (),
) -> Tables:
    """Return the tables of everything found in files and folders; DatelineError when nothing is.

    ``dct`` dates the documents that bring no date of their own, ``jobs`` is the number of processes (0: as many
    as fit the machine; -1: this process alone, where nothing guards against a file that hangs), ``knowledge`` are
    folders with your own facts.  A document that fails is a row of ``documents`` with a reason.
    """
    from etl.builder.assembly import Options  # noqa: PLC0415
    from etl.builder.assembly import build as assembled  # noqa: PLC0415
    from etl.dayset import DaySet  # noqa: PLC0415

    places = [sources] if isinstance(sources, str | Path) else sources
    given = Options(DaySet.of(dct) if dct else None, jobs, tuple(map(Path, knowledge)))
    return assembled([Path(place) for place in places], given)


def load(store: str | Path) -> Tables:
    """Return the tables of a store's current build; StoreError when the folder is not a store.

    The result's attributes are the tables of ``etl.schema`` as DataFrames (``tables.events``, ``tables.figures``
    ...), ``texts`` (a mapping from document id to text, read from disk when asked for) and ``manifest`` (``build``,
    ``version``, ``notes`` ...).
    """
    from etl.store.loading import load as loaded  # noqa: PLC0415

    return loaded(Path(store))
