"""Who is calling: the session token of allauth, answered with 401 and tied to a device."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user,
)
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.request import Request

from api.problem_types import (
    DeviceRevoked,
    ReauthenticationRequired,
    SessionExpired,
    Unauthenticated,
)
from diary.models.people import Device, DevicePlatform, User
from diary.models.sessions import SessionStore, session_digest
from diary.operations.devices import (
    DeviceDescription,
    end_session,
    note_device_seen,
    register_device,
)
from diary.operations.origin import note_device
from diary.queries.devices import FoundSession, session_of

NAME_LENGTH = 100
VERSION_LENGTH = 40


class PhoneSessionAuthentication(XSessionTokenAuthentication):
    """Takes the token from the X-Session-Token header and nowhere else.

    `request.user` becomes the person, `request.auth` the `Device` that is calling.
    """

    def authenticate_header(self, request: Request) -> str:
        return 'X-Session-Token realm="quiver"'

    def authenticate(self, request: HttpRequest | Request) -> tuple[User, Device] | None:
        token = self.get_session_token(request)
        if not token:
            return None
        now = timezone.now()
        digest = session_digest(token)
        found = session_of(digest)
        device = found.device
        try:
            refuse_ended(device, digest, now=now)
        except (DeviceRevoked, SessionExpired):
            bare: Any = getattr(request, "_request", request)
            bare.refused_device = device  # for the access log
            raise
        person = signed_in_person(found, now=now) or person_of_session(token)
        if person is None:
            raise SessionExpired if device and idle_too_long(device, now=now) else Unauthenticated
        return person, present_device(request, person, device, digest, now=now)


def calling_device(request: Request) -> Device:
    """Return the device an authenticated request comes from; its `person_id` says who acts."""
    device = request.auth
    if not isinstance(device, Device):
        raise Unauthenticated
    return device


def calling_person(request: Request) -> uuid.UUID:
    """Return the id of the person an authenticated request acts for."""
    return calling_device(request).person_id


def refuse_ended(device: Device | None, digest: str, *, now: datetime) -> None:
    """Raise when the device was revoked or signed in longer ago than a session may last."""
    if device is None:
        return
    if device.revoked_at is not None:
        raise DeviceRevoked
    if now >= device.signed_in_at + settings.SESSION_ABSOLUTE_AGE:
        end_session(digest)
        raise SessionExpired


def idle_too_long(device: Device, *, now: datetime) -> bool:
    """Return whether the session ended because it was not used."""
    return now >= device.last_seen_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)


def signed_in_person(found: FoundSession, *, now: datetime) -> User | None:
    """Return the person where the rows at hand leave no doubt; None says to ask Django.

    All that Django asks for, without its own two statements for the session and the person.
    """
    person, expires_at = found.person, found.expires_at
    if person is None or not found.data or expires_at is None or expires_at <= now:
        return None
    session = SessionStore().decode(found.data)
    is_theirs = (
        person.is_active
        and session.get(SESSION_KEY) == str(person.pk)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    )
    return person if is_theirs else None


def person_of_session(token: str) -> User | None:
    """Return the active person of a live session whose password was not changed since.

    Django's way: it also tells the sessions of an older SECRET_KEY, and ends those it refuses.
    """
    person = get_user(request_of_session(token))
    return person if isinstance(person, User) else None


def require_recent_reauthentication(request: Request) -> None:
    """Raise unless this session was reauthenticated within ACCOUNT_REAUTHENTICATION_TIMEOUT."""
    bare = request_of_session(request.headers["X-Session-Token"])
    person = calling_device(request).person
    bare.user = person
    if not did_recently_reauthenticate(bare):
        raise ReauthenticationRequired(flows=get_reauthentication_flows(person))


def request_of_session(token: str) -> HttpRequest:
    """Return a request that carries nothing but the session, as allauth and Django want to ask."""
    bare = HttpRequest()
    bare.session = KeptSession(session_key=token)
    return bare


class KeptSession(SessionStore):
    """A session as the routes of /v1 read it: they have no way to hand out another token."""

    def cycle_key(self) -> None:
        """Keep the token, where Django would change it because SECRET_KEY was changed."""


def present_device(
    request: HttpRequest | Request,
    person: User,
    device: Device | None,
    digest: str,
    *,
    now: datetime,
) -> Device:
    """Return the device of this session, registered now if it was not at sign-in."""
    if device is None:
        description = described_device(request)
        device = register_device(person.pk, session_digest=digest, description=description, now=now)
    else:
        note_device_seen(device, app_version=app_version_of(request), now=now)
    note_device(device.id)
    return device


def described_device(request: HttpRequest | Request) -> DeviceDescription:
    """Return what the X-Device-* and X-App-Version headers say; unusable parts count as missing."""
    headers = request.headers
    return DeviceDescription(
        id=_uuid_or_none(headers.get("X-Device-Id", "")),
        name=_clean(headers.get("X-Device-Name", ""))[:NAME_LENGTH],
        platform=_platform(headers.get("X-Device-Platform", "")),
        app_version=app_version_of(request),
    )


def app_version_of(request: HttpRequest | Request) -> str:
    """Return what the X-App-Version header says, empty when it is missing."""
    return _clean(request.headers.get("X-App-Version", ""))[:VERSION_LENGTH]


def _uuid_or_none(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _clean(text: str) -> str:
    return "".join(character for character in text if character.isprintable()).strip()


def _platform(text: str) -> DevicePlatform:
    code = text.strip().lower()
    return DevicePlatform(code) if code in DevicePlatform.values else DevicePlatform.OTHER


class PhoneSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document describes the session token."""

    target_class = "api.authentication.PhoneSessionAuthentication"
    name = "sessionToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token"}
