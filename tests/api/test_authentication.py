"""Who may call: 401 with a reason, never 403, and never a token from anywhere but the header."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from rest_framework.request import Request

from api.authentication import calling_device
from api.problem_types import Unauthenticated
from diary.models.people import Device, User

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def refused(answer, code):
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == 'X-Session-Token realm="quiver"'
    assert answer.json()["code"] == code
    return True


def test_without_a_token_the_answer_is_401(another_phone):
    answer = another_phone().get("/v1/devices")

    assert refused(answer, "unauthenticated")


@pytest.mark.parametrize("token", ["x", "not-a-token-of-anybody", "ä" * 40, "0" * 5000])
def test_an_unknown_token_is_answered_with_401(another_phone, token):
    phone = another_phone()
    phone.token = token

    answer = phone.get("/v1/devices")

    assert refused(answer, "unauthenticated")


@pytest.mark.parametrize("name", ["token", "session_token", "X-Session-Token", "access_token"])
def test_a_token_in_the_address_is_not_read(phone, another_phone, name):
    answer = another_phone().get(f"/v1/devices?{name}={phone.token}")

    assert refused(answer, "unauthenticated")


def test_a_disabled_person_is_refused(phone):
    User.objects.update(is_active=False)

    answer = phone.get("/v1/devices")

    assert refused(answer, "unauthenticated")


def test_a_deleted_person_is_refused(phone):
    User.objects.get().delete()

    answer = phone.get("/v1/devices")

    assert refused(answer, "unauthenticated")


def test_a_session_not_used_for_90_days_expires(signed_up):
    with time_machine.travel(START, tick=False):
        phone = signed_up()
    with time_machine.travel(START + timedelta(days=90), tick=False):
        answer = phone.get("/v1/devices")

    assert refused(answer, "expired")


def test_using_the_session_moves_its_idle_limit(signed_up):
    with time_machine.travel(START, tick=False):
        phone = signed_up()
    with time_machine.travel(START + timedelta(days=89), tick=False):
        first = phone.get("/v1/devices")
    with time_machine.travel(START + timedelta(days=178), tick=False):
        second = phone.get("/v1/devices")

    assert (first.status_code, second.status_code) == (200, 200)


def test_a_used_session_expires_90_days_after_its_last_use(signed_up):
    with time_machine.travel(START, tick=False):
        phone = signed_up()
    with time_machine.travel(START + timedelta(days=89), tick=False):
        phone.get("/v1/devices")
    with time_machine.travel(START + timedelta(days=179), tick=False):
        answer = phone.get("/v1/devices")

    assert refused(answer, "expired")


def test_a_session_ends_365_days_after_signing_in_however_much_it_is_used(signed_up):
    with time_machine.travel(START, tick=False):
        phone = signed_up()
    for days in range(60, 365, 60):
        with time_machine.travel(START + timedelta(days=days), tick=False):
            assert phone.get("/v1/devices").status_code == 200
    with time_machine.travel(START + timedelta(days=365), tick=False):
        answer = phone.get("/v1/devices")

    assert refused(answer, "expired")


def test_an_over_aged_session_is_deleted_even_if_its_row_would_live_on(signed_up):
    with time_machine.travel(START, tick=False):
        phone = signed_up()
    Session.objects.update(expire_date=START + timedelta(days=9999))
    with time_machine.travel(START + timedelta(days=366), tick=False):
        answer = phone.get("/v1/devices")

    assert refused(answer, "expired")
    assert not Session.objects.exists()


def test_last_seen_moves_at_most_once_an_hour(signed_up):
    with time_machine.travel(START, tick=False):
        phone = signed_up()
    with time_machine.travel(START + timedelta(minutes=59), tick=False):
        phone.get("/v1/devices")
        early = Device.objects.get().last_seen_at
    with time_machine.travel(START + timedelta(minutes=61), tick=False):
        phone.get("/v1/devices")
        late = Device.objects.get().last_seen_at

    assert (early, late) == (START, START + timedelta(minutes=61))


def test_a_call_costs_at_most_four_queries(phone, django_assert_num_queries):
    phone.get("/v1/devices")

    with django_assert_num_queries(4):  # device, session, person; the fourth is the list itself
        phone.get("/v1/devices")


def test_a_session_without_a_device_row_gets_one_on_its_next_call(phone):
    Device.objects.all().delete()

    answer = phone.get("/v1/devices")

    assert answer.status_code == 200
    assert Device.objects.count() == 1


def test_what_the_phone_says_about_itself_is_kept_within_bounds(signed_up):
    device_id = uuid.uuid4()
    headers = {
        "X-Device-Id": str(device_id),
        "X-Device-Name": "N" * 300,
        "X-Device-Platform": "iOS",
        "X-App-Version": "2.3.1",
    }

    signed_up(**headers)

    device = Device.objects.get()
    assert device.id == device_id
    assert (device.name, device.platform, device.app_version) == ("N" * 100, "ios", "2.3.1")


def test_unusable_headers_count_as_missing(signed_up):
    phone = signed_up(**{"X-Device-Id": "not-an-id", "X-Device-Platform": "toaster"})

    answer = phone.get("/v1/devices")

    assert answer.status_code == 200
    assert Device.objects.get().platform == "other"


@pytest.mark.django_db(transaction=True)
def test_parallel_first_calls_of_a_session_make_one_device(phone):
    Device.objects.all().delete()

    def call(_):
        try:
            return phone.get("/v1/devices").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(call, range(8)))

    assert set(statuses) == {200}
    assert Device.objects.count() == 1


def test_a_request_that_was_not_authenticated_has_no_calling_device(rf):
    with pytest.raises(Unauthenticated):
        calling_device(Request(rf.get("/")))
