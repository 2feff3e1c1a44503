"""A1: signing up with a mailed code, signing in and out, changing the password."""

import pytest
from django.core import mail
from django.db import IntegrityError, connection

from diary.models.people import Device, User
from diary.operations.people import open_verified_account
from tests.api.accounts.steps import (
    is_signed_in,
    listed_devices,
    pending_flows,
    reauthenticate,
    recovery_codes,
    request_reset,
    reset,
    revoke_others,
    second_step,
    set_up_totp,
)
from tests.api.conftest import ACCOUNTS, PASSWORD, mailed_code
from tests.everybody import every

pytestmark = pytest.mark.django_db


def test_a1_an_account_lives_from_sign_up_to_a_reset_with_a_second_factor(another_phone):
    phone, new_phone = another_phone(), another_phone()
    pending = phone.sign_up()
    opened = phone.verify(mailed_code())
    set_up_totp(phone)
    code = recovery_codes(phone)[0]
    request_reset(new_phone)
    reset(new_phone, mailed_code(), "the passphrase after 8")

    halfway = new_phone.sign_in("the passphrase after 8")
    finished = second_step(new_phone, code)

    statuses = [answer.status_code for answer in (pending, opened, halfway, finished)]
    assert statuses == [401, 200, 401, 200]
    assert pending_flows(halfway) == ["mfa_authenticate"]
    assert (is_signed_in(phone), is_signed_in(new_phone)) == (False, True)


def test_a1_sign_up_asks_for_the_code_before_anything_else(another_phone):
    phone = another_phone()

    answer = phone.sign_up()

    assert answer.status_code == 401
    assert pending_flows(answer) == ["verify_email"]
    assert not is_signed_in(phone)


def test_a1_the_code_from_the_mail_opens_the_account(phone):
    answer = phone.get("/v1/devices")

    assert answer.status_code == 200
    assert User.objects.get().email == "person@example.org"
    assert not answer.cookies


def test_a1_a_code_opens_one_account_once_and_only_in_its_own_session(another_phone):
    phone, thief = another_phone(), another_phone("thief@example.org")
    phone.sign_up()
    code = mailed_code()
    thief.sign_up()

    stolen = thief.verify(code)
    opened, again = phone.verify(code), phone.verify(code)

    assert (stolen.status_code, opened.status_code, again.status_code) == (400, 200, 409)
    assert not is_signed_in(thief)


def test_a1_three_wrong_codes_end_the_attempt(another_phone):
    phone = another_phone()
    phone.sign_up()
    code = mailed_code()

    answers = [phone.verify("WRONG-CODE").status_code for _ in range(3)]

    assert answers == [400, 400, 400]
    assert phone.verify(code).status_code == 409
    assert not is_signed_in(phone)


def test_a1_a_person_signs_in_again_with_the_password(phone):
    first_token = phone.token

    answer = phone.sign_in()

    assert answer.status_code == 200
    assert phone.token != first_token
    assert is_signed_in(phone)


def test_a1_a_wrong_password_gives_no_token(phone):
    answer = phone.sign_in("not the passphrase")

    assert answer.status_code == 400
    assert phone.token is None


@pytest.mark.parametrize("password", ["short 7", "password123", "person@example.org"])
def test_a1_a_password_that_is_easily_guessed_is_refused(another_phone, password):
    body = {"email": "person@example.org", "password": password}

    answer = another_phone().post(f"{ACCOUNTS}/auth/signup", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["param"] == "password"
    assert not User.objects.exists()


def test_a1_an_address_in_capitals_signs_in_to_the_same_account(phone, another_phone):
    other = another_phone("PERSON@Example.org")

    answer = other.sign_in()

    assert answer.status_code == 200
    assert User.objects.count() == 1


def test_a1_the_table_refuses_an_address_that_is_not_in_lower_case(phone):
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE diary_user SET email = 'Person@example.org'")


def test_a1_signing_out_ends_the_session(phone):
    phone.delete(f"{ACCOUNTS}/auth/session")

    assert not is_signed_in(phone)


def test_a1_a_new_password_ends_the_other_sessions_and_tells_the_person(phone, second_phone):
    body = {"current_password": PASSWORD, "new_password": "another passphrase 8"}

    answer = phone.remember(phone.post(f"{ACCOUNTS}/account/password/change", body))

    assert answer.status_code == 200
    assert [device["current"] for device in listed_devices(phone)] == [True]
    assert (is_signed_in(phone), is_signed_in(second_phone)) == (True, False)
    assert mail.outbox[-1].to == [phone.email]
    assert every(Device).count() == 2  # the phone that chose it kept its row


def test_a1_a_phone_that_changed_its_password_can_still_be_signed_out(phone, second_phone):
    body = {"current_password": PASSWORD, "new_password": "another passphrase 8"}
    phone.remember(phone.post(f"{ACCOUNTS}/account/password/change", body))
    second_phone.sign_in("another passphrase 8")
    reauthenticate(second_phone, "another passphrase 8")

    second_phone.delete("/v1/devices?others=1")

    assert phone.get("/v1/devices").json()["code"] == "device_revoked"


def test_a1_an_account_opened_by_hand_can_sign_in_at_once(db, another_phone):
    open_verified_account("Sample@example.org", "first passphrase 1")
    open_verified_account("sample@example.org", PASSWORD)
    phone = another_phone("sample@example.org")

    answer = phone.sign_in()

    assert answer.status_code == 200
    assert User.objects.count() == 1
    assert revoke_others(phone).status_code == 204
