"""Who held which office when: the book that dates a document by the offices named in it.

Built from ``knowledge/offices.csv`` and ``knowledge/people.csv``.  A tenure's end may be open (still in office when
the file was made) or unknown (``?`` in the file: the source was frozen while the person held the office); both have
``end is None``, ``end_known`` tells them apart.
"""

from __future__ import annotations

from etl.offices.book import OfficeBook, office_book
from etl.offices.tenure import HISTORY, Tenure, days_in_office, remembered

__all__ = ["HISTORY", "OfficeBook", "Tenure", "days_in_office", "office_book", "remembered"]
