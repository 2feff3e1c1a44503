"""Sealed columns: what goes in comes out, in its own place only, and never in the clear."""

import os
import threading
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary.domain.wire.records import RecordType
from diary.models import CheckIn, DataKey, Device, Episode, Follow, Medication, Profile
from diary.models.data_keys import keys_of, new_keys, wrap
from diary.models.isolation import acting_for, knowing
from diary.models.keyring import CannotOpen
from diary.models.sealing import NOTHING, SealedRecord, sealed_fields
from diary.operations.records import Status
from diary.queries.records import wire_of_columns
from diary.queries.sync import changes_since
from tests.everybody import every
from tests.factories import NOW, episode, make_person, operation, write, write_one

pytestmark = pytest.mark.django_db

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300)


def master_key():
    return os.urandom(32)


def sealed_models():
    return [model for model in apps.get_models() if sealed_fields(model)]


def note_of(person, id_):
    with acting_for(person.pk):
        return Episode.objects.get(person_id=person.pk, id=id_).note


def overwrite(person, statement, *values):
    with acting_for(person.pk), connection.cursor() as cursor:
        cursor.execute(statement, values)


def written(person, **fields):
    one = operation(episode(**fields))
    write_one(person, one)
    return one.id


def test_every_table_with_a_sealed_column_opens_it():
    assert {"episode", "profile", "report", "diary_device"} <= {
        model._meta.db_table for model in sealed_models()
    }
    assert all(issubclass(model, SealedRecord) for model in sealed_models())


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    note=TEXTS,
    ext=st.dictionaries(
        TEXTS, TEXTS | st.floats(allow_nan=False, allow_infinity=False) | st.none()
    ),
)
def test_any_text_and_any_json_come_back_as_they_were(note, ext):
    with transaction.atomic():
        alice = make_person(uuid.uuid4().hex)
        id_ = uuid.uuid4()
        with acting_for(alice.pk):
            columns = {"person_id": alice.pk, "id": id_, "local_date": NOW.date()}
            CheckIn.objects.create(
                **columns, twitched="no", received_at=NOW, note=note, ext=ext, factors=[note]
            )
            stored = CheckIn.objects.get(person_id=alice.pk, id=id_)
            kept: Any = CheckIn.objects.values_list("note", flat=True).get()
        transaction.set_rollback(True)

    assert (stored.note, stored.ext, stored.factors) == (note, ext, [note])
    assert (kept == b"") == (note == "")
    assert not note or note.encode() not in kept or len(note) < 3


def test_the_longest_note_and_emoji_come_back_through_pull_and_row():
    alice, note = make_person(), ("\U0001f9e0 眼皮跳 " * 1_700)[:5_000]
    trigger = {"factor": "own", "own_label": "😶‍🌫️" * 20, "present": True}

    id_ = written(alice, note=note, triggers=[trigger], ext={"more": "字" * 600})

    with acting_for(alice.pk):
        changes: Any = changes_since(alice.pk, 0, limit=10)
        row = Episode.objects.get(person_id=alice.pk, id=id_)
    assert list(changes.records) == [wire_of_columns(RecordType.EPISODE, vars(row))]
    assert (row.note, row.triggers[0]["own_label"]) == (note, trigger["own_label"])


def test_nothing_is_written_or_compared_in_the_clear():
    alice = make_person()
    written(alice, note="plain")

    with acting_for(alice.pk):
        mine = Episode.objects.filter(person_id=alice.pk)
        row = mine.get()
        for attempt in (
            lambda: mine.update(note="plain"),
            lambda: mine.filter(note="plain").exists(),
            lambda: mine.update(ext={"a": "plain"}),
            lambda: Episode.objects.bulk_update([row], ["note"]),
        ):
            with pytest.raises(TypeError, match="is sealed"), transaction.atomic():
                attempt()
        assert mine.exclude(note=NOTHING).count() == 1


@pytest.mark.parametrize(
    "moved",
    [
        "UPDATE episode SET note = (SELECT note FROM episode WHERE id = %(from)s)",
        "UPDATE episode SET ext = note WHERE id = %(from)s",
        "UPDATE episode SET note = set_byte(note, 20, get_byte(note, 20) # 1) WHERE id = %(from)s",
        "UPDATE episode SET note = '\\x02' WHERE id = %(from)s",
        "UPDATE medication SET note = (SELECT note FROM episode WHERE id = %(from)s)",
    ],
    ids=["row", "column", "bit", "format", "table"],
)
def test_what_was_sealed_opens_in_its_own_place_only(moved):
    alice = make_person()
    first = written(alice, note="one")
    written(alice, note="two")
    with acting_for(alice.pk):
        Medication.objects.create(person_id=alice.pk, id=first, name="x", received_at=NOW)
    with acting_for(alice.pk), connection.cursor() as cursor:
        cursor.execute(moved, {"from": first})

    with acting_for(alice.pk), pytest.raises(CannotOpen):
        _ = [*Episode.objects.all(), *Medication.objects.all()]


@pytest.mark.parametrize("key", ["own", "same"])
def test_what_was_sealed_for_one_person_does_not_open_for_another(key):
    alice, bob, id_ = make_person("alice"), make_person("bob"), uuid.uuid4()
    if key == "same":
        give_the_same_key(alice, bob)
    write_one(alice, operation(episode(note="hers"), id=id_))
    write_one(bob, operation(episode(note="his"), id=id_))
    with acting_for(alice.pk), connection.cursor() as cursor:
        cursor.execute("SELECT note FROM episode")
        [hers] = cursor.fetchone()

    overwrite(bob, "UPDATE episode SET note = %s", hers)

    with pytest.raises(CannotOpen):
        note_of(bob, id_)


def give_the_same_key(*people):
    keys = new_keys()
    for person in people:
        wrapped, wrapped_by = wrap(keys, person.pk)
        with acting_for(person.pk):
            DataKey.objects.create(person_id=person.pk, wrapped=wrapped, wrapped_by=wrapped_by)


def test_a_key_wrapped_for_one_person_opens_nothing_for_another():
    alice, bob = make_person("alice"), make_person("bob")
    id_ = written(bob, note="his")
    wrapped, wrapped_by = wrap(new_keys(), alice.pk)

    overwrite(bob, "UPDATE data_key SET wrapped = %s, wrapped_by = %s", wrapped, wrapped_by)

    with pytest.raises(CannotOpen):
        note_of(bob, id_)


def test_without_the_key_of_the_person_nothing_is_read_by_halves():
    alice = make_person()
    id_ = written(alice, note="words")

    overwrite(alice, "DELETE FROM data_key")

    with pytest.raises(CannotOpen, match="The data key of this person is gone"):
        note_of(alice, id_)


def test_a_missing_master_key_is_named(settings):
    alice = make_person()
    id_ = written(alice, note="words")
    settings.DATA_KEYS = {"other": master_key()}

    with pytest.raises(CannotOpen, match=r"DATA_KEYS has no key '\w+'"):
        note_of(alice, id_)


def test_another_master_key_of_the_same_name_opens_nothing(settings):
    alice = make_person()
    id_ = written(alice, note="words")
    settings.DATA_KEYS = {name: master_key() for name in settings.DATA_KEYS}

    with pytest.raises(CannotOpen) as caught:
        note_of(alice, id_)
    assert "words" not in str(caught.value)


def test_what_is_sealed_for_somebody_else_waits_and_cannot_be_read():
    alice, bob = make_person("alice"), make_person("bob")
    with acting_for(alice.pk):
        follow = Follow(id=uuid.uuid4(), person=alice, follower=bob, label="Bob", invited_at=NOW)
        follow.code_digest = "digest"
        follow.save()
    with acting_for(bob.pk), knowing("digest"):
        follow.follower_label = "Alice"
        follow.save(update_fields=["follower_label"])
        read = Follow.objects.get(id=follow.pk)
        label = read.follower_label
        with pytest.raises(RuntimeError, match="acting_for"):
            _ = read.label

    with acting_for(alice.pk):
        assert (label, read.label) == ("Alice", "Bob")


def test_a_device_is_found_before_anybody_acts_and_its_name_only_by_its_person():
    alice = make_person()
    times = dict.fromkeys(("created_at", "signed_in_at", "last_seen_at"), NOW)
    with acting_for(alice.pk):
        Device.objects.create(person=alice, name="Alice's phone", **times)

    device = every(Device).get()

    with pytest.raises(RuntimeError, match="acting_for"):
        _ = device.name
    with acting_for(alice.pk):
        assert device.name == "Alice's phone"


def test_an_empty_diary_makes_no_key_and_asks_for_none(django_assert_num_queries):
    alice = make_person()
    with acting_for(alice.pk):
        Profile.objects.create(person=alice)
        with django_assert_num_queries(1):
            assert Profile.objects.get().name == ""
        assert not DataKey.objects.exists()


def test_keys_that_were_rolled_back_seal_nothing():
    alice = make_person()
    with acting_for(alice.pk):
        with transaction.atomic():
            lost = keys_of(alice.pk, to_seal=True)
            transaction.set_rollback(True)
        kept = keys_of(alice.pk, to_seal=True)

    with acting_for(alice.pk):
        assert keys_of(alice.pk, to_seal=False) == kept != lost


def test_keys_are_forgotten_with_the_block_and_never_those_of_another():
    alice, bob = make_person("alice"), make_person("bob")
    with acting_for(alice.pk):
        hers = keys_of(alice.pk, to_seal=True)
        with pytest.raises(RuntimeError, match="acting_for"):
            keys_of(bob.pk, to_seal=True)
    with pytest.raises(RuntimeError, match="acting_for"):
        keys_of(alice.pk, to_seal=True)
    with acting_for(bob.pk):
        assert keys_of(bob.pk, to_seal=True) != hers


@pytest.mark.django_db(transaction=True)
def test_two_first_writers_share_one_key():
    alice, start = make_person(), threading.Barrier(2)

    def first_write():
        start.wait()
        write(alice, operation(episode(note="mine")))
        connection.close()

    writers = [threading.Thread(target=first_write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with acting_for(alice.pk):
        notes = [row.note for row in Episode.objects.all()]
        assert (notes, DataKey.objects.count()) == (["mine", "mine"], 1)


@pytest.mark.django_db(transaction=True)
def test_the_second_to_make_a_key_waits_for_the_first_and_takes_theirs():
    alice, made, found = make_person(), threading.Event(), []

    def second():
        made.wait()
        with acting_for(alice.pk):
            found.append(keys_of(alice.pk, to_seal=True))
        connection.close()

    writer = threading.Thread(target=second)
    writer.start()
    with acting_for(alice.pk):
        mine = keys_of(alice.pk, to_seal=True)
        made.set()
        writer.join(timeout=0.3)
        assert not found
    writer.join()

    assert found == [mine]


@pytest.mark.django_db(transaction=True)
def test_a_key_goes_with_its_account():
    alice = make_person()
    person_id = alice.pk
    with acting_for(person_id):
        keys_of(person_id, to_seal=True)

    alice.delete()

    with acting_for(person_id):
        assert not DataKey.objects.exists()


def test_a_repeated_operation_is_known_by_a_digest_that_nobody_can_guess():
    alice, one = make_person(), operation(episode(note="lithium"))
    write_one(alice, one)
    with acting_for(alice.pk), connection.cursor() as cursor:
        cursor.execute("SELECT fingerprint FROM entry_version")
        [stored] = cursor.fetchone()

    assert write_one(alice, one).status is Status.DUPLICATE
    assert bytes(stored) != one.fingerprint
