"""The profile over HTTP."""

import pytest

from tests.api.conftest import is_problem
from tests.api.v1.test_records import send

pytestmark = pytest.mark.django_db


def test_a_new_person_has_an_empty_profile_of_version_zero(phone):
    answer = phone.get("/v1/profile")

    assert answer.headers["ETag"] == 'W/"0"'
    assert answer.json()["time_zone"] == "UTC"
    assert answer.json()["birth_year"] is None


def test_what_is_written_is_read_back_with_the_next_version(phone):
    profile = {"name": "Ada", "birth_year": 1980, "time_zone": "Europe/Paris", "country": "FR"}

    written = send(phone, "put", "/v1/profile", profile)
    read = phone.get("/v1/profile")

    assert written.headers["ETag"] == read.headers["ETag"] == 'W/"1"'
    assert read.json() == written.json()
    assert read.json()["time_zone"] == "Europe/Paris"


def test_writing_an_old_version_is_refused(phone):
    send(phone, "put", "/v1/profile", {"name": "Ada"})

    late = send(phone, "put", "/v1/profile", {"name": "Bea"}, **{"If-Match": 'W/"0"'})

    is_problem(late, 409, "version-conflict")
    assert phone.get("/v1/profile").json()["name"] == "Ada"


def test_every_wrong_field_of_a_profile_is_named(phone):
    profile = {"birth_year": 3000, "time_zone": "Mars/Base", "country": "Taiwan", "mood": 1}

    answer = send(phone, "put", "/v1/profile", profile)

    document = is_problem(answer, 422, "invalid-record")
    pointers = {error["pointer"] for error in document["errors"]}
    assert pointers == {"#/birth_year", "#/time_zone", "#/country", "#/mood"}


def test_one_persons_profile_is_not_anothers(phone, signed_up):
    send(phone, "put", "/v1/profile", {"name": "Ada"})

    assert signed_up("bob@example.org").get("/v1/profile").json()["name"] == ""


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"quiet_from_minutes": 1320}, "quiet_hours_half"),
        (
            {"reminder_daily": True, "quiet_from_minutes": 1140, "quiet_until_minutes": 420},
            "reminder_in_quiet_hours",
        ),
        (
            {"reminder_after_days": 3, "quiet_from_minutes": 1200, "quiet_until_minutes": 1201},
            "reminder_in_quiet_hours",
        ),
        ({"reminder_minutes": 1440}, "less_than"),
    ],
)
def test_wishes_that_cannot_be_met_are_refused(phone, wish, code):
    answer = send(phone, "put", "/v1/profile", wish)

    [error] = is_problem(answer, 422, "invalid-record")["errors"]
    assert error["code"] == code


def test_a_reminder_at_the_end_of_the_quiet_hours_is_taken(phone):
    wish = {"reminder_daily": True, "quiet_from_minutes": 1140, "quiet_until_minutes": 1200}

    assert send(phone, "put", "/v1/profile", wish).status_code == 200
