"""`/healthz` and `/readyz`: what is asked, what turns red, and that nobody's data are in it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.errors import DiskFull
from redis.exceptions import RedisError, ResponseError

from api import health
from diary.domain.look_slots import LookKind
from diary.models import LookDue, PushDue
from diary.models.isolation import acting_for
from diary.operations.outbox import make_push_due
from diary.queries.disk import has_room
from reports.models import ReportDue
from tests.everybody import every
from tests.factories import make_person


def overdue(seconds):
    """Store that somebody is to be told something, since so many seconds."""
    person, since = make_person(), timezone.now() - timedelta(seconds=seconds)
    with acting_for(person.pk):
        make_push_due(person.pk, urgent=True, now=since)


def test_a_process_that_lives_says_so_without_its_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_all_as_it_should_be(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "redis": "ok",
        "database": "ok",
        "migrations": "ok",
        "restored": "ok",
        "disk": "ok",
        "outbox": "ok",
        "oldest_undelivered_seconds": 0,
        "dead_letters": 0,
        "failed_looks": 0,
        "looks": "ok",
        "oldest_look_seconds": 0,
        "reports": "ok",
        "oldest_report_seconds": 0,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "status", "state"), [(50, 200, "ok"), (65, 503, "late")])
def test_n11_an_alert_that_waits_longer_than_a_minute_turns_it_red(client, seconds, status, state):
    overdue(seconds)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["outbox"]) == (status, state)
    assert seconds <= answer.json()["oldest_undelivered_seconds"] < seconds + 10


@pytest.mark.django_db
def test_it_is_green_again_once_the_alert_was_told(client):
    overdue(65)
    every(PushDue).delete()

    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_full_disk_turns_it_red(client):
    def full(run, sql, params, many, context):
        if "generate_series" in sql:
            raise OperationalError from DiskFull()
        return run(sql, params, many, context)

    with connection.execute_wrapper(full):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["disk"]) == (503, "full")


@pytest.mark.django_db
def test_asking_for_room_writes_to_the_disk():
    with CaptureQueriesContext(connection) as asked:
        assert has_room()
    memory, question = (each["sql"] for each in asked if "SAVEPOINT" not in each["sql"])

    with connection.cursor() as cursor:
        cursor.execute(memory)
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {question}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "temp " in plan


def test_a_database_that_is_away_is_named_and_nothing_is_quoted(client, monkeypatch):
    def away():
        raise OperationalError("password of quiver_app")

    monkeypatch.setattr(health, "_has_unapplied_migrations", away)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "redis": "ok", "database": "away"}


@pytest.mark.django_db
def test_tables_older_than_the_code_are_named(client, monkeypatch):
    monkeypatch.setattr(health, "_has_unapplied_migrations", lambda: True)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "failing"
    assert answer.json()["migrations"] == "missing"


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status", "state"), [(14, 200, "ok"), (16, 503, "late")])
def test_looks_that_nobody_makes_turn_it_red(client, minutes, status, state):
    due_at = timezone.now() - timedelta(minutes=minutes)
    every(LookDue).create(person=make_person(), kind=LookKind.STATE.value, due_at=due_at)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["looks"]) == (status, state)
    assert minutes * 60 <= answer.json()["oldest_look_seconds"] < minutes * 60 + 30


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status"), [(9, "ok"), (11, "degraded")])
def test_reports_that_nobody_makes_are_named_and_leave_it_green(client, minutes, status):
    due_at = timezone.now() - timedelta(minutes=minutes)
    every(ReportDue).create(report_id=uuid4(), person=make_person(), due_at=due_at)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, status)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "state"),
    [(RedisError("refused"), "away"), (ResponseError("OOM command not allowed"), "full")],
)
def test_a_redis_that_takes_nothing_is_named_and_leaves_it_green(client, monkeypatch, error, state):
    def refuse(*_args, **_options):
        raise error

    monkeypatch.setattr("api.health.cache.set", refuse)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["redis"]) == ("degraded", state)
