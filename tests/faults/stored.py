"""In a process of its own, because Django has one database: what is stored of some persons.

Reads a JSON list of person ids and prints for each what `checker.Diary` holds.
"""

import json
import sys
from typing import Any
from uuid import UUID

import django

django.setup()

from diary.models import Alert, PersonSync  # noqa: E402 - Django first
from diary.models.isolation import acting_for  # noqa: E402
from diary.queries.records import TABLE_OF_TYPE  # noqa: E402
from tests.sync.service import history_of, rows_of  # noqa: E402


def diary_of(person_id: UUID) -> dict[str, Any]:
    return {
        "rows": rows_of(person_id),
        "places": places_of(person_id),
        "counter": counter_of(person_id),
        "versions": [
            (str(each.op_id), f"{each.type}/{each.record_id}", each.version)
            for each in history_of(person_id)
        ],
    }


def places_of(person_id: UUID) -> dict[str, int]:
    """Return the sequence number of every row that phones pull."""
    with acting_for(person_id):
        return {
            f"{table._meta.db_table}/{id}": seq
            for table in (Alert, *TABLE_OF_TYPE.values())
            for id, seq in table.objects.filter(person_id=person_id).values_list("id", "seq")
        }


def counter_of(person_id: UUID) -> int:
    with acting_for(person_id):
        return sum(PersonSync.objects.filter(person_id=person_id).values_list("seq", flat=True))


if __name__ == "__main__":
    json.dump({one: diary_of(UUID(one)) for one in json.load(sys.stdin)}, sys.stdout)
