"""A6, A7: codes work once, and no way in goes around them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from tests.api.accounts.software_authenticator import SoftwareAuthenticator
from tests.api.accounts.steps import (
    AUTHENTICATORS,
    add_passkey,
    is_signed_in,
    pending_flows,
    reauthenticate,
    recovery_codes,
    request_reset,
    reset,
    second_step,
    set_up_totp,
    sign_in_by_passkey,
    totp_code,
)
from tests.api.conftest import ACCOUNTS, mailed_code

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
PERIOD = timedelta(seconds=30)
NEW = "another passphrase 8"


def test_an_account_with_an_authenticator_asks_for_its_code(phone):
    with time_machine.travel(START, tick=False):
        secret = set_up_totp(phone)
    with time_machine.travel(START + PERIOD, tick=False):
        halfway = phone.sign_in()
        refused = is_signed_in(phone)
        answer = second_step(phone, totp_code(secret))

    assert (halfway.status_code, refused, answer.status_code) == (401, False, 200)
    assert pending_flows(halfway) == ["mfa_authenticate"]


def test_a6_a_code_that_was_used_is_refused_within_its_period(phone, another_phone):
    watching = another_phone(phone.email)
    with time_machine.travel(START, tick=False):
        secret = set_up_totp(phone)
    with time_machine.travel(START + PERIOD, tick=False):
        code = totp_code(secret)
        phone.sign_in()
        first = second_step(phone, code)
        watching.sign_in()
        replayed = second_step(watching, code)

    assert (first.status_code, replayed.status_code) == (200, 400)


@pytest.mark.parametrize("late", [PERIOD, -PERIOD])
def test_a6_the_code_of_another_period_is_refused(phone, late):
    with time_machine.travel(START, tick=False):
        secret = set_up_totp(phone)
    with time_machine.travel(START + 4 * PERIOD + late, tick=False):
        code = totp_code(secret)
    with time_machine.travel(START + 4 * PERIOD, tick=False):
        phone.sign_in()
        answer = second_step(phone, code)

    assert answer.status_code == 400


def test_a6_a_recovery_code_works_once(phone, another_phone):
    watching = another_phone(phone.email)
    set_up_totp(phone)
    code, other_code = recovery_codes(phone)[:2]
    phone.sign_in()
    first = second_step(phone, code)
    watching.sign_in()

    replayed, next_one = second_step(watching, code), second_step(watching, other_code)

    assert [each.status_code for each in (first, replayed, next_one)] == [200, 400, 200]


def test_a6_codes_cannot_be_guessed_without_limit(phone):
    set_up_totp(phone)
    phone.sign_in()

    statuses = [second_step(phone, f"{guess:06}").status_code for guess in range(7)]

    assert statuses[-1] == 429
    assert not is_signed_in(phone)


def test_a7_a_reset_password_does_not_stand_in_for_the_second_factor(phone, another_phone):
    set_up_totp(phone)
    thief = another_phone(phone.email)
    request_reset(thief)

    answer = reset(thief, mailed_code(), NEW)
    halfway = thief.sign_in(NEW)

    assert (answer.status_code, halfway.status_code) == (401, 401)
    assert not is_signed_in(thief)


def test_a7_there_is_no_sign_in_by_mailed_code(phone, another_phone):
    thief = another_phone(phone.email)

    asked = thief.post(f"{ACCOUNTS}/auth/code/request", {"email": phone.email})
    confirmed = thief.post(f"{ACCOUNTS}/auth/code/confirm", {"code": "ABC-DEF"})

    assert (asked.status_code, confirmed.status_code) == (404, 409)


def test_a7_a_passkey_that_checks_nobody_is_a_second_factor_only(phone):
    set_up_totp(phone)
    passkey = SoftwareAuthenticator(verifies_person=False)
    added = add_passkey(phone, passkey, passwordless=False)

    answer = sign_in_by_passkey(phone, passkey)

    assert (added.status_code, answer.status_code) == (200, 400)
    assert not is_signed_in(phone)


def test_a7_a_second_factor_is_not_removed_without_a_confirmation(phone):
    with time_machine.travel(START, tick=False):
        set_up_totp(phone)
    with time_machine.travel(START + timedelta(minutes=6), tick=False):
        refused = phone.delete(f"{AUTHENTICATORS}/totp")
        reauthenticate(phone)
        allowed = phone.delete(f"{AUTHENTICATORS}/totp")

    assert (refused.status_code, allowed.status_code) == (401, 200)
    assert not Authenticator.objects.exists()


def test_a7_half_a_sign_in_opens_no_account_route(phone):
    set_up_totp(phone)
    phone.sign_in()

    answers = [phone.get(AUTHENTICATORS), phone.get(f"{AUTHENTICATORS}/recovery-codes")]

    assert [answer.status_code for answer in answers] == [401, 401]
