"""What is let go of with time: what no phone waits for and nobody needs to look up.

Once a day a round goes over all persons, part by part: any number of workers share it, and one that
dies leaves what was left of its part to the next day.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from diary.domain.retention import Kept
from diary.models import Delivery, Device, PersonSync, RefusedOperation, RetentionRound
from diary.models.isolation import acting_for
from diary.operations.access_log import forget_accesses
from diary.operations.counter import lock_counter
from diary.operations.erasure import begin_at_once, erase_now
from diary.queries.endpoints import left_endpoints
from diary.queries.records import TABLE_OF_TYPE
from diary.queries.retention import oldest_access, persons_of_part, unverified_accounts

PARTS = 4096  # by the first digits of their ids, which are random
ROUND_EVERY = timedelta(days=1)
ACCOUNTS_AT_ONCE = 100

logger = logging.getLogger("quiver.retention")


def let_go_of_next_part(*, now: datetime) -> bool:
    """Let go for the next part of the persons; return False when today's round is over.

    One person for whom it fails waits for the next round; the others go on.
    """
    part = _take_part(now=now)
    if part is None:
        return False
    if part == 0:
        _try("sessions", partial(_end_sessions, now=now))
        _try("accounts", partial(_close_unverified, now=now))
    for person_id in persons_of_part(part, of=PARTS):
        for step in (let_go, let_go_of_accesses):
            _try(str(person_id), partial(step, person_id, now=now))
    return True


def _try(what: str, step: Callable[[], None]) -> None:
    try:
        step()
    except Exception as error:
        logger.error("letting go failed of=%s class=%s", what, type(error).__name__)


def _take_part(*, now: datetime) -> int | None:
    with transaction.atomic():
        RetentionRound.objects.get_or_create(pk=1, defaults={"begun_at": now})
        present = RetentionRound.objects.select_for_update().get(pk=1)
        if present.parts_done == PARTS:
            if now < present.begun_at + ROUND_EVERY:
                return None
            present.parts_done, present.begun_at = 0, now
        part = present.parts_done
        present.parts_done += 1
        present.save()
    return part


def let_go(person_id: UUID, *, now: datetime) -> None:
    """Remove what is past its time; a phone that has not seen it will have to read from the start.

    Doing it again removes nothing more.
    """
    before = {kept: now - term for kept, term in settings.RETENTION.items()}
    with acting_for(person_id):
        lock_counter(person_id)
        floor = max(
            _newest_purged(
                person_id, table._meta.db_table, type_, before=before[Kept.DELETED_RECORDS]
            )
            for type_, table in TABLE_OF_TYPE.items()
        )
        if floor:
            PersonSync.objects.filter(person_id=person_id).update(floor=Greatest(F("floor"), floor))
        RefusedOperation.objects.filter(
            person_id=person_id, refused_at__lt=before[Kept.REFUSED_OPERATIONS]
        ).delete()
        Delivery.objects.filter(
            subject_id=person_id, finished_at__lt=before[Kept.DELIVERIES]
        ).delete()
        left_endpoints(person_id).delete()
        revoked = Device.objects.of_person(person_id)
        revoked.filter(revoked_at__lt=before[Kept.REVOKED_DEVICES]).delete()


def let_go_of_accesses(person_id: UUID, *, now: datetime) -> None:
    """Forget the oldest accesses to a diary; the database, by its own clock, keeps the last year.

    Apart from the rest: a clock that is wrong must not keep that from being let go of.
    """
    before = now - settings.RETENTION[Kept.ACCESS_LOG]
    with acting_for(person_id):
        oldest = oldest_access(person_id)
        if oldest is not None and oldest < before:
            forget_accesses(person_id, before=before)


def _end_sessions(*, now: datetime) -> None:
    """Delete the sessions that ended by themselves; those that were ended are gone already."""
    ended = now - settings.RETENTION[Kept.SESSIONS]
    Session.objects.filter(expire_date__lt=ended).delete()


def _close_unverified(*, now: datetime) -> None:
    """Erase the accounts whose address nobody has confirmed in time."""
    before = now - settings.RETENTION[Kept.UNVERIFIED_ACCOUNTS]
    while ids := list(unverified_accounts(before=before)[:ACCOUNTS_AT_ONCE]):
        for person_id in ids:
            begin_at_once(person_id, now=now)
            erase_now(person_id)


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
