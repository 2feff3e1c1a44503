"""The address people reach this service at, as far as links and forms depend on it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request


def base_address(request: HttpRequest | Request) -> str:
    """Return PUBLIC_URL, or without it the scheme and host that the request came to."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def is_encrypted(request: HttpRequest) -> bool:
    """Return whether people reach this service by https."""
    return base_address(request).startswith("https://")


def is_own_origin(request: HttpRequest, origin: str) -> bool:
    """Return whether a page of this service sent the request, by its Origin header.

    Without PUBLIC_URL the scheme is not compared: a proxy may have taken the encryption off.
    """
    if settings.PUBLIC_URL:
        return origin == settings.PUBLIC_URL
    return urlsplit(origin).netloc == request.get_host()
