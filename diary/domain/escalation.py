"""Escalation: episodes a day in the last 28 days against the up to 112 days before.

One number per diary, the dispersion, keeps days that come in clusters from looking like a rise. The
formulas, their assumptions and the measured error rates stand in docs/statistics.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import isfinite
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic_core import to_jsonable_python

from diary.domain.entries import Day

WINDOW_DAYS = 28  # recent calendar days, `today` included
REFERENCE_DAYS = 112  # calendar days before the window, at most
LOOK_DAYS = WINDOW_DAYS + REFERENCE_DAYS
SIGNAL_P = 0.002  # per weekly look: 52 looks add up to about 0.1 a year
WATCH_P = 0.02  # shown on the trend page, never pushed
MINIMUM_RATIO = 1.5  # a smaller rise is no signal however certain it is
INTERVAL_TAIL = 0.025  # each side of the 95 % interval
RATIO_CORRECTION = 0.5  # added to episodes and days of the reference in the ratio

BLOCK_DAYS = 7
BLOCK_MINIMUM_DAYS = 4  # observed days that make a block of the reference count
MINIMUM_BLOCKS = 3
MINIMUM_RECENT_DAYS = 20  # observed days in the window: 70 % of 28
MINIMUM_REFERENCE_DAYS = 28  # observed days in the reference
MINIMUM_RECENT_EPISODES = 8
MINIMUM_REFERENCE_EPISODES = 3  # fewer are no baseline; persistence rules own that case
GATES = ("recent_days", "reference_days", "recent_episodes", "reference_episodes")

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Verdict(StrEnum):
    """What one look says. Too few check-ins is an answer of its own, never "stable"."""

    SIGNAL = "signal"
    WATCH = "watch"
    NO_CLEAR_CHANGE = "no_clear_change"
    NOT_ENOUGH = "not_enough"


class CountedDay(NamedTuple):
    """What the weekly tests read of a daily row, as in `Day`, which takes eight times as long."""

    local_date: date
    episodes: int
    observed: bool
    strengths: Sequence[int]
    durations_seconds: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyLooks:
    """The test on many diaries at once; every array has the leading shape of the input.

    `gates` has one more axis at the end, in the order of `GATES`. `ratio` is NaN where no
    day of the reference is observed; `p` means nothing there, and the gates fail.
    """

    recent_episodes: Numbers
    recent_days: Numbers
    matched_days: Numbers
    reference_episodes: Numbers
    reference_days: Numbers
    reference_calendar_days: Numbers
    dispersion: Numbers
    p: Numbers
    ratio: Numbers
    gates: Flags
    signal: Flags
    watch: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyLook:
    """The test on one diary, with every number that its sentence prints.

    Rates are episodes per day: of the window per matched day, of the reference per observed day.
    `matched_days` is at least `recent_days`: when logging has become thinner, the shortfall counts
    as quiet days. `p`, `ratio` and rates are None where no day was observed; `ratio_high` is None
    when the interval has no upper end. `reference_first` is None without an observed day in the
    reference. `unmet` names the gates of `GATES` that fail. `dispersion` follows from
    `reference_squares`, the sum of the squares of episodes a day, and from `reference_weeks`:
    episodes and observed days of each 7-day block that has some, oldest first.
    """

    today: date
    recent_first: date
    recent_last: date
    reference_first: date | None
    reference_last: date
    recent_episodes: int
    recent_days: int
    matched_days: float
    reference_episodes: int
    reference_days: int
    reference_calendar_days: int
    dispersion: float
    p: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    recent_rate: float | None
    reference_rate: float | None
    verdict: Verdict
    unmet: tuple[str, ...] = ()
    reference_squares: int | None = None
    reference_weeks: tuple[tuple[int, int], ...] = ()

    def as_numbers(self) -> dict[str, Any]:
        """Return all fields as JSON values: dates in ISO form, tuples as lists."""
        numbers: dict[str, Any] = to_jsonable_python(self)
        return numbers


def tail_probability(
    recent: npt.ArrayLike,
    recent_days: npt.ArrayLike,
    reference: npt.ArrayLike,
    reference_days: npt.ArrayLike,
    dispersion: npt.ArrayLike = 1.0,
) -> Numbers:
    """Return P(at least `recent` episodes in the window | their total) at equal daily rates.

    Counts are divided by the dispersion first; for whole numbers and dispersion 1 this is the
    binomial tail. Arguments broadcast; NaN where both spans of days are 0.
    """
    # Here and nowhere above: 25 MiB and most of the import time of a web worker that has no look.
    from scipy.special import betainc

    window, before = np.asarray(recent_days, float), np.asarray(reference_days, float)
    with np.errstate(invalid="ignore"):
        share = window / (window + before)
        a, b = np.asarray(recent) / dispersion, np.asarray(reference) / dispersion
        return np.where(a > 0, betainc(a, b + 1, share), np.where(np.isnan(share), np.nan, 1.0))


def ratio_interval(
    recent: float, recent_days: float, reference: float, reference_days: float, dispersion: float
) -> tuple[float, float]:
    """Return the 95 % interval of the rate ratio, exact (Clopper-Pearson) on deflated counts.

    The lower end is 0 without a recent episode, the upper infinite without one in the reference.
    """
    from scipy.special import betaincinv  # as above

    a, b = recent / dispersion, reference / dispersion
    low = float(betaincinv(a, b + 1, INTERVAL_TAIL)) if a > 0 else 0.0
    high = float(betaincinv(a + 1, b, 1 - INTERVAL_TAIL)) if b > 0 else 1.0
    scale = reference_days / recent_days
    upper = high / (1 - high) * scale if high < 1 else float("inf")
    return low / (1 - low) * scale, upper


def frequency_looks(counts: npt.ArrayLike, observed: npt.ArrayLike) -> FrequencyLooks:
    """Return the test for diaries given as arrays (..., 140), oldest day first, today last.

    `counts` are episodes; what stands on a day that is not `observed` is ignored.
    """
    seen = np.asarray(observed, bool)
    episodes = np.where(seen, np.asarray(counts, float), 0.0)
    before, days_before = episodes[..., :REFERENCE_DAYS], seen[..., :REFERENCE_DAYS]
    recent_episodes = episodes[..., REFERENCE_DAYS:].sum(-1)
    recent_days = seen[..., REFERENCE_DAYS:].sum(-1).astype(float)
    reference_episodes = before.sum(-1)
    reference_days = days_before.sum(-1).astype(float)
    calendar = np.where(reference_days > 0, REFERENCE_DAYS - days_before.argmax(-1), 0.0)
    matched = np.fmax(recent_days, _divide(WINDOW_DAYS * reference_days, calendar))
    dispersion = _dispersion(before, days_before, reference_episodes, reference_days)
    p = tail_probability(recent_episodes, matched, reference_episodes, reference_days, dispersion)
    ratio = _ratio(recent_episodes, matched, reference_episodes, reference_days)
    gates = np.stack(
        [
            recent_days >= MINIMUM_RECENT_DAYS,
            reference_days >= MINIMUM_REFERENCE_DAYS,
            recent_episodes >= MINIMUM_RECENT_EPISODES,
            reference_episodes >= MINIMUM_REFERENCE_EPISODES,
        ],
        axis=-1,
    )
    risen = gates.all(-1) & (ratio >= MINIMUM_RATIO)
    return FrequencyLooks(
        recent_episodes=recent_episodes,
        recent_days=recent_days,
        matched_days=matched,
        reference_episodes=reference_episodes,
        reference_days=reference_days,
        reference_calendar_days=calendar,
        dispersion=dispersion,
        p=p,
        ratio=ratio,
        gates=gates,
        signal=risen & (p <= SIGNAL_P),
        watch=risen & (p <= WATCH_P),
    )


def frequency_look(days: Sequence[Day | CountedDay], *, today: date) -> FrequencyLook:
    """Return the test for one diary on its local day `today`.

    `days` are daily rows in any order; rows outside the 140 days up to `today` are ignored. The
    reference begins at its first observed day, so a diary may be younger than 140 days.
    """
    counts, observed = day_arrays(days, today=today, length=LOOK_DAYS)
    looks = frequency_looks(counts, observed)
    recent, before = float(looks.recent_episodes), float(looks.reference_episodes)
    matched, reference_days = float(looks.matched_days), float(looks.reference_days)
    dispersion, calendar = float(looks.dispersion), int(looks.reference_calendar_days)
    known = matched > 0 and reference_days > 0
    low, high = (
        ratio_interval(recent, matched, before, reference_days, dispersion)
        if known
        else (None, None)
    )
    split = today - timedelta(days=WINDOW_DAYS)
    return FrequencyLook(
        today=today,
        recent_first=split + timedelta(days=1),
        recent_last=today,
        reference_first=split - timedelta(days=calendar - 1) if calendar else None,
        reference_last=split,
        recent_episodes=int(recent),
        recent_days=int(looks.recent_days),
        matched_days=matched,
        reference_episodes=int(before),
        reference_days=int(reference_days),
        reference_calendar_days=calendar,
        dispersion=dispersion,
        p=float(looks.p) if known else None,
        ratio=float(looks.ratio) if known else None,
        ratio_low=low,
        ratio_high=high if high is not None and isfinite(high) else None,
        recent_rate=recent / matched if matched else None,
        reference_rate=before / reference_days if reference_days else None,
        verdict=_verdict(looks),
        unmet=tuple(name for name, met in zip(GATES, looks.gates, strict=True) if not met),
        reference_squares=int((counts[:REFERENCE_DAYS] ** 2).sum()),
        reference_weeks=_weeks(counts[:REFERENCE_DAYS], observed[:REFERENCE_DAYS]),
    )


def day_arrays(
    days: Sequence[Day | CountedDay], *, today: date, length: int
) -> tuple[Numbers, Flags]:
    """Return (episodes, observed) of the `length` local dates up to `today`, oldest first.

    Dates without a row and rows of unlogged days are the same: not observed.
    """
    counts, observed = [0.0] * length, [False] * length
    offset = length - 1 - today.toordinal()
    for day in days:
        place = day.local_date.toordinal() + offset
        if day.observed and 0 <= place < length:
            counts[place], observed[place] = day.episodes, True
    return np.array(counts, float), np.array(observed, bool)


def _weeks(before: Numbers, seen: Flags) -> tuple[tuple[int, int], ...]:
    sums = (values.reshape(-1, BLOCK_DAYS).sum(-1) for values in (before, seen))
    return tuple((int(x), int(n)) for x, n in zip(*sums, strict=True) if n)


def _verdict(looks: FrequencyLooks) -> Verdict:
    if not looks.gates.all():
        return Verdict.NOT_ENOUGH
    if looks.signal:
        return Verdict.SIGNAL
    return Verdict.WATCH if looks.watch else Verdict.NO_CLEAR_CHANGE


def _ratio(recent: Numbers, matched: Numbers, before: Numbers, days_before: Numbers) -> Numbers:
    reference_rate = (before + RATIO_CORRECTION) / (days_before + RATIO_CORRECTION)
    return np.where(days_before > 0, _divide(recent, matched) / reference_rate, np.nan)


def _dispersion(before: Numbers, seen: Flags, episodes: Numbers, days: Numbers) -> Numbers:
    """Return the larger of 1 and the Pearson dispersions from day to day and week to week."""
    mean = _divide(episodes, days)
    daily = np.where(seen, (before - mean[..., None]) ** 2, 0.0).sum(-1)
    by_day = _divide(_divide(daily, mean), days - 1)
    blocks = (*before.shape[:-1], REFERENCE_DAYS // BLOCK_DAYS, BLOCK_DAYS)
    in_block, size = before.reshape(blocks).sum(-1), seen.reshape(blocks).sum(-1)
    usable = size >= BLOCK_MINIMUM_DAYS
    expected = size * mean[..., None]
    weekly = np.where(usable, _divide((in_block - expected) ** 2, expected), 0.0).sum(-1)
    number = usable.sum(-1)
    by_week = np.where(number >= MINIMUM_BLOCKS, _divide(weekly, number - 1), np.nan)
    return np.fmax(1.0, np.fmax(by_day, by_week))


def _divide(numerator: Numbers, denominator: npt.NDArray[Any]) -> Numbers:
    """Return the quotient, NaN where the denominator is not positive."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)
