"""Random runs: two or three phones of one person, forty steps with faults, then the oracles."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from diary.models import User
from tests.sync.oracles import Violations, violations
from tests.sync.world import Rates, World

STATUSES = ("applied", "duplicate", "invalid", "conflict", "already_deleted", "op_reused")


@dataclass(slots=True)
class Tally:
    """What many runs added up to."""

    runs: int = 0
    found: Violations = field(default_factory=Violations)
    answers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATUSES, 0))
    asked: int = 0

    def add(self, world: World) -> None:
        self.runs += 1
        self.found += violations(world)
        self.asked += sum(len(phone.memory.to_ask) for phone in world.phones)
        for status in STATUSES:
            self.answers[status] += world.ledger.times(status)

    def __str__(self) -> str:
        answers = ", ".join(f"{status} {number}" for status, number in self.answers.items())
        return f"{self.runs} runs: {answers}; {self.found}"


def run(person: User, *, seed: int, steps: int = 40, rates: Rates | None = None) -> World:
    """Return a settled world after one run; the same seed asks for the same."""
    chance = random.Random(seed)
    world = World(person, phones=chance.choice([2, 3]), chance=chance, rates=rates)
    world.begin_together()
    for _ in range(steps):
        world.step()
    world.settle()
    return world


def run_all(people: Sequence[User], *, first_seed: int = 0, rates: Rates | None = None) -> Tally:
    """Run once for each person and add up what was found."""
    tally = Tally()
    for seed, person in enumerate(people, first_seed):
        tally.add(run(person, seed=seed, rates=rates))
    return tally
