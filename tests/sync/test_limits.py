"""S9, S10, S19, S20: bad batches, huge batches, and ids of other people."""

import gzip
import json
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diary.models import RefusedOperation
from diary.models.isolation import acting_for
from tests.factories import NOW, episode, moment
from tests.phone.batches import MOST_OPERATIONS
from tests.phone.phone import Ended
from tests.sync.requests import create, edit, post, results, statuses
from tests.sync.service import history_of, phone_of, refused_of, rows_of

BACKLOG = 1_200  # of the ten thousand that `make soak` sends


def test_s9_one_bad_operation_of_five_hundred_is_named_and_the_others_are_applied(alice, phone):
    batch = [create() for _ in range(MOST_OPERATIONS)]
    batch[137]["data"] = episode(strength=11, sites=[{"site": "elbow"}])

    answers, again = results(phone, *batch), results(phone, *batch)

    assert [each["status"] for each in answers].count("applied") == 499
    assert answers[137]["status"] == again[137]["status"] == "invalid"
    pointers = {error["pointer"] for error in answers[137]["errors"]}
    assert pointers == {"#/data/strength", "#/data/sites/0/site"}
    assert [each["status"] for each in again].count("duplicate") == 499
    assert len(rows_of(alice.pk)) == len(history_of(alice.pk)) == 499


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"type": "alert"}, ["#/type"]),
        ({"type": "planet"}, ["#/type"]),
        ({"id": "x"}, ["#/id"]),
        ({"base": -1}, ["#/base"]),
        ({"base": "1"}, ["#/base"]),
        ({"base": 2**63}, ["#/base"]),
        ({"data": None}, ["#"]),
        ({"data": []}, ["#/data"]),
        ({"data": {}}, ["#/data/start"]),
        ({"data": episode(mood="blue")}, ["#/data/mood"]),
        ({"base": -1, "data": episode(mood="blue")}, ["#/base", "#/data/mood"]),
        ({"deleted": True}, ["#"]),
        ({"deleted": False}, ["#/deleted"]),
        ({"extra": 1}, ["#/extra"]),
    ],
    ids=str,
)
def test_s9_whatever_is_wrong_in_an_operation_is_its_own_matter(alice, phone, wrong, pointers):
    first, second = results(phone, create() | wrong, create())

    assert first["status"] == "invalid"
    assert sorted(error["pointer"] for error in first["errors"]) == pointers
    assert all(error["code"] and error["detail"] for error in first["errors"])
    assert second["status"] == "applied"
    assert len(rows_of(alice.pk)) == 1


def test_s9_what_is_refused_is_kept_once_as_it_came_and_sealed(alice, phone):
    bad = create(episode(strength=11, note="canary", mood={"a": [1.5, None, "\0"]}))

    assert statuses(phone, bad, bad) + statuses(phone, bad) == ["invalid"] * 3

    assert refused_of(alice.pk) == [bad]
    with acting_for(alice.pk):
        kept = RefusedOperation.objects.values_list("content", flat=True).get()
    assert b"canary" not in kept


def test_s9_what_the_service_refuses_the_phone_keeps_for_the_person(phone):
    bad = phone.log("episode", episode(strength=99))
    phone.log("episode", episode())

    assert phone.sync() is Ended.IN_STEP

    [refused] = phone.memory.needs_person
    assert (refused.operation.id, refused.operation.data["strength"]) == (bad, 99)
    assert [error["pointer"] for error in refused.errors] == ["#/data/strength"]
    assert phone.memory.queue == {}


def upload_backlog(phone, number):
    """Log for 400 days without a network, then sync; return requests and seconds."""
    start = NOW - timedelta(days=400)
    for index in range(number):
        at = (start + timedelta(minutes=index * 400 * 24 * 60 / number)).replace(microsecond=0)
        phone.log("episode", episode(start=moment(at.isoformat(), "UTC"), contractions=index + 1))
    requests = []
    inside = phone.transport.send

    def counted(method, *rest):
        requests.append(method)
        return inside(method, *rest)

    phone.transport.send = counted
    started = time.perf_counter()
    assert phone.sync() is Ended.IN_STEP
    return requests, time.perf_counter() - started


def test_s10_a_backlog_goes_out_in_full_batches(alice, phone):
    requests, seconds = upload_backlog(phone, BACKLOG)

    assert requests.count("POST") == 3
    assert seconds < 30
    assert len(rows_of(alice.pk)) == BACKLOG
    assert phone.memory.queue == {}


def test_s19_the_id_of_another_persons_record_is_as_free_as_any(alice, bob, phone):
    hers = create(episode(note="canary"))
    results(phone, hers)
    his = phone_of(bob)

    answer = post(his, edit(hers, 1), create() | {"base": 1})
    taken, unknown = answer.body["results"]

    assert {**taken, "op": 0} == {**unknown, "op": 0}
    assert taken["server"] is None
    assert "canary" not in json.dumps(answer.body)
    assert statuses(his, create() | {"id": hers["id"]}) == ["applied"]
    assert rows_of(alice.pk)[f"episode/{hers['id']}"][1]["note"] == "canary"


def test_s19_a_foreign_id_costs_the_same_statements_as_an_unknown_one(bob, phone):
    hers = create()
    results(phone, hers)
    his = phone_of(bob)
    statuses(his, create())

    def statements(op):
        with CaptureQueriesContext(connection) as queries:
            assert statuses(his, op) == ["conflict"]
        return [query["sql"].partition(" ")[0] for query in queries]

    assert statements(edit(hers, 1)) == statements(create() | {"base": 1})


@pytest.mark.parametrize(
    ("body", "status", "pointers"),
    [
        (lambda: {"ops": [create() for _ in range(501)]}, 422, ["#/ops"]),
        (lambda: {"ops": [create(episode(note="x" * 1_048_576))]}, 413, []),
        (lambda: {"ops": create()}, 422, ["#/ops"]),
        (lambda: {"ops": [create(), 5]}, 422, ["#/ops/1"]),
        (dict, 422, ["#/ops"]),
        (list, 422, ["#"]),
        (lambda: {"ops": [create()], "extra": 1}, 422, ["#/extra"]),
        (lambda: {"ops": [create()], "sent_at": "yesterday"}, 422, ["#/sent_at"]),
    ],
)
def test_s20_a_batch_that_cannot_be_read_is_refused_whole(alice, phone, body, status, pointers):
    answer = phone.send("POST", "/v1/sync", body())

    assert answer.status == answer.body["status"] == status
    assert [error["pointer"] for error in answer.body.get("errors", [])] == pointers
    assert answer.headers["content-type"] == "application/problem+json"
    assert rows_of(alice.pk) == {}


def deep(levels):
    """Return a batch whose one record nests objects in its `ext`, as text."""
    text = json.dumps({"ops": [create(episode(ext={"deep": 0}))]})
    return text.replace('"deep": 0', '"deep": ' + '{"a":' * levels + "1" + "}" * levels)


def send_text(phone, body, **headers):
    return Client(raise_request_exception=False).post(
        "/v1/sync",
        body,
        content_type="application/json",
        headers={"X-Session-Token": phone.memory.session_token} | headers,
    )


@pytest.mark.parametrize("levels", [120, 900, 50_000])
def test_s20_a_batch_nested_without_end_is_refused_whole(alice, phone, levels):
    answer = send_text(phone, deep(levels))

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_body")
    assert rows_of(alice.pk) == {}


@pytest.mark.parametrize("field", ["ext", "note", "sites", "mood"])
def test_s20_sixty_four_levels_in_a_record_are_the_matter_of_its_operation(alice, phone, field):
    monster = json.loads(deep(64))["ops"][0]
    monster["data"][field] = monster["data"].pop("ext")

    refused, applied = results(phone, monster, create())

    assert (refused["status"], applied["status"]) == ("invalid", "applied")
    assert [error["pointer"] for error in refused["errors"]] == [f"#/data/{field}"]
    assert len(rows_of(alice.pk)) == 1
    assert refused_of(alice.pk) == [monster]


def test_s20_a_compressed_body_is_never_unpacked(alice, phone):
    bomb = gzip.compress(json.dumps({"ops": [create(episode(note=" " * 50_000_000))]}).encode())
    started = time.perf_counter()

    answer = send_text(phone, bomb, **{"Content-Encoding": "gzip"})

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_body")
    assert time.perf_counter() - started < 2
    assert rows_of(alice.pk) == {}


def test_s20_a_phone_splits_what_is_too_large_and_sets_one_monster_aside(alice, phone):
    for index in range(6):
        phone.log("episode", episode(note=f"{index}" * 4_900))
    monster = phone.log("episode", episode(note="x" * 1_100_000))

    assert phone.sync() is Ended.IN_STEP

    [refused] = phone.memory.needs_person
    assert (refused.operation.id, refused.errors[0]["code"]) == (monster, "too_large")
    assert len(rows_of(alice.pk)) == 6
