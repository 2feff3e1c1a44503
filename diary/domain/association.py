"""Association on arrays: rate ratios of days with and without, their intervals, and many at once.

Everything broadcasts, so that one diary and thousands of simulated ones run the same code. The
formulas and the measured error rates stand in docs/statistics.md.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from diary.domain.escalation import Flags, Numbers

BLOCK_DAYS = 28  # strata: slow drift, adherence and season change little within one
MINIMUM_DEGREES = 5  # of freedom
FALSE_DISCOVERY_RATE = 0.10
INTERVAL_LEVEL = 0.95
MINIMUM_EFFECT = 1.3  # rate ratio, or 1/1.3; a smaller one is never called a link
MINIMUM_EACH = 10  # answered days with, and without, the exposure
MINIMUM_TWITCH_DAYS = 12
MINIMUM_QUIET_DAYS = 5
GATES = ("exposed_days", "unexposed_days", "twitch_days", "quiet_days")
TABLE = ("exposed_episodes", "exposed_days", "unexposed_episodes", "unexposed_days", "squares")
PRIOR_VARIANCE = 0.25  # of the log rate ratio: standard deviation 0.5 around no effect
HALF_EPISODE = 0.5  # on either side where one side of the diary has none

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """Days with against days without an exposure; arrays of the leading shape of the input.

    `ratio` is the Mantel-Haenszel rate ratio of episodes per day; it, `standard_error` of its
    logarithm and `p` are NaN where no block has days of both kinds or there is no episode.
    `blocks` has two more axes: the blocks, oldest first, and the columns of `TABLE`. Every other
    number follows from it.
    """

    blocks: Numbers
    exposed_days: Numbers
    unexposed_days: Numbers
    exposed_episodes: Numbers
    unexposed_episodes: Numbers
    ratio: Numbers
    standard_error: Numbers
    degrees: Numbers
    dispersion: Numbers
    p: Numbers

    def interval(self, level: npt.ArrayLike = INTERVAL_LEVEL) -> tuple[Numbers, Numbers]:
        """Return the lower and upper end of the interval of the ratio; `level` broadcasts."""
        from scipy.special import stdtrit  # not above: see `escalation.tail_probability`

        quantile = stdtrit(self.degrees, (1 + np.asarray(level, float)) / 2)
        reach = np.exp(quantile * self.standard_error)
        return self.ratio / reach, self.ratio * reach

    def shrunken_ratio(self) -> Numbers:
        """Return the ratio drawn toward 1, the more the less certain it is.

        Selected ratios are too large on average; this is the one to show.
        """
        weight = PRIOR_VARIANCE / (PRIOR_VARIANCE + self.standard_error**2)
        return np.exp(np.log(self.ratio) * weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyTests:
    """The test on the triggers of one family, last axis triggers; leading axes are diaries.

    `gates` has one more axis, in the order of `GATES`. `selected` are discoveries at the false
    discovery rate with an effect of at least `MINIMUM_EFFECT`; `coverage` is the level of the
    interval that stays honest after selecting, one per diary.
    """

    association: Association
    twitch_days: Numbers
    gates: Flags
    adjusted: Numbers
    selected: Flags
    coverage: Numbers


def mantel_haenszel(
    counts: npt.ArrayLike, exposed: npt.ArrayLike, answered: npt.ArrayLike
) -> Association:
    """Return the association of episodes with an exposure, within blocks of 28 days.

    Arrays are (..., days), oldest first, and broadcast; blocks count back from the last day. Days
    that are not `answered` are left out. Variance after Greenland and Robins, times the dispersion.
    """
    from scipy.special import stdtr  # not above: see `escalation.tail_probability`

    known, with_it = (_in_blocks(np.asarray(flags, bool)) for flags in (answered, exposed))
    blocks = _tables(_in_blocks(np.asarray(counts, float)), with_it, known)
    x1, n1, x0, n0, _ = _columns(blocks)
    n = n1 + n0
    above, below, variance = _sums(x1, n1, x0, n0)
    dispersion = _dispersion(blocks)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = above / below
        error = np.sqrt(dispersion * variance)
        degrees = np.fmax(MINIMUM_DEGREES, n.sum(-1) - 2 - np.count_nonzero(n, axis=-1))
        p = 2 * stdtr(degrees, -np.abs(np.log(ratio) / error))
    return Association(
        blocks=blocks,
        exposed_days=n1.sum(-1),
        unexposed_days=n0.sum(-1),
        exposed_episodes=x1.sum(-1),
        unexposed_episodes=x0.sum(-1),
        ratio=ratio,
        standard_error=error,
        degrees=degrees,
        dispersion=dispersion,
        p=p,
    )


def family_tests(
    counts: npt.ArrayLike, twitch: npt.ArrayLike, exposed: npt.ArrayLike, answered: npt.ArrayLike
) -> FamilyTests:
    """Return the tests of a family of exposures on diaries given as arrays, oldest day first.

    `counts` and `twitch` are (..., days), `exposed` and `answered` (..., triggers, days).
    """
    known, twitched = np.asarray(answered, bool), np.asarray(twitch, bool)[..., None, :]
    found = mantel_haenszel(np.asarray(counts, float)[..., None, :], exposed, known)
    twitch_days = (known & twitched).sum(-1).astype(float)
    quiet_days = (known & ~twitched).sum(-1)
    gates = np.stack(
        [
            found.exposed_days >= MINIMUM_EACH,
            found.unexposed_days >= MINIMUM_EACH,
            twitch_days >= MINIMUM_TWITCH_DAYS,
            quiet_days >= MINIMUM_QUIET_DAYS,
        ],
        axis=-1,
    )
    testable = gates.all(-1) & ~np.isnan(found.p)
    adjusted = adjusted_p(np.where(testable, found.p, np.nan))
    large = (found.ratio >= MINIMUM_EFFECT) | (found.ratio <= 1 / MINIMUM_EFFECT)
    selected = (adjusted <= FALSE_DISCOVERY_RATE) & large
    share = selected.sum(-1) / np.fmax(testable.sum(-1), 1)
    return FamilyTests(
        association=found,
        twitch_days=twitch_days,
        gates=gates,
        adjusted=adjusted,
        selected=selected,
        coverage=1 - (1 - INTERVAL_LEVEL) * share,
    )


def tables_within(
    counts: npt.ArrayLike, exposed: npt.ArrayLike, answered: npt.ArrayLike, other: npt.ArrayLike
) -> Numbers:
    """Return the tables by block of the days with the other exposure, then of those without it.

    The last two axes are strata and the columns of `TABLE`.
    """
    known, with_it, beside = (
        _in_blocks(np.asarray(flags, bool)) for flags in (answered, exposed, other)
    )
    episodes = _in_blocks(np.asarray(counts, float))
    levels = (known & beside, known & ~beside)
    return np.concatenate([_tables(episodes, with_it, level) for level in levels], axis=-2)


def common_ratio(tables: Numbers) -> Numbers:
    """Return the Mantel-Haenszel rate ratio over strata (..., strata, columns of `TABLE`).

    Without episodes on both kinds of comparable days there is nothing to compare: 1.
    """
    x1, n1, x0, n0, _ = _columns(tables)
    above, below = _cross(x1, n0, n1 + n0), _cross(x0, n1, n1 + n0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((above > 0) & (below > 0), above / below, 1.0)


def adjusted_p(p: npt.ArrayLike) -> Numbers:
    """Return Benjamini-Hochberg adjusted p values along the last axis; NaN is not in the family.

    An entry is a discovery at rate q when its adjusted p is at most q.
    """
    raw = np.asarray(p, float)
    order = np.argsort(raw, axis=-1)  # NaN goes to the end
    ranked = np.take_along_axis(raw, order, axis=-1)
    number = np.count_nonzero(~np.isnan(raw), axis=-1)[..., None]
    scaled = ranked * number / np.arange(1, raw.shape[-1] + 1)
    smallest = np.fmin.accumulate(scaled[..., ::-1], axis=-1)[..., ::-1]
    adjusted = np.empty_like(raw)
    np.put_along_axis(adjusted, order, np.fmin(smallest, 1.0), axis=-1)
    return np.where(np.isnan(raw), np.nan, adjusted)


def _tables(episodes: Numbers, exposed: Flags, known: Flags) -> Numbers:
    """Return the columns of `TABLE` by block; squares are of the episodes of all known days."""
    with_it, without = known & exposed, known & ~exposed
    columns = np.broadcast_arrays(
        np.where(with_it, episodes, 0.0).sum(-1),
        with_it.sum(-1),
        np.where(without, episodes, 0.0).sum(-1),
        without.sum(-1),
        np.where(known, episodes**2, 0.0).sum(-1),
    )
    return np.stack(columns, axis=-1)


def _columns(tables: Numbers) -> tuple[Numbers, ...]:
    return tuple(tables[..., place] for place in range(len(TABLE)))


def _sums(x1: Numbers, n1: Numbers, x0: Numbers, n0: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the two sums of the ratio, and the variance of its logarithm."""
    n = n1 + n0
    above, below = _cross(x1, n0, n), _cross(x0, n1, n)
    spread = _cross((x1 + x0) * n1, n0, n * n)
    one_sided = (above == 0) != (below == 0)
    # One more stratum over all days, with half an episode on either side, keeps the ratio finite.
    all1, all0 = n1.sum(-1), n0.sum(-1)
    everything = np.fmax(all1 + all0, 1.0)
    above = np.where(one_sided, above + HALF_EPISODE * all0 / everything, above)
    below = np.where(one_sided, below + HALF_EPISODE * all1 / everything, below)
    spread = np.where(one_sided, spread + all1 * all0 / everything**2, spread)
    with np.errstate(divide="ignore", invalid="ignore"):
        return above, below, spread / (above * below)


def _cross(a: Numbers, b: Numbers, n: Numbers) -> Numbers:
    """Return the sum over strata of a b / n; a stratum without days adds nothing."""
    return np.asarray((a * b / np.where(n > 0, n, 1.0)).sum(-1))


def _dispersion(blocks: Numbers) -> Numbers:
    """Return the larger of 1 and the Pearson dispersions within blocks and over the diary."""
    x1, n1, x0, n0, squares = _columns(blocks)
    x, n = x1 + x0, n1 + n0
    alive = x > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        within = np.where(alive, squares * n / x - x, 0.0).sum(-1)
        by_block = within / np.where(alive, n - 1, 0.0).sum(-1)
        total, days = x.sum(-1), n.sum(-1)
        over_all = (squares.sum(-1) * days / total - total) / (days - 1)
    return np.fmax(1.0, np.fmax(_finite(by_block), _finite(over_all)))


def _finite(values: Numbers) -> Numbers:
    return np.where(np.isfinite(values), values, np.nan)


def _in_blocks(values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return (..., days) as (..., blocks, 28); a first block that is not full gets empty days."""
    missing = -values.shape[-1] % BLOCK_DAYS
    padding = [(0, 0)] * (values.ndim - 1) + [(missing, 0)]
    full = np.pad(values, padding) if missing else values
    return full.reshape(*values.shape[:-1], -1, BLOCK_DAYS)
