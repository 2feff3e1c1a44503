"""The session engine: only digests reach the database."""

import asyncio

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from diary.models.sessions import SessionStore, session_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    session = SessionStore()
    session["kept"] = "value"
    session.save()
    return session


def test_the_row_is_named_by_the_digest_of_the_token(stored):
    [row] = Session.objects.all()

    assert row.session_key == session_digest(stored.session_key)
    assert stored.session_key not in row.session_data


def test_the_token_finds_its_session(stored):
    found = SessionStore(session_key=stored.session_key)

    assert found["kept"] == "value"
    assert found.exists(stored.session_key)


def test_the_digest_finds_nothing(stored):
    digest = session_digest(stored.session_key)

    found = SessionStore(session_key=digest)

    assert found.get("kept") is None
    assert found.session_key is None
    assert not found.exists(digest)


@pytest.mark.parametrize("token", [None, "", "short"])
def test_a_token_that_cannot_be_one_finds_nothing(stored, token):
    assert dict(SessionStore(session_key=token).items()) == {}


def test_saving_again_changes_the_same_row(stored):
    stored["kept"] = "other"
    stored.save()

    assert Session.objects.count() == 1
    assert SessionStore(session_key=stored.session_key)["kept"] == "other"


def test_a_new_key_leaves_the_old_token_useless(stored):
    old_token = stored.session_key

    stored.cycle_key()

    assert SessionStore(session_key=old_token).get("kept") is None
    assert SessionStore(session_key=stored.session_key)["kept"] == "value"


def test_deleting_takes_the_row_away(stored):
    stored.delete()

    assert not Session.objects.exists()


def test_deleting_a_session_that_was_never_saved_changes_nothing(stored):
    SessionStore().delete()

    assert Session.objects.count() == 1


def test_a_raw_token_cannot_be_stored_by_asynchronous_code(stored):
    with pytest.raises(NotImplementedError):
        asyncio.run(stored.acreate_model_instance({}))


def test_a_session_that_was_ended_meanwhile_stays_ended(stored):
    Session.objects.all().delete()
    stored["kept"] = "other"

    stored.save()

    assert not Session.objects.exists()


def test_an_outage_while_saving_is_told(stored, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(Session, "save", fail)

    with pytest.raises(OperationalError):
        stored.save()


def test_what_was_sealed_under_a_lost_key_is_empty(stored, settings):
    settings.SECRET_KEY = "the next key of this installation"

    assert dict(SessionStore(session_key=stored.session_key).items()) == {}


def test_what_was_sealed_under_the_key_before_is_read(stored, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next key of this installation"

    assert SessionStore(session_key=stored.session_key)["kept"] == "value"
