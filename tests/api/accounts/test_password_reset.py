"""A4: a new password by mailed code ends every session."""

import pytest
from django.contrib.sessions.models import Session
from django.core import mail

from diary.models.people import Device
from tests.api.accounts.steps import is_signed_in, request_reset, reset
from tests.api.conftest import mailed_code
from tests.everybody import every

pytestmark = pytest.mark.django_db

NEW = "another passphrase 8"


def test_a4_a_reset_ends_every_session(phone, second_phone, another_phone):
    third = another_phone(phone.email)
    request_reset(third)

    reset(third, mailed_code(), NEW)

    digests = every(Device).values_list("session_digest", flat=True)
    assert not Session.objects.filter(session_key__in=digests).exists()
    assert [is_signed_in(each) for each in (phone, second_phone, third)] == [False] * 3


def test_a4_only_the_new_password_signs_in_afterwards(phone, another_phone):
    other = another_phone(phone.email)
    request_reset(other)

    reset(other, mailed_code(), NEW)

    assert phone.sign_in().status_code == 400
    assert phone.sign_in(NEW).status_code == 200


def test_a4_a_code_resets_once(phone, another_phone):
    other = another_phone(phone.email)
    request_reset(other)
    code = mailed_code()
    reset(other, code, NEW)

    again = reset(other, code, "a third passphrase 9")

    assert again.status_code == 409
    assert phone.sign_in(NEW).status_code == 200


def test_a4_three_wrong_codes_end_the_attempt(phone, another_phone):
    other = another_phone(phone.email)
    request_reset(other)
    code = mailed_code()
    for _ in range(3):
        reset(other, "WRONG-CODE", NEW)

    answer = reset(other, code, NEW)

    assert answer.status_code == 409
    assert is_signed_in(phone)


def test_a4_the_code_is_worth_nothing_in_another_session(phone, another_phone):
    asking, guessing = another_phone(phone.email), another_phone("thief@example.org")
    request_reset(asking)
    code = mailed_code()
    request_reset(guessing)

    answer = reset(guessing, code, NEW)

    assert answer.status_code == 400
    assert is_signed_in(phone)


def test_a4_the_person_is_told_of_the_new_password(phone, another_phone):
    other = another_phone(phone.email)
    request_reset(other)
    code = mailed_code()
    sent = len(mail.outbox)

    reset(other, code, NEW)

    assert [message.to for message in mail.outbox[sent:]] == [[phone.email]]
