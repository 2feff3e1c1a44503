"""State looks: what makes them due, who claims them, what they leave behind."""

import threading
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, connections

from diary.domain.assessment import assess
from diary.domain.look_slots import LookKind
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import Alert, Look, LookDue
from diary.models.isolation import acting_for
from diary.operations import looks
from diary.operations.due_looks import claim_looks
from diary.operations.looks import look_at, look_at_due
from diary.operations.profile import save_profile
from tests.everybody import every
from tests.factories import (
    NOW,
    episode,
    make_person,
    moment,
    operation,
    problem,
    write,
    write_one,
)

pytestmark = pytest.mark.django_db

LEASE = timedelta(minutes=5)


def persistent(person, days=range(1, 21)):
    """Log an episode on each of these days before NOW."""
    start = date(2026, 3, 10)
    return write(
        person,
        *(
            operation(episode(start=moment(f"{start - timedelta(days=day)}T11:00:00+01:00")))
            for day in days
        ),
    )


def alerts(person):
    with acting_for(person.pk):
        return {alert.rule: alert for alert in Alert.objects.order_by("rule")}


def test_three_weeks_of_lip_twitching_raise_the_persistence_alert():
    alice = make_person()
    persistent(alice)

    looked = look_at_due(now=NOW, limit=10, lease=LEASE)

    raised = alerts(alice)["N1"]
    assert looked == 1
    assert (raised.state, raised.level, raised.addressee) == ("open", "see_doctor", "neurologist")
    assert raised.numbers["logged_days"] == 20


def test_a_month_told_in_the_intake_raises_it_on_the_first_day():
    alice = make_person()
    write_one(alice, operation(problem(), type=RecordType.PROBLEM))

    look_at_due(now=NOW, limit=10, lease=LEASE)

    assert alerts(alice)["N1"].evidence_from == "intake"


def test_looking_twice_raises_nothing_new():
    alice = make_person()
    persistent(alice)
    look_at(alice.pk, now=NOW)
    before = {rule: alert.version for rule, alert in alerts(alice).items()}

    look_at(alice.pk, now=NOW + timedelta(minutes=1))

    assert {rule: alert.version for rule, alert in alerts(alice).items()} == before
    with acting_for(alice.pk):
        assert Look.objects.count() == 2


def test_an_alert_whose_entries_are_deleted_is_retracted_with_a_reason():
    alice = make_person()
    batch = persistent(alice)
    look_at(alice.pk, now=NOW)
    write(
        alice,
        *(
            operation(None, id=outcome.record.id, base=1)
            for outcome in batch.outcomes
            if outcome.record
        ),
    )

    look_at(alice.pk, now=NOW)

    raised = alerts(alice)["N1"]
    assert (raised.state, raised.closed_reason) == ("retracted", "ground_gone")


def test_after_a_look_the_next_is_due_on_the_next_morning():
    alice = make_person()
    persistent(alice)

    look_at_due(now=NOW, limit=10, lease=LEASE)

    row = every(LookDue).get(person=alice, kind=LookKind.STATE)
    assert row.leased_until is None
    assert NOW < row.due_at <= NOW + timedelta(days=1)
    assert look_at_due(now=NOW + timedelta(seconds=1), limit=10, lease=LEASE) == 0


def test_a_write_during_the_look_leaves_the_look_due(monkeypatch):
    alice = make_person()
    persistent(alice)
    [(person_id, changed)] = claim_looks(LookKind.STATE, now=NOW, limit=1, lease=LEASE)
    write_one(alice, operation(episode()), now=NOW + timedelta(seconds=1))

    look_at(person_id, now=NOW + timedelta(seconds=2), changed=changed)

    assert every(LookDue).due(now=NOW + timedelta(seconds=3)).count() == 1


def test_a_diary_that_changes_while_it_is_looked_at_is_read_again(monkeypatch):
    alice = make_person()
    persistent(alice)
    views = []

    def write_between(view, **options):
        views.append(view)
        if len(views) == 1:
            write_one(alice, operation(episode()))
        return assess(view, **options)

    monkeypatch.setattr(looks, "assess", write_between)

    look_at(alice.pk, now=NOW)

    assert [len(view.episodes) for view in views] == [20, 21]
    with acting_for(alice.pk):
        assert Look.objects.count() == 1


def test_a_diary_that_never_stands_still_is_looked_at_under_the_lock(monkeypatch):
    alice = make_person()
    persistent(alice)
    read = []

    def always_changed(person_id):
        read.append(person_id)
        return -1

    monkeypatch.setattr(looks, "counter_of", always_changed)

    look_at(alice.pk, now=NOW)

    assert len(read) == 3
    assert alerts(alice)["N1"].state == "open"


def test_a_claimed_person_is_left_alone_until_the_lease_runs_out():
    alice = make_person()
    persistent(alice)
    claim_looks(LookKind.STATE, now=NOW, limit=1, lease=LEASE)

    during = claim_looks(LookKind.STATE, now=NOW + timedelta(minutes=4), limit=1, lease=LEASE)
    after = claim_looks(LookKind.STATE, now=NOW + timedelta(minutes=6), limit=1, lease=LEASE)

    assert during == []
    assert [person for person, _ in after] == [alice.pk]


def test_no_more_persons_are_claimed_than_asked_for_whatever_the_plan():
    for name in "abcdefgh":
        persistent(make_person(name), days=range(1, 2))
    with connection.cursor() as cursor:
        # A nested loop asks its inner side again for each row, and not only once.
        for option in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
            cursor.execute(f"SET LOCAL enable_{option} = off")

    claimed = claim_looks(LookKind.STATE, now=NOW, limit=2, lease=LEASE)

    assert len(claimed) == 2


def test_a_lease_from_before_the_clock_was_put_back_counts_for_nothing():
    alice = make_person()
    persistent(alice)
    an_hour_ahead = NOW + timedelta(hours=1)
    claim_looks(LookKind.STATE, now=an_hour_ahead, limit=1, lease=LEASE)

    claimed = claim_looks(LookKind.STATE, now=NOW, limit=1, lease=LEASE)

    assert [person for person, _ in claimed] == [alice.pk]


def test_a_diary_that_fails_waits_an_hour_and_holds_up_nobody(monkeypatch, caplog):
    alice, bob = make_person("alice"), make_person("bob")
    persistent(alice)
    persistent(bob)
    real = assess

    def fail_once(view, **options):
        if len(view.episodes) == 20 and not failed:
            failed.append(True)
            raise ValueError("canary: lip")
        return real(view, **options)

    failed: list[bool] = []
    monkeypatch.setattr(looks, "assess", fail_once)

    looked = look_at_due(now=NOW, limit=10, lease=LEASE)

    assert looked == 2
    assert {len(alerts(alice)), len(alerts(bob))} >= {0}
    waiting = every(LookDue).get(attempts=1)
    assert waiting.due_at == NOW + timedelta(hours=1)
    assert "canary" not in caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_four_workers_claim_every_person_exactly_once():
    people = [make_person(f"person{number}") for number in range(40)]
    for person in people:
        write_one(person, operation(episode()))
    claimed: list[UUID] = []

    def work():
        while rows := claim_looks(LookKind.STATE, now=NOW, limit=3, lease=LEASE):
            claimed.extend(person for person, _ in rows)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(claimed) == sorted(person.pk for person in people)


def test_diary_only_raises_no_persistence_alert():
    alice = make_person()
    save_profile(alice.pk, ProfileData(diary_only=True), base_version=0, now=NOW)
    persistent(alice)

    look_at(alice.pk, now=NOW)

    assert alerts(alice) == {}
