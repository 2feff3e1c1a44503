"""F8: the disk of the tables is full, and gets space again."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for
from tests.faults.figures import Row
from tests.faults.history import HTTP_OK, UNAVAILABLE
from tests.faults.mounts import Disk, small_disk
from tests.faults.phones import FOR_EVER, Crowd, Habits
from tests.faults.readiness import readiness
from tests.phone.transport import NoAnswer

TIMES = 10
REFUSALS = 20  # pushes that were refused, each time, before there is space again
SPACE_MIB = 24  # beside what the tables take already
PEOPLE = 4
BATCH = 50  # operations of the person who looks for half a batch
RED_SECONDS = 10.0


def run(rig: Rig, size: float) -> Row:
    """Fill the disk of the tables again and again while phones push."""
    times, healed_at, wrong = max(1, round(TIMES * size)), [], list[str]()
    with ExitStack() as stack:
        disk = stack.enter_context(tables_on_a_small_disk(rig))
        rig.service.only({"outbox"})
        crowd = stack.enter_context(Crowd(rig, PEOPLE, habits=Habits(phones=1, at_once=20)))
        whole = stack.enter_context(Crowd(rig, 1, habits=Habits(phones=1, at_once=BATCH)))
        crowd.write(FOR_EVER)
        for _ in range(times):
            crowd.wait_for_writes()
            wrong += while_full(rig, disk, crowd, whole)
            healed_at.append(time.monotonic())
            disk.empty()
            wait_for(lambda: readiness(rig.service.port) == HTTP_OK)
            # Read now only: PostgreSQL may refuse every new connection while its disk is full.
            if versions_of(whole) % BATCH:
                wrong.append("a part of a batch was stored")
        crowd.wait_for_writes()
        crowd.stop()
        found = crowd.check() + whole.check()
    return Row(
        times=times,
        acked_lost=found.lost,
        applied_twice=found.twice,
        recovery_seconds=crowd.history.slowest_recovery(healed_at),
        note=f"{crowd.history.statuses[UNAVAILABLE]} requests answered 503",
        failures=(*found.others(), *wrong),
    )


def while_full(rig: Rig, disk: Disk, crowd: Crowd, whole: Crowd) -> Iterator[str]:
    """Fill the disk until pushes fail; yield what is not as it should be by then."""
    before = crowd.history.statuses[UNAVAILABLE]
    disk.fill()
    wait_for(lambda: crowd.history.statuses[UNAVAILABLE] >= before + REFUSALS)
    try:
        wait_for(lambda: readiness(rig.service.port) == UNAVAILABLE, seconds=RED_SECONDS)
    except TimeoutError:
        yield "/readyz stayed green"
    [phone] = whole.phones.values()
    whole.write_some(phone, BATCH, rig.random)
    with suppress(NoAnswer):
        phone.push()


def versions_of(crowd: Crowd) -> int:
    return sum(len(diary.versions) for diary in crowd.diaries().values())


@contextmanager
def tables_on_a_small_disk(rig: Rig, space: int = SPACE_MIB) -> Iterator[Disk]:
    """Keep the tables on a disk with little space; afterwards they are where they were."""
    data = rig.folder / "postgresql"
    taken = int(ask(rig, "SELECT pg_database_size('quiver') / 1048576"))
    with small_disk(rig.folder / "tables", taken + space, owner=data) as disk:
        ask(rig, sql.SQL("CREATE TABLESPACE small LOCATION {}").format(str(disk.folder)))
        try:
            move_tables(rig, "small")
            yield disk
        finally:
            disk.empty()
            move_tables(rig, "pg_default")
            ask(rig, "DROP TABLESPACE small")


def move_tables(rig: Rig, tablespace: str) -> None:
    """Move the database; nobody may be connected to it meanwhile."""
    rig.service.only(set())
    move = sql.SQL("ALTER DATABASE quiver SET TABLESPACE {}").format(sql.Identifier(tablespace))

    def moved() -> bool:
        ask(rig, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'quiver'")
        try:
            ask(rig, move)
        except psycopg.errors.ObjectInUse:
            return False
        return True

    wait_for(moved)


def ask(rig: Rig, statement: LiteralString | sql.Composed) -> Any:
    """Run one statement as the server's owner; return the first value, if there is any."""
    with psycopg.connect(rig.postgresql.url("postgres", "postgres"), autocommit=True) as admin:
        found = admin.execute(statement)
        row = found.fetchone() if found.description else None
        return row[0] if row else None
