"""Committed data on a real database: what one phone writes, another connection sees."""

import pytest
from django.core.cache import cache

from api.limits import Limit, limits_from


@pytest.fixture(autouse=True)
def _no_counted_requests():
    cache.clear()


@pytest.fixture
def no_limit_of_requests(settings):
    """For a phone that reads on and on: it asks oftener than 600 times a minute."""
    settings.LIMITS = limits_from({Limit.REQUESTS: 1_000_000})


@pytest.fixture
def make_person(transactional_db):
    """Return a function that makes an account."""
    from tests.factories import make_person

    return make_person


@pytest.fixture
def alice(make_person):
    return make_person("alice")


@pytest.fixture
def bob(make_person):
    return make_person("bob")


@pytest.fixture
def new_phone(alice):
    """Return a function that makes a phone on which Alice is signed in."""
    from tests.sync.service import phone_of

    return lambda transport=None, **options: phone_of(alice, transport, **options)


@pytest.fixture
def phone(new_phone):
    return new_phone()


@pytest.fixture
def other(new_phone):
    """Alice's second phone."""
    return new_phone()
