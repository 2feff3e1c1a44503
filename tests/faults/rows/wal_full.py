"""F9: the disk of the write-ahead log is full; PostgreSQL stops, and is started with space."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for
from tests.faults.figures import Row
from tests.faults.history import UNAVAILABLE
from tests.faults.mounts import Disk, small_disk
from tests.faults.phones import FOR_EVER, Crowd, Habits

TIMES = 10
LOG_MIB = 200
PEOPLE = 4


def run(rig: Rig, size: float) -> Row:
    """Fill the disk of the log under load until PostgreSQL panics; then give it space again."""
    times, healed_at = max(1, round(TIMES * size)), list[float]()
    with (
        log_on_a_small_disk(rig) as disk,
        Crowd(rig, PEOPLE, habits=Habits(phones=1)) as crowd,
    ):
        rig.service.only({"outbox"})
        crowd.write(FOR_EVER)
        for _ in range(times):
            crowd.wait_for_writes()
            disk.fill()
            use_up_the_log(rig)
            disk.empty()
            rig.postgresql.start()
            healed_at.append(time.monotonic())
        crowd.wait_for_writes()
        crowd.stop()
        found = crowd.check()
    return Row(
        times=times,
        acked_lost=found.lost,
        applied_twice=found.twice,
        recovery_seconds=crowd.history.slowest_recovery(healed_at),
        note=f"{crowd.history.statuses[UNAVAILABLE]} requests answered 503",
        failures=found.others(),
    )


def use_up_the_log(rig: Rig) -> None:
    """Begin one segment of the log after the other until PostgreSQL has stopped."""

    def has_stopped() -> bool:
        try:
            with psycopg.connect(rig.postgresql.url("postgres"), autocommit=True) as admin:
                admin.execute("SELECT pg_logical_emit_message(false, 'fault', 'x')")
                admin.execute("SELECT pg_switch_wal()")
        except psycopg.OperationalError:
            return not rig.postgresql.is_running
        return False

    wait_for(has_stopped)


@contextmanager
def log_on_a_small_disk(rig: Rig) -> Iterator[Disk]:
    """Keep the log on a disk of its own; afterwards it is where it was."""
    log = rig.folder / "postgresql" / "pg_wal"
    with small_disk(rig.folder / "log", LOG_MIB, owner=log) as disk:
        rig.postgresql.stop()
        move(log, disk.folder / "pg_wal")
        log.symlink_to(disk.folder / "pg_wal")
        rig.postgresql.start()
        try:
            yield disk
        finally:
            disk.empty()
            rig.postgresql.start()  # it may have to recover first
            rig.postgresql.stop()
            log.unlink()
            move(disk.folder / "pg_wal", log)
            rig.postgresql.start()


def move(folder: Path, to: Path) -> None:
    """Move a folder between disks with the owners of all that is in it."""
    subprocess.run(["cp", "--archive", folder, to], check=True)  # noqa: S607 - of the system
    shutil.rmtree(folder)
