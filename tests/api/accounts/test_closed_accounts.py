"""A5: disabled and deleted people are out at once."""

import pytest

from diary.models.isolation import acting_for
from diary.models.people import User
from tests.api.accounts.routes import call, diary_routes
from tests.api.conftest import ACCOUNTS, is_problem

pytestmark = pytest.mark.django_db


def close(how):
    if how == "disabled":
        User.objects.update(is_active=False)
    else:
        person = User.objects.get()
        with acting_for(person.pk):
            person.delete()


@pytest.mark.parametrize("how", ["disabled", "deleted"])
def test_a5_a_closed_account_is_refused_at_every_route(phone, how):
    close(how)

    for route in diary_routes():
        is_problem(call(phone, route), 401, "unauthenticated")


@pytest.mark.parametrize(("how", "status"), [("disabled", 401), ("deleted", 400)])
def test_a5_a_closed_account_cannot_sign_in(phone, how, status):
    close(how)

    answer = phone.sign_in()

    assert answer.status_code == status
    assert phone.get("/v1/devices").status_code == 401


@pytest.mark.parametrize("how", ["disabled", "deleted"])
def test_a5_a_closed_account_cannot_reauthenticate(phone, how):
    close(how)

    answer = phone.post(f"{ACCOUNTS}/auth/reauthenticate", {"password": "x"})

    assert answer.status_code in (401, 410)


def test_a5_an_account_that_is_enabled_again_goes_on(phone):
    close("disabled")
    phone.get("/v1/devices")

    User.objects.update(is_active=True)

    assert phone.sign_in().status_code == 200
