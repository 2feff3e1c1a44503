"""A11: guessing locks one address for a while; and whose requests are counted."""

import pytest
from allauth.account.adapter import get_adapter

from tests.api.accounts.steps import is_signed_in, reauthenticate
from tests.api.conftest import ACCOUNTS, PASSWORD
from tests.api.v1.test_records import create

pytestmark = pytest.mark.django_db


def guess(phone, times, **headers):
    path, body = f"{ACCOUNTS}/auth/login", {"email": phone.email, "password": "not it"}
    send = phone.client.post
    answers = [send(path, body, "application/json", headers=headers) for _ in range(times)]
    return [answer.status_code for answer in answers]


def test_a11_five_bad_sign_ins_lock_that_address_only(phone, signed_up):
    neighbour = signed_up("neighbour@example.org")
    token = phone.token

    statuses = guess(phone, 6)
    owner = phone.sign_in()

    assert statuses == [400] * 5 + [429]
    assert (owner.status_code, owner.headers["Retry-After"]) == (429, "300")
    assert neighbour.sign_in().status_code == 200
    phone.token = token
    assert is_signed_in(phone)
    assert create(phone)[0].status_code == 201


def test_a11_the_body_of_a_refusal_is_that_of_the_account_routes(phone):
    guess(phone, 5)

    answer = phone.sign_in()

    assert answer.json() == {"status": 429}
    assert answer.headers["Content-Type"] == "application/json"


def test_a11_a_right_password_uses_up_no_try(phone):
    statuses = [phone.sign_in().status_code for _ in range(8)]

    assert statuses == [200] * 8


def test_a11_confirmations_are_counted_too(phone):
    statuses = [reauthenticate(phone, "not it").status_code for _ in range(6)]

    assert statuses == [400] * 5 + [429]
    assert is_signed_in(phone)


def test_every_refusal_for_too_many_requests_says_when_to_come_back(another_phone):
    phone = another_phone("nobody@example.org")
    path, body = f"{ACCOUNTS}/auth/password/request", {"email": phone.email}

    answers = [phone.post(path, body) for _ in range(6)]

    assert (answers[-1].status_code, answers[-1].headers["Retry-After"]) == (429, "60")


def guess_many(another_phone, header):
    """Guess at eleven addresses, each time with another invented network address."""
    return [
        guess(another_phone(f"p{number}@example.org"), 1, **{header: f"203.0.113.{number}"})[0]
        for number in range(11)
    ]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_an_address_the_client_writes_itself_does_not_count(another_phone, header):
    assert guess_many(another_phone, header) == [400] * 10 + [429]


def test_the_address_of_the_trusted_proxy_counts(another_phone, settings):
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"

    assert guess_many(another_phone, "X-Real-IP") == [400] * 11


@pytest.mark.parametrize("headers", [{}, {"X-Real-IP": "unknown"}])
def test_a_request_that_went_around_the_proxy_is_refused(another_phone, settings, headers):
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"

    assert guess(another_phone(), 1, **headers) == [403]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_of_ipv6_the_network_of_a_customer_counts(rf, address, counted):
    assert get_adapter().get_client_ip(rf.get("/", REMOTE_ADDR=address)) == counted


def test_sign_ups_from_one_customer_are_counted_together(another_phone):
    statuses = [
        another_phone(f"p{number}@example.org")
        .client.post(
            f"{ACCOUNTS}/auth/signup",
            {"email": f"p{number}@example.org", "password": PASSWORD},
            "application/json",
            REMOTE_ADDR=f"2001:db8:1:2::{number:x}",
        )
        .status_code
        for number in range(1, 22)
    ]

    assert statuses == [401] * 20 + [429]
