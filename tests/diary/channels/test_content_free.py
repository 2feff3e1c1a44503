"""N7: what leaves the house names nothing of the diary, in any language and for any message."""

import json
import re
import uuid
from itertools import product
from typing import get_args, get_type_hints

import pytest
from django.core import mail

from diary.channels.access_tokens import service_account
from diary.channels.base import Message
from diary.channels.fcm import Fcm
from diary.channels.mail import WORDS, Mail
from diary.channels.web_push import WebPush
from diary.channels.webhook import Webhook
from diary.domain.vocabulary import ALL_LISTS
from tests.diary.channels import test_fcm, test_web_push, test_webhook
from tests.diary.channels.servers import Told

SENDER = "Notices <notices@example.org>"
KEY, SUBJECT_ID = uuid.UUID(int=1), uuid.UUID(int=2)
KINDS = get_args(get_type_hints(Message)["kind"])
MESSAGES = [
    pytest.param(
        Message(key=str(KEY), kind=kind, urgent=urgent, subject_id=subject),
        id=f"{kind}-{'urgent' if urgent else 'calm'}-{'of one' if subject else 'of none'}",
    )
    for kind, urgent, subject in product(KINDS, (True, False), (SUBJECT_ID, None))
]
# Beside the vocabulary: what the levels, addressees and sentences of alerts are made of.
OTHER_WORDS = {
    *("emergency", "urgent", "warning", "doctor", "neurologist", "symptom", "diary", "health"),
    *(
        "medical",
        "disease",
        "stroke",
        "警訊",
        "緊急",
        "醫師",
        "神經",
        "症狀",
        "日記",
        "健康",
        "疾病",
    ),
}
# In English: as words of their own, not inside others.
NAMES = {name.casefold() for codes in ALL_LISTS for code in codes for name in code.names()}
HEALTH_WORDS = NAMES | OTHER_WORDS
LATIN = {name for name in HEALTH_WORDS if name.isascii()}
CHINESE = HEALTH_WORDS - LATIN


def told(text):
    """Return the words of the vocabulary in a text."""
    text = text.casefold()
    inside = {name for name in LATIN if name in text}  # few, so that the slow part has little to do
    words = {name for name in inside if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
    return words | {name for name in CHINESE if name in text}


def test_n7_a_text_with_health_in_it_would_be_found():
    text = 'lip "twitch": face_droop, 上唇 and an Eyelid; doctor'

    assert {"lip", "twitch", "face_droop", "上唇", "eyelid", "doctor"} <= told(text)
    assert told("the lipid of a twitcher") == set()
    assert len(HEALTH_WORDS) > 5000


@pytest.mark.parametrize("message", MESSAGES)
def test_n7_a_push_body_says_nothing(server, clock, message):
    channel = WebPush(
        server.outgoing(), key=test_web_push.SERVICE_KEY, subject="mailto:a@b.example", clock=clock
    )

    channel.send(message, test_web_push.subscription(server), timeout=3)

    [asked] = server.asked
    plain = test_web_push.opened(asked).decode()
    assert json.loads(plain) == message.fields()
    assert told(plain) == set()
    assert asked.headers["urgency"] in {"high", "normal"}  # words of the protocol


@pytest.mark.parametrize("message", MESSAGES)
def test_n7_a_message_through_google_says_nothing(server, clock, message):
    account = service_account(
        {
            "project_id": "p",
            "client_email": "a@b.example",
            "private_key": test_fcm.PEM,
            "token_uri": f"{server.origin}/token",
        }
    )
    channel = Fcm(server.outgoing(), account, clock=clock, base_url=server.origin)
    server.answers.append(Told(200, body=b'{"access_token": "a", "expires_in": 3600}'))

    channel.send(message, {"token": "a-token"}, timeout=3)

    sent = server.asked[1].json()["message"]
    fixed = {"token", "android", "apns"}  # where to, and words of the protocol
    assert set(sent) == fixed | {"data"}
    assert told(json.dumps(sent["data"])) == set()


@pytest.mark.parametrize("message", MESSAGES)
def test_n7_a_webhook_says_nothing(server, clock, message):
    address = {"url": f"{server.origin}/hook", "secret": test_webhook.NEW}

    Webhook(server.outgoing(), clock=clock).send(message, address, timeout=3)

    [asked] = server.asked
    assert asked.json() == message.fields()
    assert told(asked.body.decode()) == set()


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("message", MESSAGES)
def test_n7_a_mail_says_nothing_and_the_same_whatever_it_is(message, language):
    address = {"email": "person@example.org", "language": language}

    Mail(sender=SENDER).send(message, address, timeout=3)

    [sent] = mail.outbox
    headers = " ".join(str(value) for value in sent.extra_headers.values())
    assert told(f"{sent.subject}\n{sent.body}\n{headers}") == set()
    assert (sent.subject, sent.body) == WORDS[language]
    assert set(sent.extra_headers) == {"Message-ID", "Auto-Submitted"}
    assert sent.message().get_content_type() == "text/plain"
