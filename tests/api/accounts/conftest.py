"""Phones of one person, and Redis going away."""

import pytest

from tests.api.conftest import Phone, mailed_code


@pytest.fixture
def signed_up():
    """Return a function that signs a person up, with the code from the mail, on one phone."""

    def sign_up(email="person@example.org", **headers):
        phone = Phone(email, **headers)
        phone.sign_up()
        phone.verify(mailed_code())
        return phone

    return sign_up


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
