"""A8: passkeys of the own site and of the apps that are named, and of nobody else."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from fido2.utils import websafe_decode

from config import passkey_origins
from tests.api.accounts.software_authenticator import SoftwareAuthenticator
from tests.api.accounts.steps import (
    AUTHENTICATORS,
    add_passkey,
    is_signed_in,
    reauthenticate,
    reauthenticate_by_passkey,
    sign_in_by_passkey,
)
from tests.api.conftest import ACCOUNTS

pytestmark = pytest.mark.django_db

ANDROID = "android:apk-key-hash:c29tZS1rZXk"
IOS = "https://app.quiver.example"
OWN = "https://testserver"
FOREIGN = (
    "https://elsewhere.example",
    "https://testserver.elsewhere.example",
    "http://testserver",
    "android:apk-key-hash:b3RoZXI",
    f"{ANDROID}x",
    "",
)


@pytest.fixture(autouse=True)
def _apps_are_named(settings):
    settings.PASSKEY_APP_ORIGINS = [ANDROID, IOS]


@pytest.mark.parametrize("origin", [OWN, ANDROID, IOS])
def test_a8_a_passkey_of_a_known_origin_signs_in_alone(phone, origin):
    passkey = SoftwareAuthenticator(origin)
    added = add_passkey(phone, passkey)

    answer = sign_in_by_passkey(phone, passkey)

    assert (added.status_code, answer.status_code) == (200, 200)
    assert answer.json()["data"]["methods"][-1]["passwordless"] is True
    assert is_signed_in(phone)


@pytest.mark.parametrize("origin", FOREIGN)
def test_a8_a_passkey_cannot_be_added_from_a_foreign_origin(phone, origin):
    answer = add_passkey(phone, SoftwareAuthenticator(origin))

    assert answer.status_code == 400
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("origin", FOREIGN)
def test_a8_a_challenge_answered_at_a_foreign_origin_signs_nobody_in(phone, origin):
    passkey = SoftwareAuthenticator(OWN)
    add_passkey(phone, passkey)
    passkey.origin = origin

    answer = sign_in_by_passkey(phone, passkey)

    assert answer.status_code == 400
    assert not is_signed_in(phone)


@pytest.mark.parametrize("origin", [ANDROID, IOS])
def test_a8_an_app_that_is_not_named_is_foreign(phone, settings, origin):
    settings.PASSKEY_APP_ORIGINS = []

    answer = add_passkey(phone, SoftwareAuthenticator(origin))

    assert answer.status_code == 400


def test_a8_a_signed_challenge_works_once(phone):
    passkey = SoftwareAuthenticator()
    add_passkey(phone, passkey)
    phone.token = None
    path = f"{ACCOUNTS}/auth/webauthn/login"
    offered = phone.remember(phone.get(path)).json()["data"]["request_options"]
    body = {"credential": passkey.sign(offered)}

    first = phone.post(path, body)
    replayed = phone.post(path, body)

    assert (first.status_code, replayed.status_code) == (200, 410)


def test_a8_the_key_of_somebody_else_signs_nobody_in(phone, signed_up):
    passkey, forged = SoftwareAuthenticator(), SoftwareAuthenticator()
    add_passkey(phone, passkey)
    forged.id, forged.user_handle = passkey.id, passkey.user_handle

    answer = sign_in_by_passkey(phone, forged)

    assert answer.status_code == 400
    assert not is_signed_in(phone)


def test_a_passkey_confirms_who_is_there(phone, second_phone):
    passkey = SoftwareAuthenticator()
    add_passkey(phone, passkey)
    sign_in_by_passkey(phone, passkey)
    before = phone.delete("/v1/devices?others=1")

    answer = reauthenticate_by_passkey(phone, passkey)

    assert (before.status_code, answer.status_code) == (403, 200)
    assert phone.delete("/v1/devices?others=1").status_code == 204


def test_a_passkey_shows_the_address_and_keeps_no_number_of_a_row(phone):
    reauthenticate(phone)

    offered = phone.get(f"{AUTHENTICATORS}/webauthn?passwordless").json()

    person = offered["data"]["creation_options"]["publicKey"]["user"]
    assert (person["name"], person["displayName"]) == (phone.email, phone.email)
    assert len(websafe_decode(person["id"])) >= 32  # a UUID in hexadecimal


def test_an_allauth_that_moved_the_replaced_function_is_noticed(monkeypatch):
    monkeypatch.delattr(auth, "get_server")

    with pytest.raises(RuntimeError):
        passkey_origins.install()
