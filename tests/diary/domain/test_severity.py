import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from diary.domain.entries import Day
from diary.domain.escalation import Verdict
from diary.domain.severity import Measure, rank_sum_p, severity_look, weekly_medians
from tests.diary.domain.strategies import TODAY, ago

VECTORS = [
    ([6, 7, 7, 8], [3, 4, 4, 5, 3, 4, 5, 4, 3, 4, 5, 4], 0.000549451),
    ([5, 6, 6, 7], [3, 4, 4, 5, 3, 4, 5, 4], 0.0040404),
    ([4, 4, 5, 5], [4, 4, 4, 4, 4, 4, 4, 5], 0.183838),
]
OLDER = [3, 4, 4, 5, 3, 4, 5, 4, 3, 4, 5, 4, 3, 4, 5, 4]


def week(weeks_ago, strength, *, seconds=None, episodes=3):
    """Return one day of that week whose episodes all have this strength and length."""
    return Day(
        local_date=ago(weeks_ago * 7 + 2),
        episodes=episodes,
        observed=True,
        twitch_day=True,
        strengths=(strength,) * episodes,
        durations_seconds=(float(seconds if seconds is not None else strength),) * episodes,
    )


def diary(now, before):
    return tuple(week(n, value) for n, value in enumerate([*now, *before]))


def look(days, measure=Measure.STRENGTH):
    return severity_look(days, today=TODAY, measure=measure)


ROWS = st.lists(
    st.builds(
        lambda age, strengths: Day(
            local_date=ago(age),
            episodes=len(strengths),
            observed=bool(strengths),
            strengths=tuple(sorted(strengths)),
        ),
        st.integers(0, 150),
        st.lists(st.integers(0, 10), max_size=4),
    ),
    unique_by=lambda row: row.local_date,
    max_size=150,
)


@pytest.mark.parametrize(("recent", "reference", "expected"), VECTORS)
def test_the_rank_sum_probability_equals_the_reference_vectors(recent, reference, expected):
    assert float(f"{rank_sum_p(recent, reference):.6g}") == expected


@given(
    st.lists(st.integers(0, 10), min_size=1, max_size=4),
    st.lists(st.integers(0, 10), min_size=1, max_size=12),
)
def test_the_rank_sum_probability_equals_an_independent_exact_test(recent, reference):
    other = mannwhitneyu(recent, reference, alternative="greater", method="exact")

    assert rank_sum_p(recent, reference) == pytest.approx(other.pvalue)


@given(
    st.lists(st.integers(0, 10), min_size=4, max_size=4),
    st.lists(st.integers(0, 10), min_size=10, max_size=10),
)
def test_a_tie_is_never_worth_a_win(recent, reference):
    wins = [value + 0.5 for value in recent]

    assert rank_sum_p(wins, reference) <= rank_sum_p(recent, reference) <= 1


def test_four_stronger_weeks_signal_with_their_numbers():
    found = look(diary([6, 7, 7, 8], OLDER))

    assert found.verdict is Verdict.SIGNAL
    assert (found.recent_median, found.reference_median, found.shift) == (7, 4, 3)
    assert found.p == rank_sum_p([6, 7, 7, 8], OLDER)
    assert (found.recent_first, found.recent_last) == (ago(27), TODAY)
    assert (found.reference_first, found.reference_last) == (ago(139), ago(28))


def test_a_certain_shift_below_two_points_is_no_signal():
    found = look(diary([5, 5, 5, 5], [4] * 16))

    assert found.p < 0.001
    assert found.verdict is Verdict.NO_CLEAR_CHANGE


def test_a_large_shift_that_chance_explains_is_no_signal():
    found = look(diary([2, 7, 7, 8], OLDER))

    assert found.shift >= 2
    assert found.verdict is Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(20, Verdict.SIGNAL), (19, Verdict.NO_CLEAR_CHANGE)]
)
def test_durations_must_double(seconds, verdict):
    now = [week(n, 4, seconds=seconds) for n in range(4)]
    before = [week(n, 4, seconds=10) for n in range(4, 20)]

    found = look([*now, *before], Measure.DURATION)

    assert (found.verdict, found.ratio) == (verdict, seconds / 10)


def test_durations_that_were_zero_have_no_ratio_but_any_length_is_longer():
    now = [week(n, 4, seconds=5) for n in range(4)]
    before = [week(n, 4, seconds=0) for n in range(4, 20)]

    found = look([*now, *before], Measure.DURATION)

    assert (found.ratio, found.verdict) == (None, Verdict.SIGNAL)
    assert look(before, Measure.DURATION).verdict is Verdict.NOT_ENOUGH


@pytest.mark.parametrize(
    ("days", "unmet"),
    [
        (diary([6, 7, 7, 8], OLDER[:10]), ()),
        (diary([6, 7, 7, 8], OLDER[:9]), ("reference_weeks",)),
        (diary([6, 7, 7, 8], OLDER)[1:], ("recent_weeks",)),
        ((), ("recent_weeks", "reference_weeks")),
    ],
)
def test_too_few_usable_weeks_are_not_judged(days, unmet):
    found = look(days)

    assert found.unmet == unmet
    assert (found.verdict is Verdict.NOT_ENOUGH) == bool(unmet)
    assert (found.p is None) == bool(unmet)


def test_a_week_needs_three_episodes_with_a_value():
    days = [week(0, 5, episodes=2), week(1, 5, episodes=3), Day(local_date=ago(0), episodes=9)]

    medians = weekly_medians(days, today=TODAY, measure=Measure.STRENGTH)

    assert len(medians) == 20
    assert medians[-2:] == [5, None]


def test_one_bad_day_is_one_week_however_many_episodes_it_has():
    steady = diary([4, 4, 4, 4], OLDER)

    assert look([*steady, week(0, 10, episodes=40)]).verdict is Verdict.NO_CLEAR_CHANGE


def test_the_numbers_of_a_look_are_json():
    numbers = look(diary([6, 7, 7, 8], OLDER)).as_numbers()

    assert json.loads(json.dumps(numbers)) == numbers
    assert numbers["measure"] == "strength"
    assert numbers["recent_medians"] == [8, 7, 7, 6]


@given(ROWS, st.integers())
def test_the_order_of_the_rows_and_rows_without_a_value_change_nothing(rows, seed):
    shuffled = [row for row in rows if row.strengths]
    Random(seed).shuffle(shuffled)

    assert look(shuffled) == look(rows)
