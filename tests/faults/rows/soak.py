"""F21: many phones for a while, and any of the other faults every few seconds."""

import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress

from tests.chaos.phases import EVERYTHING
from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for
from tests.chaos.service import WORKERS
from tests.faults.clocks import Clocks, own_clocks
from tests.faults.figures import Row
from tests.faults.memory import Watch
from tests.faults.mounts import Disk, NotPossibleHereError
from tests.faults.phones import FOR_EVER, Crowd, Habits
from tests.faults.proxy import Proxy
from tests.faults.rows.clock_steps import HOUR
from tests.faults.rows.disk_full import tables_on_a_small_disk
from tests.faults.rows.lock_holder import locked_diary
from tests.faults.rows.network import SHARES

SECONDS = 900.0
PEOPLE = 100  # with two phones each
PAUSE_SECONDS = 8.0
BETWEEN_FAULTS = 3.0
LASTING = 3.0  # seconds of a fault that lasts
SPACE_MIB = 600
PATIENCE_SECONDS = 120.0
MOST_GROWTH = 1.3


def run(rig: Rig, size: float) -> Row:
    """Do something every few seconds; at the end all is in step and nothing waits."""
    people = max(10, round(PEOPLE * min(1.0, size * 5)))
    with ExitStack() as stack:
        trouble = Trouble(rig, stack)
        proxy = stack.enter_context(closing(bad_network(rig)))
        habits = Habits(pause=PAUSE_SECONDS, timeout=8, warning_signs=0.1)
        crowd = stack.enter_context(Crowd(rig, people, habits=habits, port=proxy.port, told=True))
        watch = Watch(rig, "worker-1", "worker-2", "worker-3", "web", "outbox")
        crowd.write(FOR_EVER)
        crowd.wait_for_writes()
        deadline = time.monotonic() + max(12.0, SECONDS * size)
        while time.monotonic() < deadline and crowd.is_writing:
            time.sleep(rig.random.random() * BETWEEN_FAULTS)
            watch.look()
            trouble.make(crowd)
        trouble.clocks.set_right()
        proxy.heal()
        crowd.stop()
        left = what_is_left(rig)
        found = crowd.check()
    return Row(
        times=len(trouble.healed_at),
        acked_lost=found.lost,
        applied_twice=found.twice,
        recovery_seconds=crowd.history.slowest_recovery(trouble.healed_at),
        note=(
            f"{len(crowd.phones)} phones, {crowd.history.acknowledged} operations, faults of"
            f" {len(trouble.done)} kinds; {watch.text}"
        ),
        failures=(*found.others(), *watch.failures(MOST_GROWTH), *left),
    )


def bad_network(rig: Rig) -> Proxy:
    fates, shares = list(SHARES), list(SHARES.values())
    proxy = Proxy(
        rig.service.port,
        lambda: rig.random.choices(fates, shares)[0],
        stall_seconds=10,
    )
    proxy.start()
    return proxy


def what_is_left(rig: Rig) -> tuple[str, ...]:
    """Wait until the outbox is empty; return what is in it when patience ends."""
    with suppress(TimeoutError):
        wait_for(lambda: not waiting(rig), seconds=PATIENCE_SECONDS)
    return tuple(f"left in the outbox: {name} {times}" for name, times in waiting(rig).items())


def waiting(rig: Rig) -> dict[str, int]:
    done = ("delivered", "dropped")
    return {name: times for name, times in rig.deliveries().items() if times and name not in done}


class Trouble:
    """All that can be done to a service, one thing at a time."""

    def __init__(self, rig: Rig, stack: ExitStack) -> None:
        self.rig = rig
        self.healed_at: list[float] = []
        self.done: set[str] = set()
        self.disk = self._disk(stack)
        self.clocks: Clocks = stack.enter_context(own_clocks(rig, EVERYTHING))
        self.kinds: list[Callable[[Crowd], None]] = [
            self._kill,
            self._kill_a_web_worker,
            self._crash_postgresql,
            self._take_redis_away,
            self._fill_redis,
            self._hold_a_lock,
            self._step_a_clock,
            *([self._fill_the_disk] if self.disk else []),
        ]

    def _disk(self, stack: ExitStack) -> Disk | None:
        try:
            return stack.enter_context(tables_on_a_small_disk(self.rig, SPACE_MIB))
        except NotPossibleHereError:
            return None

    def make(self, crowd: Crowd) -> None:
        """Do one of these things, and end it."""
        kind = self.rig.random.choice(self.kinds)
        kind(crowd)
        self.done.add(kind.__name__)
        self.healed_at.append(time.monotonic())

    def _kill(self, _crowd: Crowd) -> None:
        self.rig.service.kill(self.rig.random.choice(("web", "outbox", "beat-1", *WORKERS)))

    def _kill_a_web_worker(self, _crowd: Crowd) -> None:
        self.rig.service.kill_child("web", self.rig.random)

    def _crash_postgresql(self, _crowd: Crowd) -> None:
        self.rig.postgresql.crash()
        self.rig.postgresql.start()

    def _take_redis_away(self, _crowd: Crowd) -> None:
        self.rig.valkey.stop()
        time.sleep(LASTING)
        self.rig.valkey.start()

    def _fill_redis(self, _crowd: Crowd) -> None:
        self.rig.valkey.fill()
        time.sleep(LASTING)
        self.rig.valkey.empty()

    def _hold_a_lock(self, crowd: Crowd) -> None:
        account = self.rig.random.choice(crowd.accounts)
        with suppress(LookupError), locked_diary(self.rig, str(account.id)):
            time.sleep(LASTING)

    def _step_a_clock(self, _crowd: Crowd) -> None:
        self.clocks.step(self.rig.random.choice((-HOUR, 0.0, HOUR)))

    def _fill_the_disk(self, _crowd: Crowd) -> None:
        if self.disk is not None:
            self.disk.fill()
            time.sleep(LASTING)
            self.disk.empty()
