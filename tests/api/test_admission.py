"""What is refused before any route runs: TRACE, old apps, routes nobody uses, endless bodies."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from api.admission import is_older, required_version, version_numbers
from api.parsers import MAX_BODY_BYTES
from diary.models.people import User
from tests.api.accounts.routes import call, diary_routes
from tests.api.conftest import ACCOUNTS, PASSWORD, is_problem


@pytest.fixture
def _minimum(settings):
    settings.MINIMUM_APP_VERSION = "2.3"


@pytest.mark.django_db
@pytest.mark.usefixtures("_minimum")
@pytest.mark.parametrize("version", ["2.2.9", "1", "2", "2.2.9-beta", " 0.9+45"])
def test_an_app_that_is_too_old_is_told_which_version_it_takes(client, version):
    answer = client.get(reverse("vocabulary"), headers={"X-App-Version": version})

    problem = is_problem(answer, 426, "app-too-old")
    assert (problem["code"], problem["minimum"]) == ("app_too_old", "2.3")


@pytest.mark.usefixtures("_minimum")
@pytest.mark.parametrize("version", ["2.3", "2.3.0", "2.10", "3", "2.3.1-beta", "", "unknown"])
def test_a_newer_app_and_one_that_does_not_say_are_served(client, version):
    answer = client.get(reverse("vocabulary"), headers={"X-App-Version": version})

    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("_minimum")
def test_an_old_app_is_told_so_at_every_route_before_anything_is_written(another_phone):
    phone = another_phone(**{"X-App-Version": "2.2"})

    for route in diary_routes():
        is_problem(call(phone, route), 426, "app-too-old")
    body = {"email": phone.email, "password": PASSWORD}
    is_problem(phone.post(f"{ACCOUNTS}/auth/signup", body), 426, "app-too-old")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_every_route_tells_its_methods_to_whoever_asks(phone):
    for path in {path for _, path in diary_routes()}:
        answer = call(phone, ("options", path))

        assert (path, answer.status_code) == (path, 200)
        assert "OPTIONS" in answer.headers["Allow"]


def test_without_a_minimum_every_version_is_served(client):
    answer = client.get(reverse("vocabulary"), headers={"X-App-Version": "0.0.1"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2.3.1", (2, 3, 1)),
        ("2.0.0", (2,)),
        ("0", (0,)),
        ("1.2.3.4", (1, 2, 3, 4)),
        ("1.2.3.4.5", ()),
        ("2.", ()),
        ("v2", ()),
        ("", ()),
        ("9" * 40, ()),
    ],
)
def test_versions_are_read_number_by_number(text, numbers):
    assert version_numbers(text) == numbers


def test_numbers_are_compared_as_numbers():
    assert is_older("2.9", (2, 10))
    assert not is_older("2.10", (2, 9))


@pytest.mark.parametrize("text", ["latest", "v2", "2.x"])
def test_an_unreadable_minimum_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="MINIMUM_APP_VERSION"):
        required_version(text)


@pytest.mark.parametrize("path", ["/v1/vocabulary", f"{ACCOUNTS}/config", "/v1/devices", "/none"])
def test_trace_is_refused_everywhere(client, path):
    answer = client.trace(path)

    is_problem(answer, 405)
    assert "TRACE" not in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["account/phone", "auth/phone/verify", "tokens/refresh"])
def test_account_routes_nobody_uses_are_not_there(client, path):
    is_problem(client.get(f"{ACCOUNTS}/{path}"), 404)


@pytest.mark.parametrize("levels", [32, 900, 100_000])
@pytest.mark.parametrize("path", ["auth/login", "auth/signup", "auth/webauthn/login"])
def test_a_body_nested_without_end_is_no_crash_of_the_account_routes(client, path, levels):
    body = '{"email": "person@example.org", "credential": ' + "[" * levels + "]" * levels + "}"

    answer = client.post(f"{ACCOUNTS}/{path}", body, content_type="application/json")

    is_problem(answer, 400, "malformed-body")


@pytest.mark.parametrize("size", [MAX_BODY_BYTES + 1, 3 * MAX_BODY_BYTES])
def test_a_body_of_any_size_is_no_sign_in(client, size):
    answer = client.post(f"{ACCOUNTS}/auth/login", "x" * size, content_type="application/json")

    is_problem(answer, 413)


@pytest.mark.parametrize("path", ["/v1/sync", f"{ACCOUNTS}/auth/signup", "/s/open", "/nowhere"])
def test_a_body_that_says_it_is_too_long_is_refused_before_it_is_read(client, path):
    answer = client.generic("POST", path, b"", CONTENT_LENGTH=str(MAX_BODY_BYTES + 1))

    is_problem(answer, 413)


@pytest.mark.parametrize("length", ["-1", "1e3", "x"])
def test_a_length_that_is_none_is_refused(client, length):
    is_problem(client.generic("POST", "/v1/sync", b"", CONTENT_LENGTH=length), 413)


def test_an_address_that_is_too_long_is_refused(client):
    assert client.get("/v1/vocabulary", {"x": "a" * 7_900}).status_code == 200
    is_problem(client.get("/v1/vocabulary", {"x": "a" * 8_000}), 414)


@pytest.mark.django_db
def test_a_query_of_endless_parameters_is_refused(phone):
    query = "&".join(f"a{number}=1" for number in range(1_100))

    is_problem(phone.get(f"/v1/episodes?{query}"), 400)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/v1/sync", "/s/open"])
def test_forms_with_files_are_refused(phone, path):
    file = SimpleUploadedFile("diary.txt", b"x")

    is_problem(phone.client.post(path, {"secret": file}, headers=phone.headers()), 415)
