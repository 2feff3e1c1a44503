"""A person's endpoints as they see them: enough to tell them apart, never the addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from diary.domain.deliveries import DeliveryState, EndpointKind
from diary.models import Delivery, Endpoint
from diary.models.isolation import acting_for


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
    with acting_for(person_id):
        return tuple(map(_listed, _rows(person_id)))


def _rows(person_id: UUID) -> QuerySet[Any]:
    own = Delivery.objects.filter(recipient_id=OuterRef("person_id"), endpoint_id=OuterRef("id"))
    newest = own.filter(attempts__gt=0).order_by("-created_at")
    arrived = own.filter(state=DeliveryState.DELIVERED).order_by("-created_at")
    found = Endpoint.objects.filter(person_id=person_id).annotate(
        last_delivered_at=Subquery(arrived.values("finished_at")[:1]),
        last_error=Subquery(newest.values("last_error")[:1]),
    )
    return found.order_by("created_at", "id")


def _listed(endpoint: Any) -> ListedEndpoint:
    return ListedEndpoint(
        id=endpoint.id,
        kind=EndpointKind(endpoint.kind),
        label=endpoint.label,
        place=_place(endpoint.address),
        device_id=endpoint.device_id,
        created_at=endpoint.created_at,
        last_delivered_at=endpoint.last_delivered_at,
        last_error=endpoint.last_error or "",
    )


def _place(address: Mapping[str, str]) -> str | None:
    if "email" in address:
        return masked(address["email"])
    return urlsplit(address.get("endpoint") or address.get("url") or "").hostname


def masked(email: str) -> str:
    """Return a mailbox with one letter of its name: enough to know one's own by."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"
