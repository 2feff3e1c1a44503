"""Reads of the devices that may speak for a person."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from diary.models.isolation import acting_for
from diary.models.people import Device


def device_of_session(session_digest: str) -> Device | None:
    """Return the device last signed in with this session, revoked or not; None when unknown."""
    return Device.objects.of_session(session_digest)


def signed_in_devices(person_id: uuid.UUID, *, now: datetime) -> Sequence[Device]:
    """Return the person's devices that hold a session at `now`, the last seen first."""
    with acting_for(person_id):
        devices = Device.objects.of_person(person_id).signed_in(now=now)
        return tuple(devices.order_by("-last_seen_at", "id"))
