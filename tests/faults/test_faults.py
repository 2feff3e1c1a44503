"""The short form of `make faults`: a few of each fault, in a process of its own as make runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.figures import Row, line
from tests.faults.suite import broken_off

ROOT = Path(__file__).resolve().parents[2]
SHORT = "0.01"
# The others run in `make faults` and `make chaos` only: each wants its own servers, or minutes.
HERE = ("F2", "F11", "F14")


@pytest.fixture(scope="module")
def lines(migrated):
    """The lines of the table by their fault."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", *HERE, "--size", SHORT, "--migrated", migrated],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    _, _, *found = done.stdout.splitlines()
    return {text.split()[1]: text for text in found}


@pytest.mark.parametrize("number", HERE)
def test_nothing_acknowledged_is_lost_or_applied_twice(lines, number):
    _, times, lost, twice, _, result, note = lines[number].split(" | ", 6)

    if result == "not run":  # without namespaces there is no disk and no network of one's own
        assert note.startswith("not possible here: ")
        return
    assert (lost, twice, result) == ("0", "0", "passed"), lines[number]
    assert int(times) > 0


def test_a_row_fails_by_a_lost_or_doubled_entry_or_a_broken_promise():
    assert not Row(times=3).failed
    assert Row(acked_lost=1).failed
    assert Row(applied_twice=1).failed
    assert Row(failures=("crashes 1",)).failed


def test_a_fault_that_breaks_off_has_failed_and_says_where():
    with pytest.raises(KeyError) as caught:
        raise KeyError("a key")

    row = broken_off(caught.value)

    assert row.failed
    assert "KeyError at test_faults.py" in row.failures[0]


def test_a_row_that_could_not_be_tried_is_neither_passed_nor_failed():
    row = Row(ran=False, note="not possible here")

    assert not row.failed
    assert (
        line("F8 disk full", row)
        == "| F8 disk full | - | - | - | - | not run | not possible here |"
    )
