"""E-mail through a real SMTP server on loopback."""

import socket
import threading
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from diary.channels.base import ChannelsMisconfigured, Outcome, Result
from diary.channels.mail import WORDS, Mail
from tests.diary.channels.servers import LOOPBACK

ADDRESS = {"email": "person@example.org", "language": "en"}


class Inbox:
    """Keeps what comes; `refusal` and `verdict` are what recipients and texts are answered with."""

    def __init__(self, refusal="", verdict="250 OK"):
        self.mails = []
        self.refusal = refusal
        self.verdict = verdict

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return self.verdict


@contextmanager
def served(settings, inbox):
    controller = Controller(inbox, hostname=LOOPBACK, port=0)
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        controller.port = free.getsockname()[1]
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = LOOPBACK, controller.port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    yield inbox
    controller.stop()


@pytest.fixture
def channel():
    return Mail(sender="Quiver <quiver@example.org>")


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_mail_arrives_in_the_persons_language(settings, channel, alert, language):
    with served(settings, Inbox()) as inbox:
        result = channel.send(alert, ADDRESS | {"language": language}, timeout=3)

    [mail] = inbox.mails
    subject, text = WORDS[language]
    assert result == Result(outcome=Outcome.DELIVERED)
    assert (mail["From"], mail["To"]) == ("Quiver <quiver@example.org>", "person@example.org")
    assert (mail["Subject"], mail.get_content().splitlines()) == (subject, text.splitlines())


def test_copies_of_a_mail_have_the_same_id_and_ask_for_no_automatic_answer(
    settings, channel, alert
):
    with served(settings, Inbox()) as inbox:
        channel.send(alert, ADDRESS, timeout=3)
        channel.send(alert, ADDRESS, timeout=3)

    assert {mail["Message-ID"] for mail in inbox.mails} == {f"<{alert.key}@example.org>"}
    assert {mail["Auto-Submitted"] for mail in inbox.mails} == {"auto-generated"}


@pytest.mark.parametrize(
    ("refusal", "result"),
    [
        ("550 5.1.1 No such user", Result(outcome=Outcome.GONE, error_class="smtp_550")),
        ("556 5.1.10 Null MX", Result(outcome=Outcome.GONE, error_class="smtp_556")),
        ("550 No", Result(outcome=Outcome.RETRY, error_class="smtp_550")),
        ("550 5.7.1 Looks like spam", Result(outcome=Outcome.RETRY, error_class="smtp_550")),
        ("552 5.2.2 Mailbox full", Result(outcome=Outcome.RETRY, error_class="smtp_552")),
        ("451 4.7.1 Greylisted", Result(outcome=Outcome.RETRY, error_class="smtp_451")),
    ],
)
def test_only_a_mailbox_that_does_not_exist_is_gone(settings, channel, alert, refusal, result):
    with served(settings, Inbox(refusal)) as inbox:
        assert channel.send(alert, ADDRESS, timeout=3) == result

    assert inbox.mails == []


def test_a_text_that_is_refused_removes_no_mailbox(settings, channel, alert):
    with served(settings, Inbox(verdict="554 5.1.1 No")):
        result = channel.send(alert, ADDRESS, timeout=3)

    assert result == Result(outcome=Outcome.RETRY, error_class="smtp_554")


def test_a_server_that_does_not_answer_is_another_time(settings, channel, alert):
    with served(settings, Inbox()):
        pass

    result = channel.send(alert, ADDRESS, timeout=3)

    assert result == Result(outcome=Outcome.RETRY, error_class="unreachable")


def test_a_server_that_drips_is_left_at_the_deadline(settings, channel, alert):
    done = threading.Event()

    def drip(listener):
        accepted, _ = listener.accept()
        with accepted:
            while not done.wait(0.05):
                accepted.sendall(b"220-Wait\r\n")  # a greeting that never comes to an end

    with socket.create_server((LOOPBACK, 0)) as listener:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
        thread = threading.Thread(target=drip, args=(listener,))
        thread.start()

        result = channel.send(alert, ADDRESS, timeout=0.3)
        done.set()
        thread.join()

    assert result == Result(outcome=Outcome.RETRY, error_class="timeout")


@pytest.mark.parametrize(
    "address",
    [
        {"email": "person"},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"email": f"{'a' * 250}@example.org"},
        {"email": "person@example.org", "language": "xx"},
        {},
    ],
)
def test_what_is_no_address_gets_no_mail(channel, alert, address):
    assert channel.send(alert, address, timeout=3).outcome is Outcome.REFUSED


def test_a_sender_that_is_no_address_stops_the_start():
    with pytest.raises(ChannelsMisconfigured):
        Mail(sender="Quiver")
