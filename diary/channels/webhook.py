"""Webhooks signed as Standard Webhooks says, with two signatures while a secret is exchanged.

Address: `url`, `secret` (`whsec_` and base64 of 24 to 64 bytes), and while a receiver changes over
`previous_secret`.
"""

import base64
from datetime import UTC
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError
from standardwebhooks import Webhook as Signer

from diary.channels.addresses import AddressForm
from diary.channels.attempts import Clock, Meaning, attempt
from diary.channels.base import Address, Message, Result
from diary.channels.limits import Deadline
from diary.channels.outgoing import Outgoing
from diary.domain.errors import FieldError
from diary.domain.wire.fields import WireModel

SECRET_PREFIX = "whsec_"  # noqa: S105 - what secrets start with
SHORTEST_SECRET, LONGEST_SECRET = 24, 64  # bytes, from the specification

# Only 410 ends a webhook: a 404 may be a deployment under way (Standard Webhooks, delivery).
MEANING = Meaning(gone=frozenset({410}), refused=frozenset({413}))


def _is_secret(text: str) -> str:
    try:
        raw = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except ValueError:
        raw = b""
    if not text.startswith(SECRET_PREFIX) or not SHORTEST_SECRET <= len(raw) <= LONGEST_SECRET:
        sentence = "This must be whsec_ and the base64 of 24 to 64 bytes."
        raise PydanticCustomError("webhook_secret", sentence)
    return text


class WebhookAddress(WireModel):
    """Where a webhook goes and what it is signed with, the newest secret first."""

    url: str
    secret: Annotated[str, AfterValidator(_is_secret)]
    previous_secret: Annotated[str, AfterValidator(_is_secret)] | None = None


class Webhook:
    """Sends signed JSON; the delivery's key is the webhook's id, the same on every attempt."""

    def __init__(self, outgoing: Outgoing, *, clock: Clock) -> None:
        self._outgoing = outgoing
        self._form = AddressForm(WebhookAddress, url="url", policy=outgoing.policy)
        self._clock = clock

    def check_address(self, address: Address) -> tuple[FieldError, ...]:
        return self._form.errors(address)

    def send(self, message: Message, address: Address, *, timeout: float) -> Result:
        return attempt(lambda: self._send(message, address, Deadline(timeout)))

    def _send(self, message: Message, address: Address, deadline: Deadline) -> Result:
        fields = self._form.read(address)
        answer = self._outgoing.post(
            fields.url, message.body().encode(), self._headers(message, fields), deadline=deadline
        )
        return MEANING.result_of(answer, now=self._clock())

    def _headers(self, message: Message, fields: WebhookAddress) -> dict[str, str]:
        now = self._clock().astimezone(UTC)  # the library takes any zone for UTC
        secrets = [secret for secret in (fields.secret, fields.previous_secret) if secret]
        signed = [Signer(secret).sign(message.key, now, message.body()) for secret in secrets]
        return {
            "Content-Type": "application/json",
            "webhook-id": message.key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(signed),
        }
