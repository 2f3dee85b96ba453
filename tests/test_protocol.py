"""The shape of an ``extract`` answer, which other programs rely on."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from etl.dayset import DaySet
from etl.lexicon import default_lexicon
from etl.model import Dating
from etl.protocol import answer, dating_of, reply

DATES = {"earliest", "latest", "likely_earliest", "likely_latest", "best", "edtf", "basis"}
SHAPE = {
    "timexes": {"start", "end", "type", "value", "mod", "earliest", "latest", "basis"},
    "figures": {
        *("start", "end", "value", "value_min", "value_max", "unit", "currency", "qualifier", "direction"),
        *("transformation", "indicator", "time_period", "attributed_to", "statistical_kind"),
    },
    "quotes": {"start", "end", "speaker"},
    "people": {"start", "end", "name", "office"},
    "events": DATES | {"kind", "participants", "place", "status", "start", "end", "main"},
}
TEXT = (
    "President of Russia Vladimir Putin met with President of Belarus Alexander Lukashenko in Minsk on 9 October 2024. "
    "“Trade reached over $51 billion in 2023,” Vladimir Putin said."
)


def test_an_answer_has_its_parts() -> None:
    said = answer({"id": "a", "text": TEXT, "dct": "2024-10-10"}, default_lexicon())
    assert set(said) == {"id", "dating", *SHAPE}
    assert set(said["dating"]) == DATES
    for part, names in SHAPE.items():
        assert said[part], f"nothing was found for {part}"
        for row in said[part]:
            assert names <= set(row), part
            assert 0 <= row["start"] < row["end"] <= len(TEXT)
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize(
    ("dating", "expected"),
    [
        (None, dict.fromkeys(DATES)),
        (
            Dating(DaySet.between(None, date(2019, 5, 9)), "inferred", likely=DaySet.month(2019, 4)),
            {"earliest": None, "latest": "2019-05-09", "likely_earliest": "2019-04-01", "likely_latest": "2019-04-30"}
            | {"best": None, "edtf": "../2019-05-09", "basis": "inferred"},
        ),
        (
            Dating(DaySet.day(2019, 5, 3), "explicit", best=date(2019, 5, 3)),
            dict.fromkeys(DATES, "2019-05-03") | {"basis": "explicit"},
        ),
    ],
)
def test_an_open_bound_is_null(dating: Dating | None, expected: dict[str, Any]) -> None:
    assert dating_of(dating) == expected


def test_requests_do_not_influence_each_other() -> None:
    lexicon = default_lexicon()
    line = json.dumps({"id": "a", "text": TEXT, "dct": None}).encode()
    first = reply(line, lexicon)
    reply(json.dumps({"id": "a", "text": "Lukashenko met Xi.", "dct": "1999-01-01"}).encode(), lexicon)
    assert reply(line, lexicon) == first


@pytest.mark.parametrize(
    "text", ["", " ", "\x00" * 99, "\U0001f600" * 999, "\ud800", "(" * 5000, "9" * 5000, "“" * 999], ids=range(8)
)
def test_odd_texts_are_answered(text: str) -> None:
    line, fine = reply(json.dumps({"id": "a", "text": text, "dct": "2020-02-29"}).encode(), default_lexicon())
    assert fine, line
    assert b"\n" not in line
