"""Many rows in one statement hold exactly what the columns were given."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from diary.domain.wire.records import RecordType
from diary.models import CheckIn, DailyRow, RefusedOperation
from diary.models.isolation import acting_for
from diary.operations.records import Operation, Status
from diary.operations.storing import inserting, replacing, run
from tests.factories import NOW, check_in, episode, make_person, operation, write

pytestmark = pytest.mark.django_db

STATEMENTS = 10


def refused(person, digest: bytes, content: object) -> dict[str, object]:
    return {
        "person_id": person.pk,
        "digest": digest,
        "content": content,
        "refused_at": NOW,
    }


def day_row(person, day: date, **columns: object) -> dict[str, object]:
    blank = {"episodes": 0, "observed": True, "twitch_day": False, "checked_in": True}
    lists: dict[str, object] = {
        "strengths": [],
        "durations_seconds": [],
        "sites": {},
        "exposures": {},
    }
    known = {"person_id": person.pk, "local_date": day, "strongest": None, "minutes": None}
    return blank | lists | known | columns


def test_bytes_of_any_value_are_stored_as_they_are() -> None:
    alice, digest = make_person(), bytes(range(256))

    with acting_for(alice.pk):
        run(inserting(RefusedOperation, [refused(alice, digest, {"op": "\\x00'"})]))
        stored = RefusedOperation.objects.get()

    assert (bytes(stored.digest), stored.content) == (digest, {"op": "\\x00'"})
    assert stored.refused_at == NOW


def test_a_row_whose_key_exists_is_skipped_when_asked_and_refused_when_not() -> None:
    alice = make_person()

    with acting_for(alice.pk):
        run(inserting(RefusedOperation, [refused(alice, b"1", "first")]))
        run(inserting(RefusedOperation, [refused(alice, b"1", "second")], or_skip=True))
        [stored] = RefusedOperation.objects.all()

    assert stored.content == "first"
    with pytest.raises(IntegrityError), acting_for(alice.pk):
        run(inserting(RefusedOperation, [refused(alice, b"1", "third")]))


def test_replacing_keeps_the_columns_that_shall_stay() -> None:
    alice, today = make_person(), date(2026, 3, 10)
    key = ("person_id", "local_date")

    with acting_for(alice.pk):
        run(replacing(DailyRow, [day_row(alice, today, episodes=1, strongest=3)], key=key))
        later = day_row(alice, today, episodes=2, sites={"chin": 2}, strongest=None)
        run(replacing(DailyRow, [later], key=key, keep=("strongest",)))
        stored = DailyRow.objects.get()

    assert (stored.episodes, stored.sites, stored.strongest) == (2, {"chin": 2}, 3)


def test_what_is_written_together_is_one_statement_and_nothing_is_none(
    django_assert_num_queries,
) -> None:
    alice, today = make_person(), date(2026, 3, 10)

    with acting_for(alice.pk):
        day = replacing(DailyRow, [day_row(alice, today)], key=("person_id", "local_date"))
        row = inserting(RefusedOperation, [refused(alice, b"1", "first")])
        with django_assert_num_queries(1):
            run(day, row)
            run()

        assert (DailyRow.objects.count(), RefusedOperation.objects.count()) == (1, 1)


def test_two_check_ins_may_trade_their_dates_within_a_batch() -> None:
    alice, one, two = make_person(), uuid.uuid4(), uuid.uuid4()
    kind = RecordType.CHECK_IN
    write(
        alice,
        operation(check_in("2026-03-08"), type=kind, id=one),
        operation(check_in("2026-03-09"), type=kind, id=two),
    )

    batch = write(
        alice,
        operation(check_in("2026-03-07"), type=kind, id=one, base=1),
        operation(check_in("2026-03-08"), type=kind, id=two, base=1),
        operation(check_in("2026-03-09"), type=kind, id=one, base=2),
    )

    assert {outcome.status for outcome in batch.outcomes} == {Status.APPLIED}
    with acting_for(alice.pk):
        dates = dict(CheckIn.objects.values_list("id", "local_date"))
        days = set(DailyRow.objects.values_list("local_date", flat=True))
    assert dates == {one: date(2026, 3, 9), two: date(2026, 3, 8)}
    assert days == {date(2026, 3, 8), date(2026, 3, 9)}


@pytest.mark.parametrize("size", [1, 50])
def test_a_batch_of_new_episodes_costs_the_same_statements_whatever_its_size(size: int) -> None:
    alice = make_person()
    write(alice, operation(episode()))  # the first write of a diary makes its rows

    with CaptureQueriesContext(connection) as captured:
        write(alice, *(_episode_of(place) for place in range(size)))

    assert len(captured) == STATEMENTS


def _episode_of(place: int) -> Operation:
    at = (NOW - timedelta(hours=place)).isoformat()
    return operation(episode(start={"at": at, "time_zone": "Europe/Berlin"}))
