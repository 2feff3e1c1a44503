"""The sample person: written once by the real operations, with fresh access each time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from diary.models import DailyRow, Device, Episode, LookDue
from diary.models.isolation import acting_for
from diary.operations.looks import look_at_due
from diary.operations.sample import open_sample_diary
from diary.queries.alerts import alerts_of
from tests.everybody import every

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_the_diary_is_written_with_its_daily_rows_and_left_due():
    access = open_sample_diary(now=NOW)

    with acting_for(access.person_id):
        assert Episode.objects.filter(deleted=False).count() == 255
        assert DailyRow.objects.count() == 157
    assert access.records_written == 418
    assert every(LookDue).get(person_id=access.person_id, kind="state").due_at <= NOW


def test_the_look_that_is_due_raises_the_persistence_alert():
    access = open_sample_diary(now=NOW)

    looked_at = look_at_due(now=NOW, limit=1, lease=timedelta(minutes=1))

    with acting_for(access.person_id):
        alerts = [(alert.rule, alert.state) for alert in alerts_of(access.person_id)]
    assert looked_at == 1
    assert ("N1", "open") in alerts


def test_a_second_time_keeps_the_diary_and_makes_the_access_anew():
    first = open_sample_diary(now=NOW)

    second = open_sample_diary(now=NOW + timedelta(days=3))

    with acting_for(first.person_id):
        episodes = Episode.objects.count()

    assert (second.person_id, second.records_written, episodes) == (first.person_id, 0, 255)
    assert second.token != first.token
    assert second.password != first.password
    assert every(Device).filter(person_id=first.person_id).count() == 1


def test_the_token_of_the_time_before_signs_nobody_in(client):
    first = open_sample_diary(now=timezone.now())
    second = open_sample_diary(now=timezone.now())

    answers = [
        client.get("/v1/devices", headers={"X-Session-Token": access.token}).status_code
        for access in (first, second)
    ]

    assert answers == [401, 200]
