"""N10 and N14: several outboxes at once, and a day on which everybody has an alert."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connections

from diary import delivery
from diary.models import Delivery
from diary.operations.looks import look_at
from tests.delivery.world import (
    ARRIVED,
    alerts_of,
    carry,
    endpoint,
    everywhere,
    write_emergency,
    write_visit,
)
from tests.everybody import every
from tests.factories import NOW

WORKERS = 5  # two schedulers' sweeps and three processes of their own
URGENT_SECONDS = 5


def together(*calls):
    """Run the calls at the same moment, each in a thread and on connections of its own."""
    barrier = threading.Barrier(len(calls))
    errors = []

    def run(call):
        barrier.wait()
        try:
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def slowly():
    time.sleep(0.02)
    return ARRIVED


def test_n10_five_outboxes_at_once_send_nothing_twice(people, clock, channel):
    for person in people:
        endpoint(person, str(person.pk))
        channel.answers[str(person.pk)] = slowly
        write_emergency(person)

    together(
        *[lambda: delivery.run_outbox(everywhere(channel), clock=clock) for _ in range(WORKERS)]
    )

    assert sorted(channel.names()) == sorted(str(person.pk) for person in people)
    assert set(every(Delivery).values_list("state", flat=True)) == {"delivered"}


@pytest.mark.django_db(transaction=True)
def test_n10_a_write_while_the_outbox_plans_is_not_forgotten(alice, clock, channel):
    endpoint(alice)
    write_visit(alice)

    together(
        lambda: delivery.run_outbox(everywhere(channel), clock=clock),
        lambda: write_emergency(alice),
        lambda: look_at(alice.pk, now=NOW),
    )
    carry(channel, clock)

    told = {message.subject_id for _, message in channel.copies}
    assert {alert.id for alert in alerts_of(alice).values()} == told


def test_n14_with_many_alerts_at_once_the_urgent_ones_are_first(people, clock, channel):
    urgent = people[20:]  # written last, so that only their urgency can bring them to the front
    arrived: list[float] = []
    for person in people:
        endpoint(person, str(person.pk))
        (write_emergency if person in urgent else write_visit)(person)
    for person in urgent:
        channel.answers[str(person.pk)] = lambda: note_arrival(arrived)

    began = time.monotonic()
    delivery.run_outbox(everywhere(channel), clock=clock)

    soon = channel.copies[: len(urgent) + delivery.PLAN_AT_ONCE]
    assert [message.urgent for _, message in soon].count(True) == len(arrived) == len(urgent)
    assert len(channel.copies) == len(people)
    assert arrived[-1] - began < URGENT_SECONDS


def note_arrival(arrived):
    arrived.append(time.monotonic())
    return ARRIVED


def test_slow_endpoints_keep_nobody_waiting_but_their_own(people, clock, channel):
    release, in_time = threading.Event(), []
    slow, quick = people[: delivery.SENDERS - 1], people[delivery.SENDERS - 1 :]
    for person in people:
        endpoint(person, str(person.pk))
        write_emergency(person)
    for person in slow:
        channel.answers[str(person.pk)] = lambda: release.wait(timeout=60) and ARRIVED

    def release_after_the_quick():
        deadline = time.monotonic() + 30
        while not reached(channel, quick) and time.monotonic() < deadline:
            time.sleep(0.02)
        in_time.append(reached(channel, quick))
        release.set()

    together(release_after_the_quick, lambda: delivery.run_outbox(everywhere(channel), clock=clock))

    assert in_time == [True]
    assert every(Delivery).filter(state="delivered").count() == len(people)


def reached(channel, people):
    return {str(person.pk) for person in people} <= set(channel.names())


def test_once_told_to_stop_nothing_new_is_begun(people, clock, channel):
    for person in people:
        endpoint(person, str(person.pk))
        write_emergency(person)

    done = delivery.run_outbox(
        everywhere(channel), clock=clock, stop=lambda: len(channel.copies) > 0
    )

    assert 0 < len(channel.copies) < len(people)
    assert done > 0
    assert every(Delivery).filter(state="delivered").count() == len(channel.copies)


def test_a_second_look_at_the_same_moment_sends_no_more(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)

    assert carry(channel, clock) > 0
    clock.now += timedelta(seconds=1)
    assert carry(channel, clock) == 0
