"""What followers are told and how often, what quiet hours hold, and reminders on their way."""

from datetime import timedelta

import pytest

from diary.domain.deliveries import UNSEEN_AFTER, EndpointKind
from diary.domain.following import Terms
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import Delivery
from diary.models.isolation import acting_for
from diary.operations.alerts import note_seen
from diary.operations.following import (
    change_terms,
    end_following,
    invite,
    note_seen_by_follower,
    take_up,
)
from diary.operations.profile import save_profile
from diary.queries.deliveries import messages_about
from tests.delivery.world import (
    BROKEN,
    alerts_of,
    carry,
    carry_until,
    endpoint,
    write_emergency,
    write_visit,
)
from tests.everybody import every
from tests.factories import NOW, check_in, episode, make_person, operation, symptom, write_one

QUARTER = UNSEEN_AFTER
PRESSING = ("urgent", "emergency")


@pytest.fixture
def follow(alice, bob):
    """Let Bob follow the pressing alerts of Alice, on a phone of his own."""
    endpoint(bob, "bob")
    return following(alice, bob)


def following(person, follower, *, levels=PRESSING, repeats=3):
    terms = Terms(label="Bob", relation="friend", levels=levels, repeats=repeats, may_log=False)
    _, code = invite(person.pk, terms, now=NOW)
    return take_up(follower.pk, code, label="Alice", now=NOW)[0]


def ask_for(person, *, now=NOW, **fields):
    save_profile(person.pk, ProfileData(**fields), base_version=None, now=now)


def times_told(channel, clock):
    carry_until(channel, clock, clock.now + 6 * QUARTER, step=QUARTER)
    return channel.names().count("bob")


def emergency_of(person):
    return alerts_of(person)["E3"].id


def test_an_alert_nobody_sees_is_told_a_follower_four_times_a_quarter_apart(
    alice, follow, clock, channel
):
    write_emergency(alice)

    told = times_told(channel, clock)

    assert told == 4
    due = [delivery.due_at - NOW for delivery in every(Delivery).order_by("due_at")]
    assert due == [timedelta(0), QUARTER, 2 * QUARTER, 3 * QUARTER]
    assert len(set(channel.keys())) == 4


def test_once_the_follower_has_seen_it_nothing_is_repeated_to_them(
    alice, bob, follow, clock, channel
):
    write_emergency(alice)
    carry(channel, clock)

    note_seen_by_follower(bob.pk, follow.id, emergency_of(alice), now=clock.now)

    assert times_told(channel, clock) == 1


def test_once_the_person_has_seen_it_nothing_is_repeated(alice, follow, clock, channel):
    write_emergency(alice)
    carry(channel, clock)

    note_seen(alice.pk, emergency_of(alice), now=clock.now)

    assert times_told(channel, clock) == 1


def test_a_new_sign_is_told_again_to_a_follower_who_saw_the_first(
    alice, bob, follow, clock, channel
):
    write_emergency(alice)
    carry(channel, clock)
    note_seen_by_follower(bob.pk, follow.id, emergency_of(alice), now=clock.now)
    clock.move(hours=1)

    sign = episode(symptoms=[symptom("one_sided_weakness", onset="sudden")])
    write_one(alice, operation(sign), now=clock.now)

    assert times_told(channel, clock) == 1 + 4


def test_what_one_follower_has_seen_is_repeated_to_another(alice, follow, clock, channel):
    carol = make_person("carol")
    other = following(alice, carol)
    write_emergency(alice)

    note_seen_by_follower(carol.pk, other.id, emergency_of(alice), now=NOW)

    assert times_told(channel, clock) == 4


@pytest.mark.parametrize("side", ["person_id", "follower_id"])
def test_an_ended_following_ends_what_was_on_its_way(alice, bob, follow, clock, channel, side):
    write_emergency(alice)
    carry(channel, clock)

    who = {"person_id": alice, "follower_id": bob}[side]
    end_following(follow.id, now=clock.now, **{side: who.pk})

    assert times_told(channel, clock) == 1


def test_a_level_that_is_taken_away_counts_for_what_is_on_its_way(alice, follow, clock, channel):
    write_emergency(alice)
    carry(channel, clock)

    change_terms(alice.pk, follow.id, {"levels": ["see_doctor"]}, now=clock.now)

    assert times_told(channel, clock) == 1


def test_an_open_invitation_is_told_nothing(alice, clock, channel):
    invite(
        alice.pk,
        Terms(label="?", relation="friend", levels=PRESSING, repeats=3, may_log=True),
        now=NOW,
    )
    write_emergency(alice)

    carry(channel, clock)

    assert channel.copies == []


def test_the_person_sees_what_became_of_the_messages_and_no_address(alice, follow, clock, channel):
    endpoint(alice, "alice's phone", kind=EndpointKind.WEB_PUSH)
    channel.answers["bob"] = BROKEN
    write_emergency(alice)
    carry(channel, clock)

    with acting_for(alice.pk):
        own, follower, *later = messages_about(alice.pk, emergency_of(alice))

    assert (own.to_follower, own.kind, own.attempts) == (False, "web_push", 1)
    assert own.state == "delivered"
    assert (follower.label, follower.kind, follower.last_error) == ("Bob", "", "")
    assert (follower.state, follower.attempts) == ("pending", 1)
    assert {one.state for one in later} == {"pending"}


QUIET = {"quiet_from_minutes": 11 * 60, "quiet_until_minutes": 15 * 60}  # it is noon


def test_quiet_hours_hold_a_visit_until_their_end(alice, clock, channel):
    endpoint(alice)
    ask_for(alice, **QUIET)
    write_visit(alice)

    carry(channel, clock)
    clock.move(hours=3, seconds=-1)
    carry(channel, clock)
    held = len(channel.copies)
    clock.move(seconds=1)
    carry(channel, clock)

    assert (held, len(channel.copies)) == (0, 1)


def test_quiet_hours_never_hold_an_emergency_of_ones_own_or_of_somebody_followed(
    alice, bob, follow, clock, channel
):
    endpoint(alice, "alice")
    ask_for(alice, **QUIET)
    ask_for(bob, **QUIET)
    write_emergency(alice)

    carry(channel, clock)

    assert sorted(channel.names()) == ["alice", "bob"]


def test_the_followers_own_quiet_hours_count_for_a_visit(alice, bob, clock, channel):
    endpoint(alice, "alice")
    endpoint(bob, "bob")
    following(alice, bob, levels=("see_doctor",))
    ask_for(bob, **QUIET)
    write_visit(alice)

    carry(channel, clock)

    assert channel.names() == ["alice"]


def asked_for_noon(person):
    endpoint(person)
    ask_for(person, reminder_daily=True, reminder_minutes=12 * 60, now=NOW - timedelta(hours=1))


def test_a_reminder_says_that_it_is_one_and_nothing_else(alice, clock, channel):
    asked_for_noon(alice)

    carry_until(channel, clock, NOW + timedelta(days=2), step=timedelta(minutes=30))

    fields = [message.fields() for _, message in channel.copies]
    assert len(fields) == 3
    assert all(set(each) == {"t", "id", "key"} for each in fields)
    assert {(each["t"], each["id"]) for each in fields} == {("reminder", None)}
    assert len({each["key"] for each in fields}) == 3


def test_a_reminder_that_failed_is_not_tried_again_once_the_check_in_is_there(
    alice, clock, channel
):
    asked_for_noon(alice)
    channel.answers["phone"] = BROKEN
    carry(channel, clock)
    tries = len(channel.copies)

    write_one(alice, operation(check_in("2026-03-10"), type=RecordType.CHECK_IN), now=clock.now)
    clock.move(minutes=5)
    carry(channel, clock)

    assert tries >= 1
    assert len(channel.copies) == tries
    assert every(Delivery).get().state == "dropped"


def test_a_reminder_is_never_late(alice, clock, channel):
    asked_for_noon(alice)
    channel.answers["phone"] = BROKEN

    carry_until(channel, clock, NOW + timedelta(hours=3), step=timedelta(minutes=10))
    del channel.answers["phone"]
    tries = len(channel.copies)
    carry_until(channel, clock, NOW + timedelta(hours=6), step=timedelta(minutes=10))

    assert len(channel.copies) == tries
    assert every(Delivery).get().state == "dropped"
