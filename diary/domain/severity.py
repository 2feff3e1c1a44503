"""Severity: strength and length of the episodes of the last 4 weeks against the 16 before.

One value per week, its median, so that many episodes of one bad day count once. It says nothing
about how often it twitches: strength and duration exist on twitch days only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import combinations
from math import floor
from statistics import median
from typing import Any

import numpy as np
from pydantic_core import to_jsonable_python

from diary.domain.entries import Day
from diary.domain.escalation import CountedDay, Numbers, Verdict

WEEK_DAYS = 7
RECENT_WEEKS = 4
REFERENCE_WEEKS = 16
WEEKS = RECENT_WEEKS + REFERENCE_WEEKS
MINIMUM_EPISODES = 3  # with a value, in a week that counts
MINIMUM_REFERENCE_WEEKS = 10
SIGNAL_P = 0.001
MINIMUM_SHIFT = 2.0  # points of strength, 0-10
MINIMUM_RATIO = 2.0  # of durations


class Measure(StrEnum):
    """What is compared: strength 0-10 or duration in seconds."""

    STRENGTH = "strength"
    DURATION = "duration"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityLook:
    """The test on one diary. Medians are points of strength or seconds, one per usable week.

    `recent_median` and `reference_median` are medians of the weekly values, None without a usable
    week; `shift` is their difference and `ratio` their quotient, None when the latter is unknown
    or would divide by 0. `p` is None and `unmet` names the missing weeks when there are too few.
    """

    today: date
    measure: Measure
    recent_first: date
    recent_last: date
    reference_first: date
    reference_last: date
    recent_medians: tuple[float, ...]
    reference_medians: tuple[float, ...]
    recent_median: float | None
    reference_median: float | None
    shift: float | None
    ratio: float | None
    p: float | None
    verdict: Verdict
    unmet: tuple[str, ...] = ()

    def as_numbers(self) -> dict[str, Any]:
        """Return all fields as JSON values: dates in ISO form, tuples as lists."""
        numbers: dict[str, Any] = to_jsonable_python(self)
        return numbers


def rank_sum_p(recent: Sequence[float], reference: Sequence[float]) -> float:
    """Return the exact one-sided Wilcoxon rank-sum p that `recent` is higher; 1 when one is empty.

    Each tie counts half a win and the number of wins is rounded down, so ties never help a signal.
    All splits of the ranks are enumerated: meant for the sizes of a look (4 weeks against 16).
    """
    now, before = np.asarray(recent, float)[:, None], np.asarray(reference, float)
    wins = floor(float((now > before).sum() + (now == before).sum() / 2))
    possible = _wins_of_all_splits(len(recent), len(reference))
    return float((possible >= wins).mean())


def weekly_medians(
    days: Sequence[Day | CountedDay], *, today: date, measure: Measure
) -> list[float | None]:
    """Return the medians of the 20 weeks up to `today`, oldest first; None below 3 episodes.

    A week is seven local dates counted back from `today`. `days` come in any order.
    """
    values: list[list[float]] = [[] for _ in range(WEEKS)]
    first = today.toordinal() - WEEKS * WEEK_DAYS + 1
    for day in days:
        of_day = day.strengths if measure is Measure.STRENGTH else day.durations_seconds
        week = (day.local_date.toordinal() - first) // WEEK_DAYS
        if of_day and 0 <= week < WEEKS:
            values[week] += of_day
    return [median(week) if len(week) >= MINIMUM_EPISODES else None for week in values]


def severity_look(
    days: Sequence[Day | CountedDay], *, today: date, measure: Measure
) -> SeverityLook:
    """Return the test for one diary on its local day `today`.

    The verdict is signal, no clear change or not enough; there is no watch step.
    """
    weeks = weekly_medians(days, today=today, measure=measure)
    recent = tuple(week for week in weeks[REFERENCE_WEEKS:] if week is not None)
    before = tuple(week for week in weeks[:REFERENCE_WEEKS] if week is not None)
    now, then = (median(part) if part else None for part in (recent, before))
    unmet = _unmet(len(recent), len(before))
    p = None if unmet else rank_sum_p(recent, before)
    split = today - timedelta(days=RECENT_WEEKS * WEEK_DAYS)
    return SeverityLook(
        today=today,
        measure=measure,
        recent_first=split + timedelta(days=1),
        recent_last=today,
        reference_first=split - timedelta(days=REFERENCE_WEEKS * WEEK_DAYS - 1),
        reference_last=split,
        recent_medians=recent,
        reference_medians=before,
        recent_median=now,
        reference_median=then,
        shift=None if now is None or then is None else now - then,
        ratio=now / then if now is not None and then else None,
        p=p,
        verdict=_verdict(p, now, then, measure),
        unmet=unmet,
    )


def _unmet(recent_weeks: int, reference_weeks: int) -> tuple[str, ...]:
    gates = {
        "recent_weeks": recent_weeks >= RECENT_WEEKS,
        "reference_weeks": reference_weeks >= MINIMUM_REFERENCE_WEEKS,
    }
    return tuple(name for name, met in gates.items() if not met)


def _verdict(p: float | None, now: float | None, then: float | None, measure: Measure) -> Verdict:
    if p is None or now is None or then is None:
        return Verdict.NOT_ENOUGH
    large = now - then >= MINIMUM_SHIFT if measure is Measure.STRENGTH else _longer(now, then)
    return Verdict.SIGNAL if large and p <= SIGNAL_P else Verdict.NO_CLEAR_CHANGE


def _longer(now: float, then: float) -> bool:
    return now > then and now >= MINIMUM_RATIO * then


@cache
def _wins_of_all_splits(recent: int, reference: int) -> Numbers:
    """Return the wins of the recent part for every way to deal the ranks to the two parts."""
    lowest = recent * (recent - 1) // 2
    splits = combinations(range(recent + reference), recent)
    return np.fromiter((sum(split) - lowest for split in splits), float)
