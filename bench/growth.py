# ruff: noqa: T201 - a script that prints its tables
"""How costs grow: with the persons in the tables, and with the entries of the person who asks.

Makes a database of its own on this machine's server and drops it at the end. CPU is that of this
process, which is the web process or the worker, and of its PostgreSQL backend.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.bodies import SPREAD_MINUTES, episode, new, new_episodes  # noqa: E402
from bench.growth_chart import Cost, chart, faster_than_the_answer  # noqa: E402
from bench.inside import traced  # noqa: E402
from bench.machine import machine  # noqa: E402
from bench.night import LEASE, let_owner_fill, owner  # noqa: E402
from bench.pull import push, signed_in  # noqa: E402
from bench.throwaway import throwaway_database  # noqa: E402
from diary.domain.look_slots import LookKind  # noqa: E402
from diary.domain.view import WINDOW_DAYS  # noqa: E402
from diary.operations.due_looks import claim_looks  # noqa: E402
from diary.operations.statistical_looks import look_at_week  # noqa: E402
from tests.phone.phone import Phone  # noqa: E402

BATCH, CLAIMED = 500, 20
EPISODES_A_DAY = 8  # of `new_episodes`
COPIED = ("person_sync", "episode", "daily_row", "entry_version", "look_due")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A person with so many entries, who asks, and the phone of another one, who logs more."""

    phone: Phone
    writing: Phone
    person_id: Any
    entries: int


def make_asker(entries: int) -> Asker:
    """Return two persons who have logged so many episodes, eight a day back from now."""
    (_, writing), (person, phone) = signed_in(), signed_in()
    for start in range(0, entries, BATCH):
        number = min(BATCH, entries - start)
        for each in (writing, phone):
            push(each, new_episodes(start + number)[start:])
    return Asker(phone=phone, writing=writing, person_id=person.pk, entries=entries)


def add_others(template: Asker, number: int) -> None:
    """Add so many persons with the rows of one: what is sealed in them is nobody's, and unread."""
    owner(
        "CREATE TEMP TABLE fresh AS SELECT gen_random_uuid() AS id FROM generate_series(1, %s)",
        [number],
    )
    _copy(
        "diary_user",
        "id",
        "jsonb_build_object('id', f.id, 'email', f.id || '@example.org')",
        template,
    )
    for table in COPIED:
        _copy(table, "person_id", "jsonb_build_object('person_id', f.id)", template)
    owner("DROP TABLE fresh")
    overdue = "due_at = %s - random() * interval '7 days', leased_until = NULL"
    owner(f"UPDATE look_due SET {overdue}", [timezone.now()])  # noqa: S608 - our own
    owner("VACUUM ANALYZE")


def _copy(table: str, key: str, changed: str, template: Asker) -> None:
    owner(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # they would number each row anew
    owner(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(t, {changed})).*"  # noqa: S608
        f" FROM {table} AS t, fresh AS f WHERE t.{key} = %s",
        [template.person_id],
    )
    owner(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def works(asker: Asker) -> dict[str, Callable[[], int]]:
    """Return what is measured; each returns how many records it gave, took or weighed."""
    in_window = min(asker.entries, EPISODES_A_DAY * WINDOW_DAYS)
    return {
        "POST one episode": partial(post_one, asker.writing),
        "list of 50": partial(answered, asker.phone, "/v1/episodes?limit=50", "items"),
        "pull of 500": partial(answered, asker.phone, "/v1/sync", "changes"),
        "assessment": partial(answered, asker.phone, "/v1/assessment", "", in_window),
        "weekly look": partial(weekly_look, asker),
        "claim of due looks": claim,
    }


def post_one(phone: Phone) -> int:
    """Log one episode of some day: many of one day would make a day nobody has."""
    order = new("episode", episode(random.randrange(SPREAD_MINUTES)))  # noqa: S311 - not a secret
    answer = phone.send("POST", "/v1/episodes", {"id": order["id"], "data": order["data"]})
    if answer.status != HTTPStatus.CREATED:
        sys.exit(f"a POST was answered {answer.status}")
    return 1


def answered(phone: Phone, path: str, name: str, weighed: int = 0) -> int:
    """Ask for something; return how many records the answer holds, or `weighed`."""
    answer = phone.send("GET", path, None)
    if answer.status != HTTPStatus.OK:
        sys.exit(f"{path} was answered {answer.status}")
    return len(answer.body[name]) if name else weighed


def weekly_look(asker: Asker) -> int:
    """Look at the week as if nobody had yet."""
    look_at_week(asker.person_id, now=timezone.now(), changed=0)
    return 1


def claim() -> int:
    """Claim the persons whose weekly look is due, the next few each time."""
    now = timezone.now()
    return len(claim_looks(LookKind.WEEKLY, now=now, limit=CLAIMED, lease=LEASE))


def cost_of(name: str, work: Callable[[], int], rounds: int, **size: int) -> Cost:
    """Return what one round of the work costs on average, and its statements exactly."""
    connection.ensure_connection()
    forget_looks()
    rows = work()
    forget_looks()
    with traced() as lines:
        work()
    statements = sum("\tCommandComplete\t" in line for line in lines)
    taken = 0.0
    for _ in range(rounds):
        forget_looks()
        before = processor_seconds()
        work()
        taken += processor_seconds() - before
    return Cost(
        name=name, milliseconds=1e3 * taken / rounds, statements=statements, rows=rows, **size
    )


def forget_looks() -> None:
    """Delete the looks that were made: one more in the same week would do nothing."""
    owner("DELETE FROM look")


def processor_seconds() -> float:
    """Return CPU seconds of this process and of the PostgreSQL backend that serves it."""
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    nanoseconds = Path(f"/proc/{backend}/schedstat").read_text().split()[0]  # `stat` says 10 ms
    return time.process_time() + int(nanoseconds) / 1e9


def measure(persons: Sequence[int], entries: Sequence[int], rounds: int) -> Iterator[Cost]:
    """Yield the costs for each number of persons and of entries, growing the tables between."""
    let_owner_fill("diary_user", "look", *COPIED)
    askers = [make_asker(number) for number in entries]
    template, there = make_asker(5), 2 + 2 * len(askers)
    for number in persons:
        add_others(template, max(1, number - there))
        there = max(number, there + 1)
        for asker in askers:
            for name, work in works(asker).items():
                yield cost_of(name, work, rounds, persons=number, entries=asker.entries)


def print_costs(costs: Sequence[Cost]) -> None:
    """Print each cost, and what grows faster than what it answers."""
    print("| what | persons | entries | CPU ms | statements | records |")
    print("|---|---|---|---|---|---|")
    for cost in sorted(costs, key=lambda each: (each.name, each.persons, each.entries)):
        print(
            f"| {cost.name} | {cost.persons:,} | {cost.entries:,} | {cost.milliseconds:.2f} |"
            f" {cost.statements} | {cost.rows:,} |"
        )
    faster = faster_than_the_answer(costs)
    print(f"\nGrows faster than what it answers: {', '.join(faster) or 'nothing'}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as asked, write the chart, and return the exit status: 1 when something outgrows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--entries", type=int, nargs="+", default=[1, 100, 10_000])
    parser.add_argument("--rounds", type=int, default=20, help="of each measurement")
    parser.add_argument("--chart", type=Path, help="where to write the chart, as SVG")
    options = parser.parse_args(arguments)
    settings.ALLOWED_HOSTS = ["testserver"]
    print(f"{machine(timezone.now())}\n")
    with throwaway_database():
        costs = list(measure(options.persons, options.entries, options.rounds))
    print_costs(costs)
    if options.chart:
        options.chart.write_text(chart(costs))
    return 1 if faster_than_the_answer(costs) else 0


if __name__ == "__main__":
    sys.exit(main())
