"""The session engine: the database keeps a digest of each token, so a dump signs nobody in."""

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

# The column of django.contrib.sessions is 40 wide: 160 bits of SHA-256.
DIGEST_LENGTH = 40


def session_digest(token: str) -> str:
    """Return the name under which the session of this token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()[:DIGEST_LENGTH]


class SessionStore(DatabaseSessionStore):
    """Django's database store with the digest in place of the key in every query."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = self._stored_session()
        if row is None:
            self._session_key = None
        return row

    def _stored_session(self) -> AbstractBaseSession | None:
        if not self.session_key:
            return None
        return self.model.objects.filter(
            session_key=session_digest(self.session_key), expire_date__gt=timezone.now()
        ).first()

    def exists(self, session_key: str) -> bool:
        return super().exists(session_digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = session_digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        token = session_key or self.session_key
        if token:
            self.model.objects.filter(session_key=session_digest(token)).delete()

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        raise NotImplementedError("Sessions are stored by synchronous code only.")
