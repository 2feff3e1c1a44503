import pytest

from diary.domain import bouts as all_bouts
from diary.domain.bouts import bouts, logged_bouts
from diary.domain.entries import Course
from diary.domain.findings import EvidenceFrom
from diary.domain.symptom_reports import ready
from diary.domain.vocabulary.sites import SiteGroup
from tests.diary.domain.strategies import ago, check_in, episode, problem, view


def current_bout(diary):
    """Return the current bout: the same whether or not the diary was made ready."""
    found = all_bouts.current_bout(diary)
    assert all_bouts.current_bout(ready(diary)) == found
    return found


def test_seven_days_without_twitching_keep_a_bout_and_eight_end_it():
    joined = view(episode(10), episode(2))
    apart = view(episode(11), episode(2))

    assert logged_bouts(joined.days) == ((ago(10), ago(2)),)
    assert logged_bouts(apart.days) == ((ago(11), ago(11)), (ago(2), ago(2)))


@pytest.mark.parametrize(("last", "is_current"), [(7, True), (8, False)])
def test_a_bout_is_current_until_more_than_seven_days_have_passed(last, is_current):
    assert (current_bout(view(episode(last))) is not None) == is_current


def test_the_intake_counts_from_the_latest_day_of_its_range():
    bout = current_bout(view(intake=problem(since=3, until=9)))

    assert (bout.first_day, bout.last_day, bout.stated_days) == (ago(3), ago(0), 3)
    assert bout.evidence_from is EvidenceFrom.INTAKE


def test_the_intake_joins_the_logged_bout_and_both_are_named():
    diary = view(episode(2), check_in(1), intake=problem(since=30, asked=5, site="chin"))

    (bout,) = bouts(diary.days, diary.problem)

    assert (bout.first_day, bout.last_day, bout.logged_days) == (ago(30), ago(2), 1)
    assert bout.evidence_from is EvidenceFrom.BOTH
    assert bout.site_groups == {SiteGroup.LOWER}


def test_an_old_intake_does_not_join_a_new_bout():
    diary = view(episode(2), intake=problem(since=100, asked=60))

    assert len(bouts(diary.days, diary.problem)) == 2


@pytest.mark.parametrize("over", [{"still_present": False}, {"course": Course.RESOLVED}])
def test_an_intake_that_is_over_is_no_bout(over):
    assert current_bout(view(intake=problem(since=30, **over))) is None


def test_a_quiet_check_in_is_observed_but_not_logged_twitching():
    bout = current_bout(view(episode(4), check_in(3), episode(2)))

    assert (bout.logged_days, bout.observed_days, bout.span_days) == (2, 3, 2)
