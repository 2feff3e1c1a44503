"""Erasures that wait, those that were carried out, and whether this database was restored."""

from datetime import date
from uuid import UUID

from django.db import connection

from diary.domain.erasure import receipt_digest
from diary.domain.errors import RecordNotFound
from diary.models import Erasure, ErasureTombstone
from diary.models.isolation import acting_for


def erasure_of(person_id: UUID) -> Erasure:
    """Return the erasure that waits for a person. Raises RecordNotFound."""
    with acting_for(person_id):
        erasure = Erasure.objects.filter(person_id=person_id).first()
    if erasure is None:
        raise RecordNotFound
    return erasure


def erased_on(receipt: str) -> date | None:
    """Return the day on which the account of this receipt number was erased, None for others."""
    tombstones = ErasureTombstone.objects.filter(receipt_digest=receipt_digest(receipt))
    return tombstones.values_list("erased_on", flat=True).first()


def was_restored() -> bool:
    """Return whether this database was restored, or its server replaced, and not yet put right.

    A server that is set up anew has another identifier; one that went on from a backup, or took
    over from another, writes another timeline.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM lineage, pg_control_system() AS here"
            " WHERE lineage.system_identifier = here.system_identifier::text"
            " AND timeline = left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))"
        )
        return not cursor.fetchone()[0]
