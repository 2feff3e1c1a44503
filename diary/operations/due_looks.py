"""The table of due looks: claiming rows of one kind, and moving them to their next slot."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from diary.domain.look_slots import LookKind, next_slot
from diary.models import LookDue
from diary.models.isolation import acting_for
from diary.operations.claims import DueTable, claim_due
from diary.operations.storing import Writing

POISON_PAUSE = timedelta(hours=1)  # after a look or one of its rules failed, before the next try

_DUE = DueTable(name="look_due", key=("person_id", "kind"), columns=("person_id", "changed"))
_RESCHEDULE = """
    UPDATE look_due
    SET leased_until = NULL,
        attempts = CASE WHEN %s THEN attempts + 1 ELSE 0 END,
        due_at = CASE WHEN changed = %s THEN %s ELSE due_at END
    WHERE person_id = %s AND kind = %s
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


def rescheduling(
    kind: LookKind,
    person_id: UUID,
    time_zone: str,
    *,
    now: datetime,
    changed: int | None,
    failed: bool,
) -> tuple[Writing, ...]:
    """Return what ends the lease and sets the next slot, unless a write made the look due again.

    `changed` is the counter seen at the claim: nothing is to write for a look that was not claimed.
    A look in which a rule `failed` is tried again in an hour. Run it in the transaction of the
    look, after the person's counter was locked.
    """
    if changed is None:
        return ()
    due_at = now + POISON_PAUSE if failed else next_slot(kind, person_id, time_zone, now=now)
    return (Writing(_RESCHEDULE, (failed, changed, due_at, person_id, kind.value)),)
