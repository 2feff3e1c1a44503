"""F20: every process has two gigabytes, and long backlogs and a large export are asked of them."""

import random
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any

from config.run import HOST
from tests.chaos.rig import Rig
from tests.faults.figures import Row
from tests.faults.history import HTTP_OK
from tests.faults.memory import MIB, peak
from tests.faults.phones import Crowd, Habits
from tests.phone.ids import new_id
from tests.phone.phone import Phone
from tests.phone.transport import NoAnswer

MOST_MEMORY = 2 * 2**30
PEOPLE = 20
BACKLOG = 10_000
EXPORTED = 100_000
BATCH = 500
TOGETHER = 8
PATIENCE_SECONDS = 600
HABITS = Habits(phones=1, warning_signs=0.001, days=3_650, timeout=60)


def run(rig: Rig, size: float) -> Row:
    """Upload the backlogs of many phones at once and export a large diary."""
    backlog, exported = max(BATCH, round(BACKLOG * size)), max(BATCH, round(EXPORTED * size))
    before = rig.service.ended_alone.total()
    with capped(rig), Crowd(rig, PEOPLE, habits=HABITS) as crowd:
        names = list(crowd.phones)
        orders = [(name, backlog) for name in names[1:]] + [(names[0], exported)]
        began = time.monotonic()
        with ThreadPoolExecutor(TOGETHER) as pool:
            list(pool.map(lambda order: upload(crowd, *order), orders))
        seconds = time.monotonic() - began
        status, size_of_export = export(rig, crowd.accounts[0].tokens[0])
        peaks = {part: peak(rig.service.processes(part)) / MIB for part in ("web", "worker-1")}
        found = crowd.check()
    killed = rig.service.ended_alone.total() - before
    return Row(
        times=crowd.history.acknowledged,
        acked_lost=found.lost,
        applied_twice=found.twice,
        note=(
            f"uploaded in {seconds:.0f} s, export of {exported} entries {size_of_export / MIB:.1f}"
            f" MiB; peak of one process: web {peaks['web']:.0f}, worker {peaks['worker-1']:.0f} MiB"
        ),
        failures=(*found.others(), *wrongs(status, killed)),
    )


@contextmanager
def capped(rig: Rig) -> Iterator[None]:
    """Start everything anew with a limit; afterwards without."""
    try:
        rig.service.most_memory = MOST_MEMORY
        rig.service.only(set())
        rig.service.serve_with()
        rig.service.only({"outbox", "worker-1"})
        yield
    finally:
        rig.service.most_memory = resource.RLIM_INFINITY
        rig.service.only(set())
        rig.service.serve_with()


def upload(crowd: Crowd, name: str, number: int) -> None:
    """Send so many new entries in full batches, each until it is acknowledged."""
    phone, chance = crowd.phones[name], random.Random(name)
    while number > 0:
        ops = [new_operation(crowd, chance) for _ in range(min(BATCH, number))]
        while not is_taken(phone, ops):
            time.sleep(0.5)
        number -= len(ops)


def new_operation(crowd: Crowd, chance: random.Random) -> dict[str, Any]:
    return {
        "op": new_id(),
        "id": new_id(),
        "type": "episode",
        "base": 0,
        "data": crowd.episode(chance),
    }


def is_taken(phone: Phone, ops: list[dict[str, Any]]) -> bool:
    try:
        return phone.send("POST", "/v1/sync", {"ops": ops}).status == HTTP_OK
    except NoAnswer:
        return False


def export(rig: Rig, token: str) -> tuple[int, int]:
    """Fetch the export of a person; return status and size."""
    connection = HTTPConnection(HOST, rig.service.port, timeout=PATIENCE_SECONDS)
    with closing(connection):
        connection.request("GET", "/v1/export", headers={"X-Session-Token": token})
        response = connection.getresponse()
        return response.status, len(response.read())


def wrongs(status: int, killed: int) -> Iterator[str]:
    if status != HTTP_OK:
        yield f"the export was answered {status}"
    if killed:
        yield f"{killed} processes ended"
