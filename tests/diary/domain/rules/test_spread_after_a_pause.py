"""N3 across bouts: another part of the face, on a side that may be the same, after a pause."""

import pytest

from diary.domain.entries import Course, Person, Side, SitedSide
from diary.domain.rules.registry import all_findings
from diary.domain.words.advice import advice_for
from tests.diary.domain.rules.asking import holds, judged, twitching
from tests.diary.domain.strategies import check_in, episode, problem, view

LEFT, RIGHT, BOTH = Side.LEFT, Side.RIGHT, Side.BOTH


def bout(first, *, days=5, site="eyelid", side=LEFT):
    return [episode(first - day, site=site, side=side) for day in range(days)]


def test_another_part_of_the_same_side_two_months_later_is_a_spread():
    diary = view(*bout(62), *bout(2, days=2, site="cheek"))

    found = judged("N3", diary)

    assert found.numbers["returned"] is True
    assert found.numbers["same_side"] is True
    assert found.numbers["episodes"] == 2
    assert "another part" in advice_for(found, Person()).title


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (LEFT, LEFT, True),
        (RIGHT, RIGHT, True),
        (LEFT, RIGHT, False),
        (LEFT, BOTH, False),
        (BOTH, RIGHT, False),
        (None, RIGHT, False),
        (LEFT, None, False),
        (Side.ONE, Side.ONE, False),
    ],
)
def test_only_the_same_said_side_is_a_spread(before, now, expected):
    diary = view(*bout(62, side=before), *bout(2, days=2, site="cheek", side=now))

    assert holds("N3", diary) == expected


@pytest.mark.parametrize(("days", "expected"), [(5, True), (4, False)])
def test_the_earlier_part_twitched_on_five_days(days, expected):
    diary = view(*bout(62, days=days), *bout(2, days=2, site="cheek"))

    assert holds("N3", diary) == expected


def test_a_twitch_of_the_other_side_in_between_is_no_spread():
    wandering = episode(40, site="eyelid", side=RIGHT)

    assert not holds("N3", view(*bout(62), wandering, *bout(2, days=2, site="cheek")))


@pytest.mark.parametrize("site", ["jaw", "neck"])
def test_only_lid_and_lower_face_are_compared(site):
    assert not holds("N3", view(*bout(62), *bout(2, days=2, site=site)))


def test_a_first_bout_ever_is_no_spread():
    assert not holds("N3", view(*bout(2, days=2, site="cheek")))
    assert not holds("N3", view(*bout(2, days=2, site="cheek"), *bout(4)))


def test_a_one_off_on_either_side_of_the_pause_is_no_spread():
    single = [episode(62, site="eyelid", side=LEFT, name=name) for name in "ab"]
    two_singles = [episode(days, site="eyelid", side=LEFT) for days in (62, 40)]
    now = bout(2, site="cheek")

    assert not holds("N3", view(*single, *now))
    assert not holds("N3", view(*two_singles, *now))
    assert not holds("N3", view(*bout(62), now[0]))


def test_a_part_known_from_any_earlier_day_is_not_new():
    known = episode(150, site="cheek", side=LEFT)

    assert not holds("N3", view(known, *bout(62), *bout(2, days=2, site="upper_lip")))


@pytest.mark.parametrize(("last", "expected"), [(91, True), (92, False)])
def test_the_earlier_bout_lies_at_most_ninety_days_back(last, expected):
    diary = view(*bout(last), *bout(1, days=2, site="cheek"))

    assert holds("N3", diary) == expected


@pytest.mark.parametrize(("before", "now"), [("calf", "cheek"), ("eyelid", "calf")])
def test_the_body_after_a_pause_is_no_spread_of_the_face(before, now):
    assert not holds("N3", view(*bout(62, site=before), *bout(2, days=2, site=now)))


def test_a_face_of_unsaid_part_may_be_the_same_place():
    assert not holds("N3", view(*bout(62, site="face"), *bout(2, days=2, site="cheek")))
    assert not holds("N3", view(*bout(62), *bout(2, days=2, site="face")))


def test_the_old_and_a_new_part_together_in_the_new_bout_are_a_spread():
    both = (SitedSide(site="eyelid", side=LEFT), SitedSide(site="cheek", side=LEFT))
    now = [episode(days, sites=both, name="both") for days in (2, 1)]

    assert holds("N3", view(*bout(62), *now))


@pytest.mark.parametrize(
    ("since", "asked", "expected"), [(80, 60, True), (60, 60, False), (300, 100, False)]
)
def test_the_earlier_bout_may_stand_in_an_intake_that_is_over(since, asked, expected):
    told = {"still_present": False, "course": Course.RESOLVED, "site": "eyelid", "side": LEFT}
    diary = view(*bout(2, days=2, site="cheek"), intake=problem(since=since, asked=asked, **told))

    assert holds("N3", diary) == expected


def test_a_part_the_intake_names_is_no_new_one_in_a_later_bout():
    places = (SitedSide(site="upper_lip"), SitedSide(site="eyelid"))
    told = problem(since=90, asked=60, sites=places, course=Course.IMPROVING)
    lid = [episode(days, site="eyelid") for days in (3, 1)]

    assert not holds("N3", view(*twitching(30), *lid, intake=told))


def test_a_watched_bout_becomes_a_visit_when_it_is_a_spread():
    found = all_findings(view(*bout(62), *bout(2, days=2, site="cheek"), check_in(0)))

    assert found[0].rule == "N3"
    assert "W1" not in {finding.rule for finding in found}
