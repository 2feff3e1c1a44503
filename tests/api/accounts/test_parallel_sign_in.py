"""A15: many sign-ins of one person at once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from diary.models.people import Device
from tests.api.accounts.steps import is_signed_in
from tests.api.conftest import Phone
from tests.everybody import every

pytestmark = pytest.mark.django_db(transaction=True)

SIGN_INS = 100
THREADS = 25  # as many sign in at the same time; each holds a connection to PostgreSQL


@pytest.fixture
def _no_limits(settings):
    # The limits would refuse most of the hundred; here it is about those that get through.
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}


def sign_in(headers):
    phone = Phone(**headers)
    try:
        return phone, phone.sign_in().status_code
    finally:
        connection.close()


def sign_in_at_once(many_headers):
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(sign_in, many_headers))


@pytest.mark.usefixtures("phone", "_no_limits")
def test_a15_a_hundred_devices_of_one_person_sign_in_at_once():
    results = sign_in_at_once({"X-Device-Id": str(uuid4())} for _ in range(SIGN_INS))

    assert {status for _, status in results} == {200}
    assert every(Device).count() == Session.objects.count() == SIGN_INS + 1
    assert all(is_signed_in(phone) for phone, _ in results)


@pytest.mark.usefixtures("phone", "_no_limits")
def test_a15_one_device_that_signs_in_a_hundred_times_at_once_keeps_one_session():
    same = {"X-Device-Id": str(uuid4())}

    results = sign_in_at_once([same] * SIGN_INS)

    assert {status for _, status in results} == {200}
    assert every(Device).filter(id=same["X-Device-Id"]).count() == 1
    assert [is_signed_in(phone) for phone, _ in results].count(True) == 1
    assert Session.objects.count() == 2  # and that of the phone that signed up


@pytest.mark.usefixtures("phone")
def test_a15_with_the_limits_on_each_sign_in_succeeds_or_is_told_to_wait():
    results = sign_in_at_once({"X-Device-Id": str(uuid4())} for _ in range(SIGN_INS))

    statuses = [status for _, status in results]
    assert set(statuses) == {200, 429}
    assert every(Device).count() == statuses.count(200) + 1


def test_a15_parallel_first_calls_of_a_session_make_one_device(phone):
    every(Device).delete()

    def call(_):
        try:
            return phone.get("/v1/devices").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(call, range(8)))

    assert set(statuses) == {200}
    assert every(Device).count() == 1
