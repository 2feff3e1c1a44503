"""Reminders on the tables: due by the profile, decided once a day, judged again at sending."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from diary.domain.deliveries import EndpointKind
from diary.domain.reminders import ReminderKind
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import Delivery, Endpoint, ReminderDue
from diary.models.isolation import acting_for
from diary.operations.profile import save_profile
from diary.operations.reminders import remind, remind_due
from diary.queries.reminders import is_reminder_wanted, quiet_hours_end
from tests.everybody import every
from tests.factories import NOW, check_in, episode, make_person, operation, write_one

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 3, 10, 19, tzinfo=UTC)  # 20:00 in Berlin
DAY = timedelta(days=1)
LEASE = timedelta(minutes=1)
DAILY = {"reminder_daily": True}


def make_reminded(name="alice", **fields):
    person = make_person(name)
    ask_for(person, **(fields or DAILY))
    with acting_for(person.pk):
        Endpoint.objects.create(
            person=person, id=uuid4(), kind=EndpointKind.WEBHOOK, address={}, created_at=NOW
        )
    return person


def ask_for(person, *, now=NOW, **fields):
    profile = ProfileData(time_zone="Europe/Berlin", **fields)
    save_profile(person.pk, profile, base_version=None, now=now)


def sweep(now):
    return remind_due(now=now, limit=100, lease=LEASE)


def log(person, data, type_=RecordType.CHECK_IN, now=EVENING):
    write_one(person, operation(data, type=type_), now=now)


def sent():
    return list(every(Delivery).order_by("created_at"))


def test_nobody_is_reminded_who_did_not_ask():
    make_reminded(reminder_daily=False)

    assert not every(ReminderDue).exists()
    assert sweep(EVENING + DAY) == 0


def test_the_reminder_is_due_at_the_persons_evening_and_then_on_the_next():
    make_reminded()

    early, in_time, again = sweep(EVENING - timedelta(seconds=1)), sweep(EVENING), sweep(EVENING)

    [delivery] = sent()
    assert (early, in_time, again) == (0, 1, 0)
    assert (delivery.alert_ids, delivery.urgent, delivery.about) == ([], False, "reminder")
    assert every(ReminderDue).get().due_at == EVENING + DAY


def test_the_day_the_clocks_change_the_reminder_keeps_its_local_time():
    person = make_reminded()

    remind(person.pk, now=EVENING + 18 * DAY)  # the 28th; on the 29th Berlin changes

    assert every(ReminderDue).get().due_at == EVENING + 19 * DAY - timedelta(hours=1)


def test_a_reminder_tried_twice_on_one_day_is_sent_once():
    person = make_reminded()
    remind(person.pk, now=EVENING)
    every(ReminderDue).update(due_at=EVENING, reminded_on=None)

    remind(person.pk, now=EVENING + timedelta(minutes=1))

    assert len(sent()) == 1


def test_who_has_checked_in_today_is_not_reminded_but_is_tomorrow():
    person = make_reminded()
    log(person, check_in("2026-03-10"))

    assert remind(person.pk, now=EVENING) is None
    assert remind(person.pk, now=EVENING + DAY) is ReminderKind.CHECK_IN


def test_a_check_in_between_planning_and_sending_calls_the_reminder_off():
    person = make_reminded()
    remind(person.pk, now=EVENING)
    soon = EVENING + timedelta(seconds=9)

    before = is_reminder_wanted(person.pk, due_at=EVENING, now=soon)
    log(person, check_in("2026-03-10"))

    assert before
    assert not is_reminder_wanted(person.pk, due_at=EVENING, now=soon)


def test_a_wish_withdrawn_between_planning_and_sending_calls_the_reminder_off():
    person = make_reminded()
    remind(person.pk, now=EVENING)

    ask_for(person, reminder_daily=False)

    assert not is_reminder_wanted(person.pk, due_at=EVENING, now=EVENING)
    assert not every(ReminderDue).exists()


def test_silence_is_told_once_and_again_after_something_was_logged():
    person = make_reminded(reminder_after_days=3)
    log(person, episode(), RecordType.EPISODE)

    told = [remind(person.pk, now=EVENING + days * DAY) for days in range(8)]
    log(person, check_in("2026-03-18"), now=EVENING + 8 * DAY)
    after = [remind(person.pk, now=EVENING + days * DAY) for days in range(8, 13)]

    silence = ReminderKind.SILENCE
    assert told == [None, None, None, silence, None, None, None, None]
    assert after == [None, None, None, silence, None]


def test_an_entry_between_planning_and_sending_breaks_the_silence():
    person = make_reminded(reminder_after_days=3)
    log(person, episode(), RecordType.EPISODE)
    due_at = EVENING + 3 * DAY
    every(ReminderDue).update(due_at=due_at)
    remind(person.pk, now=due_at)

    before = is_reminder_wanted(person.pk, due_at=due_at, now=due_at)
    log(person, check_in("2026-03-13"), now=due_at)

    assert before
    assert not is_reminder_wanted(person.pk, due_at=due_at, now=due_at)


def test_what_a_stopped_service_has_missed_is_not_made_up_for():
    person = make_reminded()

    late = remind(person.pk, now=EVENING + timedelta(hours=3))

    assert (late, sent()) == (None, [])
    assert every(ReminderDue).get().due_at == EVENING + DAY


def test_one_that_fails_waits_for_its_lease_and_holds_up_nobody(monkeypatch, caplog):
    make_reminded("alice")
    make_reminded("bob")
    real, calls = remind, []

    def fail_once(person_id, *, now):
        calls.append(person_id)
        if len(calls) == 1:
            raise ValueError("about health")
        return real(person_id, now=now)

    monkeypatch.setattr("diary.operations.reminders.remind", fail_once)
    first, at_once, later = sweep(EVENING), sweep(EVENING), sweep(EVENING + 2 * LEASE)

    assert (first, at_once, later) == (2, 0, 1)
    assert len(sent()) == 2
    assert "about health" not in caplog.text


def test_quiet_hours_end_by_the_persons_own_clock():
    person = make_reminded(quiet_from_minutes=22 * 60, quiet_until_minutes=7 * 60)

    assert quiet_hours_end(person.pk, now=EVENING) is None
    assert quiet_hours_end(person.pk, now=EVENING + timedelta(hours=3)) == datetime(
        2026, 3, 11, 6, tzinfo=UTC
    )
