"""Staff sign in by address, password and a code of their app, all at once; each try is counted."""

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from django.conf import settings
from django.contrib.auth import get_user, login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from diary.domain.access_log import Access, Action
from diary.models import DevicePlatform, User
from diary.models.staff_sessions import StaffSessionStore
from diary.operations.access_log import note_access
from diary.operations.devices import DeviceDescription, register_device
from diary.operations.security_log import SecurityEvent, log_security_event
from diary.queries.accounts import may_be_staff

COOKIE = "__Host-staff"
LONGEST_FIELD = 500
# The session is among the person's own devices, so that they can see it and end it from a phone.
DEVICE = DeviceDescription(name="Staff site", platform=DevicePlatform.WEB)


def field(request: HttpRequest, name: str) -> str:
    """Return a field of the form, without what PostgreSQL cannot look for."""
    return request.POST.get(name, "")[:LONGEST_FIELD].replace("\0", "")


def sign_in(request: HttpRequest) -> User | None:
    """Return the member of staff whom all three fields name; None whatever else is wrong.

    Raises ImmediateHttpResponse after too many tries, and when they cannot be counted, what the
    counter raises.
    """
    address, password, code = (field(request, name) for name in ("address", "password", "code"))
    person = get_adapter().authenticate(request, email=address, password=password)
    if not isinstance(person, User) or not _is_staff(person):
        return None
    form = AuthenticateForm({"code": code}, user=person)
    if not form.is_valid():
        return None
    form.authenticator.record_usage()
    return person


@transaction.atomic
def begin_session(person: User, response: HttpResponse) -> None:
    """Start a session, noted in the log of its owner, and hand its token out in the cookie."""
    bare = _request_of(StaffSessionStore())
    login(bare, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    bare.session.save()
    token = bare.session.session_key or ""
    now, digest = timezone.now(), StaffSessionStore().digest(token)
    device = register_device(person.pk, session_digest=digest, description=DEVICE, now=now)
    signed_in = Access(action=Action.SIGNED_IN, what="staff site", device_id=device.id)
    note_access(person.pk, signed_in, now=now)
    log_security_event(SecurityEvent.SIGN_IN, person_id=person.pk, by="staff_site")
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="Strict")


def staff_of(request: HttpRequest) -> User | None:
    """Return who is signed in and still staff, and move the idle end of the session."""
    bare = _request_of(StaffSessionStore(request.COOKIES.get(COOKIE)))
    person = get_user(bare)
    if not isinstance(person, User) or not _is_staff(person):
        return None
    bare.session.save()
    return person


def end_session(request: HttpRequest, response: HttpResponse) -> None:
    """End the session of the cookie and take the cookie back."""
    StaffSessionStore(request.COOKIES.get(COOKIE)).delete()
    response.delete_cookie(COOKIE, samesite="Strict")


def _is_staff(person: User) -> bool:
    return person.is_staff and may_be_staff(person)


def _request_of(session: StaffSessionStore) -> HttpRequest:
    bare = HttpRequest()
    bare.session = session
    return bare
