"""How far behind the outbox says it is."""

from datetime import timedelta

import pytest

from diary.domain.lifecycle import PersonAction
from diary.models import Delivery
from diary.operations.alerts import answer_alert
from diary.queries.outbox import backlog
from tests.delivery.world import (
    BROKEN,
    REFUSED,
    alerts_of,
    carry,
    endpoint,
    write_emergency,
    write_visit,
)
from tests.everybody import every
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_nothing_to_do_is_no_backlog():
    found = backlog(now=NOW)

    assert (found.oldest, found.dead) == (timedelta(0), 0)


def test_an_alert_nobody_has_planned_for_ages(alice):
    write_emergency(alice)

    assert backlog(now=NOW + MINUTE).oldest == MINUTE


def test_what_waits_for_its_next_try_is_not_late_until_then(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = BROKEN
    write_emergency(alice)
    carry(channel, clock)
    due_at = every(Delivery).get().due_at

    assert backlog(now=due_at - timedelta(microseconds=1)).oldest == timedelta(0)
    assert backlog(now=due_at + MINUTE).oldest == MINUTE


def test_what_is_snoozed_is_not_late(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = BROKEN
    write_visit(alice)
    carry(channel, clock)
    until = NOW + timedelta(days=30)
    answer_alert(
        alice.pk,
        alerts_of(alice)["N1"].id,
        PersonAction.SNOOZE,
        now=NOW,
        today=NOW.date(),
        snooze_until=until,
    )
    clock.now = NOW + MINUTE
    carry(channel, clock)

    assert backlog(now=until).oldest == timedelta(0)


def test_dead_letters_are_counted_and_make_nothing_late(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = REFUSED
    write_emergency(alice)
    carry(channel, clock)

    found = backlog(now=NOW + timedelta(days=1))

    assert (found.oldest, found.dead) == (timedelta(0), 1)
