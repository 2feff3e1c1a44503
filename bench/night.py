# ruff: noqa: T201 - a script that prints its tables
"""Looks by several worker processes at once, how fast due persons are claimed, and the due query.

`bench/looks.py` runs it in a database of its own.
"""

import json
import multiprocessing
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bench.throwaway import throwaway_database  # noqa: F401 - sets Django up, in workers as well

# isort: split

from django.db import connection, connections
from psycopg import sql

from diary.domain.look_slots import LookKind
from diary.models.isolation import sweeping
from diary.operations.due_looks import claim_looks
from diary.operations.looks import look_at_due

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)
LOOKS_AT_ONCE, CLAIMED_AT_ONCE = 100, 1_000
ALL_KINDS = ", ".join(f"('{kind}')" for kind in LookKind)
FORBIDDEN = ("Seq Scan", "Sort", "Incremental Sort", "Bitmap Heap Scan")
DAYS_OF_SIMULATION = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What several processes did together: persons, their CPU seconds, seconds by the clock."""

    name: str
    workers: int
    persons: int
    processor: float
    clock: float


def let_owner_fill(*tables: str) -> None:
    """Let the owner of this database write everybody's rows; the service's role stays bound."""
    for table in tables:
        owner(f"CREATE POLICY benchmark ON {table} TO CURRENT_USER USING (true)")


def owner(statement: str, parameters: Sequence[Any] = ()) -> None:
    """Carry out a statement as the owner of the database."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, parameters or None)


def make_all_due(people: Sequence[uuid.UUID], kinds: Sequence[LookKind] = tuple(LookKind)) -> None:
    """Make looks of these persons due again, as if none had been made."""
    owner("DELETE FROM look")
    owner(
        "UPDATE look_due SET due_at = %s, leased_until = NULL"
        " WHERE person_id = ANY(%s) AND kind = ANY(%s)",
        [NOW, list(people), [kind.value for kind in kinds]],
    )


def shared(name: str, work: Any, workers: int) -> Shared:
    """Return what so many processes take until none of them finds anything due."""
    database = str(connections["owner"].settings_dict["NAME"])
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(workers, initializer=_join, initargs=(database,)) as pool:
        pool.map(_warm, range(workers), chunksize=1)
        start = time.perf_counter()
        done = pool.map(work, range(workers), chunksize=1)
        clock = time.perf_counter() - start
    persons, processor = (sum(column) for column in zip(*done, strict=True))
    return Shared(name=name, workers=workers, persons=persons, processor=processor, clock=clock)


def _join(database: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = database


def _warm(_: int) -> None:
    connection.ensure_connection()
    time.sleep(0.2)  # so that each process takes one of these


def sweep(kind: LookKind, _: int) -> tuple[int, float]:
    """Make looks until none is due; return how many, and CPU seconds."""
    start, done = time.process_time(), 0
    while looked := look_at_due(now=NOW, limit=LOOKS_AT_ONCE, lease=LEASE, kind=kind):
        done += looked
    return done, time.process_time() - start


def claim(kind: LookKind, _: int) -> tuple[int, float]:
    """Claim until nothing is due, and look at nothing; return how many, and CPU seconds."""
    start, done = time.process_time(), 0
    while claimed := claim_looks(kind, now=NOW, limit=CLAIMED_AT_ONCE, lease=LEASE):
        done += len(claimed)
    return done, time.process_time() - start


def measure_sweeps(due: Sequence[uuid.UUID], workers: Sequence[int]) -> list[Shared]:
    """Return what the looks of each kind take by each number of processes."""
    found = []
    for kind in LookKind:
        for number in workers:
            make_all_due(due, [kind])
            found.append(shared(f"{kind} sweep", partial(sweep, kind), number))
    return found


def measure_claims(everyone: Sequence[uuid.UUID], workers: Sequence[int]) -> list[Shared]:
    """Return what claiming everybody's state look takes by each number of processes."""
    found = []
    for number in workers:
        make_all_due(everyone, [LookKind.STATE])
        owner("VACUUM ANALYZE look_due")
        found.append(shared("claims alone", partial(claim, LookKind.STATE), number))
    return found


def print_shared(costs: Sequence[Shared]) -> None:
    """Print what several processes did."""
    print("| what | workers | persons | CPU ms a person | seconds | persons a second |")
    print("|---|---|---|---|---|---|")
    for cost in costs:
        print(
            f"| {cost.name} | {cost.workers} | {cost.persons} |"
            f" {1_000 * cost.processor / max(1, cost.persons):.3f} | {cost.clock:.2f} |"
            f" {cost.persons / cost.clock:,.0f} |"
        )


def explain_due(persons: int) -> bool:
    """Print how a claim finds due rows among so many; return whether by indexes alone.

    The rows stand without accounts; their slots are spread over a week, and some are due.
    """
    owner("ALTER TABLE look_due DROP CONSTRAINT look_due_person_id_6632e2ef_fk_diary_user_id")
    owner(
        "INSERT INTO look_due (person_id, kind, due_at, attempts, changed)"  # noqa: S608 - our own
        " SELECT gen_random_uuid(), kind, %s::timestamptz + random() * interval '7 days', 0, 0"
        f" FROM generate_series(1, %s), (VALUES {ALL_KINDS}) AS kinds (kind)",
        [NOW, persons],
    )
    owner("VACUUM ANALYZE look_due")
    later = NOW + timedelta(days=DAYS_OF_SIMULATION) / 24
    plan = plan_of_claim(later)
    nodes = list(_nodes(plan["Plan"]))
    print(f"\nA claim of {LOOKS_AT_ONCE} among {persons:,} persons, {len(LookKind)} rows each:\n")
    print("```")
    for node in nodes:
        index = f" using {node['Index Name']}" if "Index Name" in node else ""
        print(f"{node['Node Type']}{index}: {node['Actual Rows']:.0f} rows")
    print(f"```\n\n{plan['Execution Time']:.2f} ms in PostgreSQL.")
    return not any(node["Node Type"] in FORBIDDEN for node in nodes)


def plan_of_claim(now: datetime) -> dict[str, Any]:
    """Return the plan of the claim that a worker makes, as EXPLAIN ANALYZE tells it."""
    said: list[tuple[Any, Any]] = []

    def listen(execute: Any, statement: Any, parameters: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
        said.append((statement, parameters))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(listen):
        claim_looks(LookKind.WEEKLY, now=now, limit=LOOKS_AT_ONCE, lease=LEASE)
    [(statement, parameters)] = [each for each in said if isinstance(each[0], sql.Composed)]
    with sweeping(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) ") + statement, parameters)
        told = cursor.fetchone()[0]
    plan: dict[str, Any] = (json.loads(told) if isinstance(told, str) else told)[0]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
