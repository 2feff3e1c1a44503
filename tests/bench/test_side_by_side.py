"""The benchmark in small: it starts all it needs, and its exit status says what its table says."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.figures import Measured, Ratio, between
from bench.stages import (
    BARE_LIST,
    BARE_POST,
    LIST,
    MULTI_ROW,
    POST,
    PULL,
    PUSH,
    UNNEST,
    WHOLE_LIST,
    WHOLE_POST,
)
from diary.models import Episode

COLUMNS = """
import django; django.setup()
from bench.yardstick.models import WholeEpisode
print(*(field.column for field in WholeEpisode._meta.concrete_fields))
"""
ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--persons", "1", "--rounds", "1", "--seconds", "0.01", "--uploads", "1")


def test_a_small_run_prints_every_stage_and_ends_as_its_ratios_say():
    done = subprocess.run(
        [sys.executable, "-m", "bench.side_by_side", *SMALL],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )

    ours, theirs = (POST, LIST, PULL, PUSH), (BARE_POST, WHOLE_POST, BARE_LIST, WHOLE_LIST)
    for stage in (*ours, *theirs, UNNEST, MULTI_ROW):
        assert f"\n| {stage} | " in done.stdout
    assert done.returncode == int("| NOT MET |" in done.stdout)


def test_the_yardstick_keeps_a_table_of_the_same_columns():
    done = subprocess.run(
        [sys.executable, "-c", COLUMNS],
        cwd=ROOT,
        env={
            "DJANGO_SETTINGS_MODULE": "bench.yardstick.settings",
            "DATABASE_URL": "postgresql://nobody@/nothing",
            "SECRET_KEY": "of a service that is never started",
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    assert set(done.stdout.split()) == {
        field.column for field in Episode._meta.concrete_fields if field.column
    }


def measured(rows, *, p99=2.0):
    return Measured(rate=rows, rows=rows, p50=1.0, p99=p99, web=2.0, postgresql=1.0, client=0.1)


def test_a_ratio_compares_what_was_measured_in_the_same_round():
    rounds = {"ours": [measured(rows) for rows in (30, 20)], "theirs": [measured(10)] * 2}

    assert between(rounds, "ours", "theirs", goal=1).rounds == [3, 2]


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
