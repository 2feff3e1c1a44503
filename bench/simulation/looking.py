"""Looks at simulated diaries: the production test every week, and naive rules as a contrast."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.simulation.series import (
    DAYS,
    MONITORED_DAYS,
    RUN_IN_DAYS,
    WEEK,
    Flags,
    Numbers,
)
from diary.domain.escalation import LOOK_DAYS, frequency_looks

REFRACTORY_DAYS = 28  # after an alert, before the next one counts
YEAR_DAYS = 365
NAIVE_RATIO = 1.5
NAIVE_WEEKLY_EPISODES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What the looks of a run said: arrays (persons, looks), and the day of each look."""

    days: tuple[int, ...]
    signal: Flags
    watch: Flags


def look_days(first: int = RUN_IN_DAYS, last: int = DAYS) -> tuple[int, ...]:
    """Return the last day of each week after day `first`, as day numbers counted from 0."""
    return tuple(range(first + WEEK - 1, last, WEEK))


def weekly_looks(counts: Numbers, observed: Flags, days: Sequence[int]) -> Looks:
    """Return what the production test says on each of these days."""
    looks = [
        frequency_looks(
            counts[:, day + 1 - LOOK_DAYS : day + 1], observed[:, day + 1 - LOOK_DAYS : day + 1]
        )
        for day in days
    ]
    return Looks(
        days=tuple(days),
        signal=np.stack([look.signal for look in looks], axis=1),
        watch=np.stack([look.watch for look in looks], axis=1),
    )


def naive_daily(counts: Numbers) -> tuple[Flags, tuple[int, ...]]:
    """Return where the last 7 days hold more than 1.5 times the 7 before, asked every day."""
    weeks = np.cumsum(np.pad(counts, ((0, 0), (1, 0))), axis=1)
    weeks = weeks[:, WEEK:] - weeks[:, :-WEEK]
    days = tuple(range(RUN_IN_DAYS, counts.shape[1]))
    ends = np.array(days) + 1 - WEEK
    return weeks[:, ends] > NAIVE_RATIO * weeks[:, ends - WEEK], days


def naive_weekly(counts: Numbers) -> tuple[Flags, tuple[int, ...]]:
    """Return the same once a week, and only with at least 5 episodes in the last 7 days."""
    hits, _ = naive_daily(counts)
    days = look_days(last=counts.shape[1])
    at = np.array(days) - RUN_IN_DAYS
    enough = np.stack([counts[:, day + 1 - WEEK : day + 1].sum(1) for day in days], axis=1)
    return hits[:, at] & (enough >= NAIVE_WEEKLY_EPISODES), days


def alerts(hits: Flags, days: Sequence[int]) -> Flags:
    """Return the hits that become alerts: those at least 28 days after the person's last alert."""
    raised = np.zeros(hits.shape, bool)
    last = np.full(len(hits), -REFRACTORY_DAYS)
    for number, day in enumerate(days):
        raised[:, number] = hits[:, number] & (day - last >= REFRACTORY_DAYS)
        last = np.where(raised[:, number], day, last)
    return raised


def a_year(raised: Flags, monitored_days: int = MONITORED_DAYS) -> float:
    """Return alerts per person and year."""
    return float(raised.sum()) / len(raised) * YEAR_DAYS / monitored_days


def first_delays(hits: Flags, days: Sequence[int], change: int) -> Numbers:
    """Return the days from the change to each person's first hit, infinite without one."""
    delays = np.where(hits.any(1), np.array(days)[hits.argmax(1)] + 1.0 - change, np.inf)
    return np.asarray(delays)
