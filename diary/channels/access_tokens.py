"""Access tokens for Google's services: a signed statement is exchanged, and kept while it is good.

RFC 7523 as Google's service accounts use it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from diary.channels.attempts import Clock
from diary.channels.base import ChannelsMisconfigured
from diary.channels.limits import Deadline
from diary.channels.outgoing import Answer, Outgoing, Unanswered

SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
STATEMENT_AGE = timedelta(hours=1)  # the longest Google takes
RENEW_BEFORE = timedelta(minutes=5)
OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """What is used of a service account's key file."""

    project_id: str
    client_email: str
    key_id: str
    key: RSAPrivateKey
    token_uri: str


def service_account(file: Mapping[str, str]) -> ServiceAccount:
    """Return the account of a key file; raises ChannelsMisconfigured without repeating the key."""
    try:
        key = load_pem_private_key(file["private_key"].encode(), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError
        return ServiceAccount(
            project_id=file["project_id"],
            client_email=file["client_email"],
            key_id=file.get("private_key_id", ""),
            key=key,
            token_uri=file.get("token_uri", "https://oauth2.googleapis.com/token"),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ChannelsMisconfigured("The FCM service account's file cannot be used.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """A bearer token and when it is to be replaced."""

    text: str
    renew_at: datetime


class AccessTokens:
    """Keeps one token for all threads; one of them renews it while the others wait."""

    def __init__(self, outgoing: Outgoing, account: ServiceAccount, *, clock: Clock) -> None:
        self._outgoing = outgoing
        self._account = account
        self._clock = clock
        self._lock = Lock()
        self._token: AccessToken | None = None

    def token(self, *, deadline: Deadline, rejected: str = "") -> str:
        """Return a token that is good and is not the `rejected` one.

        Raises Unanswered or TimeoutError when none can be had.
        """
        if not self._lock.acquire(timeout=deadline.left()):
            raise TimeoutError
        try:
            token = self._token
            if token is None or token.text == rejected or token.renew_at <= self._clock():
                token = self._token = self._renewed(deadline)
            return token.text
        finally:
            self._lock.release()

    def _renewed(self, deadline: Deadline) -> AccessToken:
        answer = self._outgoing.post(
            self._account.token_uri,
            urlencode({"grant_type": GRANT_TYPE, "assertion": self._statement()}).encode(),
            {"Content-Type": "application/x-www-form-urlencoded"},
            deadline=deadline,
            read_body=True,
        )
        if answer.status != OK:
            raise Unanswered(f"token_http_{answer.status}")
        return self._read(answer)

    def _read(self, answer: Answer) -> AccessToken:
        try:
            content = json.loads(answer.body)
            lifetime = timedelta(seconds=int(content["expires_in"]))
            renew_at = self._clock() + lifetime - RENEW_BEFORE
            return AccessToken(text=str(content["access_token"]), renew_at=renew_at)
        except (ValueError, KeyError, TypeError, OverflowError):
            raise Unanswered("token_unreadable") from None

    def _statement(self) -> str:
        now = self._clock()
        claims = {
            "iss": self._account.client_email,
            "scope": SCOPE,
            "aud": self._account.token_uri,
            "iat": int(now.timestamp()),
            "exp": int((now + STATEMENT_AGE).timestamp()),
        }
        headers = {"kid": self._account.key_id} if self._account.key_id else None
        return jwt.encode(claims, self._account.key, algorithm="RS256", headers=headers)
