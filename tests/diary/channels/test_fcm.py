"""FCM HTTP v1 and Google's tokens, against servers on loopback that take their part."""

import json
import threading
import time
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from diary.channels.access_tokens import RENEW_BEFORE, SCOPE, service_account
from diary.channels.base import ChannelsMisconfigured, Outcome, Result
from diary.channels.fcm import Fcm
from tests.diary.channels.servers import HOST, Server, Told

GOOGLE_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = GOOGLE_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
OTHER_PEM = (
    ec.generate_private_key(ec.SECP256R1())
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)
LIFETIME = timedelta(hours=1)
PHONE = {"token": "bk3RNwTe3H0:CI2k_HHwgIpoDKCIZvvDMExUdFQ3P1"}
UNREGISTERED = {"error": {"details": [{"errorCode": "UNREGISTERED"}]}}


@pytest.fixture
def tokens(authority):
    """Google's token server: each token is another one."""
    with Server(authority) as running:
        for number in range(1, 4):
            content = {"access_token": f"token-{number}", "expires_in": LIFETIME.total_seconds()}
            running.answers.append(Told(200, body=json.dumps(content).encode()))
        yield running


@pytest.fixture
def account(tokens):
    return service_account(
        {
            "project_id": "quiver-test",
            "client_email": "sender@quiver-test.example.org",
            "private_key_id": "key-1",
            "private_key": PEM,
            "token_uri": f"{tokens.origin}/token",
        }
    )


@pytest.fixture
def channel(server, tokens, account, clock):
    outgoing = server.outgoing(ports=(server.port, tokens.port))
    return Fcm(outgoing, account, clock=clock, base_url=server.origin)


@pytest.fixture
def send(channel):
    return lambda message: channel.send(message, PHONE, timeout=3)


def bearers(server):
    return [asked.headers["authorization"] for asked in server.asked]


def test_an_alert_is_a_data_message_of_high_priority(server, send, alert):
    result = send(alert)

    [asked] = server.asked
    message = asked.json()["message"]
    assert result == Result(outcome=Outcome.DELIVERED)
    assert asked.path == "/v1/projects/quiver-test/messages:send"
    assert message["token"] == PHONE["token"]
    assert message["data"] == alert.fields()
    assert message["android"] == {"priority": "HIGH", "ttl": "259200s"}
    assert "notification" not in message


def test_a_reminder_is_of_normal_priority_and_names_no_alert(server, send, reminder):
    send(reminder)

    message = server.asked[0].json()["message"]
    assert message["data"] == {"t": "reminder", "key": reminder.key}
    assert message["android"]["priority"] == "NORMAL"
    assert message["apns"]["payload"] == {"aps": {"content-available": 1}}


def test_a_token_is_asked_for_with_a_statement_the_account_signed(server, tokens, send, alert):
    send(alert)

    [asked] = tokens.asked
    grant, assertion = (part.split("=", 1)[1] for part in asked.body.decode().split("&"))
    claims = jwt.decode(
        assertion,
        GOOGLE_KEY.public_key(),
        algorithms=["RS256"],
        audience=f"{tokens.origin}/token",
        options={"verify_exp": False, "verify_iat": False},
    )
    assert grant == "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
    assert jwt.get_unverified_header(assertion)["kid"] == "key-1"
    assert (claims["iss"], claims["scope"]) == ("sender@quiver-test.example.org", SCOPE)
    assert claims["exp"] - claims["iat"] == LIFETIME.total_seconds()
    assert bearers(server) == ["Bearer token-1"]


def test_a_token_is_used_again_and_renewed_before_it_ends(server, tokens, send, alert, clock):
    send(alert)
    clock.now += LIFETIME - RENEW_BEFORE - timedelta(seconds=1)
    send(alert)
    clock.now += timedelta(seconds=1)
    send(alert)

    assert bearers(server) == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]
    assert len(tokens.asked) == 2


def test_a_token_that_is_refused_is_renewed_at_once_and_only_once(server, send, alert):
    server.answers.extend([Told(401), Told(200), Told(401), Told(401)])

    first, second = send(alert), send(alert)

    assert first.outcome is Outcome.DELIVERED
    assert second == Result(outcome=Outcome.RETRY, error_class="http_401")
    assert bearers(server) == [f"Bearer token-{number}" for number in (1, 2, 2, 3)]


def test_many_threads_share_one_renewal(server, tokens, send, alert):
    threads = [threading.Thread(target=send, args=(alert,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(server.asked) == 8
    assert len(tokens.asked) == 1


def test_a_phone_that_is_not_registered_any_more_is_gone(server, send, alert):
    server.answers.append(Told(404, body=json.dumps(UNREGISTERED).encode()))

    assert send(alert) == Result(outcome=Outcome.GONE, error_class="unregistered")


@pytest.mark.parametrize(
    ("told", "result"),
    [
        (Told(404, body=b"{}"), Result(outcome=Outcome.RETRY, error_class="http_404")),
        (Told(404, body=b'{"error": 1}'), Result(outcome=Outcome.RETRY, error_class="http_404")),
        (Told(400, body=b"no JSON"), Result(outcome=Outcome.REFUSED, error_class="http_400")),
        (Told(403), Result(outcome=Outcome.RETRY, error_class="http_403")),
    ],
)
def test_other_refusals_remove_no_phone(server, send, alert, told, result):
    server.answers.append(told)

    assert send(alert) == result


def test_an_outage_is_another_time_and_does_not_block(server, send, alert):
    server.answers.append(Told(503, {"Retry-After": "30"}))

    started = time.monotonic()
    result = send(alert)

    pause = timedelta(seconds=30)
    assert result == Result(outcome=Outcome.RETRY, error_class="http_503", retry_after=pause)
    assert len(server.asked) == 1
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("told", "error_class"),
    [
        (Told(500), "token_http_500"),
        (Told(200, body=b"{}"), "token_unreadable"),
        (Told(200, body=b"[]"), "token_unreadable"),
        (Told(200, body=b'{"access_token": "a", "expires_in": 1e99}'), "token_unreadable"),
    ],
)
def test_without_a_token_nothing_is_sent(server, tokens, send, alert, told, error_class):
    tokens.answers.appendleft(told)

    assert send(alert) == Result(outcome=Outcome.RETRY, error_class=error_class)
    assert server.asked == []


def test_waiting_for_anothers_renewal_ends_at_the_deadline(channel, alert):
    channel._tokens._lock.acquire()

    result = channel.send(alert, PHONE, timeout=0.1)

    assert result == Result(outcome=Outcome.RETRY, error_class="timeout")


@pytest.mark.parametrize("token", ["", "with space", "a" * 1025])
def test_a_text_that_is_no_registration_token_is_not_sent(server, channel, alert, token):
    assert channel.send(alert, {"token": token}, timeout=3).outcome is Outcome.REFUSED
    assert server.asked == []


@pytest.mark.parametrize(
    "change", [{"private_key": "nonsense"}, {"private_key": 7}, {"private_key": OTHER_PEM}, {}]
)
def test_an_account_that_cannot_be_used_is_refused_and_not_repeated(change):
    file = {"client_email": "a@example.org", "private_key": PEM, "host": HOST} | change

    with pytest.raises(ChannelsMisconfigured) as refused:
        service_account(file)

    assert "nonsense" not in str(refused.value)
    assert PEM not in str(refused.value)
    assert OTHER_PEM not in str(refused.value)
