import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from diary.domain.entries import Day
from diary.domain.escalation import (
    LOOK_DAYS,
    REFERENCE_DAYS,
    WINDOW_DAYS,
    Verdict,
    frequency_look,
    frequency_looks,
    ratio_interval,
    tail_probability,
)
from tests.diary.domain.strategies import TODAY, ago

VECTORS = [
    ((28, 28, 56, 112, 1), 0.0028638),
    ((56, 28, 112, 112, 1), 3.49166e-05),
    ((56, 28, 112, 112, 2.5), 0.00715583),
    ((20, 28, 40, 112, 1), 0.0106683),
    ((20, 26.5, 31, 98, 1.4), 0.0105718),
    ((12, 28, 12, 56, 1), 0.0676588),
    ((8, 28, 3, 112, 1), 0.000235213),
]


def day(days_ago, episodes=0, **fields):
    fields.setdefault("observed", True)
    return Day(local_date=ago(days_ago), episodes=episodes, twitch_day=episodes > 0, **fields)


def diary(*, recent, before, length=LOOK_DAYS):
    """Return a diary logged on every day with these episodes a day now and before."""
    return tuple(day(n, recent if n < WINDOW_DAYS else before) for n in range(length))


ROWS = st.lists(
    st.builds(
        lambda ago_, episodes, seen: day(ago_, episodes if seen else 0, observed=seen),
        st.integers(0, LOOK_DAYS + 10),
        st.integers(0, 6),
        st.booleans() | st.just(value=True),
    ),
    unique_by=lambda row: row.local_date,
    max_size=LOOK_DAYS,
)


@pytest.mark.parametrize(("arguments", "expected"), VECTORS)
def test_the_tail_probability_equals_the_reference_vectors(arguments, expected):
    assert float(f"{tail_probability(*arguments):.6g}") == expected


def test_the_tail_probability_is_the_binomial_tail_for_whole_numbers():
    share, total = 28 / 140, 12
    weights = np.cumprod([1, *((total - k) / (k + 1) for k in range(total))])
    tail = sum(weights[k] * share**k * (1 - share) ** (total - k) for k in range(5, total + 1))

    assert tail_probability(5, 28, 7, 112) == pytest.approx(tail)


def test_no_recent_episode_is_no_evidence_of_a_rise():
    assert tail_probability(0, 28, 30, 112) == 1


def test_the_interval_is_exact_on_the_counts_and_contains_the_plain_ratio():
    low, high = ratio_interval(56, 28, 112, 112, 1.0)

    exact = binomtest(56, 168).proportion_ci(0.95, method="exact")
    odds = [share / (1 - share) * 112 / 28 for share in exact]
    assert (low, high) == pytest.approx(odds)
    assert low < 2 < high
    wider = ratio_interval(56, 28, 112, 112, 2.5)
    assert wider[0] < low
    assert high < wider[1]


@pytest.mark.parametrize(("recent", "before"), [(0, 10), (10, 0)])
def test_the_interval_is_open_where_a_part_has_no_episode(recent, before):
    low, high = ratio_interval(recent, 28, before, 112, 1.0)

    assert (low == 0) == (recent == 0)
    assert (high == float("inf")) == (before == 0)


def test_a_lasting_doubling_of_a_steady_diary_signals_with_its_numbers():
    look = frequency_look(diary(recent=2, before=1), today=TODAY)

    assert look.verdict is Verdict.SIGNAL
    assert (look.recent_episodes, look.recent_days, look.recent_rate) == (56, 28, 2)
    assert (look.reference_episodes, look.reference_days, look.reference_rate) == (112, 112, 1)
    assert look.p == pytest.approx(3.49166e-05, rel=1e-6)
    assert look.ratio == 2
    assert (look.recent_first, look.recent_last) == (ago(27), TODAY)
    assert (look.reference_first, look.reference_last) == (ago(139), ago(28))


def test_a_steady_diary_shows_no_clear_change():
    look = frequency_look(diary(recent=1, before=1), today=TODAY)

    assert look.verdict is Verdict.NO_CLEAR_CHANGE
    assert look.dispersion == 1


def test_a_certain_but_small_rise_is_no_signal():
    look = frequency_look(diary(recent=13, before=10), today=TODAY)

    assert tail_probability(364, 28, 1120, 112) < 0.002
    assert look.verdict is Verdict.NO_CLEAR_CHANGE


def test_a_less_certain_rise_is_watched():
    weekly = [day(n, 1 if n % 2 else 0) for n in range(WINDOW_DAYS, LOOK_DAYS)]
    now = [day(n, 1) for n in range(WINDOW_DAYS)]

    assert frequency_look([*weekly, *now], today=TODAY).verdict is Verdict.WATCH


def test_days_that_come_in_clusters_raise_the_dispersion_and_silence_the_signal():
    bursts = [day(n, 7 if n % 14 < 2 else 0) for n in range(WINDOW_DAYS, LOOK_DAYS)]
    now = [day(n, 2) for n in range(WINDOW_DAYS)]

    look = frequency_look([*bursts, *now], today=TODAY)

    assert look.dispersion > 5
    assert look.verdict is not Verdict.SIGNAL


@pytest.mark.parametrize(
    ("rows", "unmet"),
    [
        (diary(recent=2, before=1)[9:], ("recent_days",)),
        (diary(recent=2, before=1, length=55), ("reference_days",)),
        (diary(recent=0, before=1), ("recent_episodes",)),
        (diary(recent=2, before=0), ("reference_episodes",)),
        (
            (),
            ("recent_days", "reference_days", "recent_episodes", "reference_episodes"),
        ),
    ],
)
def test_a_diary_below_a_gate_is_not_judged_and_the_gate_is_named(rows, unmet):
    look = frequency_look(rows, today=TODAY)

    assert (look.verdict, look.unmet) == (Verdict.NOT_ENOUGH, unmet)


def test_the_first_look_is_possible_on_day_56():
    young = frequency_look(diary(recent=2, before=1, length=56), today=TODAY)

    assert young.unmet == ()
    assert young.reference_calendar_days == 28
    assert young.reference_first == ago(55)


def test_thinner_logging_than_before_counts_as_quiet_days():
    rows = [r for r in diary(recent=2, before=1) if (TODAY - r.local_date).days not in range(8)]

    look = frequency_look(rows, today=TODAY)

    assert (look.recent_days, look.matched_days) == (20, 28)
    assert look.recent_rate == 40 / 28


def test_unlogged_days_of_the_reference_are_never_zeros():
    sparse = [r for r in diary(recent=1, before=1) if r.local_date.toordinal() % 2]

    look = frequency_look([*sparse, *diary(recent=1, before=1, length=28)][14:], today=TODAY)

    assert look.reference_days == 56
    assert look.reference_rate == 1


def test_a_diary_without_a_day_gives_no_rate_and_no_ratio():
    look = frequency_look((), today=TODAY)

    assert (look.p, look.ratio, look.ratio_low, look.ratio_high) == (None,) * 4
    assert (look.recent_rate, look.reference_rate, look.reference_first) == (None,) * 3


def test_the_numbers_of_a_look_are_json():
    numbers = frequency_look(diary(recent=1, before=0), today=TODAY).as_numbers()

    assert json.loads(json.dumps(numbers)) == numbers
    assert numbers["verdict"] == "not_enough"
    assert numbers["ratio_high"] is None
    assert numbers["recent_last"] == TODAY.isoformat()


@given(ROWS, st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)

    assert frequency_look(shuffled, today=TODAY) == frequency_look(rows, today=TODAY)


@given(ROWS)
def test_a_row_of_an_unlogged_day_is_the_same_as_no_row(rows):
    logged = [row for row in rows if row.observed]

    assert frequency_look(logged, today=TODAY) == frequency_look(rows, today=TODAY)


@given(ROWS)
def test_rows_outside_the_140_days_change_nothing(rows):
    old = [day(LOOK_DAYS + n, 9) for n in range(11, 30)]
    future = [Day(local_date=TODAY + timedelta(days=1), episodes=9, observed=True)]

    assert frequency_look([*old, *rows, *future], today=TODAY) == frequency_look(rows, today=TODAY)


@given(ROWS, st.integers(0, LOOK_DAYS - 1))
def test_losing_a_day_without_episodes_never_makes_the_rise_clearer(rows, place):
    kept = [row for row in rows if row.local_date != ago(place)]
    quiet = [*kept, day(place)]

    lost, logged = (frequency_look(r, today=TODAY) for r in (kept, quiet))

    assert lost.recent_episodes == logged.recent_episodes
    assert lost.recent_days <= logged.recent_days
    assert lost.matched_days >= lost.recent_days


@given(ROWS)
def test_the_dispersion_equals_the_definition_day_by_day(rows):
    look = frequency_look(rows, today=TODAY)
    before = {n: r.episodes for r in rows if r.observed and 28 <= (n := age(r)) < LOOK_DAYS}
    if look.reference_episodes == 0 or len(before) < 2:
        assert look.dispersion == 1
        return
    mean = sum(before.values()) / len(before)
    daily = sum((x - mean) ** 2 for x in before.values()) / mean / (len(before) - 1)
    blocks = [[before[n] for n in range(s, s + 7) if n in before] for s in range(28, 140, 7)]
    usable = [b for b in blocks if len(b) >= 4]
    weekly = sum((sum(b) - len(b) * mean) ** 2 / (len(b) * mean) for b in usable)
    by_week = weekly / (len(usable) - 1) if len(usable) >= 3 else 0

    assert look.dispersion == pytest.approx(max(1, daily, by_week))


def age(row):
    return (TODAY - row.local_date).days


@given(ROWS)
def test_many_diaries_at_once_give_the_same_as_one_by_one(rows):
    counts, observed = np.zeros((2, 3, LOOK_DAYS)), np.zeros((2, 3, LOOK_DAYS), bool)
    for row in (r for r in rows if age(r) < LOOK_DAYS):
        counts[1, 2, LOOK_DAYS - 1 - age(row)] = row.episodes
        observed[1, 2, LOOK_DAYS - 1 - age(row)] = row.observed

    looks, look = frequency_looks(counts, observed), frequency_look(rows, today=TODAY)

    assert looks.p.shape == (2, 3)
    assert looks.gates.shape == (2, 3, 4)
    assert looks.dispersion[1, 2] == look.dispersion
    assert bool(looks.signal[1, 2]) == (look.verdict is Verdict.SIGNAL)
    assert bool(looks.watch[1, 2]) == (look.verdict in (Verdict.SIGNAL, Verdict.WATCH))


def test_counts_on_days_that_are_not_observed_are_ignored():
    row = replace(day(3), observed=False, episodes=50)

    assert frequency_look([row], today=TODAY).recent_episodes == 0
    assert REFERENCE_DAYS + WINDOW_DAYS == LOOK_DAYS
