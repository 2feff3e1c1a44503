"""How news reaches people: through which endpoints, when, how often again, and when not any more.

Every decision takes the clock as an argument; due times are data, so a crash loses nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from uuid import UUID, uuid5

from diary.domain.findings import Level
from diary.domain.lifecycle import AlertStatus

DELIVERY_NAMESPACE = UUID("0e5d7d2a-6f0c-5b0e-8f2a-9b8f3a1f1d37")
FIRST_PAUSE = timedelta(seconds=0.1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=72)  # then a person has to look: it is a dead letter
UNSEEN_AFTER = timedelta(minutes=15)  # an urgent alert nobody has seen goes to the next channel


class EndpointKind(StrEnum):
    """The ways out to a person."""

    WEB_PUSH = "web_push"
    FCM = "fcm"
    WEBHOOK = "webhook"
    EMAIL = "email"


class About(StrEnum):
    """What a delivery is about."""

    ALERT = "alert"
    REMINDER = "reminder"
    SHARE = "share"  # somebody has opened what the person shared


class DeliveryState(StrEnum):
    """Where a delivery stands; all but pending are final."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DROPPED = "dropped"  # nothing was left to say, or nobody to say it to
    DEAD = "dead"  # tried until it made no sense any more: a dead letter


# Channels of one rank are used at once; the next rank only when nobody has seen it.
RANK_OF_KIND = MappingProxyType(
    {
        EndpointKind.WEB_PUSH: 0,
        EndpointKind.FCM: 0,
        EndpointKind.WEBHOOK: 0,
        EndpointKind.EMAIL: 1,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One endpoint of one recipient: the person of the diary, or somebody who follows it.

    Urgent news goes `repeats` times more to the first rank while nobody has seen it. Where the last
    message failed (`failing`) new ones queue behind those that arrive.
    """

    recipient: UUID
    endpoint: UUID
    kind: EndpointKind
    repeats: int = 0
    failing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDelivery:
    """One message to one endpoint: `id` is the same whenever the same is planned again.

    `step` counts the times of UNSEEN_AFTER it waits; after the first only unseen alerts are told.
    """

    id: UUID
    way: Way
    step: int
    due_at: datetime


def planned(
    news: UUID, ways: Iterable[Way], *, urgent: bool, now: datetime
) -> tuple[PlannedDelivery, ...]:
    """Return the deliveries of one piece of news.

    The first rank of channels a recipient has goes out at once. For urgent news each further rank
    and each repeat waits UNSEEN_AFTER longer; other news stays with one message on the first rank.
    """
    found: list[PlannedDelivery] = []
    in_order = sorted(ways, key=lambda way: (str(way.recipient), RANK_OF_KIND[way.kind]))
    for _, of_recipient in groupby(in_order, key=lambda way: way.recipient):
        ranks = groupby(of_recipient, key=lambda way: RANK_OF_KIND[way.kind])
        for rank, (_, same_rank) in enumerate(ranks):
            if urgent or rank == 0:
                found += [
                    _planned_step(news, way, step=step, now=now)
                    for way in same_rank
                    for step in _steps(way, rank=rank, urgent=urgent)
                ]
    return tuple(found)


def _steps(way: Way, *, rank: int, urgent: bool) -> range:
    return range(rank, rank + 1 + (way.repeats if urgent and rank == 0 else 0))


def _planned_step(news: UUID, way: Way, *, step: int, now: datetime) -> PlannedDelivery:
    return PlannedDelivery(
        id=uuid5(DELIVERY_NAMESPACE, f"{news}:{way.recipient}:{way.endpoint}:{step}"),
        way=way,
        step=step,
        due_at=now + step * UNSEEN_AFTER,
    )


def news_id(subject: UUID, told: Iterable[tuple[UUID, datetime]]) -> UUID:
    """Return the id of what alerts of a person say, each given with the time it began to say so."""
    names = ",".join(sorted(f"{alert}@{spoke_at.isoformat()}" for alert, spoke_at in told))
    return uuid5(DELIVERY_NAMESPACE, f"{subject}:{names}")


def pause_after(attempts: int, *, jitter: float, asked: timedelta | None = None) -> timedelta:
    """Return how long to wait after so many failed attempts, at least what the server asked for.

    Doubles from a tenth of a second to an hour; `jitter` in 0 to 1 spreads it over half of that.
    """
    whole: timedelta = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts, 40))
    pause = whole * (0.5 + jitter / 2)
    return max(pause, min(asked, LONGEST_PAUSE)) if asked else pause


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertNow:
    """An alert as it stands at the moment of sending."""

    id: UUID
    level: Level
    status: AlertStatus
    seen: bool
    snoozed_until: datetime | None = None


class Send(StrEnum):
    """What to do with a delivery whose time has come."""

    SEND = "send"
    WAIT = "wait"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to do; `until` when to wait, and `alert` is the most pressing one to be told."""

    what: Send
    until: datetime | None = None
    alert: UUID | None = None


DROPPED = Verdict(what=Send.DROP)


def verdict_on_alerts(
    alerts: Iterable[AlertNow],
    *,
    unless_seen: bool,
    quiet_until: datetime | None = None,
    now: datetime,
) -> Verdict:
    """Return what becomes of a delivery about these alerts at the moment of sending.

    What is over needs no message, and with `unless_seen` neither does what the person has seen or
    acknowledged: a follower's first message is sent all the same. `quiet_until` is the end of the
    recipient's quiet hours. Emergency and urgent are never put off, and nothing is given up for its
    age that was not tried at that age.
    """
    speaking = [one for one in alerts if _speaks(one, unless_seen=unless_seen)]
    if not speaking:
        return DROPPED
    awake_at = {one.id: _awake_at(one, quiet_until, now) for one in speaking}
    awake = [one for one in speaking if awake_at[one.id] == now]
    if not awake:
        return Verdict(what=Send.WAIT, until=min(awake_at.values()))
    most_pressing = min(awake, key=lambda one: (-one.level, str(one.id)))
    return Verdict(what=Send.SEND, alert=most_pressing.id)


def _speaks(alert: AlertNow, *, unless_seen: bool) -> bool:
    if unless_seen:
        return alert.status is AlertStatus.OPEN and not alert.seen
    return alert.status in {AlertStatus.OPEN, AlertStatus.ACKNOWLEDGED}


def _awake_at(alert: AlertNow, quiet_until: datetime | None, now: datetime) -> datetime:
    if alert.level >= Level.URGENT:
        return now
    return max(now, alert.snoozed_until or now, quiet_until or now)
