"""How django-allauth is fitted to the project: devices at sign-in, secrets encrypted at rest."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from api.authentication import described_device
from diary.models.sessions import session_digest
from diary.operations.devices import register_device


class AccountAdapter(DefaultAccountAdapter):
    """Registers the device the moment it signs in, so the person can always see and revoke it."""

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        token = request.session.session_key
        if token is None:
            raise RuntimeError("Signing in must leave a stored session.")
        register_device(
            user.pk,
            session_digest=session_digest(token),
            description=described_device(request),
            now=timezone.now(),
        )


class EncryptingMFAAdapter(DefaultMFAAdapter):
    """Keeps authenticator secrets and recovery seeds encrypted under a key from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return keyring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().decrypt(encrypted_text.encode()).decode()


def keyring() -> MultiFernet:
    """Return the keys of SECRET_KEY, to encrypt, and SECRET_KEY_FALLBACKS, to decrypt still."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(derived_key(str(secret))) for secret in secrets])


def derived_key(secret: str) -> bytes:
    """Return a key for this purpose alone, so no other use of the secret reveals it."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"quiver mfa secrets")
    return base64.urlsafe_b64encode(derivation.derive(secret.encode()))
