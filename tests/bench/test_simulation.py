"""The generators have the mean and spread they state, and no shortcut changes what a rule says."""

import numpy as np
import pytest

from bench.simulation.habits import BASE_RATE, CHECK_IN_SHARE, diary, draw_exposures
from bench.simulation.looking import alerts, first_delays, look_days, naive_daily, weekly_looks
from bench.simulation.recording import HABITS
from bench.simulation.series import (
    DAYS,
    RUN_IN_DAYS,
    SHAPES,
    generator,
    latent_rise,
    level,
    risen,
    slow_factor,
)
from bench.simulation.severities import DURATION_SECONDS, diaries
from bench.simulation.states import (
    date_of,
    diary_days,
    persistence_alerts,
    remissions,
    some_days,
    spells,
    view_on,
)
from diary.domain.entries import Day
from diary.domain.escalation import Verdict, frequency_look
from diary.domain.rules.persistence import persistence
from diary.domain.rules.reassurance import remission

SEED = 11
RATE = 1.5


def made(shape, rate=RATE, persons=400):
    return SHAPES[shape](generator(SEED, shape), level(persons, rate))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_the_rate_it_is_asked_for(shape):
    series = made(shape)

    assert series.counts.mean() == pytest.approx(RATE, rel=0.03)
    assert series.latent.mean() == pytest.approx(RATE, rel=0.03)


@pytest.mark.parametrize(
    ("shape", "variance"), [("poisson", RATE), ("negative_binomial", RATE + RATE**2)]
)
def test_days_vary_as_much_as_stated(shape, variance):
    assert made(shape).counts.var() == pytest.approx(variance, rel=0.03)


def test_the_slow_factor_has_mean_one_and_the_stated_spread_and_memory():
    drift = slow_factor(generator(SEED), (4000, 60), 0.4, 0.9)

    assert np.exp(drift).mean() == pytest.approx(1, abs=0.01)
    assert drift.std() == pytest.approx(0.4, rel=0.03)
    assert np.corrcoef(drift[:, 30], drift[:, 31])[0, 1] == pytest.approx(0.9, abs=0.02)


def test_bursts_last_about_five_days_and_return_after_about_ten():
    inside = made("bursts").latent > RATE
    begins = np.diff(inside.astype(int), axis=1) == 1

    assert inside.mean() == pytest.approx(1 / 3, abs=0.02)
    assert inside.sum() / begins.sum() == pytest.approx(5, rel=0.05)


def test_a_rise_starts_on_its_day_at_once_or_in_steps():
    rates = level(1, 2.0, days=6)

    at_once, slowly = risen(rates, 2.0, first=3), risen(rates, 2.0, first=3, over_days=2)

    assert at_once[0].tolist() == [2, 2, 2, 4, 4, 4]
    assert slowly[0].tolist() == [2, 2, 2, 3, 4, 4]


def test_the_true_rise_compares_the_window_with_the_days_before():
    latent = risen(level(1, 1.0, days=140), 3.0, first=112)

    assert latent_rise(latent, 139)[0] == 3


@pytest.mark.parametrize("habit", HABITS)
def test_no_habit_invents_episodes(habit):
    rng, counts = generator(SEED, habit), made("negative_binomial").counts

    logged, observed = HABITS[habit](rng, counts)

    assert (logged <= counts).all()
    assert observed.shape == counts.shape


@pytest.mark.parametrize(
    ("habit", "shares"),
    [
        ("full", (1.0, 1.0)),
        ("at_random", (0.8, 0.8)),
        ("event_driven", (1.0, 0.6)),
        ("gaps", (0.93, 0.93)),
    ],
)
def test_habits_log_the_stated_share_of_twitch_days_and_quiet_days(habit, shares):
    counts = made("poisson", 0.7).counts
    logged, observed = HABITS[habit](generator(SEED, habit), counts)
    logged, observed = counts[:, RUN_IN_DAYS:], observed[:, RUN_IN_DAYS:]

    measured = observed[logged > 0].mean(), observed[logged == 0].mean()

    assert measured == pytest.approx(shares, abs=0.04)


@pytest.mark.parametrize("habit", ["fading", "drop"])
def test_check_ins_of_quiet_days_become_rarer(habit):
    counts = made("poisson", 0.7).counts
    _, observed = HABITS[habit](generator(SEED, habit), counts)

    early, late = (observed[:, part][counts[:, part] == 0].mean() for part in (range(100), [-1]))

    assert early == pytest.approx(0.95, abs=0.02)
    assert late == pytest.approx(0.5 if habit == "fading" else 0.4, abs=0.1)


def test_weekly_looks_say_what_the_look_at_one_diary_says():
    rng = generator(SEED, "looks")
    rates = risen(level(12, 0.8, days=300), 2.5, first=170)
    counts, observed = HABITS["event_driven"](rng, SHAPES["bursts"](rng, rates).counts)
    days = look_days(last=300)

    looks = weekly_looks(counts, observed, days)
    one_by_one = [
        [frequency_look(rows_of(*person), today=date_of(day)).verdict for day in days]
        for person in zip(counts, observed, strict=True)
    ]

    said = np.where(looks.signal, Verdict.SIGNAL, np.where(looks.watch, Verdict.WATCH, ""))
    calm = {Verdict.NO_CLEAR_CHANGE: "", Verdict.NOT_ENOUGH: ""}
    assert looks.signal.any()
    assert said.tolist() == [[calm.get(verdict, verdict) for verdict in one] for one in one_by_one]


def rows_of(counts, observed):
    return [
        Day(local_date=date_of(number), episodes=int(count), observed=bool(seen))
        for number, (count, seen) in enumerate(zip(counts, observed, strict=True))
    ]


@pytest.mark.parametrize("share", [0.25, 0.5, 0.8])
def test_persistence_begins_on_no_day_but_a_logged_twitch_day(share):
    rng = generator(SEED, "N1", share)
    observed = some_days(rng, (12, 70), share=0.7)
    twitching = some_days(rng, (12, 70), share=share) & observed

    asked_daily = [
        next((day for day in range(70) if persistence(view_on(rows, day))), None)
        for rows in map(diary_days, twitching, observed)
    ]

    found = [next(iter(days), None) for days in persistence_alerts(twitching, observed)]
    assert found == asked_daily
    assert share < 0.5 or any(found)


def test_no_remission_is_found_on_the_days_that_are_passed_over():
    twitching = some_days(generator(SEED, "X1"), (6, 300), share=0.06)
    rows = [diary_days(person, np.ones(300, bool)) for person in twitching]

    closing = [
        (number, finding.last_day)
        for number, person in enumerate(rows)
        for day in range(RUN_IN_DAYS, 300)
        if (finding := remission(view_on(person, day)))
    ]

    assert remissions(twitching, RUN_IN_DAYS) == len(set(closing)) > 0


def test_alerts_keep_a_distance_of_four_weeks():
    hits = np.array([[True, True, False, True, True, True]])

    raised = alerts(hits, (6, 13, 20, 27, 34, 41))

    assert raised.tolist() == [[True, False, False, False, True, False]]


def test_delays_count_from_the_change_to_the_first_hit():
    hits = np.array([[False, True, True], [False, False, False]])

    assert first_delays(hits, (106, 113, 120), 100).tolist() == [14, np.inf]


def test_the_naive_rule_fires_when_a_week_holds_more_than_half_as_much_again():
    counts = level(1, 2.0, days=RUN_IN_DAYS + 7)
    counts[0, RUN_IN_DAYS:] = [4, 4, 4, 4, 4, 4, 4]

    hits, days = naive_daily(counts)

    assert days[hits.argmax()] == RUN_IN_DAYS + 3  # (3 x 2 + 4 x 4) / 14 is the first above 1.5


def test_spells_come_as_often_and_last_as_long_as_stated():
    twitching = spells(generator(SEED), (500, DAYS), a_year=12, length=2)

    assert twitching.mean() == pytest.approx(12 * 2 / 365, rel=0.05)


def test_strength_and_length_step_up_on_the_day_of_the_change():
    drawn = diaries(generator(SEED), (60, 200), 2.0, change=100, strength=2, ratio=3)

    before, after = (
        [[day for day in one if (day.local_date >= date_of(100)) is late] for one in drawn]
        for late in (False, True)
    )

    assert mean_of(after, "strengths") - mean_of(before, "strengths") == pytest.approx(2, abs=0.3)
    assert mean_of(after, "durations_seconds") > 2 * mean_of(before, "durations_seconds")
    assert np.median(values_of(before, "durations_seconds")) == pytest.approx(
        DURATION_SECONDS, rel=0.25
    )


def values_of(drawn, field):
    return [value for one in drawn for day in one for value in getattr(day, field)]


def mean_of(drawn, field):
    return np.mean(values_of(drawn, field))


def test_stress_follows_short_nights_and_factors_come_in_runs():
    drawn = [draw_exposures(generator(SEED, number), 180) for number in range(100)]
    stress, short = (np.stack([one[name] for one in drawn]) for name in ("stress", "sleep_loss"))

    assert short.mean() == pytest.approx(0.3, abs=0.02)
    assert stress[short].mean() - stress[~short].mean() == pytest.approx(0.4, abs=0.05)
    assert short[:, 1:][short[:, :-1]].mean() > short.mean() + 0.1


def test_only_the_two_causes_raise_the_rate():
    rows = [row for n in range(150) for row in diary(generator(SEED, n), 180, 2.0)]
    episodes = np.array([row.episodes for row in rows])
    causes = [
        (row.exposures["caffeine_mg"] > 100, row.exposures["sleep_hours"] < 6) for row in rows
    ]

    number = np.array(causes).sum(1)
    means = [episodes[number == present].mean() / BASE_RATE for present in range(3)]

    assert len(rows) / (150 * 180) == pytest.approx(CHECK_IN_SHARE, abs=0.02)
    assert means == pytest.approx([1, 2, 4], rel=0.1)
