"""Every fault of the suite by its number, and how they are done one after the other."""

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.rig import Rig
from tests.faults.figures import Row
from tests.faults.mounts import NotPossibleHereError
from tests.faults.rows import (
    clock_steps,
    deadlocks,
    deliveries,
    disk_full,
    exhausted,
    hosts,
    lock_holder,
    memory_cap,
    network,
    poison,
    restore,
    soak,
    upgrade,
    wal_full,
    web_kills,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One line of the table; `run` does it to a rig in which all is well."""

    number: str
    what: str
    run: Callable[[Rig, float], Row]

    @property
    def name(self) -> str:
        return f"{self.number} {self.what}"


FAULTS = (
    Fault(number="F1", what="task workers killed", run=deliveries.of("F1")),
    Fault(number="F2", what="web workers killed during push", run=web_kills.run),
    Fault(number="F3", what="Redis killed, nothing kept", run=deliveries.of("F3")),
    Fault(number="F4", what="Redis away", run=deliveries.of("F4")),
    Fault(number="F5", what="Redis full", run=deliveries.of("F5")),
    Fault(number="F6", what="PostgreSQL crashes", run=deliveries.of("F6")),
    Fault(number="F7", what="no connection to PostgreSQL left", run=exhausted.run),
    Fault(number="F8", what="disk of the tables full", run=disk_full.run),
    Fault(number="F9", what="disk of the write-ahead log full", run=wal_full.run),
    Fault(number="F10", what="no scheduler, then two", run=deliveries.of("F10")),
    Fault(number="F11", what="network cuts, stalls and drips", run=network.run),
    Fault(number="F12", what="bad endpoints", run=deliveries.of("F12")),
    Fault(number="F13", what="one person's lock held", run=lock_holder.run),
    Fault(number="F14", what="32 writers, every way to write", run=deadlocks.run),
    Fault(number="F15", what="an emergency rule that raises", run=poison.run),
    Fault(number="F16", what="clocks step by an hour", run=clock_steps.run),
    Fault(number="F17", what="rolling restart, two versions, migration", run=upgrade.roll),
    Fault(number="F18", what="backup restored to a random moment", run=restore.run),
    Fault(number="F19", what="back by one version", run=upgrade.go_back),
    Fault(number="F20", what="two gigabytes for each process", run=memory_cap.run),
    Fault(number="F21", what="soak under all of them", run=soak.run),
    Fault(number="H1", what="hosts cut off in turn", run=hosts.run),
)


def carry_out(
    faults: Sequence[Fault], new_rig: Callable[[], Rig], *, size: float
) -> Iterator[tuple[Fault, Row]]:
    """Do the faults to one rig; after one that broke off, the next ones get a new rig."""
    rig: Rig | None = None
    try:
        for fault in faults:
            if rig is None:
                rig = new_rig()
                rig.start()
            heal(rig)
            try:
                row = fault.run(rig, size)
            except NotPossibleHereError as error:
                row = Row(ran=False, note=f"not possible here: {error}")
            except Exception as error:
                row = broken_off(error)
                rig.stop()
                rig = None
            yield fault, row
    finally:
        if rig is not None:
            rig.stop()


def heal(rig: Rig) -> None:
    """Let Redis run and take writes; which processes are to run, each fault says itself."""
    rig.valkey.start()
    rig.valkey.empty()


def broken_off(error: Exception) -> Row:
    """Return the row of a fault that could not be carried out to its end."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    text = " ".join(str(error).split())
    place = f"{Path(at.filename).name}:{at.lineno}"
    return Row(failures=(f"broke off: {type(error).__name__} at {place}: {text}",))
