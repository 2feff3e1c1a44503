"""What the service does not take is refused before any route runs.

That is TRACE, requests that are too long, apps that are too old, the routes of django-allauth for
what is not used here, and bodies on which its other routes would stumble.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import APIException

from api import problems
from api.parsers import MAX_BODY_BYTES, BoundedJSONParser
from api.problem_types import AppTooOld

METHODS = "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"
DEFAULT_WAIT_SECONDS = 60  # the account routes count requests by the minute
LONGEST_ADDRESS = 8_000  # characters, query included
ACCOUNT_ROUTES = "/_allauth/"
# Telephone numbers and refresh tokens: allauth offers their routes, whatever its settings.
UNUSED_ROUTES = re.compile(r"/_allauth/app/v1/(?:account/phone|auth/phone|tokens)(?:/|$)")
VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9}){0,3}(?![\d.])")


class AdmissionMiddleware:
    """Stands before all routes, those of django-allauth included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.minimum = required_version(settings.MINIMUM_APP_VERSION)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            refusal = problems.plain_problem(405, headers={"Allow": METHODS})
            return problems.problem_response(request, refusal)
        too_long = refused_length(request)
        if too_long is not None:
            return problems.problem_response(request, problems.plain_problem(too_long))
        if UNUSED_ROUTES.match(request.path):
            return problems.not_found(request)
        if is_older(request.headers.get("X-App-Version", ""), self.minimum):
            too_old = AppTooOld(minimum=settings.MINIMUM_APP_VERSION)
            return problems.problem_response(request, problems.problem_of(too_old))
        response = _refused_account_body(request) or self.get_response(request)
        if _is_account_refusal(request, response):
            response.setdefault("Retry-After", str(DEFAULT_WAIT_SECONDS))
        return response


def refused_length(request: HttpRequest) -> HTTPStatus | None:
    """Return the status for a request that is too long, by its headers, before its body is read."""
    if len(request.get_full_path()) > LONGEST_ADDRESS:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None


def _refused_account_body(request: HttpRequest) -> HttpResponse | None:
    """Return the problem of a body that no parser of ours would read, for django-allauth's own."""
    if request.method == "GET" or not request.path.startswith(ACCOUNT_ROUTES):
        return None
    try:
        if request.body:
            BoundedJSONParser().parse(BytesIO(request.body))
    except (APIException, RequestDataTooBig) as refusal:
        return problems.problem_response(request, problems.problem_of(refusal))
    return None


def _is_account_refusal(request: HttpRequest, response: HttpResponse) -> bool:
    too_many = response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    return too_many and request.path.startswith(ACCOUNT_ROUTES)


def required_version(text: str) -> tuple[int, ...]:
    """Return the numbers of MINIMUM_APP_VERSION, none when there is no minimum."""
    numbers = version_numbers(text)
    if text and not numbers:
        raise ImproperlyConfigured("MINIMUM_APP_VERSION must look like 2.3.1.")
    return numbers


def is_older(sent: str, minimum: tuple[int, ...]) -> bool:
    """Return whether the app is older than `minimum`; an app that does not say passes."""
    numbers = version_numbers(sent)
    return bool(numbers) and numbers < minimum


def version_numbers(text: str) -> tuple[int, ...]:
    """Return the one to four leading numbers of a version, none when it starts with none.

    Zeros at the end say nothing: 2.0 is 2. What follows the numbers (`-beta`, `+45`) is not
    compared.
    """
    found = VERSION.match(text.strip())
    numbers = [int(part) for part in found.group().split(".")] if found else []
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
