"""Gives the staff site the host name ADMIN_HOST, where nothing else is served, and its headers."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

URLS = "api.staff.urls"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",  # the check of forms wants to know where they come from
    "X-Robots-Tag": "noindex, nofollow",
}


class StaffHostMiddleware:
    """Sends requests for ADMIN_HOST, and no others, to the routes of the staff site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_staff_host(request):
            return self.get_response(request)
        request.urlconf = URLS
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response


def is_staff_host(request: HttpRequest) -> bool:
    """Return whether the request came to the staff site's name; without one there is no site."""
    try:
        host, _port = split_domain_port(request.get_host())
    except DisallowedHost:
        return False  # refused further in, as for every host that is not ours
    return bool(settings.ADMIN_HOST) and host == settings.ADMIN_HOST
