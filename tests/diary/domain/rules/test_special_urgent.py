"""U4 after surgery, U11, U12, and E4 and E2 with a weakness: signs that weigh more together."""

import pytest

from diary.domain.entries import Factor, HistoryAnswer, HistoryItem, HistoryKind, PartialDate
from tests.diary.domain.rules.asking import holds
from tests.diary.domain.strategies import SPACE, ago, episode, problem, symptom, view


def told(*signs, history=(), triggers=(), since=1, **fields):
    return problem(
        since=since,
        symptoms=tuple(symptom(code) for code in signs),
        history=tuple(HistoryAnswer(item=item) for item in history),
        triggers=tuple(Factor(factor=factor) for factor in triggers),
        **fields,
    )


@pytest.mark.parametrize(
    ("signs", "since", "expected"),
    [
        (["lip_tingling"], 28, True),
        (["lip_tingling"], 29, False),
        (["lip_tingling", "hand_tingling"], 400, True),
        (["worry"], 1, False),
    ],
)
@pytest.mark.parametrize("operation", ["thyroid_surgery", "parathyroid_surgery", "neck_surgery"])
def test_after_surgery_of_the_neck_tingling_asks_for_calcium(operation, signs, since, expected):
    intake = told(*signs, since=since, history=[operation])

    assert holds("U4", view(intake=intake)) == expected


def test_any_operation_needs_tingling_in_both_places():
    assert holds("U4", view(intake=told("lip_tingling", "hand_tingling", triggers=["surgery"])))
    assert not holds("U4", view(intake=told("lip_tingling", "muscle_cramp", triggers=["surgery"])))
    assert not holds("U4", view(intake=told("lip_tingling", "hand_tingling")))


@pytest.mark.parametrize(
    ("since", "third", "expected"),
    [
        (29, "palpitations", False),
        (28, "palpitations", True),
        (29, "muscle_cramp", True),
    ],
)
def test_palpitations_in_old_spells_of_panic_are_no_third_sign(since, third, expected):
    tingling = ["lip_tingling", "hand_tingling", third]

    assert holds("U4", view(intake=told(*tingling, "panic", since=since))) == expected
    assert holds("U4", view(intake=told(*tingling, since=since)))


@pytest.mark.parametrize("state", ["pregnancy", "recent_childbirth"])
@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (["severe_headache"], True),
        (["blurred_vision"], True),
        (["headache", "swelling"], True),
        (["headache"], False),
        (["swelling"], False),
        (["nausea"], False),
    ],
)
def test_signs_of_high_pressure_in_pregnancy_are_urgent(state, signs, expected):
    assert holds("U11", view(intake=told(*signs, history=[state]))) == expected
    assert not holds("U11", view(intake=told(*signs)))


@pytest.mark.parametrize(("since", "expected"), [(28, True), (29, False)])
def test_an_old_sign_is_not_put_down_to_the_pregnancy(since, expected):
    intake = told("blurred_vision", since=since, history=["pregnancy"])

    assert holds("U11", view(intake=intake)) == expected


@pytest.mark.parametrize(("since", "expected"), [(28, True), (29, False)])
@pytest.mark.parametrize("sign", ["vomiting", "sleepiness", "ear_discharge", "hearing_change"])
def test_a_new_sign_after_a_blow_to_the_head_is_urgent(sign, since, expected):
    assert holds("U12", view(intake=told(sign, since=since, triggers=["trauma"]))) == expected
    assert not holds("U12", view(intake=told(sign, since=since)))
    assert not holds("U12", view(intake=told("worry", since=since, triggers=["trauma"])))


@pytest.mark.parametrize(("days", "expected"), [(28, True), (29, False)])
def test_a_dated_head_injury_counts_for_logged_signs(days, expected):
    injury = HistoryItem(
        id=SPACE,
        kind=HistoryKind.CONDITION,
        item="head_trauma",
        since=PartialDate(day=ago(days)),
    )

    diary = view(episode(symptoms=(symptom("vomiting"),)), history=(injury,))

    assert holds("U12", diary) == expected


@pytest.mark.parametrize("weak", ["swallowing_difficulty", "eyelid_droop", "double_vision"])
@pytest.mark.parametrize(("since", "expected"), [(28, True), (29, False)])
def test_trouble_breathing_with_weak_throat_or_eyes_is_an_emergency_for_weeks(
    weak, since, expected
):
    assert holds("E4", view(intake=told("breathing_difficulty", weak, since=since))) == expected
    assert not holds("E4", view(intake=told("breathing_difficulty", "worry", since=since)))


def test_a_tight_throat_is_an_emergency_only_with_wheals_or_swelling():
    tight, wheals = symptom("throat_tightness"), symptom("hives")

    assert holds("E4", view(episode(symptoms=(tight, wheals))))
    assert not holds("E4", view(episode(symptoms=(tight,))))
    assert not holds("E4", view(episode(symptoms=(wheals,))))


@pytest.mark.parametrize("sign", ["eyelid_droop", "double_vision", "unequal_pupils", "sleepiness"])
def test_a_severe_headache_with_eyes_that_change_is_an_emergency(sign):
    ache = symptom("severe_headache")

    assert holds("E2", view(episode(symptoms=(ache, symptom(sign)))))
    assert not holds("E2", view(episode(symptoms=(ache, symptom("worry")))))
