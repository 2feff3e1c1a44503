"""A kept connection is asked whether it still is one, but not over and over."""

import time

import pytest
from django.db import connections
from django.db.backends.postgresql import base as django_base

from config.postgresql import base

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(monkeypatch):
    """A connection of its own that was found usable, and how often it was asked."""
    connection = connections.create_connection("default")
    connection.ensure_connection()
    asked = []
    ask = django_base.DatabaseWrapper.is_usable

    def counted(self):
        asked.append(self)
        return ask(self)

    monkeypatch.setattr(django_base.DatabaseWrapper, "is_usable", counted)
    assert connection.is_usable()
    yield connection, asked
    connection.close()


def test_within_a_second_it_is_asked_once(kept):
    connection, asked = kept

    assert connection.is_usable()

    assert len(asked) == 1


def test_after_a_second_it_is_asked_again(kept, monkeypatch):
    connection, asked = kept
    monkeypatch.setattr(base, "TRUSTED_SECONDS", 0)

    assert connection.is_usable()

    assert len(asked) == 2


def test_after_an_error_it_is_asked_again(kept):
    connection, asked = kept
    connection.errors_occurred = True

    assert connection.is_usable()

    assert len(asked) == 2


def test_what_the_server_has_ended_is_not_used_within_the_second_either(kept):
    connection, _ = kept
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )
    deadline = time.monotonic() + 5
    while connection._is_quiet() and time.monotonic() < deadline:
        time.sleep(0.01)

    assert not connection.is_usable()


def test_one_that_was_closed_is_not_used(kept):
    connection, _ = kept
    connection.connection.close()

    assert not connection.is_usable()
