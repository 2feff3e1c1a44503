"""Webhooks, checked by the receiver's half of the Standard Webhooks library."""

import base64
from datetime import timedelta

import pytest
import time_machine
from standardwebhooks import Webhook as Receiver
from standardwebhooks import WebhookVerificationError

from diary.channels.base import Outcome, Result
from diary.channels.webhook import Webhook
from tests.diary.channels.conftest import NOW
from tests.diary.channels.servers import Told


def secret(filling):
    return "whsec_" + base64.b64encode(filling * 32).decode()


NEW, OLD, OTHER = secret(b"n"), secret(b"o"), secret(b"x")


@pytest.fixture
def channel(server, clock):
    return Webhook(server.outgoing(), clock=clock)


@pytest.fixture
def send(channel, server):
    def send_to(message, **more):
        address = {"url": f"{server.origin}/hook", "secret": NEW} | more
        return channel.send(message, address, timeout=3)

    return send_to


def accepts(asked, key, *, at=NOW, **changed):
    """Return whether a receiver with this secret takes the request for genuine."""
    with time_machine.travel(at, tick=False):
        try:
            Receiver(key).verify(
                changed.get("body", asked.body), asked.headers | changed.get("headers", {})
            )
        except WebhookVerificationError:
            return False
    return True


def test_a_receiver_with_the_secret_takes_it_for_genuine(server, send, alert):
    result = send(alert)

    [asked] = server.asked
    assert result == Result(outcome=Outcome.DELIVERED)
    assert asked.json() == alert.fields()
    assert asked.headers["webhook-id"] == alert.key
    assert accepts(asked, NEW)
    assert not accepts(asked, OTHER)


def test_a_receiver_sees_what_was_changed_on_the_way(server, send, alert):
    send(alert)

    [asked] = server.asked
    assert not accepts(asked, NEW, body=asked.body.replace(b"alert", b"other"))
    assert not accepts(asked, NEW, headers={"webhook-id": "another"})
    assert not accepts(asked, NEW, headers={"webhook-timestamp": str(int(NOW.timestamp()) + 1)})


def test_a_request_is_genuine_for_five_minutes(server, send, alert):
    send(alert)

    [asked] = server.asked
    assert accepts(asked, NEW, at=NOW + timedelta(minutes=4, seconds=59))
    assert not accepts(asked, NEW, at=NOW + timedelta(minutes=5, seconds=1))


def test_copies_have_the_same_id_and_a_signature_of_their_own_time(server, send, alert, clock):
    send(alert)
    clock.now += timedelta(hours=1)
    send(alert)

    first, copy = server.asked
    assert first.headers["webhook-id"] == copy.headers["webhook-id"]
    assert accepts(copy, NEW, at=clock.now)


def test_while_a_secret_is_exchanged_receivers_may_have_either(server, send, alert, clock):
    until = NOW + timedelta(hours=24)
    exchange = {"previous_secret": OLD, "previous_until": until.isoformat()}

    send(alert, **exchange)
    clock.now = until
    send(alert, **exchange)

    during, after = server.asked
    assert accepts(during, NEW)
    assert accepts(during, OLD)
    assert accepts(after, NEW, at=until)
    assert not accepts(after, OLD, at=until)


@pytest.mark.parametrize(
    ("told", "result"),
    [
        (Told(204), Result(outcome=Outcome.DELIVERED)),
        (Told(302, {"Location": "/"}), Result(outcome=Outcome.REFUSED, error_class="redirect")),
        (Told(404), Result(outcome=Outcome.RETRY, error_class="http_404")),
        (Told(410), Result(outcome=Outcome.GONE, error_class="http_410")),
        (Told(413), Result(outcome=Outcome.REFUSED, error_class="http_413")),
        (Told(500), Result(outcome=Outcome.RETRY, error_class="http_500")),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Told) else "",
)
def test_each_answer_has_its_outcome(server, send, alert, told, result):
    server.answers.append(told)

    assert send(alert) == result


@pytest.mark.parametrize("wrong", ["", "whsec_", "whsec_ü", "whsec_AAAA", NEW[6:], secret(b"abc")])
def test_a_secret_of_another_form_is_not_used(server, send, alert, wrong):
    result = send(alert, secret=wrong)

    assert result == Result(outcome=Outcome.REFUSED, error_class="webhook_secret")
    assert server.asked == []
