"""Changing keys: what lay under the old ones opens without them, and a crash loses nothing."""

import os
import threading
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connections

from config.accounts import EncryptingMFAAdapter
from diary.models import DataKey, EntryVersion, Episode, Follow, Profile
from diary.models.data_keys import keys_of, wrap
from diary.models.isolation import acting_for
from diary.models.keyring import CannotOpen
from diary.models.sessions import SessionStore
from diary.operations.key_rotation import replace_key
from diary.operations.records import Status
from tests.factories import NOW, episode, make_person, operation, write, write_one
from tests.sync.service import session_of

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


@pytest.fixture
def rotate(capsys):
    def run(*arguments):
        call_command("rotate_keys", *arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def add_first(settings):
    """Put a new key before those of DATA_KEYS and return the names of the older ones."""

    def add(name="next"):
        older = dict(settings.DATA_KEYS)
        settings.DATA_KEYS = {name: os.urandom(32)} | older
        return list(older)

    return add


def wrote(name, note="hers"):
    person = make_person(name)
    write_one(person, operation(episode(note=note)))
    return person


def note_of(person):
    with acting_for(person.pk):
        return Episode.objects.get(person_id=person.pk).note


def kept_by(person):
    """Return the wrapped key and a sealed note as the tables keep them."""
    with acting_for(person.pk):
        key = DataKey.objects.values_list("wrapped_by", "wrapped").get()
        return (*key, Episode.objects.values_list("note", flat=True).get())


def test_after_a_rotation_the_key_before_is_not_needed(rotate, add_first, settings):
    people = [wrote("alice"), wrote("bob")]
    before = [kept_by(person) for person in people]
    older = add_first()

    said = rotate()

    settings.DATA_KEYS = {"next": settings.DATA_KEYS["next"]}
    assert [note_of(person) for person in people] == ["hers", "hers"]
    assert [kept_by(person)[2] for person in people] == [note for *_, note in before]
    assert "Wrapped anew: the keys of 2 of 2 people." in said
    assert f"No row needs these of DATA_KEYS any more: {older[0]}." in said


def test_a_second_rotation_changes_nothing(rotate, add_first):
    alice = wrote("alice")
    add_first()
    rotate()
    before = kept_by(alice)

    assert "Wrapped anew: the keys of 0 of 1 people." in rotate()
    assert kept_by(alice) == before


@pytest.mark.parametrize("more", [[], ["--data-keys"]], ids=["wrap", "seal"])
def test_a_rotation_that_was_killed_goes_on_where_it_was(
    rotate, add_first, settings, monkeypatch, more
):
    people = [wrote(f"person-{number}") for number in range(3)]
    add_first()
    done: list[int] = []

    def wrap_twice(*arguments):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return wrap(*arguments)

    monkeypatch.setattr("diary.operations.key_rotation.wrap", wrap_twice)
    with pytest.raises(KeyboardInterrupt):
        rotate(*more)
    assert [note_of(person) for person in people] == ["hers"] * 3
    monkeypatch.undo()

    rotate(*more)

    settings.DATA_KEYS = {"next": settings.DATA_KEYS["next"]}
    assert [note_of(person) for person in people] == ["hers"] * 3


def test_a_new_key_for_each_person_leaves_nothing_under_the_one_before(rotate):
    alice, bob = wrote("alice"), make_person("bob")
    with acting_for(alice.pk):
        Profile.objects.create(person=alice, name="Alice")
        Follow.objects.create(
            id=uuid.uuid4(), person=alice, follower=bob, label="Bob", invited_at=NOW
        )
        old = keys_of(alice.pk, to_seal=True)
    before = kept_by(alice)

    said = rotate("--data-keys")

    with acting_for(alice.pk):
        new = keys_of(alice.pk, to_seal=True)
        [version] = EntryVersion.objects.all()
        assert (Profile.objects.get().name, Follow.objects.get().label) == ("Alice", "Bob")
        assert version.data["note"] == "hers"
    assert new.sealing != old.sealing
    assert kept_by(alice)[2] != before[2]
    assert note_of(alice) == "hers"
    assert "Sealed anew under new keys of their own:" in said


def test_an_operation_that_is_repeated_after_a_new_key_is_known_still(rotate):
    alice, one = make_person("alice"), operation(episode(note="hers"))
    write_one(alice, one)

    rotate("--data-keys")

    assert write_one(alice, one).status is Status.DUPLICATE


def test_what_is_written_while_a_key_is_replaced_opens_afterwards():
    alice, sealed, go_on = wrote("alice"), threading.Event(), threading.Event()

    def write_slowly():
        with acting_for(alice.pk):
            keys_of(alice.pk, to_seal=True)
            sealed.set()
            go_on.wait()
            Profile.objects.create(person=alice, name="Alice")
        connections.close_all()

    def replace():
        replace_key(alice.pk)
        connections.close_all()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    sealed.wait()
    replacing = threading.Thread(target=replace)
    replacing.start()
    replacing.join(timeout=0.5)
    waited = replacing.is_alive()
    go_on.set()
    writer.join()
    replacing.join()

    assert waited
    with acting_for(alice.pk):
        assert Profile.objects.get().name == "Alice"


def test_a_key_of_which_the_master_is_missing_stops_the_rotation_and_is_named(rotate, settings):
    alice = wrote("alice")
    settings.DATA_KEYS = {"other": os.urandom(32)}

    with pytest.raises(CommandError, match=f"{alice.pk}: DATA_KEYS has no key") as caught:
        rotate()
    assert "hers" not in str(caught.value)
    with pytest.raises(CannotOpen):
        note_of(alice)


def test_second_factors_and_sessions_open_without_the_secret_key_before(rotate, settings):
    alice, adapter = make_person("alice"), EncryptingMFAAdapter()
    secrets = {"secret": "totp", "seed": "seed"}
    for name, secret in secrets.items():
        data = {name: adapter.encrypt(secret), "used_mask": 0}
        Authenticator.objects.create(user=alice, type=name, data=data)
    token = session_of(alice)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next key of this installation"

    said = rotate()

    settings.SECRET_KEY_FALLBACKS = []
    found = [factor.data for factor in Authenticator.objects.order_by("id")]
    assert [adapter.decrypt(found[0]["secret"]), adapter.decrypt(found[1]["seed"])] == [
        *secrets.values()
    ]
    assert SessionStore(token)["_auth_user_id"] == str(alice.pk)
    assert "2 second factors." in said
    assert "1 sessions." in said


def test_what_no_key_opens_is_left_and_counted(rotate):
    Session.objects.create(session_key="x", session_data="nothing", expire_date=NOW)

    assert "No key opens 1 secrets" in rotate()
    assert Session.objects.get().session_data == "nothing"


def test_writing_goes_on_after_a_rotation(rotate):
    alice = wrote("alice")
    rotate("--data-keys")

    write(alice, operation(episode(note="later")))

    with acting_for(alice.pk):
        assert {row.note for row in Episode.objects.all()} == {"hers", "later"}
