from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, t

from diary.domain.association import (
    BLOCK_DAYS,
    adjusted_p,
    common_ratio,
    family_tests,
    mantel_haenszel,
    tables_within,
)

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def random_diary(seed, *, days=112, ratio=1.0, mean=1.0):
    """Return (counts, exposed, answered) where exposed days have `ratio` times the episodes."""
    chance = np.random.default_rng(seed)
    exposed, answered = chance.random(days) < 0.4, chance.random(days) < 0.85
    return chance.poisson(mean * np.where(exposed, ratio, 1.0)), exposed, answered


def ratio_within(*arrays):
    return common_ratio(tables_within(*arrays))


@pytest.mark.parametrize("seed", range(5))
def test_the_ratio_and_its_variance_equal_the_definition_block_by_block(seed):
    counts, exposed, answered = random_diary(seed, ratio=2)

    found = mantel_haenszel(counts, exposed, answered)

    above = below = spread = 0.0
    for start in range(0, 112, BLOCK_DAYS):
        block = slice(start, start + BLOCK_DAYS)
        y, e = counts[block][answered[block]], exposed[block][answered[block]]
        x1, n1, x0, n0 = y[e].sum(), e.sum(), y[~e].sum(), (~e).sum()
        above += x1 * n0 / len(y)
        below += x0 * n1 / len(y)
        spread += (x1 + x0) * n1 * n0 / len(y) ** 2
    error = sqrt(float(found.dispersion) * spread / (above * below))
    assert float(found.ratio) == pytest.approx(above / below)
    assert float(found.standard_error) == pytest.approx(error)
    assert float(found.degrees) == answered.sum() - 2 - 4


@pytest.mark.parametrize("seed", range(3))
def test_interval_p_and_shrinking_equal_the_formulas(seed):
    found = mantel_haenszel(*random_diary(seed, ratio=2))
    ratio, error, degrees = (float(v) for v in (found.ratio, found.standard_error, found.degrees))

    low, high = found.interval()

    reach = t.ppf(0.975, degrees) * error
    assert (float(low), float(high)) == pytest.approx((ratio * exp(-reach), ratio * exp(reach)))
    assert float(found.p) == pytest.approx(2 * t.sf(abs(log(ratio)) / error, degrees))
    weight = 0.25 / (0.25 + error**2)
    assert float(found.shrunken_ratio()) == pytest.approx(exp(log(ratio) * weight))


def test_the_dispersion_is_the_larger_of_within_blocks_and_over_the_diary():
    steady = np.tile([1, 1], 56)
    drifting = np.repeat([1, 2, 4, 8], 28)
    bursting = np.tile([0, 0, 0, 8], 28)
    exposed = np.tile([True, False], 56)

    by_kind = mantel_haenszel([steady, drifting, bursting], exposed, np.ones(112, bool)).dispersion

    mean = 3.75
    whole = sum(28 * (x - mean) ** 2 / mean for x in (1, 2, 4, 8)) / 111
    within = 28 * (3 * 2 + (8 - 2) ** 2 / 2) / (112 - 4)
    assert by_kind == pytest.approx([1, whole, within])


def test_a_drift_over_the_months_does_not_pass_for_an_effect():
    drifting = np.repeat([1, 2, 4, 8], 28)
    late = np.concatenate([np.arange(28) < 7 * (block + 1) - 3 for block in range(4)])

    found = mantel_haenszel(drifting, late, np.ones(112, bool))

    assert float(found.ratio) == pytest.approx(1)
    assert float(found.exposed_episodes / found.exposed_days) > 4


def test_days_that_are_not_answered_are_left_out():
    counts, exposed, answered = random_diary(1)
    loud = np.where(answered, counts, 99)

    assert mantel_haenszel(loud, exposed, answered).ratio == (
        mantel_haenszel(counts, exposed, answered).ratio
    )


def test_a_first_block_that_is_not_full_counts_its_days():
    counts, exposed, answered = random_diary(2, days=100)

    found = mantel_haenszel(counts, exposed, answered)

    assert float(found.exposed_days + found.unexposed_days) == answered.sum()
    assert float(found.exposed_episodes) == counts[exposed & answered].sum()


@pytest.mark.parametrize("with_it", [True, False])
def test_half_an_episode_keeps_a_one_sided_ratio_finite(with_it):
    exposed = np.tile([True, False], 28)
    counts = np.where(exposed == with_it, 1, 0)

    found = mantel_haenszel(counts, exposed, np.ones(56, bool))

    assert np.isfinite(found.ratio)
    assert (found.ratio > 10) == with_it
    assert found.p < 0.05


def test_nothing_to_compare_gives_no_ratio():
    nothing = mantel_haenszel(np.zeros(56), np.tile([True, False], 28), np.ones(56, bool))
    one_kind = mantel_haenszel(np.ones(56), np.ones(56, bool), np.ones(56, bool))

    assert np.isnan([nothing.ratio, nothing.p, one_kind.ratio, one_kind.p]).all()


@given(PROBABILITIES)
def test_adjusted_probabilities_equal_an_independent_benjamini_hochberg(raw):
    assert adjusted_p(raw) == pytest.approx(false_discovery_control(raw))


@given(PROBABILITIES, st.integers(0, 12))
def test_what_is_not_tested_is_not_in_the_family(raw, place):
    wider = [*raw[:place], float("nan"), *raw[place:]]

    adjusted = adjusted_p(wider)

    assert np.isnan(adjusted).sum() == 1
    assert adjusted[~np.isnan(adjusted)] == pytest.approx(adjusted_p(raw))


def test_a_factor_that_only_travels_with_another_has_no_ratio_of_its_own():
    chance = np.random.default_rng(7)
    cause = chance.random(560) < 0.5
    companion = np.where(chance.random(560) < 0.8, cause, ~cause)
    counts, answered = chance.poisson(np.where(cause, 4, 1)), np.ones(560, bool)

    assert mantel_haenszel(counts, companion, answered).ratio > 1.5
    assert ratio_within(counts, companion, answered, cause) < 1.3
    assert ratio_within(counts, cause, answered, companion) > 3
    assert ratio_within(counts, cause, answered, cause) == 1


@given(st.integers(0, 2**32))
def test_the_dispersion_follows_from_the_sums_of_each_block(seed):
    counts, exposed, answered = random_diary(seed, mean=0.4)

    found = mantel_haenszel(counts, exposed, answered)

    blocks = [counts[start : start + 28][answered[start : start + 28]] for start in (0, 28, 56, 84)]
    alive = [block for block in blocks if block.sum()]
    within = sum(((block - block.mean()) ** 2).sum() / block.mean() for block in alive)
    everything = counts[answered]
    over_all = everything.var(ddof=1) / everything.mean()
    expected = max(1, within / sum(len(block) - 1 for block in alive), over_all)
    assert float(found.dispersion) == pytest.approx(expected, rel=1e-12)


def test_many_diaries_at_once_give_the_same_as_one_by_one():
    diaries = [random_diary(seed, ratio=3) for seed in range(4)]
    counts, exposed, answered = (np.stack(part) for part in zip(*diaries, strict=True))
    triggers = np.stack([exposed, ~exposed], axis=1)
    known = np.repeat(answered[:, None], 2, axis=1)

    together = family_tests(counts, counts > 0, triggers, known)

    for place in range(4):
        alone = family_tests(counts[place], counts[place] > 0, triggers[place], known[place])
        assert together.adjusted[place] == pytest.approx(alone.adjusted)
        assert (together.selected[place] == alone.selected).all()
        assert together.coverage[place] == alone.coverage


def test_true_nulls_are_rarely_selected_and_covered_about_as_often_as_stated():
    chance = np.random.default_rng(11)
    rates = chance.gamma(2, 0.5, (400, 120))
    counts = chance.poisson(rates)
    exposed = chance.random((400, 8, 120)) < 0.4

    tests = family_tests(counts, counts > 0, exposed, np.ones((400, 8, 120), bool))

    low, high = tests.association.interval()
    assert 0.93 <= ((low <= 1) & (high >= 1)).mean() <= 0.98
    assert tests.selected.any(-1).mean() <= 0.10
