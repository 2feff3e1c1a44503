"""The table of due looks: claiming rows of one kind, and moving them to their next slot."""

from datetime import datetime, timedelta
from uuid import UUID

from diary.domain.look_slots import LookKind, next_slot
from diary.models import LookDue
from diary.operations.claims import DueTable, claim_due

_DUE = DueTable(name="look_due", key=("person_id", "kind"), columns=("person_id", "changed"))


def claim_looks(
    kind: LookKind, *, now: datetime, limit: int, lease: timedelta
) -> list[tuple[UUID, int]]:
    """Lease up to `limit` due looks of one kind; return (person, counter of writes) of each.

    One kind at a time, so that the answer to a write never queues behind the week's statistics.
    """
    return claim_due(_DUE, now=now, until=now + lease, limit=limit, only={"kind": kind.value})


def reschedule(
    kind: LookKind, person_id: UUID, time_zone: str, *, now: datetime, changed: int
) -> None:
    """End the lease and set the next slot, unless a write made the look due again meanwhile.

    Call inside the transaction of the look, after the person's counter was locked.
    """
    rows = LookDue.objects.filter(person_id=person_id, kind=kind)
    rows.update(leased_until=None, attempts=0)
    rows.filter(changed=changed).update(due_at=next_slot(kind, person_id, time_zone, now=now))
