# ruff: noqa: T201 - a script that prints its tables
"""What each page of a long diary's pull costs, and how PostgreSQL finds the rows of a page.

Makes a database of its own on this machine's server and drops it at the end.
"""

import argparse
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.bodies import new, new_episodes  # noqa: E402 - found only now
from bench.throwaway import throwaway_database  # noqa: E402
from diary.models import Episode, User  # noqa: E402
from diary.models.isolation import acting_for  # noqa: E402
from diary.queries import sync as sync_queries  # noqa: E402
from tests.factories import make_person  # noqa: E402
from tests.phone.phone import Phone  # noqa: E402
from tests.sync.service import phone_of  # noqa: E402

BATCH = 500
SIGNS = [  # that raise several alerts
    {"symptom": symptom, "present": True, "onset": "sudden"}
    for symptom in ("one_sided_weakness", "severe_headache", "breathing_difficulty", "seizure")
]
EXPLAIN = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) "


def signed_in() -> tuple[User, Phone]:
    """Return a new person and a phone on which they are signed in."""
    person = make_person(str(uuid.uuid4()))
    return person, phone_of(person)


def push(phone: Phone, operations: Sequence[dict[str, Any]]) -> None:
    """Send a batch; stop the benchmark when one operation was not applied."""
    answer = phone.send("POST", "/v1/sync", {"ops": operations})
    statuses = {result["status"] for result in answer.body.get("results", [])}
    if statuses != {"applied"}:
        sys.exit(f"a batch was answered {answer.status} {statuses}")


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
        operations = new_episodes(20)
        operations[0]["data"]["symptoms"] = SIGNS
        for type_, make in data.items():
            operations += [new(type_, make(place)) for place in range(40)]
        push(phone, operations)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def measure_pull(batches: int) -> None:
    """Print what each page of 500 changes of a long diary costs, and how rows are found."""
    person, phone = signed_in()
    for _ in range(batches):
        push(phone, new_episodes(BATCH))
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


def main() -> None:
    """Measure as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=6, help="of 500 records, to pull again")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    with throwaway_database():
        measure_pull(options.batches)


if __name__ == "__main__":
    main()
