"""Reports shared by a link: what the person granted, who looked, and how a link is found.

A link and a session are found by their digest before it is known whose report it is. Those two
tables hold ids, times and digests; names and PINs are read only when acting for the person.
"""

from datetime import datetime

from django.conf import settings
from django.db import models

from diary.models.base import one_of
from diary.models.sealing import SealedRecord, SealedTextField
from reports.domain.sharing import MOST_WRONG_PINS, ViewKind


class ShareQuerySet(models.QuerySet["Share"]):
    """Queries over what a person shares."""

    def valid(self, *, now: datetime) -> "ShareQuerySet":
        """Return those that were neither taken back nor have expired."""
        return self.filter(ended_at__isnull=True, expires_at__gt=now)

    def takes_a_pin(self, *, now: datetime) -> "ShareQuerySet":
        """Return those for which a PIN may still be tried."""
        return self.valid(now=now).filter(wrong_pins__lt=MOST_WRONG_PINS)


class Share(SealedRecord):
    """One report that a person has let somebody read.

    `label` is what the person calls them, `made_at` when the report was made, `parameters` what was
    asked of it; both outlive the report. `wrong_pins` counts a try before it is looked at, so that
    guesses at the same time cannot pass the limit; a right one is taken off again.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    id = models.UUIDField()
    report_id = models.UUIDField()
    parameters = models.JSONField()
    made_at = models.DateTimeField()
    label = SealedTextField(default="")
    pin_hash = models.TextField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)

    objects = ShareQuerySet.as_manager()

    class Meta:
        db_table = "share"
        constraints = [
            models.CheckConstraint(
                name="share_wrong_pins_up_to_the_most",
                condition=models.Q(wrong_pins__lte=MOST_WRONG_PINS),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class ShareView(SealedRecord):
    """One look at a shared report. Rows are only ever inserted.

    `recipient` is the name somebody gave for themselves when they opened the link; nobody checked
    it. The migration makes the database delete them with their share.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    id = models.UUIDField()
    share_id = models.UUIDField()
    at = models.DateTimeField()
    what = models.TextField()
    recipient = SealedTextField(default="")
    network = models.TextField()
    browser = models.TextField()

    class Meta:
        db_table = "share_view"
        constraints = [one_of("share_view", "what", list(ViewKind))]
        # For the log the person reads.
        indexes = [models.Index(fields=["person", "share_id", "-at"], name="share_view_newest")]

    def __str__(self) -> str:
        return str(self.id)


class ShareKey(models.Model):
    """Which share a link opens, by the SHA-256 of its secret, and when all of it is forgotten."""

    share_id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    secret_digest = models.TextField(unique=True)
    forget_at = models.DateTimeField()

    class Meta:
        db_table = "share_key"
        indexes = [models.Index(fields=["forget_at"], name="share_key_to_forget")]

    def __str__(self) -> str:
        return str(self.share_id)


class ShareSession(models.Model):
    """A browser that has opened a link, for half an hour at most; `opening_id` is its first view.

    `token_digest` is the SHA-256 of the cookie.
    """

    token_digest = models.TextField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    share_id = models.UUIDField(db_index=True)
    opening_id = models.UUIDField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "share_session"

    def __str__(self) -> str:
        return str(self.opening_id)
