"""The history of a record, as its person reads it."""

from uuid import uuid4

import pytest

from diary.models import User
from tests.api.conftest import is_problem
from tests.api.v1.test_following import followed, log_for, mother  # noqa: F401 - fixtures
from tests.api.v1.test_records import ROUTES, create, send
from tests.factories import episode

pytestmark = pytest.mark.django_db


def versions(phone, path, **query):
    return phone.client.get(f"{path}/versions", query, headers=phone.headers()).json()


@pytest.fixture
def path(phone):
    """A record that was written, changed and deleted."""
    _, path = create(phone, data=episode(note="first"))
    changed = {"data": episode(note="second", strength=7)}
    send(phone, "put", path, changed, **{"If-Match": 'W/"1"'})
    send(phone, "delete", path, **{"If-Match": 'W/"2"'})
    return path


def test_each_state_is_told_the_newest_first(phone, path):
    deleted, second, first = versions(phone, path)["items"]

    assert [each["version"] for each in (deleted, second, first)] == [3, 2, 1]
    assert [each["deleted"] for each in (deleted, second, first)] == [True, False, False]
    assert (deleted["data"], second["data"]["note"], first["data"]["note"]) == (
        None,
        "second",
        "first",
    )
    assert second["changed"] == ["note", "strength"]
    assert {"note", "start", "sites"} <= set(first["changed"])
    assert "end" not in first["changed"]  # it was never said


def test_the_person_is_told_which_of_their_devices_wrote(phone, path):
    [device] = phone.get("/v1/devices").json()["items"]

    items = versions(phone, path)["items"]

    assert {(item["written_by"], item["device"]) for item in items} == {("self", device["id"])}


def test_pages_tell_the_same_changes(phone, path):
    whole = versions(phone, path)["items"]

    first = versions(phone, path, limit=1)
    rest = versions(phone, path, limit=2, cursor=first["next"])

    assert first["items"] + rest["items"] == whole
    assert rest["next"] is None


def test_a_follower_is_told_by_who_they_are(phone, mother, followed):  # noqa: F811 - fixtures
    record = log_for(mother, followed).json()["id"]

    [version] = versions(phone, f"/v1/episodes/{record}")["items"]

    account = User.objects.get(email=mother.email)
    assert (version["written_by"], version["device"]) == ("carer", None)
    assert str(account.pk) not in str(version)


@pytest.mark.parametrize("route", ROUTES)
def test_every_type_has_its_history_and_nobody_else_reads_it(phone, signed_up, route):
    _, path = create(phone, route)
    stranger = signed_up("stranger@example.org")

    assert [each["version"] for each in versions(phone, path)["items"]] == [1]
    is_problem(stranger.get(f"{path}/versions"), 404, "record-not-found")
    is_problem(phone.get(f"/v1/{route}/{uuid4()}/versions"), 404, "record-not-found")
