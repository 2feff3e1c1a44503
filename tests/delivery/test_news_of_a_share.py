"""The person is told that somebody has opened what they share, and not a word more."""

from datetime import timedelta

import pytest

from reports.operations.shares import open_share
from tests.delivery.test_followers_and_reminders import QUIET, ask_for
from tests.delivery.world import carry, endpoint, follow
from tests.factories import NOW
from tests.reports.shared import DOCTOR, opened, shared

pytestmark = pytest.mark.django_db


def test_the_person_is_told_once_for_each_opening(alice, clock, channel):
    endpoint(alice)
    granted = shared(alice)

    opened(granted)
    carry(channel, clock)
    opened(granted)
    carry(channel, clock)

    fields = [message.fields() for _, message in channel.copies]
    assert [(each["t"], each["id"]) for each in fields] == [("share", None)] * 2
    assert len(set(channel.keys())) == 2
    assert {message.urgent for _, message in channel.copies} == {False}


def test_a_refused_try_is_no_news(alice, clock, channel):
    endpoint(alice)

    open_share(shared(alice).secret, "000001", DOCTOR, now=NOW)
    carry(channel, clock)

    assert channel.copies == []


def test_quiet_hours_hold_it_until_their_end(alice, clock, channel):
    endpoint(alice)
    ask_for(alice, **QUIET)
    opened(shared(alice))

    carry(channel, clock)
    in_quiet_hours = list(channel.copies)
    clock.now = NOW + timedelta(hours=4)
    carry(channel, clock)

    assert in_quiet_hours == []
    assert len(channel.copies) == 1


def test_followers_are_not_told(alice, bob, clock, channel):
    endpoint(alice, "alice")
    endpoint(bob, "bob")
    follow(alice, bob)
    opened(shared(alice))

    carry(channel, clock)

    assert channel.names() == ["alice"]
