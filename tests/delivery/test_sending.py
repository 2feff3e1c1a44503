"""N6, N8, N12 and the life of one delivery: tried until accepted, judged again before every try."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from diary import delivery
from diary.delivery import LEASE
from diary.domain.deliveries import GIVE_UP_AFTER
from diary.models import Delivery, DeliveryAttempt, Endpoint
from diary.models.sealing import Sealed
from diary.operations.deliveries import claim_deliveries, judge, record, retry_dead
from diary.operations.devices import revoke_device
from diary.operations.outbox import plan_due_pushes
from tests.delivery.world import (
    ARRIVED,
    BROKEN,
    GONE,
    REFUSED,
    alerts_of,
    carry,
    carry_until,
    endpoint,
    everywhere,
    signed_in_device,
    write_emergency,
    write_visit,
)
from tests.everybody import every


class Crash(BaseException):
    """The process dies here: nothing after it is done, and nothing catches it."""


def crash(*_args, **_options):
    raise Crash


def test_an_emergency_reaches_the_phone_once_and_names_the_alert(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)

    carry(channel, clock)
    carry(channel, clock)

    [(name, message)] = channel.copies
    assert (name, message.kind, message.urgent) == ("phone", "alert", True)
    assert message.subject_id == alerts_of(alice)["E3"].id
    assert every(Delivery).get().state == "delivered"
    assert every(DeliveryAttempt).get().outcome == "delivered"


def test_n6_a_dead_endpoint_does_not_delay_another(alice, bob, clock, channel):
    endpoint(alice, "dead")
    endpoint(alice, "alive")
    endpoint(bob, "bob")
    channel.answers["dead"] = BROKEN
    write_emergency(alice)
    write_emergency(bob)

    carry(channel, clock)

    assert sorted(channel.names()) == ["alive", "bob", "dead"]
    states = dict(every(Delivery).values_list("endpoint_id", "state"))
    assert sorted(states.values()) == ["delivered", "delivered", "pending"]


def test_n6_news_for_an_endpoint_that_fails_queues_behind_those_that_work(alice, clock, channel):
    endpoint(alice, "dead")
    channel.answers["dead"] = BROKEN
    write_visit(alice)
    carry(channel, clock)

    write_emergency(alice)
    delivery.run_outbox(everywhere(channel), clock=clock)

    assert channel.names() == ["dead"]
    assert list(every(Delivery).values_list("again", flat=True)) == [True, True]


def test_an_endpoint_that_works_again_is_back_in_the_first_lane(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = BROKEN
    write_visit(alice)
    carry(channel, clock)
    channel.answers.clear()
    clock.move(seconds=1)

    carry(channel, clock)

    assert channel.names() == ["phone", "phone"]
    assert every(Endpoint).get().failing_since is None


def test_n8_a_crash_between_sending_and_marking_sends_a_copy_with_the_same_key(
    alice, clock, channel, monkeypatch
):
    endpoint(alice)
    write_emergency(alice)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "record", crash)
        with pytest.raises(Crash):
            carry(channel, clock)
    clock.now += LEASE + timedelta(seconds=1)

    carry(channel, clock)

    assert len(channel.keys()) == 2
    assert len(set(channel.keys())) == 1
    assert every(Delivery).get().state == "delivered"


def test_n8_a_crash_before_sending_loses_nothing(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)
    channel.answers["phone"] = crash
    with pytest.raises(Crash):
        carry(channel, clock)
    channel.answers.clear()
    clock.now += LEASE + timedelta(seconds=1)

    carry(channel, clock)

    assert len(channel.copies) == 2
    assert every(Delivery).get().state == "delivered"


@pytest.mark.parametrize(
    ("result", "state"),
    [(ARRIVED, "delivered"), (BROKEN, "pending"), (GONE, "pending")],
)
def test_of_a_try_whose_lease_was_lost_only_good_news_counts(result, state, alice, clock):
    endpoint(alice)
    write_emergency(alice)
    plan_due_pushes(now=clock.now, limit=1, lease=LEASE)
    [late] = claim_deliveries(now=clock.now, until=clock.now + LEASE, limit=1, again=False)
    clock.now += LEASE + timedelta(seconds=1)
    claim_deliveries(now=clock.now, until=clock.now + LEASE, limit=1, again=False)

    record(late, result, now=clock.now, jitter=0)

    assert every(Delivery).get().state == state
    assert every(DeliveryAttempt).count() == (state == "delivered")
    assert every(Endpoint).count() == 1


def test_n12_a_revoked_device_gets_nothing(alice, clock, channel):
    lost, kept = signed_in_device(alice), signed_in_device(alice)
    endpoint(alice, "lost", device=lost.id)
    endpoint(alice, "kept", device=kept.id)
    write_emergency(alice)

    revoke_device(alice.pk, lost.id, now=clock.now)
    carry(channel, clock)

    assert channel.names() == ["kept"]
    assert every(Endpoint).count() == 1


def test_n12_a_device_signed_out_after_the_planning_gets_nothing(alice, clock, channel):
    device = signed_in_device(alice)
    endpoint(alice, device=device.id)
    channel.answers["phone"] = BROKEN
    write_emergency(alice)
    carry(channel, clock)

    Session.objects.filter(session_key=device.session_digest).delete()
    clock.move(seconds=1)
    carry(channel, clock)

    assert len(channel.copies) == 1
    assert every(Delivery).get().state == "dropped"


def test_an_account_that_is_closed_gets_nothing(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)
    alice.is_active = False
    alice.save()

    carry(channel, clock)

    assert channel.copies == []


def test_an_endpoint_that_is_gone_is_removed_and_the_other_still_tried(alice, clock, channel):
    endpoint(alice, "gone")
    endpoint(alice, "alive")
    channel.answers["gone"] = GONE
    write_emergency(alice)

    carry(channel, clock)

    assert sorted(channel.names()) == ["alive", "gone"]
    assert sorted(every(Delivery).values_list("state", flat=True)) == ["delivered", "dropped"]
    assert every(Endpoint).count() == 1


def test_what_is_refused_is_a_dead_letter_at_once_and_can_be_tried_again(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = REFUSED
    write_emergency(alice)
    carry(channel, clock)
    [dead] = every(Delivery).dead()
    channel.answers.clear()

    retried = retry_dead([dead.id], now=clock.now)
    carry(channel, clock)

    assert (dead.last_error, retried) == ("http_400", 1)
    assert every(Delivery).get().state == "delivered"
    assert channel.keys() == [str(dead.id)] * 2


def test_after_seventy_two_hours_of_failures_it_is_a_dead_letter(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = BROKEN
    write_emergency(alice)
    end = clock.now + GIVE_UP_AFTER

    carry_until(channel, clock, end, step=timedelta(hours=1))

    [dead] = every(Delivery).dead()
    assert end - timedelta(hours=2) <= dead.finished_at <= end
    assert every(DeliveryAttempt).count() == dead.attempts == len(channel.copies)


def test_what_was_never_tried_is_tried_however_old_it_is(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)
    clock.move(days=10)

    carry(channel, clock)

    assert len(channel.copies) == 1


def test_one_letter_that_cannot_be_judged_does_not_stop_the_others(
    alice, bob, clock, channel, monkeypatch
):
    endpoint(alice, "alice")
    endpoint(bob, "bob")
    write_emergency(alice)
    write_emergency(bob)

    def judge_bob(one, *, now):
        return crash_softly() if one.recipient_id == alice.pk else judge(one, now=now)

    monkeypatch.setattr(delivery, "judge", judge_bob)
    carry(channel, clock)

    assert channel.names() == ["bob"]
    failed = every(Delivery).get(recipient=alice)
    assert (failed.state, failed.attempts, failed.last_error) == ("pending", 1, "ArithmeticError")


def test_a_channel_nobody_configured_is_tried_again_later(alice, clock):
    endpoint(alice)
    write_emergency(alice)

    delivery.run_outbox({}, clock=clock)

    failed = every(Delivery).get()
    assert (failed.state, failed.last_error) == ("pending", "not_configured")


def test_an_address_that_does_not_open_holds_up_nobody(alice, clock, channel):
    lost = endpoint(alice, "lost")
    endpoint(alice, "alive")
    every(Endpoint).filter(id=lost.id).update(address=Sealed(b"sealed elsewhere"))
    write_emergency(alice)

    carry(channel, clock)

    assert channel.names() == ["alive"]
    assert every(Delivery).get(endpoint_id=lost.id).last_error == "CannotOpen"


def test_what_could_not_be_written_down_is_sent_again_with_the_same_key(
    alice, clock, channel, monkeypatch, caplog
):
    endpoint(alice)
    write_emergency(alice)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "record", crash_softly)
        carry(channel, clock)
    clock.now += LEASE + timedelta(seconds=1)

    carry(channel, clock)

    assert len(channel.keys()) == 2
    assert len(set(channel.keys())) == 1
    assert "recording failed" in caplog.text


def crash_softly(*_args, **_options):
    raise ArithmeticError
