from dataclasses import fields

import pytest

from diary.domain.rules.registry import BY_ID
from diary.domain.thresholds import (
    DEFAULTS,
    Thresholds,
    ThresholdsRefused,
    threshold_fields,
    thresholds_from,
)
from tests.diary.domain.rules.asking import judged
from tests.diary.domain.strategies import episode, problem, symptom, view

KNOWN = threshold_fields()


def test_nothing_given_means_the_defaults():
    assert thresholds_from({}) == DEFAULTS == Thresholds()


@pytest.mark.parametrize("name", KNOWN)
def test_every_default_lies_within_its_bounds_and_names_its_rules(name):
    default, meaning = KNOWN[name]

    assert meaning.low <= default <= meaning.high
    assert meaning.rules
    assert set(meaning.rules) <= set(BY_ID)
    assert meaning.unit
    assert meaning.source.startswith("choice")


@pytest.mark.parametrize("name", KNOWN)
def test_the_bounds_themselves_are_accepted(name):
    default, meaning = KNOWN[name]

    for bound in (meaning.low, meaning.high):
        value = getattr(thresholds_from({name: bound}), name)
        assert value == bound
        assert type(value) is type(default)


@pytest.mark.parametrize("name", KNOWN)
def test_a_value_outside_the_bounds_is_refused_by_name(name):
    _, meaning = KNOWN[name]

    for value in (meaning.low - 1, meaning.high + 1):
        with pytest.raises(ThresholdsRefused, match=f"{name}: not between"):
            thresholds_from({name: value})


@pytest.mark.parametrize("value", ["14", None, True, float("nan"), float("inf"), 2.5, [3]])
def test_a_value_of_the_wrong_kind_is_refused(value):
    with pytest.raises(ThresholdsRefused, match="gate_days"):
        thresholds_from({"gate_days": value})


def test_one_error_names_everything_that_is_wrong():
    with pytest.raises(ThresholdsRefused) as refused:
        thresholds_from({"gate_days": 0, "no_such": 1, "sided_share": "x", "twitch_days": 4})

    text = str(refused.value)
    assert all(name in text for name in ("gate_days", "no_such", "sided_share"))
    assert "twitch_days" not in text


def test_rules_read_the_thresholds_of_the_view():
    chosen = thresholds_from({"gate_days": 1})
    once = episode(1, symptoms=(symptom("numbness_at_site"),))

    assert judged("N6", view(once)) is None
    assert judged("N6", view(once, thresholds=chosen))


def test_the_threshold_in_force_stands_in_the_numbers():
    chosen = thresholds_from({"impact_window_days": 7})

    found = judged("N11", view(intake=problem(impact=3), thresholds=chosen))

    assert found.numbers["window_days"] == 7


def test_every_threshold_is_a_field_with_a_meaning():
    assert list(KNOWN) == [each.name for each in fields(Thresholds)]
