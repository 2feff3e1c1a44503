"""A12: without Redis the diary stays open, and nobody can guess passwords meanwhile."""

import pytest
from redis.exceptions import OutOfMemoryError

from tests.api.accounts.routes import account_routes, call, diary_routes
from tests.api.accounts.software_authenticator import SoftwareAuthenticator
from tests.api.accounts.steps import reauthenticate, request_reset, sign_in_by_passkey
from tests.api.conftest import is_problem
from tests.api.v1.test_records import create
from tests.sync.requests import create as operation

pytestmark = pytest.mark.django_db

ELSEWHERE = "/v1/live"  # a process of its own serves it
COUNTED = "/v1/export"  # see tests/api/test_limits.py
READING = [
    route
    for route in diary_routes()
    if route[0] == "get" and "0000" not in route[1] and route[1] not in (ELSEWHERE, COUNTED)
]


@pytest.mark.parametrize("route", READING, ids=lambda route: route[1])
def test_a12_what_a_signed_in_phone_reads_stays_open(phone, redis_down, route):
    redis_down()

    status = call(phone, route).status_code

    # 422 is a period that the request did not name; nobody has asked for an erasure
    assert status == 404 if route[1] == "/v1/erasure" else status in (200, 422)


def test_a12_what_a_signed_in_phone_writes_is_kept(phone, redis_down):
    redis_down()

    answer, path = create(phone)

    assert answer.status_code == 201
    assert phone.get(path).status_code == 200


def test_a12_what_a_signed_in_phone_syncs_is_applied(phone, redis_down):
    redis_down()

    pushed = phone.post("/v1/sync", {"ops": [operation()]})
    pulled = phone.get("/v1/sync")

    assert (pushed.status_code, pushed.json()["results"][0]["status"]) == (200, "applied")
    assert (pulled.status_code, pulled.json()["cursor"]) == (200, pushed.json()["to"])


@pytest.mark.parametrize(
    "step",
    [
        lambda phone: phone.sign_in(),
        lambda phone: phone.sign_up(),
        request_reset,
        reauthenticate,
        lambda phone: sign_in_by_passkey(phone, SoftwareAuthenticator(user_handle="eA")),
    ],
    ids=["sign in", "sign up", "reset", "reauthenticate", "passkey"],
)
def test_a12_what_must_be_counted_is_refused_until_redis_is_back(phone, redis_down, step):
    redis_down()

    is_problem(step(phone), 503, "temporarily-unavailable")


def test_f5_a_redis_that_is_full_is_one_that_is_away(phone, monkeypatch):
    def full(*_, **__):
        raise OutOfMemoryError

    monkeypatch.setattr("tests.cache.CacheOfOneRun.get", full)

    is_problem(phone.sign_in(), 503, "temporarily-unavailable")


def test_a12_no_account_route_fails_in_another_way(phone, another_phone, redis_down):
    redis_down()

    for caller in (phone, another_phone()):
        answers = [call(caller, route) for route in account_routes()]
        failed = [answer for answer in answers if answer.status_code >= 500]
        assert {answer.status_code for answer in failed} <= {503}
        assert {answer.headers["Retry-After"] for answer in failed} <= {"5"}
