"""Reports that are ready and shares of them, for tests of the link."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from diary.domain.retention import TERMS, Kept
from diary.models import User
from diary.models.isolation import acting_for
from reports.domain.sharing import LASTS_DAYS, Visitor
from reports.models import Report, ReportDue, ReportState
from reports.operations.shares import Granted, ShareTerms, open_share, share_report
from tests.factories import NOW

KEPT_FOR = timedelta(days=TERMS[Kept.REPORTS].days)
PIN = "428017"
LASTS = timedelta(days=LASTS_DAYS)
PAGE, PDF, FHIR = b"<html>a report</html>", b"%PDF-1.7 a report", b'{"resourceType": "Bundle"}'
DOCTOR = Visitor(recipient="Dr. Lin", network="203.0.113.0/24", browser="Firefox")


def ready_report(person: User, *, now: datetime = NOW, **columns: Any) -> Report:
    """Store a report as a worker leaves it."""
    values: dict[str, Any] = {
        "state": ReportState.READY,
        "parameters": {"period_start": "2025-12-11", "period_end": "2026-03-10"},
        "basis": {},
        "requested_at": now,
        "finished_at": now,
        "expires_at": now + KEPT_FOR,
        "pdf": PDF,
        "page": PAGE,
        "fhir": FHIR,
    }
    with acting_for(person.pk):
        report = Report.objects.create(person_id=person.pk, id=uuid4(), **values | columns)
        ReportDue.objects.create(
            report_id=report.id, person_id=person.pk, due_at=report.expires_at or now
        )
    return report


def terms(report: Report, **changes: Any) -> ShareTerms:
    """Return what is granted: this report for a week, with a known PIN."""
    values: dict[str, Any] = {
        "report_id": report.id,
        "label": "Neurology",
        "lasts": LASTS,
        "pin": PIN,
    }
    return ShareTerms(**values | changes)


def shared(person: User, *, now: datetime = NOW, **changes: Any) -> Granted:
    """Share a new report of a person."""
    return share_report(person.pk, terms(ready_report(person, now=now), **changes), now=now)


def opened(granted: Granted, *, now: datetime = NOW, visitor: Visitor = DOCTOR) -> str:
    """Open a link with the right PIN and return the session's token."""
    token = open_share(granted.secret, granted.pin, visitor, now=now)
    assert token is not None
    return token
