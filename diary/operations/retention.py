"""What a diary lets go of with time: what no phone waits for and nobody needs to look up."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from diary.models import Delivery, PersonSync, RefusedOperation
from diary.models.isolation import acting_for
from diary.operations.counter import lock_counter
from diary.queries.endpoints import left_endpoints
from diary.queries.records import TABLE_OF_TYPE

TOMBSTONE_AGE = timedelta(days=400)  # a phone may lie in a drawer for a year
REFUSED_AGE = timedelta(days=90)  # time to find and repair a mistake of ours
DELIVERY_AGE = timedelta(days=90)  # likewise, when somebody says that a message never came


def let_go(person_id: UUID, *, now: datetime) -> None:
    """Remove what is past its time; a phone that has not seen it will have to read from the start.

    Doing it again removes nothing more.
    """
    with acting_for(person_id):
        lock_counter(person_id)
        floor = max(
            (_newest_purged(person_id, table._meta.db_table, type_, before=now - TOMBSTONE_AGE))
            for type_, table in TABLE_OF_TYPE.items()
        )
        if floor:
            PersonSync.objects.filter(person_id=person_id).update(floor=Greatest(F("floor"), floor))
        RefusedOperation.objects.filter(
            person_id=person_id, refused_at__lt=now - REFUSED_AGE
        ).delete()
        Delivery.objects.filter(subject_id=person_id, finished_at__lt=now - DELIVERY_AGE).delete()
        left_endpoints(person_id).delete()


def _newest_purged(person_id: UUID, table: str, type_: str, *, before: datetime) -> int:
    """Delete the tombstones made before a time and return the highest `seq` of them, or 0."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH purged AS (DELETE FROM {table} AS record USING entry_version AS version"  # noqa: S608 - our names
            " WHERE record.person_id = %(person)s AND record.deleted"
            " AND version.person_id = record.person_id AND version.type = %(type)s"
            " AND version.record_id = record.id AND version.version = record.version"
            " AND version.at < %(before)s RETURNING record.seq)"
            " SELECT coalesce(max(seq), 0) FROM purged",
            {"person": person_id, "type": type_, "before": before},
        )
        return int(cursor.fetchone()[0])
