"""Web Push and UnifiedPush: an encrypted message to the push server the phone named.

RFC 8030 (protocol), RFC 8291 (encryption, by http_ece) and RFC 8292 (VAPID, by PyJWT).
"""

import hashlib
from datetime import timedelta
from types import MappingProxyType
from typing import cast

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from diary.channels.addresses import WebPushAddress, base64url, bytes_of, read_address
from diary.channels.attempts import Clock, Meaning, attempt
from diary.channels.base import Address, ChannelsMisconfigured, Message, Result
from diary.channels.guard import target_of
from diary.channels.limits import Deadline
from diary.channels.outgoing import Outgoing

# How long a push server keeps a message for a phone that is off. A reminder of yesterday is noise.
TIME_TO_LIVE = MappingProxyType(
    {"alert": timedelta(days=3), "reminder": timedelta(hours=6), "share": timedelta(days=3)}
)
TOKEN_AGE = timedelta(hours=12)  # RFC 8292 allows 24
PADDED_LENGTH = 160  # all messages are equally long, whatever they are
TOPIC_LENGTH = 32  # RFC 8030, section 5.4
KEY_BYTES = 32

MEANING = Meaning(gone=frozenset({404, 410}), refused=frozenset({400, 405, 411, 413, 415}))


def vapid_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key in `text`: PEM, or its 32 bytes in base64url.

    Raises ChannelsMisconfigured without repeating it.
    """
    try:
        key = (
            load_pem_private_key(text.encode(), password=None)
            if "-----BEGIN" in text
            else _key_of_bytes(bytes_of(text.strip()))
        )
    except (ValueError, TypeError):
        raise ChannelsMisconfigured("The VAPID key is neither PEM nor base64url.") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != ec.SECP256R1.name:
        raise ChannelsMisconfigured("The VAPID key is not on the curve P-256.")
    return key


def _key_of_bytes(raw: bytes) -> ec.EllipticCurvePrivateKey:
    if len(raw) != KEY_BYTES:
        raise ValueError
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())


def application_server_key(key: ec.EllipticCurvePrivateKey) -> str:
    """Return the public key, in base64url, with which apps subscribe."""
    return base64url(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


class WebPush:
    """Sends to push servers; `subject` is a `mailto:` or `https:` address of the operator."""

    def __init__(
        self, outgoing: Outgoing, *, key: ec.EllipticCurvePrivateKey, subject: str, clock: Clock
    ) -> None:
        self._outgoing = outgoing
        self._key = key
        self._public_key = application_server_key(key)
        self._subject = subject
        self._clock = clock

    def send(self, message: Message, address: Address, *, timeout: float) -> Result:
        return attempt(lambda: self._send(message, address, Deadline(timeout)))

    def _send(self, message: Message, address: Address, deadline: Deadline) -> Result:
        fields = read_address(WebPushAddress, address, self._outgoing.policy)
        answer = self._outgoing.post(
            fields.endpoint,
            _sealed(message, fields),
            self._headers(message, fields.endpoint),
            deadline=deadline,
        )
        return MEANING.result_of(answer, now=self._clock())

    def _headers(self, message: Message, endpoint: str) -> dict[str, str]:
        topic = base64url(hashlib.sha256(message.key.encode()).digest())
        return {
            "Authorization": f"vapid t={self._token(endpoint)}, k={self._public_key}",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(TIME_TO_LIVE[message.kind].total_seconds())),
            "Topic": topic[:TOPIC_LENGTH],  # a copy takes the place of one that still waits
            "Urgency": "high" if message.urgent else "normal",
        }

    def _token(self, endpoint: str) -> str:
        claims = {
            "aud": target_of(endpoint, self._outgoing.policy).origin,
            "exp": int((self._clock() + TOKEN_AGE).timestamp()),
            "sub": self._subject,
        }
        return jwt.encode(claims, self._key, algorithm="ES256")


def _sealed(message: Message, fields: WebPushAddress) -> bytes:
    plain = message.body().ljust(PADDED_LENGTH).encode()
    sealed = http_ece.encrypt(
        plain,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=bytes_of(fields.p256dh),
        auth_secret=bytes_of(fields.auth),
        version="aes128gcm",
    )
    return cast("bytes", sealed)
