"""F1, F3 to F6, F10 and F12: the phases of `make chaos`, one row for each fault."""

import time
from collections.abc import Callable

from tests.chaos.figures import quantile
from tests.chaos.phases import PHASES
from tests.chaos.rig import Rig
from tests.chaos.run import Run, Size
from tests.faults.figures import Row

FULL = Size(
    seconds=1600,
    alerts=10_000,
    worker_kills=210,
    outbox_kills=40,
    redis_wipes=20,
    postgresql_crashes=20,
)


def of(number: str) -> Callable[[Rig, float], Row]:
    """Return the fault that plays the phases of this number."""

    def run(rig: Rig, size: float) -> Row:
        phases = tuple(one for one in PHASES if one.name.split()[0] == number)
        outcome = Run(rig, FULL.times(size), phases=phases, say=nothing, pause=pause).carry_out()
        whole = outcome.rows[-1]
        arrival = quantile(whole.latencies, 0.99)
        return Row(
            times=outcome.faults.total() or len(phases),
            acked_lost=whole.lost,
            applied_twice=whole.duplicate_keys,
            recovery_seconds=outcome.slowest_recovery,
            note=f"{whole.alerts} alerts, arrival p99 {arrival:.1f} s, {whole.copies} copies",
            failures=("advice missing",) if whole.without_advice else (),
        )

    return run


def nothing(_text: str) -> None:
    """A row is one line."""


def pause(seconds: float) -> None:
    time.sleep(max(0.0, seconds))
