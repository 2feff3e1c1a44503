"""Who gets into the staff site: staff with two factors, for a while, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from diary.models import Device, User
from diary.models.isolation import acting_for
from diary.operations.devices import end_sessions_of
from diary.operations.people import open_verified_account
from tests.api.conftest import PASSWORD
from tests.api.staff.desk import ADDRESS, Desk

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def is_in(desk):
    return desk.get("/").status_code == 200


def test_address_password_and_code_open_the_site(desk, member):
    answer = desk.sign_in(member.code())

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert is_in(desk)


def test_a_recovery_code_opens_it_once(member):
    code, first, second = member.recovery_code(), Desk(), Desk()

    statuses = [first.sign_in(code).status_code, second.sign_in(code).status_code]

    assert statuses == [303, 403]
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_code_of_the_app_works_once(desk, member):
    code, other = member.code(), Desk()
    desk.sign_in(code)

    assert other.sign_in(code).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "not it"},
        {"address": "nobody@example.org"},
        {"code": "000000"},
        {"address": "\0"},
    ],
    ids=["password", "address", "code", "null character"],
)
def test_every_wrong_field_has_the_same_refusal(desk, member, wrong):
    answer = desk.sign_in(**{"code": member.code()} | wrong)

    assert answer.status_code == 403
    assert "These three do not belong together" in answer.text
    assert not is_in(desk)


def test_a_person_who_is_not_staff_stays_out_with_any_number_of_factors(desk, member):
    User.objects.update(is_staff=False)

    assert desk.sign_in(member.code()).status_code == 403
    assert not is_in(desk)


@pytest.mark.parametrize("kind", [None, "webauthn", "recovery_codes"])
def test_staff_without_codes_of_an_app_stay_out(desk, member, kind):
    code = member.code()
    if kind:
        member.authenticator.type = kind
        member.authenticator.save()
    else:
        member.authenticator.delete()

    assert desk.sign_in(code).status_code == 403
    assert not is_in(desk)


def test_an_address_that_is_not_verified_or_a_closed_account_stays_out(desk, member):
    member.person.is_active = False
    member.person.save()
    closed = desk.sign_in(member.code())
    member.person.is_active = True
    member.person.save()
    member.person.emailaddress_set.update(verified=False)

    assert (closed.status_code, desk.sign_in(member.code()).status_code) == (403, 403)


@pytest.mark.parametrize(
    "revoke",
    [
        lambda person: User.objects.filter(pk=person.pk).update(is_staff=False),
        lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
        lambda person: person.authenticator_set.all().delete(),
        lambda person: open_verified_account(person.email, "another passphrase 9"),
        lambda person: end_sessions_of(person.pk, keep=None),
    ],
    ids=["no longer staff", "closed", "no second factor", "new password", "sessions ended"],
)
def test_who_loses_the_right_is_out_at_the_next_request(staff_desk, member, revoke):
    revoke(member.person)

    answer = staff_desk.get("/")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_wrong_passwords_lock_the_address_for_a_while(desk, member):
    statuses = [desk.sign_in("000000", password="not it").status_code for _ in range(6)]

    locked = desk.sign_in("000000")
    assert statuses == [403] * 5 + [429]
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "300")


def test_wrong_codes_lock_the_account_for_a_while(desk, member):
    statuses = [desk.sign_in("000000").status_code for _ in range(6)]

    assert statuses == [403] * 5 + [429]


def test_without_the_counter_nobody_gets_in(desk, member, settings):
    code = member.code()
    backend = settings.CACHES["default"]["BACKEND"]
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}

    answer = desk.sign_in(code)

    assert answer.status_code == 503
    assert not is_in(desk)


def signed_in_at_start(member):
    desk = Desk()
    desk.sign_in(member.code())
    return desk


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_a_session_ends_half_an_hour_after_its_last_request(member, minutes, stays):
    with time_machine.travel(START, tick=False) as clock:
        desk = signed_in_at_start(member)
        clock.shift(timedelta(minutes=20))
        was_in = is_in(desk)
        clock.shift(timedelta(minutes=minutes))

        assert (was_in, is_in(desk)) == (True, stays)


def test_a_session_ends_after_eight_hours_however_busy(member):
    with time_machine.travel(START, tick=False) as clock:
        desk = signed_in_at_start(member)
        stayed = []
        for _ in range(25):
            clock.shift(timedelta(minutes=20))
            stayed.append(is_in(desk))

    assert stayed == [True] * 23 + [False] * 2


def test_signing_out_ends_the_session_itself(staff_desk):
    token = staff_desk.client.cookies["__Host-staff"].value

    answer = staff_desk.post("/sign-out")
    staff_desk.client.cookies["__Host-staff"] = token

    assert answer.status_code == 303
    assert not is_in(staff_desk)


def test_the_session_stands_among_the_devices_of_its_owner(staff_desk, member):
    with acting_for(member.person.pk):
        [device] = Device.objects.of_person(member.person.pk)

    assert (device.name, device.platform) == ("Staff site", "web")
    assert Session.objects.get().session_key == device.session_digest


@pytest.mark.parametrize("name", ["__Host-staff", "__Host-csrf"])
def test_a_cookie_stays_with_this_host_and_out_of_scripts(desk, member, name):
    desk.sign_in(member.code())

    cookie = desk.client.cookies[name]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["path"], cookie["domain"], cookie["max-age"]) == ("/", "", "")


def test_a_second_sign_in_has_another_token(staff_desk, member):
    before = staff_desk.client.cookies["__Host-staff"].value

    staff_desk.sign_in(member.code(), address=ADDRESS, password=PASSWORD)

    assert staff_desk.client.cookies["__Host-staff"].value != before
