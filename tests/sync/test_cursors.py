"""S13 to S16: pages, jumps, restored backups and cursors nobody gave out."""

from itertools import count

import pytest
from django.db.models import F

from diary.models import Episode, PersonSync
from diary.models.isolation import acting_for
from diary.operations.restoring import renew_epochs
from tests.factories import check_in, episode
from tests.phone.phone import Ended
from tests.phone.transport import InsideTransport
from tests.sync.requests import create, delete, edit, everything, pull, results
from tests.sync.service import phone_of, rows_of


def set_counter(person, **columns):
    with acting_for(person.pk):
        PersonSync.objects.filter(person_id=person.pk).update(**columns)


def restore_backup(person, seq):
    """Take the service back to where it was at `seq`, as a restored backup does."""
    with acting_for(person.pk):
        Episode.objects.filter(seq__gt=seq).delete()
    set_counter(person, seq=seq)


def cursor_with(phone, seq):
    """Return the phone's cursor with another position in it, which no phone may make."""
    return f"{phone.memory.cursor.rpartition('.')[0]}.{seq}"


class BusyTransport(InsideTransport):
    """A service to which another phone writes before each page is read."""

    def __init__(self, writer, records):
        super().__init__()
        self.writer, self.records, self.turn = writer, records, count()

    def send(self, method, path, body, headers):
        if method == "GET" and (turn := next(self.turn)) < len(self.records):
            record = self.records[-turn]
            results(self.writer, edit(record, 1, note=f"turn {turn}"), create())
        return super().send(method, path, body, headers)


@pytest.mark.parametrize("page", [1, 7, 500])
def test_s13_pages_read_while_records_are_edited_end_in_the_present_state(
    alice, phone, new_phone, page
):
    records = [create() for _ in range(12)]
    results(phone, *records)
    results(phone, delete(records[0], 1))
    reader = new_phone(BusyTransport(phone, records[1:]), page=page)

    assert reader.sync() is reader.sync() is Ended.IN_STEP

    copies = {key: (copy.version, copy.data) for key, copy in reader.memory.copies.items()}
    assert copies == rows_of(alice.pk)


def test_s13_tombstones_are_told_and_nothing_is_told_twice_at_rest(phone):
    kept, gone = create(), create()
    results(phone, kept, gone)
    results(phone, delete(gone, 1))

    page = pull(phone, "?limit=500").body
    after = pull(phone, f"?limit=500&cursor={page['cursor']}").body

    assert {(each["id"], each["deleted"]) for each in page["changes"]} == {
        (kept["id"], False),
        (gone["id"], True),
    }
    assert [each["seq"] for each in page["changes"]] == sorted(
        each["seq"] for each in page["changes"]
    )
    assert (after["changes"], after["more"], after["cursor"]) == ([], False, page["cursor"])


def test_s14_a_phone_that_may_jump_need_not_pull_its_own_batch(phone):
    phone.log("episode", episode())
    phone.sync()
    phone.log("episode", episode())

    phone.push()
    page = pull(phone, f"?cursor={phone.memory.cursor}").body

    assert page["changes"] == []
    assert page["cursor"] == phone.memory.cursor


def test_s14_a_phone_whose_cursor_is_not_from_does_not_jump_and_misses_nothing(phone, other):
    phone.sync()
    hers = other.log("episode", episode(note="from the other phone"))
    other.sync()
    before = phone.memory.cursor
    mine = phone.log("episode", episode())

    phone.push()
    assert phone.memory.cursor == before
    phone.pull()

    assert set(phone.shown("episode")) == {hers, mine}


def test_s14_alerts_that_a_push_raises_come_with_its_answer(phone):
    phone.log("episode", episode())
    phone.sync()
    seven_days = {"symptom": "one_sided_weakness", "present": True, "onset": "sudden"}
    phone.log("check_in", check_in(symptoms=[seven_days]))

    phone.push()
    told = {key for key, copy in phone.memory.copies.items() if copy.type == "alert"}

    assert told == {f"alert/{each['id']}" for each in everything(phone) if each["type"] == "alert"}


def test_s15_after_a_restored_backup_a_cursor_ahead_of_it_is_refused(alice, phone):
    records = [create() for _ in range(4)]
    results(phone, *records)
    page = pull(phone, "?limit=2").body
    end = pull(phone).body["cursor"]
    restore_backup(alice, page["changes"][-1]["seq"])

    answer = pull(phone, f"?cursor={end}")

    assert (answer.status, answer.body["code"]) == (409, "resync_required")
    assert answer.body["reason"] == "ahead"


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_s15_with_a_new_epoch_every_old_cursor_is_refused_and_phones_pull_anew(alice, phone):
    kept = phone.log("episode", episode())
    phone.sync()
    with acting_for(alice.pk):
        backup = PersonSync.objects.get(person_id=alice.pk).seq
    lost = phone.log("episode", episode(note="after the backup"))
    phone.sync()
    restore_backup(alice, backup)
    renew_epochs()
    unsent = phone.log("episode", episode())

    for seq in range(backup + 1):
        assert pull(phone, f"?cursor={cursor_with(phone, seq)}").body["reason"] == "epoch"
    assert phone.sync() is Ended.IN_STEP

    assert set(phone.shown("episode")) == {kept, unsent}
    [question] = phone.memory.to_ask
    assert (question.reason, question.id, question.mine["note"]) == (
        "gone",
        lost,
        "after the backup",
    )


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_s15_a_phone_that_dies_while_it_pulls_anew_still_shows_its_diary(alice, phone):
    ids = {phone.log("episode", episode()) for _ in range(3)}
    phone.sync()
    renew_epochs()
    phone.page = 1
    steps = count()
    inside = phone.transport.send

    def stop_after_one_page(*request):
        assert next(steps) < 2, "stopped"
        return inside(*request)

    phone.transport.send = stop_after_one_page
    with pytest.raises(AssertionError, match="stopped"):
        phone.pull()
    again = phone_of(alice, disk=phone.disk)

    assert set(again.shown("episode")) == ids
    assert again.sync() is Ended.IN_STEP
    assert set(again.shown("episode")) == ids
    assert again.memory.to_ask == []
    assert again.memory.leftover == {}


def test_s16_a_cursor_below_the_floor_is_refused_and_the_deletion_arrives(alice, phone, other):
    id = phone.log("episode", episode())
    phone.sync(), other.sync()
    other.delete("episode", id)
    other.sync()
    with acting_for(alice.pk):
        Episode.objects.filter(deleted=True).delete()  # the tombstone is purged
    set_counter(alice, floor=F("seq"))

    assert pull(phone, f"?cursor={phone.memory.cursor}").body["reason"] == "too_old"
    assert phone.sync() is Ended.IN_STEP

    assert phone.shown("episode") == {}
    assert phone.memory.to_ask == []


@pytest.mark.parametrize(
    ("seq", "reason"),
    [
        ("-1", "unreadable"),
        (str(2**63), "unreadable"),
        (str(2**63 - 1), "ahead"),
        ("1e3", "unreadable"),
        ("٣", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_s16_a_position_nobody_gave_out_is_refused(phone, seq, reason):
    phone.log("episode", episode())
    phone.sync()

    answer = phone.send("GET", f"/v1/sync?cursor={cursor_with(phone, seq)}", None)

    assert (answer.status, answer.body["reason"]) == (409, reason)


@pytest.mark.parametrize("cursor", ["x", "1", "1..", "2.0.1", "' OR 1=1", "%00", "1." + "f" * 5000])
def test_s16_garbage_is_refused_and_a_phone_that_holds_it_gets_well(phone, cursor):
    id = phone.log("episode", episode())
    phone.sync()
    phone.memory.cursor = cursor

    assert phone.sync() is Ended.IN_STEP

    assert set(phone.shown("episode")) == {id}


def test_s16_the_cursor_of_another_person_is_refused(bob, phone):
    phone.log("episode", episode())
    phone.sync()
    his = phone_of(bob)
    his.log("episode", episode())
    his.sync()

    answer = pull(phone, f"?cursor={his.memory.cursor}")

    assert (answer.status, answer.body["reason"]) == (409, "epoch")


@pytest.mark.parametrize("limit", ["0", "501", "-1", "x", "1.5", "٣", ""])
def test_s16_a_page_size_that_is_not_offered_is_refused(phone, limit):
    assert pull(phone, f"?limit={limit}").status == 422


def test_a_phone_of_a_person_who_wrote_nothing_is_in_step(phone):
    assert phone.sync() is Ended.IN_STEP
    assert phone.sync() is Ended.IN_STEP
    assert phone.memory.copies == {}
