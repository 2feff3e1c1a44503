"""How alerts leave the house: endpoints, what was said, and the deliveries that carry it.

What is claimed across persons holds no diary data: ids, times and states. A delivery is of two
persons, whom it is about and who receives it; both may read it.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from diary.domain.deliveries import About, DeliveryState, EndpointKind
from diary.domain.entries import Reporter
from diary.domain.following import INVITATION_LASTS, RELATIONS
from diary.models.base import one_of
from diary.models.sealing import SealedJSONField, SealedRecord, SealedTextField


class Endpoint(SealedRecord):
    """A way out to a person: a phone's push address, a mailbox, a webhook.

    `address_digest` is what it is known by (models/addresses.py). `device_id`
    ties it to a device: when that is signed out, nothing goes there any more. `failing_since` is
    when the first of its failures in a row was, None while it works.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    id = models.UUIDField()
    kind = models.TextField()
    address = SealedJSONField()
    address_digest = models.TextField()
    label = SealedTextField(default="")
    device_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)

    class Meta:
        db_table = "endpoint"
        constraints = [
            one_of("endpoint", "kind", list(EndpointKind)),
            models.UniqueConstraint(
                fields=["person", "address_digest"], name="endpoint_one_per_person_and_address"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FollowQuerySet(models.QuerySet["Follow"]):
    """Queries over who follows whom."""

    def in_force(self) -> "FollowQuerySet":
        """Return those that were accepted and not ended."""
        return self.filter(accepted_at__isnull=False, ended_at__isnull=True)

    def present(self, *, now: datetime) -> "FollowQuerySet":
        """Return those in force and the invitations that can still be taken up, oldest first."""
        taken_up_or_open = Q(accepted_at__isnull=False) | Q(invited_at__gt=now - INVITATION_LASTS)
        return self.filter(taken_up_or_open, ended_at__isnull=True).order_by("invited_at", "id")


class Follow(SealedRecord):
    """Somebody whom a person lets know: a relative, a carer. Ends when either of the two ends it.

    `code_digest` is the SHA-256 of the invitation's code. `label` is what the person calls the
    follower, `follower_label` what the follower calls the person; each reads their own only.
    `relation` says who the follower is in the entries they log. `levels` are the levels of alerts
    the follower receives; urgent ones up to `repeats` times more while nobody has seen them.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    follower = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True
    )
    code_digest = models.TextField(default="")
    label = SealedTextField(default="")
    follower_label = SealedTextField(default="", owner="follower_id")
    relation = models.TextField(default=Reporter.RELATIVE.value)
    levels = ArrayField(models.TextField(), default=list)
    repeats = models.PositiveSmallIntegerField(default=0)
    may_log = models.BooleanField(default=False)
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        db_table = "follow"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "follower"],
                name="follow_one_at_a_time",
                condition=Q(ended_at__isnull=True, follower__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["code_digest"], name="follow_code_is_unique", condition=~Q(code_digest="")
            ),
            models.CheckConstraint(
                name="follow_nobody_follows_themselves", condition=~Q(person=F("follower"))
            ),
            one_of("follow", "relation", RELATIONS),
        ]
        indexes = [models.Index(fields=["person"], name="follow_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class AlertPush(models.Model):
    """One decision to tell about an alert: what it said since `spoke_at` is told once."""

    pk = models.CompositePrimaryKey("person_id", "alert_id", "spoke_at")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    alert_id = models.UUIDField()
    spoke_at = models.DateTimeField()
    pushed_at = models.DateTimeField()
    urgent = models.BooleanField()

    class Meta:
        db_table = "alert_push"

    def __str__(self) -> str:
        return str(self.alert_id)


class PushDue(models.Model):
    """Whose alerts may have something to tell, and when to ask. Holds ids and times only.

    `set_at` is when `due_at` was set: a row from the future shows a clock that was put back.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    urgent = models.BooleanField()
    due_at = models.DateTimeField()
    set_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "push_due"
        indexes = [
            models.Index(fields=["-urgent", "due_at", "person"], name="push_due_next"),
            models.Index(fields=["set_at"], name="push_due_set"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Queries over what is on its way."""

    def pending(self) -> "DeliveryQuerySet":
        """Return the deliveries that are not finished."""
        return self.filter(state=DeliveryState.PENDING)

    def dead(self) -> "DeliveryQuerySet":
        """Return the dead letters, the oldest first."""
        return self.filter(state=DeliveryState.DEAD).order_by("finished_at")


class Delivery(models.Model):
    """One message to one endpoint of one recipient. `id` names the news and the endpoint.

    `subject` is whose diary it is about, the recipient's own or that of somebody they follow;
    `alert_ids` is empty for all but alerts. `step` above 0 is sent only while nobody has seen it.
    `again` puts it into the lane of repeats, whose endpoints failed before. `first_due_at` is when
    its 72 hours began, `set_at` is when `due_at` was set.
    """

    id = models.UUIDField(primary_key=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    about = models.TextField(default=About.ALERT.value)
    alert_ids = ArrayField(models.UUIDField(), default=list)
    endpoint_id = models.UUIDField()
    kind = models.TextField()
    urgent = models.BooleanField()
    step = models.PositiveSmallIntegerField(default=0)
    state = models.TextField(default=DeliveryState.PENDING.value)
    again = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    set_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        db_table = "delivery"
        constraints = [
            one_of("delivery", "about", list(About)),
            one_of("delivery", "state", list(DeliveryState)),
            one_of("delivery", "kind", list(EndpointKind)),
            models.CheckConstraint(
                name="delivery_of_alerts_names_them",
                condition=(Q(about=About.ALERT.value) & ~Q(alert_ids=[]))
                | Q(about__in=[About.REMINDER.value, About.SHARE.value], alert_ids=[]),
            ),
        ]
        indexes = [
            # What a sweep claims: of one lane, urgent first, then by time.
            models.Index(
                fields=["again", "-urgent", "due_at"],
                name="delivery_next",
                condition=Q(state=DeliveryState.PENDING.value),
            ),
            models.Index(
                fields=["set_at"],
                name="delivery_set",
                condition=Q(state=DeliveryState.PENDING.value),
            ),
            models.Index(
                fields=["finished_at"],
                name="delivery_dead",
                condition=Q(state=DeliveryState.DEAD.value),
            ),
            models.Index(fields=["subject", "-created_at"], name="delivery_by_subject"),
            models.Index(
                fields=["recipient", "endpoint_id", "-created_at"], name="delivery_by_endpoint"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DeliveryAttempt(models.Model):
    """One try to send a delivery. Rows are only ever inserted. `error` is a class, never a text.

    The migration makes the database delete them with their delivery.
    """

    pk = models.CompositePrimaryKey("delivery_id", "number")
    delivery = models.ForeignKey(
        Delivery,
        on_delete=models.DO_NOTHING,
        related_name="attempts_made",
        db_index=False,
        db_constraint=False,
    )
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    outcome = models.TextField()
    error = models.TextField(default="")

    class Meta:
        db_table = "delivery_attempt"

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.number}"
