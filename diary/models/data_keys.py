"""The key of each person, under which all that they wrote is sealed. Without it nobody reads it.

It lies in a table of its own, wrapped by a key of DATA_KEYS: who deletes the row has erased what is
sealed, and who copies the tables without DATA_KEYS has nothing to open it with.
"""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, models

from diary.models.isolation import acting_now
from diary.models.keyring import CannotOpen, open_sealed, seal

KEY_BYTES = 32
# SQL for the keys of the parameter `person`, to be read beside what they are for: `remember_keys`.
_KEYS = """SELECT json_build_array(encode(wrapped, 'hex'), wrapped_by)::text
    FROM data_key WHERE person_id = %(person)s"""
KEYS_TO_OPEN, KEYS_TO_SEAL = f"({_KEYS})", f"({_KEYS} FOR KEY SHARE)"


class DataKey(models.Model):
    """A person's key, wrapped by the one of DATA_KEYS whose id is `wrapped_by`.

    The migration makes the database delete it with the account.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        db_constraint=False,
    )
    wrapped = models.BinaryField()
    wrapped_by = models.TextField()

    class Meta:
        db_table = "data_key"

    def __str__(self) -> str:
        return str(self.person_id)


@dataclass(frozen=True, kw_only=True)
class PersonKeys:
    """What a person's data key consists of; `digests` stays when `sealing` is changed."""

    sealing: bytes
    digests: bytes

    @cached_property
    def cipher(self) -> AESGCM:
        """Return what seals and opens with `sealing`; made once, not for each value."""
        return AESGCM(self.sealing)


def new_keys() -> PersonKeys:
    """Return random keys."""
    return PersonKeys(sealing=os.urandom(KEY_BYTES), digests=os.urandom(KEY_BYTES))


def wrap(keys: PersonKeys, person_id: UUID) -> tuple[bytes, str]:
    """Return the keys as their row holds them, and the id of the first key of DATA_KEYS."""
    wrapped_by, master = next(iter(settings.DATA_KEYS.items()))
    plain = keys.sealing + keys.digests
    return seal(AESGCM(master), plain, bound_to=f"{person_id}|data_key|{wrapped_by}"), wrapped_by


def unwrap(wrapped: bytes, wrapped_by: str, person_id: UUID) -> PersonKeys:
    """Return the keys of a row. Raises CannotOpen, and names the key of DATA_KEYS it misses."""
    master = settings.DATA_KEYS.get(wrapped_by)
    if master is None:
        raise CannotOpen(f"DATA_KEYS has no key {wrapped_by!r}.")
    plain = open_sealed(AESGCM(master), wrapped, bound_to=f"{person_id}|data_key|{wrapped_by}")
    return PersonKeys(sealing=plain[:KEY_BYTES], digests=plain[KEY_BYTES:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Keys that were read, and the savepoints within which their row is sure to exist.

    Who `may_seal` holds the row, so that they are not replaced before the transaction ends.
    """

    keys: PersonKeys
    savepoints: tuple[str | None, ...]
    may_seal: bool


def keys_of(person_id: UUID, *, to_seal: bool) -> PersonKeys:
    """Return the keys of the person who is acted for; `to_seal`, new ones where there are none.

    Read once for each `acting_for`, and never remembered beyond: keys whose row was rolled back
    must not seal anything. Raises RuntimeError outside `acting_for(person_id)`, and CannotOpen.
    """
    acting = acting_now()
    if acting is None or str(acting.person_id) != str(person_id):
        raise RuntimeError("What is sealed is read and written inside acting_for(its owner).")
    known: _Known | None = acting.remembered
    savepoints = tuple(connection.savepoint_ids)
    if (
        known
        and (known.may_seal or not to_seal)
        and savepoints[: len(known.savepoints)] == known.savepoints
    ):
        return known.keys
    keys = _read(person_id, to_seal=to_seal) or (_made(person_id) if to_seal else None)
    if keys is None:
        raise CannotOpen("The data key of this person is gone.")
    acting.remembered = _Known(keys=keys, savepoints=savepoints, may_seal=to_seal)
    return keys


def remember_keys(person_id: UUID, found: Sequence[str] | None, *, to_seal: bool) -> None:
    """Take what KEYS_TO_SEAL or KEYS_TO_OPEN found; None is a person without keys.

    Who may seal already goes on with what they have.
    """
    acting = acting_now()
    if acting is not None and found is not None and (to_seal or acting.remembered is None):
        wrapped, wrapped_by = found
        acting.remembered = _Known(
            keys=unwrap(bytes.fromhex(wrapped), wrapped_by, person_id),
            savepoints=tuple(connection.savepoint_ids),
            may_seal=to_seal,
        )


def keyed_digest(person_id: UUID, content: bytes) -> bytes:
    """Return 32 bytes to know content by again, which do not let anybody guess it.

    The same as long as the person has a key, also when what is sealed is sealed anew.
    """
    return hmac.digest(keys_of(person_id, to_seal=True).digests, content, "sha256")


def _read(person_id: UUID, *, to_seal: bool) -> PersonKeys | None:
    statement = "SELECT wrapped, wrapped_by FROM data_key WHERE person_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(statement + " FOR KEY SHARE" * to_seal, [person_id])
        row = cursor.fetchone()
    return None if row is None else unwrap(bytes(row[0]), row[1], person_id)


def _made(person_id: UUID) -> PersonKeys | None:
    """Return new keys, or those of whoever was faster: whoever comes second waits for the first."""
    keys = new_keys()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO data_key (person_id, wrapped, wrapped_by) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [person_id, *wrap(keys, person_id)],
        )
        made = cursor.rowcount
    return keys if made else _read(person_id, to_seal=True)
