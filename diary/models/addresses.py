"""Addresses of endpoints as the tables keep them: sealed, with a keyed digest to know them by."""

import hmac
import json
from collections.abc import Mapping

from django.conf import settings

from diary.models.keyring import derived_secret, keyring

SEALED = "quiver endpoint address"
KNOWN_BY = "quiver endpoint address digest"


def sealed_address(address: Mapping[str, str]) -> bytes:
    """Return an address as the table keeps it."""
    return keyring(SEALED).encrypt(json.dumps(dict(address)).encode())


def opened_address(sealed: bytes | memoryview) -> dict[str, str]:
    """Return an address that was sealed; raises InvalidToken when its key is gone."""
    return dict(json.loads(keyring(SEALED).decrypt(bytes(sealed))))


def address_digests(kind: str, place: str) -> tuple[str, ...]:
    """Return the digests an endpoint may be stored under; new rows take the first.

    `place` is what makes it the same address: the URL, the token, the mailbox. The other digests
    belong to SECRET_KEY_FALLBACKS. They are keyed because a mailbox can be guessed.
    """
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return tuple(
        hmac.digest(derived_secret(str(one), KNOWN_BY), f"{kind}\0{place}".encode(), "sha256").hex()
        for one in secrets
    )
