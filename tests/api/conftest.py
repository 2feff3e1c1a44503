"""Ways to be signed in, through the same doors a phone uses."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.canaries import plant

PASSWORD = "a long enough canary of a passphrase 7"
ACCOUNTS = "/_allauth/app/v1"


class Phone:
    """One phone: its test client, its device id and, once signed in, its session token."""

    def __init__(self, email="person@example.org", **headers):
        self.email = email
        plant(email, but=("mail",))
        self.client = Client(headers=headers, raise_request_exception=False)
        self.token = None

    def post(self, path, body):
        return self.client.post(path, body, content_type="application/json", headers=self.headers())

    def get(self, path):
        return self.client.get(path, headers=self.headers())

    def delete(self, path):
        return self.client.delete(path, headers=self.headers())

    def headers(self):
        return {"X-Session-Token": self.token} if self.token else {}

    def remember(self, answer):
        self.token = answer.json().get("meta", {}).get("session_token", self.token)
        plant(self.token or "")
        return answer

    def sign_up(self):
        body = {"email": self.email, "password": PASSWORD}
        return self.remember(self.post(f"{ACCOUNTS}/auth/signup", body))

    def verify(self, code):
        return self.remember(self.post(f"{ACCOUNTS}/auth/email/verify", {"key": code}))

    def sign_in(self, password=PASSWORD):
        self.token = None
        body = {"email": self.email, "password": password}
        return self.remember(self.post(f"{ACCOUNTS}/auth/login", body))


def mailed_code():
    """Return the code in the last mail of the outbox."""
    [code] = re.findall(r"^([A-Z0-9-]{6,12})$", str(mail.outbox[-1].body), re.MULTILINE)
    plant(code, but=("mail",))
    return code


def is_problem(answer, status, type_slug=None):
    """Check all that every problem has in common and return its document."""
    document = answer.json()
    expected = f"{settings.PROBLEM_TYPE_BASE}#{type_slug}" if type_slug else "about:blank"
    assert answer.status_code == document["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert document["type"] == expected
    assert document["instance"] == f"urn:uuid:{answer.headers['X-Request-Id']}"
    assert document["title"]
    assert document["detail"]
    return document


@pytest.fixture(autouse=True)
def _no_counted_attempts():
    cache.clear()


@pytest.fixture
def signed_up():
    """Return a function that opens an account and signs in to it on one phone."""
    from diary.operations.people import open_verified_account

    def sign_in(email="person@example.org", **headers):
        open_verified_account(email, PASSWORD)
        phone = Phone(email, **headers)
        phone.sign_in()
        return phone

    return sign_in


@pytest.fixture
def phone(db, signed_up):
    """A phone whose person is signed in."""
    return signed_up()


@pytest.fixture
def another_phone():
    """Return a function that makes a further phone, not signed in."""
    return Phone


@pytest.fixture
def client():
    """A client that gets the answer the service gives to a crash, as a phone does."""
    return Client(raise_request_exception=False)


@pytest.fixture
def hashes(monkeypatch):
    """A list that grows with each password or PIN that is hashed: most of an answer's time."""
    done, encode = [], MD5PasswordHasher.encode

    def counted(self, password, salt, *rest):
        done.append(salt)
        return encode(self, password, salt, *rest)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return done
