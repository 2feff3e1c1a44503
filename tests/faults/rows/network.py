"""F11: phones behind a network that cuts, stalls, delays and drips."""

from contextlib import closing

from tests.chaos.figures import quantile
from tests.chaos.rig import Rig
from tests.faults.figures import Row
from tests.faults.memory import Watch
from tests.faults.phones import FOR_EVER, Crowd, Habits
from tests.faults.proxy import Fate, Proxy

PUSHES = 5_000
PEOPLE = 10  # with two phones each
OPERATIONS_OF_A_PUSH = 2  # about
STALL_SECONDS = 30.0
SHARES = {
    Fate.NONE: 0.52,
    Fate.DELAY: 0.1,
    Fate.CUT_AFTER_THE_REQUEST: 0.12,
    Fate.CUT_IN_THE_ANSWER: 0.12,
    Fate.HALF_CLOSED: 0.1,
    Fate.STALL: 0.02,
    Fate.DRIP: 0.02,
}
MOST_GROWTH = 1.15  # of the memory of the web processes, from a fifth of the way to the end


def run(rig: Rig, size: float) -> Row:
    """Push through a bad network until everything is acknowledged; others have a good one."""
    rig.service.only({"outbox"})
    fates, shares = list(SHARES), list(SHARES.values())
    proxy = Proxy(
        rig.service.port,
        lambda: rig.random.choices(fates, shares)[0],
        stall_seconds=max(2.0, STALL_SECONDS * min(1.0, size * 10)),
    )
    operations = max(80, round(PUSHES * size)) * OPERATIONS_OF_A_PUSH
    watch = Watch(rig, "web")
    proxy.start()
    with (
        closing(proxy),
        Crowd(rig, PEOPLE, habits=Habits(timeout=6, at_once=3), port=proxy.port) as crowd,
        Crowd(rig, 1, habits=Habits(phones=1, at_once=1)) as witness,
    ):
        witness.write(FOR_EVER)
        crowd.write(operations)
        crowd.until_written(watch.look, every=max(1, operations // 20))
        witness.stop()
        proxy.heal()
        found = crowd.check() + witness.check()
    pushes = crowd.history.push_seconds()
    beside = quantile(witness.history.push_seconds(), 0.99)
    return Row(
        times=sum(number for fate, number in proxy.met.items() if fate is not Fate.NONE),
        acked_lost=found.lost,
        applied_twice=found.twice,
        note=f"{len(pushes)} pushes; {watch.text}; beside the bad network p99 {beside:.2f} s",
        failures=found.others() + watch.failures(MOST_GROWTH),
    )
