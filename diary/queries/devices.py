"""Reads of the devices that may speak for a person."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from diary.models.isolation import acting_for
from diary.models.people import Device, User

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSession:
    """What is stored under the digest of a token; each part may be missing.

    `device` last signed in with it, revoked or not, and `person` is whose it is. `data` is sealed.
    """

    device: Device | None
    person: User | None
    data: str | None
    expires_at: datetime | None


def session_of(digest: str) -> FoundSession:
    """Return the session of a digest, whoever is acting: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [digest])
        *columns, data, expires_at = cursor.fetchone()
    names = _columns(Device)
    return FoundSession(
        device=_row(Device, columns[: len(names)]),
        person=_row(User, columns[len(names) :]),
        data=data,
        expires_at=expires_at,
    )


def signed_in_devices(person_id: uuid.UUID, *, now: datetime) -> Sequence[Device]:
    """Return the person's devices that hold a session at `now`, the last seen first."""
    with acting_for(person_id):
        devices = Device.objects.of_person(person_id).signed_in(now=now)
        return tuple(devices.order_by("-last_seen_at", "id"))


@cache
def _statement() -> str:
    columns = [f"held.{name}" for name in _columns(Device)]
    columns += [f"holder.{name}" for name in _columns(User)]
    return (  # names come from the models; each of the three may be missing
        f"SELECT {', '.join(columns)}, stored.session_data, stored.expire_date"  # noqa: S608
        " FROM (SELECT %s AS digest) AS asked"
        " LEFT JOIN device_of_session(asked.digest) AS held ON true"
        " LEFT JOIN django_session AS stored ON stored.session_key = asked.digest"
        " LEFT JOIN diary_user AS holder ON holder.id = held.person_id"
    )


@cache
def _columns(table: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in table._meta.concrete_fields)


def _row(table: type[Row], columns: Sequence[Any]) -> Row | None:
    """Return a row of the table, None for one that was not found: all its columns are empty."""
    is_found = any(column is not None for column in columns)
    return table.from_db(connection.alias, _columns(table), columns) if is_found else None
