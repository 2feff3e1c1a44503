"""Sharing over HTTP: the owner, a stranger, a follower, nobody; and the confirmation it takes."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from diary.models import User
from reports.domain.sharing import Visitor
from reports.models import ReportState
from reports.operations.shares import open_share
from tests.api.accounts.steps import reauthenticate
from tests.api.conftest import is_problem
from tests.reports.shared import PIN, ready_report

pytestmark = pytest.mark.django_db

PATH = "/v1/shares"


@pytest.fixture
def phone(phone):
    reauthenticate(phone)
    return phone


def person_of(phone):
    return User.objects.get(email=phone.email)


def order(phone, **changes):
    report = ready_report(person_of(phone), now=timezone.now())
    return {"report": str(report.id), "label": "Neurology"} | changes


def share(phone, **changes):
    answer = phone.post(PATH, order(phone, **changes))
    assert answer.status_code == 201, answer.content
    return answer.json()


def secret_of(shared):
    return shared["link"].partition("#")[2]


def test_the_link_and_the_pin_are_told_once(phone):
    shared = share(phone)

    assert shared["link"] == f"http://testserver/s/#{secret_of(shared)}"
    assert (len(secret_of(shared)), len(shared["pin"])) == (43, 6)
    told_later = phone.get(PATH).content + phone.get(f"{PATH}/{shared['id']}").content
    assert secret_of(shared).encode() not in told_later
    assert b'"pin"' not in told_later
    assert b'"link"' not in told_later


def test_a_share_lasts_a_week_unless_told(phone):
    now = timezone.now()

    week, quarter = share(phone), share(phone, days=90)

    for shared, days in ((week, 7), (quarter, 90)):
        ends = datetime.fromisoformat(shared["expires_at"])
        assert abs(ends - now - timedelta(days=days)) < timedelta(minutes=1)


def test_links_start_with_the_public_address_where_it_is_set(phone, settings):
    settings.PUBLIC_URL = "https://diary.example.org"

    assert share(phone)["link"].startswith("https://diary.example.org/s/#")


def test_a_pin_may_be_chosen(phone):
    assert share(phone, pin=PIN)["pin"] == PIN


def test_the_list_says_what_is_shared_and_until_when(phone):
    shared = share(phone)

    [listed] = phone.get(PATH).json()["items"]

    assert {**listed, "link": shared["link"], "pin": shared["pin"]} == shared
    assert (listed["state"], listed["period_start"], listed["period_end"]) == (
        "open",
        "2025-12-11",
        "2026-03-10",
    )


def test_the_person_sees_who_looked(phone):
    shared = share(phone)
    visitor = Visitor(recipient="Dr. Lin", network="203.0.113.0/24", browser="Firefox")
    open_share(secret_of(shared), shared["pin"], visitor, now=timezone.now())

    seen = phone.get(f"{PATH}/{shared['id']}").json()

    [view] = seen["views"]
    assert view | {"at": seen["last_viewed_at"]} == view
    assert {name: view[name] for name in ("what", "recipient", "network", "browser")} == {
        "what": "opened",
        "recipient": "Dr. Lin",
        "network": "203.0.113.0/24",
        "browser": "Firefox",
    }


def test_taking_back_says_so_in_the_list(phone):
    shared = share(phone)

    answers = [phone.delete(f"{PATH}/{shared['id']}").status_code for _ in range(2)]

    assert answers == [204, 204]
    assert phone.get(f"{PATH}/{shared['id']}").json()["state"] == "revoked"


def test_sharing_takes_a_confirmation_of_the_last_five_minutes_and_taking_back_none(phone):
    body = order(phone)
    shared = share(phone)

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        refused = phone.post(PATH, body)
        taken_back = phone.delete(f"{PATH}/{shared['id']}")
        reauthenticate(phone)
        granted = phone.post(PATH, body)

    assert is_problem(refused, 403, "reauthentication-required")["flows"]
    assert (taken_back.status_code, granted.status_code) == (204, 201)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"pin": "12345"}, "pin"),
        ({"pin": "1234567890123"}, "pin"),
        ({"pin": "１２８０１７"}, "pin"),
        ({"pin": "42801a"}, "pin"),
        ({"pin": 428017}, "pin"),
        ({"pin": "123456"}, "pin"),
        ({"days": 0}, "days"),
        ({"days": 91}, "days"),
        ({"label": ""}, "label"),
        ({"report": "mine"}, "report"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_each_wrong_field_is_named_and_nothing_is_shared(phone, body, field):
    answer = phone.post(PATH, order(phone, **body))

    problem = is_problem(answer, 422, "invalid-record")
    assert [error["pointer"] for error in problem["errors"]] == [f"#/{field}"]
    assert phone.get(PATH).json()["items"] == []


def test_a_report_that_is_not_ready_cannot_be_shared(phone):
    report = ready_report(person_of(phone), state=ReportState.QUEUED, expires_at=None, pdf=None)

    answer = phone.post(PATH, {"report": str(report.id), "label": "Neurology"})

    assert is_problem(answer, 422, "invalid-record")["errors"][0]["code"] == "not_ready"


def test_an_eleventh_link_is_refused(phone):
    for _ in range(10):
        share(phone)

    is_problem(phone.post(PATH, order(phone)), 409, "limit-reached")


def following(phone, stranger):
    code = phone.post("/v1/followers", {"label": "Mei", "may_log": True}).json()["code"]
    assert stranger.post("/v1/following", {"code": code}).status_code == 201


@pytest.mark.parametrize("follows", [False, True], ids=["a stranger", "a follower"])
def test_others_neither_share_nor_see_nor_end_anything(phone, signed_up, follows):
    shared, body = share(phone), order(phone)
    other = signed_up("other@example.org")
    reauthenticate(other)
    if follows:
        following(phone, other)

    answers = [
        other.post(PATH, body),
        other.get(f"{PATH}/{shared['id']}"),
        other.delete(f"{PATH}/{shared['id']}"),
        other.get(f"{PATH}/{uuid4()}"),
    ]

    documents = [is_problem(answer, 404, "record-not-found") for answer in answers]
    assert len({document["detail"] for document in documents}) == 1
    assert other.get(PATH).json()["items"] == []
    assert phone.get(f"{PATH}/{shared['id']}").json()["state"] == "open"


def test_nobody_is_let_in_without_a_session(phone, another_phone):
    shared, body = share(phone), order(phone)
    nobody = another_phone()

    answers = [
        nobody.get(PATH),
        nobody.post(PATH, body),
        nobody.get(f"{PATH}/{shared['id']}"),
        nobody.delete(f"{PATH}/{shared['id']}"),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4
