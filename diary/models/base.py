"""What all synced tables share: the person-first key, version, sequence number and tombstone."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.expressions import Func, Value
from django.db.models.lookups import Exact

from diary.models.sealing import SealedRecord


class SyncedRecord(SealedRecord):
    """A row that phones pull. `seq` is stamped by a database trigger, whoever writes the row.

    The key starts with the person, so another person's id can neither collide nor be probed.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    id = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    seq = models.BigIntegerField(default=0, editable=False)
    deleted = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


def list_field(**options: Any) -> models.JSONField[Any, Any]:
    """Return a JSON column that holds a list; `Meta` pairs it with `holds_a_list`."""
    return models.JSONField(default=list, **options)


def holds_a_list(table: str, *fields: str) -> list[models.CheckConstraint]:
    """Return one constraint per JSON column, so that no writer can store anything but a list."""
    return [
        models.CheckConstraint(
            name=f"{table}_{field}_is_a_list",
            condition=Exact(
                Func(field, function="jsonb_typeof", output_field=models.TextField()),
                Value("array"),
            ),
        )
        for field in fields
    ]


def within(table: str, field: str, low: float, high: float) -> models.CheckConstraint:
    """Return the constraint that a number, where given, lies between two bounds inclusive."""
    return models.CheckConstraint(
        name=f"{table}_{field}_{low:g}_to_{high:g}".replace("-", "minus_"),
        condition=models.Q(**{f"{field}__isnull": True})
        | models.Q(**{f"{field}__gte": low, f"{field}__lte": high}),
    )


def one_of(table: str, field: str, values: Iterable[str]) -> models.CheckConstraint:
    """Return the constraint that a text column holds one of the values."""
    return models.CheckConstraint(
        name=f"{table}_{field}_is_known",
        condition=models.Q(**{f"{field}__in": [str(value) for value in values]}),
    )


def person_first(table: str) -> models.UniqueConstraint:
    """Return the constraint and index of the pull: one sequence number per person and row."""
    return models.UniqueConstraint(fields=["person", "seq"], name=f"{table}_person_seq")
