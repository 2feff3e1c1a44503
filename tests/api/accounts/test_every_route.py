"""A2, A3, A13 at every route there is: a new route is tested the day it is added."""

from urllib.parse import urlencode

import pytest
from django.core.cache import cache

from tests.api.accounts.routes import account_routes, call, diary_routes
from tests.api.accounts.steps import revoke_others
from tests.api.conftest import is_problem

pytestmark = pytest.mark.django_db

ROUTES = diary_routes()
NAMES = ("token", "session_token", "X-Session-Token", "access_token", "key")


def refused(answer, slug):
    """Check that the answer is 401 with this reason and says how to sign in."""
    is_problem(answer, 401, slug)
    assert answer.headers["WWW-Authenticate"] == 'X-Session-Token realm="quiver"'
    return True


def named(route):
    return f"{route[0]} {route[1]}"


def test_the_routes_are_found():
    assert len(ROUTES) > 40
    assert ("delete", "/v1/devices") in ROUTES
    assert ("get", "/v1/vocabulary") not in ROUTES


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a2_without_a_token_the_answer_is_401(another_phone, route):
    assert refused(call(another_phone(), route), "unauthenticated")


@pytest.mark.parametrize("token", ["x", "not-a-token-of-anybody", "ä" * 40, "0" * 5000])
def test_a2_an_unknown_token_is_answered_with_401(another_phone, token):
    phone = another_phone()
    phone.token = token

    assert refused(phone.get("/v1/devices"), "unauthenticated")


def test_a3_a_revoked_device_is_told_so_at_every_route(phone, second_phone):
    revoke_others(phone)

    answers = [call(second_phone, route) for route in ROUTES]

    assert all(refused(answer, "device-revoked") for answer in answers)
    assert phone.get("/v1/devices").status_code == 200


def test_a3_a_revoked_device_has_no_session_for_the_account_routes_either(phone, second_phone):
    revoke_others(phone)

    answers = {call(second_phone, route).status_code for route in account_routes()}

    assert answers <= {404, 405, 410}  # 410 is what allauth says of a session that is gone


def test_a13_a_token_in_the_address_is_not_read_at_any_route(phone, another_phone):
    stranger = another_phone()
    query = urlencode(dict.fromkeys(NAMES, phone.token))

    answers = [call(stranger, (method, f"{path}?{query}")) for method, path in ROUTES]

    assert all(refused(answer, "unauthenticated") for answer in answers)


@pytest.mark.parametrize("cookie", ["sessionid", "session_token"])
def test_a13_a_token_in_a_cookie_is_not_read(phone, another_phone, cookie):
    stranger = another_phone()
    stranger.client.cookies[cookie] = phone.token

    assert refused(stranger.get("/v1/devices"), "unauthenticated")


@pytest.mark.parametrize("signed_in", [True, False])
def test_no_method_at_any_account_route_makes_the_service_fail(phone, another_phone, signed_in):
    caller = phone if signed_in else another_phone()

    statuses = {}
    for route in account_routes():
        cache.clear()
        statuses[route] = call(caller, route).status_code

    assert len(statuses) > 150
    assert {route for route, status in statuses.items() if status >= 500} == set()
    assert {status for (method, _), status in statuses.items() if method == "trace"} == {405}
