"""Signing devices in and out: the device row and its session row change in one transaction."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from diary.domain.errors import RecordNotFound
from diary.models.isolation import acting_for
from diary.models.outbox import Endpoint
from diary.models.people import Device, DevicePlatform, DeviceQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceDescription:
    """What a phone says about itself; every part may be missing."""

    id: uuid.UUID | None = None
    name: str = ""
    platform: DevicePlatform = DevicePlatform.OTHER
    app_version: str = ""


def register_device(
    person_id: uuid.UUID, *, session_digest: str, description: DeviceDescription, now: datetime
) -> Device:
    """Return the device that now holds this session.

    A phone that names itself keeps its row over sign-ins, and the session it held before ends. A
    phone without an id gets one from the session, so parallel first requests make one row.
    """
    with acting_for(person_id):
        device, created = Device.objects.get_or_create(
            person_id=person_id,
            id=description.id or uuid.uuid5(uuid.NAMESPACE_OID, session_digest),
            defaults={
                "session_digest": session_digest,
                "name": description.name,
                "platform": description.platform,
                "app_version": description.app_version,
                "created_at": now,
                "signed_in_at": now,
                "last_seen_at": now,
            },
        )
        if created or device.session_digest == session_digest:
            return device
        return _sign_in_again(device, session_digest, description, now)


def _sign_in_again(
    device: Device, session_digest: str, description: DeviceDescription, now: datetime
) -> Device:
    devices = Device.objects.of_person(device.person_id).select_for_update()
    device = devices.get(id=device.id)
    Session.objects.filter(session_key=device.session_digest).exclude(
        session_key=session_digest
    ).delete()
    device.session_digest = session_digest
    device.name = description.name or device.name
    device.platform = description.platform
    device.app_version = description.app_version
    device.signed_in_at = device.last_seen_at = now
    device.revoked_at = None
    device.save(
        update_fields=[
            "session_digest",
            "name",
            "platform",
            "app_version",
            "signed_in_at",
            "last_seen_at",
            "revoked_at",
        ]
    )
    return device


def note_device_seen(device: Device, *, app_version: str, now: datetime) -> None:
    """Move the device's idle limit to `now`, at most once per DEVICE_SEEN_EVERY.

    The session never outlives SESSION_ABSOLUTE_AGE after signing in, however often it is seen.
    """
    if now - device.last_seen_at < settings.DEVICE_SEEN_EVERY:
        return
    idle_end = now + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    absolute_end = device.signed_in_at + settings.SESSION_ABSOLUTE_AGE
    with acting_for(device.person_id):
        Device.objects.of_person(device.person_id).filter(id=device.id, revoked_at=None).update(
            last_seen_at=now, app_version=app_version or device.app_version
        )
        Session.objects.filter(session_key=device.session_digest).update(
            expire_date=min(idle_end, absolute_end)
        )


def end_session(session_digest: str) -> None:
    """Delete the session stored under this digest, if there is one."""
    Session.objects.filter(session_key=session_digest).delete()


def end_sessions_of(person_id: uuid.UUID, *, keep: str | None) -> None:
    """Delete the sessions of all the person's devices but the one stored under `keep`."""
    with acting_for(person_id):
        held = Device.objects.of_person(person_id).exclude(session_digest=None)
        digests = held.values_list("session_digest", flat=True)
        Session.objects.filter(session_key__in=digests).exclude(session_key=keep or "").delete()


def revoke_device(person_id: uuid.UUID, device_id: uuid.UUID, *, now: datetime) -> None:
    """End the device's session for good; revoking twice changes nothing.

    Raises RecordNotFound when the person has no such device.
    """
    with acting_for(person_id):
        device = Device.objects.of_person(person_id).filter(id=device_id)
        if not _revoke(person_id, device, now=now) and not device.exists():
            raise RecordNotFound


def revoke_other_devices(person_id: uuid.UUID, *, keep: uuid.UUID, now: datetime) -> int:
    """End the sessions of all the person's devices but one; return how many were revoked."""
    with acting_for(person_id):
        others = Device.objects.of_person(person_id).exclude(id=keep)
        return _revoke(person_id, others, now=now)


def _revoke(person_id: uuid.UUID, devices: DeviceQuerySet, *, now: datetime) -> int:
    rows = devices.filter(revoked_at=None).order_by("id").select_for_update()
    live = list(rows.values_list("session_digest", "id"))
    digests = [digest for digest, _ in live]
    Session.objects.filter(session_key__in=digests).delete()
    for _, device_id in live:
        Endpoint.objects.filter(person_id=person_id, device_id=device_id).delete()
    return devices.filter(revoked_at=None, session_digest__in=digests).update(revoked_at=now)
