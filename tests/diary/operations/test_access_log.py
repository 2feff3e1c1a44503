"""Noting accesses on the real database: without gaps, append-only, and never in anybody's way."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from diary.domain.access_log import Access, Action, Actor, end_of_chain
from diary.models import AccessLogRow
from diary.models.isolation import acting_for
from diary.operations import access_log
from diary.operations.access_log import forget_accesses, note_access, note_access_if_possible
from diary.operations.origin import Origin, coming_from, note_device
from diary.queries.access_log import beginning_of, chain_of
from tests.factories import NOW, make_person

VIEW = Access(action=Action.VIEWED, what="episodes")
HOUR = timedelta(hours=1)
YEARS = timedelta(days=6 * 365)


def rows_of(person):
    with acting_for(person.pk):
        return list(AccessLogRow.objects.order_by("number"))


def assert_whole(person):
    with acting_for(person.pk):
        end_of_chain(person.pk, chain_of(person.pk), start=beginning_of(person.pk))


@pytest.mark.django_db
def test_a_row_says_who_did_what_from_where() -> None:
    alice, follower, device, request = make_person(), uuid4(), uuid4(), uuid4()
    access = Access(action=Action.VIEWED, what="x", actor=Actor.FOLLOWER, actor_id=follower)

    with coming_from(Origin(request_id=request, network="192.0.2.0/24")):
        note_device(device)
        note_access(alice.pk, access, now=NOW)

    [row] = rows_of(alice)
    assert (row.number, row.at, row.action, row.what) == (1, NOW, "viewed", "x")
    assert (row.actor, row.actor_id, row.device_id) == ("follower", follower, device)
    assert (row.network, row.request_id) == ("192.0.2.0/24", request)
    assert_whole(alice)


@pytest.mark.django_db
def test_each_person_has_a_chain_of_their_own() -> None:
    alice, bob = make_person("alice"), make_person("bob")

    for person in (alice, bob, alice):
        note_access(person.pk, VIEW, now=NOW)

    assert [row.number for row in rows_of(alice)] == [1, 2]
    assert [row.number for row in rows_of(bob)] == [1]
    assert_whole(alice)
    assert_whole(bob)


@pytest.mark.django_db
def test_the_same_again_within_the_hour_is_one_look_and_no_row() -> None:
    alice = make_person()
    note_access(alice.pk, VIEW, now=NOW, once_an_hour=True)

    with CaptureQueriesContext(connection) as queries:
        note_access_if_possible(alice.pk, VIEW, now=NOW + HOUR / 2, once_an_hour=True)

    selects = [each["sql"] for each in queries if "access_log" in each["sql"]]
    assert len(selects) == 1
    assert selects[0].startswith("SELECT")
    assert len(rows_of(alice)) == 1


@pytest.mark.django_db
def test_what_was_committed_here_is_known_within_the_hour_without_a_look(
    django_capture_on_commit_callbacks, django_assert_num_queries
) -> None:
    alice = make_person()
    with django_capture_on_commit_callbacks(execute=True):
        note_access(alice.pk, VIEW, now=NOW, once_an_hour=True)

    with django_assert_num_queries(0):
        note_access(alice.pk, VIEW, now=NOW + HOUR / 2, once_an_hour=True)
    note_access(alice.pk, VIEW, now=NOW + HOUR, once_an_hour=True)

    assert [row.at for row in rows_of(alice)] == [NOW, NOW + HOUR]


@pytest.mark.django_db
def test_what_was_rolled_back_is_noted_again(django_capture_on_commit_callbacks) -> None:
    alice = make_person()

    with django_capture_on_commit_callbacks(execute=True):
        with suppress(LookupError), transaction.atomic():
            note_access(alice.pk, VIEW, now=NOW, once_an_hour=True)
            raise LookupError
        note_access(alice.pk, VIEW, now=NOW, once_an_hour=True)

    assert len(rows_of(alice)) == 1


@pytest.mark.django_db
def test_how_much_is_remembered_is_bounded(django_capture_on_commit_callbacks, monkeypatch) -> None:
    monkeypatch.setattr(access_log, "MOST_REMEMBERED", 2)
    alice = make_person()

    for number in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            note_access(alice.pk, replace(VIEW, what=str(number)), now=NOW, once_an_hour=True)

    assert 0 < len(access_log._noted) <= 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("access", "later"),
    [
        (VIEW, HOUR),
        (Access(action=Action.VIEWED, what="alerts"), HOUR / 2),
        (Access(action=Action.REFUSED, what="episodes"), HOUR / 2),
        (Access(action=Action.VIEWED, what="episodes", device_id=uuid4()), HOUR / 2),
        (Access(action=Action.VIEWED, what="episodes", actor_id=uuid4()), HOUR / 2),
    ],
)
def test_something_else_or_later_is_noted_within_the_hour(access: Access, later) -> None:
    alice = make_person()
    note_access(alice.pk, VIEW, now=NOW, once_an_hour=True)

    note_access(alice.pk, access, now=NOW + later, once_an_hour=True)

    assert len(rows_of(alice)) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["action", "what", "network"])
def test_the_database_takes_no_words(field: str) -> None:
    alice = make_person()
    said: dict[str, Any] = {field: "Mein Lid zuckt."}
    access = replace(VIEW, **said)

    with pytest.raises(IntegrityError), transaction.atomic():
        note_access(alice.pk, access, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log SET what = 'x'",
        "DELETE FROM access_log",
        "INSERT INTO access_log_beginning SELECT person_id, 1, hash, at FROM access_log",
    ],
)
def test_the_application_can_change_nothing_that_was_noted(statement: str) -> None:
    alice = make_person()
    note_access(alice.pk, VIEW, now=NOW)

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        acting_for(alice.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert [row.what for row in rows_of(alice)] == ["episodes"]


@pytest.mark.django_db
def test_the_oldest_rows_can_be_forgotten_and_the_chain_goes_on() -> None:
    alice, bob = make_person("alice"), make_person("bob")
    for person in (alice, bob):
        for years_ago in (3, 2, 0):
            note_access(person.pk, VIEW, now=NOW - YEARS * years_ago)

    forgotten = forget_accesses(alice.pk, before=NOW - YEARS)
    note_access(alice.pk, VIEW, now=NOW)

    assert forgotten == 2
    assert [row.number for row in rows_of(alice)] == [3, 4]
    assert len(rows_of(bob)) == 3
    assert_whole(alice)
    assert forget_accesses(alice.pk, before=NOW - YEARS) == 0


@pytest.mark.django_db
def test_when_all_was_forgotten_the_numbers_go_on() -> None:
    alice = make_person()
    note_access(alice.pk, VIEW, now=NOW - 2 * YEARS)
    forget_accesses(alice.pk, before=NOW - YEARS)
    assert rows_of(alice) == []

    note_access(alice.pk, VIEW, now=NOW)

    assert [row.number for row in rows_of(alice)] == [2]
    assert_whole(alice)


@pytest.mark.django_db
def test_an_old_time_after_a_younger_one_stays_with_it() -> None:
    alice = make_person()
    for years_ago in (3, 0, 3):
        note_access(alice.pk, VIEW, now=NOW - YEARS * years_ago)

    assert forget_accesses(alice.pk, before=NOW - YEARS) == 1
    assert_whole(alice)


@pytest.mark.django_db
def test_the_last_year_cannot_be_forgotten_by_the_application() -> None:
    alice = make_person()
    note_access(alice.pk, VIEW, now=NOW)

    with pytest.raises(DatabaseError, match="kept for a year"):
        forget_accesses(alice.pk, before=NOW + 10 * YEARS)

    assert len(rows_of(alice)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap() -> None:
    alice = make_person()

    def note(_: int) -> None:
        note_access(alice.pk, VIEW, now=NOW)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(note, range(80)))

    assert [row.number for row in rows_of(alice)] == list(range(1, 81))
    assert_whole(alice)


@contextmanager
def someone_noting(person):
    """Let another transaction hold the person's turn while the block runs."""
    noted, done = threading.Event(), threading.Event()

    def hold() -> None:
        with acting_for(person.pk):
            note_access(person.pk, VIEW, now=NOW)
            noted.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    noted.wait(10)
    yield
    done.set()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_what_may_not_be_held_up_goes_on_without_its_row(caplog) -> None:
    alice, bob = make_person("alice"), make_person("bob")

    with someone_noting(alice), caplog.at_level(logging.ERROR, "quiver.security"):
        started = monotonic()
        note_access_if_possible(alice.pk, VIEW, now=NOW)
        waited = monotonic() - started
        note_access(bob.pk, VIEW, now=NOW)  # nobody waits for another person

    assert 0.3 <= waited < 1
    [event] = caplog.records
    assert event.message == "control_failed"
    assert event.fields == {"person": str(alice.pk), "control": "access_log", "error": "busy"}
    assert len(rows_of(alice)) == len(rows_of(bob)) == 1
    assert_whole(alice)


@pytest.mark.django_db(transaction=True)
def test_what_must_be_noted_waits_and_then_fails() -> None:
    alice = make_person()

    with someone_noting(alice), acting_for(alice.pk):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 200")
        with pytest.raises(OperationalError, match="lock timeout"):
            note_access(alice.pk, VIEW, now=NOW)


@pytest.mark.django_db
def test_a_row_that_cannot_be_written_takes_nothing_else_with_it(caplog) -> None:
    alice = make_person()
    broken = Access(action="viewed", what="NOT A CODE")

    with acting_for(alice.pk), caplog.at_level(logging.ERROR, "quiver.security"):
        note_access_if_possible(alice.pk, VIEW, now=NOW)
        note_access_if_possible(alice.pk, broken, now=NOW)

    assert len(rows_of(alice)) == 1
    [event] = caplog.records
    assert event.fields["error"] == "23514"  # PostgreSQL's code of a check that does not hold
    assert "NOT A CODE" not in str(vars(event))
