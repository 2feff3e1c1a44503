"""Following a diary over HTTP: who may do what, and who learns nothing."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from diary.domain.following import RELATIONS
from diary.models import EntryVersion, Episode, Follow, User
from diary.models.isolation import acting_for
from tests.api.conftest import is_problem
from tests.api.v1.test_alerts import the_alert
from tests.api.v1.test_records import create, just_now, send
from tests.everybody import every
from tests.factories import episode, symptom

pytestmark = pytest.mark.django_db

TERMS = {"label": "Mei", "relation": "carer", "levels": ["emergency", "urgent"], "may_log": True}
FIT = {"symptoms": [symptom("seizure")]}


def invite(phone, **terms):
    return send(phone, "post", "/v1/followers", TERMS | terms).json()


def take_up(phone, code, **body):
    return send(phone, "post", "/v1/following", {"code": code} | body)


@pytest.fixture
def mother(signed_up):
    return signed_up("mother@example.org")


@pytest.fixture
def followed(phone, mother):
    """Let the mother follow the diary of `phone`; return the path of what she follows."""
    return f"/v1/following/{take_up(mother, invite(phone)['code'], label='My son').json()['id']}"


def of_person(phone):
    return User.objects.get(email=phone.email).pk


def log_for(follower, path, **fields):
    data = episode(start=just_now(), **fields)
    return send(follower, "post", f"{path}/episodes", {"id": str(uuid.uuid4()), "data": data})


def test_an_invitation_is_taken_up_and_each_side_sees_its_own_label(phone, mother):
    invitation = invite(phone)
    following = take_up(mother, invitation["code"], label="My son")

    [follower] = phone.get("/v1/followers").json()["items"]
    assert following.status_code == 201
    assert mother.get("/v1/following").json() == {"items": [following.json()]}
    assert (following.json()["label"], follower["label"]) == ("My son", "Mei")
    assert follower["accepted_at"] == following.json()["accepted_at"]
    assert follower["expires_at"] is None
    assert {"code", "code_digest"}.isdisjoint(follower)


def test_a_code_has_128_bits_and_only_its_digest_is_kept(phone):
    code = invite(phone)["code"]

    assert len(bytes.fromhex(code)) == 16
    assert code not in str(every(Follow).values().get())


def test_taking_up_again_after_a_lost_answer_says_the_same(phone, mother):
    code = invite(phone)["code"]

    first, again = take_up(mother, code), take_up(mother, f" {code.upper()} ")

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_whatever_is_wrong_with_a_code_the_answer_is_the_same(phone, mother, signed_up):
    stranger = signed_up("stranger@example.org")
    used, taken_back, own, old = (invite(phone) for _ in range(4))
    take_up(mother, used["code"])
    send(phone, "delete", f"/v1/followers/{taken_back['id']}")
    every(Follow).filter(id=old["id"]).update(invited_at=timezone.now() - timedelta(days=7))

    answers = [
        take_up(stranger, "0" * 32),
        take_up(stranger, used["code"]),
        take_up(stranger, taken_back["code"]),
        take_up(stranger, old["code"]),
        take_up(phone, own["code"]),
    ]

    documents = [is_problem(answer, 404, "invitation-unusable") for answer in answers]
    assert len({str(document | {"instance": ""}) for document in documents}) == 1


@pytest.mark.django_db(transaction=True)
def test_a_code_taken_up_by_many_at_once_has_one_follower(phone, signed_up):
    code = invite(phone)["code"]
    many = [signed_up(f"follower{number}@example.org") for number in range(6)]

    with ThreadPoolExecutor(len(many)) as pool:
        statuses = list(pool.map(lambda one: and_close(take_up, one, code), many))

    assert sorted(statuses) == [201, 404, 404, 404, 404, 404]
    assert every(Follow).in_force().count() == 1


def and_close(ask, *arguments):
    try:
        return ask(*arguments).status_code
    finally:
        connection.close()


def test_an_ended_following_is_not_taken_up_again(phone, mother, followed):
    code = invite(phone)["code"]
    path = f"/v1/following/{take_up(mother, code).json()['id']}"

    mother.delete(path)

    is_problem(take_up(mother, code), 404, "invitation-unusable")


def test_a_second_invitation_replaces_the_first(phone, mother, followed):
    take_up(mother, invite(phone, levels=["emergency"])["code"])

    [following] = mother.get("/v1/following").json()["items"]
    assert following["levels"] == ["emergency"]
    is_problem(mother.get(f"{followed}/alerts"), 404, "record-not-found")


def test_there_are_ten_followers_at_most(phone):
    invited = [invite(phone) for _ in range(10)]

    refused = send(phone, "post", "/v1/followers", TERMS)
    phone.delete(f"/v1/followers/{invited[0]['id']}")

    is_problem(refused, 409, "limit-reached")
    assert send(phone, "post", "/v1/followers", TERMS).status_code == 201


def test_a_follower_reads_the_alerts_of_the_granted_levels_in_their_own_language(
    phone, mother, followed
):
    create(phone, data=episode(start=just_now(), **FIT))
    send(mother, "put", "/v1/profile", {"language": "zh-Hant"})

    [alert] = mother.get(f"{followed}/alerts").json()["items"]

    assert (alert["rule"], alert["level"], alert["state"]) == ("E3", "emergency", "open")
    assert any("\u4e00" <= character <= "\u9fff" for character in alert["text"])
    assert {"entries", "numbers", "first_day"}.isdisjoint(alert)
    assert mother.get("/v1/alerts").json()["items"] == []


def test_levels_that_were_not_granted_are_not_there(phone, mother):
    create(phone, data=episode(start=just_now(), **FIT))
    code = invite(phone, levels=["see_doctor", "urgent"])["code"]

    path = f"/v1/following/{take_up(mother, code).json()['id']}"

    alert = the_alert(phone, "E3")
    assert mother.get(f"{path}/alerts").json() == {"items": []}
    is_problem(send(mother, "post", f"{path}/alerts/{alert['id']}/seen"), 404, "record-not-found")


def test_a_follower_has_no_way_to_the_persons_own_routes(phone, mother, followed):
    created, path = create(phone, data=episode(start=just_now(), **FIT))
    alert = the_alert(phone, "E3")

    for one in (path, f"/v1/alerts/{alert['id']}", f"/v1/alerts/{alert['id']}/deliveries"):
        is_problem(mother.get(one), 404, "record-not-found")
    is_problem(send(mother, "post", f"/v1/alerts/{alert['id']}/seen"), 404, "record-not-found")
    assert created.status_code == 201
    assert mother.get("/v1/episodes").json()["items"] == []


def test_an_observation_is_written_into_the_persons_diary_in_the_followers_name(
    phone, mother, followed
):
    answer = log_for(mother, followed, reported_by="self")

    [record] = phone.get("/v1/episodes").json()["items"]
    with acting_for(of_person(phone)):
        version = EntryVersion.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"id": record["id"], "advice": []}
    assert record["data"]["reported_by"] == "carer"
    assert version.actor_id == of_person(mother)
    assert mother.get("/v1/episodes").json()["items"] == []


def test_what_the_person_writes_has_no_other_actor(phone):
    create(phone)

    with acting_for(of_person(phone)):
        assert EntryVersion.objects.get().actor_id is None


def test_a_warning_sign_is_answered_to_whoever_logs_it_and_raises_the_persons_alert(
    phone, mother, followed
):
    send(phone, "put", "/v1/profile", {"country": "TW"})
    send(mother, "put", "/v1/profile", {"language": "zh-Hant", "country": "DE"})

    [advice] = log_for(mother, followed, **FIT).json()["advice"]

    assert (advice["level"], advice["emergency_number"]) == ("emergency", "119")
    assert any("\u4e00" <= character <= "\u9fff" for character in advice["text"])
    assert the_alert(phone, "E3")["text"].isascii()


def test_an_observation_sent_again_is_told_the_same_and_shows_nothing_of_the_record(
    phone, mother, followed
):
    body = {"id": str(uuid.uuid4()), "data": episode(start=just_now(), **FIT)}
    first = send(mother, "post", f"{followed}/episodes", body)
    changed = {"data": episode(start=just_now(), note="Only for me")}
    send(phone, "put", f"/v1/episodes/{body['id']}", changed, **{"If-Match": 'W/"1"'})

    again = send(mother, "post", f"{followed}/episodes", body)
    other = send(mother, "post", f"{followed}/episodes", body | changed)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    is_problem(other, 409, "version-conflict")
    assert b"Only for me" not in again.content + other.content


def test_a_follower_is_anybody_who_may_report_but_the_person(phone):
    for relation in RELATIONS:
        assert invite(phone, relation=relation)["relation"] == relation

    for wrong in ({"relation": "self"}, {"levels": ["watch"]}, {"repeats": 4}, {"label": ""}):
        is_problem(send(phone, "post", "/v1/followers", TERMS | wrong), 422, "invalid-record")


@pytest.mark.parametrize("wrong", [{"strength": 11}, {"reported_by": 7}])
def test_wrong_fields_of_an_observation_are_named(mother, followed, wrong):
    [name] = wrong

    answer = log_for(mother, followed, **wrong)

    assert is_problem(answer, 422, "invalid-record")["errors"][0]["pointer"] == f"#/data/{name}"


def test_who_may_not_log_is_told_so(phone, mother):
    code = invite(phone, may_log=False)["code"]
    path = f"/v1/following/{take_up(mother, code).json()['id']}"

    is_problem(log_for(mother, path), 403, "not-permitted")
    with acting_for(of_person(phone)):
        assert not Episode.objects.exists()


def test_the_person_changes_what_a_follower_has_at_once(phone, mother, followed):
    create(phone, data=episode(start=just_now(), **FIT))
    own = followed.replace("following", "followers")

    changed = send(phone, "patch", own, {"levels": ["see_doctor"], "may_log": False, "repeats": 0})

    assert (changed.json()["levels"], changed.json()["label"]) == (["see_doctor"], "Mei")
    assert mother.get(f"{followed}/alerts").json()["items"] == []
    is_problem(log_for(mother, followed), 403, "not-permitted")


@pytest.mark.parametrize("by", ["person", "follower"])
def test_either_side_ends_it_at_once_and_for_both(phone, mother, followed, by):
    ends, path = (
        (phone, followed.replace("following", "followers"))
        if by == "person"
        else (mother, followed)
    )

    answers = [ends.delete(path).status_code, ends.delete(path).status_code]

    assert answers == [204, 204]
    is_problem(mother.get(f"{followed}/alerts"), 404, "record-not-found")
    is_problem(log_for(mother, followed), 404, "record-not-found")
    assert mother.get("/v1/following").json() == {"items": []}
    assert phone.get("/v1/followers").json() == {"items": []}


def test_a_closed_account_is_followed_no_longer(phone, mother, followed):
    User.objects.filter(email=phone.email).update(is_active=False)

    is_problem(mother.get(f"{followed}/alerts"), 404, "record-not-found")
    assert mother.get("/v1/following").json() == {"items": []}


def test_an_open_invitation_leaves_the_list_when_it_can_no_longer_be_taken_up(phone):
    invite(phone)

    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert phone.get("/v1/followers").json() == {"items": []}


# Each route below a following: what the follower gets, and everybody else is told alike.
ROUTES = {
    "alerts": ("get", "/v1/following/{id}/alerts", 200),
    "seen": ("post", "/v1/following/{id}/alerts/{alert}/seen", 204),
    "episodes": ("post", "/v1/following/{id}/episodes", 201),
    "change": ("patch", "/v1/followers/{id}", 404),
    "take back": ("delete", "/v1/followers/{id}", 404),
    "end": ("delete", "/v1/following/{id}", 204),
}


def ask(caller, route, followed, alert):
    method, path, _ = ROUTES[route]
    body = {"id": str(uuid.uuid4()), "data": episode(start=just_now())}
    sent = {"episodes": body, "change": {"may_log": True}}.get(route)
    id_ = followed.rsplit("/", 1)[1]
    return send(caller, method, path.format(id=id_, alert=alert["id"]), sent)


@pytest.mark.parametrize("route", ROUTES)
def test_the_table_of_permissions(phone, mother, followed, signed_up, another_phone, route):
    create(phone, data=episode(start=just_now(), **FIT))
    alert = the_alert(phone, "E3")
    stranger, former = signed_up("stranger@example.org"), signed_up("former@example.org")
    ended = f"/v1/following/{take_up(former, invite(phone)['code']).json()['id']}"
    phone.delete(ended.replace("following", "followers"))

    assert ask(another_phone(), route, followed, alert).status_code == 401
    is_problem(ask(stranger, route, followed, alert), 404, "record-not-found")
    is_problem(ask(former, route, followed, alert), 404, "record-not-found")
    assert ask(former, route, ended, alert).status_code == (204 if route == "end" else 404)
    if route.startswith(("change", "take")):
        assert ask(phone, route, followed, alert).status_code in {200, 204}
    else:
        is_problem(ask(phone, route, followed, alert), 404, "record-not-found")
    assert ask(mother, route, followed, alert).status_code == ROUTES[route][2]
