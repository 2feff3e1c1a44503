"""Who keeps watch hears of each sign-in, refusal and throttle, by ids and codes (ASVS 16.3)."""

import logging
from uuid import uuid4

import pytest
from fido2.utils import websafe_encode

from diary.models import User
from tests.api.accounts.software_authenticator import SoftwareAuthenticator
from tests.api.accounts.steps import (
    add_passkey,
    revoke_others,
    set_up_totp,
    sign_in_by_passkey,
)
from tests.api.conftest import ACCOUNTS

FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.django_db


@pytest.fixture
def events(caplog):
    """Return what was logged since the last time, without ids of devices."""
    caplog.set_level(logging.INFO, logger="quiver.security")

    def heard():
        lines = [line for line in caplog.records if line.name == "quiver.security"]
        found = [(line.message, {**line.fields, "device": None}) for line in lines]
        caplog.clear()
        return [(event, {k: v for k, v in fields.items() if v}) for event, fields in found]

    return heard


def person_of(phone):
    return str(User.objects.get(email=phone.email).pk)


def test_signing_in_is_heard_of_with_what_it_took(phone, events):
    phone.sign_in()

    assert events()[-1] == ("sign_in", {"person": person_of(phone), "by": "password"})


def test_a_failed_sign_in_is_heard_of_whether_or_not_there_is_such_an_account(
    phone, another_phone, events
):
    another_phone(phone.email).sign_in("not the password 1")
    another_phone("nobody@example.org").sign_in("not the password 1")

    known = {"person": person_of(phone), "by": "password"}
    failed = [fields for event, fields in events() if event == "sign_in_failed"]
    assert failed == [known, {"by": "password"}]


def test_a_wrong_second_factor_is_heard_of(phone, events):
    set_up_totp(phone)
    phone.sign_in()
    events()

    phone.post(f"{ACCOUNTS}/auth/2fa/authenticate", {"code": "000000"})

    assert ("sign_in_failed", {"person": person_of(phone), "by": "totp"}) in events()


def test_a_passkey_that_does_not_fit_is_heard_of_whether_or_not_it_names_anybody(
    phone, another_phone, events
):
    passkey, forged = SoftwareAuthenticator(), SoftwareAuthenticator()
    add_passkey(phone, passkey)
    events()

    for handle in (passkey.user_handle, websafe_encode(uuid4().hex.encode())):
        forged.user_handle = handle
        sign_in_by_passkey(another_phone(), forged)

    failed = [fields for event, fields in events() if event == "sign_in_failed"]
    assert failed == [{"person": person_of(phone), "by": "webauthn"}, {"by": "webauthn"}]


def test_refusals_are_heard_of_each_time(phone, another_phone, events):
    person = person_of(phone)
    other = another_phone(phone.email)
    other.sign_in()
    revoke_others(phone)
    events()

    another_phone().get("/v1/episodes")
    for _ in range(2):
        other.get("/v1/episodes")
    phone.get(f"/v1/episodes/{uuid4()}")
    phone.client.post("/s/open", "secret=x", FORM, headers={"Sec-Fetch-Site": "cross-site"})

    revoked = {"person": person, "route": "episodes", "code": "device_revoked"}
    assert events() == [
        ("refused", {"route": "episodes", "code": "unauthenticated"}),
        ("refused", revoked),
        ("refused", revoked),
        (
            "refused",
            {"person": person, "route": "episodes-detail", "code": "record_not_found"},
        ),
        ("refused", {"route": "share-open", "code": "403"}),
    ]


def test_throttles_are_heard_of(another_phone, events):
    stranger = another_phone()
    for _ in range(6):
        stranger.sign_in("not the password 1")
    for _ in range(21):
        stranger.client.post("/s/open", "secret=x", FORM, headers={"Sec-Fetch-Site": "same-origin"})

    throttled = [fields for event, fields in events() if event == "throttled"]
    assert throttled == [{}, {"route": "share-open"}]
