"""The service from behind: sessions without a sign-in, rows without the API."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from diary.models import EntryVersion, RefusedOperation, User
from diary.models.isolation import acting_for
from diary.models.sessions import SessionStore
from diary.queries.records import TABLE_OF_TYPE, wire_of_columns
from tests.phone.phone import Phone
from tests.phone.transport import InsideTransport, Transport


def session_of(person: User) -> str:
    """Return the token of a new session, as signing in makes it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def phone_of(person: User, transport: Transport | None = None, **options: Any) -> Phone:
    """Return a phone on which the person is signed in."""
    phone = Phone(transport or InsideTransport(), **options)
    phone.memory.session_token = session_of(person)
    phone.disk.save(phone.memory)
    return phone


def rows_of(person_id: UUID) -> dict[str, tuple[int, Any]]:
    """Return version and data (None for a tombstone) of every record, by type and id."""
    with acting_for(person_id):
        return {
            f"{type_.value}/{row.id}": (row.version, wire_of_columns(type_, vars(row))["data"])
            for type_, table in TABLE_OF_TYPE.items()
            for row in table.objects.filter(person_id=person_id)
        }


def refused_of(person_id: UUID) -> list[Any]:
    """Return the operations that were refused, as the phone sent them."""
    with acting_for(person_id):
        kept = list(RefusedOperation.objects.filter(person_id=person_id))
    return [each.content for each in kept]


def history_of(person_id: UUID) -> list[EntryVersion]:
    """Return every applied operation, the versions of a record in order."""
    with acting_for(person_id):
        return list(
            EntryVersion.objects.filter(person_id=person_id).order_by(
                "type", "record_id", "version"
            )
        )
