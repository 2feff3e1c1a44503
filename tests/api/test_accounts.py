"""Signing up, in and out through django-allauth, as a phone does it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection

from config import accounts, passkey_origins
from diary.models.people import Device, User
from diary.operations.people import open_verified_account
from tests.api.conftest import ACCOUNTS, PASSWORD, mailed_code

pytestmark = pytest.mark.django_db

ANDROID_ORIGIN = "android:apk-key-hash:c29tZS1rZXk"


def test_sign_up_asks_for_the_code_before_anything_else(another_phone):
    phone = another_phone()

    answer = phone.sign_up()

    assert answer.status_code == 401
    pending = [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]
    assert pending == ["verify_email"]
    assert phone.get("/v1/devices").status_code == 401


def test_the_code_from_the_mail_opens_the_account(phone):
    answer = phone.get("/v1/devices")

    assert answer.status_code == 200
    assert User.objects.get().email == "person@example.org"
    assert not answer.cookies


def test_a_wrong_code_opens_nothing(another_phone):
    phone = another_phone()
    phone.sign_up()

    answer = phone.verify("WRONG-CODE")

    assert answer.status_code == 400
    assert phone.get("/v1/devices").status_code == 401


def test_a_person_signs_in_again_with_the_password(phone):
    first_token = phone.token

    answer = phone.sign_in()

    assert answer.status_code == 200
    assert phone.token != first_token
    assert phone.get("/v1/devices").status_code == 200


def test_a_wrong_password_gives_no_token(phone):
    answer = phone.sign_in("not the passphrase")

    assert answer.status_code == 400
    assert phone.token is None


def test_an_address_in_capitals_signs_in_to_the_same_account(phone, another_phone):
    other = another_phone("PERSON@Example.org")

    answer = other.sign_in()

    assert answer.status_code == 200
    assert User.objects.count() == 1


def test_the_table_refuses_an_address_that_is_not_in_lower_case(phone):
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE diary_user SET email = 'Person@example.org'")


def test_signing_up_twice_answers_alike_and_only_mails_the_owner(phone, another_phone):
    fresh, known = another_phone("fresh@example.org"), another_phone(phone.email)
    cache.clear()  # one code per address in three minutes: let those pass

    answers = [fresh.sign_up(), known.sign_up()]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json()["data"] == answers[1].json()["data"]
    assert mail.outbox[-1].to == [phone.email]
    assert User.objects.filter(email=phone.email).count() == 1


def test_resetting_the_password_by_mailed_code_ends_every_session(phone, another_phone):
    other = another_phone(phone.email)
    other.remember(other.post(f"{ACCOUNTS}/auth/password/request", {"email": phone.email}))
    body = {"key": mailed_code(), "password": "another passphrase 8"}

    other.post(f"{ACCOUNTS}/auth/password/reset", body)

    assert phone.get("/v1/devices").status_code == 401
    assert phone.sign_in().status_code == 400
    assert phone.sign_in("another passphrase 8").status_code == 200


def test_signing_out_ends_the_session(phone):
    phone.delete(f"{ACCOUNTS}/auth/session")

    answer = phone.get("/v1/devices")

    assert answer.status_code == 401


def test_a_dump_of_the_tables_holds_no_token(phone):
    phone.get("/v1/devices")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s::text FROM django_session s UNION ALL SELECT d::text FROM diary_device d"
        )
        dump = "\n".join(row[0] for row in cursor.fetchall())

    assert Session.objects.count() >= 1
    assert Device.objects.count() == 1
    assert phone.token not in dump


def test_the_stored_name_of_a_session_is_not_a_token(phone):
    stored = Session.objects.values_list("session_key", flat=True)

    for name in stored:
        phone.token = name
        assert phone.get("/v1/devices").status_code == 401


def test_authenticator_secrets_are_stored_encrypted(phone):
    secret = totp.generate_totp_secret()

    totp.TOTP.activate(User.objects.get(), secret)

    stored = Authenticator.objects.get().data["secret"]
    assert secret not in stored
    assert accounts.EncryptingMFAAdapter().decrypt(stored) == secret


def test_an_account_with_an_authenticator_asks_for_its_code(phone):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(User.objects.get(), secret)
    [counter] = totp.yield_hotp_counters_from_time()
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))

    halfway = phone.sign_in()
    refused = phone.get("/v1/devices")
    answer = phone.remember(phone.post(f"{ACCOUNTS}/auth/2fa/authenticate", {"code": code}))

    assert (halfway.status_code, refused.status_code, answer.status_code) == (401, 401, 200)
    assert phone.get("/v1/devices").status_code == 200


def test_secrets_survive_a_change_of_the_secret_key(settings):
    stored = accounts.EncryptingMFAAdapter().encrypt("seed")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next key of this installation"

    readable = accounts.EncryptingMFAAdapter().decrypt(stored)

    assert readable == "seed"


@pytest.mark.parametrize(
    ("origin", "known"),
    [
        (ANDROID_ORIGIN, True),
        ("https://testserver", True),
        ("android:apk-key-hash:b3RoZXI", False),
        ("https://elsewhere.example", False),
    ],
)
def test_passkeys_come_from_known_origins_only(settings, monkeypatch, origin, known):
    settings.PASSKEY_APP_ORIGINS = [ANDROID_ORIGIN]
    entity = {"id": "testserver", "name": "Quiver"}
    adapter = type("Adapter", (), {"get_public_key_credential_rp_entity": lambda _: entity})
    monkeypatch.setattr(passkey_origins, "get_adapter", adapter)
    passkey_origins.install()

    server = auth.get_server()

    assert server._verify(origin) is known


def test_an_allauth_that_moved_the_replaced_function_is_noticed(monkeypatch):
    monkeypatch.delattr(auth, "get_server")

    with pytest.raises(RuntimeError):
        passkey_origins.install()


def test_signing_in_without_the_counter_of_attempts_is_closed_and_the_diary_stays_open(
    phone, another_phone, settings
):
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}

    answer = another_phone(phone.email).sign_in()

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert phone.get("/v1/devices").status_code == 200


def test_an_account_opened_by_hand_can_sign_in_at_once(db, another_phone):
    open_verified_account("Sample@example.org", "first passphrase 1")
    open_verified_account("sample@example.org", PASSWORD)
    phone = another_phone("sample@example.org")

    answer = phone.sign_in()

    assert answer.status_code == 200
    assert User.objects.count() == 1
