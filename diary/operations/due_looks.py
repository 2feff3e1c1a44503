"""The table of due looks: claiming rows of one kind, and moving them to their next slot."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F

from diary.domain.look_slots import LookKind, next_slot
from diary.models import LookDue
from diary.models.isolation import acting_for
from diary.operations.claims import DueTable, claim_due

POISON_PAUSE = timedelta(hours=1)  # after a look or one of its rules failed, before the next try

_DUE = DueTable(name="look_due", key=("person_id", "kind"), columns=("person_id", "changed"))
_RESCHEDULE = """
    UPDATE look_due
    SET leased_until = NULL,
        attempts = CASE WHEN %(failed)s THEN attempts + 1 ELSE 0 END,
        due_at = CASE WHEN changed = %(changed)s THEN %(due_at)s ELSE due_at END
    WHERE person_id = %(person)s AND kind = %(kind)s
"""


def claim_looks(
    kind: LookKind, *, now: datetime, limit: int, lease: timedelta
) -> list[tuple[UUID, int]]:
    """Lease up to `limit` due looks of one kind; return (person, counter of writes) of each.

    One kind at a time, so that the answer to a write never queues behind the week's statistics.
    """
    return claim_due(_DUE, now=now, until=now + lease, limit=limit, only={"kind": kind.value})


def put_off(kind: LookKind, person_id: UUID, *, now: datetime) -> None:
    """Make a look that failed due again in an hour; `attempts` counts how often that was needed."""
    with acting_for(person_id):
        LookDue.objects.filter(person_id=person_id, kind=kind).update(
            due_at=now + POISON_PAUSE, leased_until=None, attempts=F("attempts") + 1
        )


def reschedule(
    kind: LookKind,
    person_id: UUID,
    time_zone: str,
    *,
    now: datetime,
    changed: int,
    failed: bool = False,
) -> None:
    """End the lease and set the next slot, unless a write made the look due again meanwhile.

    A look in which a rule `failed` is tried again in an hour. Call inside the transaction of the
    look, after the person's counter was locked.
    """
    due_at = now + POISON_PAUSE if failed else next_slot(kind, person_id, time_zone, now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            _RESCHEDULE,
            {
                "person": person_id,
                "kind": kind.value,
                "changed": changed,
                "due_at": due_at,
                "failed": failed,
            },
        )
