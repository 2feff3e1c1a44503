"""Who looks first, what a situation calms, and tremors without a date: N1, N2, N21, N22."""

from dataclasses import replace

import pytest

from diary.domain.assessment import assess
from diary.domain.entries import (
    Course,
    Factor,
    HistoryAnswer,
    Person,
    Side,
    SitedSide,
    StatedMedicine,
)
from diary.domain.findings import Addressee, Level
from diary.domain.rules.calm import intake_is_calm
from tests.diary.domain.rules.asking import holds, judged
from tests.diary.domain.strategies import absent, problem, symptom, view

PALSY = (HistoryAnswer(item="bells_palsy"),)
HAND = {"site": "hand", "movement": "tremor"}


def whom(**fields):
    return assess(view(intake=problem(**fields))).addressee


@pytest.mark.parametrize(
    ("since", "course", "expected"),
    [
        (21, None, Addressee.OWN_DOCTOR),
        (89, None, Addressee.OWN_DOCTOR),
        (90, None, Addressee.NEUROLOGIST),
        (30, Course.WORSENING, Addressee.NEUROLOGIST),
    ],
)
def test_a_lid_alone_goes_to_the_own_doctor_for_three_months(since, course, expected):
    assert whom(since=since, course=course, site="eyelid") is expected


def test_a_sign_of_the_nerves_beside_a_lid_leads_to_the_neurologist():
    signs = (symptom("face_tingling"),)

    assert whom(since=30, site="eyelid", symptoms=signs) is Addressee.NEUROLOGIST


@pytest.mark.parametrize(("age", "expected"), [(16, "own_doctor"), (17, "neurologist")])
def test_a_child_is_seen_by_the_own_doctor_first(age, expected):
    diary = view(intake=problem(since=20), person=Person(birth_year=2026 - age))

    assert assess(diary).addressee == expected


def test_body_twitching_is_calm_only_with_weakness_stated_absent():
    strong = {"since": 60, "site": "calf", "symptoms": (absent("weakness"),)}

    assert intake_is_calm(view(intake=problem(**strong)))
    assert not intake_is_calm(view(intake=problem(**strong, course=Course.WORSENING)))
    assert not intake_is_calm(view(intake=problem(since=60, site="calf")))
    assert not intake_is_calm(view(intake=problem(**strong | {"site": "cheek"})))
    assert whom(since=60, site="calf") is Addressee.OWN_DOCTOR


@pytest.mark.parametrize(("since", "expected"), [(27, True), (28, False), (None, True)])
def test_being_bound_to_a_situation_calms_for_less_than_28_days(since, expected):
    diary = view(intake=problem(since=since, contexts=("screen_use",)))

    assert intake_is_calm(diary) == expected
    assert intake_is_calm(view(intake=problem(since=since, contexts=("being_photographed",))))


@pytest.mark.parametrize("context", ["smiling", "facial_expression", "blinking"])
def test_moving_with_the_face_on_one_side_calms_nothing(context):
    told = {"since": 10, "site": "cheek", "contexts": (context,)}

    assert intake_is_calm(view(intake=problem(**told, side=Side.BOTH)))
    assert not intake_is_calm(view(intake=problem(**told, side=Side.LEFT)))


def test_a_palsy_a_limb_or_a_child_is_not_calmed_by_a_situation():
    told = {"since": 10, "contexts": ("in_front_of_people",)}
    limb = (SitedSide(site="lips"), SitedSide(site="hand"))
    child = Person(birth_year=2019)

    assert intake_is_calm(view(intake=problem(**told)))
    assert not intake_is_calm(view(intake=problem(**told, history=PALSY)))
    assert not intake_is_calm(view(intake=problem(**told, sites=limb)))
    assert not intake_is_calm(view(intake=problem(**told), person=child))


def test_months_of_moving_with_a_blink_after_a_palsy_are_referred():
    told = problem(since=1700, side=Side.RIGHT, contexts=("facial_expression",), history=PALSY)

    assert holds("N12", view(intake=told))


@pytest.mark.parametrize(("since", "expected"), [(13, False), (14, True), (None, True)])
def test_a_one_sided_hand_tremor_at_rest_needs_no_age_and_no_date(since, expected):
    told = problem(since=since, side=Side.RIGHT, contexts=("at_rest",), **HAND)

    assert holds("N9", view(intake=told)) == expected
    both = replace(told, sites=(SitedSide(site="hand", side=Side.BOTH),))
    assert not holds("N9", view(intake=both))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"side": Side.LEFT, "contexts": ("in_action",)}, True),
        ({"side": Side.BOTH}, True),
        ({}, False),
        ({"contexts": ("drinking",)}, True),
        ({"impact": 1}, True),
        ({"sites": ()}, True),
        ({"site": "lips"}, False),
        ({"side": Side.LEFT, "course": Course.IMPROVING}, False),
        ({"side": Side.LEFT, "still_present": False}, False),
        ({"side": Side.LEFT, "movement": "quiver"}, False),
    ],
)
def test_a_lasting_tremor_with_a_reason_goes_to_the_own_doctor(fields, expected):
    told = problem(**(HAND | fields))

    assert holds("N21", view(intake=told)) == expected


def test_at_fifty_any_lasting_tremor_is_looked_at():
    told = problem(site="lips", movement="tremor")

    assert holds("N21", view(intake=told, person=Person(birth_year=1976)))
    assert not holds("N21", view(intake=told, person=Person(birth_year=1977)))
    assert not holds("N21", view(intake=problem(since=13, **HAND, side=Side.LEFT)))
    assert holds("N21", view(intake=problem(since=14, **HAND, side=Side.LEFT)))


def test_a_rest_tremor_is_left_to_the_neurologist():
    told = problem(side=Side.RIGHT, contexts=("at_rest",), **HAND)

    assert holds("N9", view(intake=told))
    assert not holds("N21", view(intake=told))


@pytest.mark.parametrize(
    ("signs", "medicines", "expected"),
    [
        (["weight_loss", "palpitations"], (), True),
        (["heat_intolerance", "hand_tremor"], (), True),
        (["palpitations", "sweating"], (), False),
        (["weight_loss"], (), False),
        (["muscle_cramp"], ("diuretic",), True),
        (["muscle_cramp"], (), False),
        (["fatigue"], ("diuretic",), False),
        (["muscle_cramp", "diarrhea"], (), True),
    ],
)
def test_signs_of_thyroid_or_salts_ask_for_a_blood_test(signs, medicines, expected):
    told = problem(
        since=42,
        symptoms=tuple(symptom(code) for code in signs),
        medicines=tuple(StatedMedicine(medicine_class=each) for each in medicines),
    )

    assert holds("N22", view(intake=told)) == expected


def test_a_cause_on_record_is_looked_at_before_a_duration_but_not_before_a_sign():
    signs = (symptom("weight_loss"), symptom("palpitations"))
    fast = {"since": 42, "symptoms": signs}
    numb = {"symptoms": (*signs, symptom("numbness_at_site"))}
    linked = {"since": 42, "triggers": (Factor(factor="medication_change"),)}

    assert whom(**fast) is Addressee.OWN_DOCTOR
    assert whom(**fast | numb) is Addressee.NEUROLOGIST
    assert whom(**linked) is Addressee.PRESCRIBER
    assert whom(**linked, side=Side.LEFT, contexts=("asleep",)) is Addressee.NEUROLOGIST


def test_old_spells_of_panic_with_tingling_go_to_the_own_doctor():
    signs = ("lip_tingling", "hand_tingling", "palpitations", "panic")
    told = view(intake=problem(since=42, movement="", symptoms=tuple(map(symptom, signs))))

    assessment = assess(told)

    assert assessment.level is Level.SEE_DOCTOR
    assert assessment.addressee is Addressee.OWN_DOCTOR


def test_pain_after_dental_work_goes_to_the_dentist():
    work = (Factor(factor="dental_work"),)
    aching = {"since": 10, "site": "jaw", "symptoms": (symptom("pain"),)}

    assert whom(**aching, triggers=work) is Addressee.DENTIST
    assert judged("N6b", view(intake=problem(**aching))) is None
    assert whom(since=3, site="jaw", symptoms=(symptom("toothache"),)) is Addressee.DENTIST
    assert whom(since=3, symptoms=(symptom("facial_pain"),)) is Addressee.NEUROLOGIST
