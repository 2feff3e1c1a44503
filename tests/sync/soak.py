"""The long forms of S4, S10 to S12, S25 and S26 for `make soak`: minutes, figures printed.

Not collected by `make test`. A figure that is not 0 where 0 is promised fails the run.
"""

import logging
import tracemalloc

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.mutants import MUTANTS
from tests.sync.oracles import NONE, violations
from tests.sync.runs import run_all
from tests.sync.test_conflicts import interleave
from tests.sync.test_limits import upload_backlog
from tests.sync.test_random_runs import PhonesOfOnePerson, machine_settings
from tests.sync.writers import API_ONLY, EVERY_WAY, WRITERS, let_them_write

pytestmark = pytest.mark.django_db(transaction=True)

COMMITS = 10_000
RUNS = 400
EXAMPLES = 2_000
INTERLEAVINGS = 1_000
BACKLOG = 10_000
MUTANT_RUNS = 20
SHOWN_BY_RUNS = {"always_jump", "no_tombstones", "base_version_not_checked"}


@pytest.fixture(autouse=True)
def _quiet():
    """Keep the log of crashes that are made on purpose out of the figures."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def say(capsys):
    """Return a function that prints past pytest's capture."""

    def print_now(text):
        with capsys.disabled():
            print(f"\n{text}", flush=True)  # noqa: T201 - the figures are what this is for

    return print_now


@pytest.mark.usefixtures("no_limit_of_requests")
@pytest.mark.parametrize("people", [1, 50])
@pytest.mark.parametrize(("name", "ways"), [("S11", API_ONLY), ("S12", EVERY_WAY)])
def test_many_writers(make_person, say, name, ways, people):
    everybody = [make_person(f"person-{number}") for number in range(people)]

    result = let_them_write(everybody, commits=COMMITS, ways=ways)

    of = "one person" if people == 1 else f"{people} persons"
    say(f"{name} {WRITERS} writers, {len(ways)} ways to write, {of}: {result}")
    assert len(result.committed) == COMMITS
    assert (result.lost, result.twice, result.skipped, result.diverged) == (0, 0, 0, 0)


def test_random_runs(make_person, say):
    tally = run_all([make_person(f"run-{number}") for number in range(RUNS)])

    say(f"S25 {tally}")
    assert tally.found == NONE


def test_state_machine(say):
    run_state_machine_as_test(PhonesOfOnePerson, settings=machine_settings(EXAMPLES))

    say(f"S25 state machine: {EXAMPLES} examples, {NONE}")


def test_interleavings(make_person, say):
    found = NONE
    for seed in range(INTERLEAVINGS):
        found += violations(interleave(make_person(f"person-{seed}"), seed))

    say(f"S4 {INTERLEAVINGS} interleavings of two phones: {found}")
    assert found == NONE


def test_backlog(new_phone, say):
    requests, seconds = upload_backlog(new_phone(), BACKLOG)
    peaks = peaks_of_batches(new_phone(), BACKLOG // 4)

    pushes = requests.count("POST")
    say(
        f"S10 {BACKLOG} operations in {pushes} requests and {seconds:.1f} s;"
        f" then, memory traced, {len(peaks)} batches on top:"
        f" peak of the first {peaks[0]:.1f} MiB, of the last {peaks[-1]:.1f} MiB"
    )
    assert pushes <= 25
    assert seconds <= 30
    assert peaks[-1] < 1.25 * peaks[0]


def peaks_of_batches(phone, number):
    """Return the most memory, in MiB, that each batch of a backlog takes at once."""
    peaks = []
    inside = phone.transport.send

    def measured(method, *rest):
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        answer = inside(method, *rest)
        if method == "POST":
            peaks.append((tracemalloc.get_traced_memory()[1] - before) / 2**20)
        return answer

    phone.transport.send = measured
    tracemalloc.start()
    upload_backlog(phone, number)
    tracemalloc.stop()
    return peaks


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutants(make_person, monkeypatch, say, mutant):
    mutant.break_it(monkeypatch)

    tally = run_all([make_person(f"run-{number}") for number in range(MUTANT_RUNS)])

    say(
        f"S26 {mutant.name}: {tally.runs} runs show {tally.found};"
        f" `make test` kills it by {mutant.killer}"
    )
    assert mutant.name not in SHOWN_BY_RUNS or tally.found != NONE
