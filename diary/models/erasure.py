"""Accounts that are to be erased, and what stays of those that were.

A tombstone is read when nobody is left to act for: it holds digests and a day. What waits is its
person's own, and due for the sweep.
"""

from django.conf import settings
from django.db import models


class Erasure(models.Model):
    """A person has asked to be erased at `erase_at`, and may take it back until it has begun.

    `due_at` is when the sweep has something to do: at once to tell the person by mail (`told_at`),
    then at `erase_at`. From `begun_at` on nobody can sign in to the account. `receipt` is the
    number the person was given; it opens nothing.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, primary_key=True, related_name="+"
    )
    receipt = models.TextField()
    asked_at = models.DateTimeField()
    erase_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "erasure"
        indexes = [models.Index(fields=["due_at"], name="erasure_first_due")]

    def __str__(self) -> str:
        return str(self.person_id)


class ErasureTombstone(models.Model):
    """Somebody was erased on a day. Rows are only ever inserted.

    `person_digest` is keyed (operations/erasure_list.py): it says of a known id whether it is the
    one, and gives back none. `receipt_digest` is the SHA-256 of the receipt's number.
    """

    person_digest = models.TextField(primary_key=True)
    erased_on = models.DateField()
    receipt_digest = models.TextField()

    class Meta:
        db_table = "erasure_tombstone"
        indexes = [models.Index(fields=["receipt_digest"], name="erasure_tombstone_by_receipt")]

    def __str__(self) -> str:
        return self.person_digest
