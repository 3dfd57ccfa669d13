"""What text says: terms, negation, other persons, history."""

import pytest

from orbicularis.facts.fact import State
from orbicularis.fhir.text.hearing import Hearing
from orbicularis.fhir.text.prose import LONGEST, MOST_STATEMENTS, Prose


def _said(hearing: Hearing, *texts: str) -> dict[str, str]:
    return {
        one.finding: ("past " if one.history else "") + one.state
        for one in hearing.read((), texts).mentions
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twitching of upper lip", "present"),
        ("TWITCHING OF THE LIP", "present"),
        ("lip: twitching", "present"),
        ("tw\u00eftching of the l\u00edp", "present"),
        ("lip_twitching", "present"),
        ("Facial tics", "present"),
        ("Facial tick bite", None),
        ("slip; twitching", None),
        ("Twitching.\nLip balm used.", None),
        ("twitching of calf, lip balm used", None),
        ("twitching of the face and lower back", None),
        ("no lip twitching", "absent"),
        ("Denies fever, cough, lip twitching or rash", "absent"),
        ("Denies fever, cough, chills, rash, malaise, headache, lip twitching", "present"),
        ("denies fever but has lip twitching", "present"),
        ("No evidence of facial twitching", "absent"),
        ("no change in lip twitching", "present"),
        ("not only lip twitching", "present"),
        ("lip twitching absent", "absent"),
        ("Lip twitching was ruled out", "absent"),
        ("lip twitching, denied", "absent"),
        ("lip twitching for days, fever denied", "present"),
        ("Lips: no twitching", "absent"),
        ("twitching, no lip swelling", None),
        ("no lip twitching yesterday. Today lip twitching.", "present"),
        ("mother has facial twitching", None),
        ("facial twitching in mother", None),
        ("facial twitching, mother has diabetes", "present"),
        ("his brother is well but he has facial twitching", "present"),
        ("history of facial twitching", "past present"),
        ("3 days history of facial twitching", "present"),
        ("facial twitching in childhood", "past present"),
        ("facial twitching, history of surgery", "present"),
        ("facial twitching history of surgery", "present"),
        ("facial twitching years ago, none since", "past present"),
        ("return for facial twitching", None),
        ("if facial twitching occurs", None),
        ("facial twitching possible", None),
        ("facial twitching if tired", "present"),
        ("no history of facial twitching", "past absent"),
        ("Lip twitching?", "present"),
    ],
)
def test_a_statement(hearing: Hearing, text: str, expected: str | None) -> None:
    assert _said(hearing, text).get("twitching") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("facial weakness", True),
        ("weakness of the left side of face", True),
        ("weakness on one and then on the other side face", False),
        ("weakness, no facial pain", False),
        ("weakness but facial rest normal", False),
        ("Crooked smile", True),
        ("smile crooked", False),
        ("Crooked   SMILE!", True),
    ],
)
def test_a_phrase_has_its_order_and_a_gap_of_at_most_five_words(
    hearing: Hearing, text: str, expected: bool
) -> None:
    assert ("weakness" in _said(hearing, text)) is expected


def test_entries_of_lists_may_have_several_words(hearing: Hearing) -> None:
    assert "tea" in _said(hearing, "three cups of strong black tea")
    assert "tea" not in _said(hearing, "a cup for tea")


def test_a_label_is_turned_by_its_answer(hearing: Hearing) -> None:
    def state(answer: State) -> State:
        return hearing.read(("Lip twitching",), (), answer).mentions[0].state

    assert state(State.PRESENT) is State.PRESENT
    assert state(State.ABSENT) is State.ABSENT
    assert state(State.UNKNOWN) is State.UNKNOWN


def test_a_denial_that_is_denied_stays_open(hearing: Hearing) -> None:
    said = hearing.read(("No lip twitching",), (), State.ABSENT)
    assert said.mentions[0].state is State.UNKNOWN


def test_a_question_without_an_answer_says_nothing(hearing: Hearing) -> None:
    assert hearing.read(("Any lip twitching?",)).mentions[0].state is State.UNKNOWN


def test_a_label_and_the_beginning_of_its_answer_are_one_statement(hearing: Hearing) -> None:
    assert hearing.read(("Lips",), ("twitching at rest",)).mentions[0].quote == (
        "Lips: twitching at rest"
    )


def test_a_label_is_context_to_the_rest_of_its_answer(hearing: Hearing) -> None:
    said = hearing.read(("Family history",), ("All well. One has facial twitching.",))
    assert said.mentions == ()
    again = hearing.read(("Lip twitching",), ("Absent. Weather fine. Facial weakness.",))
    assert {one.finding: one.state for one in again.mentions} == {
        "twitching": State.ABSENT,
        "weakness": State.PRESENT,
    }


def test_sites_are_those_named_and_not_negated(hearing: Hearing) -> None:
    assert hearing.read(("Twitching upper lip",)).sites == {"face"}
    assert hearing.read(("Twitching of leg",), ("no facial twitching",)).sites == {"leg"}
    assert hearing.read(("Twitching",)).sites == frozenset()


def test_a_quote_is_short_and_holds_what_was_matched(hearing: Hearing) -> None:
    text = "word " * 40 + "lip twitching" + " word" * 40
    (mention,) = hearing.read((), (text,)).mentions
    assert "lip twitching" in mention.quote
    assert len(mention.quote) <= 84


def test_words_far_apart_in_an_endless_statement_do_not_meet(hearing: Hearing) -> None:
    assert _said(hearing, "twitching " + "word " * 200 + "lip") == {}


def test_only_the_beginning_of_a_long_text_is_searched(hearing: Hearing) -> None:
    padding = "nothing here. " * (LONGEST // 14 + 1)
    assert _said(hearing, padding + "Lip twitching.") == {}
    assert _said(hearing, padding[: LONGEST // 2] + "\nLip twitching.") == {"twitching": "present"}


def test_a_text_full_of_terms_is_weighed_in_part(hearing: Hearing) -> None:
    text = "No lip twitching. " * (MOST_STATEMENTS + 1) + "Lip twitching."
    assert _said(hearing, text) == {"twitching": "absent"}


def test_the_first_look_never_misses_what_reading_finds(prose: Prose) -> None:
    for text in ("upper lip twitches", "weak on the left face", "drinks much tea"):
        assert prose.may_name_finding((text,))
    for text in ("tea", "lip", "Hemoglobin [Mass/volume] in Blood", "", "twitching"):
        assert not prose.may_name_finding((text,))


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("Seizure", "denied", State.ABSENT),
        ("Seizure", "not present today", State.ABSENT),
        ("Seizure", "was ruled out", State.ABSENT),
        ("Seizure", "left side, no fever", State.PRESENT),
        ("Seizure", "in mother", State.UNKNOWN),
        ("Seizure", "possible", State.UNKNOWN),
        ("", "ruled out", State.ABSENT),
        ("Seizure", "...", State.UNKNOWN),
    ],
)
def test_what_a_written_answer_says_of_its_label(
    prose: Prose, label: str, value: str, expected: State
) -> None:
    assert prose.state(label, value) is expected


def test_medicines_are_named_by_the_terminology_table(prose: Prose) -> None:
    assert prose.medicines("OMEPRAZOLE 20 mg capsule") == {"omeprazole"}
    assert prose.medicines("without omeprazole") == frozenset()
    assert prose.medicines("esomeprazole 20 mg") == frozenset()
    assert prose.may_name_medicine("Proton-pump inhibitor")
