"""S21 to S24: a locked diary, an app that knows less, and sessions that end meanwhile."""

import threading
import time
from contextlib import contextmanager

from django.db import connection, connections
from django.utils import timezone

from diary.models import Device, User
from diary.models.isolation import acting_for
from diary.operations.counter import lock_counter
from diary.operations.devices import revoke_device
from tests.everybody import every
from tests.factories import episode
from tests.phone.phone import Ended
from tests.sync.requests import create, post, results
from tests.sync.service import rows_of


@contextmanager
def elsewhere(act, *args):
    """Run something in another thread with a connection of its own; wait for its end."""

    def run():
        try:
            act(*args)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()


@contextmanager
def locked_diary(person):
    """Hold the lock of a person's counter in another transaction."""
    locked, release = threading.Event(), threading.Event()

    def hold():
        with acting_for(person.pk):
            lock_counter(person.pk)
            locked.set()
            release.wait(20)

    with elsewhere(hold):
        assert locked.wait(20)
        try:
            yield release
        finally:
            release.set()


def test_s21_a_locked_diary_answers_busy_in_time_and_the_queue_is_kept(alice, phone):
    phone.log("episode", episode())
    with locked_diary(alice):
        started = time.perf_counter()
        answer = post(phone, *[each.as_sent() for each in phone.memory.waiting()])
        seconds = time.perf_counter() - started

        assert answer.status == 503
        assert answer.retry_after >= 1
        assert answer.body["code"] == "person_busy"
        assert seconds <= 3.5

    assert rows_of(alice.pk) == {}
    assert phone.sync() is Ended.IN_STEP
    assert len(rows_of(alice.pk)) == 1


def test_s21_a_phone_keeps_its_queue_when_the_diary_is_locked(alice, phone):
    phone.log("episode", episode())
    with locked_diary(alice):
        assert phone.sync() is Ended.LATER

    assert phone.retry_after >= 1
    assert len(phone.memory.queue) == 1


def test_s22_fields_only_a_newer_app_knows_survive_an_edit_by_an_older_one(phone, other):
    newer = {"tremor_scale": {"kind": "new", "values": [1, 2.5, None, "三"]}, "flag": True}
    id = phone.log("episode", episode(ext=newer, eyes_closed=True))
    phone.sync(), other.sync()

    other.edit("episode", id, note="by an app that shows the note only")
    other.sync(), phone.sync()

    shown = phone.shown("episode")[id]
    assert shown["ext"] == newer
    assert shown["eyes_closed"] is True
    assert shown["note"] == "by an app that shows the note only"


def test_s23_a_device_revoked_while_its_batch_waits_leaves_all_of_it_or_nothing(alice, phone):
    batch = [create() for _ in range(20)]
    post(phone)
    device = every(Device).get(person_id=alice.pk)
    answers = []
    with locked_diary(alice) as release, elsewhere(lambda: answers.append(post(phone, *batch))):
        wait_until_somebody_waits()
        revoke_device(alice.pk, device.id, now=timezone.now())
        release.set()

    written = len(rows_of(alice.pk))
    assert (answers[0].status, written) in {(200, 20), (401, 0)}
    assert post(phone, create()).body["code"] == "device_revoked"
    assert len(rows_of(alice.pk)) == written


def wait_until_somebody_waits():
    """Wait until a connection of this database waits for a lock."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits for the lock")


def test_s23_a_revoked_phone_is_told_why_and_keeps_what_it_has_not_sent(alice, phone):
    phone.sync()
    phone.log("episode", episode())
    revoke_device(alice.pk, every(Device).get(person_id=alice.pk).id, now=timezone.now())

    assert phone.sync() is Ended.SIGN_IN

    assert phone.why == "device_revoked"
    assert len(phone.memory.queue) == 1


def test_s24_a_phone_of_a_closed_account_is_told_and_keeps_what_it_has_not_sent(alice, phone):
    phone.sync()
    phone.log("episode", episode())
    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert phone.sync() is Ended.SIGN_IN

    assert phone.why == "unauthenticated"
    assert len(phone.memory.queue) == 1


def test_nothing_of_a_diary_is_read_without_a_session(phone):
    results(phone, create())
    phone.memory.session_token = ""

    assert [phone.push(), phone.pull()] == [Ended.IN_STEP, Ended.SIGN_IN]
