"""Deliveries on their way: claimed with a lease, judged again, and what became of each try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from diary.channels.base import Outcome, Result
from diary.domain.deliveries import (
    DROPPED,
    GIVE_UP_AFTER,
    About,
    AlertNow,
    DeliveryState,
    Send,
    Verdict,
    pause_after,
    verdict_on_alerts,
)
from diary.domain.findings import Level
from diary.domain.lifecycle import AlertStatus
from diary.models import Alert, Delivery, DeliveryAttempt, Endpoint, Follow, Profile
from diary.models.isolation import acting_for, sweeping
from diary.operations.claims import DueTable, claim_due, move_with_the_clock
from diary.queries.alerts import level_of
from diary.queries.endpoints import live_endpoints
from diary.queries.following import has_seen
from diary.queries.reminders import is_reminder_wanted, quiet_hours_end

_DUE = DueTable(name="delivery", key=("id",), columns=("id",), urgent_first=True)
# What a try changes of a delivery.
MOVED = (
    "state", "again", "attempts", "due_at", "set_at", "leased_until", "finished_at", "last_error",
)  # fmt: skip
_PENDING = {"state": DeliveryState.PENDING.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a channel needs to know of a delivery that is to be sent now."""

    key: UUID
    about: About
    urgent: bool
    alert: UUID | None
    kind: str
    address: Mapping[str, str]


def claim_deliveries(
    *, now: datetime, until: datetime, limit: int, again: bool
) -> Sequence[Delivery]:
    """Lease up to `limit` due deliveries until `until`, urgent ones first.

    First tries and repeats (`again`) are claimed apart, so that endpoints that fail never stand in
    the way of those that answer.
    """
    move_with_the_clock(_DUE, now=now, only=_PENDING)
    claimed = claim_due(_DUE, now=now, until=until, limit=limit, only=_PENDING | {"again": again})
    if not claimed:
        return ()
    with sweeping():
        ids = [row[0] for row in claimed]
        return tuple(Delivery.objects.filter(id__in=ids).order_by("-urgent", "due_at"))


def judge(delivery: Delivery, *, now: datetime) -> Letter | None:
    """Return what to send, or None when it was dropped or put off.

    Everything is asked again at the moment of sending: the endpoint, its device, the follower's
    permission, the alert's state, a snooze, quiet hours, whether a reminder is still wanted.
    """
    with acting_for(delivery.recipient_id):
        mine = live_endpoints([delivery.recipient_id])
        endpoint = mine.filter(id=delivery.endpoint_id).first()
    verdict = DROPPED if endpoint is None else _verdict(delivery, now=now)
    if endpoint is None or verdict.what is not Send.SEND:
        _set_aside(delivery, verdict, now=now)
        return None
    return Letter(
        key=delivery.id,
        about=About(delivery.about),
        urgent=delivery.urgent,
        alert=verdict.alert,
        kind=endpoint.kind,
        address=endpoint.address,
    )


def _verdict(delivery: Delivery, *, now: datetime) -> Verdict:
    if delivery.about == About.REMINDER:
        wanted = is_reminder_wanted(delivery.recipient_id, due_at=delivery.first_due_at, now=now)
        return Verdict(what=Send.SEND) if wanted else DROPPED
    if delivery.about == About.SHARE:
        quiet_until = quiet_hours_end(delivery.recipient_id, now=now)
        return Verdict(what=Send.WAIT if quiet_until else Send.SEND, until=quiet_until)
    own = delivery.recipient_id == delivery.subject_id
    levels = None if own else _levels_followed(delivery)
    alerts = [
        _as_it_stands(alert, seen_by_recipient=not own and has_seen(delivery.recipient_id, alert))
        for alert in _alerts_of(delivery)
        if levels is None or alert.level in levels
    ]
    return verdict_on_alerts(
        alerts,
        unless_seen=own or delivery.step > 0,
        quiet_until=None if delivery.urgent else quiet_hours_end(delivery.recipient_id, now=now),
        now=now,
    )


def _levels_followed(delivery: Delivery) -> Sequence[str]:
    with acting_for(delivery.subject_id):
        follow = Follow.objects.in_force().filter(
            person_id=delivery.subject_id, follower_id=delivery.recipient_id, person__is_active=True
        )
        return follow.values_list("levels", flat=True).first() or ()


def _alerts_of(delivery: Delivery) -> list[Alert]:
    """Return the alerts it is about; of those in a mere diary only the pressing ones."""
    with acting_for(delivery.subject_id):
        alerts = Alert.objects.filter(
            person_id=delivery.subject_id, id__in=delivery.alert_ids, deleted=False
        )
        if not delivery.urgent and _wants_a_mere_diary(delivery.subject_id):
            alerts = alerts.filter(level__in=[Level.EMERGENCY.code, Level.URGENT.code])
        return list(alerts)


def _wants_a_mere_diary(person_id: UUID) -> bool:
    return Profile.objects.filter(person_id=person_id, diary_only=True).exists()


def _as_it_stands(alert: Alert, *, seen_by_recipient: bool) -> AlertNow:
    return AlertNow(
        id=alert.id,
        level=level_of(alert),
        status=AlertStatus(alert.state),
        seen=seen_by_recipient or alert.seen_at is not None,
        snoozed_until=alert.snoozed_until,
    )


def _set_aside(delivery: Delivery, verdict: Verdict, *, now: datetime) -> None:
    changes: dict[str, Any] = {"state": DeliveryState.DROPPED.value, "finished_at": now}
    if verdict.what is Send.WAIT:
        # Its 72 hours begin anew: it did not fail, somebody asked for quiet.
        changes = {"due_at": verdict.until, "first_due_at": verdict.until, "set_at": now}
    with sweeping():
        mine = Delivery.objects.pending().filter(id=delivery.id, leased_until=delivery.leased_until)
        mine.update(**changes, leased_until=None)


def record(delivery: Delivery, result: Result, *, now: datetime, jitter: float) -> None:
    """Write down one try of a claimed delivery and what follows from it.

    When the lease was lost meanwhile only good news counts: it has arrived, whoever else is at it.
    """
    delivered = result.outcome is Outcome.DELIVERED
    with sweeping():
        held = Delivery.objects.select_for_update().pending().filter(id=delivery.id).first()
        if held is None or not (delivered or held.leased_until == delivery.leased_until):
            return
        held.attempts += 1
        held.leased_until, held.last_error = None, result.error_class
        if delivered or result.outcome is Outcome.GONE:
            held.state = (DeliveryState.DELIVERED if delivered else DeliveryState.DROPPED).value
            held.finished_at = now
        else:
            _try_again_or_give_up(held, result, now=now, jitter=jitter)
        held.save(update_fields=MOVED)
        DeliveryAttempt.objects.create(
            delivery_id=held.id,
            number=held.attempts,
            at=now,
            outcome=result.outcome.value,
            error=result.error_class,
        )
    # In statements of their own: two tries at one endpoint must not wait for each other's rows.
    _note_at_endpoint(delivery, result.outcome, now=now)


def _try_again_or_give_up(held: Delivery, result: Result, *, now: datetime, jitter: float) -> None:
    pause = pause_after(held.attempts, jitter=jitter, asked=result.retry_after)
    held.due_at, held.set_at, held.again = now + pause, now, True
    if result.outcome is Outcome.REFUSED or held.due_at - held.first_due_at >= GIVE_UP_AFTER:
        held.state, held.finished_at = DeliveryState.DEAD.value, now


def _note_at_endpoint(delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
    """Remove an endpoint that is gone; what waits for one that fails leaves the first lane."""
    with acting_for(delivery.recipient_id):
        endpoint = Endpoint.objects.filter(person_id=delivery.recipient_id, id=delivery.endpoint_id)
        fails_now = False
        if outcome is Outcome.GONE:
            endpoint.delete()
        elif outcome is Outcome.RETRY:
            fails_now = bool(endpoint.filter(failing_since=None).update(failing_since=now))
        elif delivery.again:
            endpoint.update(failing_since=None)
    if fails_now:
        _let_wait_behind(delivery)


def _let_wait_behind(delivery: Delivery) -> None:
    with sweeping():
        Delivery.objects.pending().filter(
            recipient_id=delivery.recipient_id, endpoint_id=delivery.endpoint_id
        ).update(again=True)


def retry_dead(delivery_ids: Sequence[UUID], *, now: datetime) -> int:
    """Give dead letters another 72 hours; return how many there were."""
    with sweeping():
        dead = Delivery.objects.dead().filter(id__in=delivery_ids)
        return dead.order_by().update(
            state=DeliveryState.PENDING.value,
            due_at=now,
            first_due_at=now,
            set_at=now,
            finished_at=None,
        )
