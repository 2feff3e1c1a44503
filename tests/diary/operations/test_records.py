"""What becomes of an operation, by the table of conflict rules, on the real database."""

import uuid
from datetime import date, timedelta

import pytest

from diary.domain.wire.records import RecordType
from diary.models import DailyRow, EntryVersion, Episode, LookDue
from diary.models.isolation import acting_for
from diary.operations.records import Status
from diary.queries.records import record
from tests.everybody import every
from tests.factories import (
    NOW,
    check_in,
    episode,
    make_person,
    moment,
    operation,
    problem,
    symptom,
    write,
    write_one,
)

pytestmark = pytest.mark.django_db


def test_a_new_record_is_applied_as_version_one() -> None:
    alice = make_person()

    outcome = write_one(alice, operation(episode()))

    assert outcome.status is Status.APPLIED
    assert outcome.record is not None
    assert (outcome.record.version, outcome.record.seq) == (1, 1)


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        (RecordType.EPISODE, episode(end=moment("2026-03-10T11:00:30+01:00"))),
        (RecordType.EPISODE, episode(symptoms=[symptom("worry")], ext={"app": {"color": 1}})),
        (RecordType.CHECK_IN, check_in(caffeine_mg=240, recorded=moment())),
        (RecordType.PROBLEM, problem(seconds_per_bout={"low": 3.0, "high": 5.0})),
        (
            RecordType.MEDICATION,
            {
                "name": "Prednisone",
                "medicine_class": "corticosteroid",
                "started": {"date": "2026-01-01", "precision": "month"},
            },
        ),
        (RecordType.HISTORY_ITEM, {"kind": "family", "status": "none_known"}),
        (RecordType.REMEDY_TRIAL, {"remedy": "rest", "started_on": "2026-03-01"}),
    ],
)
def test_what_was_sent_is_what_is_read_back(type_: RecordType, data: dict[str, object]) -> None:
    alice = make_person()
    sent = operation(data, type=type_)

    write_one(alice, sent)

    with acting_for(alice.pk):
        stored = record(alice.pk, type_, sent.id)["data"]
    assert stored is not None
    again = operation(dict(stored), type=type_, id=sent.id, base=1)
    assert write_one(alice, again).status is Status.APPLIED
    for name, value in data.items():
        assert _without_defaults(stored[name], value) == value


def _without_defaults(stored: object, sent: object) -> object:
    if isinstance(stored, dict) and isinstance(sent, dict):
        return {name: stored[name] for name in sent}
    if isinstance(stored, list) and isinstance(sent, list):
        return [_without_defaults(a, b) for a, b in zip(stored, sent, strict=True)]
    return stored


def test_the_same_operation_fifty_times_makes_one_row_and_the_same_answer() -> None:
    alice = make_person()
    one = operation(episode(symptoms=[symptom("slurred_speech", onset="sudden")]))

    first = write_one(alice, one)
    repeats = [write_one(alice, one) for _ in range(50)]

    assert {outcome.status for outcome in repeats} == {Status.DUPLICATE}
    assert all(outcome.advice == first.advice for outcome in repeats)
    assert first.advice
    with acting_for(alice.pk):
        assert Episode.objects.count() == EntryVersion.objects.count() == 1


def test_an_operation_id_with_other_content_is_refused() -> None:
    alice = make_person()
    one = operation(episode())
    write_one(alice, one)

    other = operation(episode(strength=9), id=one.id, op_id=one.op_id)

    assert write_one(alice, other).status is Status.OP_REUSED


def test_the_same_operation_twice_in_one_batch_is_applied_once() -> None:
    alice = make_person()
    one = operation(episode())

    batch = write(alice, one, one)

    assert [outcome.status for outcome in batch.outcomes] == [Status.APPLIED, Status.DUPLICATE]


def test_an_edit_from_an_old_version_conflicts_and_shows_the_server_record() -> None:
    alice = make_person()
    one = operation(episode())
    write_one(alice, one)
    write_one(alice, operation(episode(strength=6), id=one.id, base=1))

    late = write_one(alice, operation(episode(strength=2), id=one.id, base=1))

    assert late.status is Status.CONFLICT
    assert late.record is not None
    assert late.record.data is not None
    assert late.record.data["strength"] == 6


def test_an_edit_survives_a_stale_delete() -> None:
    alice = make_person()
    one = operation(episode())
    write_one(alice, one)
    write_one(alice, operation(episode(strength=6), id=one.id, base=1))

    assert write_one(alice, operation(None, id=one.id, base=1)).status is Status.CONFLICT


def test_a_deleted_record_leaves_an_empty_tombstone() -> None:
    alice = make_person()
    one = operation(episode(note="at the dentist"))
    write_one(alice, one)

    outcome = write_one(alice, operation(None, id=one.id, base=1))

    assert outcome.status is Status.APPLIED
    with acting_for(alice.pk):
        row = Episode.objects.get(id=one.id)
        assert row.deleted
        assert "dentist" not in str(vars(row))
        assert not DailyRow.objects.exists()


def test_deleting_again_says_so_and_editing_a_tombstone_conflicts() -> None:
    alice = make_person()
    one = operation(episode())
    write_one(alice, one)
    write_one(alice, operation(None, id=one.id, base=1))

    again = write_one(alice, operation(None, id=one.id, base=2))
    edit = write_one(alice, operation(episode(), id=one.id, base=2))

    assert again.status is Status.ALREADY_DELETED
    assert edit.status is Status.CONFLICT


def test_creating_an_id_that_exists_conflicts() -> None:
    alice = make_person()
    one = operation(episode())
    write_one(alice, one)

    assert write_one(alice, operation(episode(), id=one.id)).status is Status.CONFLICT


def test_editing_what_the_server_never_had_conflicts_with_nothing() -> None:
    alice = make_person()

    outcome = write_one(alice, operation(episode(), base=3))

    assert (outcome.status, outcome.record) == (Status.CONFLICT, None)


def test_one_bad_operation_leaves_the_others_applied() -> None:
    alice = make_person()
    bad = operation(episode(strength=11, movement="dance"))

    batch = write(alice, operation(episode()), bad, operation(episode()))

    assert [outcome.status for outcome in batch.outcomes] == [
        Status.APPLIED,
        Status.INVALID,
        Status.APPLIED,
    ]
    assert {error.path for error in batch.outcomes[1].errors} == {("strength",), ("movement",)}


def test_the_id_of_another_persons_record_is_free_for_me() -> None:
    alice, bob = make_person("alice"), make_person("bob")
    one = operation(episode())
    write_one(alice, one)

    outcome = write_one(bob, operation(episode(), id=one.id))

    assert outcome.status is Status.APPLIED


def test_a_second_check_in_of_a_day_conflicts_with_the_first() -> None:
    alice = make_person()
    first = operation(check_in(), type=RecordType.CHECK_IN)
    write_one(alice, first)

    second = write_one(alice, operation(check_in(twitched="yes"), type=RecordType.CHECK_IN))

    assert second.status is Status.CONFLICT
    assert second.record is not None
    assert second.record.id == first.id


def test_moving_a_check_in_onto_a_taken_day_conflicts() -> None:
    alice = make_person()
    write_one(alice, operation(check_in("2026-03-09"), type=RecordType.CHECK_IN))
    other = operation(check_in("2026-03-10"), type=RecordType.CHECK_IN)
    write_one(alice, other)

    moved = operation(check_in("2026-03-09"), type=RecordType.CHECK_IN, id=other.id, base=1)

    assert write_one(alice, moved).status is Status.CONFLICT


def test_moving_an_episode_to_another_day_rebuilds_both_days() -> None:
    alice = make_person()
    one = operation(episode())
    write_one(alice, one)

    write_one(
        alice, operation(episode(start=moment("2026-03-08T09:00:00+01:00")), id=one.id, base=1)
    )

    with acting_for(alice.pk):
        days = list(DailyRow.objects.values_list("local_date", "episodes"))
    assert days == [(date(2026, 3, 8), 1)]


def test_a_write_makes_the_look_due_at_once() -> None:
    alice = make_person()

    write_one(alice, operation(episode()))

    assert every(LookDue).due(now=NOW).count() == 1


def test_the_counter_moves_by_what_was_written_and_not_by_a_repeat() -> None:
    alice = make_person()
    one = operation(episode())

    first = write(alice, one)
    repeat = write(alice, one)

    assert first.before.seq == 0
    assert repeat.before == repeat.after == first.after


def test_a_phone_with_a_clock_ten_years_behind_still_gets_the_emergency_advice() -> None:
    alice = make_person()
    start = moment("2016-03-10T11:00:00+01:00", "")
    signs = [symptom("one_sided_weakness", onset="sudden")]

    outcome = write_one(
        alice,
        operation(episode(start=start, symptoms=signs)),
        sent_at=NOW - timedelta(days=3652),
    )

    assert [advice["level"] for advice in outcome.advice] == ["emergency"]


def test_a_sign_logged_where_it_is_already_tomorrow_gets_the_advice() -> None:
    alice = make_person()
    start = moment("2026-03-11T01:00:00+14:00", "Pacific/Kiritimati")

    outcome = write_one(alice, operation(episode(start=start, symptoms=[symptom("seizure")])))

    assert [advice["level"] for advice in outcome.advice] == ["emergency"]


def test_ids_are_the_phones_own() -> None:
    alice, id_ = make_person(), uuid.uuid4()

    outcome = write_one(alice, operation(episode(), id=id_))

    assert outcome.record is not None
    assert outcome.record.id == id_
