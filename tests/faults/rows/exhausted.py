"""F7: PostgreSQL takes no more connections of the service, and drops those it has."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.chaos.rig import Rig
from tests.faults.figures import Row
from tests.faults.history import UNAVAILABLE
from tests.faults.phones import FOR_EVER, Crowd

ROUNDS = 20
PEOPLE = 5  # with two phones each
AWAY_SECONDS = 2.0
IN_TIME_SECONDS = 3.5


def run(rig: Rig, size: float) -> Row:
    """Take all connections away again and again while phones push."""
    rig.service.only({"outbox"})
    ended_before = rig.service.ended_alone["web"]
    healed_at: list[float] = []
    with Crowd(rig, PEOPLE) as crowd:
        crowd.write(FOR_EVER)
        for _ in range(max(3, round(ROUNDS * size))):
            crowd.wait_for_writes()
            with no_connections(rig):
                time.sleep(AWAY_SECONDS)
            healed_at.append(time.monotonic())
        crowd.wait_for_writes()
        crowd.stop()
        found = crowd.check()
    history = crowd.history
    refused = [told.seconds for told in history.told if told.status == UNAVAILABLE]
    return Row(
        times=len(healed_at),
        acked_lost=found.lost,
        applied_twice=found.twice,
        recovery_seconds=history.slowest_recovery(healed_at),
        note=f"{len(refused)} times 503, the slowest after {max(refused, default=0):.2f} s",
        failures=found.others() + broken_promises(rig, refused, ended_before=ended_before),
    )


def broken_promises(rig: Rig, refused: list[float], *, ended_before: int) -> tuple[str, ...]:
    """Return in words what was not kept: refused in time, and no process started again."""
    found = [] if refused else ["nobody was refused"]
    if max(refused, default=0) > IN_TIME_SECONDS:
        found.append(f"a 503 after {max(refused):.1f} s")
    if rig.service.ended_alone["web"] > ended_before:
        found.append("the web server ended")
    return tuple(found)


@contextmanager
def no_connections(rig: Rig) -> Iterator[None]:
    """Let the service have no connection."""
    socket = rig.postgresql.sockets / "postgresql"
    with psycopg.connect(
        host=str(socket), port=5432, user="postgres", dbname="quiver", autocommit=True
    ) as administrator:
        administrator.execute("ALTER ROLE quiver_app CONNECTION LIMIT 0")
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'quiver_app'"
        )
        yield
        administrator.execute("ALTER ROLE quiver_app CONNECTION LIMIT -1")
