"""After a restore from a backup: erase again who was erased, and let phones start anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connections, transaction

from diary.domain.erasure import ErasureList, Tombstone
from diary.models import User
from diary.operations.erasure import begin_at_once, erase_now
from diary.operations.erasure_list import erased_among, known_keys, read_list

OWNER_ALIAS = "owner"
CHUNK = 10_000


class ListNotReadable(Exception):
    """The list of erased accounts is missing, or was written under a key that is not set here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRight:
    """What was done: accounts erased again, torn lines passed over, diaries with a new epoch."""

    erased: int
    unreadable: int
    renewed: int


def put_right(paths: Sequence[Path], *, now: datetime) -> PutRight:
    """Erase again whoever the backup brought back, renew all epochs, and note that it was done.

    Safe to repeat, and to repeat after it died. Raises ListNotReadable with nothing noted, so that
    `/readyz` stays red.
    """
    listed = _list(paths)
    erased = _erase_again(listed.tombstones, now=now)
    renewed = renew_epochs()
    _note_lineage()
    return PutRight(erased=erased, unreadable=listed.unreadable, renewed=renewed)


def _list(paths: Sequence[Path]) -> ErasureList:
    try:
        listed = read_list(paths)
    except OSError as error:
        raise ListNotReadable(
            f"{error.filename} cannot be read: {error.strerror}. Where nobody was ever erased, make"
            " an empty file."
        ) from error
    lost = {tombstone.key for tombstone in listed.tombstones} - known_keys()
    if lost:
        raise ListNotReadable(
            "Some lines were written under a SECRET_KEY that is not set here. Add it to"
            " SECRET_KEY_FALLBACKS."
        )
    return listed


def _erase_again(tombstones: Sequence[Tombstone], *, now: datetime) -> int:
    by_digest = {tombstone.person: tombstone for tombstone in tombstones}
    ids = list(User.objects.values_list("pk", flat=True)) if by_digest else []
    back = erased_among(ids, tombstones)
    for person_id, digest in back.items():
        begin_at_once(person_id, now=now)
        erase_now(person_id, by_digest[digest])
    return len(back)


def renew_epochs() -> int:
    """Give every diary a new epoch, so that no phone goes on from a cursor the backup lacks.

    Returns how many there are.
    """
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        # Row security binds the owner as well; nobody else sees the table while it is open.
        cursor.execute("ALTER TABLE person_sync NO FORCE ROW LEVEL SECURITY")
        cursor.execute("UPDATE person_sync SET epoch = gen_random_uuid()")
        renewed: int = cursor.rowcount
        cursor.execute("ALTER TABLE person_sync FORCE ROW LEVEL SECURITY")
    return renewed


def _note_lineage() -> None:
    with connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute(
            "UPDATE lineage SET system_identifier = here.system_identifier::text,"
            " timeline = left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)"
            " FROM pg_control_system() AS here"
        )
