"""What a diary lets go of, and what it keeps."""

from datetime import datetime, timedelta

import pytest

from diary.domain.look_slots import LookKind
from diary.domain.wire.records import RecordType
from diary.models import Episode, LookDue, Medication, PersonSync, RefusedOperation
from diary.models.isolation import acting_for
from diary.operations.looks import look_at_due
from diary.operations.records import Operation, Status
from diary.operations.retention import REFUSED_AGE, TOMBSTONE_AGE, let_go
from diary.operations.sync import push
from tests.factories import NOW, episode, make_person, operation, write, write_one

pytestmark = pytest.mark.django_db

TICK = timedelta(seconds=1)


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


def test_the_monthly_sweep_lets_go(settings) -> None:
    alice = make_person()
    deleted_at(alice, NOW)
    later = NOW + TOMBSTONE_AGE + timedelta(days=31)
    write(alice, operation(episode()), now=NOW)
    LookDue.objects.filter(kind=LookKind.MONTHLY).update(due_at=later)

    looked = look_at_due(now=later, limit=10, lease=timedelta(minutes=1), kind=LookKind.MONTHLY)

    assert looked == 1
    with acting_for(alice.pk):
        assert not Episode.objects.filter(deleted=True).exists()
