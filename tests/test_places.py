"""Places: countries, nationalities, cities, residences, in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import LexiconError
from etl.extractors import places
from etl.extractors.places.gazetteer import english
from etl.lexicon import Lexicon, default_lexicon
from etl.model import Analysis, Document


def found(text: str, lang: str = "en") -> list[str]:
    mentions = places.find(Analysis(Document("d", text, lang)), default_lexicon())
    return [f"{mention.span.of(text)} = {mention.name}; {mention.kind}; {mention.country}" for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He flew to Minsk.", ["Minsk = Minsk; city; BY"]),
        ("The Belarussian side agreed.", ["Belarussian = Belarus; demonym; BY"]),
        ("Belarusian-Russian talks", ["Belarusian = Belarus; demonym; BY", "Russian = Russia; demonym; RU"]),
        ("U.S. and UK officials", ["U.S. = United States; country; US", "UK = United Kingdom; country; GB"]),
        ("in the Kremlin", ["Kremlin = Kremlin; site; RU"]),
        (
            "On Monday morning the two delegations met again at the White\nHouse",
            ["White\nHouse = White House; site; US"],
        ),
        ("Washington, D.C.", ["Washington, D.C. = Washington; city; US"]),
        (
            "the Democratic People’s Republic of Korea",
            ["Democratic People’s Republic of Korea = North Korea; country; KP"],
        ),
        ("the Kingdom of Saudi Arabia", ["Kingdom of Saudi Arabia = Saudi Arabia; country; SA"]),
        ("to the Kherson region", ["Kherson region = Kherson Region; region; UA"]),
        ("IN AUSTRALIA", ["AUSTRALIA = Australia; country; AU"]),
        ("Kiev and Kyiv", ["Kiev = Kyiv; city; UA", "Kyiv = Kyiv; city; UA"]),
        ("Türkiye, Cote d'Ivoire", ["Türkiye = Turkey; country; TR", "Cote d'Ivoire = Côte d’Ivoire; country; CI"]),
        # no places
        ("the Vienna Convention", []),
        ("The Washington Post wrote", []),
        ("you and us, may polish turkey", []),
        ("Florence Parly spoke", []),
        ("", []),
    ],
)
def test_english_places(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("прибыл в Минск из Сочи", ["Минск = Minsk; city; BY", "Сочи = Sochi; city; RU"]),
        ("переговоры с Турцией", ["Турцией = Turkey; country; TR"]),
        ("в Красной Поляне", ["Красной Поляне = Krasnaya Polyana; site; RU"]),
        ("белорусские власти", ["белорусские = Belarus; demonym; BY"]),
        ("Президент США", ["США = United States; country; US"]),
        ("поездка в Вологодскую область", ["Вологодскую область = Vologda Region; region; RU"]),
        ("АСТАНА, 3 июня", ["АСТАНА = Astana; city; KZ"]),
        ("мука и соль", []),
    ],
)
def test_russian_places(text: str, expected: list[str]) -> None:
    assert found(text, "ru") == expected


def test_every_country_and_city_has_a_sound_row() -> None:
    lexicon = default_lexicon()
    countries, cities = lexicon.facts("countries"), lexicon.facts("places")
    assert len({row["code"] for row in countries}) == len(countries) > 240
    assert all(row["name"] and row["source"] for row in [*countries, *cities])
    assert {row["kind"] for row in cities} == {"city", "site", "region"}
    codes = {row["code"] for row in countries}
    assert {row["country"] for row in cities} <= codes | {""}
    gazetteer = lexicon.once(english)
    for first in gazetteer.index:
        for name in gazetteer.names(first):
            assert name.words[0] == first
            place = name.place
            assert place.latitude is None or (-90 <= place.latitude <= 90 and -180 <= (place.longitude or 0) <= 180)


def test_a_wrong_coordinate_is_named_with_its_line(tmp_path: Path) -> None:
    header = "name,country,kind,latitude,longitude,names,ru_names,population,source\n"
    (tmp_path / "places.csv").write_text(header + "Nowhere,BY,city,north,1,,,,own\n", "utf-8")
    with pytest.raises(LexiconError, match=r"places.csv, line 2.*not numbers"):
        english(Lexicon([tmp_path]))


def test_a_user_adds_a_place(tmp_path: Path) -> None:
    header = "name,country,kind,latitude,longitude,names,ru_names,population,source\n"
    (tmp_path / "places.csv").write_text(header + "Strelsau,XX,city,1,2,,,,own\n", "utf-8")
    mentions = places.find(Analysis(Document("d", "They met in Strelsau.")), Lexicon([tmp_path]))
    assert [(mention.name, mention.latitude) for mention in mentions] == [("Strelsau", 1.0)]
