"""Erasing an account over HTTP."""

from datetime import datetime, timedelta

import pytest

from diary.models import Erasure
from diary.operations.erasure import erase_due
from tests.api.accounts.steps import reauthenticate
from tests.api.conftest import is_problem
from tests.everybody import every
from tests.factories import episode

pytestmark = pytest.mark.django_db

PATH = "/v1/erasure"
EPISODE = {"id": "0c7d1a52-7d5b-4a53-9a4e-1f0d6d3e7b21", "data": episode()}


@pytest.fixture
def asked(phone):
    """The answer to somebody who has just asked."""
    reauthenticate(phone)
    return phone.post(PATH, {})


def test_asking_needs_somebody_who_has_just_said_who_they_are(phone):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.authentication.did_recently_reauthenticate", lambda _: False)
        answer = phone.post(PATH, {})

    is_problem(answer, 403, "reauthentication-required")
    assert not every(Erasure).exists()


def test_the_answer_says_when_it_comes_and_gives_a_receipt(asked):
    body = asked.json()
    times = [datetime.fromisoformat(body[name]) for name in ("asked_at", "erase_at")]

    assert asked.status_code == 201
    assert times[1] - times[0] == timedelta(days=14)
    assert len(body["receipt"]) == 23


def test_asking_again_and_reading_give_the_same(phone, asked):
    again = phone.post(PATH, {})

    assert again.status_code == 200
    assert again.json() == phone.get(PATH).json() == asked.json()


def test_until_then_the_diary_works_and_it_can_be_taken_back(phone, asked):
    logged = phone.post("/v1/episodes", EPISODE)

    assert logged.status_code == 201
    assert [phone.delete(PATH).status_code for _ in range(2)] == [204, 204]
    is_problem(phone.get(PATH), 404, "record-not-found")


def test_afterwards_the_session_is_worth_nothing_and_the_address_is_free(phone, asked, signed_up):
    erase_at = datetime.fromisoformat(asked.json()["erase_at"])
    erase_due(now=erase_at - timedelta(days=14), limit=1)
    every(Erasure).update(erase_at=erase_at - timedelta(days=14), due_at=erase_at)
    erase_due(now=erase_at, limit=1)

    is_problem(phone.get(PATH), 401, "unauthenticated")
    assert signed_up(phone.email).get("/v1/episodes").json()["items"] == []


def test_another_person_sees_nothing_of_it(asked, signed_up):
    is_problem(signed_up("other@example.org").get(PATH), 404, "record-not-found")
