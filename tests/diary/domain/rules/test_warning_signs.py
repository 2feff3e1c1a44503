"""Every single symptom that must be answered at once, from each kind of record: zero misses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.entries import Onset, Side
from diary.domain.findings import Addressee, Level
from diary.domain.rules.registry import urgent_findings
from diary.domain.vocabulary.symptoms import SYMPTOMS as ALL_SYMPTOMS
from tests.diary.domain.strategies import (
    DIARIES,
    INTAKES,
    absent,
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
