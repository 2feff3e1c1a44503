"""What a person finds in their access log, and that nothing they did is missing from it."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from diary.domain.access_log import end_of_chain
from diary.models import User
from diary.models.isolation import acting_for
from diary.operations import access_log
from diary.queries.access_log import beginning_of, chain_of
from tests.api.accounts.routes import call, diary_routes
from tests.api.accounts.software_authenticator import SoftwareAuthenticator
from tests.api.accounts.steps import (
    add_passkey,
    reauthenticate,
    reauthenticate_by_passkey,
    recovery_codes,
    revoke_others,
    set_up_totp,
    sign_in_by_passkey,
)
from tests.api.conftest import ACCOUNTS, PASSWORD, is_problem
from tests.api.v1.test_following import invite, log_for, take_up
from tests.api.v1.test_records import create, just_now, send
from tests.factories import episode, symptom
from tests.reports.shared import ready_report

pytestmark = pytest.mark.django_db

PATH = "/v1/access-log"


def log_of(phone, **only):
    rows = reversed(phone.get(PATH).json()["items"])
    return [
        (row["action"], row["what"])
        for row in rows
        if row["what"] != "access-log" and all(row[name] == value for name, value in only.items())
    ]


def since_sign_in(phone, **only):
    return [row for row in log_of(phone, **only) if row[0] != "signed_in"]


@pytest.fixture
def mother(signed_up):
    return signed_up("mother@example.org")


@pytest.fixture
def no_log(monkeypatch):
    """A log that cannot be written."""

    def fail(*_: object, **__: object):
        raise DatabaseError

    monkeypatch.setattr(access_log, "_append", fail)


def test_signing_in_is_noted_with_device_and_network(phone):
    [row] = phone.get(PATH).json()["items"]

    [device] = phone.get("/v1/devices").json()["items"]
    assert (row["number"], row["action"], row["what"], row["by"]) == (
        1,
        "signed_in",
        "password",
        "person",
    )
    assert (row["device"], row["network"]) == (device["id"], "127.0.0.0/24")
    assert (row["follower"], row["share"]) == (None, None)


def test_the_same_reading_is_noted_once_an_hour_and_device(phone):
    for _ in range(3):
        phone.get("/v1/episodes")
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        phone.get("/v1/episodes")

    assert since_sign_in(phone) == [("viewed", "episodes")] * 2


def test_writes_are_noted_by_batch_with_counts(phone):
    first, second = (str(uuid4()) for _ in range(2))
    operations = [
        {"op": str(uuid4()), "type": "episode", "id": id_, "base": 0, "data": episode()}
        for id_ in (first, second)
    ]
    operations.append(
        operations[0] | {"op": str(uuid4()), "base": 1, "data": None, "deleted": True}
    )
    del operations[-1]["data"]

    send(phone, "post", "/v1/sync", {"ops": operations})
    send(phone, "post", "/v1/sync", {"ops": operations})  # the same again writes nothing

    assert since_sign_in(phone) == [("edited", "episode=2"), ("deleted", "episode=1")]


def test_what_is_no_record_is_noted_with_route_and_method(phone):
    invitation = invite(phone)

    send(phone, "put", "/v1/profile", {"country": "TW"})
    send(phone, "patch", f"/v1/followers/{invitation['id']}", {"may_log": False})
    phone.delete(f"/v1/followers/{invitation['id']}")

    assert since_sign_in(phone) == [
        ("changed", "followers post"),
        ("changed", "profile put"),
        ("changed", "follower patch"),
        ("following_ended", "follower delete"),
    ]


@pytest.mark.django_db(transaction=True)  # second factors are told of after the commit
def test_account_changes_are_noted(phone):
    set_up_totp(phone)
    codes = recovery_codes(phone)
    phone.remember(phone.post(f"{ACCOUNTS}/auth/2fa/reauthenticate", {"code": codes[0]}))
    new = PASSWORD + " and more"
    body = {"current_password": PASSWORD, "new_password": new}
    phone.remember(phone.post(f"{ACCOUNTS}/account/password/change", body))

    noted = since_sign_in(phone)
    assert noted[0] == ("reauthenticated", "password")
    assert ("second_factor_changed", "totp added") in noted
    assert ("second_factor_changed", "recovery_codes added") in noted
    assert ("password_changed", "") in noted


def test_a_wrong_password_and_a_wrong_code_are_in_the_log_of_their_account(phone, another_phone):
    set_up_totp(phone)
    stranger = another_phone(phone.email)

    stranger.sign_in("not the password 1")
    stranger.sign_in()
    stranger.post(f"{ACCOUNTS}/auth/2fa/authenticate", {"code": "000000"})

    failed = [row for row in log_of(phone) if row[0] == "sign_in_failed"]
    assert failed == [("sign_in_failed", "password"), ("sign_in_failed", "totp")]


def test_a_passkey_that_does_not_fit_is_in_the_log_of_whom_it_names(phone, another_phone):
    passkey, forged = SoftwareAuthenticator(), SoftwareAuthenticator()
    add_passkey(phone, passkey)
    forged.id, forged.user_handle = passkey.id, passkey.user_handle

    sign_in_by_passkey(another_phone(), forged)
    reauthenticate_by_passkey(phone, forged)

    failed = [row for row in log_of(phone) if row[0] == "sign_in_failed"]
    assert failed == [("sign_in_failed", "webauthn")] * 2


def test_a_revoked_device_is_seen_trying(phone, another_phone):
    other = another_phone(phone.email)
    other.sign_in()
    revoke_others(phone)

    for _ in range(2):
        is_problem(other.get("/v1/episodes"), 401, "device-revoked")

    assert ("device_revoked", "devices delete") in log_of(phone)
    assert log_of(phone, action="refused") == [("refused", "episodes device_revoked")]


def test_what_is_not_there_is_a_refusal(phone):
    is_problem(phone.get(f"/v1/episodes/{uuid4()}"), 404, "record-not-found")
    is_problem(phone.delete(f"/v1/devices/{uuid4()}"), 403, "reauthentication-required")

    assert since_sign_in(phone) == [
        ("refused", "episodes-detail record_not_found"),
        ("refused", "device reauthentication_required"),
    ]


def test_a_follower_is_seen_in_the_log_of_whom_they_follow(phone, mother):
    following = take_up(mother, invite(phone)["code"]).json()
    path = f"/v1/following/{following['id']}"

    mother.get(f"{path}/alerts")
    mother.get(f"{path}/alerts")
    log_for(mother, path)
    mother.delete(path)
    is_problem(mother.get(f"{path}/alerts"), 404, "record-not-found")

    rows = [row for row in phone.get(PATH).json()["items"] if row["by"] == "follower"]
    assert [(row["action"], row["what"]) for row in reversed(rows)] == [
        ("following_taken_up", "following"),
        ("viewed", "alerts"),
        ("edited", "episode=1"),
        ("following_ended", "following"),
        ("refused", "following"),
    ]
    assert {row["follower"] for row in rows} == {following["id"]}
    assert {(row["device"], row["network"]) for row in rows} == {(None, "")}
    account = User.objects.get(email=mother.email)
    assert str(account.pk) not in phone.get(PATH).content.decode()


def shared_by(phone):
    reauthenticate(phone)
    person = User.objects.get(email=phone.email)
    report = ready_report(person, now=timezone.now())
    body = {"report": str(report.id), "label": "Neurology"}
    return phone.post("/v1/shares", body)


FORM = "application/x-www-form-urlencoded"


def opened(shared, pin=None):
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"}, raise_request_exception=False)
    form = {"secret": shared["link"], "pin": pin or shared["pin"], "recipient": "Dr. Lin"}
    return browser, browser.post("/s/open", urlencode(form), FORM).status_code


def test_a_share_is_seen_from_its_grant_to_its_end(phone):
    shared = shared_by(phone).json()
    opened(shared, "000000")
    browser, _ = opened(shared)
    browser.get("/s/report")
    browser.get("/s/report.pdf")
    phone.delete(f"/v1/shares/{shared['id']}")

    assert since_sign_in(phone)[1:] == [
        ("share_granted", "report"),
        ("refused", "wrong_pin"),
        ("share_opened", "report"),
        ("share_read", "report.page"),
        ("share_read", "report.pdf"),
        ("share_revoked", "report"),
    ]
    assert len(log_of(phone, share=shared["id"], by="clinician")) == 4


def test_an_export_is_noted(phone):
    reauthenticate(phone)

    assert phone.get("/v1/export").status_code == 200

    assert since_sign_in(phone)[1:] == [("exported", "everything")]


def test_without_its_log_the_diary_still_answers_and_warns(phone, no_log):
    seizure = episode(start=just_now(), symptoms=[symptom("seizure")])

    created, _ = create(phone, data=seizure)

    assert created.status_code == 201
    assert created.json()["advice"]
    assert phone.get("/v1/episodes").status_code == 200
    assert phone.sign_in().status_code == 200


def test_without_its_log_nothing_is_given_away(phone, mother, monkeypatch):
    following = take_up(mother, invite(phone)["code"]).json()
    shared = shared_by(phone).json()
    browser, _ = opened(shared)

    def fail(*_: object, **__: object):
        raise DatabaseError

    monkeypatch.setattr(access_log, "_append", fail)

    assert phone.get("/v1/export").status_code >= 500
    assert shared_by(phone).status_code >= 500
    assert opened(shared)[1] >= 500
    assert browser.get("/s/report").status_code >= 500
    assert mother.get(f"/v1/following/{following['id']}/alerts").status_code >= 500
    assert len(phone.get("/v1/shares").json()["items"]) == 1


def test_pages_tile_the_log(phone):
    for route in ("episodes", "alerts", "devices", "reports"):
        phone.get(f"/v1/{route}")

    numbers: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = phone.get(f"{PATH}?limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        numbers += [item["number"] for item in answer["items"]]
        cursor = answer["next"]

    assert sorted(numbers) == list(range(min(numbers), max(numbers) + 1))
    assert min(numbers) == 1


@pytest.mark.parametrize("cursor", ["x", "-1", "1" * 19, "%D9%A1", ""])
def test_a_cursor_that_is_not_ours_is_refused(phone, cursor):
    is_problem(phone.get(f"{PATH}?cursor={cursor}"), 422, "invalid-record")


def test_one_person_never_reads_the_log_of_another(phone, mother):
    phone.get("/v1/episodes")

    assert ("viewed", "episodes") not in log_of(mother)


def test_no_route_of_the_diary_leaves_no_trace(phone, monkeypatch):
    """A success or a refusal of each route is noted; what is wrong with the input is neither."""
    monkeypatch.setattr(access_log, "SAME_AGAIN_AFTER", timedelta(0))
    untraced = set()
    for route in diary_routes():
        before = len(phone_chain(phone))
        answer = call(phone, route)
        if len(phone_chain(phone)) == before and answer.status_code in (200, 201, 204, 403, 404):
            untraced.add(route)

    assert untraced == {("delete", "/v1/erasure")}  # nobody has asked for one


def phone_chain(phone):
    person = User.objects.get(email=phone.email).pk
    with acting_for(person):
        rows = list(chain_of(person))
        end_of_chain(person, rows, start=beginning_of(person))
    return rows
