"""U6 and U2 on what has passed or spreads, and who looks at an ear."""

import pytest

from diary.domain.entries import Course, Factor, HistoryAnswer, Side, SitedSide
from diary.domain.findings import Addressee
from tests.diary.domain.rules.asking import holds, judged
from tests.diary.domain.strategies import problem, symptom, view

NUMB = symptom("face_numbness")


def passed(*symptoms, since=1, **fields):
    return problem(
        since=since,
        movement="",
        still_present=False,
        course=Course.RESOLVED,
        symptoms=symptoms,
        **fields,
    )


@pytest.mark.parametrize("since", [0, 1, 7, None])
def test_a_numb_face_that_has_passed_is_urgent_for_a_week_or_without_a_date(since):
    assert holds("U6", view(intake=passed(NUMB, since=since)))


@pytest.mark.parametrize(
    "intake",
    [
        passed(NUMB, since=8),
        passed(symptom("face_tingling")),
        passed(NUMB, symptom("panic")),
        passed(NUMB, history=(HistoryAnswer(item="severe_headaches"),)),
        passed(NUMB, triggers=(Factor(factor="dental_work"),)),
        passed(NUMB, triggers=(Factor(factor="trauma"),)),
        problem(since=1, movement="", course=Course.INTERMITTENT, symptoms=(NUMB,)),
    ],
)
def test_what_is_old_explained_or_not_over_is_no_passed_attack(intake):
    assert not holds("U6", view(intake=intake))


@pytest.mark.parametrize(
    ("course", "since", "second", "expected"),
    [
        (Course.SPREADING, 14, "limb_weakness", True),
        (Course.SPREADING, 29, "limb_weakness", False),
        (Course.STABLE, 14, "limb_weakness", False),
        (Course.SPREADING, 14, "fatigue", False),
    ],
)
def test_weakness_and_numbness_that_spread_within_four_weeks_are_urgent(
    course, since, second, expected
):
    numb = (symptom("limb_numbness"), symptom(second))
    intake = problem(since=since, movement="", course=course, symptoms=numb)

    assert holds("U2", view(intake=intake)) is expected


def test_twitching_of_the_ear_alone_goes_to_the_own_doctor_first():
    ear = (SitedSide(site="ear", side=Side.LEFT),)
    both = (*ear, SitedSide(site="upper_lip", side=Side.LEFT))

    assert judged("N1", view(intake=twitch(ear))).addressee is Addressee.OWN_DOCTOR
    assert judged("N4", view(intake=twitch(ear))).addressee is Addressee.OWN_DOCTOR
    assert judged("N6b", view(intake=twitch(ear))).addressee is Addressee.OWN_DOCTOR
    assert judged("N1", view(intake=twitch(both))).addressee is Addressee.NEUROLOGIST


def twitch(places):
    return problem(
        since=60, course=Course.WORSENING, symptoms=(symptom("ear_noise"),), sites=places
    )
