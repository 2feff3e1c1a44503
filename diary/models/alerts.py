"""Alerts, the looks that found them, and the table that says whose look is due."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from diary.domain.findings import Addressee, EvidenceFrom, Level
from diary.domain.lifecycle import AlertStatus
from diary.domain.look_slots import LookKind
from diary.models.base import SyncedRecord, holds_a_list, one_of, person_first
from diary.models.sealing import SealedJSONField, SealedRecord

LIVE_STATES = (AlertStatus.OPEN.value, AlertStatus.ACKNOWLEDGED.value)


class Alert(SyncedRecord):
    """A finding that was raised: which rule, on what ground, and what became of it.

    At most one live alert per person, rule and bout. `numbers` are the finding's figures and the
    thresholds in force, `entries` the ids of the records it rests on. `spoke_at` is when it last
    had something new to say (None: when it was opened), `seen_at` when the person last looked.
    """

    rule = models.TextField()
    rule_version = models.PositiveSmallIntegerField()
    bout_start = models.DateField(null=True)
    level = models.TextField()
    addressee = models.TextField()
    state = models.TextField(default=AlertStatus.OPEN.value)
    closed_reason = models.TextField(default="")
    evidence_from = models.TextField(default=EvidenceFrom.DIARY.value)
    numbers = models.JSONField(default=dict)
    entries = models.JSONField(default=list)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    found_on = models.DateField()  # the diary day of the look whose finding it holds
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    seen_by_clinician_on = models.DateField(null=True)
    spoke_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alert"
        constraints = [
            person_first("alert"),
            one_of("alert", "level", [level.code for level in Level]),
            one_of("alert", "addressee", list(Addressee)),
            one_of("alert", "state", list(AlertStatus)),
            one_of("alert", "evidence_from", list(EvidenceFrom)),
            *holds_a_list("alert", "entries"),
            models.UniqueConstraint(
                fields=["person", "rule", "bout_start"],
                name="alert_one_live_per_rule_and_bout",
                condition=Q(state__in=LIVE_STATES),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="alert_emergency_and_urgent_are_never_snoozed",
                condition=Q(snoozed_until__isnull=True)
                | ~Q(level__in=[Level.EMERGENCY.code, Level.URGENT.code]),
            ),
        ]


class Look(SealedRecord):
    """One evaluation of the rules, with all it saw in numbers. Rows are only ever inserted.

    `period` is the local date of the slot that a weekly or monthly look belongs to: however often a
    look is tried, there is one per person and slot. State looks have none.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    id = models.UUIDField()
    kind = models.TextField()
    period = models.DateField(null=True)
    at = models.DateTimeField()
    today = models.DateField()
    findings = models.JSONField()
    numbers = SealedJSONField(default=dict)  # own factors are keys in it

    class Meta:
        db_table = "look"
        constraints = [
            one_of("look", "kind", list(LookKind)),
            models.UniqueConstraint(
                fields=["person", "kind", "period"], name="look_one_per_person_and_slot"
            ),
            models.CheckConstraint(
                name="look_period_unless_state",
                condition=Q(kind=LookKind.STATE.value, period__isnull=True)
                | (~Q(kind=LookKind.STATE.value) & Q(period__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="look_newest_first")]

    def __str__(self) -> str:
        return str(self.id)


class LookDueQuerySet(models.QuerySet["LookDue"]):
    """Queries over whose look is due."""

    def due(self, *, now: datetime, kind: LookKind = LookKind.STATE) -> "LookDueQuerySet":
        """Return the rows whose time has come and that nobody holds, oldest first."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        return self.filter(free, kind=kind, due_at__lte=now).order_by("due_at", "person_id")

    def failed(self) -> "LookDueQuerySet":
        """Return the rows whose last look failed, or one of its rules."""
        return self.filter(attempts__gt=0)


class LookDue(models.Model):
    """When the next look of one kind is due. Holds no health data, so sweeps may read it.

    `changed` counts the writes that made a look due; a worker that finds it changed since its claim
    leaves the row due.
    """

    pk = models.CompositePrimaryKey("person_id", "kind")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.TextField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    changed = models.BigIntegerField(default=0)

    objects = LookDueQuerySet.as_manager()

    class Meta:
        db_table = "look_due"
        constraints = [one_of("look_due", "kind", list(LookKind))]
        # For the sweep's claim: `due(now=...)`.
        indexes = [models.Index(fields=["kind", "due_at", "person"], name="look_due_by_time")]

    def __str__(self) -> str:
        return str(self.person_id)
