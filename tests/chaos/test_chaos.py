"""The short form of `make chaos`: a few of each fault, and nothing is lost or told twice.

In a process of its own, as `make chaos` runs it: it starts threads, servers and services.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.chaos.figures import quantile, row_of
from tests.chaos.writing import Written

ROOT = Path(__file__).resolve().parents[2]
SIZE = {"seconds": 10, "alerts": 50, "worker-kills": 4, "outbox-kills": 3}
FAULTS = {"redis-wipes": 2, "postgresql-crashes": 2}


def test_n4_no_alert_is_lost_or_told_under_two_keys_whatever_is_killed(migrated):
    arguments = [f"--{name}={number}" for name, number in (SIZE | FAULTS).items()]

    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *arguments, "--migrated", migrated],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    verdict = json.loads(done.stdout.splitlines()[-1])
    assert (verdict["lost"], verdict["duplicate_keys"], verdict["without_advice"]) == (0, 0, 0)
    assert verdict["alerts"] == SIZE["alerts"]
    assert verdict["stored"].keys() == {"waiting", "delivered"}
    assert verdict["stored"]["waiting"] == 0
    assert len(verdict["faults"]) == 4


def test_what_did_not_arrive_arrived_twice_or_under_two_keys_is_counted():
    written = Written(acknowledged={1: 10.0, 2: 10.0, 3: 10.0, 4: 10.0}, answer_seconds=[0.1])
    arrivals = {
        "/well/1": [("a", 11.5)],
        "/well/2": [("b", 9.0), ("b", 12.0)],
        "/well/3": [("c", 10.5), ("d", 11.0)],
    }

    row = row_of("phase", written, arrivals, kills=2)

    assert (row.alerts, row.lost, row.copies, row.duplicate_keys) == (4, 1, 1, 1)
    assert row.latencies == (1.5, 0.0, 0.5)


def test_a_quantile_is_a_value_that_was_measured():
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile(range(1, 101), 0.99) == 99
    assert quantile([], 0.99) == 0.0
