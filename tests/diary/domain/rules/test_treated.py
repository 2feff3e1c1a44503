"""U1, U2, N17 and W10: what a treatment or a stated absence explains, and what it never does."""

from dataclasses import replace

import pytest

from diary.domain.assessment import assess
from diary.domain.entries import Course, Factor, HistoryAnswer, Onset, Side, StatedMedicine
from diary.domain.findings import Addressee, Level
from tests.diary.domain.rules.asking import holds, judged, rules
from tests.diary.domain.strategies import absent, ago, episode, problem, symptom, view

DENTIST = (Factor(factor="dental_work"),)
BOTULINUM = (HistoryAnswer(item="botulinum_toxin"),)
TREATED = (HistoryAnswer(item="under_treatment_for_facial_palsy"),)
LID = symptom("eyelid_droop")


def numbed(*symptoms, since=0, triggers=DENTIST, **fields):
    return problem(since=since, movement="", symptoms=symptoms, triggers=triggers, **fields)


def test_a_dribbling_lip_hours_after_the_dentist_is_watched():
    intake = numbed(symptom("numbness_at_site"), symptom("drink_leaks"))

    assessment = assess(view(intake=intake))

    assert assessment.level is Level.WATCH
    assert assessment.addressee is Addressee.DENTIST
    assert {"W10"} <= {finding.rule for finding in assessment.findings}


def test_from_the_next_day_on_or_without_a_dentist_it_is_seen_soon():
    assert holds("U1", view(intake=numbed(symptom("drink_leaks"), since=1)))
    assert holds("U1", view(intake=numbed(symptom("drink_leaks"), triggers=())))
    assert holds("U1", view(intake=numbed(symptom("drink_leaks"), asked=1, since=1)))


def test_a_weak_face_after_the_dentist_needs_arm_or_speech_stated_well():
    droop = symptom("face_droop")

    assert holds("U1", view(intake=numbed(droop)))
    assert not holds("U1", view(intake=numbed(droop, absent("limb_weakness"))))
    assert holds("U1", view(intake=numbed(symptom("cannot_close_eye"), absent("limb_weakness"))))


@pytest.mark.parametrize("sign", ["slurred_speech", "one_sided_weakness", "limb_numbness"])
def test_no_sign_beyond_the_mouth_is_put_down_to_the_dentist(sign):
    assert holds("U2", view(intake=numbed(symptom("drink_leaks"), symptom(sign))))


def test_a_sudden_droop_after_the_dentist_stays_an_emergency():
    sudden = symptom("face_droop", onset=Onset.SUDDEN)

    assert holds("E1", view(intake=numbed(sudden, absent("limb_weakness"))))


def test_a_lid_after_botulinum_goes_to_whoever_injected():
    intake = problem(since=1, movement="", symptoms=(LID, absent("double_vision")))
    treated = replace(intake, history=BOTULINUM)

    assert holds("U1", view(intake=intake))
    assert not holds("U1", view(intake=treated))
    assert judged("N17", view(intake=treated)).addressee is Addressee.PRESCRIBER


@pytest.mark.parametrize(
    "said",
    [
        (LID,),
        (symptom("eyelid_droop", onset=Onset.SUDDEN), absent("double_vision")),
        (LID, symptom("double_vision")),
        (LID, symptom("unequal_pupils"), absent("double_vision")),
        (LID, symptom("swallowing_difficulty"), absent("double_vision")),
        (LID, symptom("headache"), absent("double_vision")),
    ],
)
def test_a_lid_after_botulinum_with_anything_else_is_seen_soon(said):
    intake = problem(since=1, movement="", symptoms=said, history=BOTULINUM)

    assert holds("U1", view(intake=intake))


def test_an_uneven_face_said_to_be_strong_is_not_urgent():
    uneven, strong = symptom("facial_asymmetry"), absent("facial_weakness")

    assert holds("U1", view(intake=problem(since=70, symptoms=(uneven,))))
    assert not holds("U1", view(intake=problem(since=70, symptoms=(uneven, strong))))
    assert "N17" in rules(view(intake=problem(since=70, symptoms=(uneven, strong))))


def test_a_palsy_in_treatment_explains_what_the_intake_dates_unless_it_was_sudden():
    weak = symptom("facial_weakness", began_on=ago(2))
    intake = problem(since=3, symptoms=(weak,))
    sudden = replace(weak, onset=Onset.SUDDEN)

    assert holds("U1", view(intake=intake))
    assert not holds("U1", view(intake=replace(intake, history=TREATED)))
    told = replace(intake, symptoms=(sudden,), history=TREATED)
    assert holds("U6", view(intake=told))


@pytest.mark.parametrize("second", ["visual_disturbance", "hearing_change", "balance_loss"])
def test_a_numb_face_of_unsaid_start_with_a_second_sign_is_urgent(second):
    numb = symptom("face_numbness")
    intake = problem(movement="", symptoms=(numb, symptom(second)))
    alone = problem(movement="", symptoms=(numb,))
    dated = problem(since=90, movement="", symptoms=(numb, symptom("hearing_change")))

    assert holds("U2", view(intake=intake))
    assert not holds("U2", view(intake=alone))
    assert not holds("U2", view(intake=dated))


SURGERY = (Factor(factor="surgery"),)
FACELIFT = (HistoryAnswer(item="facelift"),)
TOXIN = (StatedMedicine(name="", medicine_class="botulinum_toxin"),)
WEAK = symptom("facial_weakness")


def treated(*symptoms, triggers=SURGERY, history=FACELIFT, since=8, **fields):
    return problem(
        since=since, movement="", symptoms=symptoms, triggers=triggers, history=history, **fields
    )


@pytest.mark.parametrize(
    "intake",
    [
        treated(WEAK),
        treated(WEAK, symptom("numbness_at_site")),
        treated(symptom("face_numbness"), since=3),
        treated(symptom("face_droop"), triggers=(), history=(), medicines=TOXIN),
    ],
)
def test_a_weak_or_numb_face_after_a_treatment_there_goes_to_whoever_treated_it(intake):
    found = judged("N17", view(intake=intake))

    assert found.addressee is Addressee.PRESCRIBER
    assert found.numbers["treated"]
    assert assess(view(intake=intake)).level is Level.SEE_DOCTOR
    assert not holds("N6", view(intake=intake))


@pytest.mark.parametrize(
    "intake",
    [
        treated(WEAK, triggers=()),
        treated(WEAK, history=()),
        treated(symptom("cannot_close_eye"), since=3),
        treated(WEAK, symptom("cannot_close_eye"), since=3),
        treated(WEAK, symptom("limb_weakness"), since=3),
        treated(WEAK, symptom("slurred_speech"), since=3),
        treated(WEAK, symptom("double_vision"), medicines=TOXIN, since=3),
        treated(WEAK, triggers=(), medicines=TOXIN[:0], history=BOTULINUM),
    ],
)
def test_what_a_treatment_of_the_face_does_not_explain_stays_urgent(intake):
    assert assess(view(intake=intake)).level >= Level.URGENT


def test_a_sudden_droop_after_a_treatment_of_the_face_stays_an_emergency():
    sudden = symptom("face_droop", onset=Onset.SUDDEN)

    assert holds("E1", view(intake=treated(sudden, since=0)))


def test_a_weak_face_that_is_logged_after_a_treatment_is_never_explained_by_it():
    logged = episode(0, symptoms=(symptom("facial_weakness", onset=Onset.GRADUAL),))

    assert holds("U1", view(logged, intake=treated()))


def test_twitching_after_a_treatment_of_the_face_goes_to_the_own_doctor_first():
    twitch = problem(since=21, triggers=SURGERY, history=FACELIFT)
    spasm = (HistoryAnswer(item="hemifacial_spasm"),)

    assert judged("N1", view(intake=twitch)).addressee is Addressee.OWN_DOCTOR
    known = problem(since=21, medicines=TOXIN, history=spasm)
    assert judged("N1", view(intake=known)).addressee is Addressee.NEUROLOGIST


@pytest.mark.parametrize(
    ("factor", "whom"),
    [
        ("trauma", Addressee.OWN_DOCTOR),
        ("surgery", Addressee.OWN_DOCTOR),
        ("dental_work", Addressee.DENTIST),
    ],
)
@pytest.mark.parametrize("felt", ["lip_tingling", "face_tingling", "numbness_at_site"])
def test_the_feeling_of_a_hurt_face_is_the_matter_of_one_rule(factor, whom, felt):
    intake = treated(symptom(felt), triggers=(Factor(factor=factor),), history=(), since=20)

    assert judged("N6", view(intake=intake)).addressee is whom
    assert not holds("N17", view(intake=intake))


@pytest.mark.parametrize("second", ["limb_weakness", "cannot_close_eye", "double_vision"])
def test_an_injury_never_explains_a_sign_beyond_the_place(second):
    intake = treated(
        symptom("face_tingling"),
        symptom(second),
        triggers=(Factor(factor="trauma"),),
        history=(),
        since=90,
    )

    found = judged("N17", view(intake=intake))

    assert found.numbers["reports"] == 2
    assert found.addressee is Addressee.NEUROLOGIST


def test_a_weak_face_that_gets_better_on_the_day_of_dental_work_is_watched():
    better = numbed(WEAK, course=Course.IMPROVING)

    assert holds("W10", view(intake=better))
    assert assess(view(intake=better)).level is Level.WATCH
    assert holds("U1", view(intake=numbed(WEAK, course=Course.STABLE)))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"since": 3}, True),
        ({"course": Course.IMPROVING}, False),
        ({"still_present": False}, False),
        ({"movement": "", "symptoms": (symptom("face_tingling"),)}, False),
        ({"triggers": ()}, False),
        ({"triggers": (Factor(factor="trauma", present=False),)}, False),
    ],
)
def test_twitching_since_a_blow_is_looked_at_by_the_own_doctor(fields, expected):
    intake = problem(**{"triggers": (Factor(factor="trauma"),), **fields})

    assert holds("N23", view(intake=intake)) is expected


@pytest.mark.parametrize(
    ("context", "side", "expected"),
    [
        ("drinking", Side.LEFT, True),
        ("smiling", Side.RIGHT, True),
        ("drinking", None, False),
        ("drinking", Side.BOTH, False),
        ("reading", Side.LEFT, False),
    ],
)
def test_a_lid_that_twitches_on_one_side_when_the_mouth_moves_goes_to_the_neurologist(
    context, side, expected
):
    intake = problem(site="lower_eyelid", side=side, contexts=(context,))

    assert holds("N4", view(intake=intake)) is expected
