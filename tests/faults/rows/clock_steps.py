"""F16: the clocks of single processes jump by an hour, forward and back."""

import time
from collections.abc import Sequence
from contextlib import suppress

from tests.chaos.figures import row_of
from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for
from tests.chaos.writing import Writers
from tests.faults.clocks import own_clocks
from tests.faults.figures import Row
from tests.faults.phones import FOR_EVER, Crowd

PARTS = frozenset({"outbox", "worker-1", "worker-2"})  # all that send
STEPS = 120
SECONDS_OF_A_STEP = 2.5
ALERTS_OF_A_STEP = 2
HOUR = 3600.0
PATIENCE_SECONDS = 90.0


def run(rig: Rig, size: float) -> Row:
    """Step one clock after the other while phones push and alerts are delivered."""
    steps = max(4, round(STEPS * size))
    number = steps * ALERTS_OF_A_STEP
    numbers = [next(rig.numbers) for _ in range(number)]
    accounts = rig.accounts([[rig.sink.url("well", person)] for person in numbers])
    people = {person: account.tokens[0] for person, account in zip(numbers, accounts, strict=True)}
    with own_clocks(rig, PARTS) as clocks, Crowd(rig, 2) as crowd:
        writers = Writers(rig.service.port)
        try:
            crowd.write(FOR_EVER)
            written = writers.spread(people, steps * SECONDS_OF_A_STEP)
            for step in range(steps):
                clocks.step(HOUR * (-1, 1)[step % 2])
                time.sleep(SECONDS_OF_A_STEP)
            clocks.set_right()
            ended = time.monotonic()
            wait_for(lambda: len(written.acknowledged) == number)
        finally:
            writers.stop()
        crowd.stop()
        arrived = when_arrived(rig, numbers)
        found = crowd.check()
    told = row_of("", written, rig.sink.arrivals, kills=0)
    return Row(
        times=steps,
        acked_lost=found.lost + told.lost,
        applied_twice=found.twice + told.duplicate_keys,
        recovery_seconds=arrived - ended,
        note=f"{told.alerts} alerts, {told.copies} copies of one push",
        failures=found.others() + (("advice missing",) if told.without_advice else ()),
    )


def when_arrived(rig: Rig, numbers: Sequence[int]) -> float:
    """Wait until each of these persons was told; return the moment, or when patience ended."""
    with suppress(TimeoutError):  # then they count as lost
        wait_for(
            lambda: all(f"/well/{number}" in rig.sink.arrivals for number in numbers),
            seconds=PATIENCE_SECONDS,
        )
    return time.monotonic()
