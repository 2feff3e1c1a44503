"""Single-record REST, as a phone uses it."""

import json
import uuid

import pytest
from django.utils import timezone

from tests.api.conftest import is_problem
from tests.factories import check_in, episode, moment, problem, symptom

pytestmark = pytest.mark.django_db

ROUTES = {
    "episodes": episode(),
    "check-ins": check_in(),
    "problems": problem(),
    "medications": {"name": "Prednisone", "medicine_class": "corticosteroid"},
    "history": {"kind": "condition", "item": "facial_palsy"},
    "remedy-trials": {"remedy": "rest", "started_on": "2026-03-01"},
}


def send(phone, method, path, body=None, **headers):
    return getattr(phone.client, method)(
        path,
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers=phone.headers() | headers,
    )


def just_now():
    return moment(timezone.now().isoformat(timespec="seconds"), "")


def create(phone, route="episodes", data=None, **headers):
    id_ = str(uuid.uuid4())
    answer = send(
        phone, "post", f"/v1/{route}", {"id": id_, "data": data or ROUTES[route]}, **headers
    )
    return answer, f"/v1/{route}/{id_}"


@pytest.mark.parametrize("route", ROUTES)
def test_a_record_lives_from_create_to_tombstone(phone, route):
    created, path = create(phone, route)
    read = phone.get(path)
    replaced = send(phone, "put", path, {"data": read.json()["data"]}, **{"If-Match": 'W/"1"'})
    deleted = send(phone, "delete", path, **{"If-Match": replaced.headers["ETag"]})

    assert created.status_code == 201
    assert created.headers["Location"] == path
    assert created.headers["ETag"] == read.headers["ETag"] == 'W/"1"'
    assert read.json()["data"] == created.json()["data"]
    assert replaced.json()["version"] == 2
    assert deleted.json()["deleted"] is True
    assert deleted.json()["data"] is None
    assert phone.get(f"/v1/{route}").json() == {"items": [], "next": None}


def test_sending_the_same_record_again_answers_the_same_without_a_second_one(phone):
    body = {
        "id": str(uuid.uuid4()),
        "data": episode(symptoms=[symptom("one_sided_weakness", onset="sudden")]),
    }

    first = send(phone, "post", "/v1/episodes", body)
    again = send(phone, "post", "/v1/episodes", body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert len(phone.get("/v1/episodes").json()["items"]) == 1


def test_sudden_one_sided_weakness_is_answered_with_emergency_advice_in_the_same_response(phone):
    send(phone, "put", "/v1/profile", {"country": "TW", "time_zone": "Asia/Taipei"})

    answer, _ = create(
        phone,
        data=episode(
            start=just_now(), symptoms=[symptom("one_sided_weakness", onset="sudden", side="left")]
        ),
    )

    [advice] = answer.json()["advice"]
    assert (advice["rule"], advice["level"]) == ("E1", "emergency")
    assert advice["emergency_number"] == "119"
    assert advice["text"].index("119") < 60


def test_an_ordinary_episode_gets_no_advice(phone):
    answer, _ = create(phone)

    assert answer.json()["advice"] == []


def test_every_wrong_field_is_named_in_one_problem_and_nothing_is_written(phone):
    data = episode(strength=11, movement="dance", start=moment("yesterday"), mood="blue")
    data["sites"] = [{"site": "upper_lip"}, {"site": "elbow/left"}]

    answer = send(phone, "post", "/v1/episodes", {"id": "x", "data": data, "extra": 1})

    document = is_problem(answer, 422, "invalid-record")
    assert {error["pointer"] for error in document["errors"]} == {
        "#/id",
        "#/extra",
        "#/data/strength",
        "#/data/movement",
        "#/data/start/at",
        "#/data/mood",
        "#/data/sites/1/site",
    }
    for submitted in ("dance", "yesterday", "elbow"):
        assert submitted not in answer.content.decode()
    assert phone.get("/v1/episodes").json()["items"] == []


@pytest.mark.parametrize("body", ["[]", "5", "null", '"text"', "{}"])
def test_a_body_that_is_no_record_is_refused(phone, body):
    answer = phone.client.post(
        "/v1/episodes", body, content_type="application/json", headers=phone.headers()
    )

    is_problem(answer, 422, "invalid-record")


def test_replacing_without_if_match_is_refused(phone):
    _, path = create(phone)

    answer = send(phone, "put", path, {"data": episode()})

    is_problem(answer, 428, "precondition-required")


def test_replacing_an_old_version_shows_the_present_one(phone):
    _, path = create(phone)
    send(phone, "put", path, {"data": episode(strength=7)}, **{"If-Match": 'W/"1"'})

    late = send(phone, "put", path, {"data": episode(strength=1)}, **{"If-Match": 'W/"1"'})

    document = is_problem(late, 412, "precondition-failed")
    assert document["server"]["data"]["strength"] == 7


def test_creating_a_taken_id_with_other_content_conflicts(phone):
    created, _ = create(phone)
    body = {"id": created.json()["id"], "data": episode(strength=9)}

    answer = send(phone, "post", "/v1/episodes", body)

    document = is_problem(answer, 409, "version-conflict")
    assert document["server"]["data"]["strength"] == 4


def test_an_idempotency_key_with_other_content_is_refused(phone):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    create(phone, **key)

    answer, _ = create(phone, data=episode(strength=9), **key)

    is_problem(answer, 409, "operation-reused")


def test_pages_follow_each_other_newest_first_and_miss_nothing(phone):
    days = [f"2026-03-0{day}" for day in range(1, 8)]
    for day in days:
        create(phone, "check-ins", check_in(day))

    seen, cursor = [], ""
    while True:
        page = phone.get(f"/v1/check-ins?limit=3{cursor}").json()
        seen += [item["data"]["local_date"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"

    assert seen == sorted(days, reverse=True)


@pytest.mark.parametrize("route", ROUTES)
def test_every_list_can_be_paged(phone, route):
    create(phone, route)
    second = check_in("2026-03-09") if route == "check-ins" else None
    create(phone, route, second)

    first_page = phone.get(f"/v1/{route}?limit=1").json()
    second_page = phone.get(f"/v1/{route}?limit=1&cursor={first_page['next']}").json()

    assert {len(first_page["items"]), len(second_page["items"])} == {1}
    assert first_page["items"][0]["id"] != second_page["items"][0]["id"]
    assert second_page["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "limit=-1",
        "limit=٣",
        "cursor=x",
        "cursor=WzFd",
        f"cursor={'W1tb' * 1_900}",  # a list in a list in a list ...
    ],
    ids=lambda query: query[:15],
)
def test_a_query_we_did_not_offer_is_refused(phone, query):
    is_problem(phone.get(f"/v1/episodes?{query}"), 422, "invalid-record")


def test_a_stranger_finds_nothing_at_another_persons_address(phone, signed_up):
    _, path = create(phone)
    stranger = signed_up("stranger@example.org")

    is_problem(stranger.get(path), 404, "record-not-found")
    changed = send(stranger, "put", path, {"data": episode()}, **{"If-Match": 'W/"1"'})
    is_problem(changed, 412, "precondition-failed")
    assert changed.json()["server"] is None


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_gets_in_without_a_session(another_phone, route):
    is_problem(another_phone().get(f"/v1/{route}"), 401, "unauthenticated")


def test_nothing_about_health_is_logged_when_input_is_bad(phone, caplog):
    create(phone, data=episode(strength=11, note="canary-note", movement="canary-movement"))
    create(phone, data=episode(note="canary-note"))

    assert "canary" not in caplog.text
