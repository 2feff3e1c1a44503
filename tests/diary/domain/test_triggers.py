import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.domain.entries import Day, Medication, PartialDate
from diary.domain.triggers import (
    TRIGGER_DAYS,
    Family,
    Tier,
    trigger_look,
)
from tests.diary.domain.strategies import SPACE, TODAY, ago


def day(days_ago, episodes, **answers):
    return Day(
        local_date=ago(days_ago),
        episodes=episodes,
        observed=True,
        checked_in=True,
        twitch_day=episodes > 0,
        exposures=answers,
    )


def diary(length, *, seed=1, present=3.0, absent=0.5, key="ill", **more):
    """Return a diary in which one yes-or-no factor changes the number of episodes that day."""
    chance = Random(seed)
    rows = []
    for number in range(length):
        has = chance.random() < 0.4
        mean = present if has else absent
        episodes = sum(chance.random() < mean / 10 for _ in range(10))
        rows.append(
            day(number, episodes, **{key: has}, **{k: f(has, number) for k, f in more.items()})
        )
    return tuple(rows)


def look(days, **fields):
    return trigger_look(days, today=TODAY, **fields)


def result(days, key="infection", family=Family.SAME_DAY, **fields):
    return next(r for r in look(days, **fields).results if (r.key, r.family) == (key, family))


ROWS = st.lists(
    st.builds(
        lambda age, seen, episodes, answers: Day(
            local_date=ago(age),
            episodes=episodes if seen else 0,
            observed=seen,
            checked_in=True,
            twitch_day=seen and episodes > 0,
            exposures=answers,
        ),
        st.integers(0, 70),
        st.integers(0, 9).map(bool),
        st.integers(0, 4),
        st.fixed_dictionaries(
            {},
            optional={"ill": st.booleans(), "stress": st.integers(0, 10), "own:a": st.booleans()},
        ),
    ),
    unique_by=lambda row: row.local_date,
    min_size=20,
    max_size=70,
)


def test_a_strong_link_over_a_half_year_is_fairly_consistent_with_its_counts():
    days = diary(180)

    found = result(days)

    exposed = [d for d in days if d.exposures["ill"]]
    assert found.tier is Tier.FAIRLY_CONSISTENT
    assert (found.exposed_days, found.unexposed_days) == (len(exposed), 180 - len(exposed))
    assert found.exposed_episodes == sum(d.episodes for d in exposed)
    assert found.exposed_episodes + found.unexposed_episodes == sum(d.episodes for d in days)
    assert found.low < found.ratio < found.high
    assert 1 < found.shown_ratio < found.ratio
    assert found.adjusted <= 0.10


@pytest.mark.parametrize(
    ("length", "tier"),
    [
        (41, Tier.COLLECTING),
        (42, Tier.COUNTS_ONLY),
        (59, Tier.COUNTS_ONLY),
        (60, Tier.POSSIBLE),
        (119, Tier.POSSIBLE),
        (120, Tier.FAIRLY_CONSISTENT),
    ],
)
def test_the_same_strong_pattern_is_worded_by_its_days(length, tier):
    assert result(diary(length, absent=1)).tier is tier


@pytest.mark.parametrize("length", [42, 59])
def test_below_60_days_no_link_is_ever_named(length):
    found = look(diary(length, present=9, absent=0.5))

    assert not any(r.linked for r in found.results)
    assert [family.linked for family in found.families] == [0, 0]


def test_few_twitch_days_allow_counts_only():
    rows = [day(n, 3 if n % 6 == 0 else 0, ill=n % 6 == 0) for n in range(100)]

    found = result(rows)

    assert (found.twitch_days, found.tier) == (17, Tier.COUNTS_ONLY)


@pytest.mark.parametrize(
    ("rows", "unmet"),
    [
        ([day(n, n % 2, ill=n < 9) for n in range(100)], "exposed_days"),
        ([day(n, n % 2, ill=n > 8) for n in range(100)], "unexposed_days"),
        ([day(n, n < 11, ill=bool(n % 2)) for n in range(100)], "twitch_days"),
        ([day(n, n > 3, ill=bool(n % 2)) for n in range(100)], "quiet_days"),
    ],
)
def test_a_gate_that_fails_is_named_and_nothing_is_tested(rows, unmet):
    found = result(rows)

    assert (found.tier, found.unmet, found.adjusted) == (Tier.TOO_FEW_DAYS, (unmet,), None)


def test_a_factor_without_effect_is_probably_not_large_when_the_interval_is_narrow():
    found = result([day(n, (n // 2) % 3, ill=bool(n % 2)) for n in range(196)])

    assert found.high < 1.5
    assert found.tier is Tier.PROBABLY_NOT_LARGE


def test_a_factor_without_effect_has_no_clear_link_while_the_interval_is_wide():
    found = result([day(n, 6 * (n % 7 in (0, 3)), ill=n % 5 == 0) for n in range(100)])

    assert found.low < 1
    assert found.high > 1.5
    assert found.tier is Tier.NO_CLEAR_LINK


def test_fewer_episodes_with_a_factor_are_a_link_below_one():
    found = result(diary(180, present=0.5, absent=3))

    assert found.tier is Tier.FAIRLY_CONSISTENT
    assert found.high < 1


def test_two_factors_that_always_come_together_cannot_be_separated():
    days = diary(180, smoking=lambda has, _: has)

    both = result(days, "infection"), result(days, "smoking")

    assert [r.tier for r in both] == [Tier.NOT_SEPARABLE] * 2
    assert [r.not_separable_from for r in both] == [("smoking",), ("infection",)]


def test_a_factor_that_mostly_travels_with_the_cause_is_not_separable_but_the_cause_is():
    chance = Random(3)
    days = diary(196, smoking=lambda has, _: has != (chance.random() < 0.12))

    assert result(days, "infection").tier is Tier.FAIRLY_CONSISTENT
    assert result(days, "smoking").not_separable_from == ("infection",)


def test_an_effect_of_the_day_before_shows_in_the_exploratory_family_only():
    ill = [n % 4 < 2 for n in range(197)]  # as often after an ill day as after a well one
    days = [day(n, 3 * ill[n + 1] + (n % 5 == 0), ill=ill[n]) for n in range(196)]

    assert result(days, family=Family.DAY_BEFORE).linked
    assert not result(days, family=Family.SAME_DAY).linked


def test_the_interval_after_picking_is_at_least_as_wide_and_given_for_links_only():
    days = diary(180, smoking=lambda _, n: n % 3 == 0, fatigue=lambda _, n: n % 4 == 0)

    linked, other = result(days), result(days, "smoking")

    assert linked.selected_low < linked.low
    assert linked.high < linked.selected_high
    assert (other.selected_low, other.selected_high) == (None, None)


def test_the_look_says_how_many_were_tested_and_found():
    found = look(diary(180, smoking=lambda _, n: n % 3 == 0))

    same_day, day_before = found.families
    tested = [r for r in found.results if r.family is Family.SAME_DAY and r.adjusted is not None]
    assert (same_day.family, same_day.tested) == (Family.SAME_DAY, len(tested))
    assert same_day.linked == sum(r.linked for r in tested) == 1
    assert day_before.family is Family.DAY_BEFORE
    assert found.false_discovery_rate == 0.10


def test_changes_from_the_own_baseline_are_tested_on_the_same_day_only():
    medicine = Medication(id=SPACE, name="x", started=PartialDate(day=ago(50)))

    found = look(diary(180), medications=(medicine,))

    families = [r.family for r in found.results if r.key in ("new_medicine", "recent_infection")]
    assert families == [Family.SAME_DAY] * 2


def test_days_known_from_an_episode_alone_are_left_out():
    rows = [Day(local_date=ago(n), episodes=5, observed=True, twitch_day=True) for n in range(90)]

    found = look(rows)

    assert (found.observed_days, found.results) == (0, ())


def test_nothing_to_compare_gives_counts_without_a_ratio():
    found = result([day(n, 0, ill=bool(n % 2)) for n in range(100)])

    assert (found.ratio, found.low, found.high, found.shown_ratio, found.p) == (None,) * 5
    assert found.exposed_days == 50


def test_the_numbers_of_a_look_are_json():
    numbers = look(diary(180)).as_numbers()

    assert json.loads(json.dumps(numbers)) == numbers
    assert numbers["results"][0]["family"] == "same_day"


def test_days_before_the_window_change_nothing_but_the_own_baseline():
    days = diary(TRIGGER_DAYS)
    older = [day(TRIGGER_DAYS + 40 + n, 9, ill=True) for n in range(30)]

    assert look([*older, *days]) == look(days)


@settings(max_examples=40)
@given(ROWS, st.integers())
def test_the_order_of_the_rows_and_unlogged_days_change_nothing(rows, seed):
    shuffled = [row for row in rows if row.observed]
    Random(seed).shuffle(shuffled)

    assert look(shuffled) == look(rows)
