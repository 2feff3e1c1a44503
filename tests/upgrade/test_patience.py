"""Changing a table in use: nobody is refused meanwhile, and it is done once the table is free."""

import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction

from diary.management import patience
from diary.management.patience import again_while_locked, wait_briefly

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
HELD_SECONDS = 4.0
CHANGE = "ALTER TABLE look_due ADD COLUMN of_a_test integer"
UNDO = "ALTER TABLE look_due DROP COLUMN IF EXISTS of_a_test"


@pytest.fixture
def owner():
    owner = connections["owner"]
    wait_briefly(owner)
    yield owner
    with owner.cursor() as cursor:
        cursor.execute(UNDO)
    owner.close()


def change(owner):
    with owner.cursor() as cursor:
        cursor.execute(CHANGE)


@pytest.fixture
def reader():
    """Read the table in a transaction that stays open for a while, as a long report might."""
    has_begun = threading.Event()

    def read():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM look_due")
            has_begun.set()
            time.sleep(HELD_SECONDS)
        connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    has_begun.wait()
    yield
    thread.join()


def test_a_change_waits_until_the_table_is_free_and_holds_no_request_for_long(owner, reader):
    changing = threading.Thread(target=again_while_locked, args=(lambda: change(owner),))
    began = time.monotonic()
    owner.inc_thread_sharing()
    changing.start()
    waits = []
    while changing.is_alive():
        asked = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM look_due")
        waits.append(time.monotonic() - asked)
        time.sleep(0.05)
    owner.dec_thread_sharing()

    assert time.monotonic() - began >= HELD_SECONDS - 1
    assert max(waits) < 3.0  # DATABASE_LOCK_TIMEOUT: a longer wait would have been a 503
    assert max(waits) > 0.5  # some did wait behind the change


def test_a_table_that_never_becomes_free_is_an_error_that_says_what_to_do(
    owner, reader, monkeypatch
):
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0)

    with pytest.raises(CommandError, match="A table has been in use for too long"):
        again_while_locked(lambda: change(owner), try_for=0)


def test_another_failure_is_not_tried_again(owner):
    calls = []

    def fail():
        calls.append(1)
        raise OperationalError("the disk is full")

    with pytest.raises(OperationalError):
        again_while_locked(fail)

    assert len(calls) == 1


def test_migrate_itself_gives_up_soon_on_a_lock_and_never_on_its_work(owner):
    call_command("migrate", verbosity=0, interactive=False)

    with owner.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("2s",)
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
