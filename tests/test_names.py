"""Names: what spelling may change and what not, and how a text is cut into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lexicon import default_lexicon
from etl.names import Words, fold, fold_all, nominatives, same_word, skeleton, skeletons


@pytest.mark.parametrize(
    "spellings",
    [
        "Shoigu Shoygu Шойгу",
        "Zelensky Zelenskyy Zelenskiy Zelenskyi Зеленский",
        "Gorbachev Gorbachyov Горбачёв",
        "Nazarbayev Nazarbaev Назарбаев",
        "Japarov Zhaparov Жапаров",
        "Yury Yuri Yuriy Iurii Юрий",
        "Sergei Sergey Sergej Сергей",
        "Matviyenko Matvienko Матвиенко",
        "Erdoğan Erdogan Эрдоган",
        "Ryzhenkov Рыженков",
    ],
)
def test_spellings_of_one_name_agree(spellings: str) -> None:
    first, *others = spellings.split()
    assert all(same_word(first, other) for other in others), {word: skeleton(word) for word in spellings.split()}


@pytest.mark.parametrize("pair", ["Ivanov Ivanova", "Brown Braun", "Patrushev Petrushev", "Kim Kem", "Lanc Lang"])
def test_different_names_stay_different(pair: str) -> None:
    one, other = pair.split()
    assert not same_word(one, other)


def test_folding() -> None:
    assert fold("Élisabeth  O’Neill-Smith, Jr.") == "elisabeth oneill smith jr"
    assert fold("Łukasz Øster Straße") == "lukasz oster strasse"
    assert fold("…") == ""


def test_words_and_gaps() -> None:
    words = Words("Russia's  'Vice-Premier', M.J.R. O'Neill\n\nNext")
    assert words.words == ["Russia", "Vice-Premier", "M", "J", "R", "O'Neill", "Next"]
    assert [words.gap(i) for i in range(len(words.words))] == ["'s '", "',", ".", ".", ".", "\n", "\n"]


def test_a_soft_line_wrap_is_a_blank_and_a_short_line_ends() -> None:
    wrapped = Words("The agreement was signed this morning by the Minister of\nDefence of the republic")
    assert wrapped.gap(wrapped.words.index("of")) == " "
    title = Words("Meeting with a Minister\nVladimir spoke")
    assert title.gap(title.words.index("Minister")) == "\n"


def test_nominatives_come_from_a_table() -> None:
    cases = [("ым", ("", "ый")), ("а", ("",))]
    assert nominatives("Путиным", cases) == ["Путиным", "Путин", "Путиный"]
    assert nominatives("Ким", []) == ["Ким"]


@given(st.text(max_size=200))
def test_words_point_into_the_text(text: str) -> None:
    words = Words(text)
    assert len(words.gaps) == len(words.words) - 1
    for index, (start, word) in enumerate(zip(words.starts, words.words, strict=True)):
        assert text[start : start + len(word)] == word
        assert words.end(index) == start + len(word)
        assert isinstance(words.gap(index), str)


def test_curated_persons_and_organisations_are_sound() -> None:
    persons, organisations = default_lexicon().facts("people"), default_lexicon().facts("organisations")
    names = [row["name"] for row in persons]
    items = [row["qid"] for row in persons if row["qid"]]
    assert len(set(names)) == len(names) > 300
    assert len(set(items)) == len(items)
    assert all(row["gender"] in {"", "m", "f"} and row["alone"] in {"", "yes"} for row in persons)
    assert all(row["name"] and row["kind"] and row["source"] for row in organisations)


@given(st.lists(st.text() | st.text(alphabet="AZaz éŁ™İґё\u034f\u0301’-\n", max_size=12), max_size=8))
def test_many_at_once_are_as_one_by_one(texts: list[str]) -> None:
    folded = [fold(text) for text in texts]
    assert fold_all(texts) == folded
    assert skeletons(folded) == [skeleton(text) for text in folded]
