"""The list of erased accounts, kept beside the database: a restored backup cannot undo it."""

import hmac
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings

from diary.domain.erasure import ErasureList, Tombstone, line_of, read_lines, receipt_digest
from diary.models.keyring import derived_secret

ERASED = "quiver erased accounts"  # the purpose of the key
KEY_NAME_LENGTH = 16


def tombstone_of(person_id: UUID, receipt: str, *, on: date) -> Tombstone:
    """Return what will stay of an account."""
    key = _keys()[0]
    return Tombstone(
        key=key_name(key),
        person=_digest(key, person_id),
        erased_on=on,
        receipt=receipt_digest(receipt),
    )


def write_down(tombstone: Tombstone) -> None:
    """Append a tombstone to ERASURE_LIST; when this returns it is on the disk. Raises OSError."""
    path = Path(settings.ERASURE_LIST)
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    # It begins with a line end: after a write that was torn it still stands on a line of its own.
    line = f"\n{line_of(tombstone)}\n".encode()
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(file, line) != len(line):
            raise OSError("The erasure list could not be written whole.")
        os.fsync(file)
    finally:
        os.close(file)
    if is_new:
        _keep_name(path.parent)


def read_list(paths: Iterable[Path]) -> ErasureList:
    """Return what these lists say together. Raises OSError for one that cannot be read."""
    return read_lines(line for path in paths for line in path.read_text().splitlines())


def erased_among(person_ids: Iterable[UUID], tombstones: Iterable[Tombstone]) -> dict[UUID, str]:
    """Return those of the persons who have a tombstone, each with the digest of it."""
    known = {tombstone.person for tombstone in tombstones}
    keys = _keys()
    return {
        person_id: digest
        for person_id in person_ids
        for key in keys
        if (digest := _digest(key, person_id)) in known
    }


def known_keys() -> frozenset[str]:
    """Return the names of the keys whose tombstones can be told apart here."""
    return frozenset(map(key_name, _keys()))


def key_name(key: bytes) -> str:
    """Return what a tombstone calls its key."""
    return hmac.digest(key, b"name", "sha256").hex()[:KEY_NAME_LENGTH]


def _keys() -> list[bytes]:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [derived_secret(str(secret), ERASED) for secret in secrets]


def _digest(key: bytes, person_id: UUID) -> str:
    return hmac.digest(key, person_id.bytes, "sha256").hex()


def _keep_name(folder: Path) -> None:
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
