"""N10, N15 and N16 at the edges of their thresholds."""

from datetime import timedelta
from uuid import uuid5

import pytest

from diary.domain.entries import Course, RemedyTrial, RemedyUse, SitedSide
from diary.domain.findings import EvidenceFrom
from tests.diary.domain.rules.asking import holds, judged
from tests.diary.domain.strategies import SPACE, ago, check_in, episode, problem, quiet, view


def trial(started, stopped=None, remedy="less_caffeine"):
    return RemedyTrial(
        id=uuid5(SPACE, f"trial {remedy} {started}"),
        remedy=remedy,
        started_on=ago(started),
        stopped_on=None if stopped is None else ago(stopped),
    )


def daily(first, last, number=1):
    """Return so many episodes on each day from `first` to `last` days ago."""
    return [
        episode(days, name=str(each))
        for days in range(first, last - 1, -1)
        for each in range(number)
    ]


@pytest.mark.parametrize(("kept", "expected"), [(13, False), (14, True)])
def test_n10_needs_a_remedy_kept_up_for_fourteen_days(kept, expected):
    diary = view(*daily(40, 0), remedy_trials=(trial(20, 20 - kept),))

    assert holds("N10", diary) == expected


@pytest.mark.parametrize(("observed", "expected"), [(9, False), (10, True)])
def test_n10_needs_ten_observed_days_before(observed, expected):
    diary = view(*daily(20 + observed, 0), remedy_trials=(trial(20),))

    assert holds("N10", diary) == expected


@pytest.mark.parametrize(("observed", "expected"), [(9, False), (10, True)])
def test_n10_needs_ten_observed_days_during(observed, expected):
    during = [episode(days) for days in range(0, 2 * observed, 2)]

    diary = view(*daily(50, 21), *during, remedy_trials=(trial(20),))

    assert holds("N10", diary) == expected


@pytest.mark.parametrize(("twitched", "expected"), [(13, False), (14, True)])
def test_n10_needs_less_than_a_fall_by_thirty_percent(twitched, expected):
    before, during = daily(39, 20), [episode(days) for days in range(twitched)]
    free = [check_in(days) for days in range(twitched, 20)]

    diary = view(*before, *during, *free, remedy_trials=(trial(19),))

    assert holds("N10", diary) == expected


def test_n10_says_every_number_it_rests_on():
    worse = judged("N10", view(*daily(40, 20), *daily(19, 0, 2), remedy_trials=(trial(19),)))

    numbers = worse.numbers
    assert (numbers["before_episodes"], numbers["before_days"]) == (21, 21)
    assert (numbers["during_episodes"], numbers["during_days"]) == (40, 20)
    assert numbers["ratio"] == 2
    assert worse.entries == (trial(19).id,)


@pytest.mark.parametrize("remedy", ["symptom_diary", "botulinum_toxin", "unheard_of"])
def test_n10_judges_no_treatment_and_no_watching(remedy):
    assert not holds("N10", view(*daily(40, 0), remedy_trials=(trial(20, remedy=remedy),)))


@pytest.mark.parametrize(("since", "expected"), [(13, False), (14, True)])
def test_n10_believes_the_intake_after_fourteen_days(since, expected):
    tried = (RemedyUse(remedy="more_sleep", helped=False),)
    diary = view(intake=problem(since=since, remedies=tried))

    assert holds("N10", diary) == expected
    if expected:
        assert judged("N10", diary).evidence_from is EvidenceFrom.INTAKE


@pytest.mark.parametrize(
    "fields",
    [
        {"remedies": (RemedyUse(remedy="more_sleep"),)},
        {"remedies": (RemedyUse(remedy="more_sleep", helped=True),)},
        {"remedies": (RemedyUse(remedy="monitor", helped=False),)},
        {
            "remedies": (RemedyUse(remedy="more_sleep", helped=False),),
            "course": Course.IMPROVING,
        },
    ],
)
def test_n10_needs_a_remedy_that_is_said_not_to_have_helped(fields):
    assert not holds("N10", view(intake=problem(since=30, **fields)))


def bouts_apart(quiet_days, *, number=3, length=2, site="upper_lip"):
    """Return bouts of `length` days with so many quiet check-ins between them, the last today."""
    step = length + quiet_days
    return [
        *(episode(step * bout + day, site=site) for bout in range(number) for day in range(length)),
        *(
            check_in(step * bout + length + day)
            for bout in range(number - 1)
            for day in range(quiet_days)
        ),
    ]


@pytest.mark.parametrize(("quiet_days", "expected"), [(13, False), (14, True)])
def test_n15_needs_fourteen_quiet_check_ins_between_bouts(quiet_days, expected):
    assert holds("N15", view(*bouts_apart(quiet_days))) == expected


@pytest.mark.parametrize(("number", "expected"), [(2, False), (3, True)])
def test_n15_needs_three_bouts(number, expected):
    assert holds("N15", view(*bouts_apart(20, number=number))) == expected


@pytest.mark.parametrize(("length", "expected"), [(1, False), (2, True)])
def test_n15_counts_bouts_of_two_twitch_days(length, expected):
    assert holds("N15", view(*bouts_apart(20, length=length))) == expected


@pytest.mark.parametrize(("first", "expected"), [(179, True), (180, False)])
def test_n15_looks_back_one_hundred_and_eighty_days(first, expected):
    bouts = [episode(days) for days in (first, first - 1, 60, 59, 1, 0)]

    diary = view(*bouts, *quiet(first - 2, 61), *quiet(58, 2))

    assert holds("N15", diary) == expected


def test_n15_never_takes_unlogged_days_for_quiet_ones():
    assert not holds("N15", view(*(e for e in bouts_apart(20) if hasattr(e, "sites"))))


@pytest.mark.parametrize(("quiet_days", "expected"), [(27, False), (28, True)])
def test_n15_holds_when_it_is_back_elsewhere_after_a_remission(quiet_days, expected):
    first = [episode(quiet_days + 2 + days) for days in range(12)]
    back = [episode(days, site="lower_eyelid") for days in (1, 0)]

    diary = view(*first, *back, *quiet(quiet_days + 1, 2))

    assert holds("N15", diary) == expected
    if expected:
        assert judged("N15", diary).numbers["moved"]


@pytest.mark.parametrize("sites", [("upper_lip", "upper_lip"), ("lower_eyelid", "upper_lip")])
def test_n15_needs_two_episodes_in_a_region_that_is_new(sites):
    first = [episode(40 + days) for days in range(12)]
    back = [episode(1, site=sites[0]), episode(0, site=sites[1])]

    assert not holds("N15", view(*first, *back, *quiet(39, 2)))


@pytest.mark.parametrize(("days", "expected"), [(9, False), (10, True)])
def test_n16_needs_ten_full_days_of_fourteen(days, expected):
    assert holds("N16", view(*daily(13, 14 - days, 3))) == expected


@pytest.mark.parametrize(("number", "expected"), [(2, False), (3, True)])
def test_n16_needs_three_episodes_a_day(number, expected):
    assert holds("N16", view(*daily(11, 0, number))) == expected


def test_n16_lets_older_days_go():
    diary = view(*daily(23, 5, 3))

    assert not holds("N16", diary)
    assert diary.today - diary.days[-1].local_date == timedelta(days=5)


def test_a_finding_names_the_regions_of_its_ground():
    sites = (SitedSide(site="upper_lip"), SitedSide(site="lower_eyelid"))

    episodes = [episode(d, name=str(n), sites=sites) for d in range(12) for n in range(3)]

    finding = judged("N16", view(*episodes))

    assert finding.numbers["site_groups"] == ["eyelid", "lower"]
