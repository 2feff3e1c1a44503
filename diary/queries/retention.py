"""Whom the round of retention comes to, and the oldest of each class that is still there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min, QuerySet

from diary.domain.retention import Kept
from diary.models import AccessLogRow, Delivery, Device, RefusedOperation, User
from diary.queries.records import TABLE_OF_TYPE

IDS = 2**128

Oldest = Mapping[Kept, datetime | None]


def persons_of_part(part: int, *, of: int) -> list[UUID]:
    """Return the persons of one part of all there are, by the first digits of their ids."""
    size = IDS // of
    first, last = UUID(int=part * size), UUID(int=(part + 1) * size - 1)
    rows = User.objects.filter(pk__range=(first, last))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def unverified_accounts(*, before: datetime) -> QuerySet[User, UUID]:
    """Return the accounts opened before then by sign-up whose address nobody has confirmed."""
    signed_up = User.objects.filter(
        emailaddress__isnull=False, is_staff=False, date_joined__lt=before
    )
    unverified = signed_up.exclude(emailaddress__verified=True)
    return unverified.order_by("pk").values_list("pk", flat=True).distinct()


def oldest_access(person_id: UUID) -> datetime | None:
    """Return when the oldest access was that the log still holds."""
    return _first(AccessLogRow.objects.filter(person_id=person_id), "at")


def oldest_of(person_id: UUID) -> Oldest:
    """Return since when the oldest of each class counts that a person still has.

    Call inside `acting_for(person_id)`.
    """
    return {
        Kept.REFUSED_OPERATIONS: _first(
            RefusedOperation.objects.filter(person_id=person_id), "refused_at"
        ),
        Kept.DELIVERIES: _first(Delivery.objects.filter(subject_id=person_id), "finished_at"),
        Kept.DELETED_RECORDS: _oldest_deletion(person_id),
        Kept.REVOKED_DEVICES: _first(Device.objects.of_person(person_id), "revoked_at"),
        Kept.ACCESS_LOG: oldest_access(person_id),
    }


def _first(rows: QuerySet[Any], column: str) -> datetime | None:
    found: datetime | None = rows.aggregate(first=Min(column))["first"]
    return found


def _oldest_deletion(person_id: UUID) -> datetime | None:
    each = (
        f"SELECT version.at FROM {table._meta.db_table} AS record JOIN entry_version AS version"  # noqa: S608 - our names
        " ON version.person_id = record.person_id AND version.type = %s"
        " AND version.record_id = record.id AND version.version = record.version"
        " WHERE record.person_id = %s AND record.deleted"
        for table in TABLE_OF_TYPE.values()
    )
    values = [value for type_ in TABLE_OF_TYPE for value in (type_.value, person_id)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(at) FROM ({' UNION ALL '.join(each)}) AS deleted", values)  # noqa: S608 - our names
        found: datetime | None = cursor.fetchone()[0]
    return found
