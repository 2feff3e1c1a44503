"""A9: who reads a dump of the tables cannot sign in, and learns no code or secret."""

import base64
import re
import zlib

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import connections

from config.accounts import EncryptingMFAAdapter
from diary.models.sessions import SessionStore
from tests.api.accounts.steps import (
    AUTHENTICATORS,
    is_signed_in,
    reauthenticate,
    recovery_codes,
    request_reset,
    set_up_totp,
)
from tests.api.conftest import PASSWORD, mailed_code

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


ZLIB_HEADER = b"\x78\x9c"


def dump():
    """Return every row of every table as text, and what its base64 and zlib parts hold."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    text = "\n".join(rows)
    assert {"django_session", "mfa_authenticator", "diary_device", "diary_user"} <= set(tables)
    return text + "".join(unpacked(text))


def unpacked(text):
    for part in re.findall(r"[\w/+-]{16,}", text):
        plain = base64.urlsafe_b64decode(part[: len(part) // 4 * 4])
        yield plain.decode("latin-1")
        if plain.startswith(ZLIB_HEADER):
            yield zlib.decompressobj().decompress(plain).decode("latin-1")


def test_a9_a_dump_holds_no_token_no_password_and_no_secret(phone, another_phone):
    waiting, asking = another_phone("waiting@example.org"), another_phone(phone.email)
    waiting.sign_up()
    codes = [mailed_code()]
    request_reset(asking)
    codes.append(mailed_code())
    secret = set_up_totp(phone)
    codes += recovery_codes(phone)

    text = dump()

    tokens = [each.token for each in (phone, waiting, asking)]
    assert phone.email in text
    assert [known for known in (*tokens, secret, PASSWORD, *codes) if known in text] == []


def test_a9_a_secret_being_set_up_is_not_in_a_dump(phone):
    reauthenticate(phone)
    offered = phone.remember(phone.get(f"{AUTHENTICATORS}/totp"))
    secret = offered.json()["meta"]["secret"]

    assert is_signed_in(phone)
    assert secret not in dump()


def test_a9_the_dump_would_show_a_secret_that_is_not_sealed(phone, monkeypatch):
    monkeypatch.setattr(SessionStore, "encode", SessionBase.encode)
    monkeypatch.setattr(SessionStore, "decode", SessionBase.decode)
    phone.sign_in()
    reauthenticate(phone)
    offered = phone.remember(phone.get(f"{AUTHENTICATORS}/totp"))
    secret = offered.json()["meta"]["secret"]

    assert secret in dump()


def test_a9_the_stored_name_of_a_session_is_not_a_token(phone):
    names = list(Session.objects.values_list("session_key", flat=True))

    for name in names:
        phone.token = name
        assert not is_signed_in(phone)
    assert names


def test_a9_authenticator_secrets_can_be_read_with_the_key_only(phone):
    secret = set_up_totp(phone)

    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in stored
    assert EncryptingMFAAdapter().decrypt(stored) == secret
