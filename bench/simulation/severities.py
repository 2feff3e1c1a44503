"""Strength and length of simulated episodes, and what the production severity look says of them."""

from collections.abc import Sequence
from datetime import timedelta
from math import log

import numpy as np

from bench.simulation.series import Flags, Generator, Numbers, level, negative_binomial, slow_factor
from bench.simulation.states import date_of
from diary.domain.entries import Day
from diary.domain.escalation import LOOK_DAYS, Verdict
from diary.domain.severity import Measure, severity_look

MEMORY = 0.95  # of the slow drift, from one day to the next
STRENGTH_MEAN, STRENGTH_PERSONS = 4.5, 1.0  # points of 0-10, and their spread between persons
STRENGTH_DRIFT, STRENGTH_DAY, STRENGTH_EPISODE = 0.5, 0.8, 1.5
DURATION_SECONDS = 60.0
DURATION_DRIFT, DURATION_DAY, DURATION_EPISODE = 0.4, 0.4, 0.9  # of the logarithm

Diary = tuple[Day, ...]


def diaries(
    rng: Generator,
    shape: tuple[int, int],
    rate: float,
    *,
    change: int,
    strength: float,
    ratio: float,
) -> list[Diary]:
    """Return diaries logged on every day, with a step in strength and length on day `change`.

    `strength` is added in points and `ratio` multiplies the length; 0 and 1 leave them stable.
    """
    counts = negative_binomial(rng, level(shape[0], rate, days=shape[1])).counts
    after = np.arange(shape[1]) >= change
    strengths = _daily_strength(rng, shape) + strength * after
    lengths = _daily_log_seconds(rng, shape) + np.log(ratio) * after
    persons = zip(counts.astype(int), strengths, lengths, strict=True)
    return [_diary(rng, *person) for person in persons]


def severity_hits(diary: Diary, days: Sequence[int], measure: Measure) -> Flags:
    """Return whether the production look signals on each of these days."""
    return np.array(
        [
            severity_look(
                diary[day + 1 - LOOK_DAYS : day + 1], today=date_of(day), measure=measure
            ).verdict
            is Verdict.SIGNAL
            for day in days
        ]
    )


def _daily_strength(rng: Generator, shape: tuple[int, int]) -> Numbers:
    person = rng.normal(STRENGTH_MEAN, STRENGTH_PERSONS, (shape[0], 1))
    drift = slow_factor(rng, shape, STRENGTH_DRIFT, MEMORY)
    return np.asarray(person + drift + rng.normal(0, STRENGTH_DAY, shape))


def _daily_log_seconds(rng: Generator, shape: tuple[int, int]) -> Numbers:
    drift = slow_factor(rng, shape, DURATION_DRIFT, MEMORY)
    return np.asarray(log(DURATION_SECONDS) + drift + rng.normal(0, DURATION_DAY, shape))


def _diary(rng: Generator, counts: Numbers, strengths: Numbers, lengths: Numbers) -> Diary:
    start = date_of(0)
    return tuple(
        Day(
            local_date=start + timedelta(days=number),
            episodes=int(count),
            observed=True,
            twitch_day=bool(count),
            checked_in=True,
            strengths=_points(rng, strengths[number], int(count)),
            durations_seconds=_seconds(rng, lengths[number], int(count)),
        )
        for number, count in enumerate(counts)
    )


def _points(rng: Generator, mean: float, count: int) -> tuple[int, ...]:
    drawn = rng.normal(mean, STRENGTH_EPISODE, count) if count else ()
    return tuple(sorted(min(10, max(0, round(value))) for value in drawn))


def _seconds(rng: Generator, log_mean: float, count: int) -> tuple[float, ...]:
    drawn = rng.lognormal(log_mean, DURATION_EPISODE, count) if count else ()
    return tuple(sorted(float(value) for value in drawn))
