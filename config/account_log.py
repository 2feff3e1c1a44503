"""Signing in and changing an account, for the access log of the person and for whoever keeps watch.

An account must stay usable while its log is not: what cannot be noted goes on.
"""

from types import MappingProxyType

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.utils import timezone

from diary.domain.access_log import Access, Action
from diary.models.people import User, UserManager
from diary.operations.access_log import note_access_if_possible
from diary.operations.security_log import SecurityEvent, log_security_event

CHANGES = MappingProxyType(
    {
        account.email_added: "added",
        account.email_changed: "changed",
        account.email_removed: "removed",
        mfa.authenticator_added: "added",
        mfa.authenticator_removed: "removed",
        mfa.authenticator_reset: "reset",
    }
)


def note_sign_in(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Note that somebody has signed in, and by what."""
    methods = sorted({str(each["method"]) for each in get_authentication_records(request, user)})
    log_security_event(SecurityEvent.SIGN_IN, person_id=user.pk, by=",".join(methods))
    _note(user, Action.SIGNED_IN, " ".join(methods))


def note_wrong_password(email: str) -> None:
    """Note a failed sign-in with the person whose address was given, if there is one."""
    person = User.objects.filter(email=UserManager.normalize_email(email)).first()
    _note_failure(person, "password")


@receiver(mfa.authentication_failed)
def note_wrong_second_factor(
    user: AbstractBaseUser, authenticator: Authenticator, **_: object
) -> None:
    """Note a failed second factor."""
    _note_failure(user, str(authenticator.type))


def note_wrong_passkey(user: AbstractBaseUser | None) -> None:
    """Note a passkey that did not fit, with the person whom it names, if there is one."""
    _note_failure(user, str(Authenticator.Type.WEBAUTHN))


@receiver([account.email_verification_code_rejected, account.password_reset_code_rejected])
def note_wrong_code(user: AbstractBaseUser | None, **_: object) -> None:
    """Note a wrong code from a mail."""
    _note_failure(user, "mailed_code")


@receiver(account.authentication_step_completed)
def note_reauthentication(
    user: AbstractBaseUser, method: str, *, reauthenticated: bool = False, **_: object
) -> None:
    """Note that somebody said once more who they are."""
    if reauthenticated:
        _note(user, Action.REAUTHENTICATED, method)


@receiver([account.password_changed, account.password_set, account.password_reset])
def note_new_password(user: AbstractBaseUser, **_: object) -> None:
    """Note a new password."""
    _note(user, Action.PASSWORD_CHANGED, "")


@receiver([mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset])
def note_second_factor(
    signal: Signal, user: AbstractBaseUser, authenticator: Authenticator, **_: object
) -> None:
    """Note which kind of second factor was added, removed or made anew."""
    _note(user, Action.SECOND_FACTOR_CHANGED, f"{authenticator.type} {CHANGES[signal]}")


@receiver([account.email_added, account.email_changed, account.email_removed])
def note_address(signal: Signal, user: AbstractBaseUser, **_: object) -> None:
    """Note that an address was added, changed or removed, not which."""
    _note(user, Action.ADDRESS_CHANGED, CHANGES[signal])


def _note_failure(user: AbstractBaseUser | None, by: str) -> None:
    person_id = user.pk if user else None
    log_security_event(SecurityEvent.SIGN_IN_FAILED, person_id=person_id, by=by)
    if user:
        _note(user, Action.SIGN_IN_FAILED, by)


def _note(user: AbstractBaseUser, action: Action, what: str) -> None:
    access = Access(action=action, what=what)
    note_access_if_possible(user.pk, access, now=timezone.now())
