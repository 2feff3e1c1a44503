"""E3 and U9: jerking without a pause, or of face and limb of one side, at their edges."""

import pytest

from diary.domain.entries import HistoryAnswer, NumberRange, Person, Side, SitedSide
from diary.domain.findings import Level
from diary.domain.rules.registry import urgent_findings
from diary.domain.words.advice import advice_for
from tests.diary.domain.rules.asking import holds, judged
from tests.diary.domain.strategies import episode, problem, view

TUMOR = (HistoryAnswer(item="brain_tumor"),)
FACE_AND_ARM = (SitedSide(site="mouth", side=Side.LEFT), SitedSide(site="arm", side=Side.LEFT))


def intake(**fields):
    known = {"since": 0, "site": "mouth_corner", "movement": "jerk", "continuous": True}
    return problem(**(known | fields))


def pressing(diary):
    return {finding.rule for finding in urgent_findings(diary)}


def test_jerking_for_hours_with_a_brain_tumor_on_record_is_an_emergency():
    (found, *_) = urgent_findings(view(intake=intake(history=TUMOR)))

    assert (found.rule, found.level) == ("E3", Level.EMERGENCY)
    assert "without a pause" in advice_for(found, Person()).text


def test_the_same_jerking_without_such_a_past_is_urgent():
    assert pressing(view(intake=intake())) == {"U9"}


@pytest.mark.parametrize(
    "fields",
    [
        {"continuous": None},
        {"continuous": False},
        {"site": "upper_eyelid"},
        {"movement": "twitch"},
        {"movement": "quiver"},
        {"still_present": False},
    ],
)
def test_what_pauses_trembles_finely_or_is_of_the_lid_alone_is_not_urgent(fields):
    assert pressing(view(intake=intake(**fields))) == set()


@pytest.mark.parametrize("movement", ["twitch", "spasm", "contraction", "shaking"])
def test_with_such_a_past_a_new_twitch_without_a_pause_counts_too(movement):
    told = {"movement": movement, "history": TUMOR}

    assert holds("E3", view(intake=intake(**told)))
    assert not holds("E3", view(intake=intake(since=2, **told)))
    assert holds("U9", view(intake=intake(since=2, **told)))
    assert not holds("U9", view(intake=intake(since=None, **told)))


@pytest.mark.parametrize("movement", ["quiver", "tremor"])
def test_a_fine_trembling_is_no_attack_whatever_the_past(movement):
    assert pressing(view(intake=intake(movement=movement, history=TUMOR))) == set()


def test_a_known_spasm_of_the_face_explains_all_but_a_jerk():
    known = (*TUMOR, HistoryAnswer(item="hemifacial_spasm"))

    assert pressing(view(intake=intake(movement="spasm", history=known))) == set()
    assert holds("E3", view(intake=intake(history=known)))


@pytest.mark.parametrize(("since", "rule"), [(1, "E3"), (2, "U9"), (28, "U9"), (29, None)])
def test_how_new_the_jerking_is_decides(since, rule):
    assert pressing(view(intake=intake(since=since, history=TUMOR))) == ({rule} if rule else set())


@pytest.mark.parametrize(("seconds", "expected"), [(299, False), (300, True)])
def test_five_minutes_are_as_good_as_without_a_pause(seconds, expected):
    told = intake(continuous=None, seconds_per_bout=NumberRange(low=seconds, high=900))
    logged = episode(site="cheek", movement="jerk", duration_seconds=seconds)

    assert holds("U9", view(intake=told)) == expected
    assert holds("U9", view(logged)) == expected


def test_a_long_jerk_of_somebody_with_epilepsy_is_an_emergency_also_years_on():
    known = problem(since=900, history=(HistoryAnswer(item="epilepsy"),))
    long = episode(site="mouth", movement="jerk", duration_seconds=360)

    assert holds("E3", view(long, intake=known))
    assert not holds("E3", view(episode(site="mouth", movement="twitch"), intake=known))


def test_jerks_of_face_and_arm_of_one_side_need_no_length():
    both = {"sites": FACE_AND_ARM, "continuous": None}
    apart = (FACE_AND_ARM[0], SitedSide(site="arm", side=Side.RIGHT))

    assert pressing(view(intake=intake(**both))) == {"U9"}
    assert pressing(view(intake=intake(**both | {"contexts": ("falling_asleep",)}))) == set()
    assert pressing(view(intake=intake(**both | {"sites": apart}))) == set()
    assert pressing(view(intake=intake(sites=FACE_AND_ARM))) == {"E3"}


@pytest.mark.parametrize(("days", "expected"), [(7, True), (8, False)])
def test_logged_jerking_speaks_for_a_week(days, expected):
    logged = episode(days, site="cheek", movement="jerk", continuous=True)

    assert holds("U9", view(logged)) == expected


def test_a_rhythmic_twitch_without_a_pause_is_taken_for_jerking():
    rhythmic = episode(site="cheek", movement="twitch", rhythmic=True, continuous=True)
    plain = episode(site="cheek", movement="twitch", continuous=True)

    assert judged("U9", view(rhythmic)).numbers["episodes"] == 1
    assert not holds("U9", view(plain))
