"""How django-allauth is fitted to the project: devices, sessions, limits, secrets at rest."""

import json
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.signals import (
    authentication_step_completed,
    email_removed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.account.stages import LoginStage
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from api.authentication import described_device
from config.account_log import note_sign_in, note_wrong_password
from diary.models.keyring import MFA_SECRETS, keyring
from diary.models.people import User
from diary.models.sessions import session_digest
from diary.operations.devices import end_sessions_of, register_device
from diary.operations.endpoints import forget_mailbox
from diary.operations.origin import note_device

TOO_MANY_ATTEMPTS = "too_many_login_attempts"
CUSTOMER_PREFIX = 64


class AccountAdapter(DefaultAccountAdapter):
    """Registers the device the moment it signs in, so the person can always see and revoke it."""

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        token = request.session.session_key
        if token is None:
            raise RuntimeError("Signing in must leave a stored session.")
        device = register_device(
            user.pk,
            session_digest=session_digest(token),
            description=described_device(request),
            now=timezone.now(),
        )
        note_device(device.id)
        note_sign_in(request, user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that limits count by: of IPv6 its /64, for one customer has all of it.

        An IPv4 address in the clothes of IPv6 is that IPv4 address.
        """
        address = ip_address(super().get_client_ip(request))
        if isinstance(address, IPv6Address):
            block = IPv6Network((address, CUSTOMER_PREFIX), strict=False).network_address
            address = address.ipv4_mapped or block
        return str(address)

    def get_login_stages(self) -> list[str]:
        return ["config.accounts.EvenSignUpStage", *super().get_login_stages()]

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Return the password if it is good enough; at sign-up, too, compare it to the address."""
        return super().clean_password(password, user or person_signing_up(context.request))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ImmediateHttpResponse as refusal:
            refusal.response["Retry-After"] = str(settings.FAILED_SIGN_IN_LOCK_SECONDS)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_wrong_password(str(credentials.get("email", "")))

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return what is wrong with a field; too many attempts are no field's fault, but a 429."""
        if code == TOO_MANY_ATTEMPTS:
            raise ImmediateHttpResponse(JsonResponse({"status": 429}, status=429))
        return super().validation_error(code, *args)


def person_signing_up(request: HttpRequest) -> User:
    """Return a person, not stored, with the address that the body names; allauth makes none yet."""
    return User(email=str(json.loads(request.body or "{}").get("email", "")))


class EvenSignUpStage(LoginStage):
    """Hashes a password when somebody signs up with a known address, as for a new one.

    allauth answers both alike; without this the answer to a known address comes sooner.
    """

    key = "even_sign_up"

    def handle(self) -> tuple[None, bool]:
        if self.login.signup and self.login.user is None:
            make_password(self.key)
        return None, True


class EncryptingMFAAdapter(DefaultMFAAdapter):
    """Keeps authenticator secrets and recovery seeds encrypted under a key from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return keyring(MFA_SECRETS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keyring(MFA_SECRETS).decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": entity["name"]}  # the address, not our id


@receiver(authentication_step_completed)
def rotate_token_at_reauthentication(
    request: HttpRequest, *, reauthenticated: bool = False, **_: object
) -> None:
    """Give the session a new token; who copied the old one does not share the new rights."""
    if reauthenticated:
        request.session.cycle_key()


@receiver(email_removed)
def write_no_more_to(user: AbstractBaseUser, email_address: EmailAddress, **_: object) -> None:
    """Send nothing to a mailbox that the person took out of the account."""
    forget_mailbox(user.pk, email_address.email)


@receiver([password_changed, password_set, password_reset])
def end_other_sessions(request: HttpRequest, user: AbstractBaseUser, **_: object) -> None:
    """End every session of the person but the one that chose the new password."""
    current = request.session.session_key
    end_sessions_of(user.pk, keep=session_digest(current) if current else None)
