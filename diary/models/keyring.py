"""Keys from SECRET_KEY for what the tables must not hold in the clear."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


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
