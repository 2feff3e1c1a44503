"""Cells of the benchmark for rule N7: false alerts on stable series, and how fast a rise shows."""

from collections.abc import Mapping

import numpy as np

from bench.simulation.looking import (
    Looks,
    a_year,
    alerts,
    first_delays,
    look_days,
    naive_daily,
    naive_weekly,
    weekly_looks,
)
from bench.simulation.recording import HABITS
from bench.simulation.series import (
    RUN_IN_DAYS,
    SHAPES,
    Flags,
    generator,
    latent_rise,
    level,
    risen,
)

FOLLOWED_DAYS = 112  # after a change
REAL_RISE = 1.33  # of the true rate, 28 days against the 112 before

Measured = Mapping[str, float]


def stable(persons: int, seed: int, shape: str, habit: str, rate: float) -> Measured:
    """Return alerts a year of N7 and W2, and the share of N7 alerts with a real rise under them."""
    rng = generator(seed, "stable", shape, habit, rate)
    series = SHAPES[shape](rng, level(persons, rate))
    looks = weekly_looks(*HABITS[habit](rng, series.counts), look_days())
    raised = alerts(looks.signal, looks.days)
    rises = np.stack([latent_rise(series.latent, day) for day in looks.days], axis=1)
    real = raised & (rises >= REAL_RISE)
    return {
        "signal": a_year(raised),
        "watch": a_year(alerts(looks.watch, looks.days)),
        "real_share": float(real.sum() / raised.sum()) if raised.any() else float("nan"),
    }


def naive(persons: int, seed: int, shape: str, rate: float) -> Measured:
    """Return alerts a year of "7 days against the 7 before" on stable, fully logged series."""
    rng = generator(seed, "naive", shape, rate)
    counts = SHAPES[shape](rng, level(persons, rate)).counts
    return {
        "daily": a_year(alerts(*naive_daily(counts))),
        "weekly": a_year(alerts(*naive_weekly(counts))),
    }


def rise(
    persons: int, seed: int, shape: str, rate: float, factor: float, habit: str = "full"
) -> Measured:
    """Return how many persons hear of a lasting rise within 28, 56 and 84 days, and how soon."""
    rng = generator(seed, "rise", shape, rate, factor, habit)
    days = RUN_IN_DAYS + FOLLOWED_DAYS
    rates = risen(level(persons, rate, days=days), factor, first=RUN_IN_DAYS)
    counts = SHAPES[shape](rng, rates).counts
    looks = weekly_looks(*HABITS[habit](rng, counts), look_days(last=days))
    return delays(looks, looks.signal) | {
        f"watch_{name}": value for name, value in delays(looks, looks.watch).items()
    }


def delays(looks: Looks, hits: Flags) -> dict[str, float]:
    """Return shares with a hit within 28, 56 and 84 days of the change, and the median delay."""
    found = first_delays(hits, looks.days, RUN_IN_DAYS)
    shares = {f"by_{limit}": float((found <= limit).mean()) for limit in (28, 56, 84)}
    return shares | {"median": float(np.median(found))}
