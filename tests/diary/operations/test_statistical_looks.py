"""Weekly and monthly looks: once per slot, with every number, and what they do to the alerts."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from diary.domain.entries import Day
from diary.domain.escalation import Verdict, frequency_look, tail_probability
from diary.domain.look_slots import LookKind, next_slot
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import Alert, DailyRow, Look, LookDue
from diary.models.isolation import acting_for
from diary.operations import statistical_looks
from diary.operations.looks import look_at, look_at_due
from diary.operations.profile import save_profile
from diary.operations.statistical_looks import look_at_month, look_at_week
from diary.queries.looks import frequency_look_of, frequency_of, weekly_view_of
from diary.queries.views import days_between
from tests.everybody import every
from tests.factories import (
    NOW,
    check_in,
    episode,
    make_person,
    moment,
    operation,
    write,
    write_one,
)

pytestmark = pytest.mark.django_db

LEASE = timedelta(minutes=5)
TODAY = date(2026, 3, 10)
WEEK = timedelta(days=7)
KEPT_LATER = ("reference_squares", "reference_weeks")
RISE = {day: 3 if day < 28 else day % 2 for day in range(140)}
STEADY = {day: day % 2 for day in range(140)}


def log(person, per_day, *, today=TODAY, now=NOW):
    """Log so many episodes on each day before `today`, and a check-in on every one of them."""
    operations = []
    for ago, number in per_day.items():
        day = today - timedelta(days=ago)
        said = check_in(str(day), twitched="yes" if number else "no", stress=ago % 10)
        operations.append(operation(said, type=RecordType.CHECK_IN))
        operations += [
            operation(episode(start=moment(f"{day}T{hour + 8:02}:00:00+01:00")))
            for hour in range(number)
        ]
    for start in range(0, len(operations), 100):
        write(person, *operations[start : start + 100], now=now)
    return operations


def alerts(person):
    with acting_for(person.pk):
        return {alert.rule: alert for alert in Alert.objects.all()}


def looks(person, kind=LookKind.WEEKLY):
    with acting_for(person.pk):
        return list(Look.objects.filter(kind=kind).order_by("period"))


def test_a_rise_is_stored_with_all_its_numbers_and_raises_the_alert():
    alice = make_person()
    log(alice, RISE)

    look_at_week(alice.pk, now=NOW)

    [look] = looks(alice)
    raised = alerts(alice)["N7"]
    assert (raised.state, raised.level) == ("open", "see_doctor")
    assert look.numbers["frequency"].items() <= raised.numbers.items()
    assert [each["measure"] for each in look.numbers["severity"]] == ["strength", "duration"]
    assert len(raised.entries) == look.numbers["frequency"]["recent_episodes"] == 84


def test_every_number_of_the_alert_follows_from_the_counts_stored_beside_it():
    alice = make_person()
    log(alice, RISE)
    look_at_week(alice.pk, now=NOW)

    numbers = alerts(alice)["N7"].numbers

    recent, before = numbers["recent_episodes"], numbers["reference_episodes"]
    matched, days = numbers["matched_days"], numbers["reference_days"]
    p = float(tail_probability(recent, matched, before, days, numbers["dispersion"]))
    assert numbers["p"] == pytest.approx(p, rel=1e-9)
    assert numbers["ratio"] == pytest.approx((recent / matched) / ((before + 0.5) / (days + 0.5)))
    assert numbers["recent_rate"] == pytest.approx(recent / matched)
    assert numbers["reference_rate"] == pytest.approx(before / days)


def test_a_stored_look_is_read_as_the_value_it_was_made_of():
    alice = make_person()
    log(alice, RISE)
    look_at_week(alice.pk, now=NOW)
    [look] = looks(alice)
    with acting_for(alice.pk):
        days = days_between(alice.pk, TODAY - timedelta(days=139), TODAY)

    read = frequency_of(look)

    assert read == frequency_look(days, today=TODAY)
    assert len(read.reference_weeks) == 16


@pytest.mark.parametrize(
    ("zone", "today"),
    [("Pacific/Kiritimati", date(2026, 3, 11)), ("Etc/GMT+12", date(2026, 3, 9))],
)
def test_a_week_weighs_all_its_days_wherever_on_earth_it_is(zone, today):
    alice = make_person()
    save_profile(alice.pk, ProfileData(time_zone=zone), base_version=None, now=NOW)
    dates = [TODAY + timedelta(days=place) for place in range(-145, 3)]
    rows = [Day(local_date=each, episodes=each.day % 5, observed=True) for each in dates]
    with acting_for(alice.pk):
        DailyRow.objects.bulk_create(
            DailyRow(person=alice, local_date=row.local_date, episodes=row.episodes, observed=True)
            for row in rows
        )

    look = look_at_week(alice.pk, now=NOW - timedelta(hours=1))

    assert frequency_of(look) == frequency_look(rows, today=today)


def test_a_look_stored_before_its_weeks_were_kept_is_read_without_them():
    numbers = frequency_look((), today=TODAY).as_numbers()
    older = {name: value for name, value in numbers.items() if name not in KEPT_LATER}

    read = frequency_look_of(older)

    assert (read.reference_squares, read.reference_weeks) == (None, ())
    assert read.verdict is Verdict.NOT_ENOUGH


def test_a_second_look_of_the_same_week_stores_and_raises_nothing():
    alice = make_person()
    log(alice, RISE)
    look_at_week(alice.pk, now=NOW)
    before = {rule: alert.version for rule, alert in alerts(alice).items()}

    again = look_at_week(alice.pk, now=NOW + timedelta(hours=1))

    assert again is None
    assert len(looks(alice)) == 1
    assert {rule: alert.version for rule, alert in alerts(alice).items()} == before


def test_a_look_from_before_the_clock_was_put_back_stands_in_the_way_of_no_other():
    alice = make_person()
    log(alice, STEADY)
    look_at_week(alice.pk, now=NOW + 8 * WEEK)

    made, again = (look_at_week(alice.pk, now=NOW) for _ in range(2))

    assert made is not None
    assert made.period is not None
    assert [look.period for look in looks(alice)] == [made.period, made.period + 8 * WEEK]
    assert again is None


def test_the_database_refuses_a_second_look_of_one_slot():
    alice = make_person()
    log(alice, {0: 1})
    look_at_week(alice.pk, now=NOW)
    [look] = looks(alice)

    with acting_for(alice.pk), pytest.raises(IntegrityError), transaction.atomic():
        Look.objects.create(
            person_id=alice.pk,
            id=alice.pk,
            kind="weekly",
            period=look.period,
            at=NOW,
            today=TODAY,
            findings=[],
        )


def test_a_steady_diary_raises_nothing_and_its_look_says_so():
    alice = make_person()
    log(alice, STEADY)

    look_at_week(alice.pk, now=NOW)

    [look] = looks(alice)
    assert look.numbers["frequency"]["verdict"] == "no_clear_change"
    assert alerts(alice).keys() & {"N7", "N8", "W2"} == set()


def test_the_state_look_leaves_a_statistical_alert_alone():
    alice = make_person()
    log(alice, RISE)
    look_at_week(alice.pk, now=NOW)

    look_at(alice.pk, now=NOW + timedelta(minutes=5))

    assert alerts(alice)["N7"].state == "open"


def test_deleting_the_ground_retracts_at_the_next_weekly_look_and_keeps_the_past_one():
    alice = make_person()
    operations = log(alice, RISE)
    look_at_week(alice.pk, now=NOW)
    [before] = looks(alice)
    recent = [one for one in operations[: 4 * 28] if one.type is RecordType.EPISODE]
    write(alice, *(operation(None, id=one.id, base=1) for one in recent))

    look_at_week(alice.pk, now=NOW + WEEK)

    raised = alerts(alice)["N7"]
    assert (raised.state, raised.closed_reason) == ("retracted", "ground_gone")
    assert looks(alice)[0].numbers == before.numbers


def test_a_rise_that_is_over_in_two_looks_in_a_row_is_closed():
    alice = make_person()
    log(alice, RISE)
    look_at_week(alice.pk, now=NOW)
    log(alice, {day: day % 2 for day in range(35)}, today=TODAY + 5 * WEEK, now=NOW + 5 * WEEK)

    look_at_week(alice.pk, now=NOW + 4 * WEEK)
    still = alerts(alice)["N7"].state
    look_at_week(alice.pk, now=NOW + 5 * WEEK)

    closed = alerts(alice)["N7"]
    assert still == "open"
    assert (closed.state, closed.closed_reason) == ("closed", "X2")


def test_diary_only_gets_the_numbers_but_no_alert():
    alice = make_person()
    save_profile(alice.pk, ProfileData(diary_only=True), base_version=0, now=NOW)
    log(alice, RISE)

    look_at_week(alice.pk, now=NOW)

    assert looks(alice)[0].numbers["frequency"]["verdict"] == "signal"
    assert alerts(alice) == {}


def test_the_first_write_gives_every_kind_its_slot_and_a_later_one_moves_only_the_state_look():
    alice = make_person()
    write_one(alice, operation(episode()))
    write_one(alice, operation(episode()), now=NOW + timedelta(hours=1))

    due = dict(every(LookDue).filter(person=alice).values_list("kind", "due_at"))

    assert due["state"] == NOW + timedelta(hours=1)
    for kind in (LookKind.WEEKLY, LookKind.MONTHLY):
        assert due[kind] == next_slot(kind, alice.pk, "UTC", now=NOW)


def test_a_due_week_is_looked_at_once_and_moves_to_the_next_slot():
    alice = make_person()
    log(alice, {0: 1})
    slot = next_slot(LookKind.WEEKLY, alice.pk, "UTC", now=NOW)

    early = look_at_due(now=NOW, limit=10, lease=LEASE, kind=LookKind.WEEKLY)
    looked = look_at_due(now=slot, limit=10, lease=LEASE, kind=LookKind.WEEKLY)
    again = look_at_due(now=slot, limit=10, lease=LEASE, kind=LookKind.WEEKLY)

    row = every(LookDue).get(person=alice, kind=LookKind.WEEKLY)
    assert (early, looked, again) == (0, 1, 0)
    assert row.due_at == slot + WEEK
    assert [look.period for look in looks(alice)] == [slot.date()]


def test_a_month_is_compared_once_with_all_its_numbers():
    alice = make_person()
    log(alice, STEADY)

    look_at_month(alice.pk, now=NOW)
    again = look_at_month(alice.pk, now=NOW + timedelta(hours=1))

    [look] = looks(alice, LookKind.MONTHLY)
    [stress] = [
        each
        for each in look.numbers["triggers"]["results"]
        if (each["key"], each["family"]) == ("stress", "same_day")
    ]
    assert again is None
    assert (stress["exposed_days"], stress["unexposed_days"]) == (42, 98)


def test_a_week_that_fails_waits_an_hour_and_holds_up_nobody(monkeypatch, caplog):
    alice, bob = make_person("alice"), make_person("bob")
    for person in (alice, bob):
        write_one(person, operation(episode()))
    every(LookDue).filter(kind=LookKind.WEEKLY).update(due_at=NOW)
    real = weekly_view_of

    def fail_for_alice(person_id, *arguments, **options):
        if person_id == alice.pk:
            raise ValueError("canary: lip")
        return real(person_id, *arguments, **options)

    monkeypatch.setattr(statistical_looks, "weekly_view_of", fail_for_alice)

    look_at_due(now=NOW, limit=10, lease=LEASE, kind=LookKind.WEEKLY)

    poisoned = every(LookDue).get(person=alice, kind=LookKind.WEEKLY)
    assert (poisoned.attempts, poisoned.due_at) == (1, NOW + timedelta(hours=1))
    assert (len(looks(alice)), len(looks(bob))) == (0, 1)
    assert "canary" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_store_one_look_per_person():
    people = [make_person(f"person{number}") for number in range(8)]
    for person in people:
        write_one(person, operation(episode()))
    every(LookDue).filter(kind=LookKind.WEEKLY).update(due_at=NOW)

    def work():
        for person in people:
            look_at_week(person.pk, now=NOW)
        look_at_due(now=NOW, limit=3, lease=LEASE, kind=LookKind.WEEKLY)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [len(looks(person)) for person in people] == [1] * len(people)
