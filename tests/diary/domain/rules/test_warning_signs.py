"""Every single symptom that must be answered at once, from each kind of record: zero misses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.entries import Course, HistoryAnswer, Onset, Side, StatedMedicine
from diary.domain.findings import Addressee, Level
from diary.domain.rules.registry import urgent_findings
from diary.domain.vocabulary.symptoms import SYMPTOMS as ALL_SYMPTOMS
from tests.diary.domain.strategies import (
    DIARIES,
    INTAKES,
    absent,
    ago,
    check_in,
    episode,
    problem,
    symptom,
    view,
)

SUDDEN = [
    "face_droop",
    "facial_weakness",
    "facial_asymmetry",
    "one_sided_weakness",
    "limb_weakness",
    "weakness",
    "speech_difficulty",
    "slurred_speech",
    "comprehension_difficulty",
    "confusion",
    "one_sided_numbness",
    "vision_loss",
    "double_vision",
    "balance_loss",
    "coordination_change",
    "blurred_vision",
    "visual_disturbance",
    "drooling",
    "drink_leaks",
    "swallowing_difficulty",
    "severe_headache",
]
SUDDEN_ON_ONE_SIDE = ["limb_numbness", "face_numbness", "numbness_at_site"]
AT_ONCE = ["seizure", "loss_of_consciousness", "foaming_at_mouth", "breathing_difficulty"]
AT_ONCE += ["throat_spasm"]
AT_ONCE_WHEN_LOGGED = ["speech_difficulty", "slurred_speech", "comprehension_difficulty"]
AT_ONCE_WHEN_LOGGED += ["one_sided_weakness", "confusion", "vision_loss"]
SOON = [
    "face_droop",
    "facial_weakness",
    "facial_asymmetry",
    "cannot_close_eye",
    "drink_leaks",
    "drooling",
    "eyelid_droop",
    "one_sided_weakness",
    "limb_weakness",
    "weakness",
    "one_sided_numbness",
    "limb_numbness",
    "face_numbness",
    "balance_loss",
    "coordination_change",
    "swallowing_difficulty",
    "speech_difficulty",
    "double_vision",
    "vision_loss",
    "confusion",
    "severe_headache",
    "awareness_lapse",
]
RECORDS = ["problem", "episode", "check_in"]


def report(record, days_ago=0, **fields):
    """Return a diary in which one record made `days_ago` reports one symptom."""
    told = (symptom(fields.pop("code"), **fields),)
    if record == "problem":
        return view(intake=problem(since=days_ago, asked=days_ago, sites=(), symptoms=told))
    if record == "episode":
        return view(episode(days_ago, symptoms=told))
    return view(check_in(days_ago, symptoms=told))


def level(diary):
    return max((finding.level for finding in urgent_findings(diary)), default=Level.WATCH)


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("code", SUDDEN)
def test_a_sudden_sign_within_a_day_is_an_emergency_even_if_it_has_passed(code, record):
    for days_ago in (0, 1):
        for ongoing in (None, True, False):
            diary = report(record, days_ago, code=code, onset=Onset.SUDDEN, ongoing=ongoing)

            assert level(diary) is Level.EMERGENCY


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("code", SUDDEN_ON_ONE_SIDE)
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT, Side.ONE])
def test_sudden_numbness_on_one_side_is_an_emergency(code, record, side):
    diary = report(record, code=code, onset=Onset.SUDDEN, side=side)

    assert level(diary) is Level.EMERGENCY


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("code", AT_ONCE)
def test_attacks_and_trouble_breathing_need_no_word_on_their_onset(code, record):
    for onset in (None, *Onset):
        assert level(report(record, code=code, onset=onset)) is Level.EMERGENCY


@pytest.mark.parametrize("code", AT_ONCE)
def test_an_attack_without_any_date_in_a_fresh_intake_is_an_emergency(code):
    told = problem(symptoms=(symptom(code),), sites=())

    assert level(view(intake=told)) is Level.EMERGENCY


@pytest.mark.parametrize("record", ["episode", "check_in"])
@pytest.mark.parametrize("code", AT_ONCE_WHEN_LOGGED)
def test_these_signs_count_as_sudden_when_logged_without_an_onset(code, record):
    assert level(report(record, code=code)) is Level.EMERGENCY
    assert level(report(record, code=code, onset=Onset.GRADUAL)) is Level.URGENT


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("code", SOON)
def test_a_new_loss_is_at_least_urgent_for_a_week(code, record):
    for days_ago in (0, 1, 3, 7):
        for onset in (None, *Onset):
            assert level(report(record, days_ago, code=code, onset=onset)) >= Level.URGENT


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("code", SUDDEN)
def test_a_sudden_sign_of_the_last_week_is_urgent(code, record):
    for days_ago in (2, 7):
        diary = report(record, days_ago, code=code, onset=Onset.SUDDEN)

        assert level(diary) is Level.URGENT


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("code", sorted({*SUDDEN, *SOON, *AT_ONCE}))
def test_what_began_and_was_told_long_ago_is_not_urgent(code, record):
    assert level(report(record, 29, code=code, onset=Onset.SUDDEN)) < Level.URGENT


@pytest.mark.parametrize("code", ALL_SYMPTOMS.codes)
def test_a_stated_absence_never_fires(code):
    told = (absent(code),)
    diary = view(
        episode(symptoms=told),
        check_in(symptoms=told),
        intake=problem(onset=Onset.SUDDEN, symptoms=told),
    )

    assert urgent_findings(diary) == ()


def test_speech_alone_in_a_sudden_problem_without_dates_is_an_emergency():
    told = problem(onset=Onset.SUDDEN, sites=(), movement="", symptoms=(symptom("slurred_speech"),))

    (first, *_) = urgent_findings(view(intake=told))

    assert (first.rule, first.level) == ("E1", Level.EMERGENCY)
    assert first.addressee is Addressee.EMERGENCY_SERVICE


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


@given(DIARIES, INTAKES, st.randoms())
def test_the_order_of_entries_changes_nothing(diary, intake, random):
    entries = [*diary[0], *diary[1]]
    before = urgent_findings(view(*entries, intake=intake))
    random.shuffle(entries)

    assert urgent_findings(view(*entries, intake=intake)) == before


@given(DIARIES, INTAKES, st.sampled_from(SUDDEN))
def test_a_sudden_sign_of_today_is_an_emergency_in_any_diary(diary, intake, code):
    worst = episode(0, name="worst", symptoms=(symptom(code, onset=Onset.SUDDEN),))

    assert level(view(*diary[0], *diary[1], worst, intake=intake)) is Level.EMERGENCY


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
