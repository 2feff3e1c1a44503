"""Series of episodes a day whose true rate is known: stable, wandering, in bursts, or risen.

Every generator returns arrays (persons, days). The daily rate has the mean it is asked for,
whatever the shape; docs/statistics.md says why these shapes were chosen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zlib import crc32

import numpy as np
import numpy.typing as npt

from diary.domain.escalation import LOOK_DAYS, WINDOW_DAYS

RUN_IN_DAYS = 168  # before the first look, so that every look has its whole reference
MONITORED_DAYS = 365
DAYS = RUN_IN_DAYS + MONITORED_DAYS
WEEK = 7

GAMMA_SHAPE = 1.0  # daily gamma mixing: variance = mean + mean squared
WANDERING_SHAPE = 2.0
WANDERING_SPREAD = 0.4  # standard deviation of the logarithm of the slow factor
WANDERING_MEMORY = 0.9  # from one day to the next
WEEKDAYS = np.array([1.1, 1.1, 1.1, 1.1, 1.1, 0.75, 0.75])  # mean 1
BURST_DAYS, CALM_DAYS, BURST_FACTOR = 5, 10, 6.0

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Generator = np.random.Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Episodes a day, and the slow true rate under them (without the daily gamma noise)."""

    counts: Numbers
    latent: Numbers


Shape = Callable[[Generator, Numbers], Series]


def generator(seed: int, *name: object) -> Generator:
    """Return the random numbers of one cell: the same for the same seed and name, in any order."""
    return np.random.default_rng([seed, crc32(repr(name).encode())])


def level(persons: int, rate: float, *, days: int = DAYS) -> Numbers:
    """Return a constant rate for so many persons and days."""
    return np.full((persons, days), float(rate))


def risen(rates: Numbers, factor: float, *, first: int, over_days: int = 1) -> Numbers:
    """Return rates multiplied by a factor from day `first` on, reached in `over_days` steps."""
    steps = np.clip((np.arange(rates.shape[1]) - first + 1) / over_days, 0, 1)
    return rates * (1 + (factor - 1) * steps)


def poisson(rng: Generator, rates: Numbers) -> Series:
    """Return independent days: variance equals mean."""
    return Series(counts=rng.poisson(rates).astype(float), latent=rates)


def negative_binomial(rng: Generator, rates: Numbers) -> Series:
    """Return independent days that differ more than chance: variance = mean + mean squared."""
    return Series(counts=_mixed(rng, rates, GAMMA_SHAPE), latent=rates)


def wandering(rng: Generator, rates: Numbers) -> Series:
    """Return days under a slowly wandering factor and the days of the week."""
    drift = np.exp(slow_factor(rng, rates.shape, WANDERING_SPREAD, WANDERING_MEMORY))
    weekday = WEEKDAYS[(np.arange(rates.shape[1]) + rng.integers(0, WEEK, (len(rates), 1))) % WEEK]
    latent = rates * drift * weekday
    return Series(counts=_mixed(rng, latent, WANDERING_SHAPE), latent=latent)


def bursts(rng: Generator, rates: Numbers) -> Series:
    """Return spells of about 5 days at six times the rate of the 10 calmer days between them."""
    share = BURST_DAYS / (BURST_DAYS + CALM_DAYS)
    mean = share * BURST_FACTOR + 1 - share
    latent = rates * np.where(_in_burst(rng, rates.shape), BURST_FACTOR, 1.0) / mean
    return Series(counts=rng.poisson(latent).astype(float), latent=latent)


def slow_factor(rng: Generator, shape: tuple[int, ...], spread: float, memory: float) -> Numbers:
    """Return the logarithm of a stationary AR(1) factor; the factor's own mean is 1."""
    steps = rng.normal(0, spread, shape)
    values = np.empty(shape)
    values[:, 0] = steps[:, 0]
    for day in range(1, shape[1]):
        values[:, day] = memory * values[:, day - 1] + np.sqrt(1 - memory**2) * steps[:, day]
    return values - spread**2 / 2


def latent_rise(latent: Numbers, today: int) -> Numbers:
    """Return the true rate of the 28 days up to `today` over that of the 112 days before."""
    split = today + 1 - WINDOW_DAYS
    recent = latent[:, split : today + 1].mean(1)
    return np.asarray(recent / latent[:, today + 1 - LOOK_DAYS : split].mean(1))


def _mixed(rng: Generator, rates: Numbers, shape: float) -> Numbers:
    return rng.poisson(rates * rng.gamma(shape, 1 / shape, rates.shape)).astype(float)


def _in_burst(rng: Generator, shape: tuple[int, ...]) -> Flags:
    draws = rng.random(shape)
    inside = np.empty(shape, bool)
    inside[:, 0] = draws[:, 0] < BURST_DAYS / (BURST_DAYS + CALM_DAYS)
    for day in range(1, shape[1]):
        stays, starts = draws[:, day] >= 1 / BURST_DAYS, draws[:, day] < 1 / CALM_DAYS
        inside[:, day] = np.where(inside[:, day - 1], stays, starts)
    return inside


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "poisson": poisson,
        "negative_binomial": negative_binomial,
        "wandering": wandering,
        "bursts": bursts,
    }
)
