"""What comes with it: N5, N6, N11, N13, N17 to N19, and the headache that U6 asks about."""

import pytest

from diary.domain.entries import (
    EyeClosure,
    Factor,
    HistoryAnswer,
    Side,
    Twitched,
)
from diary.domain.findings import Addressee
from tests.diary.domain.rules.asking import holds, judged
from tests.diary.domain.strategies import (
    check_in,
    episode,
    problem,
    symptom,
    view,
)


def test_n5_needs_two_days_unless_both_eyes_shut():
    shut = {"site": "eyelid", "eye_closure": EyeClosure.FULL}

    assert not holds("N5", view(episode(1, **shut), episode(1, name="b", **shut)))
    assert holds("N5", view(episode(2, **shut), episode(1, **shut)))
    assert holds("N5", view(episode(1, side=Side.BOTH, **shut)))
    assert holds("N5", view(intake=problem(eye_closure=EyeClosure.FULL)))


@pytest.mark.parametrize(
    ("rule", "code", "addressee"),
    [
        ("N6", "numbness_at_site", Addressee.NEUROLOGIST),
        ("N6b", "ear_pain", Addressee.NEUROLOGIST),
        ("N17", "hand_tingling", Addressee.NEUROLOGIST),
        ("N18", "dizziness", Addressee.OWN_DOCTOR),
        ("N19", "eye_redness", Addressee.EYE_DOCTOR),
    ],
)
def test_a_companion_needs_two_logged_days_or_the_intake(rule, code, addressee):
    told = (symptom(code),)
    once = view(episode(1, symptoms=told), episode(1, name="b", symptoms=told))
    twice = view(episode(2, symptoms=told), check_in(1, symptoms=told))
    intake = view(intake=problem(since=3, symptoms=told))

    assert not holds(rule, once)
    assert judged(rule, twice).addressee is addressee
    assert holds(rule, intake)


@pytest.mark.parametrize(
    ("fields", "days"),
    [({"impact": 2}, 3), ({"distress": 7}, 3), ({"interferes": ("speak",)}, 2)],
)
def test_n11_needs_several_days(fields, days):
    entries = [check_in(d, Twitched.YES, **fields) for d in range(days)]

    assert holds("N11", view(*entries))
    assert not holds("N11", view(*entries[1:]))
    assert holds("N11", view(intake=problem(**(fields | {"impact": 3}))))


def test_a_changed_feeling_after_dental_work_goes_to_the_dentist():
    numb = (symptom("numbness_at_site"),)
    after = problem(symptoms=numb, triggers=(Factor(factor="dental_work"),))

    assert judged("N6", view(intake=after)).addressee is Addressee.DENTIST
    assert judged("N6", view(intake=problem(symptoms=numb))).addressee is Addressee.NEUROLOGIST


def test_n13_needs_twitching_of_the_body_and_weakness():
    weak = (symptom("limb_weakness"),)

    assert holds("N13", view(intake=problem(since=90, site="calf", symptoms=weak)))
    assert not holds("N13", view(intake=problem(since=90, site="cheek", symptoms=weak)))
    assert not holds("N13", view(intake=problem(since=90, site="calf")))


@pytest.mark.parametrize(("history", "expected"), [((), True), (("severe_headaches",), False)])
def test_u6_asks_about_a_severe_headache_without_a_date_unless_it_is_an_old_one(history, expected):
    answers = tuple(HistoryAnswer(item=item) for item in history)
    told = problem(since=None, symptoms=(symptom("severe_headache"),), history=answers)

    assert holds("U6", view(intake=told)) == expected


def test_n11_takes_trouble_with_eating_told_in_the_intake_as_a_hindrance():
    told = problem(since=3, symptoms=(symptom("eating_difficulty"),))

    assert holds("N11", view(intake=told))
