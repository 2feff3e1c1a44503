"""Gives each request an id, keeps answers out of caches, makes crashes outside DRF problems."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from api import problems
from api.log_context import REQUEST_ID

HEADER = "X-Request-Id"


class RequestIdMiddleware:
    """First of the middleware, so that every answer carries the id that the logs carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = accepted_request_id(request.headers.get(HEADER))
        request.request_id = request_id  # type: ignore[attr-defined]
        shared = REQUEST_ID.set(str(request_id))
        try:
            response = self.get_response(request)
        finally:
            REQUEST_ID.reset(shared)
        if response.status_code == problems.NOT_FOUND and request.resolver_match is None:
            # With DEBUG Django would answer an unknown URL with a page that lists all routes.
            response = problems.not_found(request)
        response[HEADER] = str(request_id)
        response.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        return problems.crash_response(request, exception)


def accepted_request_id(sent: str | None) -> uuid.UUID:
    """Return the id the client sent when it is a UUID, else a new one."""
    try:
        return uuid.UUID(sent or "")
    except ValueError:
        return uuid.uuid4()
