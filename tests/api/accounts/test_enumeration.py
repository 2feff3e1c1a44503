"""A10: nobody learns whether an address has an account: not by body, status, mail or work done."""

import pytest
from django.core import mail
from django.core.cache import cache

from diary.models.people import User
from tests.api.accounts.steps import request_reset

pytestmark = pytest.mark.django_db


def signs_up(phone):
    return phone.sign_up()


def signs_in_wrongly(phone):
    return phone.sign_in("not the passphrase")


def asks_for_a_reset(phone):
    return request_reset(phone)


def told(answer):
    """Return all that an answer says; tokens count by their shape."""
    body = answer.json()
    token = body.get("meta", {}).pop("session_token", None)
    headers = {name for name in answer.headers if name != "X-Request-Id"}
    return answer.status_code, body, len(token or ""), headers


@pytest.mark.parametrize("step", [signs_up, signs_in_wrongly, asks_for_a_reset])
def test_a10_known_and_unknown_addresses_are_answered_alike(phone, another_phone, step, hashes):
    seen = []
    for email in (phone.email, "unknown@example.org"):
        cache.clear()
        hashed, sent = len(hashes), len(mail.outbox)
        answer = step(another_phone(email))
        seen.append((told(answer), len(hashes) - hashed, len(mail.outbox) - sent))

    assert seen[0] == seen[1]


@pytest.mark.parametrize(("step", "count"), [(signs_up, 1), (signs_in_wrongly, 1)])
def test_a10_each_answer_hashes_one_password(phone, another_phone, step, count, hashes):
    cache.clear()
    hashes.clear()

    step(another_phone(phone.email))

    assert len(hashes) == count


def test_a10_only_the_owner_learns_of_a_second_sign_up(phone, another_phone):
    cache.clear()

    another_phone(phone.email).sign_up()

    assert mail.outbox[-1].to == [phone.email]
    assert User.objects.count() == 1


def test_a10_too_many_tries_are_refused_alike(phone, another_phone):
    seen = []
    for email in (phone.email, "unknown@example.org"):
        cache.clear()
        stranger = another_phone(email)
        seen.append([stranger.sign_in("not it").status_code for _ in range(6)])

    assert seen[0] == seen[1] == [400] * 5 + [429]


def test_a10_an_address_that_was_not_verified_looks_like_any_other(another_phone):
    another_phone("pending@example.org").sign_up()
    cache.clear()

    answers = [another_phone(f"{name}@example.org").sign_up() for name in ("pending", "fresh")]

    assert told(answers[0]) == told(answers[1])
