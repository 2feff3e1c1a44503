"""The oldest report and share of a person that are still there."""

from uuid import UUID

from django.conf import settings
from django.db.models import Min
from django.db.models.functions import Coalesce

from diary.domain.retention import Kept
from diary.queries.retention import Oldest
from reports.models import Report, Share


def oldest_reports_of(person_id: UUID) -> Oldest:
    """Return since when the oldest of each class counts; a report waits for its share to end.

    Call inside `acting_for(person_id)`.
    """
    expires = Report.objects.filter(person_id=person_id).aggregate(first=Min("expires_at"))["first"]
    shares = Share.objects.filter(person_id=person_id)
    ended = shares.aggregate(first=Min(Coalesce("ended_at", "expires_at")))["first"]
    return {
        Kept.REPORTS: expires and expires - settings.RETENTION[Kept.REPORTS],
        Kept.SHARES: ended,
    }
