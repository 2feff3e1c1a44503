"""Warning signs in combination, and what the intake or an earlier record says against them."""

import pytest

from diary.domain.entries import Course, HistoryAnswer, Onset, Side, StatedMedicine
from diary.domain.findings import Addressee, Level
from diary.domain.rules.registry import urgent_findings
from tests.diary.domain.rules.test_warning_signs import level
from tests.diary.domain.strategies import (
    absent,
    ago,
    check_in,
    episode,
    problem,
    symptom,
    view,
)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (("fever", "neck_stiffness"), True),
        (("fever",), False),
        (("neck_stiffness",), False),
    ],
)
def test_u8_needs_a_fever_and_a_stiff_neck(signs, expected):
    told = problem(since=2, symptoms=tuple(symptom(code) for code in signs))

    assert ("U8" in {finding.rule for finding in urgent_findings(view(intake=told))}) == expected


@pytest.mark.parametrize("code", ["face_droop", "slurred_speech", "confusion", "vision_loss"])
def test_an_undated_loss_in_an_old_intake_is_taken_as_possibly_new(code):
    told = problem(since=60, symptoms=(symptom(code),))

    assert level(view(intake=told)) is Level.URGENT


def test_attacks_that_come_and_go_stay_possibly_new():
    told = problem(since=60, course=Course.INTERMITTENT, symptoms=(symptom("slurred_speech"),))

    assert level(view(intake=told)) is Level.URGENT


@pytest.mark.parametrize("course", [Course.STABLE, Course.IMPROVING])
def test_a_loss_as_old_as_a_settled_problem_is_not_urgent(course):
    told = problem(since=60, course=course, symptoms=(symptom("face_droop"),))

    assert level(view(intake=told)) < Level.URGENT


def test_a_known_palsy_explains_an_undated_weak_face_but_not_a_dated_one():
    history = (HistoryAnswer(item="facial_palsy"),)
    undated = problem(since=60, symptoms=(symptom("facial_weakness"),), history=history)
    dated = problem(
        since=60, symptoms=(symptom("facial_weakness", began_on=ago(2)),), history=history
    )

    assert level(view(intake=undated)) < Level.URGENT
    assert level(view(intake=dated)) is Level.URGENT


def test_a_symptom_ticked_every_evening_is_one_old_complaint():
    entries = [check_in(days, symptoms=(symptom("slurred_speech"),)) for days in range(12)]

    assert level(view(*entries)) < Level.URGENT


def test_the_same_symptom_after_a_stated_absence_is_new_again():
    entries = [check_in(days, symptoms=(symptom("slurred_speech"),)) for days in range(5, 12)]
    gone = check_in(2, symptoms=(absent("slurred_speech"),))
    back = check_in(0, symptoms=(symptom("slurred_speech"),))

    assert level(view(*entries, gone, back)) is Level.EMERGENCY


def test_a_worsening_weakness_of_four_weeks_is_urgent():
    weak = (symptom("limb_weakness"),)

    assert level(view(intake=problem(since=28, course=Course.WORSENING, symptoms=weak))) >= 3
    assert level(view(intake=problem(since=29, course=Course.STABLE, symptoms=weak))) < 3


@pytest.mark.parametrize("companion", ["vomiting", "neck_stiffness", "fever", "confusion"])
def test_a_severe_headache_with_a_companion_sign_is_an_emergency(companion):
    told = (symptom("severe_headache"), symptom(companion, onset=Onset.GRADUAL))

    assert "E2" in {f.rule for f in urgent_findings(view(episode(symptoms=told)))}


def test_a_red_eye_alone_is_not_urgent_and_with_pain_goes_to_the_eye_doctor():
    red = view(episode(symptoms=(symptom("eye_redness"),)))
    sore = view(episode(symptoms=(symptom("eye_redness"), symptom("eye_pain"))))

    assert urgent_findings(red) == ()
    assert [(f.rule, f.addressee) for f in urgent_findings(sore)] == [("U3", Addressee.EYE_DOCTOR)]


def test_low_calcium_needs_all_three_signs_or_a_known_risk():
    mouth, hand, cramp = symptom("lip_tingling"), symptom("hand_tingling"), symptom("muscle_cramp")
    medicine = (StatedMedicine(medicine_class="denosumab"),)

    assert level(view(episode(symptoms=(mouth, hand)))) < Level.URGENT
    assert level(view(episode(symptoms=(mouth, hand, cramp)))) is Level.URGENT
    assert level(view(intake=problem(symptoms=(mouth,), medicines=medicine))) is Level.URGENT


def test_sudden_tingling_on_one_side_is_urgent():
    told = symptom("face_tingling", onset=Onset.SUDDEN, side=Side.RIGHT)

    assert [f.rule for f in urgent_findings(view(episode(symptoms=(told,))))] == ["U6"]


def test_spreading_twitching_with_changed_sight_and_numbness_is_urgent():
    signs = (symptom("blurred_vision"), symptom("limb_numbness", began_on=ago(90)))
    spreading = problem(since=90, course=Course.SPREADING, symptoms=signs)
    stable = problem(since=90, course=Course.STABLE, symptoms=signs)

    assert [f.rule for f in urgent_findings(view(intake=spreading))] == ["U7"]
    assert urgent_findings(view(intake=stable)) == ()


def test_a_palsy_under_treatment_explains_a_weak_face_that_is_logged():
    treated = (HistoryAnswer(item="under_treatment_for_facial_palsy"),)
    earlier = (HistoryAnswer(item="bells_palsy"),)
    weak = episode(symptoms=(symptom("facial_weakness"),))

    assert level(view(weak, intake=problem(since=60, history=treated))) < Level.URGENT
    assert level(view(weak, intake=problem(since=60, history=earlier))) is Level.URGENT


@pytest.mark.parametrize("code", ["face_droop", "facial_weakness", "facial_asymmetry"])
@pytest.mark.parametrize("history", ["bells_palsy", "facial_palsy"])
def test_an_old_palsy_never_silences_a_weak_face_logged_now(code, history):
    told = problem(since=60, history=(HistoryAnswer(item=history),))
    weak = episode(symptoms=(symptom(code),))

    assert level(view(weak, intake=told)) is Level.URGENT
    assert level(view(weak)) >= Level.URGENT
