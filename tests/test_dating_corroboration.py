"""Check that a dated document dates an undated one that tells of the same event, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from etl import pipeline
from etl.dayset import DaySet
from etl.lexicon import default_lexicon
from etl.model import Analysis, Document

TELLS = "President of Belarus Alexander Lukashenko met with President of Russia Vladimir Putin in Minsk on 6 May."
QUOTE = (
    '"We have mended the old bridge over the river, and the children can walk to school again," Vladimir Putin said.'
)


def document(name: str, text: str, day: date | None = None) -> Document:
    return Document(name, text, name=name, title=name, dct=DaySet.of(day) if day else None)


def combined(*documents: Document) -> dict[str, Analysis]:
    lexicon = default_lexicon()
    corpus = pipeline.combine([pipeline.analyse(one, lexicon) for one in documents], lexicon)
    return {analysis.document.doc_id: analysis for analysis in corpus.analyses}


def claimed(analysis: Analysis) -> DaySet:
    assert analysis.dating is not None
    return analysis.dating.days


def test_the_same_event_in_a_dated_document_dates_the_other() -> None:
    found = combined(document("a", TELLS, date(2019, 5, 6)), document("b", TELLS + " They spoke of trade."))
    assert date(2019, 5, 6) in claimed(found["b"])
    assert claimed(found["b"]).n_days is not None
    assert date(2018, 5, 6) not in claimed(found["b"])
    dating = found["b"].dating
    assert dating is not None
    (step,) = [step for step in dating.evidence if step.kind == "corpus"]
    assert step.source == "a"
    assert "2019-05-06" in step.note


def test_events_are_anchored_again_with_the_new_date() -> None:
    found = combined(document("a", TELLS, date(2019, 5, 6)), document("b", TELLS + " They spoke of trade."))
    days = [timex.dating.days for timex in found["b"].timexes if timex.dating]
    assert days
    assert all(date(2018, 5, 6) not in one for one in days)


def test_the_order_of_the_documents_does_not_matter() -> None:
    one, other = document("a", TELLS, date(2019, 5, 6)), document("b", TELLS + " They spoke of trade.")
    assert combined(one, other)["b"].dating == combined(other, one)["b"].dating


def test_two_fitting_occasions_decide_nothing() -> None:
    alone = claimed(combined(document("c", TELLS + " They spoke of trade."))["c"])
    found = combined(
        document("a", TELLS, date(2019, 5, 6)),
        document("b", TELLS, date(2021, 5, 6)),
        document("c", TELLS + " They spoke of trade."),
    )
    assert claimed(found["c"]) == alone


@pytest.mark.parametrize("other", ["on 7 May.", "in Sochi on 6 May."])
def test_another_day_or_place_is_another_event(other: str) -> None:
    text = TELLS.replace("on 6 May.", other) if other.startswith("on") else TELLS.replace("in Minsk on 6 May.", other)
    alone = claimed(combined(document("b", text))["b"])
    found = combined(document("a", TELLS, date(2019, 5, 6)), document("b", text))
    assert claimed(found["b"]) == alone


def test_the_same_long_quotation_dates_the_other() -> None:
    found = combined(
        document("a", "The bridge was opened. " + QUOTE, date(2019, 5, 6)),
        document("b", "The bridge is open. President of Russia Vladimir Putin was there. " + QUOTE),
    )
    assert date(2019, 5, 7) in claimed(found["b"])
    assert date(2019, 9, 1) not in claimed(found["b"])
