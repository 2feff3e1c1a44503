"""A person's endpoints as they see them: enough to tell them apart, never the addresses."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db.models import OuterRef, Subquery

from diary.domain.deliveries import DeliveryState, EndpointKind
from diary.models import Delivery, Endpoint
from diary.models.addresses import opened_address


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEndpoint:
    """An endpoint without its address.

    `place` is the host or the masked mailbox, None when it says nothing. `last_error` is the class
    of the failure when the newest message that was tried has not arrived, else empty.
    """

    id: UUID
    kind: EndpointKind
    label: str
    place: str | None
    device_id: UUID | None
    created_at: datetime
    last_delivered_at: datetime | None
    last_error: str


def endpoints_of(person_id: UUID) -> tuple[ListedEndpoint, ...]:
    """Return all endpoints of a person, the oldest first."""
    own = Delivery.objects.filter(recipient_id=OuterRef("person_id"), endpoint_id=OuterRef("id"))
    newest = own.filter(attempts__gt=0).order_by("-created_at")
    arrived = own.filter(state=DeliveryState.DELIVERED).order_by("-created_at")
    found = Endpoint.objects.filter(person_id=person_id).annotate(
        last_delivered_at=Subquery(arrived.values("finished_at")[:1]),
        last_error=Subquery(newest.values("last_error")[:1]),
    )
    return tuple(
        ListedEndpoint(
            id=endpoint.id,
            kind=EndpointKind(endpoint.kind),
            label=endpoint.label,
            place=_place(endpoint),
            device_id=endpoint.device_id,
            created_at=endpoint.created_at,
            last_delivered_at=endpoint.last_delivered_at,
            last_error=endpoint.last_error or "",
        )
        for endpoint in found.order_by("created_at", "id")
    )


def _place(endpoint: Endpoint) -> str | None:
    try:
        address = opened_address(endpoint.address)
    except InvalidToken:  # sealed under a key that is lost: it can still be seen and removed
        return None
    if "email" in address:
        return masked(address["email"])
    return urlsplit(address.get("endpoint") or address.get("url") or "").hostname


def masked(email: str) -> str:
    """Return a mailbox with one letter of its name: enough to know one's own by."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"
