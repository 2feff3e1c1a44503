"""The tables behind the phone protocol: the per-person counter and the version history."""

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from diary.models.sealing import SealedJSONField, SealedRecord


class PersonSync(models.Model):
    """One row per person: every writer locks it first, so commit order is `seq` order.

    `epoch` changes after a restore, `floor` rises when tombstones are purged.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, primary_key=True, related_name="+"
    )
    epoch = models.UUIDField(db_default=RandomUUID())
    seq = models.BigIntegerField(db_default=0)
    floor = models.BigIntegerField(db_default=0)

    class Meta:
        db_table = "person_sync"

    def __str__(self) -> str:
        return str(self.person_id)


class EntryVersion(SealedRecord):
    """One applied operation: idempotency store, version history and audit trail in one.

    Rows are only ever inserted. `fingerprint` is the keyed digest of type, id, base version and
    content; `advice` is what the writer was told, so that a repeated request is told the same.
    `actor_id` is the follower who wrote it, None when it was the person.
    """

    pk = models.CompositePrimaryKey("person_id", "op_id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    op_id = models.UUIDField()
    type = models.TextField()
    record_id = models.UUIDField()
    version = models.PositiveIntegerField()
    fingerprint = models.BinaryField(max_length=32)
    actor_id = models.UUIDField(null=True)
    device_id = models.UUIDField(null=True)
    deleted = models.BooleanField()
    data = SealedJSONField()
    advice = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        db_table = "entry_version"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "type", "record_id", "version"],
                name="entry_version_one_per_record_version",
            )
        ]

    def __str__(self) -> str:
        return str(self.op_id)


class RefusedOperation(SealedRecord):
    """An operation that was invalid, as the phone sent it: a mistake of ours costs nobody an entry.

    `digest` is the keyed digest of its JSON, so that a repeat is kept once.
    """

    pk = models.CompositePrimaryKey("person_id", "digest")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    digest = models.BinaryField(max_length=32)
    content = SealedJSONField()
    refused_at = models.DateTimeField()

    class Meta:
        db_table = "refused_operation"

    def __str__(self) -> str:
        return str(self.person_id)
