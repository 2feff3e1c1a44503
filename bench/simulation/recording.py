"""How people keep a diary: which days they log, and how much of a day they notice.

Every habit takes the true counts and returns (counts as logged, observed). Days before the
monitored year are logged as the habit says for its beginning.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from bench.simulation.series import RUN_IN_DAYS, Flags, Generator, Numbers

EVENING_SHARE = 0.95  # quiet days that get their check-in, from people who keep it up
LOGGED_SHARE = 0.8
EVENT_DRIVEN_QUIET_SHARE = 0.6
FADED_SHARE = 0.5  # of quiet days, at the end of the year
DROPPED_SHARE = 0.4  # of quiet days, after the drop
GAPS, GAP_DAYS = 4, 10
AWAY_DAYS, AWAY_SHARE = 84, 0.5
NOTICED_SHARE = 0.8  # of episodes, before the person becomes diligent

Logged = tuple[Numbers, Flags]
Habit = Callable[[Generator, Numbers], Logged]


def full(_rng: Generator, counts: Numbers) -> Logged:
    """Every day is logged."""
    return counts, np.ones(counts.shape, bool)


def at_random(rng: Generator, counts: Numbers) -> Logged:
    """Log 80 % of days, whatever happened on them."""
    return counts, rng.random(counts.shape) < LOGGED_SHARE


def event_driven(rng: Generator, counts: Numbers) -> Logged:
    """Log every twitch day, and 60 % of quiet ones."""
    return counts, _with_quiet_share(rng, counts, np.array(EVENT_DRIVEN_QUIET_SHARE))


def fading(rng: Generator, counts: Numbers) -> Logged:
    """Log every twitch day; check-ins of quiet days fade from 95 to 50 % over the year."""
    progress = np.clip(_monitored_day(counts) / (counts.shape[1] - RUN_IN_DAYS), 0, 1)
    return counts, _with_quiet_share(
        rng, counts, EVENING_SHARE + (FADED_SHARE - EVENING_SHARE) * progress
    )


def drop(rng: Generator, counts: Numbers) -> Logged:
    """Log every twitch day; check-ins of quiet days fall to 40 % on some day of the year."""
    after = _monitored_day(counts) >= _some_day(rng, counts)
    return counts, _with_quiet_share(rng, counts, np.where(after, DROPPED_SHARE, EVENING_SHARE))


def gaps(rng: Generator, counts: Numbers) -> Logged:
    """Log every day but for four spells of ten days in the year."""
    observed = np.ones(counts.shape, bool)
    for _ in range(GAPS):
        into = _monitored_day(counts) - _some_day(rng, counts)
        observed &= (into < 0) | (into >= GAP_DAYS)
    return counts, observed


def resumed(rng: Generator, counts: Numbers) -> Logged:
    """Log half of the days for twelve weeks, and from some day of the year on all of them."""
    since = _monitored_day(counts) - _some_day(rng, counts)
    away = (since < 0) & (since >= -AWAY_DAYS)
    return counts, ~away | (rng.random(counts.shape) < AWAY_SHARE)


def diligent(rng: Generator, counts: Numbers) -> Logged:
    """Log every day, but only 80 % of the episodes until some day of the year, then all."""
    before = _monitored_day(counts) < _some_day(rng, counts)
    noticed = rng.binomial(counts.astype(int), NOTICED_SHARE).astype(float)
    return np.where(before, noticed, counts), np.ones(counts.shape, bool)


def _monitored_day(counts: Numbers) -> Numbers:
    return np.arange(counts.shape[1], dtype=float) - RUN_IN_DAYS


def _some_day(rng: Generator, counts: Numbers) -> Numbers:
    return rng.integers(0, counts.shape[1] - RUN_IN_DAYS, (len(counts), 1)).astype(float)


def _with_quiet_share(rng: Generator, counts: Numbers, share: Numbers) -> Flags:
    return (counts > 0) | (rng.random(counts.shape) < share)


HABITS: Mapping[str, Habit] = MappingProxyType(
    {
        "full": full,
        "at_random": at_random,
        "event_driven": event_driven,
        "fading": fading,
        "drop": drop,
        "gaps": gaps,
        "resumed": resumed,
        "diligent": diligent,
    }
)
