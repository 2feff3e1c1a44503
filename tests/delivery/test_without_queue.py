"""N1: the advice is in the answer with Redis, Celery and the scheduler all stopped."""

from uuid import uuid4

from celery.app.task import Task
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError

from diary.models import PushDue
from tests.delivery.world import alerts_of, carry, endpoint
from tests.everybody import every
from tests.factories import episode, moment, symptom
from tests.sync.service import session_of


def no_broker(*_args, **_options):
    raise OperationalError


def test_n1_the_advice_is_in_the_answer_with_redis_celery_and_beat_all_stopped(
    alice, clock, channel, monkeypatch
):
    monkeypatch.setattr(Task, "apply_async", no_broker)
    endpoint(alice)
    now = moment(timezone.now().isoformat(timespec="seconds"), "")

    answer = Client().post(
        "/v1/episodes",
        {"id": str(uuid4()), "data": episode(start=now, symptoms=[symptom("seizure")])},
        content_type="application/json",
        headers={"X-Session-Token": session_of(alice)},
    )

    assert answer.status_code == 201
    assert answer.json()["advice"][0]["level"] == "emergency"
    assert alerts_of(alice)["E3"].state == "open"
    assert every(PushDue).get().urgent
    clock.now = timezone.now()
    carry(channel, clock)
    assert channel.names() == ["phone"]
