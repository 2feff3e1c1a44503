"""The session engine: the database keeps a digest of each token and sealed data.

A dump of the tables signs nobody in, and holds no mailed code and no secret being set up.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth import SESSION_KEY as PERSON
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import OperationalError
from django.utils import timezone

from diary.models.isolation import acting_for
from diary.models.keyring import keyring
from diary.models.people import Device

# The column of django.contrib.sessions is 40 wide: 160 bits of SHA-256.
DIGEST_LENGTH = 40
SIGNED_IN_AT = "signed_in_at"
PENDING_AGE = timedelta(days=1)  # a sign-up or reset that was begun, and nobody signed in yet
PURPOSE = "quiver session data"


def session_digest(token: str) -> str:
    """Return the name under which the session of this token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()[:DIGEST_LENGTH]


class SessionStore(DatabaseSessionStore):
    """Django's database store with digest and encryption, and the limits of a session's age."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return keyring(PURPOSE).encrypt(self.serializer().dumps(session_dict)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            plain = keyring(PURPOSE).decrypt(session_data)
        except InvalidToken:
            return {}  # sealed under a key that is gone: the person signs in again
        return dict(self.serializer().loads(plain))

    def digest(self, token: str) -> str:
        """Return the name under which this store keeps the session of a token."""
        return session_digest(token)

    def get_absolute_age(self) -> timedelta:
        """Return how long after signing in a session ends, however much it is used."""
        age: timedelta = settings.SESSION_ABSOLUTE_AGE
        return age

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        idle_end = super().get_expiry_date(**kwargs)
        if PERSON not in self:
            return min(idle_end, timezone.now() + PENDING_AGE)
        signed_in_at = datetime.fromtimestamp(self[SIGNED_IN_AT], tz=UTC)
        return min(idle_end, signed_in_at + self.get_absolute_age())

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Store the session, unless another request ended it meanwhile: then it stays ended."""
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            self.modified = False

    def cycle_key(self) -> None:
        """Give the session another token; its device follows, whichever route caused it."""
        device = Device.objects.of_session(self.digest(self.session_key or ""))
        if device is None:
            super().cycle_key()
            return
        with acting_for(device.person_id):
            held = Device.objects.of_person(device.person_id).filter(
                session_digest=device.session_digest
            )
            moved = held.select_for_update().first()
            super().cycle_key()
            if moved is not None and self.session_key:
                held.update(session_digest=self.digest(self.session_key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = self._stored_session()
        if row is None:
            self._session_key = None
        return row

    def _stored_session(self) -> AbstractBaseSession | None:
        if not self.session_key:
            return None
        return self.model.objects.filter(
            session_key=self.digest(self.session_key), expire_date__gt=timezone.now()
        ).first()

    def exists(self, session_key: str) -> bool:
        return super().exists(self.digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        if PERSON in data:
            data.setdefault(SIGNED_IN_AT, timezone.now().timestamp())
        row = super().create_model_instance(data)
        row.session_key = self.digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        token = session_key or self.session_key
        if token:
            self.model.objects.filter(session_key=self.digest(token)).delete()

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        raise NotImplementedError("Sessions are stored by synchronous code only.")
