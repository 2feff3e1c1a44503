"""Opening accounts outside the sign-up form: sample people, tests and administrators."""

from allauth.account.models import EmailAddress
from django.db import transaction

from diary.models.people import User


def open_verified_account(email: str, password: str) -> User:
    """Return the account of this address, ready to sign in; calling it again resets the password.

    The address counts as verified, so this is for people whose address needs no proof.
    """
    address = User.objects.normalize_email(email)
    with transaction.atomic():
        person = User.objects.filter(email=address).first() or User(email=address)
        person.is_active = True
        person.set_password(password)
        person.save()
        EmailAddress.objects.update_or_create(
            user=person, email=address, defaults={"verified": True, "primary": True}
        )
    return person
