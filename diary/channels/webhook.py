"""Webhooks signed as Standard Webhooks says, with two signatures while a secret is exchanged."""

from datetime import UTC, datetime

from standardwebhooks import Webhook as Signer

from diary.channels.addresses import WebhookAddress, read_address
from diary.channels.attempts import Clock, Meaning, attempt
from diary.channels.base import Address, Message, Result
from diary.channels.limits import Deadline
from diary.channels.outgoing import Outgoing

# Only 410 ends a webhook: a 404 may be a deployment under way (Standard Webhooks, delivery).
MEANING = Meaning(gone=frozenset({410}), refused=frozenset({413}))


class Webhook:
    """Sends signed JSON; the delivery's key is the webhook's id, the same on every attempt."""

    def __init__(self, outgoing: Outgoing, *, clock: Clock) -> None:
        self._outgoing = outgoing
        self._clock = clock

    def send(self, message: Message, address: Address, *, timeout: float) -> Result:
        return attempt(lambda: self._send(message, address, Deadline(timeout)))

    def _send(self, message: Message, address: Address, deadline: Deadline) -> Result:
        fields = read_address(WebhookAddress, address, self._outgoing.policy)
        now = self._clock()
        answer = self._outgoing.post(
            fields.url, message.body().encode(), _headers(message, fields, now), deadline=deadline
        )
        return MEANING.result_of(answer, now=now)


def _headers(message: Message, fields: WebhookAddress, now: datetime) -> dict[str, str]:
    signed_at = now.astimezone(UTC)  # the library takes any zone for UTC
    signatures = [
        Signer(secret).sign(message.key, signed_at, message.body())
        for secret in _secrets(fields, now)
    ]
    return {
        "Content-Type": "application/json",
        "webhook-id": message.key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _secrets(fields: WebhookAddress, now: datetime) -> list[str]:
    """Return the secrets that sign at `now`, the newest first."""
    old, until = fields.previous_secret, fields.previous_until
    return [fields.secret, old] if old and until and now < until else [fields.secret]
