"""Sessions of the staff site: short, and strangers to those of phones in both directions."""

import hashlib
from datetime import timedelta

from diary.models.sessions import DIGEST_LENGTH, SessionStore

IDLE_AGE = timedelta(minutes=30)
ABSOLUTE_AGE = timedelta(hours=8)


class StaffSessionStore(SessionStore):
    """Keeps its sessions under digests of another kind.

    No phone's token opens one of them, and no token of staff is worth anything to the API.
    """

    def digest(self, token: str) -> str:
        hashed = hashlib.blake2b(token.encode(), digest_size=DIGEST_LENGTH // 2, person=b"staff")
        return hashed.hexdigest()

    def get_session_cookie_age(self) -> int:
        return int(IDLE_AGE.total_seconds())

    def get_absolute_age(self) -> timedelta:
        return ABSOLUTE_AGE

    def cycle_key(self) -> None:
        """Keep the token: each sign-in begins a session of its own."""
