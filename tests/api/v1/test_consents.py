"""Agreeing to texts and taking that back over HTTP: a history, never overwritten."""

import pytest
from django.db import ProgrammingError, connection, transaction

from diary.models import User
from diary.models.isolation import acting_for
from tests.api.conftest import is_problem

pytestmark = pytest.mark.django_db

PATH = "/v1/consents"
FIRST, SECOND = ({"code": "keep_diary", "version": version} for version in ("1", "2"))


@pytest.fixture(autouse=True)
def ask(settings):
    """Return a function that asks for these versions; at first, for version 1 of one text."""

    def ask_for(**versions):
        settings.CONSENTS_ASKED = versions

    ask_for(keep_diary="1")
    return ask_for


def acts(phone):
    return [(act["version"], act["given"]) for act in phone.get(PATH).json()["acts"]]


def missing(phone):
    return phone.get("/v1/assessment").json()["missing_consents"]


def test_what_is_asked_for_is_missing_until_the_person_agrees(phone):
    assert phone.get(PATH).json() == {"asked": [FIRST | {"given": False}], "acts": []}
    assert missing(phone) == [FIRST]

    answer = phone.post(PATH, FIRST)

    assert answer.status_code == 200
    assert answer.json()["asked"] == [FIRST | {"given": True}]
    assert missing(phone) == []


def test_agreeing_again_is_one_act_and_taking_back_another(phone):
    for _ in range(2):
        phone.post(PATH, FIRST)
    for _ in range(2):
        assert phone.delete(f"{PATH}/keep_diary").status_code == 204

    assert acts(phone) == [("1", False), ("1", True)]
    assert missing(phone) == [FIRST]


def test_a_new_version_is_asked_for_anew_and_the_old_consent_stays_on_record(phone, ask):
    phone.post(PATH, FIRST)
    ask(keep_diary="2")

    assert missing(phone) == [SECOND]
    phone.post(PATH, SECOND)

    assert acts(phone) == [("2", True), ("1", True)]
    assert missing(phone) == []


@pytest.mark.parametrize("order", [SECOND, FIRST | {"code": "other"}])
def test_nobody_agrees_to_what_is_not_asked_for(phone, order):
    document = is_problem(phone.post(PATH, order), 422, "invalid-record")

    assert [error["code"] for error in document["errors"]] == ["not_asked"]
    assert acts(phone) == []


def test_another_persons_consents_are_theirs(phone, signed_up):
    phone.post(PATH, FIRST)

    assert acts(signed_up("other@example.org")) == []


def test_the_application_cannot_change_or_remove_an_act(phone):
    phone.post(PATH, FIRST)

    for statement in ("UPDATE consent SET given = false", "DELETE FROM consent"):
        with (
            acting_for(User.objects.get().pk),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
