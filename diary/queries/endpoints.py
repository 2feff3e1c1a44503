"""Endpoints of people: where something can still arrive."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from diary.models import Device, Endpoint


def live_endpoints(people: Iterable[UUID]) -> QuerySet[Endpoint]:
    """Return the endpoints of these people that may be used, the oldest first.

    Not those of a closed account, nor of a device that was revoked or signed out. A session that
    merely ran out is no sign-out: the message says nothing, and the alert waits behind the sign-in.
    """
    endpoints = Endpoint.objects.filter(person_id__in=list(people), person__is_active=True)
    signed_in = Q(device_id__isnull=True) | Exists(_signed_in_device())
    return endpoints.filter(signed_in).order_by("created_at", "id")


def left_endpoints(person_id: UUID) -> QuerySet[Endpoint]:
    """Return the endpoints of devices that are not signed in any more."""
    of_devices = Endpoint.objects.filter(person_id=person_id, device_id__isnull=False)
    return of_devices.filter(~Exists(_signed_in_device()))


def _signed_in_device() -> QuerySet[Device]:
    session = Session.objects.filter(session_key=OuterRef("session_digest"))
    return Device.objects.filter(
        Exists(session),
        person_id=OuterRef("person_id"),
        id=OuterRef("device_id"),
        revoked_at__isnull=True,
    )
