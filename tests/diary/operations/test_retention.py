"""What a diary lets go of, and what it keeps."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import OperationalError

from diary.domain.access_log import Access, Action
from diary.domain.wire.records import RecordType
from diary.models import (
    AccessLogRow,
    Device,
    Episode,
    Medication,
    PersonSync,
    RefusedOperation,
    User,
)
from diary.models.isolation import acting_for
from diary.operations.access_log import note_access
from diary.operations.records import Operation, Status
from diary.operations.retention import (
    PARTS,
    let_go,
    let_go_of_accesses,
    let_go_of_next_part,
)
from diary.operations.sync import push
from diary.queries.retention import persons_of_part
from tests.delivery.world import signed_in_device
from tests.everybody import every
from tests.factories import NOW, episode, make_person, operation, write_one

pytestmark = pytest.mark.django_db

TICK = timedelta(seconds=1)
TOMBSTONE_AGE, REFUSED_AGE = timedelta(days=400), timedelta(days=90)


def deleted_at(person, now: datetime, **options) -> Operation:
    made = operation(options.pop("data", episode()), **options)
    write_one(person, made)
    write_one(person, operation(None, type=made.type, id=made.id, base=1), now=now)
    return made


def floor_of(person) -> int:
    with acting_for(person.pk):
        return PersonSync.objects.get().floor


def test_a_tombstone_goes_after_400_days_and_the_floor_rises_to_it() -> None:
    alice = make_person()
    deleted_at(alice, NOW)
    with acting_for(alice.pk):
        seq = Episode.objects.get().seq

    let_go(alice.pk, now=NOW + TOMBSTONE_AGE + TICK)

    with acting_for(alice.pk):
        assert not Episode.objects.exists()
    assert floor_of(alice) == seq


def test_a_tombstone_stays_for_400_days() -> None:
    alice = make_person()
    deleted_at(alice, NOW)

    let_go(alice.pk, now=NOW + TOMBSTONE_AGE)

    with acting_for(alice.pk):
        assert Episode.objects.filter(deleted=True).count() == 1
    assert floor_of(alice) == 0


def test_the_floor_is_the_newest_tombstone_of_any_type_and_never_sinks() -> None:
    alice = make_person()
    medicine = {"type": RecordType.MEDICATION, "data": {"name": "Prednisone"}}
    deleted_at(alice, NOW)
    deleted_at(alice, NOW, **medicine)
    with acting_for(alice.pk):
        newest = Medication.objects.get().seq
    let_go(alice.pk, now=NOW + TOMBSTONE_AGE + TICK)

    let_go(alice.pk, now=NOW + TOMBSTONE_AGE + TICK)

    assert floor_of(alice) == newest


def test_a_record_that_lives_is_never_let_go() -> None:
    alice = make_person()
    write_one(alice, operation(episode()))

    let_go(alice.pk, now=NOW + 10 * TOMBSTONE_AGE)

    with acting_for(alice.pk):
        assert Episode.objects.count() == 1


def test_the_old_operations_of_a_purged_record_are_still_repeats() -> None:
    alice = make_person()
    made = deleted_at(alice, NOW)
    let_go(alice.pk, now=NOW + TOMBSTONE_AGE + TICK)

    outcome = write_one(alice, made, now=NOW + TOMBSTONE_AGE + 2 * TICK)

    assert outcome.status is Status.DUPLICATE
    with acting_for(alice.pk):
        assert not Episode.objects.exists()


@pytest.mark.parametrize(("age", "kept"), [(REFUSED_AGE, 1), (REFUSED_AGE + TICK, 0)])
def test_a_refused_operation_is_kept_for_90_days(age: timedelta, kept: int) -> None:
    alice = make_person()
    push(alice.pk, [{"op": "no"}], now=NOW)

    let_go(alice.pk, now=NOW + age)

    with acting_for(alice.pk):
        assert RefusedOperation.objects.count() == kept


def test_a_device_that_was_signed_out_is_forgotten_after_90_days_and_no_other() -> None:
    alice = make_person()
    revoked, _ = signed_in_device(alice), signed_in_device(alice)
    every(Device).filter(id=revoked.id).update(revoked_at=NOW)

    let_go(alice.pk, now=NOW + timedelta(days=90))
    assert every(Device).count() == 2

    let_go(alice.pk, now=NOW + timedelta(days=90) + TICK)
    assert not every(Device).filter(id=revoked.id).exists()
    assert every(Device).count() == 1


def test_the_access_log_is_forgotten_after_its_years_and_its_chain_goes_on() -> None:
    alice = make_person()
    for year in (2016, 2026):
        at = NOW.replace(year=year)
        note_access(alice.pk, Access(action=Action.VIEWED), now=at)

    let_go_of_accesses(alice.pk, now=NOW)

    with acting_for(alice.pk):
        assert AccessLogRow.objects.values_list("number", flat=True).get() == 2


def round_at(now: datetime) -> int:
    """Let a whole round go over all persons; return how many parts it had."""
    parts = 0
    while let_go_of_next_part(now=now):
        parts += 1
    return parts


@pytest.fixture
def _few_parts(monkeypatch):
    monkeypatch.setattr("diary.operations.retention.PARTS", 16)


@pytest.mark.usefixtures("_few_parts")
def test_a_round_a_day_comes_to_everybody_and_goes_on_where_it_was_left() -> None:
    people = [make_person(f"person-{number}") for number in range(20)]
    for person in people:
        push(person.pk, [{"op": "no"}], now=NOW - REFUSED_AGE - TICK)
    let_go_of_next_part(now=NOW)

    assert round_at(NOW + TICK) == 15
    assert round_at(NOW + timedelta(hours=23)) == 0
    assert round_at(NOW + timedelta(days=1)) == 16
    for person in people:
        with acting_for(person.pk):
            assert not RefusedOperation.objects.exists()


@pytest.mark.usefixtures("_few_parts")
def test_one_for_whom_it_fails_does_not_hold_up_the_others(monkeypatch) -> None:
    people = [make_person(f"person-{number}") for number in range(4)]
    inside, reached = let_go, set()

    def failing(person_id, **options):
        reached.add(person_id)
        if person_id == people[0].pk:
            raise OperationalError
        inside(person_id, **options)

    monkeypatch.setattr("diary.operations.retention.let_go", failing)
    round_at(NOW)

    assert reached == {person.pk for person in people}


def test_the_parts_cover_every_id_once() -> None:
    edges = [UUID(int=0), UUID(int=2**128 - 1), UUID(int=2**116), UUID(int=2**116 - 1)]
    User.objects.bulk_create(User(id=id_, email=f"{id_.int}@example.org") for id_ in edges)

    found = [persons_of_part(part, of=PARTS) for part in (0, 1, PARTS - 1)]

    assert found == [[edges[0], edges[3]], [edges[2]], [edges[1]]]


@pytest.mark.usefixtures("_few_parts")
@pytest.mark.parametrize(("age", "kept"), [(30, True), (31, False)])
def test_an_account_whose_address_nobody_confirmed_goes_after_30_days(age, kept) -> None:
    verified, unverified, by_hand = (make_person(name) for name in ("alice", "bob", "carol"))
    for person, is_verified in ((verified, True), (unverified, False)):
        EmailAddress.objects.create(user=person, email=person.email, verified=is_verified)
    User.objects.update(date_joined=NOW)
    note_access(unverified.pk, Access(action=Action.SIGN_IN_FAILED), now=NOW)

    round_at(NOW + timedelta(days=age))

    assert User.objects.filter(pk=unverified.pk).exists() is kept
    assert set(User.objects.exclude(pk=unverified.pk)) == {verified, by_hand}


@pytest.mark.usefixtures("_few_parts")
def test_a_session_that_ended_by_itself_goes_a_day_later() -> None:
    for key, hours in (("old", 25), ("young", 23)):
        Session.objects.create(session_key=key, expire_date=NOW - timedelta(hours=hours))

    round_at(NOW)

    assert [session.session_key for session in Session.objects.all()] == ["young"]
