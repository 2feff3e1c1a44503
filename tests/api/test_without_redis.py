"""Logging an episode while Redis is away, and what happens when it is back."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from kombu import Connection

from api import nudge
from diary.models import PushDue
from diary.operations.looks import look_at_due
from reports.operations import make_queued_reports
from reports.tasks import make_queued
from tests.api.v1.test_alerts import the_alert
from tests.api.v1.test_records import create, just_now
from tests.everybody import every
from tests.factories import episode, problem, symptom

WAIT_SECONDS = 20


@pytest.fixture
def redis_away(monkeypatch):
    """Let every message go to a socket nobody listens on; tell when one was tried."""
    tried = threading.Event()
    real: Any = make_queued.apply_async
    nobody = Connection("redis+socket:///nonexistent/valkey.sock")

    def apply_async(**options):
        tried.set()
        return real(connection=nobody, **options)

    monkeypatch.setattr(make_queued, "apply_async", apply_async)
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
    assert not redis_away.is_set()  # writing a diary asks nothing of Redis


@pytest.mark.django_db(transaction=True)
def test_without_redis_a_report_is_accepted_at_once_and_made_by_the_next_sweep(phone, redis_away):
    accepted = phone.post("/v1/reports", {})
    tried = redis_away.wait(WAIT_SECONDS)

    make_queued_reports(now=timezone.now(), limit=1)

    assert (accepted.status_code, tried) == (202, True)
    assert phone.get(accepted.headers["Location"]).json()["state"] == "ready"


def test_a_hint_that_redis_does_not_take_is_a_logged_no(redis_away, caplog):
    assert nudge.REPORT.send() is False
    assert "hint failed task=reports.make_queued class=OperationalError" in caplog.text


def test_a_hint_reaches_the_broker(monkeypatch):
    sent = []
    monkeypatch.setattr(make_queued, "apply_async", lambda **options: sent.append(options))

    assert nudge.REPORT.send() is True
    assert sent == [{"retry": False, "expires": 30}]


@pytest.mark.django_db(transaction=True)
def test_an_alert_nudges_a_sender_once_it_is_committed(phone, monkeypatch):
    given = []
    monkeypatch.setattr(nudge.OUTBOX, "give", lambda: given.append("alert"))

    create(phone, data=episode(start=just_now()))
    nothing_to_tell = list(given)
    create(phone, data=episode(start=just_now(), symptoms=[symptom("seizure", onset="sudden")]))

    assert (nothing_to_tell, given) == ([], ["alert"])


@pytest.mark.django_db(transaction=True)
def test_a_nudge_that_fails_does_not_reach_the_client(phone, monkeypatch):
    monkeypatch.setattr(nudge.OUTBOX, "give", lambda: 1 / 0)

    warned, _ = create(
        phone, data=episode(start=just_now(), symptoms=[symptom("seizure", onset="sudden")])
    )

    assert warned.status_code == 201
    assert warned.json()["advice"][0]["level"] == "emergency"
    assert every(PushDue).count() == 1
