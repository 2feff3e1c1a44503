"""What became of the messages about an alert, for the person whose alert it is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diary.domain.deliveries import DeliveryState
from diary.models import Delivery, Endpoint, Follow
from diary.models.isolation import acting_for

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """One message about an alert. `label` is the endpoint's, or what the person calls a follower.

    How a follower is reached is theirs to know: then `kind` and `last_error`, a class, are empty.
    """

    to_follower: bool
    label: str
    kind: str
    state: DeliveryState
    attempts: int
    due_at: datetime
    finished_at: datetime | None
    last_error: str


def messages_about(person_id: UUID, alert_id: UUID) -> tuple[SentMessage, ...]:
    """Return the newest messages about one alert, the oldest first; never an address."""
    with acting_for(person_id):
        rows = Delivery.objects.filter(subject_id=person_id, alert_ids__contains=[alert_id])
        newest = sorted(
            rows.order_by("-created_at")[:MOST_SHOWN],
            key=lambda row: (row.first_due_at, row.recipient_id != person_id, str(row.id)),
        )
        own, followers = _labels(person_id)
    return tuple(
        _message(row, own.get(row.endpoint_id, ""))
        if row.recipient_id == person_id
        else _message(row, followers.get(row.recipient_id, ""), to_follower=True)
        for row in newest
    )


def _labels(person_id: UUID) -> tuple[dict[UUID, str], dict[UUID | None, str]]:
    """Return what the person calls their endpoints and, by their account, their followers."""
    with acting_for(person_id):
        endpoints = Endpoint.objects.filter(person_id=person_id).defer("address")
        follows = Follow.objects.filter(person_id=person_id, follower__isnull=False)
        return {each.id: each.label for each in endpoints}, {
            each.follower_id: each.label for each in follows.order_by("accepted_at")
        }


def _message(row: Delivery, label: str, *, to_follower: bool = False) -> SentMessage:
    return SentMessage(
        to_follower=to_follower,
        label=label,
        kind="" if to_follower else row.kind,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        finished_at=row.finished_at,
        last_error="" if to_follower else row.last_error,
    )
