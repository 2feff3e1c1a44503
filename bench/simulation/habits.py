"""Diaries with eight possible triggers, of which none or two (caffeine, short sleep) matter."""

from datetime import timedelta
from types import MappingProxyType

import numpy as np
from scipy.special import ndtr

from bench.simulation.series import (
    WANDERING_MEMORY,
    WANDERING_SHAPE,
    WANDERING_SPREAD,
    WEEK,
    Flags,
    Generator,
    Numbers,
    slow_factor,
)
from bench.simulation.states import date_of
from diary.domain.entries import Day

BASE_RATE = 0.7  # episodes a day without a trigger, in the middle of the diary
DRIFT = 1.5  # of the rate, from the first day to the last
CHECK_IN_SHARE = 0.85
HABIT_MEMORY = 0.5  # of the factors, from one day to the next
CAUSES = ("caffeine", "sleep_loss")
UNRELATED = ("screen_use", "alcohol", "exercise", "dehydration", "eye_strain")
WEEKEND = 5  # first day of the weekend, Monday being 0

CAFFEINE_SHARE, SHORT_NIGHT_SHARE = 0.35, 0.3
STRESS_AFTER_SHORT_NIGHT, STRESS_OTHERWISE = 0.6, 0.2
SCREEN_WEEKDAY, SCREEN_WEEKEND = 0.5, 0.15
ALCOHOL_WEEKDAY, ALCOHOL_WEEKEND = 0.15, 0.5
EXERCISE_SHARE, LOW_FLUID_SHARE, EYE_STRAIN_SHARE = 0.3, 0.25, 0.3

Diary = tuple[Day, ...]


def diary(rng: Generator, days: int, ratio: float) -> Diary:
    """Return one diary; days with much caffeine or a short night have `ratio` times the rate."""
    exposed = draw_exposures(rng, days)
    counts = _episodes(rng, exposed, ratio)
    answered = rng.random(days) < CHECK_IN_SHARE
    return tuple(_day(n, int(counts[n]), exposed, n) for n in range(days) if answered[n])


def draw_exposures(rng: Generator, days: int) -> dict[str, Flags]:
    """Return on which days each factor was there. Stress follows short nights."""
    weekend = np.arange(days) % WEEK >= WEEKEND
    short_night = _in_runs(rng, days) < SHORT_NIGHT_SHARE
    shares: dict[str, Numbers | float] = {
        "caffeine": CAFFEINE_SHARE,
        "stress": np.where(short_night, STRESS_AFTER_SHORT_NIGHT, STRESS_OTHERWISE),
        "screen_use": np.where(weekend, SCREEN_WEEKEND, SCREEN_WEEKDAY),
        "alcohol": np.where(weekend, ALCOHOL_WEEKEND, ALCOHOL_WEEKDAY),
        "exercise": EXERCISE_SHARE,
        "dehydration": LOW_FLUID_SHARE,
        "eye_strain": EYE_STRAIN_SHARE,
    }
    drawn = {name: _in_runs(rng, days) < share for name, share in shares.items()}
    return drawn | {"sleep_loss": short_night}


def _in_runs(rng: Generator, days: int) -> Numbers:
    """Return numbers evenly spread over 0 to 1 in which neighboring days are alike."""
    centered = slow_factor(rng, (1, days), 1.0, HABIT_MEMORY)[0] + 0.5
    return np.asarray(ndtr(centered))


def _episodes(rng: Generator, exposed: dict[str, Flags], ratio: float) -> Numbers:
    days = len(exposed["caffeine"])
    slow = slow_factor(rng, (1, days), WANDERING_SPREAD, WANDERING_MEMORY)[0]
    present = sum(exposed[cause].astype(float) for cause in CAUSES)
    rates = BASE_RATE * DRIFT ** np.linspace(-0.5, 0.5, days) * np.exp(slow) * ratio**present
    mixed = rates * rng.gamma(WANDERING_SHAPE, 1 / WANDERING_SHAPE, days)
    return np.asarray(rng.poisson(mixed), float)


def _day(number: int, count: int, exposed: dict[str, Flags], at: int) -> Day:
    return Day(
        local_date=date_of(0) + timedelta(days=number),
        episodes=count,
        observed=True,
        twitch_day=count > 0,
        checked_in=True,
        exposures=MappingProxyType(
            {
                "caffeine_mg": 240 if exposed["caffeine"][at] else 80,
                "sleep_hours": 5.0 if exposed["sleep_loss"][at] else 7.5,
                "stress": 8 if exposed["stress"][at] else 4,
                "screen_hours": 8.0 if exposed["screen_use"][at] else 3.0,
                "alcohol_units": 2.0 if exposed["alcohol"][at] else 0.0,
                "exercise_minutes": 45 if exposed["exercise"][at] else 0,
                "low_fluid": bool(exposed["dehydration"][at]),
                "eye_strain": bool(exposed["eye_strain"][at]),
            }
        ),
    )
