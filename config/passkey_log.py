"""Notes passkeys that sign nobody in; allauth has a signal for every other failed sign-in.

Replaces two internal functions of the pinned allauth; its tests tell when an upgrade moves them.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from config.account_log import note_wrong_passkey

_person_of = auth.extract_user_from_response
_authenticator_of = auth.complete_authentication


def person_of(response: dict[str, Any]) -> AbstractBaseUser:
    """Return whom a passkey names; note one that names nobody."""
    try:
        return _person_of(response)
    except ValidationError:
        note_wrong_passkey(None)
        raise


def authenticator_of(user: AbstractBaseUser, response: dict[str, Any]) -> Authenticator:
    """Return the passkey of a person that signed; note an answer that does not fit."""
    try:
        return _authenticator_of(user, response)
    except ValidationError:
        note_wrong_passkey(user)
        raise


def install() -> None:
    """Make allauth use both for every sign-in and reauthentication."""
    auth.extract_user_from_response = person_of
    auth.complete_authentication = authenticator_of
