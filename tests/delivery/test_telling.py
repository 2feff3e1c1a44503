"""N2, N3 and what is told to whom: once, merged, and to followers what they may know."""

from datetime import timedelta
from uuid import uuid4

import pytest

from diary import queries
from diary.domain.deliveries import UNSEEN_AFTER, EndpointKind
from diary.domain.lifecycle import PersonAction
from diary.domain.wire.profile import ProfileData
from diary.models import Alert, AlertPush, Delivery, Follow, PushDue
from diary.models.isolation import acting_for
from diary.operations import outbox
from diary.operations.alerts import answer_alert
from diary.operations.looks import look_at
from diary.operations.profile import save_profile
from tests.delivery.world import (
    BROKEN,
    alerts_of,
    carry,
    carry_until,
    endpoint,
    follow,
    write_emergency,
    write_visit,
)
from tests.everybody import every
from tests.factories import NOW, episode, operation, symptom, write


def answer(person, rule, action, **options):
    alert = alerts_of(person)[rule]
    answer_alert(person.pk, alert.id, action, now=NOW, today=NOW.date(), **options)


def see(person, rule):
    with acting_for(person.pk):
        Alert.objects.filter(person_id=person.pk, rule=rule).update(seen_at=NOW)


def test_n2_the_same_entry_resent_a_hundred_times_is_one_alert_told_once(alice, clock, channel):
    endpoint(alice)
    same = operation(episode(symptoms=[symptom("seizure")]))

    advice = []
    for _ in range(100):
        advice.append(write(alice, same).outcomes[0].advice)
        carry(channel, clock)

    assert list(alerts_of(alice)) == ["E3"]
    assert advice[0]
    assert all(each == advice[0] for each in advice)
    assert len(channel.copies) == 1


def test_n3_rules_run_again_over_all_history_tell_nothing_new(alice, clock, channel):
    endpoint(alice)
    write_visit(alice)
    write_emergency(alice)
    carry(channel, clock)
    told = len(channel.copies)

    for _ in range(5):
        look_at(alice.pk, now=NOW)
        with acting_for(alice.pk):
            outbox.make_push_due(alice.pk, urgent=True, now=NOW)
        carry(channel, clock)

    assert len(channel.copies) == told == 2
    assert not every(PushDue).exists()


def test_a_phone_whose_clock_is_wrong_dates_nothing_that_is_due(alice, clock, channel):
    endpoint(alice)
    emergency = operation(episode(symptoms=[symptom("seizure")]))
    write(alice, emergency, sent_at=NOW + timedelta(days=365))

    due_at = every(PushDue).get().due_at
    carry(channel, clock)

    assert due_at == NOW
    assert len(channel.copies) == 1


def test_planning_again_what_was_planned_writes_no_second_delivery(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)
    carry(channel, clock)
    with acting_for(alice.pk):
        AlertPush.objects.filter(person_id=alice.pk).delete()
        outbox.make_push_due(alice.pk, urgent=True, now=NOW)

    carry(channel, clock)

    assert len(channel.copies) == 1


def test_one_person_who_cannot_be_planned_for_does_not_stop_the_others(
    alice, bob, clock, channel, monkeypatch
):
    endpoint(bob)
    write_emergency(alice)
    write_emergency(bob)

    def alerts_or_error(person_id, **options):
        if person_id == alice.pk:
            raise ArithmeticError
        return queries.alerts.alerts_of(person_id, **options)

    monkeypatch.setattr(outbox, "alerts_of", alerts_or_error)
    carry(channel, clock)

    assert len(channel.copies) == 1
    [left] = every(PushDue)
    assert (left.person_id, left.attempts, left.due_at) == (alice.pk, 1, NOW)


def test_a_raised_alert_is_told_again_although_the_clock_was_put_back(alice, clock, channel):
    endpoint(alice)
    write_visit(alice)
    carry(channel, clock)
    clock.move(hours=-1)
    with acting_for(alice.pk):
        Alert.objects.filter(person_id=alice.pk).update(
            spoke_at=clock.now, level="urgent", version=2
        )
        outbox.make_push_due(alice.pk, urgent=True, now=clock.now)

    carry(channel, clock)

    assert len(set(channel.keys())) == 2


def test_an_unseen_emergency_goes_to_the_next_channel_after_a_quarter_of_an_hour(
    alice, clock, channel
):
    endpoint(alice, "phone")
    endpoint(alice, "tablet", kind=EndpointKind.FCM)
    endpoint(alice, "mailbox", kind=EndpointKind.EMAIL)
    write_emergency(alice)

    carry_until(
        channel, clock, NOW + UNSEEN_AFTER - timedelta(seconds=1), step=timedelta(minutes=5)
    )
    at_first = channel.names()
    carry_until(channel, clock, NOW + timedelta(days=4), step=timedelta(minutes=30))

    assert sorted(at_first) == ["phone", "tablet"]
    assert channel.names() == [*at_first, "mailbox"]


@pytest.mark.parametrize("how", ["seen", "acknowledged"])
def test_what_was_seen_in_time_is_told_to_no_further_channel(how, alice, clock, channel):
    endpoint(alice, "phone")
    endpoint(alice, "mailbox", kind=EndpointKind.EMAIL)
    write_emergency(alice)
    carry(channel, clock)
    if how == "seen":
        see(alice, "E3")
    else:
        answer(alice, "E3", PersonAction.ACKNOWLEDGE)

    clock.now += UNSEEN_AFTER
    carry(channel, clock)

    assert channel.names() == ["phone"]
    assert sorted(every(Delivery).values_list("state", flat=True)) == ["delivered", "dropped"]


def test_an_ordinary_appointment_is_not_told_to_further_channels(alice, clock, channel):
    endpoint(alice, "phone")
    endpoint(alice, "mailbox", kind=EndpointKind.EMAIL)
    write_visit(alice)

    carry_until(channel, clock, NOW + timedelta(hours=2), step=timedelta(minutes=15))

    assert channel.names() == ["phone"]


def test_a_snooze_of_a_month_does_not_age_a_delivery_to_death(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = BROKEN
    write_visit(alice)
    carry(channel, clock)
    until = NOW + timedelta(days=30)
    answer(alice, "N1", PersonAction.SNOOZE, snooze_until=until)
    carry_until(channel, clock, until - timedelta(hours=6), step=timedelta(hours=6))
    channel.answers.clear()

    carry_until(channel, clock, until + timedelta(hours=1), step=timedelta(hours=1))

    assert len(channel.copies) == 2
    assert every(Delivery).get().state == "delivered"


def test_a_mere_diary_is_told_of_warning_signs_only(alice, clock, channel):
    endpoint(alice)
    write_visit(alice)
    write_emergency(alice)
    mere_diary = ProfileData.model_validate({"diary_only": True})
    save_profile(alice.pk, mere_diary, base_version=None, now=NOW)

    carry(channel, clock)

    assert [message.urgent for _, message in channel.copies] == [True]


def test_a_follower_is_told_of_the_levels_they_were_granted(alice, bob, clock, channel):
    endpoint(bob, "bob")
    follow(alice, bob)
    write_visit(alice)
    write_emergency(alice)

    carry(channel, clock)

    [(name, message)] = channel.copies
    assert (name, message.subject_id) == ("bob", alerts_of(alice)["E3"].id)


def test_a_follower_is_told_even_if_the_person_was_quicker_to_acknowledge(
    alice, bob, clock, channel
):
    endpoint(alice, "alice")
    endpoint(bob, "bob")
    follow(alice, bob)
    write_emergency(alice)
    answer(alice, "E3", PersonAction.ACKNOWLEDGE)

    carry(channel, clock)

    assert channel.names() == ["bob"]


def test_a_follower_is_told_again_until_somebody_has_seen_it(alice, bob, clock, channel):
    endpoint(bob, "bob")
    follow(alice, bob, repeats=3)
    write_emergency(alice)

    carry_until(channel, clock, NOW + UNSEEN_AFTER, step=UNSEEN_AFTER)
    see(alice, "E3")
    carry_until(channel, clock, NOW + timedelta(hours=2), step=UNSEEN_AFTER)

    assert channel.names() == ["bob", "bob"]
    assert len(set(channel.keys())) == 2


@pytest.mark.parametrize("change", [{"ended_at": NOW}, {"levels": ["see_doctor"]}])
def test_a_follower_whose_right_ended_gets_nothing_more(change, alice, bob, clock, channel):
    endpoint(bob, "bob")
    granted = follow(alice, bob)
    channel.answers["bob"] = BROKEN
    write_emergency(alice)
    carry(channel, clock)
    every(Follow).filter(id=granted.id).update(**change)
    clock.move(seconds=1)

    carry(channel, clock)

    assert len(channel.copies) == 1
    assert every(Delivery).get().state == "dropped"


def test_of_merged_alerts_the_message_names_one_that_is_still_open(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = BROKEN
    write_visit(alice)
    carry(channel, clock)
    [first] = every(Delivery).get().alert_ids
    other = uuid4()
    with acting_for(alice.pk):
        copy = alerts_of(alice)["N1"]
        copy.id, copy.rule = other, "N2"
        copy.save(force_insert=True)
    every(Delivery).update(alert_ids=[first, other])
    answer(alice, "N1", PersonAction.ACKNOWLEDGE)
    clock.move(seconds=1)

    carry(channel, clock)

    assert [message.subject_id for _, message in channel.copies] == [first, other]
