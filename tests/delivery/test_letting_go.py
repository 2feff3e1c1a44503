"""What the outbox lets go of: with time, with a sign-out, with the person."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from diary.models import Delivery, DeliveryAttempt, Endpoint, Follow, PushDue
from diary.models.isolation import acting_for
from diary.operations.retention import let_go
from tests.delivery.world import BROKEN, carry, endpoint, follow, signed_in_device, write_emergency
from tests.everybody import every
from tests.factories import NOW

DELIVERY_AGE = timedelta(days=90)


def test_finished_deliveries_go_with_their_attempts_after_ninety_days(alice, clock, channel):
    endpoint(alice)
    write_emergency(alice)
    carry(channel, clock)

    let_go(alice.pk, now=NOW + DELIVERY_AGE)
    kept = (every(Delivery).count(), every(DeliveryAttempt).count())
    let_go(alice.pk, now=NOW + DELIVERY_AGE + timedelta(seconds=1))

    assert kept == (1, 1)
    assert (every(Delivery).count(), every(DeliveryAttempt).count()) == (0, 0)


def test_what_is_still_on_its_way_is_kept(alice, clock, channel):
    endpoint(alice)
    channel.answers["phone"] = BROKEN
    write_emergency(alice)
    carry(channel, clock)

    let_go(alice.pk, now=NOW + timedelta(days=400))

    assert every(Delivery).count() == 1


def test_the_endpoint_of_a_device_that_was_signed_out_goes_and_no_other(alice):
    signed_out, signed_in = signed_in_device(alice), signed_in_device(alice)
    endpoint(alice, "mailbox")
    endpoint(alice, "old", device=signed_out.id)
    kept = endpoint(alice, "phone", device=signed_in.id)
    Session.objects.filter(session_key=signed_out.session_digest).delete()

    let_go(alice.pk, now=NOW)

    assert every(Endpoint).count() == 2
    assert every(Endpoint).filter(id=kept.id).exists()


def test_what_was_on_its_way_to_somebody_goes_with_them(alice, bob, clock, channel):
    endpoint(bob, "bob")
    follow(alice, bob)
    write_emergency(alice)
    carry(channel, clock)

    with acting_for(bob.pk):
        bob.delete()

    for table in (Delivery, DeliveryAttempt, Endpoint, Follow, PushDue):
        assert not every(table).exists()
