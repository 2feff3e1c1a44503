"""`manage.py make_staff`: nobody becomes staff without a second factor."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from diary.models import User
from diary.operations.people import open_verified_account
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db

ADDRESS = "carol@example.org"


@pytest.fixture
def carol():
    person = open_verified_account(ADDRESS, PASSWORD)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


def said(*arguments):
    out = StringIO()
    call_command("make_staff", *arguments, stdout=out)
    return out.getvalue()


def is_staff(person):
    return User.objects.get(pk=person.pk).is_staff


def test_an_account_with_a_second_factor_becomes_staff_and_is_none_again(carol):
    told = said(ADDRESS.upper())
    was_staff = is_staff(carol)
    revoked = said(ADDRESS, "--revoke")

    assert (told, was_staff) == ("Staff from now on.\n", True)
    assert (revoked, is_staff(carol)) == ("No longer staff.\n", False)


@pytest.mark.parametrize("kind", [None, "webauthn", "recovery_codes"])
def test_codes_of_an_app_are_needed(carol, kind):
    Authenticator.objects.all().delete()
    if kind:
        Authenticator.objects.create(user=carol, type=kind, data={})

    with pytest.raises(CommandError, match="authenticator app"):
        said(ADDRESS)

    assert not is_staff(carol)


def test_a_verified_address_is_needed(carol):
    carol.emailaddress_set.update(verified=False)

    with pytest.raises(CommandError, match="verified address"):
        said(ADDRESS)


def test_the_right_is_taken_back_even_without_a_second_factor(carol):
    said(ADDRESS)
    Authenticator.objects.all().delete()

    said(ADDRESS, "--revoke")

    assert not is_staff(carol)


def test_nobody_is_made_up():
    make_person("alice")

    with pytest.raises(CommandError, match="No account"):
        said("nobody@example.org")
