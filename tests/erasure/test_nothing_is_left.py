"""After an erasure no column of any table names the person."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections, transaction

from diary.models import AccessLogRow, EntryVersion, Erasure, ErasureTombstone, User
from diary.models.isolation import acting_for
from diary.operations.erasure import erase_due
from tests.erasure.world import (
    MADE_BY_DJANGO,
    full_life,
    names_of,
    tables_naming,
    tables_with_a_person,
)
from tests.everybody import every
from tests.factories import NOW
from tests.sync.service import rows_of

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


# Accesses are chained by their hashes, so that nobody can take one out or change it.
HIS_LOG = {"access_log"}


def erase(settings) -> None:
    erase_due(now=NOW, limit=1)
    erase_due(now=NOW + settings.ERASURE_GRACE, limit=1)


def test_every_table_that_can_name_a_person_has_a_row_of_hers_and_then_none(settings) -> None:
    alice, bob = full_life()
    of_bob = rows_of(bob.pk)
    before = tables_naming(*names_of(alice))

    erase(settings)

    assert tables_with_a_person() - before == MADE_BY_DJANGO  # a new table: give her a row there
    assert tables_naming(*names_of(alice)) == HIS_LOG
    assert not User.objects.filter(pk=alice.pk).exists()
    assert rows_of(bob.pk) == of_bob


def test_what_she_logged_for_somebody_else_stays_his_and_says_that_another_wrote_it(
    settings,
) -> None:
    _, bob = full_life()

    erase(settings)

    with acting_for(bob.pk):
        written = EntryVersion.objects.filter(person_id=bob.pk)
        assert sorted(str(actor) for actor in written.values_list("actor_id", flat=True)) == [
            "00000000-0000-0000-0000-000000000000",
            "None",
        ]
        assert not written.filter(device_id__isnull=False).exists()


def test_his_access_log_keeps_the_number_of_who_looked_and_stays_whole(settings) -> None:
    alice, bob = full_life()

    erase(settings)

    with acting_for(bob.pk):
        named = AccessLogRow.objects.filter(actor_id=alice.pk)
        assert set(named.values_list("person_id", "actor")) == {(bob.pk, "follower")}
    assert tables_naming(*names_of(alice)[2:]) == set()
    call_command("verify_access_log")


def test_what_stays_is_a_tombstone_that_gives_no_id_back(settings, erasure_list) -> None:
    alice, _ = full_life()
    receipt = every(Erasure).get().receipt

    erase(settings)

    [tombstone] = ErasureTombstone.objects.values()
    assert tombstone["erased_on"] == (NOW + settings.ERASURE_GRACE).date()
    kept = f"{tombstone} {erasure_list.read_text()}"
    assert not any(name in kept for name in (*names_of(alice), receipt))


def test_the_database_erases_nobody_who_has_not_asked_or_whose_time_has_not_come() -> None:
    alice, bob = full_life()

    for person in (alice, bob):
        with pytest.raises(ProgrammingError, match="has begun"), transaction.atomic():
            call_erase_person(person)

    assert User.objects.count() == 2


def test_the_application_itself_may_not_delete_history_and_nobody_else_may_call() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('entry_version', 'DELETE')")
        may_delete = cursor.fetchone()[0]
        cursor.execute(
            "SELECT has_function_privilege('public', 'erase_person(uuid)', 'EXECUTE'),"
            " prosecdef, proconfig FROM pg_proc WHERE proname = 'erase_person'"
        )
        everybody, as_owner, configured = cursor.fetchone()

    assert (may_delete, everybody, as_owner) == (False, False, True)
    assert configured == ["search_path=public, pg_temp"]


def test_an_account_does_not_go_while_a_row_of_it_is_left(settings) -> None:
    alice, _ = full_life()
    erase_due(now=NOW, limit=1)
    with skipping("endpoint"):
        erase_due(now=NOW + settings.ERASURE_GRACE, limit=1)

    assert User.objects.filter(pk=alice.pk, is_active=False).exists()
    assert "episode" in tables_naming(*names_of(alice))


@contextmanager
def skipping(table: str) -> Iterator[None]:
    """Let the function in the database forget one table."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('erase_person(uuid)'::regprocedure)")
        [whole] = cursor.fetchone()
        forgetful = whole.replace(
            "con.contype = 'f' AND",
            f"con.contype = 'f' AND con.conrelid <> '{table}'::regclass AND",
        )
        assert forgetful != whole
        cursor.execute(forgetful)
        yield
        cursor.execute(whole)


def call_erase_person(person: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_person(%s)", [person.pk])
