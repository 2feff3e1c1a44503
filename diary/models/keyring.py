"""Sealing what the tables must not hold in the clear, and the keys from SECRET_KEY."""

import base64
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MFA_SECRETS = "quiver mfa secrets"  # what config/accounts.py seals of a second factor
FORMAT = b"\x01"  # AES-256-GCM: this byte, the nonce, then what is sealed with its tag
NONCE_BYTES = 12


class CannotOpen(Exception):
    """Something sealed cannot be opened: a key is missing, or it was changed or moved."""


def seal(cipher: AESGCM, plain: bytes, *, bound_to: str) -> bytes:
    """Return the bytes sealed under a key of 256 bits; they open only where they are bound to."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + cipher.encrypt(nonce, plain, bound_to.encode())


def open_sealed(cipher: AESGCM, sealed: bytes, *, bound_to: str) -> bytes:
    """Return what `seal` was given. Raises CannotOpen, which says nothing of either."""
    start = len(FORMAT) + NONCE_BYTES
    try:
        if sealed[: len(FORMAT)] != FORMAT:
            raise InvalidTag
        return cipher.decrypt(sealed[len(FORMAT) : start], sealed[start:], bound_to.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen(
            "What is sealed here was changed, moved or sealed by another key."
        ) from None


def keyring(purpose: str) -> MultiFernet:
    """Return the keys of SECRET_KEY, to encrypt, and SECRET_KEY_FALLBACKS, to decrypt still."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([derived_key(str(secret), purpose) for secret in secrets])


@lru_cache(maxsize=16)
def derived_key(secret: str, purpose: str) -> Fernet:
    """Return the key for this purpose alone, so no other use of the secret reveals it."""
    return Fernet(base64.urlsafe_b64encode(derived_secret(secret, purpose)))


@lru_cache(maxsize=16)
def derived_secret(secret: str, purpose: str) -> bytes:
    """Return 32 bytes for this purpose alone."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(
        secret.encode()
    )
