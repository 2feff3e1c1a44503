"""Logging an episode while Redis is away, and what happens when it is back."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from kombu import Connection

from api import nudge
from diary.operations.looks import look_at_due
from diary.tasks import look_due
from tests.api.v1.test_alerts import the_alert
from tests.api.v1.test_records import create, just_now
from tests.factories import episode, problem, symptom

WAIT_SECONDS = 20


@pytest.fixture
def redis_away(monkeypatch):
    """Let every message go to a socket nobody listens on; tell when one was tried."""
    tried = threading.Event()
    real: Any = look_due.apply_async
    nobody = Connection("redis+socket:///nonexistent/valkey.sock")

    def apply_async(**options):
        tried.set()
        return real(connection=nobody, **options)

    monkeypatch.setattr(look_due, "apply_async", apply_async)
    return tried


@pytest.mark.django_db(transaction=True)
def test_without_redis_an_entry_is_kept_answered_and_found_by_the_next_sweep(phone, redis_away):
    today = timezone.now().date()
    began = str(today - timedelta(days=30))
    intake, _ = create(
        phone,
        "problems",
        problem(asked_on=str(today), first_day_earliest=began, first_day_latest=began),
    )
    warned, path = create(
        phone, data=episode(start=just_now(), symptoms=[symptom("seizure", onset="sudden")])
    )

    look_at_due(now=timezone.now(), limit=10, lease=timedelta(minutes=1))

    assert (intake.status_code, warned.status_code) == (201, 201)
    assert warned.json()["advice"][0]["level"] == "emergency"
    assert phone.get(path).status_code == 200
    assert the_alert(phone, "N1")["state"] == "open"
    assert redis_away.wait(WAIT_SECONDS)


def test_a_hint_that_redis_does_not_take_is_a_logged_no(redis_away, caplog):
    assert nudge.LOOK.send() is False
    assert "hint failed task=diary.look_due class=OperationalError" in caplog.text


def test_a_hint_reaches_the_broker(monkeypatch):
    sent = []
    monkeypatch.setattr(look_due, "apply_async", lambda **options: sent.append(options))

    assert nudge.LOOK.send() is True
    assert sent == [{"retry": False, "expires": 30}]


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_told_after_the_commit_and_not_after_a_refusal(phone, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(nudge.LOOK, "give", lambda: told.append("look"))

    create(phone, data=episode(strength=11))
    create(phone)

    assert len(told) == 1
