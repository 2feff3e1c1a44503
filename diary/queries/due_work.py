"""What waits for the workers: looks whose time has come and that nobody has taken."""

from datetime import datetime, timedelta

from django.db.models import Min

from diary.domain.look_slots import LookKind
from diary.models import LookDue


def oldest_due_looks(*, now: datetime) -> dict[LookKind, timedelta]:
    """Return how long the oldest due look of each kind has waited, zero when none is due.

    What a worker holds is not due.
    """
    first = {
        kind: LookDue.objects.due(now=now, kind=kind).order_by().aggregate(at=Min("due_at"))["at"]
        for kind in LookKind
    }
    return {kind: now - (at or now) for kind, at in first.items()}
