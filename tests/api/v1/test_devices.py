"""Listing and signing out devices."""

import uuid

import pytest
from django.contrib.sessions.models import Session

from diary.models.people import Device
from tests.api.accounts.steps import listed_devices as listed
from tests.api.accounts.steps import reauthenticate, revoke_others
from tests.everybody import every

pytestmark = pytest.mark.django_db


def test_the_list_marks_the_device_that_asks(phone, another_phone):
    other = another_phone(phone.email, **{"X-Device-Name": "Tablet"})
    other.sign_in()

    devices = listed(other)

    assert len(devices) == 2
    assert [device["name"] for device in devices if device["current"]] == ["Tablet"]


def test_a_device_that_signs_in_again_stays_one_device_and_its_old_session_ends(
    another_phone, signed_up
):
    name = {"X-Device-Id": str(uuid.uuid4())}
    phone = signed_up(**name)
    old_token = phone.token

    phone.sign_in()

    assert len(listed(phone)) == 1
    phone.token = old_token
    assert phone.get("/v1/devices").status_code == 401


def test_a_revoked_device_is_told_so_on_its_next_call(phone, another_phone):
    other = another_phone(phone.email)
    other.sign_in()
    lost = next(device for device in listed(phone) if not device["current"])

    reauthenticate(phone)
    answer = phone.delete(f"/v1/devices/{lost['id']}")

    assert answer.status_code == 204
    told = other.get("/v1/devices")
    assert (told.status_code, told.json()["code"]) == (401, "device_revoked")
    assert phone.get("/v1/devices").status_code == 200


def test_revoking_deletes_the_session_row(phone):
    [device] = every(Device)

    phone.delete(f"/v1/devices/{device.id}")

    assert not Session.objects.filter(session_key=device.session_digest).exists()


def test_revoking_is_safe_to_repeat(phone, another_phone):
    other = another_phone(phone.email)
    other.sign_in()
    lost = next(device for device in listed(phone) if not device["current"])
    reauthenticate(phone)
    phone.delete(f"/v1/devices/{lost['id']}")

    answer = phone.delete(f"/v1/devices/{lost['id']}")

    assert answer.status_code == 204


def test_all_other_devices_are_signed_out_at_once(phone, another_phone):
    others = [another_phone(phone.email) for _ in range(2)]
    for other in others:
        other.sign_in()

    answer = revoke_others(phone)

    assert answer.status_code == 204
    assert [other.get("/v1/devices").status_code for other in others] == [401, 401]
    assert [device["current"] for device in listed(phone)] == [True]


def test_signing_out_others_must_be_said_in_words(phone):
    answer = phone.delete("/v1/devices")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/others"


def test_a_revoked_device_may_sign_in_again(phone, another_phone):
    other = another_phone(phone.email, **{"X-Device-Id": str(uuid.uuid4())})
    other.sign_in()
    revoke_others(phone)

    other.sign_in()

    assert other.get("/v1/devices").status_code == 200


def test_another_persons_device_is_not_there(phone, signed_up):
    stranger = signed_up("stranger@example.org")
    [theirs] = listed(stranger)
    reauthenticate(phone)

    answer = phone.delete(f"/v1/devices/{theirs['id']}")

    assert (answer.status_code, answer.json()["code"]) == (404, "record_not_found")
    assert stranger.get("/v1/devices").status_code == 200


def test_the_same_device_id_may_belong_to_two_people(signed_up):
    shared = {"X-Device-Id": str(uuid.uuid4())}
    first, second = signed_up(**shared), signed_up("stranger@example.org", **shared)

    answers = [first.get("/v1/devices"), second.get("/v1/devices")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert every(Device).count() == 2


def test_revoking_an_id_shared_with_a_stranger_leaves_the_stranger_signed_in(signed_up):
    shared = {"X-Device-Id": str(uuid.uuid4())}
    first, second = signed_up(**shared), signed_up("stranger@example.org", **shared)

    first.delete(f"/v1/devices/{shared['X-Device-Id']}")

    assert first.get("/v1/devices").status_code == 401
    assert second.get("/v1/devices").status_code == 200
