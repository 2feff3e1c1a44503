"""Two hosts that share a process share nothing else: no route, no session, no cookie, no form."""

import pytest
from django.test import Client
from django.urls import get_resolver

from diary.models.sessions import session_digest
from diary.models.staff_sessions import StaffSessionStore
from tests.api.accounts.routes import METHODS, call, example_of, patterns
from tests.api.conftest import is_problem
from tests.api.staff.desk import HOST, Desk

pytestmark = pytest.mark.django_db

STAFF = sorted({example_of(path) for path, _ in patterns(get_resolver("api.staff.urls"))})
OPEN = {"/sign-in", "/sign-out"}
PUBLIC = sorted({example_of(path) for path, _ in patterns(get_resolver())})


def test_the_routes_are_found():
    assert len(STAFF) >= 5
    assert "/healthz" in PUBLIC
    assert len(PUBLIC) > 80


@pytest.mark.parametrize("path", PUBLIC)
def test_no_public_route_exists_at_the_staff_site(path):
    is_problem(Desk().get(path), 404)


@pytest.mark.parametrize("path", STAFF)
def test_no_staff_route_exists_elsewhere(staff_desk, path):
    for method in METHODS:
        cookies = {name: each.value for name, each in staff_desk.client.cookies.items()}
        other = Client(raise_request_exception=False)
        other.cookies.load(cookies)

        is_problem(other.generic(method.upper(), path), 404)


@pytest.mark.parametrize("path", STAFF)
def test_without_the_setting_there_is_no_staff_site(settings, desk, path):
    settings.ADMIN_HOST = ""

    is_problem(desk.get(path), 404)


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-Host"])
def test_no_other_header_than_host_leads_to_the_staff_site(client, header):
    is_problem(client.get("/sign-in", headers={header: HOST}), 404)


@pytest.mark.parametrize("host", [HOST.upper(), f"{HOST}:8443", f"{HOST}."])
def test_the_name_is_known_in_every_spelling(host):
    answer = Client(SERVER_NAME=host).get("/sign-in", secure=True, headers={"Host": host})

    assert answer.status_code == 200


@pytest.mark.parametrize("path", sorted(set(STAFF) - OPEN))
@pytest.mark.parametrize("method", METHODS)
def test_nobody_gets_anything_but_the_way_to_the_sign_in(desk, method, path):
    desk.get("/sign-in")

    if method == "post":
        answer = desk.post(path)
    else:
        answer = desk.client.generic(method.upper(), path, secure=True)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_a_phones_token_opens_no_staff_session(phone, desk, member):
    phone.email = member.person.email
    phone.sign_in()
    for token in (phone.token, session_digest(phone.token or "")):
        desk.client.cookies["__Host-staff"] = token or ""

        assert desk.get("/").status_code == 303


def test_a_staff_token_is_worth_nothing_to_the_api(staff_desk, another_phone):
    token = staff_desk.client.cookies["__Host-staff"].value
    phone = another_phone()

    for sent in (token, StaffSessionStore().digest(token), session_digest(token)):
        phone.token = sent

        is_problem(call(phone, ("get", "/v1/devices")), 401, "unauthenticated")


def test_a_staff_token_changes_nothing_through_the_account_routes(staff_desk, another_phone):
    phone = another_phone()
    phone.token = staff_desk.client.cookies["__Host-staff"].value

    answer = phone.get("/_allauth/app/v1/auth/session")

    assert answer.status_code == 410
    assert staff_desk.get("/").status_code == 200


FORMS = [path for path in STAFF if path != "/accounts/00000000-0000-4000-8000-000000000001"]


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", f"http://{HOST}"])
def test_no_form_is_taken_from_another_site(staff_desk, path, origin):
    token = staff_desk.client.cookies["__Host-csrf"].value

    answer = staff_desk.client.post(
        path, {"csrfmiddlewaretoken": token}, headers={"Origin": origin}, secure=True
    )

    assert answer.status_code == 403
    assert "The form was too old" in answer.text


@pytest.mark.parametrize("path", FORMS)
def test_no_form_is_taken_without_its_token(staff_desk, path):
    answer = staff_desk.post(path, csrfmiddlewaretoken="")

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/sign-out"])
def test_every_answer_is_closed_to_scripts_frames_and_caches(staff_desk, path):
    answer = staff_desk.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "script" not in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "<script" not in answer.text
    assert "style=" not in answer.text
