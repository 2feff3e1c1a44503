"""A14: a session ends 90 days after its last use, and 365 days after signing in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from diary.models.people import Device
from tests.api.accounts.steps import is_signed_in, reauthenticate
from tests.api.accounts.test_every_route import refused
from tests.api.conftest import ACCOUNTS
from tests.everybody import every

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(**later):
    return time_machine.travel(START + timedelta(**later), tick=False)


@pytest.fixture
def old_phone(signed_up):
    """A phone that signed in at START."""
    with at():
        return signed_up()


def test_a14_a_session_not_used_for_90_days_expires(old_phone):
    with at(days=90):
        answer = old_phone.get("/v1/devices")

    assert refused(answer, "expired")


def test_a14_using_the_session_moves_its_idle_limit(old_phone):
    statuses = []
    for days in (89, 178):
        with at(days=days):
            statuses.append(old_phone.get("/v1/devices").status_code)

    assert statuses == [200, 200]


def test_a14_a_used_session_expires_90_days_after_its_last_use(old_phone):
    with at(days=89):
        old_phone.get("/v1/devices")
    with at(days=179):
        answer = old_phone.get("/v1/devices")

    assert refused(answer, "expired")


def test_a14_a_session_ends_365_days_after_signing_in_however_much_it_is_used(old_phone):
    for days in range(60, 365, 60):
        with at(days=days):
            assert is_signed_in(old_phone)
    with at(days=365):
        answer = old_phone.get("/v1/devices")

    assert refused(answer, "expired")


def test_a14_reauthenticating_does_not_move_the_absolute_limit(old_phone):
    for days in range(60, 365, 60):
        with at(days=days):
            assert reauthenticate(old_phone).status_code == 200
    with at(days=365):
        account, diary = old_phone.get(f"{ACCOUNTS}/auth/session"), old_phone.get("/v1/devices")

    assert account.status_code in (401, 410)
    assert refused(diary, "expired")


def test_a14_an_over_aged_session_is_deleted_even_if_its_row_would_live_on(old_phone):
    Session.objects.update(expire_date=START + timedelta(days=9999))
    with at(days=366):
        answer = old_phone.get("/v1/devices")

    assert refused(answer, "expired")
    assert not Session.objects.exists()


def test_a14_a_sign_up_that_nobody_finished_is_gone_after_a_day(another_phone):
    phone = another_phone()
    with at():
        phone.sign_up()

    assert Session.objects.get().expire_date == START + timedelta(days=1)


def test_last_seen_moves_at_most_once_an_hour(old_phone):
    seen = []
    for minutes in (59, 61):
        with at(minutes=minutes):
            old_phone.get("/v1/devices")
            seen.append(every(Device).get().last_seen_at)

    assert seen == [START, START + timedelta(minutes=61)]
