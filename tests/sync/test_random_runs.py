"""S25: random runs, and a state machine over everything a person, a phone and a network can do."""

from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.factories import make_person
from tests.phone.memory import Memory
from tests.sync.oracles import NONE, violations
from tests.sync.runs import run_all
from tests.sync.world import World

EXAMPLES = 25  # `make soak` runs 2,000
RUNS = 8  # `make soak` runs 400
PHONES = st.integers(0, 2)
numbers = count()


class PhonesOfOnePerson(RuleBasedStateMachine):
    """Three phones; Hypothesis chooses what happens, and what goes wrong."""

    @initialize(chance=st.randoms(use_true_random=False))
    def begin(self, chance):
        person = make_person(f"machine-{next(numbers)}")
        self.world = World(person, phones=3, chance=chance)

    @rule(phone=PHONES)
    def log_episode(self, phone):
        self.world.log_episode(phone)

    @rule(phone=PHONES)
    def log_check_in(self, phone):
        self.world.log_check_in(phone)

    @rule(phone=PHONES)
    def edit(self, phone):
        self.world.edit(phone)

    @rule(phone=PHONES)
    def delete(self, phone):
        self.world.delete(phone)

    @rule(phone=PHONES)
    def sync(self, phone):
        self.world.sync(phone)

    @rule(phone=PHONES)
    def restart(self, phone):
        self.world.restart(phone)

    @precondition(lambda self: any(phone.memory.to_ask for phone in self.world.phones))
    @rule(phone=PHONES)
    def answer_question(self, phone):
        self.world.answer_question(phone)

    @invariant()
    def at_most_one_operation_of_a_record_is_on_its_way(self):
        for phone in self.world.phones:
            for first, *others in phone.memory.queue.values():
                assert first.base is not None
                assert len(others) <= 1
                assert all(other.base is None and not other.sent for other in others)

    @invariant()
    def what_is_on_disk_is_what_the_phone_knows(self):
        for phone in self.world.phones:
            assert phone.disk.load() == Memory.from_json(phone.memory.to_json())

    def teardown(self):
        self.world.settle()
        assert violations(self.world) == NONE


def machine_settings(examples):
    return settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.usefixtures("transactional_db")
def test_s25_no_sequence_of_events_loses_doubles_skips_or_overwrites_anything():
    run_state_machine_as_test(PhonesOfOnePerson, settings=machine_settings(EXAMPLES))


def test_s25_random_runs_of_several_phones_end_in_step(make_person):
    tally = run_all([make_person(f"run-{number}") for number in range(RUNS)])

    assert tally.found == NONE, tally
    assert all(tally.answers[status] for status in ("applied", "duplicate", "invalid", "conflict"))
