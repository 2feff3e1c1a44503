"""The benchmark in small: it starts all it needs, and its exit status says what its table says."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.figures import Measured, Ratio, ratios
from bench.stages import BARE_LIST, BARE_POST, LIST, POST

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--quick", "--persons", "2", "--rounds", "1", "--seconds", "0.01")


def test_a_small_run_prints_every_stage_and_ends_as_its_ratios_say():
    done = subprocess.run(
        [sys.executable, "-m", "bench.side_by_side", *SMALL],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )

    for stage in (POST, BARE_POST, LIST, BARE_LIST):
        assert f"\n| {stage} | " in done.stdout
    assert done.returncode == int("| NOT MET |" in done.stdout)


def measured(rate, *, p99=2.0):
    return Measured(rate=rate, p50=1.0, p99=p99, web=1.0, postgresql=1.0, client=0.1)


def test_a_ratio_is_the_median_of_those_of_each_round():
    rates = {POST: (30, 20, 90), BARE_POST: (10, 20, 10), LIST: (1, 1, 1), BARE_LIST: (1, 1, 1)}
    found = ratios({stage: [measured(rate) for rate in each] for stage, each in rates.items()})

    assert found[0].rounds == [3, 1, 9]
    assert [one.is_met for one in found] == [True, True, False]


@pytest.mark.parametrize(
    ("at_most", "rounds", "met"),
    [
        (False, (0.9, 1.0, 5.0), True),
        (False, (0.9, 0.9, 5.0), False),
        (True, (0.9, 1.0, 5.0), True),
        (True, (0.9, 1.1, 5.0), False),
    ],
)
def test_a_goal_is_met_by_the_median(at_most, rounds, met):
    assert Ratio(name="", goal=1, rounds=rounds, at_most=at_most).is_met is met
