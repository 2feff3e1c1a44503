"""F2: web workers are killed while phones push."""

import time

from tests.chaos.rig import Rig
from tests.faults.figures import Row
from tests.faults.history import UNANSWERED
from tests.faults.phones import Crowd, Habits

KILLS = 200
OPERATIONS = 20_000
PEOPLE = 10  # with two phones each
WHOLE_SERVER = 0.2  # of the kills take the master with all its workers


def run(rig: Rig, size: float) -> Row:
    """Kill a worker after each so many acknowledged operations, in the midst of the next ones."""
    rig.service.only({"outbox"})
    operations = max(150, round(OPERATIONS * size))
    kills = max(2, round(KILLS * size))
    killed_at: list[float] = []

    def kill() -> None:
        time.sleep(rig.random.random() * 0.05)
        if rig.random.random() < WHOLE_SERVER:
            rig.service.kill("web")
        else:
            rig.service.kill_child("web", rig.random)
        killed_at.append(time.monotonic())

    with Crowd(rig, PEOPLE, habits=Habits(timeout=20)) as crowd:
        crowd.write(operations)
        crowd.until_written(kill, every=operations // (kills + 1))
        found = crowd.check()
    history = crowd.history
    return Row(
        times=len(killed_at),
        acked_lost=found.lost,
        applied_twice=found.twice,
        recovery_seconds=history.slowest_recovery(killed_at),
        note=f"{history.acknowledged} operations, {history.statuses[UNANSWERED]} unanswered",
        failures=found.others(),
    )
