import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.cases.scoring import CaseAnswer, as_document, case_level, score
from diary.domain.findings import Addressee, Level
from tests.diary.domain.cases.samples import RANKS, case_of


def answer(level):
    return CaseAnswer(case_id="c-1", level=level, addressee="none", rules=("W1",))


def judged(level, *acceptable, primary="watch"):
    case = case_of({}, acceptable_levels=acceptable, primary_level=primary)
    return score(case, answer(level), ranks=RANKS)


def test_see_a_doctor_is_split_by_the_addressee():
    assert case_level(Level.SEE_DOCTOR, Addressee.NEUROLOGIST) == "see_neurologist"
    assert case_level(Level.SEE_DOCTOR, Addressee.PRESCRIBER) == "see_doctor_other"
    assert case_level(Level.URGENT, Addressee.EYE_DOCTOR) == "urgent"
    assert {case_level(level, Addressee.NEUROLOGIST) for level in Level} <= set(RANKS)


@pytest.mark.parametrize(
    ("level", "acceptable", "expected"),
    [
        ("watch", ("watch",), (True, False, False)),
        ("reassure", ("see_neurologist", "watch"), (False, True, False)),
        ("urgent", ("see_neurologist", "watch"), (False, False, True)),
        ("see_doctor_other", ("see_neurologist", "watch"), (False, False, False)),
    ],
)
def test_an_answer_is_accepted_under_over_or_in_a_gap(level, acceptable, expected):
    found = judged(level, *acceptable)

    assert (found.accepted, found.under, found.over) == expected


@pytest.mark.parametrize(
    ("level", "primary", "hard"),
    [
        ("see_neurologist", "urgent", True),
        ("watch", "emergency", True),
        ("urgent", "emergency", False),
        ("watch", "see_neurologist", False),
    ],
)
def test_below_urgent_is_hard_under_triage_where_the_primary_level_is_pressing(
    level, primary, hard
):
    found = judged(level, "see_neurologist", "urgent", primary=primary)

    assert found.hard_under is hard


@given(st.sampled_from(sorted(RANKS)), st.sets(st.sampled_from(sorted(RANKS)), min_size=1))
def test_accepted_under_and_over_exclude_each_other(level, acceptable):
    found = judged(level, *acceptable)

    assert found.accepted + found.under + found.over <= 1
    assert found.accepted == (level in acceptable)


def test_the_json_document_counts_what_is_accepted_and_lists_the_rest():
    scores = [judged("watch", "watch"), judged("reassure", "urgent", primary="urgent")]

    document = as_document(scores)

    assert document == {
        "total": 2,
        "accepted": 1,
        "under_triage": ["c-1"],
        "hard_under_triage": ["c-1"],
        "over_triage": [],
        "cases": [
            {"id": "c-1", "level": level, "addressee": "none", "accepted": ok, "rules": ["W1"]}
            for level, ok in (("watch", True), ("reassure", False))
        ],
    }
