"""Reports that were asked for, and the queue of those still to be made or thrown away."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from diary.models.sealing import SealedBytesField, SealedRecord
from reports.models.shares import Share, ShareKey, ShareSession, ShareView

__all__ = [
    "Report",
    "ReportDue",
    "ReportState",
    "Share",
    "ShareKey",
    "ShareSession",
    "ShareView",
]


class ReportState(models.TextChoices):
    """Where a report stands. `ready` and `failed` are final."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


FORMS = ("pdf", "page", "fhir", "document")  # megabytes each, when the diary is long


class ReportQuerySet(models.QuerySet["Report"]):
    """Queries over reports."""

    def without_files(self, *, but: str = "") -> "ReportQuerySet":
        """Return reports whose forms stay in the database, except for the one that is named."""
        return self.defer(*(form for form in FORMS if form != but))


class Report(SealedRecord):
    """One report of one person; row-level security lets only that person's rows through.

    `parameters` hold period, paper, language and choices; `basis` says which data and versions it
    was made from, so that the same request on the same data is the same report. `pdf`, `document`
    (the JSON attached to the PDF), `page` and `fhir` are made together from one reading of the
    diary. `failure` is the name of an exception class and never a text.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    id = models.UUIDField()
    state = models.TextField(choices=ReportState.choices, default=ReportState.QUEUED.value)
    parameters = models.JSONField()
    basis = models.JSONField()
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    pdf = SealedBytesField(null=True)
    page = SealedBytesField(null=True)
    fhir = SealedBytesField(null=True)
    document = SealedBytesField(null=True)
    failure = models.TextField(default="")

    objects = ReportQuerySet.as_manager()

    class Meta:
        db_table = "report"
        constraints = [
            models.CheckConstraint(
                name="report_state_is_known", condition=Q(state__in=ReportState.values)
            ),
            models.CheckConstraint(
                name="report_ready_has_a_pdf",
                condition=~Q(state=ReportState.READY.value) | Q(pdf__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["person", "-requested_at"], name="report_newest_first")]

    def __str__(self) -> str:
        return str(self.id)


class ReportDueQuerySet(models.QuerySet["ReportDue"]):
    """Queries over which reports want attention."""

    def due(self, *, now: datetime) -> "ReportDueQuerySet":
        """Return the rows whose time has come and that nobody holds, oldest first."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        return self.filter(free, due_at__lte=now).order_by("due_at", "report_id")


class ReportDue(models.Model):
    """When a report wants attention: to be made, or to be thrown away once it has expired.

    Holds ids and times only, so that a sweep over all persons may read it.
    """

    report_id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    objects = ReportDueQuerySet.as_manager()

    class Meta:
        db_table = "report_due"
        # For the sweep's claim: `due(now=...)`.
        indexes = [models.Index(fields=["due_at", "report_id"], name="report_due_by_time")]

    def __str__(self) -> str:
        return str(self.report_id)
