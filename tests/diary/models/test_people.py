"""Accounts: one per address, whatever its case; ids in place of names."""

import uuid

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from diary.models.people import Device, User

pytestmark = pytest.mark.django_db


def test_an_account_is_found_by_its_address_in_any_case():
    person = User.objects.create_user("Person@Example.org", "a long passphrase 7")

    assert User.objects.get_by_natural_key(" PERSON@example.ORG ") == person
    assert person.email == "person@example.org"


def test_one_address_opens_one_account():
    User.objects.create_user("person@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("PERSON@example.org")


def test_an_account_without_a_password_cannot_sign_in_by_password():
    User.objects.create_user("person@example.org")

    assert authenticate(username="person@example.org", password="") is None


def test_an_administrator_has_every_right():
    administrator = User.objects.create_superuser("admin@example.org", "a long passphrase 7")

    assert administrator.is_staff
    assert administrator.has_perm("diary.anything")


def test_people_and_devices_are_shown_by_id():
    person, device = User(email="person@example.org"), Device(id=uuid.uuid4(), name="My phone")

    assert (str(person), str(device)) == (str(person.pk), str(device.id))
