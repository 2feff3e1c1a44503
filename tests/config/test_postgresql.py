"""A kept connection is seldom asked whether it still is one; a setting comes with BEGIN."""

import time
from unittest.mock import Mock

import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from django.db.backends.postgresql import base as django_base
from django.test.utils import CaptureQueriesContext

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


def ours() -> base.DatabaseWrapper:
    kept = connections["default"]
    assert isinstance(kept, base.DatabaseWrapper)
    return kept


def digest_set():
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.digest', true), '')")
        return cursor.fetchone()[0]


def test_a_transaction_begins_with_its_setting_in_one_round_trip_and_ends_with_it():
    with (
        CaptureQueriesContext(connection) as said,
        ours().transaction_with("app.digest", "a'b"),
    ):
        inside = digest_set()

    begun, _, committed = (one["sql"] for one in said)
    assert begun.startswith("BEGIN; SELECT set_config(")
    assert committed == "COMMIT"
    assert (inside, digest_set()) == ("a'b", "")


def test_a_setting_whose_transaction_could_not_begin_is_not_that_of_the_next(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(connection, "ensure_connection", Mock(side_effect=OperationalError))
        with pytest.raises(OperationalError), ours().transaction_with("app.digest", "hers"):
            pass

    with transaction.atomic():
        assert digest_set() == ""


def test_a_setting_does_not_begin_where_a_transaction_is_open():
    transaction.set_autocommit(False)
    try:
        with (
            pytest.raises(transaction.TransactionManagementError),
            ours().transaction_with("app.digest", "hers"),
        ):
            pass
        assert digest_set() == ""
    finally:
        transaction.rollback()
        transaction.set_autocommit(True)


def test_rows_read_in_pieces_are_not_kept_beyond_the_transaction():
    with transaction.atomic():
        cursor = connection.chunked_cursor()
        cursor.execute("SELECT generate_series(1, 3)")
        first = cursor.fetchone()

    assert first == (1,)
    with pytest.raises(ProgrammingError, match="does not exist"):
        cursor.fetchone()
    cursor.close()
