"""The export of everything over HTTP."""

import io
import json
import zipfile

import pytest
from django.db import OperationalError

from api.v1 import export
from diary.models import AccessLogRow, User
from diary.models.isolation import acting_for
from tests.api.accounts.steps import reauthenticate
from tests.api.conftest import PASSWORD, is_problem
from tests.factories import episode

pytestmark = pytest.mark.django_db

PATH = "/v1/export"


@pytest.fixture
def phone(phone):
    """A phone on which somebody has just said who they are."""
    reauthenticate(phone)
    return phone


def test_a_person_fetches_everything_as_one_file_that_no_cache_keeps(phone):
    new = {"id": "0c7d1a52-7d5b-4a53-9a4e-1f0d6d3e7b21", "data": episode(note="canary-note")}
    phone.post("/v1/episodes", new)

    answer = phone.client.get(PATH, headers=phone.headers() | {"Accept": "application/zip"})

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    exported = json.loads(archive.read("diary.json"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="diary.zip"'
    assert [record["id"] for record in exported["records"]] == [new["id"]]
    assert exported["account"]["email"] == phone.email


def test_the_record_in_an_export_is_the_one_that_phones_pull(phone):
    phone.post("/v1/episodes", {"id": "0c7d1a52-7d5b-4a53-9a4e-1f0d6d3e7b21", "data": episode()})

    answer = phone.get(PATH)

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    [pulled] = phone.get("/v1/sync").json()["changes"]
    assert json.loads(archive.read("diary.json"))["records"] == [pulled]


def test_no_secret_of_the_sign_in_is_in_an_export(phone):
    answer = phone.get(PATH)

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    text = b"".join(archive.read(name) for name in archive.namelist())
    assert phone.token.encode() not in text
    assert b"session" not in text
    assert PASSWORD.encode() not in text
    assert User.objects.get(email=phone.email).password.encode() not in text


def test_only_who_has_just_said_who_they_are_fetches_it_and_each_time_is_in_the_access_log(
    phone, monkeypatch
):
    phone.get(PATH)
    monkeypatch.setattr("api.authentication.did_recently_reauthenticate", lambda _: False)

    is_problem(phone.get(PATH), 403, "reauthentication-required")

    person = User.objects.get()
    with acting_for(person.pk):
        assert AccessLogRow.objects.filter(action="exported").count() == 1


def test_an_export_that_cannot_be_logged_is_not_given(phone, monkeypatch):
    def failing(*_, **__):
        raise OperationalError

    monkeypatch.setattr(export, "note_access", failing)

    is_problem(phone.get(PATH), 503, "temporarily-unavailable")


def test_nobody_fetches_anything_without_a_sign_in(another_phone):
    assert another_phone().get(PATH).status_code == 401


def test_an_export_that_fails_half_way_is_a_problem_and_no_half_file(phone, monkeypatch):
    def failing(*_, **__):
        yield b"PK"
        raise OperationalError

    monkeypatch.setattr(export, "export_of", failing)

    is_problem(phone.get(PATH), 503, "temporarily-unavailable")
