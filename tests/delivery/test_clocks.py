"""N5 and N9: days without a way out, and a server whose clock jumps."""

from datetime import timedelta

import pytest

from diary.delivery import LEASE, run_outbox
from diary.domain.deliveries import UNSEEN_AFTER, EndpointKind
from diary.models import Delivery, PushDue
from diary.operations.deliveries import claim_deliveries
from diary.operations.outbox import plan_due_pushes
from tests.delivery.world import (
    BROKEN,
    carry,
    carry_until,
    endpoint,
    everywhere,
    write_emergency,
    write_visit,
)
from tests.everybody import every
from tests.factories import NOW

SOON = timedelta(seconds=12)  # a lease and a little


def carry_for(channel, clock, span):
    carry_until(channel, clock, clock.now + span, step=timedelta(seconds=2))


def test_n5_after_a_day_without_a_way_out_everything_is_delivered(people, clock, channel):
    people = people[:3]
    for person in people:
        endpoint(person, str(person.pk))
        channel.answers[str(person.pk)] = BROKEN
        write_emergency(person)
    carry_until(channel, clock, NOW + timedelta(days=1), step=timedelta(minutes=30))
    channel.answers.clear()
    before = len(channel.copies)

    carry_until(channel, clock, clock.now + timedelta(hours=1), step=timedelta(minutes=10))

    assert set(every(Delivery).values_list("state", flat=True)) == {"delivered"}
    assert len(channel.copies) - before == len(set(channel.keys())) == len(people)
    assert before < len(people) * 65  # a dozen growing pauses, then one each half to whole hour


def test_n9_an_alert_from_before_the_clock_was_put_back_is_told_at_once(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice, now=clock.now)
    clock.move(hours=-1)

    carry(channel, clock)

    assert channel.names() == ["phone"]
    assert not every(PushDue).exists()


def test_n9_a_delivery_planned_before_the_clock_was_put_back_is_sent_at_once(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)
    plan_due_pushes(now=clock.now, limit=1, lease=LEASE)
    clock.move(hours=-1)

    carry(channel, clock)

    assert channel.names() == ["phone"]


def test_n9_a_lease_from_before_the_clock_was_put_back_stalls_nothing(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)
    plan_due_pushes(now=clock.now, limit=1, lease=LEASE)
    claim_deliveries(now=clock.now, until=clock.now + LEASE, limit=1, again=False)
    clock.move(hours=-1)

    carry_for(channel, clock, SOON)

    assert channel.names() == ["phone"]


def test_n9_a_pause_is_as_long_as_before_when_the_clock_is_put_back(alice, clock, channel):
    endpoint(alice, "phone")
    endpoint(alice, "mailbox", kind=EndpointKind.EMAIL)
    write_emergency(alice)
    carry(channel, clock)
    clock.move(hours=-1)

    carry_until(channel, clock, clock.now + UNSEEN_AFTER - SOON, step=timedelta(minutes=1))
    too_early = channel.names()
    carry_for(channel, clock, 2 * SOON)

    assert too_early == ["phone"]
    assert channel.names() == ["phone", "mailbox"]


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)])
def test_n9_a_jump_of_the_clock_starts_no_storm(jump, alice, bob, clock, channel):
    endpoint(alice, "dead")
    endpoint(bob, "alive")
    channel.answers["dead"] = BROKEN
    write_emergency(alice)
    write_visit(bob)
    carry_for(channel, clock, timedelta(minutes=1))
    before = channel.names()

    clock.now += jump
    carry(channel, clock)

    assert before.count("alive") == channel.names().count("alive") == 1
    assert len(channel.names()) - len(before) <= 1
    assert len(set(channel.keys())) == 2


def test_a_host_whose_clock_is_a_little_ahead_does_not_take_over_what_another_sends(
    alice, clock, channel
):
    endpoint(alice)
    write_emergency(alice)
    plan_due_pushes(now=clock.now, limit=1, lease=LEASE)
    ahead = clock.now + timedelta(seconds=4)
    claim_deliveries(now=ahead, until=ahead + LEASE, limit=1, again=False)

    run_outbox(everywhere(channel), clock=clock)

    assert channel.copies == []
