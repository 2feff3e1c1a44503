"""How far behind the outbox is, for whoever runs the service."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from diary.models import Delivery, PushDue
from diary.models.isolation import sweeping


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How long the oldest that should have been tried by now has waited, and the dead letters."""

    oldest: timedelta
    dead: int


def backlog(*, now: datetime) -> Backlog:
    """Return how far behind the outbox is at `now`; `oldest` is zero when nothing is due.

    What waits for the end of a snooze or of a pause after a failure is not due and counts for
    nothing; a dead letter counts until somebody retries it.
    """
    with sweeping():
        waiting = [
            rows.filter(due_at__lte=now).aggregate(first=Min("due_at"))["first"]
            for rows in (PushDue.objects.all(), Delivery.objects.pending())
        ]
        dead = Delivery.objects.dead().count()
    oldest = max((now - due_at for due_at in waiting if due_at), default=timedelta(0))
    return Backlog(oldest=oldest, dead=dead)
