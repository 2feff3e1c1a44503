"""The addresses messages go to: the fields of each kind, checked before a call and when registered.

A URL is checked by the policy in the validation context; without one nothing can be read.
"""

import base64
from typing import Annotated, Literal, TypeVar

from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError as NotAnEmail
from django.core.validators import validate_email
from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from diary.channels.base import Address
from diary.channels.guard import LONGEST_URL, Forbidden, Policy, target_of
from diary.domain.wire.fields import OffsetInstant, WireModel

AUTH_BYTES = 16
LONGEST_EMAIL = 254  # RFC 5321, with its erratum 1690
SECRET_PREFIX = "whsec_"  # noqa: S105 - what secrets start with
SHORTEST_SECRET, LONGEST_SECRET = 24, 64  # bytes, from the specification

Fields = TypeVar("Fields", bound=WireModel)


def bytes_of(text: str) -> bytes:
    """Return what base64url text holds, padded or not; raises ValueError when it is none."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def base64url(raw: bytes) -> str:
    """Return the bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _guarded(url: str, info: ValidationInfo) -> str:
    try:
        target_of(url, (info.context or {})["policy"])
    except Forbidden as error:
        raise PydanticCustomError(error.code, error.detail) from None
    return url


def _public_key(text: str) -> str:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(text))
    except ValueError:
        raise PydanticCustomError("public_key", "This is not a P-256 public key.") from None
    return text


def _auth_secret(text: str) -> str:
    try:
        right = len(bytes_of(text)) == AUTH_BYTES
    except ValueError:
        right = False
    if not right:
        raise PydanticCustomError("auth_secret", "This is not a secret of 16 bytes.")
    return text


def _email(text: str) -> str:
    try:
        validate_email(text)
    except NotAnEmail:
        raise PydanticCustomError("email", "This is not an e-mail address.") from None
    return text


def _webhook_secret(text: str) -> str:
    try:
        raw = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except ValueError:
        raw = b""
    if not text.startswith(SECRET_PREFIX) or not SHORTEST_SECRET <= len(raw) <= LONGEST_SECRET:
        sentence = "This must be whsec_ and the base64 of 24 to 64 bytes."
        raise PydanticCustomError("webhook_secret", sentence)
    return text


GuardedUrl = Annotated[
    str,
    AfterValidator(_guarded),
    WithJsonSchema({"type": "string", "pattern": "^https://", "maxLength": LONGEST_URL}),
]
WebhookSecret = Annotated[str, AfterValidator(_webhook_secret)]


class WebPushAddress(WireModel):
    """A push subscription, as browsers and UnifiedPush give it; the keys are base64url."""

    endpoint: GuardedUrl
    p256dh: Annotated[str, Field(max_length=120), AfterValidator(_public_key)]
    auth: Annotated[str, Field(max_length=40), AfterValidator(_auth_secret)]


class FcmAddress(WireModel):
    """The registration token of an app on one phone."""

    token: Annotated[str, Field(min_length=1, max_length=1024, pattern=r"^[A-Za-z0-9_:.\-]+$")]


class MailAddress(WireModel):
    """Whom to write to, and in which language."""

    email: Annotated[str, Field(max_length=LONGEST_EMAIL), AfterValidator(_email)]
    language: Literal["en", "zh-Hant"] = "en"


class WebhookAddress(WireModel):
    """Where a webhook goes and what signs it, until `previous_until` with two secrets."""

    url: GuardedUrl
    secret: WebhookSecret
    previous_secret: WebhookSecret | None = None
    previous_until: OffsetInstant | None = None


def read_address(fields: type[Fields], address: Address, policy: Policy) -> Fields:
    """Return the checked fields; raises Forbidden with the code of the first that is wrong."""
    try:
        return fields.model_validate(dict(address), context={"policy": policy})
    except ValidationError as error:
        code = error.errors(include_input=False, include_url=False)[0]["type"]
        raise Forbidden(code, "The address cannot be used.") from None
