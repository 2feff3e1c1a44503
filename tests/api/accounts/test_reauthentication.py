"""Saying once more who one is: the token changes, the device stays."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from diary.models.people import Device
from tests.api.accounts.steps import (
    AUTHENTICATORS,
    is_signed_in,
    listed_devices,
    reauthenticate,
    recovery_codes,
    set_up_totp,
)
from tests.api.conftest import ACCOUNTS, is_problem
from tests.everybody import every

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_reauthenticating_rotates_the_token_and_keeps_the_device(phone):
    [before] = every(Device)
    old_token = phone.token

    answer = reauthenticate(phone)

    [after] = every(Device)
    assert (answer.status_code, phone.token == old_token) == (200, False)
    assert is_signed_in(phone)
    assert (after.id, after.signed_in_at) == (before.id, before.signed_in_at)
    assert Session.objects.get().session_key == after.session_digest


def test_the_token_from_before_is_worth_nothing(phone):
    old_token = phone.token
    reauthenticate(phone)

    phone.token = old_token

    assert phone.get("/v1/devices").json()["code"] == "unauthenticated"
    assert phone.get(f"{ACCOUNTS}/auth/session").status_code == 410


def test_a_second_factor_rotates_it_too(phone):
    set_up_totp(phone)
    code = recovery_codes(phone)[0]
    old_token = phone.token

    answer = phone.remember(phone.post(f"{ACCOUNTS}/auth/2fa/reauthenticate", {"code": code}))

    assert (answer.status_code, phone.token == old_token) == (200, False)
    assert is_signed_in(phone)


def test_a_wrong_password_confirms_nothing_and_keeps_the_token(phone, second_phone):
    old_token = phone.token

    answer = reauthenticate(phone, "not it")

    assert (answer.status_code, phone.token) == (400, old_token)
    assert phone.delete("/v1/devices?others=1").status_code == 403


def test_a_reauthenticated_device_can_still_be_signed_out(phone, second_phone):
    reauthenticate(phone)
    reauthenticate(second_phone)

    second_phone.delete("/v1/devices?others=1")

    assert phone.get("/v1/devices").json()["code"] == "device_revoked"


def test_signing_out_another_device_needs_a_confirmation(phone, second_phone):
    [other] = [each["id"] for each in listed_devices(phone) if not each["current"]]

    answers = [phone.delete(f"/v1/devices/{other}"), phone.delete("/v1/devices?others=1")]

    for answer in answers:
        problem = is_problem(answer, 403, "reauthentication-required")
        assert problem["flows"] == [{"id": "reauthenticate"}]
    assert is_signed_in(second_phone)


def test_the_refusal_names_every_way_to_confirm(phone):
    set_up_totp(phone)
    recovery = recovery_codes(phone)[0]
    phone.sign_in()
    phone.remember(phone.post(f"{ACCOUNTS}/auth/2fa/authenticate", {"code": recovery}))

    problem = phone.delete("/v1/devices?others=1").json()

    assert problem["flows"] == [
        {"id": "reauthenticate"},
        {"id": "mfa_reauthenticate", "types": ["recovery_codes", "totp"]},
    ]


def test_nobody_learns_without_a_confirmation_whether_a_device_exists(phone):
    answer = phone.delete("/v1/devices/00000000-0000-4000-8000-000000000001")

    is_problem(answer, 403, "reauthentication-required")


@pytest.mark.parametrize(("seconds", "status"), [(299, 204), (301, 403)])
def test_a_confirmation_holds_for_five_minutes(signed_up, seconds, status):
    with time_machine.travel(START, tick=False):
        phone = signed_up()
        reauthenticate(phone)
    with time_machine.travel(START + timedelta(seconds=seconds), tick=False):
        answer = phone.delete("/v1/devices?others=1")

    assert answer.status_code == status


def test_a_device_signs_itself_out_without_a_confirmation(phone):
    [own] = listed_devices(phone)

    answer = phone.delete(f"/v1/devices/{own['id']}")

    assert answer.status_code == 204
    assert not is_signed_in(phone)


def test_a_second_factor_cannot_be_set_up_without_a_confirmation(phone):
    answer = phone.post(f"{AUTHENTICATORS}/totp", {"code": "000000"})

    assert answer.status_code in (400, 401)
    assert phone.get(AUTHENTICATORS).json()["data"] == []
