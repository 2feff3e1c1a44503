"""Erasing an account: asked for, taken back, and carried out once its days of grace are over.

An account goes in one transaction, or not at all. Before it, its tombstone is written to the list
that a restored backup is held against. Dying between any two steps leaves the lease to run out, and
doing a step again changes nothing.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from diary.channels.account_mail import AboutErasure, tell_of_erasure
from diary.domain.access_log import Access, Action
from diary.domain.erasure import Tombstone, new_receipt
from diary.models import Erasure, ErasureTombstone, User
from diary.models.isolation import acting_for
from diary.operations.access_log import note_access
from diary.operations.claims import DueTable, claim_due
from diary.operations.devices import end_sessions_of
from diary.operations.erasure_list import tombstone_of, write_down
from diary.queries.people import profile_of

LEASE = timedelta(minutes=5)
_DUE = DueTable(name="erasure", key=("person_id",), columns=("person_id",))

logger = logging.getLogger("quiver.erasure")


def ask_for_erasure(person_id: UUID, *, now: datetime) -> tuple[Erasure, bool]:
    """Return the erasure that waits for this person, and whether it is new.

    Asking again changes neither the day nor the receipt.
    """
    with acting_for(person_id):
        erasure, is_new = Erasure.objects.get_or_create(
            person_id=person_id,
            defaults={
                "receipt": new_receipt(),
                "asked_at": now,
                "erase_at": now + settings.ERASURE_GRACE,
                "due_at": now,
            },
        )
        if is_new:
            note_access(person_id, Access(action=Action.ERASURE_ASKED), now=now)
    return erasure, is_new


def take_back_erasure(person_id: UUID, *, now: datetime) -> None:
    """Let the account live on, unless its erasure has begun; again changes nothing."""
    with acting_for(person_id):
        if Erasure.objects.filter(person_id=person_id, begun_at__isnull=True).delete()[0]:
            note_access(person_id, Access(action=Action.ERASURE_WITHDRAWN), now=now)


def erase_due(*, now: datetime, limit: int) -> int:
    """Do the next step of up to `limit` erasures that are due; return how many were claimed.

    One that fails is tried again when its lease has run out; the others go on.
    """
    claimed = claim_due(_DUE, now=now, until=now + LEASE, limit=limit)
    for (person_id,) in claimed:
        try:
            attend(person_id, now=now)
        except Exception as error:
            logger.error("erasure failed person=%s class=%s", person_id, type(error).__name__)
    return len(claimed)


def attend(person_id: UUID, *, now: datetime) -> None:
    """Do what a claimed erasure wants: tell the person, or erase them.

    Nobody is erased who was not told: while no mail can be sent, the account stays.
    """
    with acting_for(person_id):
        erasure = Erasure.objects.filter(person_id=person_id).first()
    if erasure is None:  # taken back meanwhile
        return
    if erasure.told_at is None:
        _tell(erasure, now=now)
    elif erasure.erase_at <= now:
        _carry_out(erasure, now=now)


def _tell(erasure: Erasure, *, now: datetime) -> None:
    _mail(erasure, AboutErasure.ASKED, erasure.erase_at, *_reader(erasure.person_id))
    with acting_for(erasure.person_id):
        Erasure.objects.filter(person_id=erasure.person_id, told_at__isnull=True).update(
            told_at=now, due_at=F("erase_at"), leased_until=None
        )


def _carry_out(erasure: Erasure, *, now: datetime) -> None:
    if not _begin(erasure.person_id, now=now):
        return
    reader = _reader(erasure.person_id)  # while there is one
    tombstone = tombstone_of(erasure.person_id, erasure.receipt, on=now.date())
    write_down(tombstone)
    erase_now(erasure.person_id, tombstone)
    try:
        _mail(erasure, AboutErasure.DONE, now, *reader)
    except Exception as error:  # the receipt was mailed before, too
        logger.error("last mail failed class=%s", type(error).__name__)


def _begin(person_id: UUID, *, now: datetime) -> bool:
    """Shut the account; from here on there is no way back. Return False if it was taken back."""
    with acting_for(person_id):
        waiting = Q(begun_at__isnull=True, erase_at__lte=now) | Q(begun_at__isnull=False)
        if not Erasure.objects.filter(waiting, person_id=person_id).update(begun_at=now):
            return False
        User.objects.filter(pk=person_id).update(is_active=False)
        end_sessions_of(person_id, keep=None)
    return True


def begin_at_once(person_id: UUID, *, now: datetime) -> None:
    """Begin an erasure that nobody has to be told of: nobody is there, or they asked long ago."""
    at = dict.fromkeys(("asked_at", "erase_at", "told_at", "begun_at", "due_at"), now)
    with acting_for(person_id):
        Erasure.objects.update_or_create(
            person_id=person_id, defaults=at, create_defaults=at | {"receipt": new_receipt()}
        )


def erase_now(person_id: UUID, tombstone: Tombstone | None = None) -> None:
    """Delete every row that names the person, in one transaction with the tombstone's row.

    The erasure has begun and its time has come, or the database refuses.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # a diary of ten years takes its time
        cursor.execute("SELECT erase_person(%s)", [person_id])
        if tombstone is not None:
            _keep(tombstone)


def _keep(tombstone: Tombstone) -> None:
    row = ErasureTombstone(
        person_digest=tombstone.person,
        erased_on=tombstone.erased_on,
        receipt_digest=tombstone.receipt,
    )
    ErasureTombstone.objects.bulk_create([row], ignore_conflicts=True)


def _reader(person_id: UUID) -> tuple[str, str]:
    """Return the person's address and language."""
    email = User.objects.values_list("email", flat=True).get(pk=person_id)
    with acting_for(person_id):
        profile = profile_of(person_id)
    return email, profile.language if profile else "en"


def _mail(erasure: Erasure, about: AboutErasure, at: datetime, email: str, language: str) -> None:
    tell_of_erasure(about, email, language=language, day=at.date(), receipt=erasure.receipt)
