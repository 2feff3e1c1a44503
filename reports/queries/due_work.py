"""What waits for the workers: reports to be made, or thrown away, that nobody has taken."""

from datetime import datetime, timedelta

from django.db.models import Min

from diary.models.isolation import sweeping
from reports.models import ReportDue


def oldest_due_report(*, now: datetime) -> timedelta:
    """Return how long the oldest report has waited for attention, zero when none does."""
    with sweeping():
        first = ReportDue.objects.due(now=now).order_by().aggregate(at=Min("due_at"))["at"]
    return now - (first or now)
