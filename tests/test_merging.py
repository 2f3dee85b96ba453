"""Merging: what is one event in several documents, what is not, and that nothing hangs on their order."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from etl.dayset import DaySet
from etl.lexicon import default_lexicon
from etl.model import (
    Analysis,
    Corpus,
    Dating,
    Document,
    Event,
    EventMention,
    Evidence,
    Figure,
    Participant,
    PersonMention,
    PlaceMention,
    Quote,
    Span,
)
from etl.resolvers import merging
from etl.resolvers.merging.people import aliases

LEXICON = default_lexicon()
TEXT = (
    "Anna Berg met Jose Ortiz. “Fish is good,” she said. Over 80 boats were counted. Later they signed a treaty. " * 3
)
RULES = ("participant.subject", "participant.object", "participant.listed", "participant.listed")
TWO = (("q1", "Anna Berg"), ("q2", "Jose Ortiz"))


def mention(
    days: str,
    people: tuple[tuple[str, str], ...] = TWO,
    *,
    kind: str = "meeting",
    at: int = 0,
    place: str = "",
    flag: str = "",
    status: str = "happened",
    main: bool = True,
) -> EventMention:
    span = Span(at, at + 25)
    return EventMention(
        kind,
        span,
        Span(at + 10, at + 13),
        f"{kind}.spec",
        status,  # type: ignore[arg-type]
        tuple(
            Participant(key, name, "participant", span, rule) for (key, name), rule in zip(people, RULES, strict=False)
        ),
        place,
        f"place-{place}" if place else "",
        Dating(DaySet.parse(days), "explicit") if days else None,
        main=main,
        evidence=(Evidence("text", flag, "note"),) if flag else (),
    )


def corpus(*documents: list[EventMention]) -> Corpus:
    analyses = []
    for number, mentions in enumerate(documents):
        analysis = Analysis(Document(f"doc{number}", TEXT))
        analysis.events = mentions
        analysis.dating = mentions[0].dating if mentions else None
        places = {(m.place, m.place_id) for m in mentions if m.place}
        analysis.places = [PlaceMention(Span(0, 4), n, i, n[:2].upper(), "city", "spec") for n, i in sorted(places)]
        analyses.append(analysis)
    return Corpus(analyses)


def events(*documents: list[EventMention]) -> list[Event]:
    made = corpus(*documents)
    merging.resolve(made, LEXICON)
    return made.events


def test_two_reports_of_one_meeting_become_one_event_with_both_tellings() -> None:
    (event,) = events([mention("2024-06-03")], [mention("2024-06-03", tuple(reversed(TWO)))])
    assert [doc_id for doc_id, _ in event.mentions] == ["doc0", "doc1"]
    assert event.title == "Berg – Ortiz: meeting"
    assert [reason.rule for reason in event.evidence] == ["event.same_in_documents"]


def test_talks_and_meeting_are_names_of_one_event() -> None:
    (event,) = events([mention("2024-06-03")], [mention("2024-06-03", kind="negotiation")])
    assert event.kind == "meeting"


def test_a_call_is_no_meeting() -> None:
    assert len(events([mention("2024-06-03")], [mention("2024-06-03", kind="call")])) == 2


def test_another_day_or_other_people_are_another_event() -> None:
    assert len(events([mention("2024-06-03")], [mention("2024-06-04")])) == 2
    other = (("q1", "Anna Berg"), ("q3", "Karl Lund"))
    assert len(events([mention("2024-06-03")], [mention("2024-06-03", other)])) == 2


def test_two_who_meet_others_twice_a_day_hold_two_meetings() -> None:
    third = [(("q1", "Anna Berg"), ("q3", "Karl Lund")), (("q1", "Anna Berg"), ("q4", "Rosa Diaz"))]
    assert len(events(*[[mention("2024-06-03", people)] for people in third])) == 2
    unnamed = [mention("2024-06-03", flag="event.counterpart_unnamed") for _ in range(2)]
    assert len(events([unnamed[0]], [unnamed[1]])) == 2


def test_a_meeting_of_three_is_not_that_of_two_of_them() -> None:
    three = mention("2024-06-03", (("q1", "Anna Berg"), ("q2", "Jose Ortiz")))
    more = replace(three.participants[1], person_id="q3", name="Karl Lund")
    assert len(events([replace(three, participants=(*three.participants, more))], [three])) == 2


def test_one_document_can_list_more_who_were_there() -> None:
    more = (*TWO, ("q3", "Karl Lund"))
    (event,) = events([mention("2024-06-03")], [mention("2024-06-03", more)])
    assert [person.name for person in event.participants] == ["Anna Berg", "Jose Ortiz", "Karl Lund"]


def test_an_exact_report_dates_a_vague_one() -> None:
    (event,) = events([mention("2024-06-01/2024-06-10")], [mention("2024-06-03")])
    assert event.dating is not None
    assert event.dating.days.edtf() == "2024-06-03"
    assert "event.dated_elsewhere" in [reason.rule for reason in event.evidence]


def test_candidate_years_are_settled_by_the_dated_report() -> None:
    years = "[2022-05-06,2023-05-06,2024-05-06]"
    (event,) = events([mention(years)], [mention("2023-05-06")])
    assert event.dating is not None
    assert event.dating.days.single == date(2023, 5, 6)


def test_a_vague_date_with_two_candidates_stays_vague() -> None:
    assert len(events([mention("2024-06-01/2024-06-10")], [mention("2024-06-03")], [mention("2024-06-07")])) == 3


def test_an_open_date_settles_nothing() -> None:
    assert len(events([mention("../2024-06-10")], [mention("2024-06-03")])) == 2


def test_one_day_in_two_countries_is_two_events() -> None:
    assert len(events([mention("2024-06-03", place="Oslo")], [mention("2024-06-03", place="Lima")])) == 2


def test_the_precise_place_is_kept() -> None:
    (event,) = events([mention("2024-06-03")], [mention("2024-06-03", place="Oslo")])
    assert event.place == "Oslo"


def test_an_announcement_and_the_event_are_one_that_happened() -> None:
    planned = mention("2024-06-03", status="planned")
    (event,) = events([planned], [mention("2024-06-03")])
    assert event.status == "happened"
    assert event.mentions[0][0] == "doc1"


def test_a_cancellation_against_a_report_is_shown_as_a_conflict() -> None:
    (event,) = events([mention("2024-06-03", status="cancelled")], [mention("2024-06-03")])
    assert ("conflict", "event.status_disagrees") in [(reason.kind, reason.rule) for reason in event.evidence]


def test_tellings_of_the_main_event_in_one_document_are_one() -> None:
    again = mention("", (("q2", "Jose Ortiz"),), at=100, main=False, flag="event.same_as_main")
    (event,) = events([mention("2024-06-03"), again])
    assert len(event.mentions) == 2


def test_two_tellings_of_another_event_in_one_document_are_one() -> None:
    side = [mention("2024-06-03", kind="visit", at=at, main=False) for at in (60, 120)]
    assert [event.kind for event in events([mention("2024-06-03"), *side])].count("visit") == 1


def test_the_outcome_does_not_depend_on_the_order_of_the_documents() -> None:
    documents = [
        [mention("2024-06-03")],
        [mention("2024-06-01/2024-06-10")],
        [mention("2024-06-03", (*TWO, ("q3", "Karl Lund")))],
        [mention("2024-07-03", kind="call")],
    ]
    base = corpus(*documents)
    outcomes = set()
    for order in itertools.permutations(range(len(documents))):
        shuffled = Corpus([base.analyses[index] for index in order])
        merging.resolve(shuffled, LEXICON)
        outcomes.add(tuple((e.event_id, e.title, tuple(doc for doc, _ in e.mentions)) for e in shuffled.events))
    assert len(outcomes) == 1


def test_ids_are_unique_and_stable() -> None:
    documents = (
        [mention("2024-06-03"), mention("", (), kind="exercise", at=60, main=False)],
        [mention("", (), kind="exercise", at=60)],
    )
    first, second = events(*documents), events(*documents)
    assert [event.event_id for event in first] == [event.event_id for event in second]
    assert len({event.event_id for event in first}) == len(first) == 3


def test_spellings_of_an_unknown_person_are_one_and_known_persons_stay_apart() -> None:
    spelt = [mention("2024-06-03", (("n1", "Kassym Tokaev"),)), mention("2024-06-03", (("n2", "Kassym Tokayev"),))]
    made = corpus([spelt[0]], [spelt[1]])
    assert aliases(made) == {"n2": "n1"}
    for analysis, key in zip(made.analyses, ("n1", "n2"), strict=True):
        analysis.people = [PersonMention(Span(0, 4), "name", "spec", "x", key, qid="Q" + key)]
    assert aliases(made) == {}


def test_a_family_name_that_stands_first_is_the_one_in_the_title() -> None:
    made = corpus([mention("2024-06-03", (("q1", "Anna Berg"), ("q9", "Li Qiang")))])
    made.analyses[0].people = [PersonMention(Span(0, 4), "name", "spec", "Li Qiang", "q9", country="CN")]
    merging.resolve(made, LEXICON)
    assert made.events[0].title == "Berg – Li: meeting"


def test_quotes_and_figures_belong_to_the_event_in_whose_telling_they_stand_or_to_the_main_one() -> None:
    signing = mention("2024-06-03", kind="signing", at=75, main=False)
    made = corpus([mention("2024-06-03"), signing])
    said, counted, near = Span(27, 40), Span(58, 60), Span(76, 80)
    made.analyses[0].quotes = [Quote(said, "marks", "spec")]
    made.analyses[0].figures = [Figure(counted, "spec", 80.0), Figure(near, "spec", 1.0)]
    merging.resolve(made, LEXICON)
    ids = {event.kind: event.event_id for event in made.events}
    assert made.event_of[("doc0", said)] == ids["meeting"]
    assert made.event_of[("doc0", counted)] == ids["meeting"]
    assert made.event_of[("doc0", near)] == ids["signing"]


@pytest.mark.parametrize("count", [400])
def test_many_documents_on_one_pair_of_people_stay_apart_by_day(count: int) -> None:
    first = date(2020, 1, 1).toordinal()
    documents = [[mention(date.fromordinal(first + number).isoformat())] for number in range(count)]
    assert len(events(*documents, *documents)) == count


def test_words_of_somebody_who_was_elsewhere_belong_to_his_own_event() -> None:
    elsewhere = mention("2024-06-03", (("q3", "Karl Lund"),), kind="conference", at=60, main=False)
    made = corpus([mention("2024-06-03"), elsewhere])
    his, hers, nobodys = Span(140, 150), Span(160, 170), Span(180, 190)
    made.analyses[0].quotes = [
        Quote(his, "marks", "spec", "Karl Lund", "q3"),
        Quote(hers, "marks", "spec", "Anna Berg", "q1"),
        Quote(nobodys, "marks", "spec"),
    ]
    merging.resolve(made, LEXICON)
    ids = {event.kind: event.event_id for event in made.events}
    found = [made.event_of[("doc0", span)] for span in (his, hers, nobodys)]
    assert found == [ids["conference"], ids["meeting"], ids["meeting"]]
