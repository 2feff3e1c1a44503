"""Changing keys while the service runs: each person, second factor and session by itself.

Every step commits on its own and leaves nothing that does not open, so that a rotation that was
killed is begun again and does what is left.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper

from diary.models import DataKey, User
from diary.models.data_keys import PersonKeys, new_keys, unwrap, wrap
from diary.models.isolation import acting_for
from diary.models.keyring import MFA_SECRETS, derived_key, keyring, open_sealed, seal
from diary.models.sealing import SealedField, all_sealed_fields
from diary.models.sessions import PURPOSE as SESSION_DATA

OWNER_ALIAS = "owner"
SECRETS_OF_A_FACTOR = ("secret", "seed", "migrated_codes")


def everybody() -> Iterator[UUID]:
    """Yield the ids of all accounts."""
    yield from User.objects.order_by("id").values_list("id", flat=True).iterator()


def wrap_anew(person_id: UUID) -> bool:
    """Wrap a person's key under the first of DATA_KEYS; return whether it lay under another.

    What the key sealed stays as it is. Raises CannotOpen when DATA_KEYS misses its key.
    """
    first = next(iter(settings.DATA_KEYS))
    with acting_for(person_id):
        row = DataKey.objects.exclude(wrapped_by=first).select_for_update().first()
        if row is None:
            return False
        keys = unwrap(bytes(row.wrapped), row.wrapped_by, person_id)
        row.wrapped, row.wrapped_by = wrap(keys, person_id)
        row.save()
    return True


def replace_key(person_id: UUID) -> int:
    """Give a person a new key and seal all they have under it; return how many rows that were.

    As the tables' owner, for history may not be changed by the application. Whoever writes for the
    person meanwhile waits. Phones pull the records anew, because their rows have changed.
    """
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('app.person', %s, true)", [str(person_id)])
        cursor.execute("SELECT FROM person_sync WHERE person_id = %s FOR UPDATE", [person_id])
        cursor.execute(
            "SELECT wrapped, wrapped_by FROM data_key WHERE person_id = %s FOR UPDATE", [person_id]
        )
        row = cursor.fetchone()
        if row is None:
            return 0
        old = unwrap(bytes(row[0]), row[1], person_id)
        new = PersonKeys(sealing=new_keys().sealing, digests=old.digests)
        sealed = sum(
            _seal_anew(cursor, table, owner, fields, person_id=person_id, keys=(old, new))
            for (table, owner), fields in all_sealed_fields().items()
        )
        cursor.execute(
            "UPDATE data_key SET wrapped = %s, wrapped_by = %s WHERE person_id = %s",
            [*wrap(new, person_id), person_id],
        )
    return sealed


def _seal_anew(
    cursor: CursorWrapper,
    table: type[models.Model],
    owner: str,
    fields: tuple[SealedField[Any], ...],
    *,
    person_id: UUID,
    keys: tuple[PersonKeys, PersonKeys],
) -> int:
    key = [field.attname for field in table._meta.pk_fields]
    names = [field.attname for field in fields]
    relation = table._meta.db_table
    cursor.execute(  # names come from the models, values are parameters
        f'SELECT {", ".join([*key, *names])} FROM "{relation}" WHERE {owner} = %s',  # noqa: S608
        [person_id],
    )
    changed = [
        _row_sealed_anew(
            {owner: person_id, **dict(zip([*key, *names], row, strict=True))}, fields, keys
        )
        for row in cursor.fetchall()
    ]
    assignments = ", ".join(f"{name} = %({name})s" for name in names)
    place = " AND ".join(f"{name} = %({name})s" for name in key)
    cursor.executemany(
        f'UPDATE "{relation}" SET {assignments} WHERE {place}',  # noqa: S608 - our names
        changed,
    )
    return len(changed)


def _row_sealed_anew(
    row: Mapping[str, Any],
    fields: tuple[SealedField[Any], ...],
    keys: tuple[PersonKeys, PersonKeys],
) -> dict[str, Any]:
    old, new = keys
    sealed = {}
    for field in fields:
        kept = row[field.attname]
        if kept:
            place = field.bound_to(field.place_of(row[field.owner]), row)
            plain = open_sealed(old.cipher, bytes(kept), bound_to=place)
            kept = seal(new.cipher, plain, bound_to=place)
        sealed[field.attname] = kept
    return {**row, **sealed}


def seal_secrets_anew() -> Counter[str]:
    """Seal what lies under SECRET_KEY_FALLBACKS under SECRET_KEY; return how much of each kind.

    What no key opens is left as it is and counted as `lost`.
    """
    count: Counter[str] = Counter()
    for id_ in Authenticator.objects.order_by("id").values_list("id", flat=True).iterator():
        count["second factors"] += _seal_factor_anew(id_, count)
    for name in Session.objects.values_list("session_key", flat=True).iterator():
        count["sessions"] += _seal_session_anew(name, count)
    return count


def _seal_factor_anew(id_: int, count: Counter[str]) -> bool:
    with transaction.atomic():
        factor = Authenticator.objects.select_for_update().filter(id=id_).first()
        if factor is None:
            return False
        held = {name: factor.data[name] for name in SECRETS_OF_A_FACTOR if name in factor.data}
        anew = {
            name: [_anew(each, MFA_SECRETS, count) for each in value]
            if isinstance(value, list)
            else _anew(value, MFA_SECRETS, count)
            for name, value in held.items()
        }
        if anew == held:
            return False
        factor.data |= anew
        factor.save(update_fields=["data"])
    return True


def _seal_session_anew(name: str, count: Counter[str]) -> bool:
    rows = Session.objects.filter(session_key=name)
    held = rows.values_list("session_data", flat=True).first()
    if held is None:
        return False
    anew = _anew(held, SESSION_DATA, count)
    # One that was written meanwhile lies under the present key already.
    return anew != held and bool(rows.filter(session_data=held).update(session_data=anew))


def _anew(token: str, purpose: str, count: Counter[str]) -> str:
    """Return a token of the present key; the same one when no key opens it."""
    try:
        derived_key(settings.SECRET_KEY, purpose).decrypt(token)
    except InvalidToken:
        try:
            return keyring(purpose).rotate(token).decode()
        except InvalidToken:
            count["lost"] += 1
    return token
