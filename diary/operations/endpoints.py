"""Registering the ways out to a person, changing a webhook's secret, and removing them."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from diary.channels.addresses import SECRET_PREFIX
from diary.domain.deliveries import EndpointKind
from diary.domain.errors import FieldError, InvalidRecord, LimitReached, RecordNotFound
from diary.models import Endpoint
from diary.models.addresses import address_digest
from diary.models.isolation import acting_for
from diary.operations.counter import lock_counter
from diary.queries.endpoints import left_endpoints
from diary.queries.people import has_verified_email

MOST_ENDPOINTS = 10
SECRET_BYTES = 32
PREVIOUS_SECRET_LASTS = timedelta(hours=24)

# The field of an address that makes it the same address, whatever the others hold.
PLACE_OF_KIND = MappingProxyType(
    {
        EndpointKind.WEB_PUSH: "endpoint",
        EndpointKind.FCM: "token",
        EndpointKind.WEBHOOK: "url",
        EndpointKind.EMAIL: "email",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRequest:
    """What somebody wants to be reached by. `address` was checked; a webhook's has no secret yet.

    With `device_id` nothing goes there any more once that device is signed out.
    """

    kind: EndpointKind
    address: Mapping[str, str]
    label: str = ""
    device_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredEndpoint:
    """An endpoint after a request for it; `secret` is a new webhook's and is never told again."""

    id: UUID
    created: bool
    secret: str | None = None


def register_endpoint(
    person_id: UUID, request: EndpointRequest, *, now: datetime
) -> RegisteredEndpoint:
    """Store the endpoint. The same address again stays one endpoint and takes what is new.

    At the limit those of devices that have signed out make room. Raises InvalidRecord for a mailbox
    that is not the person's own, and LimitReached.
    """
    place = request.address[PLACE_OF_KIND[request.kind]]
    if request.kind is EndpointKind.EMAIL:
        place = place.lower()
        if not has_verified_email(person_id, place):
            raise _not_verified()
    with acting_for(person_id):
        lock_counter(person_id)  # two requests at once neither double an address nor pass the limit
        digest = address_digest(person_id, request.kind, place)
        known = Endpoint.objects.filter(person_id=person_id, address_digest=digest).first()
        if known is not None:
            return _renewed(known, request)
        if not _has_room(person_id):
            left_endpoints(person_id).delete()
            if not _has_room(person_id):
                raise LimitReached
        return _created(person_id, request, digest=digest, now=now)


def _has_room(person_id: UUID) -> bool:
    return Endpoint.objects.filter(person_id=person_id).count() < MOST_ENDPOINTS


def _not_verified() -> InvalidRecord:
    sentence = "This address is not confirmed for this account."
    return InvalidRecord((FieldError(path=("email",), code="not_verified", detail=sentence),))


def _renewed(known: Endpoint, request: EndpointRequest) -> RegisteredEndpoint:
    if request.kind is not EndpointKind.WEBHOOK:  # a webhook keeps its secrets
        known.address = request.address
    known.label, known.device_id = request.label, request.device_id
    known.save(update_fields=["address", "label", "device_id"])
    return RegisteredEndpoint(id=known.id, created=False)


def _created(
    person_id: UUID, request: EndpointRequest, *, digest: str, now: datetime
) -> RegisteredEndpoint:
    secret = new_secret() if request.kind is EndpointKind.WEBHOOK else None
    address = {**request.address, **({"secret": secret} if secret else {})}
    endpoint = Endpoint.objects.create(
        person_id=person_id,
        id=uuid4(),
        kind=request.kind.value,
        address=address,
        address_digest=digest,
        label=request.label,
        device_id=request.device_id,
        created_at=now,
    )
    return RegisteredEndpoint(id=endpoint.id, created=True, secret=secret)


def change_secret(person_id: UUID, endpoint_id: UUID, *, now: datetime) -> tuple[str, datetime]:
    """Give a webhook a new secret; return it and until when the one before signs too.

    Once more within that time replaces the new secret only: its answer may have been lost, and the
    receiver still has the one before. Raises RecordNotFound when there is no such webhook.
    """
    with acting_for(person_id):
        webhooks = Endpoint.objects.filter(person_id=person_id, kind=EndpointKind.WEBHOOK)
        endpoint = webhooks.select_for_update().filter(id=endpoint_id).first()
        if endpoint is None:
            raise RecordNotFound
        address = endpoint.address
        until = _previous_until(address)
        if until is None or until <= now:
            until = now + PREVIOUS_SECRET_LASTS
            address |= {"previous_secret": address["secret"], "previous_until": until.isoformat()}
        secret = new_secret()
        endpoint.address = address | {"secret": secret}
        endpoint.save(update_fields=["address"])
    return secret, until


def _previous_until(address: Mapping[str, str]) -> datetime | None:
    until = address.get("previous_until")
    return datetime.fromisoformat(until) if until else None


def new_secret() -> str:
    """Return a random webhook secret as Standard Webhooks writes them."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def remove_endpoint(person_id: UUID, endpoint_id: UUID) -> None:
    """Remove an endpoint; nothing that waits is sent there. Raises RecordNotFound."""
    with acting_for(person_id):
        removed, _ = Endpoint.objects.filter(person_id=person_id, id=endpoint_id).delete()
    if not removed:
        raise RecordNotFound


def forget_mailbox(person_id: UUID, email: str) -> None:
    """Remove the endpoint of a mailbox that does not belong to the account any more."""
    with acting_for(person_id):
        digest = address_digest(person_id, EndpointKind.EMAIL, email.lower())
        Endpoint.objects.filter(person_id=person_id, address_digest=digest).delete()
