"""Lets the named native apps use passkeys; allauth offers only "web origins" or "any origin".

Replaces one internal function of the pinned allauth; its tests tell when an upgrade moves it.
"""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from fido2.rpid import verify_rp_id
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity


def passkey_server() -> Fido2Server:
    """Return a server that takes https origins of this host and those in PASSKEY_APP_ORIGINS."""
    described = get_adapter().get_public_key_credential_rp_entity()

    def is_known(origin: str) -> bool:
        return origin in settings.PASSKEY_APP_ORIGINS or verify_rp_id(described["id"], origin)

    return Fido2Server(PublicKeyCredentialRpEntity(**described), verify_origin=is_known)


def install() -> None:
    """Make allauth use `passkey_server` for every registration and sign-in."""
    if not hasattr(auth, "get_server"):
        raise RuntimeError("This version of django-allauth has no get_server to replace.")
    auth.get_server = passkey_server
