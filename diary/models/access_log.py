"""Who did what with a diary and when: rows are only ever inserted, each chained to the last."""

from django.conf import settings
from django.db import models

from diary.domain.access_log import Actor
from diary.models.base import one_of

# Nothing that somebody wrote fits in, whoever writes the row.
CODES = r"^[a-z0-9_.:=/ -]{0,200}$"


class AccessLogRow(models.Model):
    """One access. `hash` covers every column and `previous_hash`, which is that of the row before.

    Numbers of a person run from 1 without a gap. The migration makes the database delete the rows
    with their account.
    """

    pk = models.CompositePrimaryKey("person_id", "number")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    number = models.BigIntegerField()
    at = models.DateTimeField()
    action = models.TextField()
    what = models.TextField()
    actor = models.TextField()
    actor_id = models.UUIDField(null=True)
    device_id = models.UUIDField(null=True)
    network = models.TextField()
    request_id = models.UUIDField(null=True)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "access_log"
        constraints = [
            one_of("access_log", "actor", list(Actor)),
            models.CheckConstraint(
                name="access_log_holds_codes_only",
                condition=models.Q(action__regex=CODES, what__regex=CODES, network__regex=CODES),
            ),
        ]
        # For the question whether the same was noted a moment ago.
        indexes = [models.Index(fields=["person", "-at"], name="access_log_newest")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.number}"


class AccessLogBeginning(models.Model):
    """Where a person's chain begins after its oldest rows were forgotten.

    `number` and `hash` are those of the last row that went, `until` is its time. Written by the
    database function `forget_access_log` only; the application cannot.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        db_constraint=False,
    )
    number = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    until = models.DateTimeField()

    class Meta:
        db_table = "access_log_beginning"

    def __str__(self) -> str:
        return str(self.person_id)
