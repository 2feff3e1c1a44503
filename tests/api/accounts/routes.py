"""All routes of the service as (method, path), read from the URL configuration."""

import re

from django.urls import URLPattern, get_resolver
from rest_framework.permissions import IsAuthenticated

EXAMPLES = {"uuid": "00000000-0000-4000-8000-000000000001", "str": "acknowledge"}
METHODS = ("get", "post", "put", "patch", "delete")
ACCOUNT_METHODS = (*METHODS, "head", "options", "trace")


def patterns(resolver, prefix="/"):
    for each in resolver.url_patterns:
        path = f"{prefix}{each.pattern}"
        if isinstance(each, URLPattern):
            yield path, each
        else:
            yield from patterns(each, path)


def example_of(path):
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES[found[1] or "str"], path)


def diary_routes():
    """Return the routes of /v1 that only a signed-in person may call."""
    return sorted(
        (method, example_of(path))
        for path, pattern in patterns(get_resolver())
        if path.startswith("/v1/")
        and IsAuthenticated in pattern.callback.view_class.permission_classes
        for method in METHODS
        if hasattr(pattern.callback.view_class, method)
    )


def account_routes():
    """Return every method at every route of django-allauth."""
    return sorted(
        (method, example_of(path))
        for path, _ in patterns(get_resolver())
        if path.startswith("/_allauth/")
        for method in ACCOUNT_METHODS
    )


def call(phone, route):
    method, path = route
    headers = phone.headers()
    return phone.client.generic(method.upper(), path, "{}", "application/json", headers=headers)
