"""Twitching in a new place or bound to one side: N3 and N4 at the edges of their thresholds."""

import pytest

from diary.domain.entries import (
    Course,
    Side,
    SitedSide,
)
from tests.diary.domain.rules.asking import holds
from tests.diary.domain.strategies import (
    episode,
    problem,
    view,
)


def test_n3_needs_two_episodes_on_two_days_in_a_new_region():
    eyelid = [episode(days, site="eyelid") for days in (50, 45, 40, 35, 30, 24, 18, 12, 6)]
    once = view(*eyelid, episode(1), episode(1, name="b"))
    twice = view(*eyelid, episode(3), episode(1))

    assert not holds("N3", once)
    assert holds("N3", twice)


@pytest.mark.parametrize("joined", [5, 30, 60])
def test_n3_finds_a_spread_of_any_age_while_the_bout_lasts(joined):
    lip = [episode(day) for day in range(100, 0, -5)]
    lid = [episode(day, site="eyelid") for day in (joined, joined - 2)]

    assert holds("N3", view(*lip, *lid))


def test_n3_takes_the_regions_of_the_first_days_of_a_bout_as_known():
    assert not holds("N3", view(episode(5, site="eyelid"), episode(3), episode(1)))


@pytest.mark.parametrize("course", [Course.SPREADING, Course.MIGRATING])
def test_n3_believes_an_intake_that_says_it_spreads(course):
    assert holds("N3", view(intake=problem(course=course)))
    assert not holds("N3", view(intake=problem(course=course, visible=False)))
    assert not holds("N3", view(intake=problem(course=Course.STABLE)))


def test_n4_needs_one_side_ten_times_and_a_second_region():
    sided = [episode(days, side=Side.LEFT) for days in range(20, 1, -2)]
    eyelid = episode(0, site="eyelid", side=Side.LEFT)

    assert not holds("N4", view(*sided))
    assert not holds("N4", view(*sided[:8], eyelid))
    assert holds("N4", view(*sided, eyelid))
    assert not holds("N4", view(*sided, eyelid, *(episode(d, side=Side.RIGHT) for d in (1, 3))))


def test_n4_believes_a_one_sided_twitch_in_sleep():
    assert holds("N4", view(intake=problem(side=Side.LEFT, contexts=("asleep",))))
    assert not holds("N4", view(intake=problem(side=Side.BOTH, contexts=("asleep",))))


def test_sites_of_both_groups_in_an_intake_are_several_places():
    places = (SitedSide(site="cheek"), SitedSide(site="eyelid"))

    assert holds("N3", view(intake=problem(sites=places)))
    assert not holds("N3", view(intake=problem(sites=(SitedSide(site="face"), places[0]))))


def test_n4_needs_the_same_side_over_fourteen_days():
    short = [episode(days % 6, side=Side.LEFT, name=str(days)) for days in range(12)]
    eyelid = episode(0, site="eyelid", side=Side.LEFT)
    mixed = [episode(d, side=Side.LEFT if d % 4 else Side.RIGHT) for d in range(0, 22, 2)]

    assert not holds("N4", view(*short, eyelid))
    assert not holds("N4", view(*mixed, eyelid))


def test_n4_believes_one_side_that_grows_only_after_fourteen_days():
    grows = {"side": Side.LEFT, "course": Course.MORE_FREQUENT}

    assert holds("N4", view(intake=problem(since=14, **grows)))
    assert not holds("N4", view(intake=problem(since=13, **grows)))
    assert not holds("N4", view(intake=problem(since=14, visible=False, **grows)))


def test_a_region_unsaid_may_be_the_known_one():
    face = [episode(days, site="face") for days in (3, 1)]
    eyelid = [episode(days, site="eyelid") for days in range(50, 5, -5)]
    unnamed = [episode(days, sites=()) for days in range(50, 5, -5)]

    assert not holds("N3", view(*eyelid, *face))
    assert not holds("N3", view(*unnamed, *face))


def test_n4_counts_one_sided_nights_with_a_steady_side():
    sided = [episode(days, side=Side.LEFT) for days in range(20, 1, -2)]
    nights = [episode(days, side=Side.LEFT, name="night", asleep=True) for days in (5, 3)]

    assert not holds("N4", view(*sided, nights[0]))
    assert holds("N4", view(*sided, *nights))
