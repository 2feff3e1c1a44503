"""What every channel takes and gives back: a message without content in, an outcome out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal, Protocol
from uuid import UUID

Address = Mapping[str, str]


class ChannelsMisconfigured(ValueError):
    """A channel's setting cannot be used; the text names the setting and never repeats a key."""


class Outcome(StrEnum):
    """What became of one attempt to send."""

    DELIVERED = "delivered"  # accepted by the next station, which is not yet read by the person
    RETRY = "retry"
    GONE = "gone"  # the endpoint does not exist any more and must be removed
    REFUSED = "refused"  # trying again would change nothing: a dead letter at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as a channel sees it: nothing in it is about health.

    `key` is the delivery's id, the same on every copy, so that the app shows one. `subject_id` is
    the alert the app shall fetch, None when there is none.
    """

    key: str
    kind: Literal["alert", "reminder", "share"]
    urgent: bool
    subject_id: UUID | None

    def fields(self) -> dict[str, str | None]:
        """Return all that leaves the house: kind, subject and key."""
        subject = None if self.subject_id is None else str(self.subject_id)
        return {"t": self.kind, "id": subject, "key": self.key}

    def body(self) -> str:
        """Return the fields as compact JSON, always the same for the same message."""
        return json.dumps(self.fields(), separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one attempt.

    `error_class` is a short stable word such as `timeout` or `http_503`, empty when delivered.
    `retry_after` is how long the other side asked to be left alone, an hour at most.
    """

    outcome: Outcome
    error_class: str = ""
    retry_after: timedelta | None = None


class Channel(Protocol):
    """A way to send messages to the addresses of one kind. Usable from many threads at once."""

    def send(self, message: Message, address: Address, *, timeout: float) -> Result:
        """Try once to send, for at most `timeout` seconds altogether.

        Never raises for anything a server, a network or a wrong address does.
        """
        ...
