"""Traces tell routes, kinds of work and times, and nothing that a person or a client wrote."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from opentelemetry.sdk.trace import Event, ReadableSpan

from config import env
from config.tracing import ALLOWED, LONGEST_NAME, without_the_person
from tests.factories import make_person
from tests.sync.service import session_of

ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary-7f3a"


@pytest.fixture
def spans(transactional_db):
    person = make_person()
    token = session_of(person)
    order = {"database": connection.settings_dict["NAME"], "token": token, "canary": CANARY}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.config.traced"],
        cwd=ROOT,
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text = done.stdout
    assert not [secret for secret in (CANARY, token, str(person.pk)) if secret in text]
    return json.loads(text)


def test_requests_tasks_and_statements_are_traced_without_a_word_of_a_person(spans):
    names = {span["name"] for span in spans}
    attributes = {name for span in spans for name in span["attributes"]}
    routes = {span["attributes"].get("http.route") for span in spans}

    assert {"v1/sync", "v1/alerts", "_allauth/app/v1/auth/login"} <= routes
    assert {"SELECT", "INSERT", "SET", "run/tests.fail_traced"} <= names
    assert attributes <= ALLOWED
    assert {"quiver.request_id", "db.system", "celery.task_name"} <= attributes
    events = [event for span in spans for event in span["events"]]
    assert {event["attributes"]["exception.type"] for event in events} == {"ValueError"}
    assert all(list(event["attributes"]) == ["exception.type"] for event in events)
    assert not [span for span in spans if span["status"].get("description")]


def test_the_trace_a_client_names_is_not_carried_on(spans):
    traces = {span["context"]["trace_id"] for span in spans}

    assert "0x0af7651916cd43dd8448eb211c80319c" not in traces
    assert {span["context"]["trace_state"] for span in spans} == {"[]"}
    assert len(traces) > 3


def test_whatever_an_instrumentation_adds_is_left_out_and_long_names_are_cut():
    events = [Event("exception", {"exception.type": "X", "exception.message": CANARY})]
    span = ReadableSpan(
        name="GET " * 99,
        attributes={"http.route": "v1/sync", "url.full": CANARY, "new": CANARY},
        events=[*events, Event(CANARY)],
    )

    told = without_the_person(span)

    assert told.attributes == {"http.route": "v1/sync"}
    assert [dict(one.attributes or {}) for one in told.events] == [{"exception.type": "X"}]
    assert len(told.name) == LONGEST_NAME


@pytest.mark.parametrize(("given", "wanted"), [("off", ""), ("on", "http://collector:4318")])
def test_traces_go_nowhere_unless_they_are_switched_on(monkeypatch, given, wanted):
    monkeypatch.setenv("TRACES", given)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/")

    assert env.traces_endpoint() == wanted


def test_traces_without_a_collector_are_an_error(monkeypatch):
    monkeypatch.setenv("TRACES", "on")
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)

    with pytest.raises(ImproperlyConfigured, match="OTEL_EXPORTER_OTLP_ENDPOINT is not set"):
        env.traces_endpoint()


def test_traces_without_their_packages_say_what_to_install():
    code = (
        "import sys; sys.modules['opentelemetry'] = None;"
        "from config.observation import observe; observe()"
    )
    switched_on = {"TRACES": "on", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env={
            "PATH": os.defpath,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "tracing",
            "EMBEDDED_SERVERS": "off",
            **switched_on,
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert "install requirements-tracing.txt" in done.stderr
