"""`/metrics`: who may read it, what it tells, and that no label is of a client's making."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from api import metrics
from api.observing import METHODS, OTHER
from api.problem_types import TYPES
from diary.domain.deliveries import EndpointKind
from diary.domain.look_slots import LookKind
from diary.models import LookDue
from diary.models.isolation import acting_for
from diary.operations.outbox import make_push_due
from tests.chaos.writing import warning_sign
from tests.everybody import every
from tests.factories import make_person
from tests.sync.service import session_of

ROOT = Path(__file__).parents[2]
TOKEN = {"Authorization": "Bearer a token of Prometheus"}
CANARY = "canary-7f3a"


@pytest.fixture
def scraped(client, settings):
    """Return a function that asks as Prometheus does and returns all samples."""
    settings.METRICS_TOKEN = "a token of Prometheus"

    def ask():
        answer = client.get("/metrics", headers=TOKEN)
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        families = text_string_to_metric_families(answer.content.decode())
        return {
            (one.name, *sorted(one.labels.items())): one.value
            for family in families
            for one in family.samples
            if one.name.startswith("quiver_")
        }

    return ask


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "é"}])
def test_without_the_token_there_is_no_such_address(client, settings, header):
    settings.METRICS_TOKEN = "a token of Prometheus"

    answer = client.get("/metrics", headers=header)

    assert (answer.status_code, answer.json()["type"]) == (404, "about:blank")


@pytest.mark.parametrize("header", ["Bearer ", "Bearer", ""])
def test_without_a_token_in_the_settings_nobody_may_read(client, header):
    assert client.get("/metrics", headers={"Authorization": header}).status_code == 404


@pytest.mark.django_db
def test_requests_are_counted_and_timed_by_route(client, scraped):
    before = scraped()

    client.get("/healthz")
    client.get(f"/{CANARY}")

    after = scraped()
    for route, status in (("healthz", "200"), (OTHER, "404")):
        labels = (("method", "GET"), ("route", route), ("status", status))
        sample = ("quiver_requests_total", *labels)
        timed = ("quiver_request_seconds_count", ("route", route))
        assert after[sample] - before.get(sample, 0) == 1
        assert after[timed] - before.get(timed, 0) == 1
    not_found = ("quiver_problems_total", ("code", "404"))
    assert after[not_found] - before.get(not_found, 0) == 1


@pytest.mark.django_db(transaction=True)
def test_an_entry_with_an_emergency_is_counted_once_and_names_nobody(client, scraped):
    headers = {"X-Session-Token": session_of(make_person())}
    body, sample = {"ops": [warning_sign()]}, ("quiver_emergency_advices_total",)
    before = scraped()[sample]

    for _ in range(2):  # the second is a duplicate of the first
        client.post("/v1/sync", body, content_type="application/json", headers=headers)

    assert scraped()[sample] - before == 1


@pytest.mark.django_db
def test_what_waits_is_read_from_the_database(scraped):
    person, now = make_person(), timezone.now()
    every(LookDue).create(
        person=person, kind=LookKind.WEEKLY.value, due_at=now - timedelta(seconds=90)
    )
    with acting_for(person.pk):
        make_push_due(person.pk, urgent=True, now=now - timedelta(seconds=30))

    told = scraped()

    assert 90 <= told["quiver_look_oldest_seconds", ("kind", "weekly")] < 120
    assert told["quiver_look_oldest_seconds", ("kind", "monthly")] == 0
    assert 30 <= told["quiver_outbox_oldest_seconds",] < 60
    assert told["quiver_dead_letters",] == told["quiver_report_oldest_seconds",] == 0
    assert told["quiver_database_up",] == 1


def test_a_database_that_is_away_does_not_hide_what_was_counted(scraped, monkeypatch):
    def away(**_):
        raise OperationalError("password of quiver_app")

    monkeypatch.setattr(metrics, "backlog", away)

    told = scraped()

    assert told["quiver_database_up",] == 0
    assert ("quiver_outbox_oldest_seconds",) not in told
    assert ("quiver_emergency_advices_total",) in told


def known_labels():
    """Return every value that a label may have, apart from tasks."""

    def routes(patterns, prefix=""):
        for one in patterns:
            route = f"{prefix}{one.pattern}"
            yield from [route] if isinstance(one, URLPattern) else routes(one.url_patterns, route)

    return {
        "route": {OTHER, *routes(get_resolver().url_patterns)},
        "method": {OTHER, *METHODS},
        "status": {str(status) for status in range(100, 600)},
        "code": {one.code for one in TYPES.values()} | {str(status) for status in range(400, 600)},
        "kind": {*EndpointKind, *LookKind},
        "outcome": {"delivered", "retry", "gone", "refused"},
    }


def labels_of(told):
    return {label for _, *labels in told for label in labels if label[0] not in ("le", "task")}


@pytest.mark.django_db
def test_no_label_takes_a_value_from_a_client(client, scraped):
    headers = {"X-Session-Token": CANARY, "User-Agent": CANARY, "X-Request-Id": CANARY}
    before = labels_of(scraped())  # other tests of this process have routes of their own
    for path in (f"/{CANARY}", f"/v1/{CANARY}", f"/v1/alerts/{CANARY}", f"/static/{CANARY}"):
        client.get(path, {CANARY: CANARY}, headers=headers)
    client.generic(CANARY.upper(), "/v1/sync", CANARY, headers=headers)
    client.post("/v1/sync", {CANARY: CANARY}, "application/json", headers=headers)

    known, told = known_labels(), scraped()

    assert CANARY not in str(told).lower()
    found = labels_of(told)
    assert {label for label in found - before if label[1] not in known[label[0]]} == set()
    assert {name for name, _ in found} >= {"route", "method", "status", "code", "kind"}


@pytest.mark.django_db
def test_every_measure_is_explained_to_the_operator(scraped):
    text = (ROOT / "docs/operations.md").read_text("utf-8")
    names = {re.sub("_(bucket|count|sum)$", "", name) for name, *_ in scraped()}

    explained = {name for name in names if f"`{name}`" in text}
    assert names - explained == {name for name in names if name.endswith("_created")}
    assert len(explained) > 8
