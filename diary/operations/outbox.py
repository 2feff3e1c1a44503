"""Deciding what to tell, in a transaction of its own: rows are written, nothing is sent.

An alert that has something to say makes its person due; a sweep, or the nudge after the commit,
turns that into deliveries. Doing either again changes nothing.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.module_loading import import_string

from diary.domain.deliveries import (
    About,
    EndpointKind,
    PlannedDelivery,
    Way,
    news_id,
    pause_after,
    planned,
)
from diary.domain.lifecycle import AlertStatus
from diary.domain.pushes import PushableAlert, next_push_at, pushes_due
from diary.models import Alert, AlertPush, Delivery, Follow, PushDue
from diary.models.isolation import acting_for, sweeping
from diary.operations.claims import DueTable, claim_due, move_with_the_clock
from diary.operations.counter import lock_counter
from diary.queries.alerts import alerts_of, level_of
from diary.queries.endpoints import live_endpoints

NEWS = "quiver_news"  # the channel of PostgreSQL on which open streams hear
PATIENCE = "250ms"  # with the lock of one person, while all others wait

_DUE = DueTable(
    name="push_due", key=("person_id",), columns=("person_id", "attempts"), urgent_first=True
)

logger = logging.getLogger("quiver.outbox")


def make_push_due(person_id: UUID, *, urgent: bool, now: datetime) -> None:
    """Make the person's alerts due for telling. Call inside the transaction that changed one.

    After its commit a sender is nudged; should that fail, the next sweep finds the row.
    """
    transaction.on_commit(import_string(settings.OUTBOX_NUDGE), robust=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO push_due (person_id, urgent, due_at, set_at, attempts)"
            " VALUES (%(person)s, %(urgent)s, %(now)s, %(now)s, 0)"
            " ON CONFLICT (person_id) DO UPDATE SET urgent = push_due.urgent OR excluded.urgent,"
            " due_at = least(push_due.due_at, excluded.due_at), set_at = excluded.set_at",
            {"person": person_id, "urgent": urgent, "now": now},
        )
        cursor.execute("SELECT pg_notify(%s, %s)", [NEWS, str(person_id)])


def plan_due_pushes(*, now: datetime, limit: int, lease: timedelta) -> int:
    """Decide for up to `limit` persons who are due, urgent ones first; return for how many.

    A person for whom it fails stays due and is tried again soon, then less and less often, every
    `lease` at last. The others go on, and the oldest time that is due tells the operator.
    """
    move_with_the_clock(_DUE, now=now)
    claimed = claim_due(_DUE, now=now, until=now + lease, limit=limit)
    for person_id, attempts in claimed:
        try:
            plan_pushes(person_id, now=now)
        except Exception as error:
            logger.error("planning failed person=%s class=%s", person_id, type(error).__name__)
            pause = min(lease, pause_after(attempts + 1, jitter=1))
            _put_off(person_id, until=now + pause)
    return len(claimed)


def _put_off(person_id: UUID, *, until: datetime) -> None:
    with acting_for(person_id):
        PushDue.objects.filter(person_id=person_id).update(
            attempts=F("attempts") + 1, leased_until=until
        )


def plan_pushes(person_id: UUID, *, now: datetime) -> None:
    """Write the deliveries of what the person's alerts have to say, and when to ask again.

    It holds the person's counter as every change of an alert does, so none slips in between.
    """
    with acting_for(person_id):
        _wait_no_longer_than(PATIENCE)
        lock_counter(person_id)
        alerts = {alert.id: alert for alert in alerts_of(person_id, live_only=True)}
        pushes = list(AlertPush.objects.filter(person_id=person_id))
        told = {(push.alert_id, push.spoke_at) for push in pushes}
        last = max((push.pushed_at for push in pushes if not push.urgent), default=None)
        pushable = [_pushable(one, told=(one.id, spoke_at(one)) in told) for one in alerts.values()]
        for push in pushes_due(pushable, last, now):
            _tell(person_id, [alerts[one] for one in push.alerts], urgent=push.urgent, now=now)
        _ask_again(person_id, at=next_push_at(pushable, last, now), now=now)


def _wait_no_longer_than(time: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [time])


def _ask_again(person_id: UUID, *, at: datetime | None, now: datetime) -> None:
    row = PushDue.objects.filter(person_id=person_id)
    if at is None:
        row.delete()
    else:
        row.update(due_at=at, set_at=now, urgent=False, leased_until=None, attempts=0)


def spoke_at(alert: Alert) -> datetime:
    """Return when the alert last had something new to say."""
    return alert.spoke_at or alert.opened_at


def _pushable(alert: Alert, *, told: bool) -> PushableAlert:
    return PushableAlert(
        id=alert.id,
        level=level_of(alert),
        status=AlertStatus(alert.state),
        spoke_at=spoke_at(alert),
        told=told,
        snoozed_until=alert.snoozed_until,
    )


def _tell(person_id: UUID, alerts: Sequence[Alert], *, urgent: bool, now: datetime) -> None:
    AlertPush.objects.bulk_create(
        AlertPush(
            person_id=person_id,
            alert_id=alert.id,
            spoke_at=spoke_at(alert),
            pushed_at=now,
            urgent=urgent,
        )
        for alert in alerts
    )
    news = news_id(person_id, ((alert.id, spoke_at(alert)) for alert in alerts))
    followers = _followers_told_of(person_id, alerts)
    repeats = {person_id: 0} | {one: follow.repeats for one, follow in followers.items()}
    told_of = {person_id: [alert.id for alert in alerts]} | {
        one: [alert.id for alert in alerts if alert.level in follow.levels]
        for one, follow in followers.items()
    }
    write_deliveries(
        planned(news, ways_to(repeats), urgent=urgent, now=now),
        about=About.ALERT,
        subject_id=person_id,
        alert_ids=told_of,
        urgent=urgent,
        now=now,
    )


def _followers_told_of(person_id: UUID, alerts: Sequence[Alert]) -> dict[UUID, Follow]:
    """Return who follows the person and wants to know of at least one of the alerts."""
    levels = {alert.level for alert in alerts}
    return {
        follow.follower_id: follow
        for follow in Follow.objects.in_force().filter(person_id=person_id)
        if follow.follower_id and levels.intersection(follow.levels)
    }


def tell_once(person_id: UUID, about: About, *, news: UUID, now: datetime) -> None:
    """Write the deliveries of one piece of news to the person themselves, that is not urgent.

    Call inside the transaction that makes the news; after its commit a sender is nudged.
    """
    plan = planned(news, ways_to({person_id: 0}), urgent=False, now=now)
    write_deliveries(plan, about=about, subject_id=person_id, now=now)
    transaction.on_commit(import_string(settings.OUTBOX_NUDGE), robust=True)


def ways_to(repeats: Mapping[UUID, int]) -> tuple[Way, ...]:
    """Return the ways to these people, each with how often urgent news is repeated to them."""
    with sweeping():  # followers are others than the person one acts for
        live = list(live_endpoints(repeats).values("person_id", "id", "kind", "failing_since"))
    return tuple(
        Way(
            recipient=one["person_id"],
            endpoint=one["id"],
            kind=EndpointKind(one["kind"]),
            repeats=repeats[one["person_id"]],
            failing=one["failing_since"] is not None,
        )
        for one in live
    )


def write_deliveries(
    plan: Sequence[PlannedDelivery],
    *,
    about: About,
    subject_id: UUID,
    alert_ids: Mapping[UUID, Sequence[UUID]] = MappingProxyType({}),
    urgent: bool = False,
    now: datetime,
) -> None:
    """Write what was planned, once however often it is planned.

    `alert_ids` are the alerts that each recipient is told of.
    """
    Delivery.objects.bulk_create(
        (
            Delivery(
                id=one.id,
                recipient_id=one.way.recipient,
                subject_id=subject_id,
                about=about.value,
                alert_ids=list(alert_ids.get(one.way.recipient, ())),
                endpoint_id=one.way.endpoint,
                kind=one.way.kind.value,
                urgent=urgent,
                step=one.step,
                again=one.way.failing,
                created_at=now,
                first_due_at=one.due_at,
                due_at=one.due_at,
                set_at=now,
            )
            for one in plan
        ),
        ignore_conflicts=True,
    )
