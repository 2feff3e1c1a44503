# ruff: noqa: T201 - a script that prints its tables
"""What a batch of 500 new episodes costs beside the plainest insert of equal rows, and the pull.

Makes a database of its own on this machine's server and drops it at the end.
"""

import argparse
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from psycopg import sql  # noqa: E402

from bench.throwaway import throwaway_database  # noqa: E402 - found only now
from diary.models import Episode, User  # noqa: E402
from diary.models.isolation import acting_for  # noqa: E402
from diary.queries import sync as sync_queries  # noqa: E402
from tests.factories import make_person  # noqa: E402
from tests.phone.phone import Phone  # noqa: E402
from tests.sync.service import phone_of  # noqa: E402

BATCH = 500
TARGET = 3.0
PLAIN = "plain_episode"
SIGNS = [  # that raise several alerts
    {"symptom": symptom, "present": True, "onset": "sudden"}
    for symptom in ("one_sided_weakness", "severe_headache", "breathing_difficulty", "seizure")
]
EXPLAIN = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) "


def signed_in() -> tuple[User, Phone]:
    """Return a new person and a phone on which they are signed in."""
    person = make_person(str(uuid.uuid4()))
    return person, phone_of(person)


def batch(number: int) -> list[dict[str, Any]]:
    """Return operations that create so many episodes, three hours apart, back from now."""
    now = timezone.now()
    return [
        {
            "op": str(uuid.uuid4()),
            "id": str(uuid.uuid4()),
            "type": "episode",
            "base": 0,
            "data": {
                "start": {
                    "at": (now - timedelta(hours=3 * place)).isoformat(),
                    "time_zone": "Europe/Berlin",
                },
                "duration_seconds": 20,
                "sites": [{"site": "upper_lip", "side": "left"}],
                "movement": "twitch",
                "strength": place % 10,
                "triggers": [{"factor": "caffeine", "present": True}],
                "note": "after lunch",
            },
        }
        for place in range(number)
    ]


def push(phone: Phone, operations: Sequence[dict[str, Any]]) -> None:
    """Send a batch; stop the benchmark when one operation was not applied."""
    answer = phone.send("POST", "/v1/sync", {"ops": operations})
    statuses = {result["status"] for result in answer.body.get("results", [])}
    if statuses != {"applied"}:
        sys.exit(f"a batch was answered {answer.status} {statuses}")


def rows_to_copy(person: User) -> tuple[list[str], list[list[Any]]]:
    """Return the columns of the episode table and the values of the person's newest rows."""
    columns = [str(field.column) for field in Episode._meta.concrete_fields if field.column]
    with acting_for(person.pk), connection.cursor() as cursor:
        names = ", ".join(columns)
        cursor.execute(f"SELECT {names} FROM episode LIMIT {BATCH}")  # noqa: S608 - our names
        return columns, [list(row) for row in cursor.fetchall()]


def plain_insert(
    owner: psycopg.Connection[Any], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Callable[[], None]:
    """Return an insert of the rows, with new ids, into a copy of the table: one statement.

    The copy has the same columns, constraints and indexes, and neither trigger nor row security.
    """
    values = sql.SQL(", ").join(
        [sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))] * len(rows)
    )
    statement = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(PLAIN), sql.SQL(", ").join(map(sql.Identifier, columns)), values
    )
    id_, seq = columns.index("id"), columns.index("seq")
    person = columns.index("person_id")

    def insert() -> None:
        someone = uuid.uuid4()
        parameters: list[Any] = []
        for place, row in enumerate(rows):
            copied = list(row)
            copied[id_], copied[seq], copied[person] = uuid.uuid4(), place, someone
            parameters += copied
        owner.execute(statement, parameters)
        owner.commit()

    return insert


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work took by the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure_push(runs: int) -> bool:
    """Print a batch beside the plain insert, run by turns; return whether the target is met."""
    person, phone = signed_in()
    push(phone, batch(BATCH))
    columns, rows = rows_to_copy(person)
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {PLAIN} (LIKE episode INCLUDING ALL)")
    with psycopg.connect(
        **owner.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    ) as plain:
        insert = plain_insert(plain, columns, rows)
        insert()
        took: dict[str, list[float]] = {"plain": [], "sync": []}
        for _ in range(runs):
            operations = batch(BATCH)
            took["plain"].append(seconds(insert))
            took["sync"].append(seconds(partial(push, phone, operations)))
    floor, whole = (statistics.median(took[name]) for name in ("plain", "sync"))
    print("| 500 new episodes | median ms | fastest ms | ratio |\n|---|---|---|---|")
    for name, label in (("plain", "plain multi-row insert"), ("sync", "POST /v1/sync")):
        median = statistics.median(took[name])
        print(
            f"| {label} | {1e3 * median:.1f} | {1e3 * min(took[name]):.1f} | {median / floor:.2f} |"
        )
    met = whole <= TARGET * floor
    print(f"\nTarget of {TARGET:g} times the plain insert: {'met' if met else 'not met'}.\n")
    return met


def fill_other_diaries(number: int) -> None:
    """Give other persons some records of every type, so that plans are those of a real table."""
    today = timezone.now().date()
    data: dict[str, Callable[[int], dict[str, Any]]] = {
        "check_in": lambda n: {"local_date": str(today - timedelta(days=n)), "twitched": "no"},
        "problem": lambda n: {"asked_on": str(today - timedelta(days=n))},
        "medication": lambda n: {"name": f"medicine {n}"},
        "history_item": lambda n: {"kind": "condition", "own_label": f"condition {n}"},
        "remedy_trial": lambda n: {"remedy": "rest", "started_on": str(today - timedelta(days=n))},
    }
    for _ in range(number):
        _, phone = signed_in()
        operations = batch(20)
        operations[0]["data"]["symptoms"] = SIGNS
        for type_, make in data.items():
            operations += [
                {"op": str(uuid.uuid4()), "id": str(uuid.uuid4()), "type": type_, "base": 0}
                | {"data": make(place)}
                for place in range(40)
            ]
        push(phone, operations)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def measure_pull(batches: int) -> None:
    """Print what each page of 500 changes of a long diary costs, and how rows are found."""
    person, phone = signed_in()
    for _ in range(batches):
        push(phone, batch(BATCH))
    fill_other_diaries(50)
    print(f"Pull of {batches * BATCH} records, 500 a page:\n")
    print("| page | ms | records |\n|---|---|---|")
    position, more, page = "", True, 0
    while more:
        start = time.perf_counter()
        body = phone.send("GET", f"/v1/sync{position}", None).body
        took = time.perf_counter() - start
        page += 1
        print(f"| {page} | {1e3 * took:.1f} | {len(body['changes'])} |")
        position, more = f"?cursor={body['cursor']}", body["more"]
    with acting_for(person.pk), connection.cursor() as cursor:
        middle: dict[str, Any] = {
            "person": person.pk,
            "seq": batches * BATCH // 2,
            "limit": BATCH + 1,
        }
        cursor.execute(EXPLAIN + sync_queries._statement(), middle)
        print_scans("the pull", [row[0] for row in cursor.fetchall()])
        newest = Episode.objects.filter(person_id=person.pk, deleted=False)
        page_of = newest.order_by("-start_at", "-id")[:51]
        print_scans("the list of 50", page_of.explain(analyze=True, costs=False).splitlines())


def print_scans(title: str, plan: Sequence[str]) -> None:
    """Print the lines of a plan that say how rows of a table are found."""
    print(f"\nEXPLAIN of {title}, its scans:\n\n```")
    for line in plan:
        if " Scan" in line:
            print(line.split("->")[-1].strip())
    print("```")


def main() -> int:
    """Measure as asked and return the exit status: 1 when the target is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="batches and inserts, by turns")
    parser.add_argument("--batches", type=int, default=6, help="of 500 records, to pull again")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    with throwaway_database():
        met = measure_push(options.runs)
        measure_pull(options.batches)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
