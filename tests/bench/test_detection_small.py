"""The benchmark in small: fixed seeds and generous bounds that a broken rule does not keep."""

import pytest

from bench import detection
from bench.simulation.course import (
    harsher,
    onset,
    silence_by_days,
    silence_in_bursts,
    sporadic,
    steady_severity,
)
from bench.simulation.frequencies import naive, rise, stable
from bench.simulation.links import linked
from bench.simulation.recording import HABITS
from bench.simulation.report import Bound, Cell, Part, Row, run, table
from bench.simulation.series import SHAPES
from bench.simulation.targets import PARTS, TARGETS
from bench.simulation.vectors import vectors
from diary.domain.severity import Measure

SEED = 7
PERSONS = 200
FEW = 60


@pytest.mark.parametrize("rate", [0.3, 1.0, 3.0])
def test_a_stable_diary_hardly_ever_raises_an_alert(rate):
    measured = stable(PERSONS, SEED, "poisson", "full", rate)

    assert measured["signal"] <= 0.12
    assert measured["watch"] <= 0.60


@pytest.mark.parametrize("habit", HABITS)
def test_gaps_and_fading_check_ins_do_not_look_like_a_rise(habit):
    measured = stable(PERSONS, SEED, "negative_binomial", habit, 1.0)

    assert measured["signal"] <= (0.35 if habit == "diligent" else 0.22)


def test_check_ins_that_drop_on_quiet_days_are_made_up_for():
    measured = stable(5 * PERSONS, SEED, "negative_binomial", "drop", 1.0)

    assert measured["signal"] <= 0.105


@pytest.mark.parametrize("shape", ["wandering", "bursts"])
def test_alerts_on_moving_series_mostly_follow_a_true_rise(shape):
    measured = stable(PERSONS, SEED, shape, "full", 1.0)

    assert 0.1 <= measured["signal"] <= 1.0
    assert measured["real_share"] >= 0.7


@pytest.mark.parametrize(
    ("shape", "factor", "share", "median"),
    [
        ("poisson", 2.0, 0.80, 35),
        ("negative_binomial", 2.0, 0.50, 49),
        ("negative_binomial", 3.0, 0.90, 28),
    ],
)
def test_a_lasting_rise_raises_an_alert_in_time(shape, factor, share, median):
    measured = rise(PERSONS, SEED, shape, 1.0, factor)

    assert measured["by_56"] >= share
    assert 7 <= measured["median"] <= median
    assert measured["watch_by_56"] >= measured["by_56"]


@pytest.mark.parametrize("shape", SHAPES)
def test_comparing_two_weeks_raises_an_alert_about_every_month(shape):
    assert naive(FEW, SEED, shape, 1.0)["daily"] >= 8


def test_steady_strength_and_length_raise_few_alerts():
    strength = steady_severity(FEW, SEED, 2.0, Measure.STRENGTH)
    duration = steady_severity(FEW, SEED, 2.0, Measure.DURATION)

    assert strength["alerts"] <= 0.20
    assert duration["alerts"] <= 0.50


def test_much_stronger_or_longer_episodes_raise_an_alert():
    assert harsher(FEW, SEED, 2.0, 3.0, 1.0)["by_56"] >= 0.75
    assert harsher(FEW, SEED, 2.0, 0.0, 4.0)["by_56"] >= 0.60


def test_persistent_twitching_is_noticed_after_two_weeks_and_short_spells_are_not():
    lasting = onset(PERSONS, SEED, 0.7, 1.0)

    assert 15 <= lasting["median"] <= 17
    assert lasting["by_21"] >= 0.95
    assert sporadic(FEW, SEED, 2)["alerts"] <= 0.30
    assert onset(PERSONS, SEED, 0.15, 1.0)["by_21"] <= 0.02


def test_a_lasting_silence_is_needed_before_the_end_is_declared():
    twice_a_week, bursts = silence_by_days(FEW, SEED, 2), silence_in_bursts(FEW, SEED, 0.5)

    assert twice_a_week["ends"] <= 0.10
    assert bursts["ends"] <= 0.15
    assert min(twice_a_week["ends_of_14"], bursts["ends_of_14"]) >= 0.5


def test_triggers_without_effect_are_seldom_linked_and_their_intervals_hold():
    measured = linked(PERSONS, SEED, 90, 1.0)

    assert measured["any_false"] <= 0.12
    assert measured["lowest_coverage"] >= 0.91
    assert measured["derived_coverage"] >= 0.91


def test_triggers_with_effect_are_found_and_shown_smaller_than_they_look():
    measured = linked(PERSONS, SEED, 180, 2.0)

    assert min(measured["power_caffeine"], measured["power_sleep_loss"]) >= 0.6
    assert measured["unrelated_share"] <= 0.12
    assert min(measured["coverage_caffeine"], measured["coverage_sleep_loss"]) >= 0.90
    assert measured["shrunken"] < measured["raw"]


def test_the_reference_values_agree_in_six_digits():
    assert vectors(0, 0) == {"missed": 0}


def test_a_cell_measures_the_same_again_whatever_runs_beside_it():
    alone = stable(FEW, SEED, "bursts", "drop", 3.0)
    stable(FEW, SEED, "poisson", "full", 3.0)

    assert stable(FEW, SEED, "bursts", "drop", 3.0) == alone
    assert stable(FEW, SEED + 1, "bursts", "drop", 3.0) != alone


def constant(persons, _seed, value):
    return {"value": value * persons}


@pytest.mark.parametrize(
    ("bound", "limit", "met"),
    [
        (Bound.AT_MOST, 2.0, True),
        (Bound.AT_MOST, 1.9, False),
        (Bound.AT_LEAST, 1.0, True),
        (Bound.AT_LEAST, 1.1, False),
        (Bound.AT_LEAST, None, None),
    ],
)
def test_a_row_is_met_when_each_of_its_cells_keeps_the_bound(bound, limit, met):
    cells = tuple(Cell(measure=constant, arguments=(value,)) for value in (0.5, 1.0))
    part = Part(target="T0", text="two", key="value", cells=cells, bound=bound, limit=limit)

    found = run([part], persons=2, seed=0, workers=1)

    assert found.rows[0].values == (1.0, 2.0)
    assert found.rows[0].met is met
    assert found.all_met is (met is not False)


def test_an_unmeasured_number_never_meets_a_bound():
    cell = Cell(measure=constant, arguments=(float("nan"),))
    part = Part(target="T0", text="x", key="value", cells=(cell,), limit=1.0)

    assert Row(part=part, values=(float("nan"),)).met is False


def test_the_table_says_what_is_met():
    part = Part(target="T0", text="share", key="value", cells=(), limit=0.05)

    text = table([Row(part=part, values=(0.04, float("inf")))])

    assert text.splitlines()[-1] == "| T0 | share | <= 0.050 | 0.040, never | **no** |"


def test_every_target_of_the_table_has_a_bound():
    bounded = {part.target for part in PARTS if part.limit is not None}

    assert bounded >= {f"T{number}" for number in range(1, 12)}
    assert set(TARGETS) == bounded | {"W2"}


def test_the_command_prints_the_table_and_fails_when_a_target_is_missed(capsys, monkeypatch):
    options = ["--only", "T11", "--persons", "1", "--workers", "1"]
    missed = Part(target="T11", text="x", key="missed", cells=(Cell(measure=vectors),), limit=-1)

    met = detection.main(options)
    monkeypatch.setattr(detection, "PARTS", (missed,))

    assert (met, detection.main(options)) == (0, 1)
    assert "| T11 | x | <= -1 | 0 | **no** |" in capsys.readouterr().out
