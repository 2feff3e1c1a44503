"""What each request was about, for the log of the person who called and for whoever keeps watch.

Noted here is what a person does with their own diary, which goes on whether it can be noted or
not. What must not happen unseen is noted where it is done, in the same transaction: exports, shares
and what followers read. So are records, by the operation that writes them.
"""

from collections.abc import Callable
from http import HTTPStatus
from types import MappingProxyType

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api.problems import ProblemResponse, request_id_of
from api.v1.records import RecordDetail, RecordList
from diary.domain.access_log import Access, Action
from diary.models.people import Device
from diary.operations.access_log import note_access_if_possible
from diary.operations.origin import Origin, coming_from
from diary.operations.security_log import SecurityEvent, log_security_event
from reports.domain.sharing import network_of

API, ACCOUNTS = "v1/", "_allauth/"
READING = ("GET", "HEAD")
REFUSALS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
# Whose operations note what they do; so do those of all records.
NOTED_BY_OPERATION = frozenset(
    {
        ("GET", "export"),
        ("POST", "erasure"),
        ("DELETE", "erasure"),
        ("POST", "shares"),
        ("DELETE", "share"),
        ("POST", "sync"),
        ("POST", "imports"),
        ("POST", "followed-episodes"),
    }
)
ACTIONS = MappingProxyType(
    {
        ("DELETE", "device"): Action.DEVICE_REVOKED,
        ("DELETE", "devices"): Action.DEVICE_REVOKED,
        ("DELETE", "follower"): Action.FOLLOWING_ENDED,
    }
)


class AccessLogMiddleware:
    """Says where a request comes from while it is answered, then notes what came of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        origin = Origin(request_id=request_id_of(request), network=_network_of(request))
        with coming_from(origin):
            response = self.get_response(request)
            _note(request, response)
        return response


def _note(request: HttpRequest, response: HttpResponse) -> None:
    match = request.resolver_match
    if match is None or match.route.startswith(ACCOUNTS):  # those are noted as they happen
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            log_security_event(SecurityEvent.THROTTLED)
    elif response.status_code >= HTTPStatus.BAD_REQUEST:
        _note_refusal(request, response, str(match.url_name))
    elif match.route.startswith(API):
        _note_use(request, str(match.url_name))


def _note_use(request: HttpRequest, route: str) -> None:
    """Note what a signed-in person has done, unless the operation does."""
    device, method = _device_of(request), str(request.method)
    if device is None or (method, route) in NOTED_BY_OPERATION or _writes_records(request):
        return
    reading = method in READING
    action = ACTIONS.get((method, route), Action.VIEWED if reading else Action.CHANGED)
    what = route if reading else f"{route} {method.lower()}"
    note_access_if_possible(
        device.person_id, Access(action=action, what=what), now=timezone.now(), once_an_hour=reading
    )


def _writes_records(request: HttpRequest) -> bool:
    view = getattr(getattr(request.resolver_match, "func", None), "view_class", object)
    return request.method not in READING and issubclass(view, (RecordList, RecordDetail))


def _note_refusal(request: HttpRequest, response: HttpResponse, route: str) -> None:
    """Log a refusal; when it is known whose device was refused, they can see it, too."""
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        log_security_event(SecurityEvent.THROTTLED, route=route)
        return
    if response.status_code not in REFUSALS:
        return
    device, code = _device_of(request), _code_of(response)
    person_id = None if device is None else device.person_id
    log_security_event(SecurityEvent.REFUSED, person_id=person_id, route=route, code=code)
    if device is not None:
        access = Access(action=Action.REFUSED, what=f"{route} {code}", device_id=device.id)
        note_access_if_possible(device.person_id, access, now=timezone.now(), once_an_hour=True)


def _device_of(request: HttpRequest) -> Device | None:
    """Return the device that called, or was refused as one that may not any more."""
    found = getattr(request, "refused_device", None) or getattr(request, "auth", None)
    return found if isinstance(found, Device) else None


def _code_of(response: HttpResponse) -> str:
    return response.code if isinstance(response, ProblemResponse) else str(response.status_code)


def _network_of(request: HttpRequest) -> str:
    try:
        return network_of(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""  # a socket of this machine, or a proxy that does not say
