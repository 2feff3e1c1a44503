"""Which alerts are pushed to the phone now: few, merged, and never late when it is urgent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from diary.domain.findings import Level
from diary.domain.lifecycle import AlertStatus

NON_URGENT_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushableAlert:
    """An alert as the push policy sees it; all instants are aware.

    `spoke_at` is when it last had something new to say: opened, reopened or raised. `pushed_at` is
    its last push, `snoozed_until` the end of a snooze that the person asked for.
    """

    id: UUID
    level: Level
    status: AlertStatus
    spoke_at: datetime
    pushed_at: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One push message about these alerts, the most pressing first. It carries no health data."""

    alerts: tuple[UUID, ...]
    urgent: bool


def pushes_due(
    alerts: Iterable[PushableAlert], last_non_urgent_push_at: datetime | None, now: datetime
) -> tuple[Push, ...]:
    """Return what to push to one person at `now`, urgent pushes first.

    An emergency or urgent alert is a push of its own at once. Alerts for a visit wait until the
    last such push is a week old and then go out together; watching and reassurance never push. What
    an alert said is pushed once; acknowledged, closed and snoozed alerts stay silent.
    """
    waiting = sorted(
        (alert for alert in alerts if _has_something_to_say(alert)),
        key=lambda alert: (-alert.level, alert.spoke_at, str(alert.id)),
    )
    pressing = [alert for alert in waiting if alert.level >= Level.URGENT]
    visits = [a for a in waiting if a.level is Level.SEE_DOCTOR and not _is_snoozed(a, now)]
    pushes = [Push(alerts=(alert.id,), urgent=True) for alert in pressing]
    last = last_non_urgent_push_at
    if visits and (last is None or now - last >= NON_URGENT_EVERY):
        pushes.append(Push(alerts=tuple(alert.id for alert in visits), urgent=False))
    return tuple(pushes)


def _has_something_to_say(alert: PushableAlert) -> bool:
    told = alert.pushed_at is not None and alert.pushed_at >= alert.spoke_at
    return alert.status is AlertStatus.OPEN and not told


def _is_snoozed(alert: PushableAlert, now: datetime) -> bool:
    return alert.snoozed_until is not None and alert.snoozed_until > now
