"""Removal experiments: the days before a remedy against the days it was kept up, in one diary.

Nobody chose the days by lot, so this says less than it seems; the words say so too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import isfinite
from typing import Any
from uuid import UUID

import numpy as np
from pydantic_core import to_jsonable_python

from diary.domain.entries import Day, RemedyTrial
from diary.domain.escalation import ratio_interval

SPAN_DAYS = 28  # calendar days before, and at most as many during
MINIMUM_DAYS = 10  # observed days on either side


class Outcome(StrEnum):
    """Whether the two spans can be compared."""

    COMPARED = "compared"
    TOO_FEW_DAYS = "too_few_days"
    NOTHING_BEFORE = "nothing_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """One trial with the counts on both sides; rates are episodes per observed day.

    `ratio` is during over before with an exact 95 % interval on counts deflated by `dispersion`;
    None when they are not compared, `ratio_high` also when the interval has no upper end.
    `dispersion` follows from the counts and the squares, the sums of squares of episodes a day.
    """

    trial: UUID
    remedy: str
    own_label: str
    before_first: date
    before_last: date
    during_first: date
    during_last: date
    before_days: int
    before_episodes: int
    before_squares: int
    during_days: int
    during_episodes: int
    during_squares: int
    before_rate: float | None
    during_rate: float | None
    dispersion: float
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    outcome: Outcome

    def as_numbers(self) -> dict[str, Any]:
        """Return all fields as JSON values, the trial's id as text."""
        numbers: dict[str, Any] = to_jsonable_python(self)
        return numbers


def experiment(trial: RemedyTrial, days: Sequence[Day], *, today: date) -> Experiment:
    """Return the comparison of up to 28 days with the remedy with the 28 days before it.

    `days` are daily rows in any order. The trial has begun by `today`; unlogged days count on
    neither side.
    """
    start = trial.started_on
    ends = (trial.stopped_on or today, today, start + timedelta(days=SPAN_DAYS - 1))
    before = _counts(days, start - timedelta(days=SPAN_DAYS), start - timedelta(days=1))
    during = _counts(days, start, min(ends))
    outcome = _outcome(before, during)
    dispersion = _dispersion(before, during)
    ratio, low, high = (
        _ratio(before, during, dispersion) if outcome is Outcome.COMPARED else (None, None, None)
    )
    return Experiment(
        trial=trial.id,
        remedy=trial.remedy,
        own_label=trial.own_label,
        before_first=start - timedelta(days=SPAN_DAYS),
        before_last=start - timedelta(days=1),
        during_first=start,
        during_last=min(ends),
        before_days=len(before),
        before_episodes=sum(before),
        before_squares=sum(count**2 for count in before),
        during_days=len(during),
        during_episodes=sum(during),
        during_squares=sum(count**2 for count in during),
        before_rate=sum(before) / len(before) if before else None,
        during_rate=sum(during) / len(during) if during else None,
        dispersion=dispersion,
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        outcome=outcome,
    )


def _counts(days: Sequence[Day], first: date, last: date) -> list[int]:
    return [day.episodes for day in days if day.observed and first <= day.local_date <= last]


def _outcome(before: Sequence[int], during: Sequence[int]) -> Outcome:
    if min(len(before), len(during)) < MINIMUM_DAYS:
        return Outcome.TOO_FEW_DAYS
    return Outcome.COMPARED if sum(before) else Outcome.NOTHING_BEFORE


def _ratio(
    before: Sequence[int], during: Sequence[int], dispersion: float
) -> tuple[float, float, float | None]:
    low, high = ratio_interval(sum(during), len(during), sum(before), len(before), dispersion)
    ratio = (sum(during) / len(during)) / (sum(before) / len(before))
    return ratio, low, high if isfinite(high) else None


def _dispersion(before: Sequence[int], during: Sequence[int]) -> float:
    """Return the larger of 1 and the Pearson dispersion of the days around their side's mean."""
    parts = [np.asarray(part, float) for part in (before, during) if sum(part)]
    freedom = sum(len(part) - 1 for part in parts)
    if freedom < 1:
        return 1.0
    pearson = sum(float(((part - part.mean()) ** 2 / part.mean()).sum()) for part in parts)
    return max(1.0, pearson / freedom)
