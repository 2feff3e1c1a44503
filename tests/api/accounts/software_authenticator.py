"""A passkey in software: makes a key pair, and answers challenges as a phone's browser would."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

FLAG = AuthenticatorData.FLAG


class SoftwareAuthenticator:
    """One passkey. `origin` is who asks for it: an https site, or an Android app's key hash."""

    def __init__(self, origin="https://testserver", *, verifies_person=True, user_handle=None):
        self.origin = origin
        self.flags = FLAG.UP | (FLAG.UV if verifies_person else FLAG(0))
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.user_handle = user_handle
        self.counter = 0

    def register(self, options):
        """Return the credential for the options of a registration."""
        asked = options["publicKey"]
        self.user_handle = asked["user"]["id"]
        public_key = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, self.id, public_key)
        data = self._authenticator_data(asked["rp"]["id"], FLAG.AT, attested)
        attestation = AttestationObject.create("none", data, {})
        return self._credential(
            clientDataJSON=self._client_data("webauthn.create", asked["challenge"]),
            attestationObject=bytes(attestation),
            clientExtensionResults={"credProps": {"rk": True}},
        )

    def sign(self, options):
        """Return the assertion for the options of a sign-in or a confirmation."""
        asked = options["publicKey"]
        client_data = self._client_data("webauthn.get", asked["challenge"])
        data = bytes(self._authenticator_data(asked["rpId"]))
        signed = data + hashlib.sha256(client_data).digest()
        return self._credential(
            clientDataJSON=client_data,
            authenticatorData=data,
            signature=self.key.sign(signed, ec.ECDSA(hashes.SHA256())),
            userHandle=websafe_decode(self.user_handle),
        )

    def _authenticator_data(self, rp_id, more_flags=0, attested=b""):
        self.counter += 1
        rp_id_hash = hashlib.sha256(rp_id.encode()).digest()
        return AuthenticatorData.create(rp_id_hash, self.flags | more_flags, self.counter, attested)

    def _client_data(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, *, clientExtensionResults=None, **response):  # noqa: N803 - its own name
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": {name: websafe_encode(value) for name, value in response.items()},
            "clientExtensionResults": clientExtensionResults or {},
        }
