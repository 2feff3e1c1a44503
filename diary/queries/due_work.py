"""What waits for the workers: looks whose time has come and that nobody has taken."""

from datetime import datetime, timedelta

from django.db.models import Min

from diary.domain.look_slots import LookKind
from diary.models import LookDue
from diary.models.isolation import sweeping


def oldest_due_looks(*, now: datetime) -> dict[LookKind, timedelta]:
    """Return how long the oldest due look of each kind has waited, zero when none is due.

    What a worker holds is not due.
    """
    with sweeping():
        due = {kind: LookDue.objects.due(now=now, kind=kind).order_by() for kind in LookKind}
        first = {kind: rows.aggregate(at=Min("due_at"))["at"] for kind, rows in due.items()}
    return {kind: now - (at or now) for kind, at in first.items()}


def failed_looks() -> int:
    """Return how many looks failed and wait to be tried again."""
    with sweeping():
        return LookDue.objects.failed().count()
