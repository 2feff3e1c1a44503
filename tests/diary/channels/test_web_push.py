"""Web Push and UnifiedPush against a push server on loopback, with the keys of a made-up phone."""

import base64
import json
from datetime import timedelta

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from jwt.types import Options

from diary.channels.addresses import base64url
from diary.channels.base import ChannelsMisconfigured, Outcome, Result
from diary.channels.web_push import WebPush, application_server_key, vapid_key
from tests.diary.channels.servers import Told

AUTH = b"0123456789abcdef"
SERVICE_KEY = ec.generate_private_key(ec.SECP256R1())
PHONE_KEY = ec.generate_private_key(ec.SECP256R1())
SUBJECT = "mailto:operator@example.org"
CLOCK_STANDS_STILL: Options = {"verify_exp": False}


def public_bytes(key):
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def subscription(server):
    return {
        "endpoint": f"{server.origin}/push/abc",
        "p256dh": base64url(public_bytes(PHONE_KEY)),
        "auth": base64url(AUTH),
    }


@pytest.fixture
def channel(server, clock):
    return WebPush(server.outgoing(), key=SERVICE_KEY, subject=SUBJECT, clock=clock)


@pytest.fixture
def send(channel, server):
    return lambda message: channel.send(message, subscription(server), timeout=3)


def opened(asked, key=PHONE_KEY, auth=AUTH):
    return http_ece.decrypt(
        asked.body, private_key=key, auth_secret=auth, version=asked.headers["content-encoding"]
    )


def vapid(asked):
    scheme, _, parameters = asked.headers["authorization"].partition(" ")
    assert scheme == "vapid"
    return dict(part.strip().split("=", 1) for part in parameters.split(","))


def test_the_phone_reads_what_was_sent(server, send, alert):
    result = send(alert)

    assert result == Result(outcome=Outcome.DELIVERED)
    assert json.loads(opened(server.asked[0])) == {
        "t": "alert",
        "id": "87fb9a8c-90e9-402f-96a5-613710cd14f4",
        "key": "0e0e7b1c-52f5-4f0e-8a3a-0c9d6a2f4e11",
    }


def test_nobody_else_can_read_it(server, send, alert):
    send(alert)

    other = ec.generate_private_key(ec.SECP256R1())
    for key, auth in [(other, AUTH), (PHONE_KEY, AUTH[::-1])]:
        with pytest.raises(http_ece.ECEException):
            opened(server.asked[0], key, auth)
    assert b"alert" not in server.asked[0].body


def test_all_messages_are_equally_long_and_no_two_alike(server, send, alert, reminder):
    for message in (alert, alert, reminder):
        send(message)

    bodies = [asked.body for asked in server.asked]
    assert len({len(body) for body in bodies}) == 1
    assert len(set(bodies)) == 3


def test_the_push_server_can_tell_who_sends(server, send, alert, clock):
    send(alert)

    parameters = vapid(server.asked[0])
    key = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), base64.urlsafe_b64decode(parameters["k"] + "=")
    )
    claims = jwt.decode(
        parameters["t"],
        key,
        algorithms=["ES256"],
        audience=server.origin,
        options=CLOCK_STANDS_STILL,
    )
    assert parameters["k"] == application_server_key(SERVICE_KEY)
    assert claims["sub"] == SUBJECT
    assert 0 < claims["exp"] - clock.now.timestamp() <= timedelta(hours=24).total_seconds()


def test_a_token_is_worth_nothing_under_another_key_or_at_another_server(server, send, alert):
    send(alert)

    token = vapid(server.asked[0])["t"]
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(
            token,
            PHONE_KEY.public_key(),
            algorithms=["ES256"],
            audience=server.origin,
            options=CLOCK_STANDS_STILL,
        )
    with pytest.raises(jwt.InvalidAudienceError):
        jwt.decode(
            token,
            SERVICE_KEY.public_key(),
            algorithms=["ES256"],
            audience="https://other.example.org",
            options=CLOCK_STANDS_STILL,
        )


def test_copies_share_a_topic_and_say_how_pressing_and_lasting_they_are(
    server, send, alert, reminder
):
    for message in (alert, alert, reminder):
        send(message)

    first, copy, other = [asked.headers for asked in server.asked]
    assert first["topic"] == copy["topic"] != other["topic"]
    assert len(first["topic"]) == 32
    assert (first["urgency"], other["urgency"]) == ("high", "normal")
    assert (first["ttl"], other["ttl"]) == ("259200", "21600")


@pytest.mark.parametrize(
    ("told", "result"),
    [
        (Told(201), Result(outcome=Outcome.DELIVERED)),
        (Told(307, {"Location": "/"}), Result(outcome=Outcome.REFUSED, error_class="redirect")),
        (Told(404), Result(outcome=Outcome.GONE, error_class="http_404")),
        (Told(410), Result(outcome=Outcome.GONE, error_class="http_410")),
        (Told(413), Result(outcome=Outcome.REFUSED, error_class="http_413")),
        (
            Told(429, {"Retry-After": "90"}),
            Result(
                outcome=Outcome.RETRY, error_class="http_429", retry_after=timedelta(seconds=90)
            ),
        ),
        (Told(500), Result(outcome=Outcome.RETRY, error_class="http_500")),
        (Told(403), Result(outcome=Outcome.RETRY, error_class="http_403")),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Told) else "",
)
def test_each_answer_has_its_outcome(server, send, alert, told, result):
    server.answers.append(told)

    assert send(alert) == result
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("change", "error_class"),
    [
        ({"endpoint": "https://127.0.0.1:99999/push"}, "port"),
        ({"endpoint": "http://push.example.org/"}, "not_https"),
        ({"p256dh": base64url(b"\x04" + bytes(64))}, "public_key"),
        ({"p256dh": "ü"}, "public_key"),
        ({"auth": base64url(b"short")}, "auth_secret"),
        ({"auth": "a"}, "auth_secret"),
        ({"more": "fields"}, "extra_forbidden"),
    ],
)
def test_nothing_is_sent_to_an_address_that_cannot_be_used(
    server, channel, alert, change, error_class
):
    result = channel.send(alert, subscription(server) | change, timeout=3)

    assert result == Result(outcome=Outcome.REFUSED, error_class=error_class)
    assert server.asked == []


def test_a_key_is_read_as_pem_and_as_base64url():
    pem = SERVICE_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    raw = base64url(SERVICE_KEY.private_numbers().private_value.to_bytes(32, "big"))

    assert {application_server_key(vapid_key(text)) for text in (pem, raw, f"{raw}\n")} == {
        application_server_key(SERVICE_KEY)
    }


def test_a_key_that_cannot_be_used_is_refused_and_not_repeated():
    curve = ec.generate_private_key(ec.SECP384R1())
    other = curve.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    for text in ("nonsense", base64url(bytes(31)), other, "-----BEGIN nothing-----"):
        with pytest.raises(ChannelsMisconfigured) as refused:
            vapid_key(text)
        assert text not in str(refused.value)
