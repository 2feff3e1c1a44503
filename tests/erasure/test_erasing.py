"""The days of grace, the two mails, and a sweep that may die between any two steps."""

import json
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError

from diary.domain.erasure import receipt_digest
from diary.domain.wire.profile import ProfileData
from diary.models import AccessLogRow, Device, Erasure, ErasureTombstone, User
from diary.models.isolation import acting_for
from diary.operations import erasure
from diary.operations.erasure import LEASE, ask_for_erasure, erase_due, take_back_erasure
from diary.operations.profile import save_profile
from diary.queries.erasure import erased_on
from diary.tasks import erase_what_is_due
from tests.delivery.world import signed_in_device
from tests.everybody import every
from tests.factories import NOW, episode, make_person, operation, write_one

pytestmark = pytest.mark.django_db

GRACE = timedelta(days=14)
AGAIN = LEASE + timedelta(seconds=1)


@pytest.fixture
def alice():
    person = make_person("alice")
    write_one(person, operation(episode()))
    return person


def asked(person) -> str:
    """Ask, let the mail be sent, and return the receipt's number."""
    receipt = ask_for_erasure(person.pk, now=NOW)[0].receipt
    erase_due(now=NOW, limit=1)
    return receipt


def lives(person) -> bool:
    return User.objects.filter(pk=person.pk).exists()


def test_asking_again_changes_neither_the_day_nor_the_receipt(alice):
    first, is_new = ask_for_erasure(alice.pk, now=NOW)
    second, is_new_again = ask_for_erasure(alice.pk, now=NOW + timedelta(days=3))

    assert (is_new, is_new_again) == (True, False)
    assert (second.receipt, second.erase_at) == (first.receipt, NOW + GRACE)


def test_the_person_is_told_once_by_mail_in_their_language_without_a_word_of_the_diary(alice):
    save_profile(alice.pk, ProfileData(language="zh-Hant"), base_version=None, now=NOW)

    receipt = asked(alice)
    erase_due(now=NOW + AGAIN, limit=1)

    [sent] = mail.outbox
    assert sent.to == [alice.email]
    assert sent.subject == "您的帳號將被刪除"
    assert receipt in sent.body
    assert "2026-03-24" in sent.body


def test_nothing_happens_before_the_days_of_grace_are_over(alice):
    asked(alice)

    erase_due(now=NOW + GRACE - timedelta(seconds=1), limit=1)

    assert lives(alice)


def test_afterwards_the_account_is_gone_and_its_receipt_can_be_confirmed(alice, erasure_list):
    receipt = asked(alice)

    erase_due(now=NOW + GRACE, limit=1)

    assert not lives(alice)
    assert erased_on(receipt.lower().replace("-", " ")) == (NOW + GRACE).date()
    assert mail.outbox[-1].subject == "Your account has been erased"
    assert receipt in mail.outbox[-1].body
    assert erasure_list.stat().st_mode & 0o777 == 0o600


def test_an_erasure_that_was_taken_back_does_not_come(alice):
    asked(alice)

    take_back_erasure(alice.pk, now=NOW)
    erase_due(now=NOW + GRACE, limit=1)

    assert lives(alice)
    assert not ErasureTombstone.objects.exists()


def test_asking_and_taking_back_stand_in_the_access_log_once(alice):
    for _ in range(2):
        ask_for_erasure(alice.pk, now=NOW)
    for _ in range(2):
        take_back_erasure(alice.pk, now=NOW)

    with acting_for(alice.pk):
        actions = AccessLogRow.objects.order_by("number").values_list("action", flat=True)
        assert [name for name in actions if name.startswith("erasure")] == [
            "erasure_asked",
            "erasure_withdrawn",
        ]


def test_taking_back_comes_too_late_once_it_has_begun(alice, monkeypatch):
    asked(alice)
    fail_at(monkeypatch, "write_down", OSError)
    erase_due(now=NOW + GRACE, limit=1)

    take_back_erasure(alice.pk, now=NOW)

    assert every(Erasure).get().begun_at == NOW + GRACE


def test_nobody_is_erased_who_could_not_be_told(alice, monkeypatch):
    monkeypatch.setattr("diary.channels.account_mail.send_mail", raising(ConnectionRefusedError))
    asked(alice)

    erase_due(now=NOW + GRACE, limit=1)
    assert lives(alice)

    monkeypatch.undo()
    erase_due(now=NOW + GRACE + AGAIN, limit=1)
    erase_due(now=NOW + GRACE + 2 * AGAIN, limit=1)
    assert not lives(alice)


@pytest.mark.parametrize(("code", "told"), [(550, True), (450, False)])
def test_a_mailbox_that_is_gone_for_good_counts_as_told(alice, monkeypatch, code, told):
    refusal = smtplib.SMTPRecipientsRefused({alice.email: (code, b"no")})
    monkeypatch.setattr("diary.channels.account_mail.send_mail", raising(refusal))

    asked(alice)

    assert (every(Erasure).get().told_at == NOW) is told


@pytest.mark.parametrize("step", ["_begin", "write_down", "erase_now"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_sweep_that_dies_between_two_steps_is_taken_up_again(alice, monkeypatch, step, when):
    receipt = asked(alice)
    fail_at(monkeypatch, step, KeyboardInterrupt, when=when)
    with pytest.raises(KeyboardInterrupt):
        erase_due(now=NOW + GRACE, limit=1)
    monkeypatch.undo()

    erase_due(now=NOW + GRACE + AGAIN, limit=1)

    assert not lives(alice)
    assert ErasureTombstone.objects.get().receipt_digest == receipt_digest(receipt)


def test_no_row_goes_before_its_tombstone_is_on_the_disk(alice, monkeypatch):
    asked(alice)
    fail_at(monkeypatch, "write_down", OSError)

    erase_due(now=NOW + GRACE, limit=1)

    assert lives(alice)
    assert not ErasureTombstone.objects.exists()


def test_from_its_beginning_on_nobody_is_signed_in(alice, monkeypatch):
    device = signed_in_device(alice)
    asked(alice)
    fail_at(monkeypatch, "erase_now", OperationalError)

    erase_due(now=NOW + GRACE, limit=1)

    assert not User.objects.get(pk=alice.pk).is_active
    assert not every(Device).signed_in(now=NOW).filter(id=device.id).exists()


def test_one_that_fails_does_not_hold_up_the_others(alice, monkeypatch):
    bob = make_person("bob")
    for person in (alice, bob):
        ask_for_erasure(person.pk, now=NOW)
    erase_due(now=NOW, limit=2)
    inside = erasure.erase_now

    def failing(person_id, tombstone):
        if person_id == alice.pk:
            raise OperationalError
        inside(person_id, tombstone)

    monkeypatch.setattr(erasure, "erase_now", failing)
    erase_due(now=NOW + GRACE, limit=2)

    assert (lives(alice), lives(bob)) == (True, False)


def test_the_list_holds_one_line_for_each_that_can_be_read_after_a_torn_one(alice, erasure_list):
    erasure_list.parent.mkdir()
    erasure_list.write_text('{"key": "0123')
    asked(alice)

    erase_due(now=NOW + GRACE, limit=1)

    lines = [line for line in erasure_list.read_text().splitlines() if line]
    assert lines[0] == '{"key": "0123'
    assert set(json.loads(lines[1])) == {"key", "person", "erased_on", "receipt"}


def test_the_sweep_of_celery_erases_everybody_who_is_due(alice, settings):
    settings.ERASURE_GRACE = timedelta(0)
    ask_for_erasure(alice.pk, now=NOW)

    erase_what_is_due()
    erase_what_is_due()

    assert not lives(alice)


def fail_at(monkeypatch, step, error, *, when="before"):
    """Let one step of the sweep fail, before or after it did its work."""
    inside = getattr(erasure, step)

    def failing(*arguments, **options):
        if when == "after":
            inside(*arguments, **options)
        raise error

    monkeypatch.setattr(erasure, step, failing)


def raising(error):
    def fail(*_, **__):
        raise error

    return fail
