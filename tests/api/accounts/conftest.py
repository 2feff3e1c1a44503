"""Phones of one person, and Redis going away."""

import pytest


@pytest.fixture
def second_phone(phone, another_phone):
    """A further phone of the same person, signed in."""
    other = another_phone(phone.email, **{"X-Device-Name": "Tablet"})
    other.sign_in()
    return other


@pytest.fixture
def redis_down(settings):
    """Return a function after which the counter of attempts answers nobody."""

    def take_away():
        nobody = {"BACKEND": settings.CACHES["default"]["BACKEND"]}
        settings.CACHES = {"default": nobody | {"LOCATION": "redis://127.0.0.1:1/0"}}

    return take_away
