"""Figures get their period, source, status and links from the text around them, or rightly none."""

from __future__ import annotations

from datetime import date

import pytest

from etl import pipeline
from etl.dayset import DaySet
from etl.lexicon import default_lexicon
from etl.model import Analysis, Corpus, Document, Figure, figure_id
from etl.resolvers import periods, series

LEXICON = default_lexicon()
DCT = date(2022, 6, 17)


def analyse(text: str, dct: date | None = DCT, doc_id: str = "d", lang: str = "en") -> Analysis:
    """Return a document after the steps that look at one document."""
    return pipeline.analyse(Document(doc_id, text, lang, dct=DaySet.of(dct) if dct else None), LEXICON)


def by_value(text: str) -> dict[float | None, Figure]:
    """Return the figures of a text by their values."""
    return {figure.value: figure for figure in analyse(text).figures}


PERIODS = (
    ("Last year, exports reached $5 billion.", {5e9: "2021"}),
    ("Foreign reserves fell by EUR 2 billion to about 41 billion in March.", {2e9: "2022-03", 41e9: "2022-03"}),
    ("Donations rose by 12 per cent in 2021 to $31.5 million.", {12.0: "2021", 31.5e6: "2021"}),
    ("Inflation slowed to 5 percent in March from 6 percent in February and would reach the 2 percent target.",
     {5.0: "2022-03", 6.0: "2022-02", 2.0: ""}),
    ("More than 40,000 people have fled since the beginning of the year, against 9,000 in the whole of 2019.",
     {40e3: "2022-01-01/..", 9e3: "2019"}),
    ("The trade surplus narrowed to $7 billion in March from $9 billion.", {7e9: "2022-03", 9e9: ""}),
    ("They paved 12 km of streets in 2021. This year they plan to pave 30 km.", {12.0: "2021", 30.0: "2022"}),
    ("In nine months of this year they repaired 312 km of roads.", {9.0: "", 312.0: "2022-01-01/2022-09-30"}),
    ("Exports reached $5 billion in 2019 and $6 billion in 2020.", {5e9: "2019", 6e9: "2020"}),
    ("Trade grew last year by 45 percent, and by 70 percent in the first three months of 2022.",
     {45.0: "2021", 70.0: "2022-01-01/2022-03-31"}),
    ("Last year it amounted to $25 billion and exceeded $12 billion in the first three months.",
     {25e9: "2021", 12e9: "2022-01-01/2022-03-31"}),
    ("The minister said on Monday that exports reached $5 billion.", {5e9: ""}),
    ("Exports reached $5 billion.", {5e9: ""}),
    ("The country ended April with a deficit of $3 billion. At the same time, revenues amounted to $1 billion.",
     {3e9: "2022-04", 1e9: "2022-04"}),
    ("The road map has been completed by 40 percent to date.", {40.0: "2022-06-17"}),
    ("Now 30 percent of the tanks are full, then in May 2023 we may have 75 percent.",
     {30.0: "2022-06-17", 75.0: "2023-05"}),
    ("In the first quarter of 2021, inflation was 4.5 percent.", {4.5: "2021-01-01/2021-03-31"}),
    ("In 2021, sales rose by UAH 206 billion. Currently, the account has UAH 55 billion.", {206e9: "2021", 55e9: ""}),
    ("In January–April exports rose by 8 percent.", {8.0: "2022-01-01/2022-04-30"}),
    ("From 2019 to 2021 imports rose by 5 percent.", {5.0: "2019/2021"}),
    ("On Thursday we met after three years of silence.", {3.0: ""}),
    ("OLDPORT, June 16 (NPA) - Exports reached $5 billion, the mayor said.", {5e9: ""}),
    ("We have built 14 bridges, and we shall build the rest before the end of June.", {14.0: ""}),
    ("Imports now account for 35 per cent of sales, up from 20 per cent a year ago.",
     {35.0: "2022-06-17", 20.0: "2021"}),
    ("Exports rose to $5 billion last year, up from $4 billion in 2020. The bank puts the figure at nearly $6 billion.",
     {5e9: "2021", 4e9: "2020", 6e9: "2021"}),
    ("Today, the President announced $3 billion in assistance.", {3e9: ""}),
    ("Coverage slipped to 84 percent last year from 86 percent in 2019.", {84.0: "2021", 86.0: "2019"}),
    ("Trade reached $2 billion in the first nine months of 2021, a 12 per cent rise on the year before.",
     {2e9: "2021-01-01/2021-09-30", 12.0: "2021-01-01/2021-09-30"}),
    ("Trade reached $2 billion in the last nine months of 2021.", {2e9: "2021"}),
    ("The party won 16 percent, its worst result since 1987.", {16.0: ""}),
    ("Exports rose by 5 percent, and in 2025 they will add 7 percent.", {5.0: "", 7.0: "2025"}),
    ("Exports rose by 5 percent on last year.", {5.0: ""}),
    ("The share was 20.9 percent in 2018, 24.1 percent in 2019 and 25.2 percent in 2020.",
     {20.9: "2018", 24.1: "2019", 25.2: "2020"}),
    ("Life expectancy fell from 78 years in 2019 to 76 in 2021.", {78.0: "2019", 76.0: "2021"}),
    ("Turnout stood at 61 percent, four points below the figure four years ago.", {61.0: ""}),
    ("Imports fell from 155 million tonnes in 2019 to around 80 million in 2020.", {155e6: "2019", 80e6: "2020"}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PERIODS, ids=[text for text, _ in PERIODS])
def test_period(text: str, wanted: dict[float, str]) -> None:
    found = by_value(text)
    assert {value: found[value].time_period for value in wanted} == wanted
    for value, period in wanted.items():
        assert bool(found[value].time_period_basis) == bool(period)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Инфляция составила 2,2 процента, сообщил Евростат.", "Евростат"),
        ("Инфляция составила 2,2 процента, сообщает Росстат.", "Росстат"),
        ("Банк понизил прогноз с 3,3 до 2,8 процента.", ""),
    ],
)
def test_a_source_behind_its_verb_in_russian(text: str, source: str) -> None:
    assert {figure.attributed_to for figure in analyse(text, lang="ru").figures} == {source}


def test_a_range_of_months_in_russian_is_one_period() -> None:
    (figure,) = analyse("За январь–май экспорт вырос на 8%.", lang="ru").figures
    assert figure.time_period == "2022-01-01/2022-05-31"
    (figure,) = analyse("За январь–май экспорт вырос на 8%.", dct=None, lang="ru").figures
    assert figure.time_period == "XXXX-01/XXXX-05"
    (figure,) = analyse("За девять месяцев 2021 года экспорт вырос на 8%.", lang="ru").figures
    assert figure.time_period == "2021-01-01/2021-09-30"


SOURCES = (
    ("According to the Ministry of Finance, the deficit is $3 billion.", "Ministry of Finance"),
    ("The Norwegian estimate is more modest, just over $3 billion.", "Norwegian estimate"),
    ("The deficit is $3 billion, the World Bank said.", "World Bank"),
    ("The deficit is $3 billion.", ""),
    ("According to the plan, the deficit will be $3 billion.", ""),
    ("“The deficit is $3 billion,” Karl Dahl said.", "Karl Dahl"),
    ("The harbour projects will add $3 billion to revenues.", ""),
    ("The bank maintains loans of $3 billion.", ""),
    ("The bank maintains that loans are $3 billion.", "bank"),
    ("I’d read that the deficit is $3 billion.", ""),
    ("The fund announced by Ann Lee has $3 billion.", ""),
    ("According to Karl Dahl, roads are bad. According to him, the deficit is $3 billion.", "Karl Dahl"),
    ("According to him, the deficit is $3 billion.", ""),
    ("“We rebuild it,” said Karl Dahl. According to him, the deficit is $3 billion.", "Karl Dahl"),
    ("The union says $2 million is lost; the Port Authority puts the sum at $3 billion.", "Port Authority"),
    ("The deficit is $3 billion; Fitch, a rating agency, had put the figure at $4 billion.", ""),
    ("Losses are later estimated at $3 billion.", ""),
)


@pytest.mark.parametrize(("text", "source"), SOURCES, ids=[text for text, _ in SOURCES])
def test_source(text: str, source: str) -> None:
    assert by_value(text)[3e9].attributed_to == source


GENITIVES = (
    ("По данным Росстата, дефицит составил 3%.", "Росстат"),
    ("По данным Минобороны, дефицит составил 3%.", "Минобороны"),
    ("По данным Министерства финансов, дефицит составил 3%.", "Министерство финансов"),
    ("По оценке Международного валютного фонда, дефицит составил 3%.", "Международный валютный фонд"),
    ("По данным Росстата и Минфина, дефицит составил 3%.", "Росстата и Минфина"),
)


@pytest.mark.parametrize(("text", "source"), GENITIVES, ids=[text for text, _ in GENITIVES])
def test_a_source_in_the_genitive_is_shown_in_the_nominative(text: str, source: str) -> None:
    (figure,) = analyse(text, lang="ru").figures
    assert figure.attributed_to == source


LABELS = (
    ("The bank signed a $3 billion contract with the port.", "contract"),
    ("A 3 percent increase in toll income.", "toll income"),
    ("The road machines worth $3 billion came.", "road machines"),
    ("The deterioration of water pipes is estimated at 3 percent.", "deterioration of water pipes"),
    ("3 percent of them have a bicycle.", "Percentages"),
    ("The army got 3 sets of landing equipment.", "sets of landing equipment"),
    ("They sent $3 billion worth of grain.", "grain"),
    ("The firm made an additional payment of $3 million.", "additional payment"),
    ("The staffing of the harbours has reached 3 percent.", "staffing of the harbours"),
    ("The area was large, and it was 3 hectares.", "Areas"),
    ("The number of harbour pilots has doubled.", "number of harbour pilots"),
    ("Harbour pilots doubled.", "Harbour pilots"),
    ("The council chose a 3-person group for the work.", "group"),
)


@pytest.mark.parametrize(("text", "label"), LABELS, ids=[text for text, _ in LABELS])
def test_label(text: str, label: str) -> None:
    (figure,) = analyse(text).figures
    assert figure.indicator_label == label


INHERITED = (
    (
        "Trade turnover reached $1 billion. Economists put the figure at nearly $2 billion.",
        {2e9: "Trade turnover"},
    ),
    ("Trade turnover reached $7 billion in 2021, an increase of 14 per cent over 2020.", {14.0: "Trade turnover"}),
    (
        "Trade turnover reached $7 billion in 2021, while taxes fell by 14 per cent.",
        {14.0: "taxes"},
    ),
    ("Norland sold 30 per cent of the gas, up from 20 per cent a year ago.", {30.0: "gas", 20.0: "gas"}),
    ("There are only 50,000 left, down from 60,000 two years ago.", {50e3: "Numbers", 60e3: "Numbers"}),
)


@pytest.mark.parametrize(("text", "labels"), INHERITED, ids=[text for text, _ in INHERITED])
def test_what_points_back_or_is_compared_measures_the_same(text: str, labels: dict[float, str]) -> None:
    found = by_value(text)
    assert {value: found[value].indicator_label for value in labels} == labels


def test_a_target_measures_what_the_sentence_before_does() -> None:
    text = "«Товарооборот за прошлый год составил 3 миллиарда долларов. Наша общая цель – 10 миллиардов», – сказал мэр."
    found = {figure.value: figure.indicator for figure in analyse(text, lang="ru").figures}
    assert found == {3e9: "trade_turnover", 10e9: "trade_turnover"}


def test_the_time_in_which_something_grew_is_no_figure() -> None:
    found = analyse("За шесть месяцев экспорт вырос на 20 процентов.", lang="ru").figures
    assert [figure.value for figure in found] == [20.0]


def test_what_follows_compared_with_is_the_base() -> None:
    found = by_value("Inflation was 3.5 percent in May, compared with 2.5 percent in April.")
    assert (found[3.5].compared_with, found[3.5].base_period) == (figure_id("d", found[2.5]), "2022-04")


def test_clock_times_and_two_way_trade_are_no_figures() -> None:
    assert not analyse("They signed at 11 p.m. after talks on two-way trade.").figures


STATUS = (
    ("Exports will reach $3 billion.", "F"),
    ("Revenues of $3 billion are planned for May.", "F"),
    ("Exports reached an estimated $3 billion.", "E"),
    ("Exports reached $3 billion.", "A"),
    ("Exports reached $3 billion; next year they will grow.", "A"),
    ("I will say it again: exports reached $3 billion.", "A"),
)


@pytest.mark.parametrize(("text", "status"), STATUS, ids=[text for text, _ in STATUS])
def test_status(text: str, status: str) -> None:
    assert by_value(text)[3e9].obs_status == status


OPEN_YEAR = (
    ("This year exports reached $5 billion.", "XXXX", 730),
    ("In the first half of the year exports reached $5 billion.", "XXXX-01/XXXX-06", 362),
    ("Exports reached $5 billion in the first three months.", "XXXX-01/XXXX-03", 180),
    ("In May 2021 exports reached $5 billion.", "2021-05", 31),
    ("Since February of this year exports have reached $5 billion.", "2022-02-01/..", None),
)


@pytest.mark.parametrize(("text", "told", "days"), OPEN_YEAR, ids=[text for text, _, _ in OPEN_YEAR])
def test_a_year_that_the_document_leaves_open_is_told_as_such_and_keeps_its_candidates(
    text: str, told: str, days: int | None
) -> None:
    document = Document("d", text, dct=DaySet.between(date(2022, 11, 1), date(2023, 2, 1)))
    (figure,) = pipeline.analyse(document, LEXICON).figures
    assert figure.time_period == told
    assert figure.period is not None
    assert figure.period.days.n_days == days


def test_base_period_is_not_the_period() -> None:
    figure = by_value("Exports grew by 8 percent in 2021 compared with 2019.")[8.0]
    assert (figure.time_period, figure.base_period) == ("2021", "2019")


def test_a_level_knows_the_one_it_came_from() -> None:
    found = by_value("Imports rose from $2 billion in 2020 to $3 billion in 2021.")
    assert found[3e9].compared_with == figure_id("d", found[2e9])
    assert found[3e9].base_period == "2020"
    assert not found[2e9].compared_with


def test_a_bare_dollar_is_that_of_the_country_where_the_text_says_so() -> None:
    text = (
        "In Australia and all over Australia sales rose to $80 million, or US$52 million, the Australian minister said."
    )
    assert [figure.currency for figure in analyse(text).figures] == ["AUD", "USD"]
    assert by_value("In Australia sales rose to $80 million.")[80e6].currency == "USD"


def test_countries_of_trade() -> None:
    figure = by_value("Trade turnover between Norway and Finland reached $3 billion.")[3e9]
    assert {figure.ref_area, figure.counterpart_area} == {"NO", "FI"}


def test_running_again_changes_nothing() -> None:
    analysis = analyse("Last year, exports grew by 8 percent to $3 billion, up from $2 billion, the World Bank said.")
    first = list(analysis.figures)
    periods.resolve(analysis, LEXICON)
    assert analysis.figures == first


TWO = "Trade between Norway and Finland reached $51 billion in 2021, according to Statistics Norway."
OTHER = "Trade between Norway and Finland reached $50 billion in 2021, according to Statistics Finland."


def series_of(*texts: str) -> list[Analysis]:
    """Return documents with their figures linked."""
    corpus = Corpus([analyse(text, doc_id=f"d{index}") for index, text in enumerate(texts)])
    series.resolve(corpus, LEXICON)
    return corpus.analyses


def test_sources_that_disagree_stay_side_by_side() -> None:
    first, second = series_of(TWO, OTHER)
    assert second.figures[0].alternative_of == figure_id("d0", first.figures[0])
    assert [analysis.figures[0].value for analysis in (first, second)] == [51e9, 50e9]
    again = Corpus([first, second])
    before = [list(analysis.figures) for analysis in again.analyses]
    series.resolve(again, LEXICON)
    assert [analysis.figures for analysis in again.analyses] == before


def test_a_repeat_is_linked_and_no_alternative() -> None:
    first, second = series_of(TWO, TWO)
    assert not second.figures[0].alternative_of
    reason = second.figures[0].evidence[-1]
    assert (reason.rule, reason.doc_id) == ("series.repeat", first.document.doc_id)


def test_other_periods_are_no_alternatives() -> None:
    _, second = series_of(TWO, OTHER.replace("2021", "2020"))
    assert not second.figures[0].alternative_of


def test_a_corrected_value_points_at_its_correction() -> None:
    (analysis,) = series_of("I mentioned a $7 billion investment but actually we have invested $17 billion there.")
    wrong, right = analysis.figures
    assert wrong.alternative_of == figure_id("d0", right)
    assert not right.alternative_of
    assert wrong.evidence[-1].rule == "series.superseded"


def test_a_correction_in_the_same_breath_measures_what_it_corrects() -> None:
    (analysis,) = series_of("Norway’s inflation was 4 percent in 2021, or more precisely 4.2 percent.")
    wrong, right = analysis.figures
    assert wrong.alternative_of == figure_id("d0", right)
    assert (wrong.indicator, wrong.transformation) == (right.indicator, right.transformation) == ("inflation", "level")


def test_a_year_that_two_documents_leave_open_is_no_common_period() -> None:
    text = "This year Norway’s exports reached ${} billion."
    texts = [text.format(5), text.format(6)]
    days = DaySet.between(date(2022, 11, 1), date(2023, 2, 1))
    documents = [Document(f"d{number}", text, dct=days) for number, text in enumerate(texts)]
    analyses = [pipeline.analyse(document, LEXICON) for document in documents]
    corpus = Corpus(analyses)
    series.resolve(corpus, LEXICON)
    assert [figure.time_period for analysis in analyses for figure in analysis.figures] == ["XXXX", "XXXX"]
    assert not any(figure.alternative_of for analysis in analyses for figure in analysis.figures)


def test_a_derived_value_is_apart_and_shows_its_formula() -> None:
    (analysis,) = series_of("In 2021, exports grew by 25 percent to $5 billion.")
    *reported, derived = analysis.figures
    assert all(not figure.derived_from for figure in reported)
    assert derived.value == pytest.approx(4e9)
    assert derived.time_period == "2020"
    assert derived.derived_from.endswith("5e+09 / (1 + 25/100)")
    assert (derived.obs_status, derived.attributed_to) == ("E", "")


def test_two_growths_of_one_level_give_one_derived_value() -> None:
    (analysis,) = series_of(
        "In 2021, exports grew by 25 percent to $5 billion, after they grew by 10 percent in May 2021."
    )
    ids = [figure_id("d0", figure) for figure in analysis.figures]
    assert len(set(ids)) == len(ids)


def test_russian_context() -> None:
    text = "В 2021 году экспорт вырос на 12 процентов и составил 3 млрд долларов, сообщил Белстат."
    found = {figure.value: figure for figure in analyse(text, lang="ru").figures}
    assert found[3e9].time_period == "2021"
    assert found[12.0].indicator == "exports"


def test_a_magnitude_leaves_no_rounding_error() -> None:
    (figure,) = analyse("The port handled 4.1 million tonnes.").figures
    assert repr(figure.value) == "4100000.0"


MONEY = (
    ("The Norwegian government set aside 300 million kroner for ferries in Norway.", "en", "NOK"),
    ("Mexico will spend 20 billion pesos on the dam.", "en", "MXN"),
    ("Egypt raised 5 billion pounds in bonds.", "en", "EGP"),
    ("The United Kingdom raised 5 billion pounds in bonds.", "en", "GBP"),
    ("The prize is worth 10 million kroner.", "en", ""),
    ("Belarus and Kazakhstan agreed on 5 billion rubles.", "en", "RUB"),
    ("Норвегия выделит 300 млн крон.", "ru", "NOK"),
)


@pytest.mark.parametrize(("text", "lang", "code"), MONEY, ids=[text for text, _, _ in MONEY])
def test_the_country_of_the_text_decides_whose_money_a_shared_word_means(text: str, lang: str, code: str) -> None:
    (figure,) = analyse(text, lang=lang).figures
    assert figure.currency == code
    assert figure.statistical_kind == "money_amount"
