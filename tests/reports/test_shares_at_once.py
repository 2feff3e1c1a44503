"""Guesses sent at once are as few as guesses sent one by one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth import hashers
from django.db import connection

from diary.domain.errors import LimitReached
from diary.models.isolation import acting_for
from reports.domain.sharing import MOST_SHARES, MOST_WRONG_PINS
from reports.models import Share
from reports.operations import shares
from reports.operations.shares import open_share, share_report
from tests.factories import NOW, make_person
from tests.reports.shared import DOCTOR, PIN, ready_report, shared, terms

pytestmark = pytest.mark.django_db(transaction=True)

GUESSES = 100
THREADS = 20  # as many guess at the same time; each holds a connection to PostgreSQL


def at_once(work, arguments):
    gate = Barrier(THREADS)

    def one(argument):
        try:
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS, initializer=gate.wait) as pool:
        return list(pool.map(one, arguments))


def guess(secret, pin):
    return open_share(secret, pin, DOCTOR, now=NOW)


@pytest.fixture
def compared(monkeypatch):
    """The PINs that were compared with the link's own."""
    pins = []

    def noted(pin, pin_hash):
        pins.append(pin)
        return hashers.check_password(pin, pin_hash)

    monkeypatch.setattr(shares, "check_password", noted)
    return pins


def test_a_hundred_guesses_at_once_are_five_tries(compared):
    alice = make_person("alice")
    granted = shared(alice)

    tokens = at_once(lambda number: guess(granted.secret, f"{number:06}"), range(GUESSES))

    assert tokens == [None] * GUESSES
    assert len(compared) == MOST_WRONG_PINS
    assert guess(granted.secret, PIN) is None
    with acting_for(alice.pk):
        assert Share.objects.get().wrong_pins == MOST_WRONG_PINS


def test_right_pins_at_once_leave_no_try_used_up():
    alice = make_person("alice")
    granted = shared(alice)

    tokens = at_once(lambda _: guess(granted.secret, PIN), range(GUESSES))

    assert any(tokens)
    with acting_for(alice.pk):
        assert Share.objects.get().wrong_pins == 0
    assert guess(granted.secret, PIN)


def test_shares_made_at_once_keep_the_limit():
    alice = make_person("alice")
    report = ready_report(alice)

    def grant(_):
        try:
            return share_report(alice.pk, terms(report, lasts=timedelta(days=1)), now=NOW)
        except LimitReached:
            return None

    granted = at_once(grant, range(THREADS))

    assert len([one for one in granted if one]) == MOST_SHARES
