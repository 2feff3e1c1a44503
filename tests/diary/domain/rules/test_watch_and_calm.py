"""Each watch, calming and closing rule at the edges of its thresholds."""

import pytest

from diary.domain.entries import (
    Twitched,
)
from diary.domain.rules.reassurance import quiet_days_needed
from tests.diary.domain.rules.asking import holds, rules, twitching
from tests.diary.domain.strategies import (
    ago,
    check_in,
    episode,
    problem,
    quiet,
    view,
)


@pytest.mark.parametrize(("first", "expected"), [(0, False), (1, True)])
def test_w1_starts_on_the_second_day(first, expected):
    assert ("W1" in rules(view(*twitching(first, step=1)))) == expected


def test_w1_gives_way_to_a_referral():
    assert "W1" not in rules(view(intake=problem(since=40)))


def test_w3_needs_two_nights():
    assert not holds("W3", view(episode(1, asleep=True)))
    assert holds("W3", view(episode(2, asleep=True), episode(1, asleep=True)))


FACTORS = {
    "caffeine_mg": (400, 401),
    "sleep_hours": (7, 6.9),
    "alcohol_units": (0, 0.5),
    "stress": (6, 7),
}


@pytest.mark.parametrize("factor", FACTORS)
def test_w5_starts_just_beyond_each_limit(factor):
    at, beyond = FACTORS[factor]
    within = [check_in(days, Twitched.YES, **{factor: at}) for days in range(3)]
    over = [check_in(days, Twitched.YES, **{factor: beyond}) for days in range(3)]

    assert not holds("W5", view(*within))
    assert holds("W5", view(*over))


@pytest.mark.parametrize(
    ("days", "expected"),
    [((1, 0), False), ((2, 1, 0), True), ((7, 1, 0), False), ((6, 1, 0), True)],
)
def test_w5_needs_three_days_of_the_last_seven(days, expected):
    diary = view(*(check_in(d, Twitched.YES, stress=8) for d in days))

    assert holds("W5", diary) == expected


def test_w5_never_adds_up_different_factors_and_needs_twitching():
    mixed = [check_in(0, Twitched.YES, stress=8), check_in(1, caffeine_mg=500)]
    still = [check_in(days, stress=9) for days in range(5)]

    assert not holds("W5", view(*mixed, check_in(2, alcohol_units=2)))
    assert not holds("W5", view(*still))


@pytest.mark.parametrize(("days", "expected"), [(7, True), (8, False)])
def test_w6_looks_seven_days_back_from_the_bout(days, expected):
    assert holds("W6", view(check_in(days, ill=True), episode())) == expected


def test_w7_needs_every_answer_to_be_unseen():
    assert holds("W7", view(episode(1, visible=False), episode(0)))
    assert not holds("W7", view(episode(1, visible=False), episode(0, visible=True)))


@pytest.mark.parametrize(("days", "expected"), [(19, True), (20, False)])
def test_w8_asks_for_seventy_percent_of_twenty_eight_days(days, expected):
    assert holds("W8", view(*quiet(days - 1, 0))) == expected


@pytest.mark.parametrize(("quiet_days", "expected"), [(6, False), (7, True)])
def test_r1_needs_seven_quiet_check_ins_after_a_single_short_bout(quiet_days, expected):
    diary = view(episode(quiet_days), *quiet(quiet_days - 1, 0))

    assert ("R1" in rules(diary)) == expected


def test_r1_does_not_hold_after_a_longer_bout_or_a_second_one():
    longer = view(episode(10), episode(8), *quiet(7, 0))
    second = view(episode(30), episode(8), *quiet(7, 0))

    assert not holds("R1", longer)
    assert not holds("R1", second)


def test_unlogged_days_never_reassure():
    silent = view(episode(60), today=ago(0))
    unsure = view(episode(8), *(check_in(d, Twitched.UNSURE) for d in range(8)))

    assert not {"R1", "X1"} & (rules(silent) | rules(unsure))
    assert not holds("X1", silent)


@pytest.mark.parametrize(
    ("share", "days"),
    [(0.143, 45), (0.286, 28), (0.5, 28), (0.9, 28), (1.0, 28), (0.01, 90), (0.0, 90)],
)
def test_quiet_days_follow_the_reference_vectors(share, days):
    assert quiet_days_needed(share) == days


@pytest.mark.parametrize(("quiet_days", "expected"), [(27, False), (28, True)])
def test_x1_needs_its_quiet_check_ins(quiet_days, expected):
    bout = [episode(quiet_days + back) for back in range(10)]

    assert holds("X1", view(*bout, *quiet(quiet_days - 1, 0))) == expected


def test_x1_starts_again_after_a_hole_of_more_than_seven_days():
    bout = [episode(45 + back) for back in range(10)]
    whole = view(*bout, *quiet(44, 20), *quiet(12, 0))
    broken = view(*bout, *quiet(44, 20), *quiet(11, 0))

    assert holds("X1", whole)
    assert not holds("X1", broken)
