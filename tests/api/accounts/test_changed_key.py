"""Changing SECRET_KEY: with the key before among the fallbacks, nobody notices."""

import pytest

from tests.api.accounts.steps import (
    is_signed_in,
    listed_devices,
    reauthenticate,
    recovery_codes,
    second_step,
    set_up_totp,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def change_key(settings):
    def change(*, keep):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if keep else []
        settings.SECRET_KEY = "the next key of this installation"

    return change


def test_a_phone_keeps_its_token_and_its_session(phone, change_key):
    change_key(keep=True)

    assert [is_signed_in(phone) for _ in range(3)] == [True] * 3
    assert [device["current"] for device in listed_devices(phone)] == [True]


def test_an_account_route_hands_out_a_token_under_the_new_key(phone, change_key, settings):
    change_key(keep=True)

    reauthenticate(phone)
    settings.SECRET_KEY_FALLBACKS = []

    assert is_signed_in(phone)
    assert len(listed_devices(phone)) == 1


def test_a_second_factor_still_works(phone, change_key):
    set_up_totp(phone)
    code = recovery_codes(phone)[0]
    change_key(keep=True)
    phone.sign_in()

    answer = second_step(phone, code)

    assert answer.status_code == 200


def test_without_the_key_before_everybody_signs_in_again(phone, change_key):
    change_key(keep=False)

    assert phone.get("/v1/devices").json()["code"] == "unauthenticated"
    assert phone.sign_in().status_code == 200
