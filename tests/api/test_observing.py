"""Each request leaves one line: route, status and time, and nothing that a client wrote."""

import json
import logging
from uuid import uuid4

import pytest

from config.logs import JsonFormatter
from tests.factories import make_person
from tests.sync.service import session_of

CANARY = "canary-7f3a"


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="quiver.access")
    return lambda: [one.fields for one in caplog.records if one.name == "quiver.access"]


def test_a_line_has_method_route_status_and_milliseconds(client, lines):
    client.get("/healthz", {"secret": CANARY})

    [line] = lines()
    assert line.pop("milliseconds") >= 0
    assert line == {"method": "GET", "route": "healthz", "status": 200}


@pytest.mark.django_db
def test_the_route_stands_in_place_of_the_ids_in_the_path(client, lines):
    alert, token = uuid4(), session_of(make_person())

    client.post(
        f"/v1/alerts/{alert}/seen", {}, "application/json", headers={"X-Session-Token": token}
    )

    [line] = lines()
    assert (line["route"], line["status"]) == ("v1/alerts/<uuid:id>/<str:action>", 404)
    assert str(alert) not in str(line)
    assert token not in str(line)


@pytest.mark.parametrize("path", [f"/{CANARY}", f"/v1/{CANARY}", "/"])
def test_every_unknown_address_is_the_same_route(client, lines, path):
    client.get(path)

    [line] = lines()
    assert (line["route"], line["status"]) == ("other", 404)


def test_a_method_of_the_clients_making_is_not_repeated(client, lines):
    client.generic(CANARY.upper(), "/healthz")

    [line] = lines()
    assert (line["method"], line["status"]) == ("other", 405)


def test_a_crash_leaves_its_line_too(client, lines, monkeypatch):
    def crash(*_args, **_kwargs):
        raise RuntimeError(CANARY)

    monkeypatch.setattr("api.health.timezone.now", crash)
    client.raise_request_exception = False

    client.get("/readyz")

    [line] = lines()
    assert line["status"] == 500
    assert CANARY not in str(line)


def test_the_line_carries_the_id_that_the_answer_carries(client, caplog):
    caplog.set_level(logging.INFO, logger="quiver.access")
    caplog.handler.setFormatter(JsonFormatter())

    answer = client.get("/healthz")

    said = json.loads(caplog.text.splitlines()[-1])
    assert said["request_id"] == answer["X-Request-Id"]
    assert said["route"] == "healthz"
